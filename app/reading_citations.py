"""What stands above a document about citations: what it cites, who cites it, and how a citation led here."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from app.markup import address, link
from app.reading_head import folded
from legal.citation import Citation
from legal.crosswalk import Citing, Obstacle, Resolution, citing
from legal.dates import from_number

if TYPE_CHECKING:
    from search.citation_graph import CitedBy, CitingPassage
    from search.passage import StoredDocument

_YEAR = re.compile("[12][0-9]{3}")  # as citations write it; an address may hold anything


def led_here(led: Resolution | None) -> str:
    """That the number which was cited is that of another version, and what became of the article."""
    if led is None or led.obstacle is Obstacle.NO_EDITIONS or led.edition == led.target:
        return ""
    return f'<p class="lz-notice">{escape(led.said)}</p>'


def citing_fields(document: "StoredDocument", citation: Citation | None = None) -> dict[str, str]:
    """What a citing document tells of the version that it means, as fields of an address."""
    governing, written = (_day(document.meta.get(name)) for name in ("law_day", "day"))
    if governing is None:
        return {}
    said = Citing(governing, written)
    if citation is not None:
        said = citing(document.text, citation, governing, written)
    return {
        "day": governing.isoformat(),
        "written": written.isoformat() if written and written != governing else "",
        "year": str(said.year or ""),
        "former": "1" if said.former else "",
    }


def read_citing(fields: Mapping[str, str]) -> Citing | None:
    """What `citing_fields` wrote; None where an address does not come from a citing document."""
    governing, written = (_iso_day(fields.get(name, "")) for name in ("day", "written"))
    if governing is None:
        return None
    year = fields.get("year", "")
    return Citing(
        governing,
        written or governing,
        int(year) if _YEAR.fullmatch(year) else None,
        bool(fields.get("former")),
    )


def _day(number: object) -> date | None:
    return from_number(number) if isinstance(number, int) else None


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def cited_html(document: "StoredDocument") -> str:
    """The articles that a judgment cites, each linked, those first on which the court rests its decision."""
    applied = document.meta.get("applied_articles", ())
    others = [name for name in document.meta.get("cited_articles", ()) if name not in applied]
    fields = citing_fields(document)
    return _articles("适用的法条", applied, fields) + _articles("提及的其他法条", others, fields)


def _articles(title: str, names: Sequence[str], fields: Mapping[str, str]) -> str:
    if not names:
        return ""
    items = []
    for name in names:
        law, _, article = name.partition("#")
        target = address("text", {"law": law, "article": article, **fields})
        items.append(f"<li>{link(f'《{law}》{article}', target)}</li>")
    return folded(f"{title}（{len(names)}）", "".join(items))


def cited_by_html(article: str, policies: "CitedBy", cases: "CitedBy") -> str:
    """The norms and the cases that cite an article."""
    return _citing("引用本条的法规", article, policies) + _citing("引用或适用本条的裁判", article, cases)


def _citing(title: str, article: str, found: "CitedBy") -> str:
    if not found.total:
        return ""
    more = (
        f"<li>另有 {found.total - len(found.named)} 处未列出</li>" if found.total > len(found.named) else ""
    )
    items = "".join(f"<li>{_item(article, citing)}</li>" for citing in found.named)
    return folded(f"{title}（{found.total}）", items + more)


def _item(article: str, citing: "CitingPassage") -> str:
    meta = citing.passage.meta
    target = address("text", {"id": meta["document_id"], "passage": citing.passage.id})
    notes = ["法院据以裁判"] if citing.applied else []
    notes += [f"引用时为{citing.article}"] if citing.article != article else []
    said = f"（{'，'.join(notes)}）" if notes else ""
    return link(f"{meta['title']} {meta['label']}", target) + escape(said)
