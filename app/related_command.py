"""`lvzhi related`: the norms that bear on a case, or what is done with an article."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from app.wording import iso_date_text
from legal.errors import InputError

if TYPE_CHECKING:
    from search.citation_graph import CitingPassage
    from search.passage import StoredDocument
    from search.related_articles import Together
    from search.service import SearchService

_SHOWN = 20  # cases, and norms; JSON has more


def named(service: "SearchService", reference: str) -> "StoredDocument | tuple[str, str]":
    """The case with a number or an id, or the law and article of a citation by their names in force.

    Raises InputError where the reference is none of these.
    """
    from search.query import parse_query
    from search.service import SearchRequest

    document = service.document(reference)
    if document is not None:
        return document
    query = parse_query(reference)
    if query.citations:
        return query.citations[0].law, query.citations[0].article
    for number in query.case_numbers:
        hits = service.search(SearchRequest(number, {"case_number": [number]}, limit=1)).hits
        document = service.document(hits[0].document_id) if hits else None
        if document is not None:
            return document
    raise InputError(
        f"“{reference}”不是本库已有的案号或文书编号，也不是法条。请写完整案号，或如“民法典577条”。"
    )


def print_related(out: Console, service: "SearchService", found: "StoredDocument | tuple[str, str]") -> None:
    """What stands around a case or an article, in words."""
    if isinstance(found, tuple):
        _print_use(out, service, found)
    else:
        _print_norms(out, service, found)


def print_json(out: Console, service: "SearchService", found: "StoredDocument | tuple[str, str]") -> None:
    """The same as one object, as the HTTP API gives it."""
    from app.api_related import related_answer, use_answer

    answer = use_answer(service, *found) if isinstance(found, tuple) else related_answer(service, found)
    out.print(answer.model_dump_json(indent=1), markup=False, soft_wrap=True)


def _print_norms(out: Console, service: "SearchService", document: "StoredDocument") -> None:
    related = service.related_norms(document)
    out.print(Text(document.title, style="bold"))
    for article in related.applied:
        now = f"（现为{article.now}）" if article.now not in (None, article.cited) else ""
        out.print(Text(f"适用《{article.law}》{article.cited}{now}"))
    for norm in related.norms[:_SHOWN]:
        labels = "、".join(dict.fromkeys(str(passage.meta["label"]) for passage in norm.passages))
        articles = "、".join("《{}》{}".format(*name.split("#", 1)) for name in norm.articles)
        out.print(Text(f"\n{norm.title}", style="bold") + Text(f"  {norm.standing}", style="dim"))
        out.print(Text(f"{labels}引用了本案适用的{articles}"), soft_wrap=True)
    if not related.norms:
        out.print("没有找到相关规定。")


def _print_use(out: Console, service: "SearchService", found: tuple[str, str]) -> None:
    use = service.article_use(*found)
    more = "" if use.applied.whole else "以上"
    out.print(Text("《{}》{}".format(*found), style="bold"))
    out.print(f"适用本条的裁判：{len(use.applied.cases)} 件{more}")
    for case in use.applied.cases[:_SHOWN]:
        for place in case.places:
            out.print(Text(f"  {_place(place)}"), soft_wrap=True)
    for title, beside in (("一并适用", use.by_courts), ("一并引用", use.in_norms)):
        if beside:
            out.print(f"常与本条{title}的法条：")
        for together in beside:
            out.print(Text(f"  {_together(together)}"), soft_wrap=True)


def _place(place: "CitingPassage") -> str:
    meta = place.passage.meta
    return f"{meta['title']}  {iso_date_text(meta.get('judgment_date')) or ''}  {meta['document_id']}"


def _together(beside: "Together") -> str:
    return f"《{beside.law}》{beside.article}  {beside.count} 份，为随机情形的 {beside.lift:.1f} 倍"
