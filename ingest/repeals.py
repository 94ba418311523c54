"""Which other texts a norm ends: 《…》同时废止, 废止《…》, and lists of 下列…予以废止 with the titles below.

Parts of a text (《…》第十条同时废止) and what only yields (与本规定不一致的，以本规定为准) are no repeals.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legal.documents import Repeal, Section
from legal.law_names import law_key

_VERB = re.compile(r"废止|失效|不再(?:适用|执行|施行)|停止(?:适用|执行|施行)")
_WORDS = ("废止", "失效", "不再", "停止")  # of which each verb has one
# What stands between the last title and the verb when the whole text ends.
_TO_VERB = re.compile(
    r"(?:[（(][^（）()]{1,60}[）)])?(?:[一二三四五六七八九十两0-9]+[件部个]\S{2,8})?等?[，,]?(?:自本[^，。；]{1,8}之日起[，,]?)?"
    r"(?:从此|同时|即行|予以|一并|相应|均|都|也|亦|随之|即|现){0,3}"
)
_JOINED = re.compile(r"(?:[（(][^（）()]{1,60}[）)])?\s*(?:[、，,；;和及与]|以及|同时|并)")
_NAMED = re.compile(r"(?:依据|根据|依照|按照|违反|适用|关于|参照|修改|执行)$")
_MADE_BY = re.compile(r"(?:决定|规定|办法)》?(?:第[一二三四五六七八九十]次)?(?:修正|修订|修改)")
_FORWARD = re.compile(r"(?:^|[：:。\s、]|决定|现)废止(?=《)")
_IN_FORCE = re.compile("施行[，,；;]|施行后[，,]")  # 自本法施行之日起施行，《…》同时废止
_TITLES_BELOW = re.compile(
    r"(?:下列|以下|如下|目录)[^。]{0,80}废止[^。]{0,16}[：:]?\s*$|废止[^。]{0,40}目录\s*$"
)
_LISTED = re.compile(
    r"\|?\s*(?:[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,4})\s*[.．、|]\s*(?P<name>[^|；;。]{4,90})"
)
_FORM = re.compile(
    r"(?:规定|解释|批复|意见|通知|条例|办法|决定|法|细则|答复|复函|函|规则|纪要|解答)(?:[（(][^（）()]*[）)])?$"
)
_BODIES = re.compile(
    r"最高人民法院、?\s*最高人民检察院|最高人民法院|最高人民检察院|国务院|全国人民代表大会常务委员会"
)
_OWN = re.compile(r"(?:最高人民法院|最高人民检察院|国务院|全国人民代表大会)[^《》]{0,30}?(?=关于)")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title in 《》: what it says, and where it stands with its marks."""

    name: str
    start: int
    end: int


def find_repeals(text: str, sections: Sequence[Section], title: str) -> tuple[Repeal, ...]:
    """The texts that the norm `title` ends, in the order of the text, each once.

    The span is the title as it stands, with its marks. A title that begins with 关于 has the body before it
    in its key, as the text itself has: that named in the sentence, else that of the norm.
    """
    found: dict[str, Repeal] = {}
    verbs = sorted(place for word in _WORDS for place in _places(text, word))
    for section in sections if verbs else ():
        following = bisect_left(verbs, section.start)
        if following < len(verbs) and verbs[following] < section.end:
            for law, start, end in _of_section(text, section, title):
                found.setdefault(law, Repeal(law, section.label, start, end))
    return tuple(found.values())


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands: searching for it costs a tenth of what an expression costs."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _of_section(text: str, section: Section, title: str) -> Iterator[tuple[str, int, int]]:
    start, listing = section.start, False
    for line in text[section.start : section.end].splitlines(keepends=True):
        if listing and (listed := _listed(line)):
            yield _key(listed.name, "", title), start + listed.start, start + listed.end
        elif line.strip():
            listing = bool(_TITLES_BELOW.search(line))
            if _VERB.search(line):
                for found, before in _of_line(line):
                    yield _key(found.name, before, title), start + found.start, start + found.end
        start += len(line)


