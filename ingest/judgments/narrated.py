"""The parties whom sentences or a title name: of notices and reports, which have no list of them."""

import re
from collections.abc import Iterator

from ingest.judgments.patterns import LargePattern
from ingest.judgments.people import LETTER, NOTE, People, alternatives, once, parties_in
from legal.documents import Party, Representative

_MASKED = f"{LETTER}{{1,2}}某(?:某|[甲乙丙丁])?"
_COMPANY = (
    r"(?:(?![与你该我因诉]|申请|执行)[㐀-䶿一-鿿×X]|[0-9](?![0-9]*[年月日号])| (?=[0-9])|"
    rf"[（(]{LETTER}{{1,8}}[）)]){{2,40}}?"
    "(?:(?:公司|银行)(?:[一-鿿]{2,6}(?:支行|分行|分公司|营业部))??|支行|分行|合作社|联社|厂|商店|中心|委员会|局|政府|医院|学校|"
    "事务所|经营部|合伙企业)"
)
_INLINE_ROLES = alternatives(
    "申请执行人|被执行人|复议申请人|异议人|案外人|利害关系人|再审申请人|申请人|被申请人|上诉人|被上诉人|申诉人|被申诉人|"
    "原告|被告|第三人|权利人|被限制人"
)
_BOUNDARY = (
    r"(?=[与和及、，,。；：:\s（(的于因向在诉之以就对称并已未尚]|等|不服|申请|提[出起交]|名下|支付|发[出送]|至今|拒[不绝]|"
    "有权|认可|[诉辩述]称|答辩|$|[一-鿿]{2,12}纠纷)"
)
# A name that is neither masked nor that of a company only stands before sure signs of its end.
_PLAIN_BOUNDARY = "(?=[与和、诉（(]|[辩述]称|答辩|因与|不服|[，,][男女])"
_NO_PEOPLE = "(?![与和及人的未]|委托|主张|第三人|原告|被告|其他|名下)"
_PEOPLE = rf"{_NO_PEOPLE}(?:(?:{_COMPANY}|{_MASKED}){_BOUNDARY}|{LETTER}{{2,3}}?{_PLAIN_BOUNDARY})"
_INLINE = LargePattern(
    rf"(?<!被)(?P<role>{_INLINE_ROLES})(?P<names>{_PEOPLE}(?:{NOTE})?(?:、{_PEOPLE}(?:{NOTE})?){{0,8}})"
)
# 某公司（被执行人）, and who asks to add a party: 审查某公司申请追加李某为被执行人一案.
_ROLE_BEHIND = LargePattern(
    rf"(?:(?<=执行)|(?<=[与和、，。；：\n对向由]))(?P<name>{_COMPANY}|{_MASKED})[（(](?P<role>{_INLINE_ROLES})[）)]"
)
_APPLICANT = LargePattern(
    rf"(?:(?<=审查)|(?<=审理)|(?<=受理))(?P<name>{_COMPANY}|{_MASKED})(?=申请(?:追加|变更))"
)
# 李某公司（以下简称李某）: what the text calls a party further on.
_SHORT = re.compile(
    r"[（(][^（）()]{0,12}?(?:以下|下)[均统]?(?:简称|称)为?[：:]?[“\"]?(?P<short>[一-鿿0-9]{2,14}?)[”\"]?[，）)]"
)
_BEFORE_SHORT = LargePattern(rf"(?<!被)(?P<role>{_INLINE_ROLES})(?=[一-鿿0-9]{{2}})")
_INLINE_AGENT = LargePattern(
    rf"(?:(?P<of>{_INLINE_ROLES})的?)?(?P<role>委托诉讼代理人|委托代理人|持令律师|法定代表人|负责人|法定代理人)(?P<name>{_MASKED})"
    rf"(?:律师)?(?:[（(](?P<firm>{LETTER}{{2,24}}律师事务所))?"
)
# The line that a notice begins with: 某公司：
_ADDRESSEES = re.compile(r"^[ 　]*(?:致[：:])?(?P<names>[^\n，。；：:]{2,120})[：:][ 　]*$", re.MULTILINE)
_BODY = LargePattern(_COMPANY)
_LISTED = re.compile(r"被执行人(?:基本|身份)?(?:情况|信息)\s+(?P<line>[^\n]{2,600})")
_TITLED = rf"{_COMPANY}(?:[（(]{LETTER}{{2,12}}[）)])?|{_MASKED}|{LETTER}{{2,4}}"
_TITLED_NAME = LargePattern(rf"(?:{_TITLED})(?=(?:等[一-鿿0-9]{{0,6}})?$)")
_TITLED_OTHER = LargePattern(
    rf"(?:{_TITLED})(?=$|等|[一-鿿]{{2,24}}纠纷|罚款|拘留|执行|申请|强制|(?:系列)?案|与|\s|[（(])"
)
_BETWEEN = (
    (re.compile("申请(?:强制)?执行"), "申请执行人", "被执行人"),
    (re.compile("诉(?!讼)"), "原告", "被告"),
)
_LONGEST_TITLE = 120


