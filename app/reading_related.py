"""What stands above a document about its neighbours: norms that bear on a case, and an article in use."""

from html import escape
from typing import TYPE_CHECKING

from app.markup import address, link
from app.reading_citations import citing_fields, passage_item
from app.reading_head import folded
from app.search_address import PRECEDENTS
from legal.versions import Standing

if TYPE_CHECKING:
    from search.passage import StoredDocument
    from search.related_articles import AppliedBy, ApplyingCase, ArticleUse, Together
    from search.related_norms import AppliedArticle, RelatedNorm, RelatedNorms

_NORMS, _CASES, _MENTIONS = 15, 20, 20
_PLACES = 8  # articles of one norm that are named


def related_html(document: "StoredDocument", related: "RelatedNorms") -> str:
    """The articles that a judgment applies, each under its number today, and the norms about them."""
    applied = [f"<li>{_applied(document, article)}</li>" for article in related.applied]
    norms = [f"<li>{_norm(norm)}</li>" for norm in related.norms[:_NORMS]]
    if more := len(related.norms) - _NORMS:
        norms += [f"<li>另有 {more} 部未列出</li>"] if more > 0 else []
    return _list("适用的法条", len(applied), applied) + _list("相关规定", len(related.norms), norms)


def use_html(law: str, article: str, use: "ArticleUse") -> str:
    """The cases that apply an article, what else cites it, and the articles that stand beside it."""
    mentions = [f"<li>{passage_item(article, place)}</li>" for place in use.mentioned.named[:_MENTIONS]]
    if (more := use.mentioned.total - len(mentions)) > 0:
        mentions.append(f"<li>另有 {more} 处未列出</li>")
    courts = [f"<li>{_together(beside, '份裁判')}</li>" for beside in use.by_courts]
    norms = [f"<li>{_together(beside, '部法规')}</li>" for beside in use.in_norms]
    return (
        _applied_by(law, article, use.applied)
        + _list("提及本条的其他裁判", use.mentioned.total, mentions)
        + _list("常与本条一并适用的法条", len(courts), courts)
        + _list("常与本条一并引用的法条", len(norms), norms)
    )


def _list(title: str, count: int, items: list[str]) -> str:
    return folded(f"{title}（{count}）", "".join(items)) if items else ""


def _applied(document: "StoredDocument", article: "AppliedArticle") -> str:
    fields = {"law": article.law, "article": article.cited} | citing_fields(document)
    named = link(f"《{article.law}》{article.cited}", address("text", fields))
    if article.now is None:
        return f"{named}（{escape(article.led.said)}）" if article.led else named
    return named if article.now == article.cited else f"{named}（现为{escape(article.now)}）"


def _norm(norm: "RelatedNorm") -> str:
    """The norm, and why it is shown."""
    target = address("text", {"id": norm.document_id, "passage": norm.passages[0].id})
    known = norm.standing in (Standing.IN_FORCE, Standing.UNKNOWN)
    standing = "" if known else f'<span class="lz-tag lz-old">{norm.standing}</span>'
    labels = list(dict.fromkeys(str(passage.meta["label"]) for passage in norm.passages))
    several = "等" if len(labels) > _PLACES else ""
    applied = "、".join("《{}》{}".format(*name.split("#", 1)) for name in norm.articles)
    why = f"{'、'.join(labels[:_PLACES])}{several}引用了本案适用的{applied}"
    return f'{link(norm.title, target)}{standing}<br><span class="lz-why">{escape(why)}</span>'


def _applied_by(law: str, article: str, applied: "AppliedBy") -> str:
    if not applied.cases:
        return ""
    items = [f"<li>{_case(article, case)}</li>" for case in applied.cases[:_CASES]]
    everything = address(PRECEDENTS.path, {"q": f"适用:{law}{article}"})
    items.append(f"<li>{link('在类案检索中查看适用本条的裁判', everything)}</li>")
    count = f"{len(applied.cases)} 件" if applied.whole else f"{len(applied.cases)} 件以上"
    return folded(f"适用本条的裁判（{count}）", "".join(items))


def _case(article: str, case: "ApplyingCase") -> str:
    """The newest document of a case, and the others behind it."""
    return "<br>".join(passage_item(article, place) for place in case.places)


def _together(beside: "Together", unit: str) -> str:
    target = address("text", {"law": beside.law, "article": beside.article})
    return f"{link(f'《{beside.law}》{beside.article}', target)}（{beside.count} {unit}）"
