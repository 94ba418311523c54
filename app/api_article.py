"""An article as it stood on a day: its text and standing then, where it is found now, and who cites it."""

from datetime import date
from typing import TYPE_CHECKING

from app.api_answers import standing_answer
from app.api_errors import Refusal
from app.api_models import ArticleAnswer, CitedBy, CitingPassage, Lead
from app.wording import date_text
from legal.citation import article_label
from legal.citation_places import read_articles
from legal.crosswalk import Citing, Obstacle, Resolution
from legal.documents import Section
from legal.law_names import law_key
from legal.versions import History, LawVersion

if TYPE_CHECKING:
    from search.citation_graph import CitingPassage as FoundPassage
    from search.passage import Kind, StoredDocument
    from search.service import SearchService

_CITING = 20  # passages of each kind


def article_answer(search: "SearchService", named: tuple[str, str], on: date, today: date) -> ArticleAnswer:
    """The article with a `named` law and number, in the version that applied `on` a day.

    Raises a refusal that says what is missing: the law, a version of that day, its text, or the article.
    """
    law, article = law_key(named[0]), label_of(named[1])
    if not search.versions(law):
        raise Refusal(404, "not_found", f"本库没有收录《{law}》。请核对名称，或先用 /api/search 检索。")
    history = search.history(law)
    version = _version_on(history, on)
    document, section = _held(search, version, article)
    now = search.resolve(law, article, Citing(on))
    present = article if now.obstacle is Obstacle.NO_EDITIONS else now.article
    return ArticleAnswer(
        law=law,
        article=section.label,
        title=document.title,
        document_id=document.id,
        id=f"{document.id}#{section.label}",
        heading=section.heading,
        text=document.text[section.start : section.end],
        adopted=version.adopted,
        effective=version.effective,
        standing=standing_answer(history.status_of(version, on), on),
        standing_today=standing_answer(history.status_of(version, today), today),
        now=_lead(now),
        cited_by_policies=_cited_by(search, law, present, "policy"),
        cited_by_precedents=_cited_by(search, law, present, "precedent"),
    )


def label_of(written: str) -> str:
    """第五百七十七条 for 577, 第577条 and 五百七十七, likewise 287之二; what is no number stays as it is."""
    number, sub, behind = written.strip().partition("之")
    text = f"{number}{sub}{behind}" if "条" in number else f"第{number}条{sub}{behind}"
    places, end = read_articles(text, 0)
    if len(places) != 1 or end != len(text) or places[0].paragraph or places[0].item:
        return written.strip()
    return article_label(places[0].article, places[0].sub)


def citing_passage(citing: "FoundPassage") -> CitingPassage:
    """A passage that cites an article."""
    meta = citing.passage.meta
    return CitingPassage(
        id=citing.passage.id,
        document_id=meta["document_id"],
        title=f"{meta['title']} {meta['label']}",
        article=citing.article,
        applied=citing.applied,
    )


def _version_on(history: History, on: date) -> LawVersion:
    """The wording that applied; the only one of a law where no day of it is known, whose standing says so."""
    applied = history.version_on(on)
    if applied.version is not None:
        return applied.version
    if len(history.versions) == 1 and history.versions[0].begins is None:
        return history.versions[0]
    raise Refusal(404, "not_in_force", f"{applied.source}请用参数 on 另选日期。")


def _held(search: "SearchService", version: LawVersion, article: str) -> tuple["StoredDocument", Section]:
    """The document of a wording that has the article, and the article in it."""
    named = _version_text(version)
    if not version.documents:
        raise Refusal(404, "version_not_held", f"当日适用的是{named}，本库没有收录。请用参数 on 另选日期。")
    for document_id in version.documents:
        document = search.document(document_id)
        for section in document.sections if document else ():
            if document and section.is_article and section.label == article:
                return document, section
    raise Refusal(
        404, "not_found", f"《{version.title}》{named}没有“{article}”。条的写法如 577 或第五百七十七条。"
    )


def _version_text(version: LawVersion) -> str:
    if version.effective:
        return f"{date_text(version.effective)}起施行的版本"
    return f"{date_text(version.adopted)}通过（公布）的版本" if version.adopted else "日期不明的版本"


def _lead(now: Resolution) -> Lead:
    return Lead(
        article=now.article,
        also=list(now.also),
        change=str(now.change) if now.change else None,
        said=now.said,
    )


def _cited_by(search: "SearchService", law: str, article: str | None, kind: "Kind") -> CitedBy | None:
    if article is None:
        return None
    found = search.citing(law, article, kind, _CITING)
    newest = [citing_passage(citing) for citing in found.named]
    return CitedBy(total=found.total, newest=newest)
