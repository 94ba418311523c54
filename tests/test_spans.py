"""Whatever a file holds: recorded spans give back the quoted text, and damage never stops a batch."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_examples import tar_of, zip_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_examples import ruling, run
from page_examples import text_pdf, typeset
from word_examples import docx, p, t

from ingest.formats import Format, format_of
from ingest.parse import parse
from ingest.passages import entry_of
from ingest.source import Content, RawDocument
from legal.citation import find_citations
from legal.errors import UnreadableFileError
from search.place import Origin
from search.store import EmbeddedStore

SENTENCES = (
    "申请执行人：石桥某公司。",
    "被执行人：张某，男，1980年3月2日出生。",
    "本院在执行石桥某公司与张某买卖合同纠纷一案中，查封张某名下房屋一处，案款计86,500元（大写：捌万陆仟伍佰元）。",
    "张某称，该房屋系其唯一住房。",
    "本院查明：房屋坐落于石桥县南巷6号；面积89.5平方米。",
    "本院认为，依照《中华人民共和国民事诉讼法》第二百三十六条第一款、第一百五十七条的规定，裁定如下：",
    "驳回张某的异议请求。",
    "如不服本裁定，可以自本裁定送达之日起十日内，向云州市中级人民法院申请复议。",
    "第一条 执行款应当于三十日内发还。",
    "（一）　经当事人同意的；",
    "　　二〇二三年五月六日",
    "鹦鹉🦜一只，编号 A-12。",
)
HEAD = ["石桥县人民法院", "执行裁定书", "（2023）云0122执异5号"]

PARAGRAPHS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=14).map(lambda found: HEAD + found)


def _text(paragraphs: list[str]) -> bytes:
    return "\r\n".join(paragraphs).encode()


def _html(paragraphs: list[str]) -> bytes:
    return ("<html><body>" + "".join(f"<p>{line}</p>" for line in paragraphs) + "</body></html>").encode()


def _pdf(paragraphs: list[str]) -> bytes:
    styles = ["centre", "centre", "right", *["body"] * (len(paragraphs) - 3)]
    return text_pdf(typeset(tuple(zip(styles, (line.strip() for line in paragraphs), strict=True))))


MAKERS: dict[str, Callable[[list[str]], bytes]] = {
    "甲.txt": _text,
    "甲.md": lambda lines: ("# 裁定\n\n" + "\n\n".join(lines)).encode(),
    "甲.html": _html,
    "甲.docx": lambda lines: docx("".join(p(t(line)) for line in lines)),
    "甲.pdf": _pdf,
}


def _read(name: str, data: bytes) -> RawDocument:
    content = Content(name, data=data)
    found, _ = format_of(content)
    assert isinstance(found, Format)
    (raw,) = found.read(content)
    assert isinstance(raw, RawDocument)
    return raw


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=25, deadline=None)
@given(paragraphs=PARAGRAPHS)
def test_every_recorded_span_gives_back_the_quoted_text(name: str, paragraphs: list[str]) -> None:
    raw = _read(name, MAKERS[name](paragraphs))
    entry = entry_of(parse(raw), raw, Origin(name, "资料", "0/0/", "0"))
    text = entry.document.text
    assert text == raw.text
    for passage in entry.passages:
        assert text[passage.meta["start"] : passage.meta["end"]] == passage.text != ""
    ends = [0]
    for section in entry.document.sections:
        assert ends[-1] <= section.start < section.end <= len(text)
        ends.append(section.end)
        if section.is_article:
            assert text[section.start : section.end].startswith(section.label)
    for citation in find_citations(text):
        assert citation.law in text
        assert "条" in text[citation.start : citation.end]
    last = 0
    for page in raw.pages:
        assert last <= page.start <= page.end <= len(text)
        last = page.end


@settings(max_examples=40, deadline=None)
@given(paragraphs=PARAGRAPHS)
def test_a_text_file_is_quoted_as_its_bytes_are(paragraphs: list[str]) -> None:
    data = _text(paragraphs)
    raw = _read("甲.txt", data)
    entry = entry_of(parse(raw), raw, Origin("甲.txt", "资料", "0/0/", "0"))
    source = data.decode()
    for passage in entry.passages:
        assert source[passage.meta["start"] : passage.meta["end"]] == passage.text


GOOD = {
    "docx": docx(p(t(ruling(1)))),
    "pdf": _pdf([*HEAD, *SENTENCES[:6]]),
    "html": _html([*HEAD, *SENTENCES]),
    "txt": ruling(1).encode("utf-16"),
    "md": ruling(1).encode(),
    "jsonl": json.dumps({"id": 1, "text": ruling(1)}).encode(),
    "json": json.dumps({"text": ruling(1)}).encode(),
    "csv": f"案号,正文\n（2023）云0122执5号,{SENTENCES[2]}\n".encode(),
    "zip": zip_of({"裁定.txt": ruling(1).encode()}),
    "tar.gz": tar_of({"裁定.txt": ruling(1).encode()}),
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(500),
}


@st.composite
def _damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of a known kind, cut short, with bytes changed, or with another one's bytes or random ones."""
    suffix = draw(st.sampled_from(sorted(GOOD)))
    data = bytearray(draw(st.sampled_from([GOOD[suffix], *GOOD.values(), b""])))
    for _ in range(draw(st.integers(0, 8))):
        if data:
            data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    cut = draw(st.integers(0, len(data)))
    return suffix, draw(st.sampled_from([bytes(data), bytes(data[:cut]), draw(st.binary(max_size=300))]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(_damaged(), min_size=1, max_size=6))
def test_random_and_mutated_bytes_never_stop_a_batch(
    files: list[tuple[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("损坏")
    folder = place / "资料"
    folder.mkdir()
    for number, (suffix, data) in enumerate(files):
        (folder / f"{number}.{suffix}").write_bytes(data)
    (folder / "末.txt").write_text(ruling(9, "查封鹦鹉一只"), "utf-8")
    report = run(place / "index", folder)
    assert report.files == len(files) + 1
    store = EmbeddedStore.open(place / "index")
    assert store.document("末.txt") is not None
    named = {problem.where for problem in report.failures}
    taken = {document.id for document in store.keywords.documents()}
    for number, (suffix, data) in enumerate(files):
        name = f"{number}.{suffix}"
        seen = [where for where in named | taken if where.startswith(name)]
        assert seen or _holds_nothing(name, data), name


def _holds_nothing(name: str, data: bytes) -> bool:
    """Whether a file of records or an archive is sound and holds nothing."""
    content = Content(name, data=data)
    try:
        found, _ = format_of(content)
    except UnreadableFileError:
        return False
    return not list(found.read(content) if isinstance(found, Format) else found.members(content))


def test_a_part_of_a_document_is_traced_to_its_file_and_its_characters(tmp_path: Path) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "裁定.txt").write_bytes(_text([*HEAD, *SENTENCES]))
    run(tmp_path / "index", folder)
    ((_, passage),) = EmbeddedStore.open(tmp_path / "index").keyword_search("唯一住房", limit=1)
    source = (folder / "裁定.txt").read_bytes().decode()
    assert passage.meta["document_id"] == "裁定.txt"
    assert "唯一住房" in source[passage.meta["start"] : passage.meta["end"]]
