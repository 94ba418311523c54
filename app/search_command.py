"""Search as the command line shows it: a list for people, one JSON object for programs."""

import json
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from app.query_understood import also_searched, corrected, demanded, how_many
from legal.errors import InputError
from legal.versions import Standing
from search.filters import Choices
from search.highlight import Snippet
from search.service import SearchResult, SearchService

_KINDS = ("policy", "precedent")


def choices_of(service: SearchService, kind: str | None, court: str | None, year: int | None) -> Choices:
    """The choices that the options make. Raises InputError for a kind or a court that there is not."""
    choices: dict[str, list[str | int]] = {}
    if kind is not None:
        if kind not in _KINDS:
            raise InputError(f"--kind 应为 {' 或 '.join(_KINDS)}，而不是“{kind}”。")
        choices["kind"] = [kind]
    if court is not None:
        courts = service.values("court", court)
        if not courts:
            raise InputError(f"索引中没有名称以“{court}”开头的法院。")
        choices["court"] = list(courts)
    if year is not None:
        choices["year"] = [year]
    return choices


def day_of(text: str | None) -> date | None:
    """The day written as 2021-06-01. Raises InputError for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--on 应为日期，如 2021-06-01，而不是“{text}”。") from error


def print_json(out: Console, result: SearchResult) -> None:
    """One object: `hits` in order, `total`, `seconds`, `facets`, `encoded_share` (null without encoder).

    `total` and `facets` count all that match, the best `listed` can be had; where not `exact` more match.
    `on` is the day by which norms are judged, `notices` say what could not be searched, and `explanation` of
    a hit why it stands where it does.
    """
    hits: list[dict[str, Any]] = [
        {
            "rank": hit.rank,
            "id": hit.id,
            "title": hit.title,
            "snippet": hit.snippet.text,
            "score": hit.score,
            "document_id": hit.document_id,
            "superseded": hit.superseded,
            "standing": hit.standing,
            "in_force": hit.in_force,
            "copies": hit.copies,
            "keyword_rank": hit.keyword_rank,
            "vector_rank": hit.vector_rank,
            "explanation": list(hit.explanation),
        }
        for hit in result.hits
    ]
    content = {
        "hits": hits,
        "total": result.total,
        "listed": result.listed,
        "exact": result.exact,
        "on": result.on.isoformat(),
        "notices": list(result.notices),
        "corrections": {c.typed: c.meant for c in result.corrections},
        "seconds": round(result.seconds, 4),
        "encoded_share": result.encoded_share,
        "facets": {name: dict(counts) for name, counts in result.facets.items()},
    }
    out.print(json.dumps(content, ensure_ascii=False, indent=1), markup=False, soft_wrap=True)


def print_table(out: Console, result: SearchResult) -> None:
    """The hits with the query's words marked, and below them how many there are."""
    for hit in result.hits:
        title = Text(f"{hit.rank}. ") + Text(hit.title, style="bold")
        if hit.standing not in (None, Standing.IN_FORCE, Standing.UNKNOWN):
            title += Text(f"（{hit.standing}）", style="yellow")
        if hit.copies:
            title += Text(f"（另有 {hit.copies} 份相同文书）", style="dim")
        out.print(title)
        out.print(_marked(hit.snippet))
        out.print(Text(f"{hit.id}  {hit.score:.3f}\n", style="dim"), soft_wrap=True)
    out.print(f"{how_many(result)}，用时 {result.seconds * 1000:.0f} 毫秒。")
    for line in (demanded(result.query), also_searched(result)):
        if line:
            out.print(Text(line))
    for notice in (corrected(result), *result.notices):
        if notice:
            out.print(Text(notice, style="yellow"))
    for citation in result.not_held:
        out.print(f"索引中没有《{citation.law}》{citation.article}，以上是相近内容。")
    if result.encoded_share is not None and result.encoded_share < 1.0:
        out.print(f"语义向量已完成 {result.encoded_share:.0%}，其余内容目前只按关键词检索。")


def _marked(snippet: Snippet) -> Text:
    text = Text(snippet.text.replace("\n", " "))
    for start, end in snippet.marks:
        text.stylize("red", start, end)
    return text