def named_people(text: str, end: int) -> People:
    """Those whom the sentences up to `end` name together with their role, where a document has no list."""
    found = tuple(once(sorted(_named_parties(text, end), key=lambda party: party.start)))
    parties = _without_short_names(text, end, found)
    agents: dict[str, Representative] = {}
    for match in _INLINE_AGENT.finditer(text, 0, end):
        of = _represented(text, match, parties)
        agent = Representative(match["role"], match["name"], match["firm"], of, *match.span("name"))
        agents.setdefault(agent.name, agent)
    return People(parties, tuple(agents.values()))


def reported_parties(text: str, titled: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties of a published case: the role that a sentence gives goes before that of the title.

    权利人, in a notice who applies for enforcement, is in a report whoever has a right.
    """
    found = (party for party in _named_parties(text, len(text)) if party.role != "权利人")
    named = tuple(once(sorted(found, key=lambda party: party.start)))
    roles = {party.name for party in named}
    known = (*(party for party in titled if party.name not in roles), *named)
    return _without_short_names(text, len(text), known)


def _without_short_names(text: str, end: int, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Without second names of those who are there in full: （以下简称某公司）, 某公司 for 某实业有限公司."""
    defined = [(match["short"], match.start()) for match in _SHORT.finditer(text, 0, end)]
    names = [party.name for party in parties]
    second = {short for short, at in defined if any(text.endswith(name, 0, at) for name in names)}
    second |= {
        name
        for number, name in enumerate(names)
        if name.endswith("公司")
        and name not in {short for short, _ in defined}
        and any(_is_shorter(name, full) for full in names[:number])
    }
    return tuple(party for party in parties if party.name not in second)


def _is_shorter(name: str, full: str) -> bool:
    letters = iter(full)
    return len(name) < len(full) and all(letter in letters for letter in name)


def _represented(text: str, match: re.Match[str], parties: tuple[Party, ...]) -> str | None:
    """For whom one acts: a party by its role, the party named last, or the one body that is addressed."""
    if match["of"]:
        return next((party.name for party in parties if party.role == match["of"]), None)
    piece = max(text.rfind(mark, 0, match.start()) for mark in "。；\n")
    near = [party.name for party in parties if piece < party.start < match.start()]
    if near or match["role"] not in ("法定代表人", "负责人"):
        return near[-1] if near else None
    line = _ADDRESSEES.search(text, 0, match.start())
    bodies = [name for name in (line["names"].split("、") if line else ()) if _BODY.fullmatch(name.strip())]
    return bodies[0].strip() if len(bodies) == 1 else None


def _named_parties(text: str, end: int) -> Iterator[Party]:
    for match in _INLINE.finditer(text, 0, end):
        role = "".join(match["role"].split())
        yield from parties_in(text, role, match.start("names"), match.end("names"))
    for match in _ROLE_BEHIND.finditer(text, 0, end):
        yield Party(match["role"], match["name"], *match.span("name"))
    for match in _APPLICANT.finditer(text, 0, end):
        yield Party("申请人", match["name"], *match.span("name"))
    yield from _by_short_names(text, end)
    for match in _LISTED.finditer(text, 0, end):
        at = match.start("line")
        for piece in re.finditer(r"[^；;]+", match["line"]):
            name = re.split("[，,（(]", piece.group(), maxsplit=1)[0]
            if re.fullmatch(rf"{_COMPANY}|{_MASKED}|{LETTER}{{2,3}}", name):
                yield Party("被执行人", name, at + piece.start(), at + piece.start() + len(name))


def _by_short_names(text: str, end: int) -> Iterator[Party]:
    """被执行人某证券、某证券营业部发出…, where the text itself gave those short names."""
    shorts = sorted({match["short"] for match in _SHORT.finditer(text, 0, end)}, key=len, reverse=True)
    for match in _BEFORE_SHORT.finditer(text, 0, end) if shorts else ():
        at = match.end()
        while name := next((short for short in shorts if text.startswith(short, at)), None):
            yield Party(match["role"], name, at, at + len(name))
            at += len(name) + 1
            if text[at - 1 : at] != "、":
                break


def titled_parties(text: str, start: int, end: int) -> tuple[Party, ...]:
    """Those whom the title of a published case names, which stands from `start` to `end`: 甲申请执行乙案."""
    for between, first, second in _BETWEEN:
        match = between.search(text, start, min(end, start + _LONGEST_TITLE))
        if match is None:
            continue
        one = _titled(text, first, (start, match.start()), _TITLED_NAME)
        other = _titled(text, second, (match.end(), min(end, match.end() + _LONGEST_TITLE)), _TITLED_OTHER)
        if one and other:
            return tuple(once((*one, *other)))
    return ()


def _titled(text: str, role: str, span: tuple[int, int], pattern: LargePattern) -> list[Party]:
    """The names of one side up to the first that is none."""
    found: list[Party] = []
    for piece in re.finditer(r"[^、]+", text[slice(*span)]):
        name = pattern.match(piece.group())
        if name is None:
            break
        at = span[0] + piece.start()
        found.append(Party(role, name.group(), at, at + name.end()))
    return found
