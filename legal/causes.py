"""Causes of action and criminal charges: the official names, and the cause of a document from its words.

`causes.tsv` holds the names of 《民事案件案由规定》 (2020 and 2025), of the interpretations on charges since
1997 with their usual selections (贩卖毒品罪), of 《关于行政案件案由的暂行规定》 and of state compensation.
`parent` is the cause, chapter or full charge above a name; `now` is today's name of one that was only renamed
or that is written in another way.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("causes.tsv")
# Of the names without 纠纷, the shortest say too little (合同, 数据); these are in daily use.
_SHORT = {"离婚", "继承", "赡养", "抚养", "扶养", "典当", "互易", "辞退"}
_LONGEST = 48
_HEAD = 4000

_SPACE = re.compile(r"\s+")
_JOINED = re.compile("以及|或者|[与和及或,，]")
_BRACKETS = str.maketrans("()", "（）")
_FIELD = re.compile(r"案\s*由\s*[：:]\s*([^\s，。；]{2,48})")
_ACCUSED = re.compile("指控|提起公诉|判决认定")
_COMMITTED = re.compile("犯(?!罪)|涉嫌犯?")
_CONVICTED_BEFORE = re.compile(r"(?:曾|因|又|前)$")
_CHARGE_AS_WRITTEN = re.compile("[一-鿿、（）]{2,40}?罪")
_CASE = re.compile("一案|案件(?![受编承])|案(?=[，。；：》”）】]|$)")
_SENTENCE = re.compile("[。；]")
# 民间借贷纠纷执行一案, 借款合同纠纷、保证合同纠纷申请再审一案: what stands between the first cause and 一案.
_DISPUTE = re.compile("纠纷(?:[、及和与][^，]{2,20}?纠纷)?(?![^，]{0,24}之诉)[^，]{0,24}$")
_AFTER = re.compile(
    "(?:（[^（）]{1,40}）|申请|强制|恢复|首次)*(?:执行|再审|上诉|审查|复议|异议|监督|保全|公诉|自诉|的|等)*$"
)
_ANY_DISPUTE = re.compile("纠纷(?!调解|解决|化解|处理|多元)")
_ROLE = re.compile(
    "申请执行人|被执行人|复议申请人|异议人|被申诉人|申诉人|利害关系人|案外人|被上诉人|上诉人|再审申请人|"
    "被申请人|申请人|原告人|被告人|原告|被告|第三人|申请复议人"
)
_NAME_END = re.compile("某[甲乙丙丁某]*|公司|支行|分行|银行|合作社|联社|委员会|号|你们|你单位|你")
_NO_CAUSE = re.compile("因|关于|[^一-鿿、（）]")


def official_cause(name: str) -> str | None:
    """The official name of a cause or charge that is written as `name`, or None where none is known.

    >>> official_cause("盗窃"), official_cause("居间合同纠纷"), official_cause("生命权、健康权、身体权纠纷")
    ('盗窃罪', '中介合同纠纷', '生命权、身体权、健康权纠纷')

    Read as equal: with and without 纠纷 or 罪, 和 与 或 for 、, brackets of either width, and older names
    that a later list only changed. A charge that was abolished keeps the name under which courts convicted.
    """
    key = _key(name)
    return _names().get(key) or _names().get(re.sub("(?:一案|案件|案)$", "", key))


def cause_in(text: str, names: Iterable[str] = ()) -> str | None:
    """The cause or charge of the document that `text` opens, or of its title or procedure paragraph.

    The official name where there is one, else the words as written, else None. `names` are those of the
    parties: they help to tell where an unofficial cause begins. Of several causes it is the first. Earlier
    convictions (曾因犯盗窃罪) are passed over.
    """
    field = _FIELD.search(text[:_HEAD])
    if field:
        return official_cause(field[1]) or field[1]
    plain = _SPACE.sub("", text[:_HEAD])
    known = tuple(names)
    accused = _ACCUSED.search(plain)
    if accused and (charge := _charge(plain[max(0, accused.start() - 40) : accused.start() + 400])):
        return charge
    for phrase in _case_phrases(plain):
        if cause := _charge(phrase) or _official_end(phrase, known) or _as_written(phrase, known):
            return cause
    return _charge(plain) or _lone_dispute(plain, known)


def _key(name: str) -> str:
    return _JOINED.sub("、", _SPACE.sub("", name)).translate(_BRACKETS)


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Of every row: the name as written, its kind, and the official name."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return tuple((name, kind, now or name) for name, kind, _, now in rows)


@cache
def _names() -> dict[str, str]:
    """Official names by the key of every way to write them; a name in full comes before a shortened one."""
    found: dict[str, str] = {}
    for name, _, official in _rows():
        found.setdefault(_key(name), official)
        if name.endswith("之诉"):
            found.setdefault(_key(name) + "纠纷", official)
    for name, kind, official in _rows():
        short = _key(name).removesuffix("罪" if kind == "刑事" else "纠纷")
        if len(short) > 2 or short in _SHORT or kind == "刑事":
            found.setdefault(short, official)
    return found


@cache
def _charges() -> dict[str, str]:
    """Official charges by the key of the name in full and without 罪."""
    full = {_key(name): official for name, kind, official in _rows() if kind == "刑事"}
    return {key.removesuffix("罪"): official for key, official in full.items()} | full


def _charge(text: str) -> str | None:
    """The first charge behind 犯 or 涉嫌 that is not said of an earlier conviction."""
    for match in _COMMITTED.finditer(text):
        if _CONVICTED_BEFORE.search(text, max(0, match.start() - 1), match.start()):
            continue
        rest = text[match.end() : match.end() + _LONGEST]
        if charge := _charge_at_start(_key(rest)):
            return charge
        if "指控" in text[: match.start()] and (written := _CHARGE_AS_WRITTEN.match(rest)):
            return written[0]
    return None


def _charge_at_start(key: str) -> str | None:
    """The longest charge at the start: in full, or without 罪 before another one (犯盗窃、诈骗罪)."""
    charges = _charges()
    starts = [key[:size] for size in range(len(key), 1, -1) if key[:size] in charges]
    whole = next((start for start in starts if start.endswith("罪")), None)
    listed = next((s for s in starts if key[len(s) : len(s) + 1] in ("、", "")), None)
    found = whole or listed
    return charges[found] if found else None


def _case_phrases(text: str) -> Iterator[str]:
    """What stands before each 一案 of the text, in its sentence, without what was done with the case."""
    for match in _CASE.finditer(text):
        before = _SENTENCE.split(text[max(0, match.start() - 160) : match.start()])[-1]
        dispute = _DISPUTE.search(before)
        yield before[: dispute.start() + 2] if dispute else _AFTER.sub("", before)


def _official_end(phrase: str, names: tuple[str, ...]) -> str | None:
    """The longest official cause with which `phrase` ends; 合同纠纷 gives way to the words before it."""
    key = _key(phrase[-_LONGEST:])
    # 错误执行国家赔偿: the field of law stands within the name of the cause.
    found = _longest_end(key.removesuffix("国家赔偿") + "赔偿", 6) if key.endswith("国家赔偿") else None
    found = found or _longest_end(key)
    if found != "合同纠纷":
        return found
    # 股权转让合同纠纷 is 股权转让纠纷; of other contracts the words say more than the general cause does.
    if agreement := _longest_end(key.removesuffix("合同纠纷") + "纠纷", 6):
        return agreement
    return (any(name in phrase for name in names) and _as_written(phrase, names)) or found


def _longest_end(key: str, shortest: int = 2) -> str | None:
    ends = (key[-size:] for size in range(len(key), shortest - 1, -1))
    return next((_names()[end] for end in ends if end in _names()), None)


def _as_written(phrase: str, names: tuple[str, ...]) -> str | None:
    """An unofficial cause: what is left of the phrase behind parties, their roles and the ends of names."""
    if not phrase.endswith("纠纷"):
        return None
    for name in names:
        phrase = phrase.rsplit(name, 1)[-1]
    phrase = _ROLE.split(_NO_CAUSE.split(phrase)[-1])[-1]
    cause = _NAME_END.split(phrase)[-1].strip("、与诉及等和的之间）")
    return cause if 4 <= len(cause) <= 24 else None


def _lone_dispute(text: str, names: tuple[str, ...]) -> str | None:
    """The first dispute that is named without the word 案: …因民间借贷纠纷，诉至本院."""
    for match in _ANY_DISPUTE.finditer(text):
        before = _SENTENCE.split(text[max(0, match.start() - 60) : match.end()])[-1]
        if cause := _official_end(before, names):
            return cause
    return None
