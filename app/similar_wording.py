"""What is said of a found case: in what it is similar, why it stands where it does, its rank in law."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from legal.court import court_level

if TYPE_CHECKING:
    from search.similar_aspects import Inferred
    from search.similar_cases import SimilarCase, SimilarResult

ASPECTS = {
    "facts": "基本事实",
    "dispute": "争议焦点",
    "particulars": "特定情节",
    "articles": "法律适用",
    "cause": "案由",
    "outcome": "裁判结果",
}
UNKNOWN = "未载明"
TO_CHECK = "待核实"
_RECENT_YEARS = 3  # 法发〔2020〕24号 四: cases of the last three years are searched first
_SHARE = 0.15  # from which an inferred cause or article is named
_NAMED = 3


def article_text(article: str) -> str:
    """《民事诉讼法》第二百三十六条, of an id law#article."""
    law, _, label = article.partition("#")
    return f"《{law}》{label}"


def articles_text(articles: Iterable[str]) -> str:
    """Articles, those of one law together: 《刑法》第二百六十四条、第六十七条."""
    by_law: dict[str, list[str]] = {}
    for article in articles:
        law, _, label = article.partition("#")
        by_law.setdefault(law, []).append(label)
    return "；".join(f"《{law}》{'、'.join(labels)}" for law, labels in by_law.items())


def alike_text(found: "SimilarCase", result: "SimilarResult") -> str:
    """In what a found case is like the one asked for, in one line."""
    said = []
    if found.same_cause:
        said.append(f"案由相同（{found.case.cause}）")
    elif share := result.inferred.causes.get(found.case.cause or ""):
        said.append(f"案由为{found.case.cause}（最相近案件中占 {share:.0%}）")
    if found.articles:
        said.append(f"共同适用{articles_text(found.articles)}")
    for name in ("facts", "dispute"):
        if name in result.weights:
            said.append(f"{ASPECTS[name]}相似度 {getattr(found.aspects, name):.2f}")
    if found.outcomes:
        said.append(f"结果同为{'、'.join(found.outcomes)}")
    return "；".join(said)


def different_text(found: "SimilarCase", result: "SimilarResult") -> str:
    """In what it differs; empty where nothing that is known does."""
    said = []
    if found.same_cause is False:
        said.append(f"案由不同（该案为{found.case.cause}）")
    if found.case.articles and result.case.articles and not found.articles:
        said.append("没有共同适用的法条")
    only = [outcome for outcome in found.case.outcomes if outcome not in result.case.outcomes]
    if result.case.outcomes and only:
        said.append(f"该案结果另有{'、'.join(only)}")
    return "；".join(said)


def related_text(found: "SimilarCase") -> str:
    """Why a found case may be of the same dispute; empty where nothing says so."""
    if not found.related:
        return ""
    why = f"两案都提到{'、'.join(found.people)}" if found.people else "两案的文书相互引用"
    return f"{why}，可能属于同一纠纷，排在最前。请先核实是否为关联案件，关联案件不作为类案。"


def renumbered_text(found: "SimilarCase") -> str:
    """Which of the articles in common the found case cites by another number; empty where none."""
    other = [(now, written) for now, written in found.articles.items() if now != written]
    return "；".join(
        f"{article_text(now)}在该案中序号为{written.partition('#')[2]}" for now, written in other
    )


def why_rows(found: "SimilarCase", result: "SimilarResult") -> list[tuple[str, str, str, str]]:
    """Of each aspect that took part: name, score, weight, and what it adds to the similarity."""
    return [
        (
            ASPECTS[name],
            f"{getattr(found.aspects, name):.2f}",
            percent(weight),
            f"{weight * getattr(found.aspects, name):.3f}",
        )
        for name, weight in result.weights.items()
        if weight
    ]


def why_text(found: "SimilarCase", result: "SimilarResult") -> str:
    """基本事实 0.91×20% + … = 0.83."""
    parts = " + ".join(f"{name} {score}×{weight}" for name, score, weight, _ in why_rows(found, result))
    return f"{parts} = {found.score:.3f}"


def percent(share: float) -> str:
    """20%, 37.5%."""
    return f"{share * 100:.3g}%"


def inferred_text(inferred: "Inferred") -> str:
    """What stood in for a cause or articles that the case does not name; empty where it names both."""
    causes, articles = _first(inferred.causes), _first(inferred.articles)
    said = []
    if causes:
        shares = "、".join(f"{cause}（{share:.0%}）" for cause, share in causes.items())
        said.append(f"待决案件没有载明案由，按事实和争议最相近的案件推定：{shares}")
    if articles:
        shares = "、".join(f"{article_text(article)}（{share:.0%}）" for article, share in articles.items())
        said.append(f"没有载明适用的法条，同样推定：{shares}")
    return "；".join(said) + ("。推定只用于排序，请人工核对。" if said else "")


def precedence_text(found: "SimilarCase", court: str | None) -> str:
    """Its place in the order of 法发〔2020〕24号 四, as far as names alone can tell."""
    meta = found.document.meta
    own, kind = meta.get("court"), meta.get("document_type")
    if kind == "指导性案例":
        return "第一顺位：指导性案例"
    if court_level(own) == "最高人民法院":
        return "第二顺位：最高人民法院的案例或裁判"
    if own and court and _high_court_of(own, court):
        return "第三顺位：本省（自治区、直辖市）高级人民法院的案例或裁判"
    if own and own == court:
        return "第四顺位：本院的裁判"
    return TO_CHECK


def recent_text(day: date | None, on: date) -> str:
    """Whether a decision is of the last three years before `on`."""
    if day is None:
        return "日期未载明"
    same_day = 28 if (on.month, on.day) == (2, 29) else on.day  # the year before a leap year has no such day
    limit = on.replace(year=on.year - _RECENT_YEARS, day=same_day)
    return "近三年内" if day >= limit else "超过三年"


def _first(shares: Mapping[str, float]) -> dict[str, float]:
    best = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return {value: share for value, share in best[:_NAMED] if share >= _SHARE}


def _high_court_of(high: str, court: str) -> bool:
    """Whether `high` is the high court of the province with whose name `court` begins."""
    province, ends, _ = high.partition("高级人民法院")
    return bool(ends and province) and court.startswith(province)
