"""The documents of files, as every run reads them, before they are parsed."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ingest.field_maps import FieldMap, document_of, read_field_maps, ready_made
from ingest.formats import Format
from ingest.source import Content, Notice, Problem, RawDocument, Record, unopened
from ingest.sources import Source, find_files, parts_of, sources_of
from legal.errors import UnreadableFileError

Reading = RawDocument | Problem | Notice


def read_part(reader: Format, part: Content, field_maps: Path | None = None) -> Iterator[Reading]:
    """The documents of a file or a part of one. Raises UnreadableFileError and OSError."""
    for item in reader.read(part):
        yield document_of(item, _maps(field_maps)) if isinstance(item, Record) else item


def read_files(paths: Iterable[Path]) -> Iterator[Reading]:
    """The documents of files, of what lies in folders and archives too, without an index.

    What cannot be read is a Problem. Raises InputError for a path that does not exist.
    """
    for file in find_files(paths).files:
        try:
            for source in sources_of(file):
                if isinstance(source, Source):
                    yield from _read_source(source)
                else:
                    yield source
        except UnreadableFileError as error:
            yield Problem(file.id, error.message)
        except OSError as error:
            yield unopened(file.id, error)


def _read_source(source: Source) -> Iterator[Reading]:
    for part in parts_of(source):
        if isinstance(part, Problem):
            yield part
            continue
        try:
            yield from read_part(source.format, part)
        except UnreadableFileError as error:
            yield Problem(part.id, error.message)


@cache
def _maps(path: Path | None) -> tuple[FieldMap, ...]:
    return (*(read_field_maps(path) if path else ()), *ready_made())
