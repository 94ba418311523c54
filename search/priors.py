"""Legal priors: how much a hit counts by authority, force, place and court, with the reasons in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legal.court import LEVELS
from legal.versions import Standing, Status

# How much a text counts by its authority level. Chosen on the 700 gold training questions.
LEVEL_WEIGHTS = {"行政法规": 0.8, "部门规章": 0.8, "地方性法规": 0.4, "规范性文件": 0.9, "其他": 0.6}
SUPERSEDED_WEIGHT = 0.4
LOCAL = "地方性法规"
# No training question is about precedents, so nothing is tuned here. The order is that in which courts look
# for similar cases (法发〔2020〕24号第四条): guiding cases, then what the Supreme Court published and
# decided, then the high courts, then the others; 参考案例 are those of the court's own case library. The
# steps are small: a case that fits much better stands before a guiding case that hardly fits.
PUBLISHED_WEIGHTS = {"指导性案例": 1.0, "参考案例": 0.97, "典型案例": 0.95}
COURT_WEIGHTS = dict(zip(LEVELS, (0.95, 0.93, 0.91, 0.89), strict=True))
_LOWERED = "，降低排序"


@dataclass(frozen=True, slots=True)
class Prior:
    """One reason: the score of the hit is multiplied by `factor`; `words` are for the reader."""

    factor: float
    words: str


def priors_of(meta: Mapping[str, Any], query: str, status: Status | None, replaced: bool) -> list[Prior]:
    """What counts for or against a hit. `status` is what a norm is on the day asked, None where unknown.

    `replaced` says that the index holds what stands in its place: a text that was amended stays where it is
    as long as nothing better is here. One that was repealed is no law any more, whatever is here.
    """
    if meta.get("kind") == "precedent":
        return [_of_precedent(meta)]
    return [*_of_authority(meta, query), *_of_force(status, replaced)]


def _of_precedent(meta: Mapping[str, Any]) -> Prior:
    published = meta.get("document_type", "")
    if published in PUBLISHED_WEIGHTS:
        return Prior(PUBLISHED_WEIGHTS[published], f"{published}，优先")
    level = meta.get("court_level", "")
    weight = COURT_WEIGHTS.get(level, min(COURT_WEIGHTS.values()))
    raised = level in COURT_WEIGHTS and weight > min(COURT_WEIGHTS.values())
    return Prior(weight, f"{level}的文书，较下级法院优先" if raised else "裁判文书，不作调整")


def _of_authority(meta: Mapping[str, Any], query: str) -> list[Prior]:
    """A local text is not lowered for a query that names its place: who asks about 北京 wants its rules."""
    level = meta.get("authority_level", "")
    if level == LOCAL:
        place = str(meta.get("issuing_body", ""))[:2]
        if place and place in query:
            return [Prior(1.0, f"{LOCAL}，检索内容提到“{place}”，不降低排序")]
        return [Prior(LEVEL_WEIGHTS[LOCAL], f"{LOCAL}，检索内容没有提到当地{_LOWERED}")]
    weight = LEVEL_WEIGHTS.get(level, 1.0)
    return [Prior(weight, level + (_LOWERED if weight < 1 else ""))] if level else []


def _of_force(status: Status | None, replaced: bool) -> list[Prior]:
    if replaced or (status and status.standing in (Standing.NOT_YET, Standing.REPEALED)):
        standing = status.standing if status and status.standing is not Standing.IN_FORCE else "非现行有效"
        return [Prior(SUPERSEDED_WEIGHT, f"{standing}{_LOWERED}")]
    if status is None:
        return []
    if status.standing is Standing.AMENDED:
        return [Prior(1.0, f"{status.standing}，本库没有取代它的文本，不降低排序")]
    return [Prior(1.0, str(status.standing))]
