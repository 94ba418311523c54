"""Pages of reports for tests: files of any name, an index of any documents, and reading of the page."""

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlparse

from lxml import html

from ingest.parse_judicial import parse_judicial
from ingest.parse_policy import parse_policy
from ingest.passages import entry_of
from ingest.report import Report
from ingest.report_page import write_report
from ingest.source import Page, RawDocument
from ingest.sources import Found, SourceFile, find_files
from search.index_records import rows_of
from search.manifest import SCHEMA, Manifest
from search.passage import Entry
from search.place import Origin
from search.store import EmbeddedStore

BARE = "本院认为，应予准许，裁定如下：\n准许。\n"  # a ruling without its head and date
HOSTILE = [
    "<script>alert(1).txt",
    "第 1 卷 #3 是否?.txt",
    "张某&李某 \"和解\" '协议'.txt",
    "百分之%20 [甲].txt",
    os.fsdecode("编码.txt".encode("gb18030")),
]


def files_of(folder: Path, *names: str) -> Found:
    """The files of a folder, made with these names; they hold nothing that a report reads."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return find_files([folder])


def entry(file: SourceFile, text: str, record: str = "", pages: tuple[Page, ...] = ()) -> Entry:
    """What ingest would make of the text of a file, or of a record in it."""
    raw = RawDocument(f"{file.id}/{record}" if record else file.id, text, pages=pages)
    document = parse_policy(text, raw.id) if file.id.endswith(".md") else parse_judicial(text)
    place = file.folder.place(file.id).key
    return entry_of(document, raw, Origin(file.id, file.folder.name, place, "0" * 64))


def page(
    found: Found, report: Report | None = None, *entries: Entry, masked: bool = False
) -> html.HtmlElement:
    """The page of a run over an index that holds these documents."""
    store = EmbeddedStore.in_memory()
    with store.writing() as writer:
        for one in entries:
            writer.add(rows_of(one, store.segmenter))
        writer.commit()
    store.put_manifest(Manifest(SCHEMA, store.segmenter.name, masked=masked))
    path = Path(os.fsdecode(found.folders[0].key)).parent / "报告.html"
    write_report(path, store, found, report or Report())
    return html.fromstring(path.read_text("utf-8"))


def text_of(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def figures(tree: html.HtmlElement, heading: str) -> dict[str, str]:
    """The names and values below a heading."""
    (block,) = tree.xpath(f"//*[self::h1 or self::h2][.='{heading}']/following-sibling::dl[1]")
    return {text_of(one.find("dt")): text_of(one.find("dd")) for one in block}


def table(tree: html.HtmlElement, title: str) -> list[tuple[str, str]]:
    """The names and counts of a table."""
    rows = tree.xpath(f"//section[h3='{title}']//tr")
    return [(text_of(row[0]), text_of(row[-1])) for row in rows]


def group(tree: html.HtmlElement, title: str) -> list[str]:
    """The lines of the list whose heading begins so."""
    return [text_of(line) for line in tree.xpath(f"//details[starts-with(summary, '{title}')]//li")]


def linked(tree: html.HtmlElement) -> list[Path]:
    """The files to which the links of all lists lead."""
    addresses = [urlparse(link) for link in tree.xpath("//li//a/@href")]
    assert all(a.scheme == "file" and not (a.netloc or a.query or a.fragment) for a in addresses)
    return [Path(os.fsdecode(unquote_to_bytes(address.path))) for address in addresses]
