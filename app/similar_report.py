"""The report on a search for similar cases (类案检索报告), as blocks that Word and PDF lay out alike.

It holds what the Supreme People's Court asks for (法发〔2020〕24号 八): who searched, when, where, how and
with what result, the gist of the cases, the dispute, and whether a case is followed. What only a person can
say is left blank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from app.search_address import PRECEDENTS
from app.similar_wording import (
    ASPECTS,
    UNKNOWN,
    alike_text,
    articles_text,
    different_text,
    inferred_text,
    percent,
    precedence_text,
    recent_text,
    related_text,
    renumbered_text,
    why_rows,
)
from app.wording import date_text, moment_text

# What XML, and so a Word file, cannot hold.
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

if TYPE_CHECKING:
    from search.similar_cases import SimilarCase, SimilarRequest, SimilarResult

TITLE = "类案检索报告"
_EXCERPT = 300  # code points of the facts and of the dispute that are quoted


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A place for a person to write in, some `lines` high."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the width of each column as a share of the page, and its rows; the first may be a head.

    `whole` says that it stays on one page.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    headed: bool = True
    whole: bool = False


Block = Heading | Paragraph | Blank | Grid


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its title, when the search was made, and its parts in order."""

    title: str
    made: datetime
    blocks: tuple[Block, ...]


def report_of(request: "SimilarRequest", result: "SimilarResult", made: datetime) -> Report:
    """The report on a search that was made at `made`."""
    blocks = (
        *_search(request, result, made),
        *_pending(result),
        *_overview(result, made),
        *_cases(result, made),
        *_use(),
    )
    return Report(TITLE, made, tuple(map(_writable, blocks)))


