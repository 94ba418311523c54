"""The parties of a case and those who act for them, from the list at the head of a document."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.judgments.patterns import LargePattern
from ingest.judgments.wrapped import unwrapped
from legal.documents import Party, Representative
from legal.numerals import parse_number

_ROLES = (
    "附带民事诉讼原告人|附带民事诉讼被告人|附带民事诉讼原告|附带民事诉讼被告|被申请执行人|被限制消费人员|被限制消费人|"
    "原审附带民事诉讼原告人|原审被告单位|原审被告人|原审上诉人|原审第三人|原审原告|原审被告|一审原告|一审被告|二审上诉人|"
    "二审被上诉人|再审申请人|申请再审人|被申请人|复议申请人|申请复议人|复议被申请人|申请执行人|被执行人|异议申请人|异议人|"
    "被异议人|利害关系人|案外人|被申诉人|申诉人|申请保全人|被保全人|申请人|被上诉人|上诉人|第三人|赔偿请求人|赔偿义务机关|"
    "复议机关|原公诉机关|抗诉机关|公诉机关|被告单位|被告人|自诉人|原告人|原告|被告|被限制人|被拘留人|被罚款人|被搜查人|"
    "买受人|竞买人|担保人|保证人|参加人|权利人|罪犯|原申请执行人|原被执行人|被申请追加人|申请追加人|再审被申请人|一审第三人|"
    "公益诉讼起诉人|移送执行部门|移送执行机构|协助执行人"
)
_AGENTS = (
    "法定代表人|主要负责人|诉讼代表人|负责人|委托诉讼代理人|委托代理人|诉讼代理人|特别授权代理人|指定辩护人|辩护人|法定代理人|"
    "指定代理人|执行事务合伙人|委派代表|经营者|投资人|管理人|监护人|持令律师|代理人"
)
_GAP = r"[ \t\v　]{0,2}"


def alternatives(words: str) -> str:
    """The words, longest first, with the spaces that OCR leaves between letters."""
    return "|".join(_GAP.join(word) for word in sorted(words.split("|"), key=len, reverse=True))


_ROLE, _AGENT = alternatives(_ROLES), alternatives(_AGENTS)
# Whatever a court calls a party: 抵押权人：, 申请变更人：, 协助单位：; but not those who act for one or sign.
_ANY_ROLE = (
    rf"(?!{_AGENT}|工作|所在|任职|发证|登记|签发|抄送)[一-鿿]{{1,10}}?(?:(?<!代表)(?<!代理)(?<!辩护)(?<!负责)(?<!合伙)(?<!联系)(?<!签发)(?<!承办)人|"
    rf"部门|机关|单位)(?=(?:{_GAP}[（(][^（）()\n]{{1,40}}[）)])?{_GAP}[：:])"
)
ENTRY = rf"(?:[甲乙丙丁戊]方|(?:{_ROLE})|(?:{_AGENT})|协助(?:调查)?单位|致[：:])"
_COUNT = "[二两三四五六七八九十]{1,3}"
# Before the role of one who acts for several: 二原告共同, 上述两被告的.
_SHARED = rf"(?:以上|上述|前述|上列|共同|各|的|{_COUNT}|{_ROLE})"
SHARED_AGENT = rf"{_SHARED}{{1,4}}(?:{_AGENT})"
_START = r"(?:^|(?<=[\n。；;\s])(?<!\v))"
LETTER = "[㐀-䶿一-鿿]"
# A bracket behind a name, unless it belongs to it: 某某（集团）有限公司.
_ORGANISED = rf"(?![^（）()\n]{{1,16}}[）)]{LETTER}{{0,20}}(?:公司|厂|社|银行|中心|企业|支行|分行|所))"
_FORM = "[（(](?:有限合伙|(?:特殊)?普通合伙|个人独资|个体工商户)[）)]"
NOTE = rf"(?!{_FORM})[（(]{_ORGANISED}[^（）()\n]{{0,60}}[）)]"
_BRACKET = rf"[（(](?=[^（）()\n]{{1,16}}[）)]{LETTER})[^（）()\n]{{1,16}}[）)]"
_NAME = (
    rf"(?:{LETTER}(?:[ 　]{LETTER}){{1,3}}(?=[ \t\n]*(?:[，,。、]|$)|[ \t]*[\t\n])"  # OCR: 张 某，男
    rf"|(?:[㐀-䶿一-鿿A-Za-z0-9×ＸX*＊·•〇○&＆-]|\.(?=[0-9A-Za-z一-鿿])|\v|{_BRACKET}|{_FORM}){{2,50}}?)"
)
_NAMES = rf"{_NAME}(?:\s*{NOTE})*(?:、{_NAME}(?:\s*{NOTE})*)*"
_PARTY = LargePattern(
    rf"{_START}(?:[甲乙丙丁戊]方[一二三四五六七八九十]?{_GAP}[（(])?(?P<role>{_ROLE}|{_ANY_ROLE})[一二三四五六七八九十]?"
    rf"(?:[）)]|{_GAP}[（(][^（）()\n]{{1,40}}[）)])?[ \t　]*(?:[：:]|[（(]?自报[）)]?)?[ \t　]*"
    rf"(?P<names>{_NAMES})[ \t　]*(?=(?!\v)[，,。；;\s]|\.\s|$)"
)
_AGENT_ENTRY = LargePattern(
    rf"(?:{_START}|(?<=[，,])(?=(?:法定代表|主要负责|负责)人[：:]?{LETTER}{{2,4}}[，,。；;]))(?P<shared>{_SHARED}{{0,4}})"
    rf"(?P<role>{_AGENT})(?:{_GAP}[（(][^（）()\n]{{1,20}}[）)])?[ \t　]*(?P<colon>[：:]?)[ \t　]*"
    rf"(?P<rest>[^。\n]{{2,160}}?)(?=[。\n]|[；;]\s*(?:{ENTRY}|$)|\s(?:{_ROLE}|{_AGENT})|$)"
)
_ROLE_WORD, _COUNT_WORD = LargePattern(_ROLE), re.compile(_COUNT)
# A sentence that begins with a role and goes on about the party is no entry of the list.
_NO_NAME = re.compile(
    "不服|提出|提交|指控|一案|纠纷|判决|裁定|申请执行|^(?:因|未|系|是|及|的|均|没有|认为|如|可以|应当|无|对|在|经|自愿|所有|有权|与你|曾因|"
    "基本情况|至今|之间|名单|财产|已|称|申请)|^(?:于|向|和|应).{4,}(?<!公司)$"
)
_PIECE = LargePattern(rf"(?P<name>(?:{LETTER}{{2,6}} (?=[0-9]))?{_NAME})(?:\s*{NOTE})*(?=、|$)")
_FIRM = re.compile(rf"(?P<firm>(?:{LETTER}|[（(]{LETTER}{{1,8}}[）)]){{2,30}}?律师事务所)")
_FIRM_LEAD = re.compile("^.*(?:指派的|指派|均系|均为|系|由|委派的)(?=.{2})")
_PERSON = re.compile(rf"{LETTER}{{1,4}}(?:[·•]{LETTER}{{1,10}})?[0-9]?")
_SPACED_PERSON = re.compile(rf"{LETTER}(?:[ 　]{LETTER}){{1,3}}(?=[（(\t]|$)")
# 某清算事务所（该公司管理人）负责人张某: the person stands behind the body for which he acts.
_OF_A_BODY = re.compile(rf".{{3,40}}?(?:负责人|委派代表|代表人?)[：:]?(?P<name>{_PERSON.pattern})")
_WORKS_FOR = re.compile("律师|[职人]员|员工|法务|[经助]理|主任|该|法律工作者|之")
# Those whom the order is sent to, or who sent the case: nobody acts for them.
_BODIES = re.compile("协助|移送|被调查")
_OTHER_UNITS = LargePattern(rf"[；;][ \t　]*(?P<name>(?!{ENTRY}){_NAME})(?=[；;。\n]|$)")
_NO_PERSON = re.compile("^(?:男|女|汉族|律师|实习律师|特别授权|一般代理|一般授权|职员|员工)$|^该|^系|^住|^均")


@dataclass(frozen=True, slots=True)
class People:
    """The parties and the representatives of a document, in the order of the text."""

    parties: tuple[Party, ...] = ()
    representatives: tuple[Representative, ...] = ()


def listed_people(text: str, end: int) -> People:
    """Those in the list at the head of a document, which ends at `end`; each party with its first role."""
    joined = unwrapped(text)
    parties = tuple(once(_listed_parties(joined, end)))
    return People(parties, tuple(_listed_agents(joined, end, parties)))


def once(parties: Iterable[Party]) -> Iterator[Party]:
    """The parties, each name with its first role only."""
    seen = set()
    for party in parties:
        if party.name not in seen:
            seen.add(party.name)
            yield party


def parties_in(text: str, role: str, start: int, end: int) -> Iterator[Party]:
    """Those whose names stand from `start` to `end`, divided by 、; none where a sentence goes on."""
    for piece in _PIECE.finditer(text, start, end):
        name = "".join(piece["name"].split())
        if _NO_NAME.search(name) or ("公诉" in role and not name.endswith("检察院")):
            return
        yield Party(role, name, piece.start("name"), piece.end("name"))


def _listed_parties(text: str, end: int) -> Iterator[Party]:
    for match in _PARTY.finditer(text, 0, end):
        role = "".join(match["role"].split())
        yield from parties_in(text, role, match.start("names"), match.end("names"))
        at = match.end("names")
        while role.startswith("协助") and (unit := _OTHER_UNITS.match(text, at, end)):
            yield Party(role, unit["name"], *unit.span("name"))
            at = unit.end()


def _listed_agents(text: str, end: int, parties: tuple[Party, ...]) -> Iterator[Representative]:
    for match in _AGENT_ENTRY.finditer(text, 0, end):
        role, at = "".join(match["role"].split()), match.start("rest")
        above = [party for party in parties if party.start < match.start() and not _BODIES.match(party.role)]
        of = _sharing(match["shared"], above) if match["shared"] else [party.name for party in above[-1:]]
        for written, firm, offset in _agents(match["rest"], bool(match["colon"])):
            name = "".join(written.split())
            for party in of or (None,):
                yield Representative(role, name, firm, party, at + offset, at + offset + len(written))


def _sharing(shared: str, above: list[Party]) -> list[str]:
    """For whom an agent of 二原告 acts: the last two parties of that role, else of the role named last."""
    role = _ROLE_WORD.search(shared)
    named = "".join(role.group().split()) if role else ""
    if above and named not in (party.role for party in above):
        named = above[-1].role
    names = [party.name for party in above if party.role == named]
    count = _COUNT_WORD.search(shared)
    return names[-(parse_number(count.group().replace("两", "二")) or 0) if count else 0 :]


def _agents(rest: str, marked: bool) -> Iterator[tuple[str, str | None, int]]:
    """Names with their firms in what follows a role; `marked` if a colon led to it.

    What stands behind a semicolon is a further person only if it says for whom that one works.
    """
    for part in re.finditer("[^；;]+", rest):
        name, *work = re.split("[，,]", part.group(), maxsplit=1)
        if part.start() == 0 or (work and _PERSON.fullmatch(name.strip()) and _WORKS_FOR.search(work[0])):
            for who, firm, at in _colleagues(part.group(), marked):
                yield who, firm, part.start() + at


def _colleagues(rest: str, marked: bool) -> Iterator[tuple[str, str | None, int]]:
    """The same of 甲、乙，某律师事务所律师: names before the firm, divided by 、; all else behind a comma."""
    names: list[tuple[str, int]] = []
    with_firm = False
    for index, match in enumerate(re.finditer(r"[^，,、\t]+", rest)):
        token = match.group().strip()
        at = match.start() + match.group().index(token) if token else match.start()
        firm = _FIRM.search(token)
        if firm and names:
            found = _FIRM_LEAD.sub("", firm["firm"])
            yield from ((name, found, where) for name, where in names)
            names, with_firm = [], True
            continue
        listed = index == 0 or rest[match.start() - 1] == "、" or not names
        if index == 0 and (person := _OF_A_BODY.fullmatch(token)):
            names.append((person["name"], at + person.start("name")))
            continue
        spaced = _SPACED_PERSON.match(token)
        name = spaced.group() if spaced else re.split(r"[（(\s]", token, maxsplit=1)[0]
        if listed and _is_agent("".join(name.split()), first=index == 0, marked=marked):
            names.append((name, at))
    if not with_firm:
        yield from ((name, None, where) for name, where in names)


def _is_agent(name: str, *, first: bool, marked: bool) -> bool:
    if _NO_PERSON.search(name):
        return False
    return bool(_PERSON.fullmatch(name)) or (first and marked and len(name) >= 4)
