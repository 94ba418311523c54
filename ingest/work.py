"""What a worker process does with a file, or with a part of one: read, mask, parse, cut, segment."""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ingest.formats import Format
from ingest.parse import parse
from ingest.passages import entry_of
from ingest.reading import read_part
from ingest.source import Content, Notice, Problem, RawDocument, unopened
from legal.errors import UnreadableFileError
from search.fingerprint import Fingerprint
from search.index_records import Row, rows_of
from search.place import Origin
from search.segmenter import segmenter_named


@dataclass(frozen=True, slots=True)
class Setting:
    """How a run reads: the segmenter of the index, the user's field maps, whether personal data is masked."""

    segmenter: str
    field_maps: Path | None = None
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A source or a part of it; `first` and `last` tell whether it begins and ends its source.

    `problems` are those that were met in cutting the part off.
    """

    part: Content
    format: Format
    origin: Origin
    first: bool
    last: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A document ready to be written, but for its group."""

    id: str
    rows: list[Row]
    kind: str
    passages: int
    articles: int
    fingerprint: Fingerprint
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    documents: list[Done] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def work(task: Task, setting: Setting) -> Result:
    """The documents of a part, and what of it could not be taken in. Raises nothing that a file can cause."""
    result = Result(problems=list(task.problems))
    where = task.part.id
    try:
        for item in read_part(task.format, task.part, setting.field_maps):
            if isinstance(item, Problem):
                result.problems.append(item)
                continue
            if isinstance(item, Notice):
                result.notices.append(item)
                continue
            where = item.id
            try:
                result.documents.append(_done(item, task, setting))
            except UnreadableFileError as error:
                result.problems.append(Problem(item.id, error.message))
    except UnreadableFileError as error:
        result.problems.append(Problem(where, error.message))
    except OSError as error:
        result.problems.append(unopened(where, error))
    except Exception as error:  # one document that no reader foresaw must not cost the others
        reason = f"读取时出错（{type(error).__name__}），未收录。请报告此文件。"
        result.problems.append(Problem(where, reason))
    return result


_segmenter = cache(segmenter_named)  # one for each process: rjieba's object cannot be sent to another


def _done(raw: RawDocument, task: Task, setting: Setting) -> Done:
    origin = task.origin
    if setting.masked:
        raw, origin = _masked(raw, origin)
    document = parse(raw)
    entry = entry_of(document, raw, origin)
    return Done(
        id=raw.id,
        rows=rows_of(entry, _segmenter(setting.segmenter)),
        kind=entry.document.kind,
        passages=len(entry.passages),
        articles=sum(section.is_article for section in document.sections),
        fingerprint=entry.fingerprint,
        left_out=raw.left_out,
    )


def _masked(raw: RawDocument, origin: Origin) -> tuple[RawDocument, Origin]:
    """Both without personal data. Two files whose names differ in a name alone still have two ids."""
    from ingest.masking.mask import mask  # reads lists of words, which most runs do not need

    found = mask(raw)
    source, folder = found.replace(origin.source), found.replace(origin.folder)
    document = found.document
    if document.id != raw.id:
        document = replace(document, id=f"{document.id}~{origin.place[-7:].strip('/')}")
    return document, replace(origin, source=source, folder=folder)
