"""The comparison of two versions of a law: what the page is asked for by its address, and its HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from app.markup import Layer, address, link, wrapped
from app.services import Services
from app.wording import iso_date_text
from legal.article_alignment import Change

if TYPE_CHECKING:
    from search.comparison import Comparison, Row, Side
    from search.passage import StoredDocument

PATH = "comparison"
_OF_SUBSTANCE = (Change.CHANGED, Change.ADDED, Change.DELETED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Two documents, and whether articles that did not change are shown too."""

    one: str = ""
    other: str = ""
    whole: bool = False


def read_wanted(fields: Mapping[str, str]) -> Wanted:
    """What an address asks for."""
    return Wanted(fields.get("one", ""), fields.get("other", ""), fields.get("all") == "1")


def comparison_address(one: str, other: str, *, whole: bool = False) -> str:
    """The address of the comparison of two documents."""
    return address(PATH, {"one": one, "other": other, "all": "1" if whole else None})


def comparison_of(parts: Services, wanted: Wanted) -> tuple[str, str]:
    """Title and HTML of the comparison wanted. Raises the errors of search."""
    compared = parts.search.comparison(wanted.one, wanted.other)
    return f"{compared.new.title}：版本对照", comparison_html(compared, wanted)


def comparison_html(compared: "Comparison", wanted: Wanted) -> str:
    """Both columns, the older version on the left, with what changed marked in either."""
    if not compared.rows:
        return '<p class="lz-notice">这两个版本没有可以逐条对照的条文。</p>'
    shown = [row for row in compared.rows if wanted.whole or row.change in _OF_SUBSTANCE]
    if not shown:
        return _counted(compared, wanted) + '<p class="lz-empty">两个版本的条文内容没有变化。</p>'
    heads = "".join(f'<th scope="col">{_head(document)}</th>' for document in (compared.old, compared.new))
    rows = "".join(_row(row) for row in shown)
    return (
        _counted(compared, wanted)
        + f'<table class="lz-versions"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _counted(compared: "Comparison", wanted: Wanted) -> str:
    """How many articles changed in which way, and the way to the others or back."""
    changes = [row.change for row in compared.rows]
    counts = "，".join(f"{change} {changes.count(change)} 条" for change in Change if change in changes)
    label = "只看有变化的条文" if wanted.whole else "显示全部条文"
    target = comparison_address(wanted.one, wanted.other, whole=not wanted.whole)
    return f'<p class="lz-summary">{counts}。{link(label, target)}</p>'


def _head(document: "StoredDocument") -> str:
    adopted, effective = (iso_date_text(document.meta.get(name)) for name in ("adopted", "effective"))
    days = [f"{adopted}通过或修改" if adopted else None, f"{effective}施行" if effective else None]
    named = link(document.title, address("text", {"id": document.id}))
    return f"{named}<br>{'，'.join(day for day in days if day) or '日期不详'}"


def _row(row: "Row") -> str:
    return f"<tr>{_cell(row.old, row.change, 'del')}{_cell(row.new, row.change, 'ins')}</tr>"


def _cell(side: "Side | None", change: Change, tag: str) -> str:
    if side is None:
        return f'<td class="lz-none">{"（新增）" if change is Change.ADDED else "（删除）"}</td>'
    marked = wrapped(side.text, (0, len(side.text)), [Layer(side.changed, lambda _: f"<{tag}>", f"</{tag}>")])
    text = "<br>".join(line for line in marked.split("\n") if line.strip())
    return f"<td><strong>{escape(side.label)}</strong> {text}</td>"
