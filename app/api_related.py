"""What stands around an article or a case, and two versions of a law side by side, for the HTTP API."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from app.api_article import citing_passage, label_of
from app.api_errors import Refusal
from app.api_models import Answer, ArticleName, CitingPassage, Lead
from legal.crosswalk import Citing, Obstacle
from legal.law_names import law_key

if TYPE_CHECKING:
    from search.comparison import Comparison, Side
    from search.passage import StoredDocument
    from search.related_articles import Together
    from search.related_norms import AppliedArticle, RelatedNorm
    from search.service import SearchService

_CASES = 50
_MENTIONS = 20


class ApplyingCase(Answer):
    """A case in which a court rests its decision on the article."""

    case_number: str | None
    """案号 of its newest document; null where it has none."""
    places: list[CitingPassage]
    """Of each of its documents the first passage that does so, the newest document first."""


class AppliedBy(Answer):
    """The cases that apply the article."""

    documents: int
    """How many documents apply it; copies count once."""
    complete: bool
    """Whether all were counted; of very many only the newest are."""
    cases: list[ApplyingCase]
    """At most fifty, the newest first."""


class ArticleBeside(ArticleName):
    """An article that stands together with the one asked for, by its number in force."""

    count: int
    """The judgments, or the norms (all versions of one as one), that have both in one passage."""
    association: float
    """The log-likelihood ratio of the two (Dunning 1993): 10.8 or more here, and higher is surer."""
    lift: float
    """How many times as often they stand together as chance would have it."""


class MentionedBy(Answer):
    """Other passages of judicial documents that cite the article."""

    total: int
    """All of them."""
    newest: list[CitingPassage]
    """At most twenty, the newest first."""


class ArticleUseAnswer(Answer):
    """An article in use."""

    law: str
    """The name that all versions of the law share."""
    article: str
    """Its number in force, by which the rest of the answer goes."""
    applied_by: AppliedBy
    """The cases that rest on it, by whatever number it bore then."""
    mentioned_by: MentionedBy
    """Documents that cite it without resting on it."""
    applied_together: list[ArticleBeside]
    """Articles that courts apply together with it, the most strongly associated first."""
    cited_together: list[ArticleBeside]
    """Articles that norms cite together with it, likewise."""


class Applied(Answer):
    """An article that a court applies."""

    law: str
    """The name that all versions of the law share."""
    article: str
    """The number by which the court cites it."""
    now: Lead | None
    """Where it is found now; null where the day of the judgment is not known."""


class RelatedNormAnswer(Answer):
    """A norm that cites articles which the case applies."""

    document_id: str
    """For /api/documents/{id}."""
    title: str
    authority_level: str | None
    """效力层级; null where it is unknown."""
    standing: str
    """What it is today: 现行有效, 已废止 …"""
    articles: list[ArticleName]
    """Those of the applied articles that it cites, by their numbers in force."""
    passages: list[str]
    """The ids of the passages in which it does."""


class RelatedAnswer(Answer):
    """The norms that bear on a case."""

    applied: list[Applied]
    """The articles on which the court rests its decision."""
    norms: list[RelatedNormAnswer]
    """Norms about them: those in force first, then those that say most about most of them."""


class SideAnswer(Answer):
    """An article in one version."""

    article: str
    """第二百三十六条."""
    text: str
    """Its text without the number."""
    changed: list[tuple[int, int]]
    """What of the text differs: begin and end, in code points."""


class RowAnswer(Answer):
    """An article in the older version and the one that continues it."""

    change: str
    """What happened to it."""
    old: SideAnswer | None
    """Null where the newer version added it."""
    new: SideAnswer | None
    """Null where the newer version has it no more."""


class VersionAnswer(Answer):
    """A version of the law."""

    document_id: str
    """For /api/documents/{id}."""
    title: str
    adopted: date | None
    """The day on which it was adopted."""
    effective: date | None
    """The day from which it applies."""


class ComparisonAnswer(Answer):
    """Two versions of one law, article by article."""

    old: VersionAnswer
    """The older one, whatever the order in which they were named."""
    new: VersionAnswer
    """The newer one."""
    rows: list[RowAnswer]
    """All articles in the order of the older version, added ones where they stand."""


def article_use_answer(search: "SearchService", named: tuple[str, str], on: date) -> ArticleUseAnswer:
    """The use of the article that bore the number `on` a day. Raises a refusal where it leads nowhere."""
    law, article = law_key(named[0]), label_of(named[1])
    led = search.resolve(law, article, Citing(on))
    now = article if led.obstacle is Obstacle.NO_EDITIONS else led.article
    if now is None:
        raise Refusal(404, "not_found", f"《{law}》{article}：{led.said}。请核对条号，或用参数 on 另选日期。")
    return use_answer(search, law, now)


def use_answer(search: "SearchService", law: str, article: str) -> ArticleUseAnswer:
    """The use of an article in force, of a law by its key."""
    use = search.article_use(law, article)
    mentions = [citing_passage(place) for place in use.mentioned.named[:_MENTIONS]]
    return ArticleUseAnswer(
        law=law,
        article=article,
        applied_by=AppliedBy(
            documents=use.applied.documents,
            complete=use.applied.whole,
            cases=[
                ApplyingCase(case_number=case.number, places=[citing_passage(place) for place in case.places])
                for case in use.applied.cases[:_CASES]
            ],
        ),
        mentioned_by=MentionedBy(total=use.mentioned.total, newest=mentions),
        applied_together=_beside(use.by_courts),
        cited_together=_beside(use.in_norms),
    )


def related_answer(search: "SearchService", document: "StoredDocument") -> RelatedAnswer:
    """The norms that bear on a judicial document; none for a norm."""
    related = search.related_norms(document)
    return RelatedAnswer(
        applied=[_applied(article) for article in related.applied],
        norms=[_norm(norm) for norm in related.norms],
    )


def comparison_answer(compared: "Comparison") -> ComparisonAnswer:
    """Two versions of a law."""
    return ComparisonAnswer(
        old=_version(compared.old),
        new=_version(compared.new),
        rows=[
            RowAnswer(change=str(row.change), old=_side(row.old), new=_side(row.new)) for row in compared.rows
        ],
    )


def _beside(found: "Iterable[Together]") -> list[ArticleBeside]:
    return [
        ArticleBeside(
            law=beside.law,
            article=beside.article,
            count=beside.count,
            association=round(beside.association, 2),
            lift=round(beside.lift, 2),
        )
        for beside in found
    ]


def _applied(article: "AppliedArticle") -> Applied:
    led, now = article.led, None
    if led is not None:
        change = str(led.change) if led.change else None
        now = Lead(article=article.now, also=list(led.also), change=change, said=led.said)
    return Applied(law=article.law, article=article.cited, now=now)


def _norm(norm: "RelatedNorm") -> RelatedNormAnswer:
    parts = (name.partition("#") for name in norm.articles)
    return RelatedNormAnswer(
        document_id=norm.document_id,
        title=norm.title,
        authority_level=norm.authority_level,
        standing=str(norm.standing),
        articles=[ArticleName(law=law, article=article) for law, _, article in parts],
        passages=[passage.id for passage in norm.passages],
    )


def _version(document: "StoredDocument") -> VersionAnswer:
    meta = document.meta
    return VersionAnswer(
        document_id=document.id,
        title=document.title,
        adopted=meta.get("adopted"),
        effective=meta.get("effective"),
    )


def _side(side: "Side | None") -> SideAnswer | None:
    if side is None:
        return None
    return SideAnswer(article=side.label, text=side.text, changed=list(side.changed))