def _writable(block: Block) -> Block:
    """A block without the control characters that no Word file may hold; pasted texts have some."""
    if isinstance(block, Grid):
        rows = tuple(tuple(_CONTROL.sub("", cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    if isinstance(block, Blank):
        return block
    return replace(block, text=_CONTROL.sub("", block.text))


def _search(request: "SimilarRequest", result: "SimilarResult", made: datetime) -> Iterator[Block]:
    yield Heading("一、检索说明")
    yield Grid(
        (0.2, 0.8),
        (
            ("检索主体", "（由检索人填写姓名、单位和职务）"),
            ("检索问题", _question(result)),
            ("检索时间", moment_text(made)),
            ("检索平台", f"律执 {version('lvzhi')}（本地文书库）"),
            ("索引版本", _index(result)),
            ("检索范围", _scope(request, result)),
            ("检索方法", _method(result)),
            (
                "各项权重",
                "；".join(
                    f"{ASPECTS[name]} {percent(share)}" for name, share in result.weights.items() if share
                ),
            ),
            ("检索结果", f"逐案比对 {result.compared} 件，列出最相似的 {len(result.found)} 件"),
        ),
        headed=False,
    )


def _question(result: "SimilarResult") -> str:
    compared = "、".join(ASPECTS[name] for name, share in result.weights.items() if share)
    return f"与“{result.case.title or '待决案件'}”在{compared}上相似的案件；争议焦点见第二部分"


def _index(result: "SimilarResult") -> str:
    manifest = result.manifest
    parts = [f"格式 {manifest.schema}", f"分词器 {manifest.segmenter}"]
    parts += [f"向量模型 {manifest.encoder}"] if manifest.encoder else []
    parts += ["已脱敏"] if manifest.masked else []
    return "；".join([*parts, f"裁判文书 {result.held} 份"])


def _scope(request: "SimilarRequest", result: "SimilarResult") -> str:
    corpora = f"（{'、'.join(result.manifest.corpora)}）" if result.manifest.corpora else ""
    chosen = [
        f"{PRECEDENTS.facets.get(name, name)}：{'、'.join(str(value) for value in values)}"
        for name, values in request.choices.items()
        if values
    ]
    limits = f"；限于{'，'.join(chosen)}" if chosen else ""
    return f"本库收录的裁判文书和案例{corpora}{limits}。不含本案、同一案号的文书和内容相同的文书。"


def _method(result: "SimilarResult") -> str:
    ways = [
        "关键词检索（待决案件的事实和争议部分全文）",
        "法条关联检索（共同适用的法条，按现行条文序号比对）",
    ]
    if result.encoded_share:
        ways.insert(1, f"语义检索（已有向量的案件占 {result.encoded_share:.0%}）")
    return "、".join(ways) + f"。{''.join(result.notices)}找到的案件逐案比对，按各项权重排序。"


def _pending(result: "SimilarResult") -> Iterator[Block]:
    case = result.case
    yield Heading("二、待决案件")
    rows = (
        ("案件", case.title or UNKNOWN),
        ("案号", case.case_number or UNKNOWN),
        ("审理法院", case.court or UNKNOWN),
        ("案由", case.cause or UNKNOWN),
        ("适用法条", articles_text(case.articles) or UNKNOWN),
    )
    yield Grid((0.2, 0.8), rows, headed=False)
    if case.facts.strip():
        yield Paragraph(f"基本事实（摘自所提交的文书）：{excerpt(case.facts)}")
    if case.dispute.strip():
        yield Paragraph(f"争议内容（摘自所提交的文书）：{excerpt(case.dispute)}")
    if inferred := inferred_text(result.inferred):
        yield Paragraph(inferred)
    yield Blank("争议焦点（由检索人归纳）", 3)


def _overview(result: "SimilarResult", made: datetime) -> Iterator[Block]:
    yield Heading("三、检索结果")
    if not result.found:
        yield Paragraph("在上述范围内没有检索到可以比对的案件。")
        return
    head = ("序号", "法院和案号", "裁判日期", "案由", "相似度", "顺位")
    rows = (
        (
            str(found.rank),
            _named(found),
            _date(found),
            found.case.cause or UNKNOWN,
            f"{found.score:.2f}",
            precedence_text(found, result.case.court),
        )
        for found in result.found
    )
    yield Grid((0.08, 0.33, 0.18, 0.14, 0.1, 0.17), (head, *rows))
    yield Paragraph(
        "相似度在 0 至 1 之间，只用于排序；基本事实和争议焦点两项以本次比对的案件中最相近者为 1，"
        "特定情节（人名、地名、日期、物品等少见用语）只在某一案件明显突出时计分。可能属于同一纠纷的案件排在最前。"
        "顺位依《最高人民法院关于统一法律适用加强类案检索的指导意见（试行）》（法发〔2020〕24号）第四条，"
        "按法院名称和文书类型判断，“待核实”的由检索人核对。"
    )


def _cases(result: "SimilarResult", made: datetime) -> Iterator[Block]:
    if result.found:
        yield Heading("四、类案裁判要点及与待决案件的比对")
    for found in result.found:
        yield Heading(f"（{found.rank}）{found.document.title}", 2)
        yield Grid((0.2, 0.8), tuple(_rows(found, result, made)), headed=False)
        why = (("排序依据", "得分", "权重", "计入相似度"), *why_rows(found, result))
        yield Grid((0.4, 0.2, 0.2, 0.2), (*why, ("合计", "", "", f"{found.score:.3f}")), whole=True)
        yield Blank("裁判是否生效、是否属于类案（由检索人核实）")
        yield Blank("是否参照或者参考及理由", 2)


def _rows(found: "SimilarCase", result: "SimilarResult", made: datetime) -> Iterator[tuple[str, str]]:
    meta = found.document.meta
    yield "法院", found.case.court or UNKNOWN
    yield "案号", found.case.case_number or UNKNOWN
    yield "文书类型", meta.get("document_type") or UNKNOWN
    yield (
        "裁判日期",
        f"{_date(found)}（{recent_text(found.case.day, made.date())}）" if found.case.day else UNKNOWN,
    )
    yield "顺位", precedence_text(found, result.case.court)
    yield "适用法条", articles_text(found.case.articles) or UNKNOWN
    yield "裁判要点", f"{found.gist}（摘自裁判理由原文）" if found.gist else "文书没有说明裁判理由。"
    yield "裁判结果", "、".join(found.case.outcomes) or UNKNOWN
    yield "相同之处", alike_text(found, result)
    if different := different_text(found, result):
        yield "不同之处", different
    if renumbered := renumbered_text(found):
        yield "条文序号", renumbered
    if related := related_text(found):
        yield "关联案件", related
    if found.copies:
        yield "相同文书", f"本库另有 {found.copies} 份内容相同的文书"
    yield "来源", f"{found.document.folder}/{found.document.source}"


def _use() -> Iterator[Block]:
    yield Heading("五、检索结果运用")
    yield Paragraph(
        "检索到的类案为指导性案例的，人民法院应当参照作出裁判，但与新的法律、行政法规、司法解释相冲突或者为新的"
        "指导性案例所取代的除外；检索到其他类案的，可以作为作出裁判的参考（法发〔2020〕24号第九条）。"
    )
    yield Blank("对是否参照或者参考类案等结果运用情况的分析说明", 5)
    yield Paragraph(
        "本报告由软件根据本库文书生成，摘录均为文书原文。是否属于类案、裁判是否生效以及如何参照，须由检索人核实；"
        "本库以外的指导性案例和裁判文书，请另行在人民法院案例库、中国裁判文书网检索。"
    )
    yield Blank("检索人（签名）")
    yield Blank("日期")


def excerpt(text: str) -> str:
    """The beginning of a text on one line, ending with a sentence where it has one."""
    plain = re.sub(r"\s+", " ", text).strip()
    if len(plain) <= _EXCERPT:
        return plain
    end = max(plain.rfind(mark, 0, _EXCERPT) for mark in "。；")
    return (plain[: end + 1] if end > 0 else plain[:_EXCERPT]) + "……"


def _named(found: "SimilarCase") -> str:
    """Court and number on a line each, else the title."""
    parts = [part for part in (found.case.court, found.case.case_number) if part]
    return "\n".join(parts) or found.document.title


def _date(found: "SimilarCase") -> str:
    return date_text(found.case.day) if found.case.day else UNKNOWN
