"""`lvzhi inspect`: what was understood of a file, coloured over its text, or as JSON for programs."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from app.understood import Mark, Understood, as_json, marks_of, understand
from app.wording import measure_text, yuan_text
from ingest.reading import read_files
from ingest.source import Notice, Problem
from legal.documents import JudicialDocument, PolicyText
from legal.errors import UnreadableFileError

STYLES = {
    "当事人": "bold green",
    "代理人": "green",
    "审判人员": "cyan",
    "案号": "magenta",
    "法条": "underline blue",
    "金额": "yellow",
    "执行依据": "bold magenta",
    "措施": "bold red",
    "财产": "red",
    "结果": "bold white on red",
    "废止": "red",
}


def inspect_file(path: Path, show: Callable[[Understood], None], say: Callable[[str, str], None]) -> int:
    """Shows each document of a file; `say` gets where and why of what was not understood.

    Returns how many documents were shown. Raises InputError for a path that does not exist.
    """
    shown = 0
    for item in read_files([path]):
        if isinstance(item, Problem | Notice):
            say(item.where, item.reason)
            continue
        try:
            show(understand(item))
            shown += 1
        except UnreadableFileError as error:
            say(item.id, error.message)
    return shown


def print_json(out: Console, understood: Understood) -> None:
    """One object on a line of its own."""
    line = json.dumps(as_json(understood), ensure_ascii=False, default=str)
    out.print(line, markup=False, highlight=False, soft_wrap=True)


def print_coloured(out: Console, understood: Understood) -> None:
    """The particulars, then the text by sections, and under each one what its marks mean."""
    document, marks = understood.document, marks_of(understood)
    out.print(_particulars(understood))
    out.print(Text.assemble(*((f" {kind} ", style) for kind, style in STYLES.items())))
    at = 0
    for section in document.sections:
        _print_stretch(out, understood.text, marks, (at, section.start))
        out.print(Rule(Text(f"{section.label}  {section.heading}".strip()), align="left", style="dim"))
        _print_stretch(out, understood.text, marks, (section.start, section.end))
        at = section.end
    _print_stretch(out, understood.text, marks, (at, len(understood.text)))


def _print_stretch(out: Console, text: str, marks: list[Mark], span: tuple[int, int]) -> None:
    start, end = span
    if not text[start:end].strip():
        return
    shown = Text(text[start:end])
    within = [mark for mark in marks if start <= mark.start < end]
    for mark in within:
        shown.stylize(STYLES[mark.kind], mark.start - start, mark.end - start)
    out.print(shown, soft_wrap=True)
    notes = dict.fromkeys((mark.kind, mark.note) for mark in within if mark.kind not in {"财产", "金额"})
    for kind, note in notes:
        out.print(Text.assemble("  ", (kind, STYLES[kind]), f" {note}"), soft_wrap=True)


def _particulars(understood: Understood) -> Table:
    table = Table(title=understood.document.title, show_header=False, title_justify="left")
    for name, value in _fields(understood):
        if value:
            table.add_row(name, Text(str(value)))
    return table


def _fields(understood: Understood) -> list[tuple[str, object]]:
    document = understood.document
    if isinstance(document, PolicyText):
        return [
            ("文件", understood.id),
            ("制定机关", document.issuing_body),
            ("文号", document.document_number),
            ("效力层级", document.authority_level),
            ("通过或修改", document.adopted),
            ("施行", document.effective),
            ("条文", sum(section.is_article for section in document.sections)),
            ("同时废止", "；".join(f"《{repeal.law}》" for repeal in document.repeals)),
        ]
    return [
        ("文件", understood.id),
        ("法院", document.court),
        ("文书类型", document.document_type),
        ("案号", document.case_number),
        ("程序", document.procedure),
        ("案由", document.cause_of_action),
        ("裁判日期", document.judgment_date),
        ("当事人", "；".join(f"{party.role} {party.name}" for party in document.parties)),
        ("适用法条", "；".join(document.applied_articles)),
        ("引用案件", "；".join(document.cited_cases)),
        *_enforcement_fields(document),
    ]


def _enforcement_fields(document: JudicialDocument) -> list[tuple[str, object]]:
    enforcement = document.enforcement
    if enforcement is None:
        return []
    return [
        ("执行依据", "；".join(f"{basis.kind} {basis.number}" for basis in enforcement.bases)),
        ("申请执行标的", yuan_text(enforcement.claimed.fen) if enforcement.claimed else None),
        ("已到位", yuan_text(enforcement.received.fen) if enforcement.received else None),
        ("措施", "\n".join(measure_text(asdict(measure)) for measure in enforcement.measures)),
        ("结果", "；".join(outcome.kind for outcome in enforcement.outcomes)),
    ]
