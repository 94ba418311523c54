"""What tells the same dispute from a like one: names and other rare words that two documents share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.similar_scores import Scores, word_scores

# How rare a word is counts for more than among like facts: names, places, days and things decide.
_POWER = 1.5
# Standard deviations above the mean of the cases compared: from where one stands out, over how many its
# score rises to 1, and from where a name in common tells more than chance.
_OUT, _OVER = 3.0, 5.0
_MOST = 2  # cases compared in which a name may stand that still tells whose case it is

_PERSON = re.compile(
    "(?:原告人?|被告人?|第三人|上诉人|被申请人|申请人|申请执行人|被执行人|异议人|案外人|被害人|证人|嫌疑人|罪犯)"
    "[（(]?([一-鿿]{2,3})"
)
# The commonest surnames, without those that follow a role as words too (于, 向, 任, 万, 方, 关).
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付傅白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤葛齐尤殷柳穆翁祝阮"
    "温焦纪舒梅童颜倪季柯章鲁骆涂庞詹柴翟喻洪牛耿俞伍施聂岑甘宁凌霍裴燕欧卞包梅岳游安景"
)
_NO_NAME = re.compile("[某称述的与及和对在因系将已被等不有之是提以均未请法院人]")


@dataclass(frozen=True, slots=True)
class Particulars:
    """By case how far it stands out in rare words, 0 to 1, and the people whom only it and the own case name.

    `standing` is empty where no case stands out, `people` holds only cases that name somebody in common.
    """

    standing: Scores
    people: Mapping[str, tuple[str, ...]]


def particulars_of(
    own: tuple[str, Sequence[str]], texts: Mapping[str, str], words: Mapping[str, Sequence[str]]
) -> Particulars:
    """What the cases with these `texts` and `words` have in common with the own text and its words."""
    deviations = _deviations(word_scores(own[1], words, _POWER))
    standing = {name: min(1.0, max(0.0, (value - _OUT) / _OVER)) for name, value in deviations.items()}
    people = _people(own[0], texts)
    return Particulars(
        standing=standing if any(standing.values()) else {},
        people={name: who for name, who in people.items() if deviations[name] >= _OUT},
    )


def _deviations(scores: Scores) -> Scores:
    values = np.array(list(scores.values()), dtype=np.float64)
    if not len(values) or not (width := values.std()):
        return dict.fromkeys(scores, 0.0)
    return {name: float((value - values.mean()) / width) for name, value in scores.items()}


def _people(text: str, texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """By case the names of the own text that stand in it and in hardly any other; 某 names nobody."""
    plain = {name: "".join(other.split()) for name, other in texts.items()}
    found: dict[str, list[str]] = {}
    for full in sorted({match[1] for match in _PERSON.finditer("".join(text.split()))}):
        if full[0] not in _SURNAMES or _NO_NAME.search(full[:2]):
            continue
        holding = [name for name, other in plain.items() if full[:2] in other]
        for name in holding if len(holding) <= _MOST else ():
            found.setdefault(name, []).append(full if full in plain[name] else full[:2])
    return {name: tuple(dict.fromkeys(who)) for name, who in found.items()}
