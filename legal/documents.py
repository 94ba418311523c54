"""The two kinds of document that Lvzhi reads: judicial documents and policy texts, each with its sections."""

from dataclasses import dataclass
from datetime import date

from legal.enforcement import Enforcement

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
class Repeal:
    """That a text ends another one (《…》同时废止): the key of the other law, and where it is said.

    `article` is the label of the section that says it. `law` is a key of `law_names.law_key`.
    """

    law: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyText:
    """A statute, regulation, judicial interpretation or other norm (法规政策).

    `law` is the key that all versions of the text share (see `law_names.law_key`); `document_number` is that
    of its promulgation (法释〔2020〕21号); `adopted` is the date of the last adoption or amendment that the
    text names, `effective` the date from which this version applies, None where the text does not tell.
    """

    title: str
    law: str
    issuing_body: str | None = None
    authority_level: str
    document_number: str | None = None
    adopted: date | None = None
    effective: date | None = None
    repeals: tuple[Repeal, ...] = ()
    sections: tuple[Section, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party with its role as written (申请执行人, 被告人), its name, and where the name stands."""

    role: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Representative:
    """Who acts for a party: role (委托诉讼代理人, 法定代表人), name, law firm, and the name of the party."""

    role: str
    name: str
    firm: str | None
    of: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Officer:
    """Who signed for the court: role (审判长, 执行员, 书记员), name, and where the name stands."""

    role: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JudicialDocument:
    """A judgment, ruling, order or other document of a case (裁判文书), or a published typical case.

    `case_number` is canonical; what the text does not hold is None. `cited_articles` and `applied_articles`
    are ids of the form law#article, each once, in the order of the text: all that it names, and those on
    which the court rests its decision. `cited_cases` are canonical numbers of other cases.
    """

    title: str
    document_type: str | None = None
    case_number: str | None = None
    procedure: str | None = None
    court: str | None = None
    cause_of_action: str | None = None
    judgment_date: date | None = None
    parties: tuple[Party, ...] = ()
    representatives: tuple[Representative, ...] = ()
    officers: tuple[Officer, ...] = ()
    cited_articles: tuple[str, ...] = ()
    applied_articles: tuple[str, ...] = ()
    cited_cases: tuple[str, ...] = ()
    enforcement: Enforcement | None = None
    sections: tuple[Section, ...]
    text: str


Document = PolicyText | JudicialDocument
