"""From paths to sources: the files below folders, the members of archives, and the parts of long tables."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.archive_limits import MAX_DEPTH, ArchiveLimitError, Meter
from ingest.formats import Archive, Format, format_of
from ingest.source import Content, Notice, Problem
from legal.errors import InputError, UnreadableFileError
from search.place import Place, place_of

_SPLIT_FROM = 2 * 2**20  # bytes from which a table is read in parts


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that documents come from; `key` tells folders of one name apart."""

    name: str
    key: bytes

    def place(self, file: str, member: str = "") -> Place:
        return place_of(self.key, file, member)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, by its path below the folder; a run holds one for every file, so they are small.

    `name` is as the system gives it, `id` the same as text: bytes that are no UTF-8, as in old archives, are
    written \\x.. in it.
    """

    folder: Folder
    name: str

    @property
    def path(self) -> Path:
        return Path(os.fsdecode(self.folder.key), self.name)

    @property
    def id(self) -> str:
        return _readable(self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """The files below some paths, and those of the paths that are folders; `passed_over` are not read."""

    files: tuple[SourceFile, ...]
    folders: tuple[Folder, ...]
    passed_over: tuple[SourceFile, ...] = ()

    def only(self, paths: set[Path]) -> "Found":
        """The same with no other files to read than `paths` and what lies below them."""

        def is_meant(file: SourceFile) -> bool:
            return not paths.isdisjoint((file.path, *file.path.parents))

        chosen = tuple(file for file in self.files if is_meant(file))
        others = tuple(file for file in self.files if not is_meant(file))
        return Found(chosen, self.folders, others)

    def without(self, path: Path) -> "Found":
        """The same without one file."""
        kept = tuple(file for file in self.files if file.path != path)
        return Found(kept, self.folders, self.passed_over)


@dataclass(frozen=True, slots=True)
class Source:
    """What is replaced as a whole: a file, or a member of an archive."""

    content: Content
    format: Format
    folder: Folder
    place: Place


def find_files(paths: Iterable[Path]) -> Found:
    """The files below `paths` in a fixed order, hidden ones left out. Raises InputError for no such path."""
    files: list[SourceFile] = []
    folders = []
    for path in paths:
        if path.is_dir():
            folder = folder_of(path)
            folders.append(folder)
            files.extend(_below(path.resolve(), folder))
        elif path.is_file():
            parent = path.parent.resolve()
            files.append(SourceFile(folder_of(parent), path.name))
        else:
            raise InputError(f"路径不存在：{path}。请检查后重试。")
    return Found(tuple(dict.fromkeys(files)), tuple(folders))  # a path may be given twice


def folder_of(path: Path) -> Folder:
    root = path.resolve()
    return Folder(_readable(root.name), os.fsencode(root))


def _below(root: Path, folder: Folder) -> Iterator[SourceFile]:
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            yield SourceFile(folder, os.path.relpath(os.path.join(place, name), root))  # noqa: PTH118


def _readable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def sources_of(file: SourceFile) -> Iterator[Source | Problem | Notice]:
    """The file itself, or where it is an archive what lies in it. Raises UnreadableFileError."""
    content = Content(file.id, path=file.path)
    found, notice = format_of(content)
    if notice:
        yield Notice(content.id, notice)
    if isinstance(found, Format):
        yield Source(content, found, file.folder, file.folder.place(file.id))
        return
    meter = Meter(content.size)  # of all that comes out, archives in archives included
    try:
        yield from _members(found, content, file, meter)
    except ArchiveLimitError as error:
        yield Problem(file.id, error.reason)


def _members(
    archive: Archive, content: Content, file: SourceFile, meter: Meter, depth: int = 1
) -> Iterator[Source | Problem | Notice]:
    for member in archive.members(content):
        if isinstance(member, Problem):
            yield member
            continue
        try:
            found, notice = format_of(member)
        except UnreadableFileError as error:
            yield Problem(member.id, error.message)
            continue
        if notice:
            yield Notice(member.id, notice)
        if isinstance(found, Format):
            meter.count(member.size)
            yield Source(member, found, file.folder, file.folder.place(file.id, member.id))
        elif depth >= MAX_DEPTH:
            yield Problem(member.id, f"压缩包套压缩包超过 {MAX_DEPTH} 层，未展开。请解压后导入。")
        else:
            yield from _inner(found, member, file, meter, depth + 1)


def _inner(
    archive: Archive, content: Content, file: SourceFile, meter: Meter, depth: int
) -> Iterator[Source | Problem | Notice]:
    """The members of an archive in an archive; one that cannot be opened costs itself alone."""
    try:
        yield from _members(archive, content, file, meter, depth)
    except UnreadableFileError as error:
        yield Problem(content.id, error.message)


def parts_of(source: Source) -> Iterator[Content | Problem]:
    """The content in pieces that can be read apart, in order; most are read in one piece."""
    if source.format.split is None or source.content.size < _SPLIT_FROM:
        yield source.content
        return
    yield from source.format.split(source.content)
