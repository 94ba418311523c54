"""What a search found, as HTML: one card a hit, and the line above them."""

from html import escape
from typing import TYPE_CHECKING

from app.comparison_page import comparison_address
from app.markup import address, link, marks_layer, wrapped
from app.query_understood import also_searched, corrected, demanded, how_many
from app.search_address import SearchView
from app.similar_cards import similar_address
from app.wording import date_text, iso_date_text, seconds_text
from legal.versions import Standing

if TYPE_CHECKING:
    from search.service import Hit, SearchResult


def cards(result: "SearchResult") -> str:
    """All hits of a page."""
    return '<div class="lz-hits">' + "".join(_card(hit, result.query.text) for hit in result.hits) + "</div>"


def summary(result: "SearchResult") -> str:
    """How many were found, how fast, and what could not be searched."""
    from search.versions import today

    line = f"{how_many(result)} · 用时 {seconds_text(result.seconds)}"
    if result.on != today():
        line += f" · 效力以{date_text(result.on)}为准"
    html = f'<p class="lz-summary">{line}</p>'
    understood = (demanded(result.query), also_searched(result))
    html += "".join(f'<p class="lz-summary">{escape(line)}</p>' for line in understood if line)
    notices = (corrected(result), *result.notices)
    html += "".join(f'<p class="lz-notice">{escape(notice)}</p>' for notice in notices if notice)
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
    doubted = hit.standing not in (None, Standing.IN_FORCE, Standing.UNKNOWN)
    tags = f'<span class="lz-tag lz-old">{hit.standing}</span>' if doubted else ""
    if hit.copies:
        tags += f'<span class="lz-tag">另有 {hit.copies} 份相同文书</span>'
    return (
        f'<article class="lz-hit"><h3>{link(hit.title, target)}{tags}</h3>'
        f'<p class="lz-meta">{_origin(hit)}</p>{_instead(hit)}'
        f"<p>{wrapped(snippet.text, (0, len(snippet.text)), [marks_layer(snippet.marks)])}</p>"
        f"{_why(hit)}</article>"
    )


def _origin(hit: "Hit") -> str:
    """Where a hit comes from: level, body and dates, or court, number, cause and date; and its part.

    What the title says is not said again: courts name their documents by court, kind and number.
    """
    meta = hit.meta
    if meta.get("kind") == "policy":
        adopted, effective = iso_date_text(meta.get("adopted")), iso_date_text(meta.get("effective"))
        dates = [f"{adopted}通过或修改" if adopted else None, f"{effective}施行" if effective else None]
        parts = [meta.get("authority_level"), meta.get("issuing_body"), *dates, meta.get("heading")]
    else:
        named = [meta.get("court"), meta.get("case_number"), meta.get("document_type")]
        parts = [part for part in named if part and part not in hit.title]
        parts += [
            meta.get("cause_of_action"),
            iso_date_text(meta.get("judgment_date")),
            meta.get("label"),
        ]
    if "page" in meta:
        parts.append(f"第 {meta['page']} 页")
    if "confidence" in meta:
        parts.append(f"扫描识别，可信度 {meta['confidence']:.0%}")
    return "".join(f"<span>{escape(str(part))}</span>" for part in parts if part)


def _instead(hit: "Hit") -> str:
    """The way to the version that applies, and to both side by side; from a case to its like."""
    if hit.meta.get("kind") == "precedent":
        return f'<p class="lz-meta"><span>{link("查找类案", similar_address(hit.document_id))}</span></p>'
    if hit.in_force is None:
        missing = hit.standing == Standing.AMENDED
        return '<p class="lz-meta"><span>本库未收录修改后的文本</span></p>' if missing else ""
    text = link("适用的文本", address("text", {"id": hit.in_force}))
    beside = link("逐条对照", comparison_address(hit.document_id, hit.in_force))
    return f'<p class="lz-meta"><span>{text}</span><span>{beside}</span></p>'


def _why(hit: "Hit") -> str:
    """Why the hit stands here, folded."""
    return (
        f'<details class="lz-why"><summary>排序说明</summary>{escape("；".join(hit.explanation))}</details>'
    )
