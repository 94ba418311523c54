"""The report of a run as one HTML file: what was taken in, what was not and why, and what to look at."""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ingest.report import Report
from ingest.report_survey import KINDS, Doubt, Survey
from ingest.source import Notice, Problem
from ingest.sources import Found, SourceFile
from legal.errors import InputError
from search.store import EmbeddedStore

if TYPE_CHECKING:
    from jinja2 import Template

_NAMESAKES = 5  # files of one name that are all linked; of more, only the number is told


def write_report(path: Path, store: EmbeddedStore, found: Found, report: Report) -> None:
    """Writes the page to `path`, in the place of what is there. Raises InputError where it cannot."""
    if path.is_dir():
        raise InputError(f"{path} 是目录，报告不能写在这里。请加上文件名，如 {path / 'report.html'}。")
    draft = path.with_name(f"{path.name}.draft")
    try:
        with draft.open("wb") as file:
            page = _template().stream(_content(store, found, report))
            page.enable_buffering(100)
            # What UTF-8 cannot hold, half of a character in a record's name, must not cost the page.
            page.dump(file, "utf-8", "backslashreplace")
        draft.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"无法写入报告 {path}：{reason}。索引不受影响。"
            "请检查目录是否存在、有无写入权限和剩余空间，或用 --report 指定另一个位置。"
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A file in a list, with links to it (none where it is not known which it is) and what is said of it."""

    folder: str
    name: str
    files: tuple[SourceFile, ...]
    items: Iterable[str]

    @property
    def link(self) -> str | None:
        return self.files[0].path.as_uri() if len(self.files) == 1 else None

    @property
    def namesakes(self) -> list[tuple[str, str]]:
        """The files that it may be, as path and address, where there are several and not many."""
        several = self.files if 1 < len(self.files) <= _NAMESAKES else ()
        return [(str(file.path), file.path.as_uri()) for file in several]


@dataclass(frozen=True, slots=True)
class Group:
    """A list under its heading; `lines` are made while they are written, and can be read once."""

    title: str
    count: int
    unit: str
    lines: Iterable[Line]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page that consists of lists; `empty` is what stands there where there are none."""

    key: str
    title: str
    about: str
    empty: str
    groups: Sequence[Group]


class _Files:
    """The files of a run, found by what reports and the index say of them."""

    def __init__(self, found: Found) -> None:
        self._by_place: dict[str, SourceFile] = {}
        self._by_id: dict[str, list[SourceFile]] = defaultdict(list)
        for file in (*found.files, *found.passed_over):
            self._by_place[file.folder.place(file.id).file_prefix] = file
            self._by_id[file.id].append(file)
        self._longest = max(map(len, self._by_id), default=0)

    def at(self, place: str) -> tuple[SourceFile, ...]:
        """The file of a `Place.key`, whether it is the document or an archive that holds it."""
        file = self._by_place.get(place[: place.rindex("/") + 1])
        return (file,) if file is not None else ()

    def named(self, where: str) -> str:
        """The longest id of a file with which `where` begins; all of `where` where there is none."""
        for end in range(min(len(where), self._longest), 0, -1):
            # Behind the id of a file stands nothing, the name of a member or record, or a line or page.
            if where[end : end + 1] in ("", "/", " ") and where[:end] in self._by_id:
                return where[:end]
        return where

    def lines(self, said: Iterable[Problem | Notice], text: Callable[[str, str], str]) -> Iterator[Line]:
        """A line for each file in turn; `text` makes items of what follows a file's id and of reasons."""
        for name, of_file in groupby(said, key=lambda one: self.named(one.where)):
            files = tuple(self._by_id.get(name, ()))
            folder = files[0].folder.name if len(files) == 1 else ""
            items = (text(one.where[len(name) :].lstrip("/ "), one.reason) for one in of_file)
            yield Line(folder, name, files, filter(None, items))


def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = "{:,}".format
    return environment.get_template("report.html.jinja")


def _content(store: EmbeddedStore, found: Found, report: Report) -> dict[str, Any]:
    files, folders = _Files(found), set(found.folders)
    survey = Survey(store.keywords.documents())
    return {
        "now": datetime.now(ZoneInfo("Asia/Shanghai")),
        "duration": _duration(report.seconds),
        "folders": [os.fsdecode(folder.key) for folder in found.folders],
        "files": [str(file.path) for file in found.files if file.folder not in folders],
        "passed_over": len(found.passed_over),
        "masked": store.manifest.masked,
        "report": report,
        "kinds": KINDS,
        "passages": store.keywords.count(),
        "survey": survey,
        "tables": survey.tables(),
        "parts": [_failed(files, report), _doubtful(files, survey, report), _joined(files, report)],
    }


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{seconds:.1f} 秒"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {rest} 秒"


def _failed(files: _Files, report: Report) -> Part:
    return Part(
        "failed",
        "未收录",
        "下列文件或记录未能收入索引，按原因归类。处理后再次运行同一命令即可补收。",
        "没有未收录的文件。",
        _by_reason(files, report.failures),
    )


def _by_reason(files: _Files, said: Sequence[Problem | Notice], lead: str = "") -> list[Group]:
    """A list for each reason, the most frequent first."""
    reasons: dict[str, list[Problem | Notice]] = defaultdict(list)
    for one in said:
        reasons[one.reason].append(one)
    ordered = sorted(reasons.items(), key=lambda group: -len(group[1]))
    return [
        Group(lead + reason, len(of_reason), "项", files.lines(of_reason, lambda rest, _: rest))
        for reason, of_reason in ordered
    ]


def _doubtful(files: _Files, survey: Survey, report: Report) -> Part:
    def lines(doubt: Doubt) -> Iterator[Line]:
        for of_file in survey.documents(doubt):
            yield Line(of_file.folder, of_file.source, files.at(of_file.place), of_file.items)

    unread = [Group(doubt.topic, doubt.documents, "份", lines(doubt)) for doubt in survey.doubts()]
    return Part(
        "doubtful",
        "已收录，请核对",
        "下列文书已收入索引，可按正文检索；所缺要素未能从文书中识别，不会出现在相应的筛选结果中。"
        "要素缺失和识别情况按索引中全部文书统计，提示只涉及本次导入。",
        "没有需要核对的文书。",
        unread + _by_reason(files, report.notices, "提示："),
    )


def _joined(files: _Files, report: Report) -> Part:
    def text(rest: str, reason: str) -> str:
        return f"{rest}：{reason}" if rest else reason

    lists = (("内容重复，检索时合并显示", report.joined), ("未收入正文的内容", report.left_out))
    return Part(
        "joined",
        "重复与省略",
        "本次导入中与其他文书内容相同或近似的文书，以及页眉、页码、图片等未收入正文的内容。",
        "没有重复的文书，正文也没有省略。",
        [Group(title, len(said), "份", files.lines(said, text)) for title, said in lists if said],
    )
