"""Found similar cases as HTML: one card a case, with what makes it similar and why it stands there."""

from html import escape
from typing import TYPE_CHECKING

from app.markup import address, link
from app.similar_wording import (
    ASPECTS,
    TO_CHECK,
    alike_text,
    different_text,
    inferred_text,
    percent,
    precedence_text,
    related_text,
    renumbered_text,
    why_text,
)
from app.wording import date_text, seconds_text

if TYPE_CHECKING:
    from search.passage import StoredDocument
    from search.similar_cases import SimilarCase, SimilarResult


def summary(result: "SimilarResult") -> str:
    """How many cases were compared, by what weights, and what was inferred."""
    weights = "，".join(
        f"{ASPECTS[name]} {percent(share)}" for name, share in result.weights.items() if share
    )
    line = (
        f"本库 {result.held} 份裁判文书，逐案比对 {result.compared} 件 · 用时 {seconds_text(result.seconds)}"
    )
    html = f'<p class="lz-summary">{line}</p><p class="lz-summary">实际权重：{escape(weights)}</p>'
    if result.encoded_share is not None and result.encoded_share < 1:
        share = f"{int(result.encoded_share * 100)}%"
        html += f'<p class="lz-summary">语义向量已完成 {share}，其余案件目前只按关键词比对。</p>'
    html += "".join(f'<p class="lz-notice">{escape(notice)}</p>' for notice in result.notices)
    if inferred := inferred_text(result.inferred):
        html += f'<p class="lz-notice">{escape(inferred)}</p>'
    return html


def cards(result: "SimilarResult") -> str:
    """All found cases, best first."""
    if not result.found:
        return '<p class="lz-empty">没有可以比对的案件。可先导入更多裁判文书，或取消筛选条件。</p>'
    return '<div class="lz-hits">' + "".join(_card(found, result) for found in result.found) + "</div>"


def similar_address(document_id: str) -> str:
    """The address of the page that finds cases like a document of the index."""
    return address("similar", {"id": document_id})


def similar_html(document: "StoredDocument") -> str:
    """The way from a case to its like; nothing for a norm."""
    if document.kind != "precedent":
        return ""
    return f'<p class="lz-meta"><span>{link("查找类案", similar_address(document.id))}</span></p>'


def _card(found: "SimilarCase", result: "SimilarResult") -> str:
    case, document = found.case, found.document
    title = link(f"{found.rank}. {document.title}", address("text", {"id": document.id}))
    tags = '<span class="lz-tag lz-old">可能是关联案件</span>' if found.related else ""
    if found.copies:
        tags += f'<span class="lz-tag">另有 {found.copies} 份相同文书</span>'
    precedence = precedence_text(found, result.case.court)
    where = [
        case.court,
        case.case_number,
        case.cause,
        date_text(case.day) if case.day else None,
        None if precedence == TO_CHECK else precedence,
    ]
    meta = "".join(f"<span>{escape(part)}</span>" for part in where if part)
    lines = {
        "关联": related_text(found),
        "相同": alike_text(found, result),
        "不同": different_text(found, result),
        "条文": renumbered_text(found),
        "要点": found.gist,
    }
    said = "".join(f"<p><strong>{name}</strong>　{escape(line)}</p>" for name, line in lines.items() if line)
    why = f'<p class="lz-why">排序依据：{escape(why_text(found, result))}</p>'
    return f'<article class="lz-hit"><h3>{title}{tags}</h3><p class="lz-meta">{meta}</p>{said}{why}</article>'
