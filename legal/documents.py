"""The two kinds of document that Lvzhi reads: judicial documents and policy texts, each with its sections."""

from dataclasses import dataclass
from datetime import date

# Authority levels (效力层级) of policy texts, highest first; 其他 where the text does not tell.
AUTHORITY_LEVELS = (
    "宪法",
    "法律",
    "行政法规",
    "司法解释",
    "部门规章",
    "地方性法规",
    "规范性文件",
    "其他",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text: an article, a numbered part, or a part of a judgment.

    `label` is unique in its document (第二百三十六条, 本院认为); `heading` is the path of the headings above
    it. `start` and `end` are code points of the document's text. `is_article` marks 第…条 and its equals.
    """

    label: str
    heading: str
    start: int
    end: int
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A statute, regulation, judicial interpretation or other norm (法规政策).

    `law` is the key that all versions of the text share (see `law_names.law_key`); `adopted` is the date of
    the last adoption or amendment that the text names, `effective` the date that it names for its effect.
    """

    title: str
    law: str
    issuing_body: str | None
    authority_level: str
    adopted: date | None
    effective: date | None
    sections: tuple[Section, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party with its role as written (申请执行人, 被告人) and its name."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class JudicialDocument:
    """A judgment, ruling, order or other document of a case (裁判文书), or a published typical case.

    `case_number` is canonical; what the text does not hold is None. `cited_articles` are ids of the form
    law#article, each once, in the order of the text.
    """

    title: str
    document_type: str | None
    case_number: str | None
    court: str | None
    cause_of_action: str | None
    judgment_date: date | None
    parties: tuple[Party, ...]
    cited_articles: tuple[str, ...]
    sections: tuple[Section, ...]
    text: str


Document = PolicyText | JudicialDocument