def _of_line(line: str) -> Iterator[tuple[_Title, str]]:
    """The titles that a line ends, each with the words before it in its sentence."""
    titles = list(_titles(line))
    done = 0  # where the last verb ends whose titles were found
    for verb in _VERB.finditer(line):
        next_title = bisect_left(titles, verb.start(), key=lambda title: title.start)
        if next_title and verb.start() < titles[next_title - 1].end:
            continue
        begin = max(done, *(line.rfind(mark, 0, verb.start()) + 1 for mark in "。\n"))
        begin = max([begin, *(match.end() for match in _IN_FORCE.finditer(line, begin, verb.start()))])
        before = titles[bisect_left(titles, begin, key=lambda title: title.start) : next_title]
        if before and _quoted(line, verb.start()):
            continue
        if before and _TO_VERB.fullmatch(line, before[-1].end, verb.start()):
            yield from _chain(line, begin, before)
            done = verb.end()
        elif verb.group() == "废止" and _FORWARD.search(line, max(0, verb.start() - 2), verb.end() + 1):
            stop = min(
                (place for mark in "。\n" if (place := line.find(mark, verb.end())) >= 0), default=len(line)
            )
            end = bisect_left(titles, stop, key=lambda title: title.start)
            behind = titles[next_title:end]
            if behind and behind[0].start == verb.end() and not _further(line, behind[-1].end, stop):
                yield from _chain(line, verb.end(), behind)


def _quoted(line: str, place: int) -> bool:
    return line.count("“", 0, place) > line.count("”", 0, place)


def _further(line: str, start: int, stop: int) -> bool:
    """Whether words follow that make of 废止《…》 a request, a draft or a part: 的决定, 第十条, 中的规定."""
    rest = re.sub("[（(][^（）()]*[）)]", "", line[start:stop]).strip()
    return bool(rest) and rest[0] not in "、，,；;和及与"


def _chain(line: str, begin: int, titles: list[_Title]) -> Iterator[tuple[_Title, str]]:
    """Of the titles of a sentence those that end: not what amended one, or after which a part is named."""
    for number, title in enumerate(titles):
        before = line[titles[number - 1].end if number else begin : title.start]
        last = number == len(titles) - 1
        behind = line[title.end : titles[number + 1].start] if not last else ""
        if _NAMED.search(before) or _MADE_BY.match(title.name[-2:] + "》" + behind):
            continue
        if last or (not behind.strip()) or _JOINED.match(behind):
            yield title, before


def _titles(line: str) -> Iterator[_Title]:
    """The titles in 《》 of a line; marks inside one, of either kind, belong to it."""
    depth, start = 0, 0
    for match in re.finditer("[《》]", line):
        if match.group() == "《":
            start = match.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and match.end() - start < 160:
                yield _Title(line[start + 1 : match.start()], start, match.end())


def _listed(line: str) -> _Title | None:
    """The title that a line of a list or of a table gives, with 《》 or without."""
    match = _LISTED.match(line.lstrip())
    if match is None:
        return None
    indent = len(line) - len(line.lstrip())
    marked = next((title for title in _titles(line) if title.start < indent + match.start("name") + 40), None)
    if marked:
        return marked
    name = match["name"].strip()
    start = line.index(name)
    return _Title(name, start, start + len(name)) if _FORM.search(name) else None


def _key(name: str, before: str, title: str) -> str:
    """The key of a title; one that begins with 关于 gets the body that made it."""
    if name.startswith("关于"):
        named = _BODIES.findall(before)
        own = _OWN.match(title)
        name = (named[-1] if named else own.group() if own else "") + name
    return law_key(joint_name(name))


def joint_name(name: str) -> str:
    """The name with the two courts joined as their own titles have it: 最高人民法院、最高人民检察院关于…."""
    return re.sub(r"最高人民法院\s*最高人民检察院", "最高人民法院、最高人民检察院", name)
