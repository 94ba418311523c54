"""The documents of a folder as ingest would write them, for benchmarks that build other indexes from them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.field_maps import document_of, ready_made
from ingest.parse import parse
from ingest.passages import entry_of
from ingest.source import RawDocument, Record
from ingest.sources import Source, SourceFile, find_files, sources_of
from legal.errors import UnreadableFileError
from search.passage import Entry
from search.place import Origin


def entries_below(folder: Path) -> list[Entry]:
    """All documents below the folder that can be read."""
    return list(entries_of(find_files([folder]).files))


def entries_of(files: Iterable[SourceFile]) -> Iterator[Entry]:
    """The documents of the files that can be read."""
    for file in files:
        try:
            for source in sources_of(file):
                if isinstance(source, Source):
                    yield from _entries(source)
        except UnreadableFileError:
            continue


def _entries(source: Source) -> Iterator[Entry]:
    for item in source.format.read(source.content):
        raw = document_of(item, ready_made()) if isinstance(item, Record) else item
        if isinstance(raw, RawDocument):
            origin = Origin(source.content.id, source.folder.name, source.place.key, "")
            yield entry_of(parse(raw), raw, origin)
