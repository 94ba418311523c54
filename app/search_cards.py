"""What a search found, as HTML: one card a hit, and the line above them."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from app.markup import address, link, marks_layer, wrapped
from app.search_address import SearchView
from app.wording import iso_date_text, seconds_text

if TYPE_CHECKING:
    from search.service import Hit, SearchResult


def cards(result: "SearchResult") -> str:
    """All hits of a page."""
    return '<div class="lz-hits">' + "".join(_card(hit, result.query.text) for hit in result.hits) + "</div>"


def summary(result: "SearchResult") -> str:
    """How many were found, how fast, and what could not be searched."""
    from search.components import POOL

    # Each retriever gives no more than that: there may be others, less relevant.
    amount = "相关度最高的" if result.total >= POOL else "共"
    line = f"{amount} {result.total} 条结果 · 用时 {seconds_text(result.seconds)}"
    html = f'<p class="lz-summary">{line}</p>'
    if result.encoded_share is not None and result.encoded_share < 1:
        share = int(result.encoded_share * 100)
        html += f'<p class="lz-summary">语义向量已完成 {share}%，其余内容目前只按关键词检索。</p>'
    if result.not_held:
        names = "、".join(f"《{escape(c.law)}》{c.article}" for c in result.not_held)
        html += f'<p class="lz-notice">本库尚未收录{names}，以下是相近内容。</p>'
    return html


def examples(view: SearchView) -> str:
    """Queries to begin with."""
    links = "".join(f"<li>{link(text, address(view.path, {'q': text}))}</li>" for text in view.examples)
    return f'<div class="lz-examples"><p>可以这样检索</p><ul>{links}</ul></div>'


def nothing_found(view: SearchView, chosen: bool) -> str:
    """What to do when there is no hit."""
    advice = "可取消部分筛选条件，或换用更概括的词语。" if chosen else "可减少或换用更概括的词语。"
    other = ("precedents", "类案检索") if view.kind == "policy" else ("policies", "法规政策")
    elsewhere = link(other[1], "/" + other[0])
    return f'<p class="lz-empty">没有找到符合条件的内容。{advice}也可到{elsewhere}中查找。</p>'


def _card(hit: "Hit", query: str) -> str:
    target = address("text", {"id": hit.document_id, "passage": hit.id, "q": query})
    snippet = hit.snippet
    tags = '<span class="lz-tag lz-old">已被修改或废止</span>' if hit.superseded else ""
    if hit.copies:
        tags += f'<span class="lz-tag">另有 {hit.copies} 份相同文书</span>'
    return (
        f'<article class="lz-hit"><h3>{link(hit.title, target)}{tags}</h3>'
        f'<p class="lz-meta">{_origin(hit.meta)}</p>'
        f"<p>{wrapped(snippet.text, (0, len(snippet.text)), [marks_layer(snippet.marks)])}</p>"
        f'<p class="lz-why">{_ranking(hit)}</p></article>'
    )


def _origin(meta: Mapping[str, Any]) -> str:
    """Where a hit comes from: court, number and date, or level, body and dates; and the part of the text."""
    if meta.get("kind") == "policy":
        adopted, effective = iso_date_text(meta.get("adopted")), iso_date_text(meta.get("effective"))
        dates = [f"{adopted}通过或修改" if adopted else None, f"{effective}施行" if effective else None]
        parts = [meta.get("authority_level"), meta.get("issuing_body"), *dates, meta.get("heading")]
    else:
        parts = [
            meta.get("court"),
            meta.get("case_number"),
            meta.get("document_type"),
            meta.get("cause_of_action"),
            iso_date_text(meta.get("judgment_date")),
            meta.get("label"),
        ]
    if "page" in meta:
        parts.append(f"第 {meta['page']} 页")
    if "confidence" in meta:
        parts.append(f"扫描识别，可信度 {meta['confidence']:.0%}")
    return "".join(f"<span>{escape(str(part))}</span>" for part in parts if part)


def _ranking(hit: "Hit") -> str:
    ranks = {"关键词检索": hit.keyword_rank, "语义检索": hit.vector_rank}
    found = [f"{name}第 {rank} 位" for name, rank in ranks.items() if rank is not None]
    return " · ".join(found) or "与检索的法条或案号完全一致"
