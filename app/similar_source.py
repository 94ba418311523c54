"""The case that similar ones are asked for: out of a file, an upload, or the index."""

import os
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.settings import PROJECT
from app.similar_reading import OUTCOME
from ingest.parse import parse
from ingest.reading import read_files
from ingest.source import Notice, Problem, RawDocument
from legal.documents import JudicialDocument
from legal.errors import InputError, UnreadableFileError
from search.similar_case import Case, case_of, stored_case

if TYPE_CHECKING:
    from search.service import SearchService

MAX_BYTES = 20 * 2**20  # of an upload
_SECONDS = 180  # for reading an upload: a scan takes some seconds a page
_SECONDS_TO_STOP = 5  # then it is killed
_UPLOAD = "upload"


def case_of_file(file: Path) -> Case:
    """The case of the one document in a file; a text that is no judicial document is taken as mere facts.

    Raises UnreadableFileError where there is no text, InputError where there are several documents or a norm.
    """
    found, problems = list[RawDocument](), list[Problem]()
    for item in read_files([file]):
        if isinstance(item, Problem):
            problems.append(item)
        elif not isinstance(item, Notice):
            found.append(item)
    if not found:
        raise UnreadableFileError(problems[0].reason if problems else "文件中没有可读取的文字。")
    if len(found) > 1:
        raise InputError(f"文件中有 {len(found)} 份文书。类案检索一次比对一份，请拆分后分别检索。")
    return _case(found[0], file.stem)


def case_of_upload(name: str, content: bytes) -> Case:
    """The same for an upload, read in a process of its own, which a damaged file may bring down."""
    if len(content) > MAX_BYTES:
        raise InputError(f"文件超过 {MAX_BYTES // 2**20} MB。请上传单份文书，或先压缩扫描件。")
    with TemporaryDirectory() as folder:
        # Not under its own name, which may be too long or none for a file here.
        file, target = Path(folder, _UPLOAD + _suffix(name)), Path(folder, "case.json")
        file.write_bytes(content)
        temporary = Path(folder, "temporary")
        temporary.mkdir()
        # No worker of multiprocessing: it would run the page that Streamlit shows as its main module.
        command = [sys.executable, "-m", "app.similar_reading", str(file), str(target)]
        try:
            _run(command, temporary)
            read = OUTCOME.validate_json(target.read_bytes())
        except subprocess.TimeoutExpired as error:
            raise UnreadableFileError("读取时间过长，已停止。请拆分文件，或另存为 Word 后重试。") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise UnreadableFileError("文件可能已损坏，无法读取。请用原软件打开并另存后重试。") from error
    if read.case is None:
        raise (UnreadableFileError if read.unreadable else InputError)(read.said)
    if read.case.title == _UPLOAD:
        return replace(read.case, title="".join(c for c in PurePath(name).stem if c.isprintable()))
    return read.case


def case_of_text(text: str) -> Case:
    """The same for a text that was posted or pasted. Raises InputError for a norm."""
    return _case(RawDocument("", text), "")


def case_of_id(service: "SearchService", document_id: str) -> Case:
    """The case of a document of the index. Raises InputError where there is none, or where it is a norm."""
    document = service.document(document_id)
    if document is None:
        raise InputError(f"本库没有编号为“{document_id}”的文书，可能已被移除。请重新检索。")
    if document.kind != "precedent":
        raise InputError("类案检索以裁判文书为对象，法规没有类案。请选择一份裁判文书。")
    return stored_case(document)


def _run(command: list[str], temporary: Path) -> None:
    """Runs a command to its end, with `temporary` for its files; a late one is asked to stop, then killed."""
    with subprocess.Popen(  # noqa: S603 (no shell, and all its words are ours)
        command,
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # it may repeat the text, which is about people
    ) as process:
        try:
            code = process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_TO_STOP)
            process.kill()
            raise
    if code:
        raise subprocess.CalledProcessError(code, command)


def _suffix(name: str) -> str:
    """The ending of a file name, by which its format is known; empty where it is a strange one."""
    suffix = PurePath(name).suffix
    return suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else ""


def _case(raw: RawDocument, name: str) -> Case:
    try:
        document = parse(raw)
    except UnreadableFileError:
        return Case(title=name, facts=raw.text, text=raw.text)
    if not isinstance(document, JudicialDocument):
        raise InputError("这是一份法规政策。类案检索需要裁判文书、起诉状或案情说明。")
    return case_of(document)
