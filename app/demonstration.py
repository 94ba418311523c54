"""What `make portal` prepares on a machine that has nothing: the sample index, accounts, tasks to try."""

import json
import os
from pathlib import Path

from rich.console import Console

from app.encoders import encoder_of
from app.ingest_command import Wishes, encode, ingest_and_encode
from app.settings import PROJECT, Settings
from ingest.pipeline import Options
from search.manifest import read_manifest
from search.store import EmbeddedStore
from tasks.demonstration import add_demonstration
from tasks.storage import migrate, open_database

SAMPLE = PROJECT / "corpora" / "sample"


def prepare(out: Console, settings: Settings) -> None:
    """Builds what is missing and prints the demonstration sign-ins; a second call finds everything there."""
    manifest = read_manifest(settings.index)
    if manifest is None or not manifest.corpora:
        out.print("还没有索引，正在用样例语料建立……")
        ingest_and_encode(out, [SAMPLE], settings, Wishes(Options(os.cpu_count() or 1)))
    elif manifest.corpora == (SAMPLE.name,) and (encoder := encoder_of(settings)) is not None:
        encode(out, EmbeddedStore.open(settings.index), encoder)  # goes on where it was stopped
    _print_sign_ins(out, _sign_ins(settings))


def _sign_ins(settings: Settings) -> list[dict[str, str]]:
    """The demonstration accounts with their passwords, which are random and kept beside the database."""
    database = open_database(settings.url_of_database())
    migrate(database)
    created = add_demonstration(database)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = settings.data / "demonstration.json"
    known: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    if created:
        known += [
            {"name": s.sign_in_name, "person": s.display_name, "role": s.role_label, "password": s.password}
            for s in created
        ]
        _write_private(file, json.dumps(known, ensure_ascii=False, indent=1))
    return known


def _write_private(file: Path, text: str) -> None:
    draft = file.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    draft.replace(file)


def _print_sign_ins(out: Console, sign_ins: list[dict[str, str]]) -> None:
    if not sign_ins:
        out.print("演示账户早已建立，但口令记录不在本机。可用 lvzhi account add 添加账户。")
        return
    out.print("演示账户（所有当事人、法院和案件均为虚构）：")
    for s in sign_ins:
        out.print(f"  {s['role']}  {s['person']}  登录名 {s['name']}  口令 {s['password']}", markup=False)
