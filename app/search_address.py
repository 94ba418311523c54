"""A search as an address: what is in it is all that a search page knows, so that it can be shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from search.passage import Kind
from search.query import Sort

if TYPE_CHECKING:
    from search.service import SearchRequest

PAGE_SIZE = 10
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2099, 12, 31)  # by which norms can be judged


@dataclass(frozen=True, slots=True)
class SearchView:
    """What differs between the two search pages."""

    kind: Kind
    path: str
    title: str
    placeholder: str
    examples: tuple[str, ...]
    facets: Mapping[str, str]
    sorts: Mapping[Sort, str]


POLICIES = SearchView(
    kind="policy",
    path="policies",
    title="法规政策",
    placeholder="词语、案情或法条",
    examples=("民事诉讼法第二百三十六条", "续行查封 期限届满", "唯一住房 执行", "终结本次执行程序 恢复执行"),
    facets={"authority_level": "效力层级", "issuing_body": "制定机关", "year": "年份"},
    sorts={"relevance": "相关度", "newest": "日期从新到旧", "authority": "效力层级"},
)
PRECEDENTS = SearchView(
    kind="precedent",
    path="precedents",
    title="类案检索",
    placeholder="争议焦点、案情或案号",
    examples=("案外人 租赁权 排除执行", "追加未缴纳出资的股东为被执行人", "终结本次执行程序", "超标的查封"),
    facets={
        "court_level": "法院层级",
        "court": "法院",
        "document_type": "文书类型",
        "cause_of_action": "案由",
        "year": "年份",
    },
    sorts={"relevance": "相关度", "newest": "日期从新到旧", "authority": "法院层级"},
)


def orders_of(view: SearchView, has_words: bool) -> tuple[Sort, ...]:
    """The orders to choose from, the usual one first.

    What conditions alone find comes newest first: nothing was typed to which it could be relevant.
    """
    return tuple(sort for sort in view.sorts if has_words or sort != "relevance")


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """The text, the chosen values by field, the order, and the page, which counts from 1.

    `within` are words that a hit must contain beside, `on` is the day by which norms are judged.
    """

    text: str = ""
    choices: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    within: str = ""
    on: date | None = None

    def fields(self) -> dict[str, str | list[str]]:
        """What stands in the address; what is as usual is left out."""
        fields: dict[str, str | list[str]] = {"q": self.text} if self.text else {}
        fields |= {name: [str(value) for value in values] for name, values in self.choices.items() if values}
        if self.within:
            fields["within"] = self.within
        if self.on is not None:
            fields["on"] = self.on.isoformat()
        if self.sort != "relevance":
            fields["sort"] = self.sort
        if self.page > 1:
            fields["page"] = str(self.page)
        return fields

    def request(self, kind: Kind) -> "SearchRequest":
        """The same for the search service."""
        from search.service import SearchRequest

        return SearchRequest(
            text=self.text,
            choices={"kind": [kind], **self.choices},
            sort=self.sort,
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
            within=self.within,
            on=self.on,
        )

    def choosing(self, name: str, values: Sequence[str | int]) -> "SearchAddress":
        """The same search with other values of one field, from its first page."""
        return replace(self, choices={**self.choices, name: tuple(values)}, page=1)


def read_address(view: SearchView, fields: Mapping[str, Sequence[str]]) -> SearchAddress:
    """The search that an address holds; what makes no sense in it is passed over."""
    sort = (fields.get("sort") or [""])[0]
    return SearchAddress(
        text=(fields.get("q") or [""])[0].strip(),
        choices={name: _values(name, fields[name]) for name in view.facets if fields.get(name)},
        sort=sort if sort in view.sorts else "relevance",  # type: ignore[arg-type]
        page=_page((fields.get("page") or [""])[0]),
        within=(fields.get("within") or [""])[0].strip(),
        on=_day((fields.get("on") or [""])[0]) if view.kind == "policy" else None,
    )


def _values(name: str, written: Sequence[str]) -> tuple[str | int, ...]:
    if name != "year":
        return tuple(dict.fromkeys(written))
    years = [year for year in written if year.isascii() and year.isdigit() and len(year) <= len("2026")]
    return tuple(dict.fromkeys(map(int, years)))


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _page(written: str) -> int:
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 6 else 1
