"""The commands `lvzhi key …`: making, listing and revoking keys of the HTTP API."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from app.services import Services
from app.settings import Settings
from app.wording import date_text

if TYPE_CHECKING:
    from tasks.api_keys import ApiKey

key_app = typer.Typer(no_args_is_help=True, help="HTTP 接口的密钥。")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@key_app.command()
def add(name: Annotated[str, typer.Argument(help="持有密钥的账户的登录名。")]) -> None:
    """为账户添加密钥。密钥只显示这一次，库中只存其摘要。"""
    made = Services(Settings()).keys.create(name)
    owner = made.key.owner
    # Only the key goes to standard output, so that a script can keep it in a variable.
    out.print(made.text, soft_wrap=True, markup=False)
    err.print(
        f"已为 {owner.sign_in_name}（{owner.display_name}）添加密钥 {made.key.number}。"
        "请立即妥善保存，之后无法再次查看。",
        markup=False,
    )


@key_app.command("list")
def show() -> None:
    """列出全部密钥：编号、持有人、添加和最近使用的日期、状态。"""
    table = Table("编号", "登录名", "姓名", "添加", "最近使用", Column("状态", overflow="fold"))
    for key in Services(Settings()).keys.all():
        last = date_text(key.last_used) if key.last_used else "从未"
        owner = key.owner
        table.add_row(
            str(key.number),
            owner.sign_in_name,
            escape(owner.display_name),
            date_text(key.created_at.date()),
            last,
            _state(key),
        )
    out.print(table)


@key_app.command()
def revoke(number: Annotated[int, typer.Argument(min=1, help="密钥的编号，见 lvzhi key list。")]) -> None:
    """撤销密钥，立即失效；该账户的其他密钥不受影响。"""
    key = Services(Settings()).keys.revoke(number)
    out.print(f"密钥 {key.number}（{key.owner.sign_in_name}）{_state(key)}。", markup=False)


def _state(key: "ApiKey") -> str:
    if key.revoked_at:
        return f"已于{date_text(key.revoked_at.date())}撤销"
    return "有效" if key.owner_active else "账户已停用"
