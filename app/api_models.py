"""What the HTTP API gives, as typed models. Values from the index are Chinese, as they stand there."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from search.passage import Kind


class Answer(BaseModel):
    """What comes back."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class ErrorBody(Answer):
    """What went wrong."""

    code: str
    """For programs: no_key, too_many_requests, bad_parameter, bad_query, bad_value, not_found …"""
    message: str
    """For people, in Chinese: what happened and what to do."""


class ErrorAnswer(Answer):
    """The one form of every error."""

    error: ErrorBody


class Health(Answer):
    """That the server answers."""

    status: Literal["ok"] = "ok"


class ArticleName(Answer):
    """An article of a law."""

    law: str
    """The name without 中华人民共和国, short names in full: 民事诉讼法."""
    article: str
    """第二百三十六条."""


class Particulars(Answer):
    """What is known of a document; null where it is unknown or does not apply to its kind."""

    kind: Kind
    """policy or precedent."""
    law: str | None
    """The name that all versions of a norm share."""
    authority_level: str | None
    """效力层级 of a norm: 宪法, 法律, 行政法规, 司法解释, 部门规章, 地方性法规, 规范性文件, 其他."""
    issuing_body: str | None
    """制定机关."""
    document_number: str | None
    """文号 of a norm: 法释〔2020〕21号."""
    adopted: date | None
    """The day on which this version of a norm was adopted."""
    effective: date | None
    """The day from which this version of a norm applies."""
    court: str | None
    """The court of a precedent."""
    court_level: str | None
    """最高人民法院, 高级人民法院, 中级人民法院, 基层人民法院."""
    case_number: str | None
    """案号 in its canonical form: （2024）岭0102执7号."""
    document_type: str | None
    """文书类型: 执行裁定书."""
    procedure: str | None
    """The procedure, by the case number: 执行异议."""
    cause_of_action: str | None
    """案由."""
    judgment_date: date | None
    """The day of a precedent."""


class Hit(Particulars):
    """A found passage: an article of a norm, or a part of a judicial document."""

    rank: int
    """From 1, over all pages."""
    id: str
    """The passage: the document's id, "#" and the label of the article or part."""
    document_id: str
    """For /api/documents/{id}."""
    title: str
    """The document's title, and the article where there is one."""
    heading: str
    """The headings above the passage."""
    snippet: str
    """The stretch of the passage that answers the query best, with … where it is cut."""
    marks: list[tuple[int, int]]
    """Where the query's words stand in the snippet: begin and end, in code points."""
    score: float
    """Higher is better; to be compared within one answer only."""
    keyword_rank: int | None
    """The rank by keywords; null where keywords did not find it, or the query named it outright."""
    vector_rank: int | None
    """The rank by meaning, likewise."""
    standing: str | None
    """What a norm is on the day asked for: 现行有效, 已被修改 …; null where there is nothing to say."""
    superseded: bool
    """Whether the norm no longer applies then, and what took its place is here."""
    in_force: str | None
    """The document with the version that applies instead."""
    copies: int
    """How many other documents say the same and are not shown."""
    explanation: list[str]
    """Why the hit stands where it does, in words."""


class FacetValue(Answer):
    """A value of a field and how many hits have it."""

    value: str | int
    count: int


class CorrectionAnswer(Answer):
    """That a name of a law was taken for another one than was typed."""

    typed: str
    """What was typed: 民事诉讼发."""
    meant: str
    """What it was taken for: 民事诉讼法."""


class AddedWords(Answer):
    """Legal words that are searched for beside lay ones."""

    typed: str
    """What was typed: 老赖."""
    legal: list[str]
    """How the law puts it: 失信被执行人."""


class SearchAnswer(Answer):
    """A page of hits."""

    total: int
    """How many hits match."""
    exact: bool
    """Whether these are all; false where only the best 10,000 passages were looked at for phrases."""
    listed: int
    """How many of them, the best, can be paged to."""
    offset: int
    """How many hits precede this page."""
    hits: list[Hit]
    """Best first, or in the order asked for."""
    on: date
    """The day by which norms are judged."""
    notices: list[str]
    """What could not be searched, in words; empty where all went well."""
    corrections: list[CorrectionAnswer]
    """Names of laws that were taken for others than typed."""
    added: list[AddedWords]
    """What was searched for besides."""
    facets: Mapping[str, list[FacetValue]]
    """For each field its values in all that match, not only in what is listed, most first."""
    not_held: list[ArticleName]
    """Articles that the query cites and the index does not hold."""
    encoded_share: float | None
    """How much of the index has vectors, 0 to 1; null where search is by keywords alone."""
    seconds: float
    """How long the search took."""


class SectionAnswer(Answer):
    """A part of a document's text: an article, or a part of a judgment."""

    label: str
    """第二百三十六条, 本院认为."""
    heading: str
    """The headings above it."""
    start: int
    """Where it begins in the text, in code points."""
    end: int
    is_article: bool


class Standing(Answer):
    """What a version of a norm is on a day."""

    on: date
    """The day."""
    standing: str
    """现行有效, 尚未施行, 已被修改, 已废止, 效力不明."""
    since: date | None
    """The day from which it is so."""
    source: str
    """Why, in words."""


class DocumentAnswer(Particulars):
    """A whole document."""

    id: str
    title: str
    text: str
    sections: list[SectionAnswer]
    """Its parts, in order."""
    source: str
    """The folder that was ingested and the file below it."""
    standing: Standing | None
    """What a norm is today; null for a precedent."""
    cited_articles: list[ArticleName]
    """The articles that a precedent names."""
    applied_articles: list[ArticleName]
    """Those of them on which the court rests its decision."""
    copies: list[str]
    """The ids of other documents that say the same."""


class Lead(Answer):
    """What became of the article in the version in force now, or in the latest one."""

    article: str | None
    """Its number there; null where it was deleted or its way is not known."""
    also: list[str]
    """Articles that took up parts of it."""
    change: str | None
    """What happened to its text on the way; null where no texts could be compared."""
    said: str
    """The same in words."""


class CitingPassage(Answer):
    """A passage that cites the article."""

    id: str
    """The passage."""
    document_id: str
    """For /api/documents/{id}."""
    title: str
    """The document's title and the label of the passage."""
    article: str
    """The number by which it cites the article, which may have been renumbered since."""
    applied: bool
    """Whether a court rests its decision on the article there."""


class CitedBy(Answer):
    """The passages of one kind that cite the article."""

    total: int
    """All of them."""
    newest: list[CitingPassage]
    """At most twenty, the newest first."""


class ArticleAnswer(Answer):
    """An article as it stood on a day."""

    law: str
    """The name that all versions of the law share."""
    article: str
    """第二百三十六条."""
    title: str
    """The title of the document that holds it."""
    document_id: str
    """For /api/documents/{id}."""
    id: str
    """The passage."""
    heading: str
    """The headings above the article."""
    text: str
    adopted: date | None
    """The day on which this version was adopted."""
    effective: date | None
    """The day from which it applies."""
    standing: Standing
    """What this version is on the day asked for."""
    standing_today: Standing
    """What it is today."""
    now: Lead
    """Where the article is found in the latest version."""
    cited_by_policies: CitedBy | None
    """Norms that cite it by whatever number it bore; null where its present number is not known."""
    cited_by_precedents: CitedBy | None
    """Judicial documents that do."""
