"""The report of a run as a page: what it counts and lists, where its links lead, and how it is written."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from ingest_examples import norm, ruling, run
from lxml import html
from report_examples import BARE, HOSTILE, entry, figures, files_of, group, linked, page, table, text_of

from ingest.parse_judicial import parse_judicial
from ingest.report import Report
from ingest.report_page import write_report
from ingest.source import Notice, Page, Problem
from ingest.sources import find_files
from legal.errors import InputError
from search.store import EmbeddedStore

COUNTED = ["文件", "新收录法规政策", "新收录裁判文书", "新收录段落", "其中法条"]
COUNTED += ["未改动的文件", "已移除的文书", "未收录", "提示", "内容重复"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "资料"
    root.mkdir()
    return root


def test_the_head_tells_what_was_given(folder: Path) -> None:
    single = folder.parent / "单独的.txt"
    single.touch()
    files_of(folder, "甲.txt")
    head = figures(page(find_files([folder, single])), "律执导入报告")
    assert head["导入范围"] == f"{folder.resolve()} {single.resolve()}"
    assert head["完成时间"].endswith("（北京时间）")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.04, "0.0 秒"),
        (12.34, "12.3 秒"),
        (59.99, "1 分 0 秒"),
        (3599.7, "1 小时 0 分"),
        (7384, "2 小时 3 分"),
    ],
)
def test_a_duration_is_told_as_people_say_it(folder: Path, seconds: float, said: str) -> None:
    assert figures(page(files_of(folder), Report(seconds=seconds)), "律执导入报告")["用时"] == said


def test_the_counts_of_the_run_are_told(folder: Path) -> None:
    report = Report(files=12_345, unchanged=7, passages=99, articles=3, removed=2)
    report.documents.update(policy=1, precedent=40)
    report.failures.append(Problem("甲.txt", "坏"))
    told = figures(page(files_of(folder, "甲.txt"), report), "本次导入")
    assert told == dict(zip(COUNTED, ["12,345", "1", "40", "99", "3", "7", "2", "1", "0", "0"], strict=True))


def test_the_whole_index_is_counted_by_what_its_documents_are(folder: Path) -> None:
    found = files_of(folder, "1.txt", "2.txt", "3.txt", "4.txt", "甲规则.md")
    elsewhere = ruling(2).replace("石桥县人民法院", "云州市中级人民法院").replace("二〇二三", "二〇二四")
    texts = (ruling(1), elsewhere, BARE, ruling(4), norm("甲规则", "张某可以异议。"))
    tree = page(found, None, *map(entry, found.files, texts))
    counted = figures(tree, "索引概况")
    assert (counted["文书合计"], counted["法规政策"], counted["裁判文书"]) == ("5", "1", "4")
    unknown = ("未识别", "1")
    assert table(tree, "裁判文书 · 法院") == [("石桥县人民法院", "2"), ("云州市中级人民法院", "1"), unknown]
    assert table(tree, "裁判文书 · 法院层级") == [("中级人民法院", "1"), ("基层人民法院", "2"), unknown]
    assert table(tree, "裁判文书 · 案由") == [("买卖合同纠纷", "3"), unknown]
    assert table(tree, "裁判文书 · 文书类型") == [("执行裁定书", "3"), unknown]
    assert table(tree, "裁判文书 · 裁判年份") == [("2024", "1"), ("2023", "2"), unknown]
    assert table(tree, "法规政策 · 通过年份") == [("2021", "1")]
    assert table(tree, "法规政策 · 效力层级") == [("其他", "1")]


def test_what_was_not_taken_in_stands_under_its_reason_the_most_frequent_first(folder: Path) -> None:
    problems = [
        Problem("甲.txt", "空的"),
        Problem("乙.txt 第 3 行", "坏的"),
        Problem("乙.txt 第 5 行", "坏的"),
    ]
    tree = page(files_of(folder, "甲.txt", "乙.txt"), Report(failures=problems))
    titles = tree.xpath("//h2[@id='failed']/following-sibling::div[1]//summary")
    assert [text_of(title) for title in titles] == ["坏的2 项", "空的1 项"]
    assert group(tree, "坏的") == ["资料/乙.txt 第 3 行 第 5 行"]
    assert linked(tree) == [folder / "乙.txt", folder / "甲.txt"]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_link_leads_to_its_file_whatever_the_name(folder: Path, name: str) -> None:
    found = files_of(folder, name)
    tree = page(found, Report(failures=[Problem(f"{found.files[0].id} 第 3 行", "坏的")]))
    assert linked(tree) == [folder / name]
    assert linked(tree)[0].exists()
    assert group(tree, "坏的") == [f"资料/{found.files[0].id} 第 3 行"]


def test_nothing_that_a_file_says_becomes_part_of_the_page(folder: Path) -> None:
    found = files_of(folder, "<script>alert(1).txt")
    name = found.files[0].id
    said = [Notice(name, "<img src=x onerror=alert(2)>")]
    report = Report(failures=[Problem(name, "<b>坏</b>")], notices=said, joined=said, left_out=said)
    tree = page(found, report, entry(found.files[0], f"<script>alert(3)</script>\n{BARE}"))
    assert not tree.xpath("//script | //img | //b[.='坏'] | //@src | //@onerror | //link | //iframe")
    assert [address for address in tree.xpath("//@href") if not address.startswith(("file://", "#"))] == []
    assert group(tree, "<b>坏</b>") == ["资料/<script>alert(1).txt"]


@pytest.mark.parametrize(
    ("where", "file", "rest"),
    [
        ("裁定", "裁定", ""),
        ("裁定 第 1 行", "裁定", " 第 1 行"),
        ("裁定 第 1 行.txt 第 3 行", "裁定 第 1 行.txt", " 第 3 行"),
        ("卷.zip/内/甲 1.docx 页眉", "卷.zip", " 内/甲 1.docx 页眉"),
        ("卷.zip", "卷.zip", ""),
        ("卷.zip.bak", None, ""),
        ("裁定书", None, ""),
        ("别处/裁定", None, ""),
        ("", None, ""),
    ],
)
def test_a_problem_belongs_to_the_longest_name_that_it_begins_with(
    folder: Path, where: str, file: str | None, rest: str
) -> None:
    found = files_of(folder, "裁定", "裁定 第 1 行.txt", "卷.zip")
    tree = page(found, Report(failures=[Problem(where, "坏的")]))
    assert linked(tree) == ([folder / file] if file else [])
    assert group(tree, "坏的") == [f"资料/{file}{rest}" if file else where]


def test_where_several_files_have_the_name_none_is_taken_for_it(tmp_path: Path, folder: Path) -> None:
    folders = [tmp_path / f"卷{number}" for number in range(6)]
    for one in folders:
        files_of(one, "甲.txt")
    report = Report(failures=[Problem("甲.txt 第 1 行", "坏的")])
    two = page(find_files(folders[:2]), report)
    assert linked(two) == [folders[0] / "甲.txt", folders[1] / "甲.txt"]
    assert group(two, "坏的")[0].startswith("甲.txt 同名文件 2 个")
    six = page(find_files(folders), report)
    assert (linked(six), group(six, "坏的")) == ([], ["甲.txt 同名文件 6 个 第 1 行"])


def test_a_document_stands_under_each_field_that_it_lacks(folder: Path) -> None:
    found = files_of(folder, "全.txt", "缺.txt", "规.md")
    whole, bare, rule = (
        next(f for f in found.files if f.id == name) for name in ("全.txt", "缺.txt", "规.md")
    )
    dated = norm("甲规则", "张某可以异议。")
    tree = page(found, None, entry(whole, ruling(1)), entry(bare, BARE), entry(rule, dated))
    title = parse_judicial(BARE).title
    for field in ("案号", "法院", "案由", "裁判日期", "文书类型"):
        assert group(tree, f"裁判文书：{field}未识别") == [f"资料/缺.txt {title}".strip()], field
    for field in ("制定机关", "施行日期", "效力层级"):
        assert group(tree, f"法规政策：{field}未识别") == ["资料/规.md 甲规则"], field
    assert group(tree, "法规政策：通过日期未识别") == []
    assert set(linked(tree)) == {folder / "缺.txt", folder / "规.md"}


def test_records_of_one_file_share_a_line(folder: Path) -> None:
    found = files_of(folder, "裁定.jsonl", "它.txt")
    lines, other = sorted(found.files, key=lambda file: file.id, reverse=True)
    tree = page(found, None, entry(other, BARE), *(entry(lines, BARE, record) for record in ("k1", "k2")))
    assert group(tree, "裁判文书：案号未识别")[-1] == "资料/裁定.jsonl k1 k2"
    assert text_of(tree.xpath("//summary[contains(., '案号')]")[0]).endswith("3 份")


def test_a_document_of_an_earlier_run_is_named_without_a_link(tmp_path: Path, folder: Path) -> None:
    before = files_of(tmp_path / "旧" / "资料", "缺.txt")
    tree = page(files_of(folder, "缺.txt"), None, entry(before.files[0], BARE))
    assert group(tree, "裁判文书：案号未识别")[0].startswith("资料/缺.txt")
    assert linked(tree) == []


def test_a_file_that_was_passed_over_is_linked_too(folder: Path) -> None:
    found = files_of(folder, "缺.txt", "新.txt").only({folder / "新.txt"})
    tree = page(found, None, entry(found.passed_over[0], BARE))
    assert set(linked(tree)) == {folder / "缺.txt"}
    assert "其余 1 个未读取" in tree.text_content()


def test_pages_that_were_hard_to_recognise_are_named(folder: Path) -> None:
    found = files_of(folder, "扫描.pdf")
    pages = (Page(1, 0, 5, 0.9), Page(2, 5, 9, 0.62), Page(3, 9, 12, None), Page(4, 12, 20, 0.899))
    tree = page(found, None, entry(found.files[0], ruling(1), pages=pages))
    assert group(tree, "扫描识别把握不足 90% 的页") == ["资料/扫描.pdf 第 2 页（62%）、第 4 页（89%）"]
    assert figures(tree, "索引概况")["扫描识别的页"] == "3 其中 2 页把握不足"


def test_notices_duplicates_and_what_was_left_out_are_listed(folder: Path) -> None:
    report = Report(
        notices=[Notice("甲.doc", "内容却是网页。")],
        joined=[Notice("表.jsonl/k1", "内容与 甲.doc 相同。"), Notice("表.jsonl/k2", "内容与 甲.doc 近似。")],
        left_out=[Notice("甲.doc", "正文未收：页码 12 处。")],
    )
    tree = page(files_of(folder, "甲.doc", "表.jsonl"), report)
    assert group(tree, "提示：内容却是网页。") == ["资料/甲.doc"]
    assert group(tree, "内容重复") == ["资料/表.jsonl k1：内容与 甲.doc 相同。 k2：内容与 甲.doc 近似。"]
    assert group(tree, "未收入正文的内容") == ["资料/甲.doc 正文未收：页码 12 处。"]


def test_a_long_list_is_folded_and_whole(folder: Path) -> None:
    names = [f"{number}.txt" for number in range(300)]
    found = files_of(folder, *names)
    tree = page(found, Report(failures=[Problem(name, "坏的") for name in names]))
    assert group(tree, "坏的") == [f"资料/{name}" for name in names]
    assert tree.xpath("//details[starts-with(summary, '坏的')]/@open") == []


def test_a_clean_run_over_an_empty_folder_says_so(folder: Path) -> None:
    tree = page(files_of(folder))
    assert "没有未收录的文件。" in tree.text_content()
    assert "没有需要核对的文书。" in tree.text_content()
    assert figures(tree, "索引概况")["文书合计"] == "0"
    assert tree.xpath("//table | //li") == []


@pytest.mark.parametrize("masked", [True, False])
def test_the_report_on_a_masked_index_says_that_it_is_not_to_be_passed_on(folder: Path, masked: bool) -> None:
    tree = page(files_of(folder), masked=masked)
    assert ("请勿外传" in tree.text_content()) is masked


def test_half_a_character_in_a_name_does_not_cost_the_page(folder: Path) -> None:
    tree = page(files_of(folder, "表.jsonl"), Report(failures=[Problem("表.jsonl/k\ud83d", "坏的")]))
    assert group(tree, "坏的") == ["资料/表.jsonl k\\ud83d"]


def test_a_report_replaces_the_one_before_at_once_and_leaves_no_draft(folder: Path) -> None:
    found = files_of(folder, "甲.txt")
    page(found, Report(failures=[Problem("甲.txt", "先坏")]))
    with (folder.parent / "报告.html").open(encoding="utf-8") as being_read:
        tree = page(found, Report(failures=[Problem("甲.txt", "后坏")]))
        assert "先坏" in being_read.read()
    assert (group(tree, "先坏"), group(tree, "后坏")) == ([], ["资料/甲.txt"])
    assert {path.name for path in folder.parent.iterdir()} == {"资料", "报告.html"}


def test_a_disk_that_fills_up_half_way_leaves_the_report_before(folder: Path) -> None:
    resource = pytest.importorskip("resource", reason="no limit on sizes of files here")
    old = folder / "报告.html"
    old.write_text("以前的报告", "utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(InputError, match="剩余空间"):
            write_report(old, EmbeddedStore.in_memory(), files_of(folder), Report())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [(path.name, path.read_text("utf-8")) for path in folder.iterdir()] == [
        ("报告.html", "以前的报告")
    ]


def test_where_it_cannot_be_written_the_report_before_stays_and_it_is_said_what_to_do(folder: Path) -> None:
    store, found = EmbeddedStore.in_memory(), files_of(folder)
    old = folder / "报告.html"
    old.write_text("以前的报告", "utf-8")
    (folder / "报告.html.draft").mkdir()  # nothing can be written under this name
    for path, words in [
        (old, "--report 指定另一个位置"),
        (folder / "没有" / "报告.html", "请检查目录是否存在"),
        (folder, "请加上文件名"),
        (Path(), "请加上文件名"),
    ]:
        with pytest.raises(InputError, match=words):
            write_report(path, store, found, Report())
    assert old.read_text("utf-8") == "以前的报告"
    assert not (folder / "没有").exists()


def test_the_report_of_a_real_run_leads_to_every_file_that_it_names(folder: Path) -> None:
    (folder / "裁定.txt").write_text(ruling(1), "utf-8")
    (folder / "副本.txt").write_text(ruling(1), "utf-8")
    (folder / "规则.txt").write_text(ruling(2).replace("（2023）岭0122执2号", ""), "utf-8")
    (folder / "空 #1.txt").touch()
    with ZipFile(folder / "卷宗.zip", "w") as archive:
        archive.writestr("内/裁定.txt", ruling(3, "冻结存款").replace("（2023）岭0122执3号", ""))
        archive.writestr("内/坏.txt", "不知所云")
    index, path = folder.parent / "索引", folder.parent / "报告.html"
    report = run(index, folder)
    write_report(path, EmbeddedStore.open(index), find_files([folder]), report)
    tree = html.fromstring(path.read_text("utf-8"))
    assert group(tree, "文件是空的") == ["资料/空 #1.txt"]
    assert group(tree, "看不出是裁判文书") == ["资料/卷宗.zip 内/坏.txt"]
    assert [line.split()[0] for line in group(tree, "裁判文书：案号未识别")] == [
        "资料/卷宗.zip/内/裁定.txt",
        "资料/规则.txt",
    ]
    assert len(group(tree, "内容重复")) == 1
    assert len(linked(tree)) == len(tree.xpath("//li"))
    assert all(file.is_file() for file in linked(tree))
