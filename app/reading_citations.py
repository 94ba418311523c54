"""What stands above a document about citations: what it mentions, what cites it, how a citation led here."""

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from app.markup import address, link
from app.reading_head import folded
from app.wording import iso_date_text
from legal.citation import Citation
from legal.crosswalk import Citing, Obstacle, Resolution, citing
from legal.dates import from_number
from legal.versions import Standing

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


def mentioned_html(document: "StoredDocument") -> str:
    """The articles that a judgment cites without resting its decision on them, each linked."""
    applied = document.meta.get("applied_articles", ())
    others = [name for name in document.meta.get("cited_articles", ()) if name not in applied]
    fields = citing_fields(document)
    items = []
    for name in others:
        law, _, article = name.partition("#")
        target = address("text", {"law": law, "article": article, **fields})
        items.append(f"<li>{link(f'《{law}》{article}', target)}</li>")
    return folded(f"提及的其他法条（{len(items)}）", "".join(items)) if items else ""


def citing_norms_html(article: str, found: "CitedBy", standings: Mapping[str, Standing]) -> str:
    """The norms that cite an article, those that no longer apply last, by what each document is."""
    if not found.total:
        return ""
    ended = (Standing.AMENDED, Standing.REPEALED)
    over = {name: standing for name, standing in standings.items() if standing in ended}
    items = []
    for place in sorted(found.named, key=lambda place: place.passage.meta["document_id"] in over):
        standing = over.get(place.passage.meta["document_id"])
        tag = f'<span class="lz-tag lz-old">{standing}</span>' if standing else ""
        items.append(f"<li>{passage_item(article, place)}{tag}</li>")
    if more := found.total - len(found.named):
        items.append(f"<li>另有 {more} 处未列出</li>")
    return folded(f"引用本条的法规（{found.total}）", "".join(items))


def passage_item(article: str, citing: "CitingPassage") -> str:
    """A passage that cites an article, linked, with the number by which it does so where that was another.

    Of a judgment, whose parts are all named alike, with its day instead of the name of the part.
    """
    meta = citing.passage.meta
    target = address("text", {"id": meta["document_id"], "passage": citing.passage.id})
    notes = [f"引用时为{citing.article}"] if citing.article != article else []
    label = f" {meta['label']}"
    if meta.get("kind") == "precedent":
        label, day = "", iso_date_text(meta.get("judgment_date"))
        notes = [day, *notes] if day else notes
    said = f"（{'，'.join(notes)}）" if notes else ""
    return link(f"{meta['title']}{label}", target) + escape(said)
