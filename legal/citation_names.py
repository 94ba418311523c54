"""The name of the law before an article: quoted, short or bare, with the edition written beside it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from legal.law_names import known_at_end, law_key
from legal.numerals import parse_number

_FORM = "法典|法|条例|规定|解释|办法|规则|细则|决定|意见|通则|纲要|指引|纪要|公约|修正案"
_LONGEST_TITLE = 160
_LONGEST_NOTE = 80
_LONGEST_BARE = 18
_WINDOW = 32  # longer than every short name and bare name

_OPENING = {"）": "（", ")": "(", "】": "【", "］": "［", "〕": "〔"}
_PART_OF_CODE = re.compile(
    r"(?<=[》法典])\s*(?:总则|分则|附则|合同|物权|人格权|婚姻家庭|继承|侵权责任|总则编|第[一二三四五六七八九十]+编)编?"
    r"(?:第[一二三四五六七八九十]+[编章节]\s*)*\Z|(?<=[》法典])(?:第[一二三四五六七八九十]+[编章节]\s*)+\Z"
)
_WITHIN = re.compile(r"(?<=[》法典定释例])(?:当?中的?|的|之)\Z")
_TITLE_BROKEN_OFF = re.compile(r"(?<=[》〉])(?:若干问题)?的(?:解释|规定|意见|决定|批复)\Z")
_RUN = re.compile(rf"[一-笫笭-鿿]{{0,{_LONGEST_BARE}}}\Z")  # without 第, which begins an article
_ENDS_AS_LAW = re.compile(rf"(?:{_FORM})(?:[（(](?:试行|暂行|[一二三四五六七八九十]+)[）)])?\Z")
_ENUMERATED = re.compile(r"[（(](?:试行|暂行|[一二三四五六七八九十]+)[）)]\Z")
# Words that lead to a bare name and are not part of it, but for those in 对外贸易法, 数据安全法 and the like.
_LEAD = re.compile(
    r"^.*(?:中华人民共和国|依照|依据|根据|按照|遵照|适用(?!法$)|违反|触犯|符合|参照|比照|关于|属于|构成|以及|"
    r"和(?!国)|与(?!计划生育)|及|由|简称|统称|对(?!外[贸关援])|在|是|(?<!国)有|了|(?<!数)据|将|(?<!行)为|我国|现行|修[正订改]后的?|"
    r"规定的|所称|的(?=[一-鿿]{2,}法$)|于|以(?!色)|或者?|其(?!他)|结合|收到|按|(?<![消清排解])除|"
    r"指(?![引导定挥标])|(?:执行|从事|取得|撤销|违背|遵守|采取|认定|界定|具备|视同|引进|邮寄)(?=[一-鿿]{2,12}法$))"
)
_EARLIER = re.compile(r"^(?:原(?![产子木油料])|旧|新(?![能闻疆型建]))(?=[一-鿿]{2})")
_UNNAMED = re.compile(
    rf"(?:(?<![基资])(?:(?<!成)|(?<=[造完]成))本|该|此|前|其他|一般|特别|上述|前述|有关|相关|下列|以下|如下|上列|具体|专门|另行|这一|"
    rf"法律|法规|合同|协议|章程|约定|规约|公约|判决|裁定|条款|同)(?:实施|司法|暂行|补充|若干)?(?:{_FORM})(?:规定)?$|同法$"
)
# Titles in brackets that are no law: papers of a case, of the parties, of an authority to them.
_NO_LAW = re.compile(
    r"(?:合同|合同书|协议|协议书|章程|约定|规约|(?:业主|村民)公约|承诺书|承诺函|保证书|保单|保险条款|条款|说明书|"
    r"备忘录|方案|计划|计划书|声明|遗嘱|借条|清单|报告|判决书|裁定书|调解书|决定书|通知书|意见书|起诉书|认定书|"
    r"鉴定书|证明|笔录|函|书|表|单|证)(?:[（(][^（）()]*[）)])?\Z"
)
_OF_ARTICLE = re.compile("[〇零一二三四五六七八九十百千]*[条款项][之的]?规定")  # the end of 第300条规定
_GENERIC = re.compile(
    rf"(?:本|该)?(?:实施|司法|若干|暂行|补充)?(?:{_FORM}|通知|批复|标准|准则|安排|规程)(?:[（(][一二三四五六七八九十]+[）)])?\Z"
)
_BODY = re.compile(
    r"(?:(?:最高人民法院|最高人民检察院|公安部|司法部|国家安全部|民政部|海关总署|全国人民代表大会常务委员会|"
    r"全国人大常委会|国务院)[、，,和 ]?)+\Z|[“\"]?两高[”\"]?\Z"
)
# Only the Supreme People's Court interprets how a code is applied.
_OF_THE_COURT = re.compile(
    "关于适用[〈《<]?(?:中华人民共和国)?[^〈〉《》<>]{2,12}法[〉》>]?(?:若干问题)?的(?:若干)?(?:解释|意见|规定)"
)
_OTHER_BODY = "院局部会厅府委署"  # 某省高级人民法院《关于适用…的意见》: not when a body stands before it
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_CHANGED = "修正|修订|修改|公布|颁布|通过|制定|施行|实施"
_NOTE_EDITION = re.compile(
    rf"\s*(?:根据)?{_YEAR}\s*年?(?:[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?:第[一二三四五]次)?(?:{_CHANGED})?(?:版|本|文本)?"
    r"(?=[\s,，、;；]|\Z)"
)
_TITLE_EDITION = re.compile(
    rf"[（(]\s*{_YEAR}\s*年?(?:[^（）()]{{0,12}}(?:{_CHANGED}|版|本)|(?=\s*[）)]))[^（）()]{{0,6}}[）)]\Z"
)
_LED_EDITION = re.compile(
    rf"{_YEAR}\s*年?(?:[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?:(?:{_CHANGED})后?的?|版的?|的)\Z"
)
_NOTE = re.compile(r"修正|修订|修改|简称|统称|下称|[〔\[（(][0-9]{4}|号|试行|暂行|[0-9]{4}|以下|年|版")

Resolve = Callable[
    [str, int], str | None
]  # the law that a text itself calls by this short name, at this place


@dataclass(frozen=True, slots=True)
class LawName:
    """The law that a name means, the year of its edition where written, and where the name begins.

    `sure` is False for a bare name that no table knows; `short` is True for one that the text defined.
    """

    law: str
    edition: str | None
    start: int
    sure: bool = True
    short: bool = False


def name_before(text: str, at: int, resolve: Resolve | None = None) -> LawName | None:
    """The law named directly before `at`, None where none is: 该法, a contract, or no name at all."""
    end, edition = at, None
    if text[end - 1].isspace():
        end = _without_space(text, end)
    if match := _PART_OF_CODE.search(text, max(0, end - 24), end) or _WITHIN.search(
        text, max(0, end - 4), end
    ):
        inside, end = True, _without_space(text, match.start())
    else:
        inside = False
    for _ in range(2):  # （2021年修正）（以下简称民诉法）
        note = _note_before(text, end)
        if note is None:
            break
        edition = edition or _edition(_NOTE_EDITION.match(text, note + 1, end - 1))
        end = _without_space(text, note)
    if end == 0:
        return None
    broken = _TITLE_BROKEN_OFF.search(text, max(0, end - 10), end)  # 《…关于适用〈刑法〉》的解释
    if broken:
        name = _quoted(text, broken.start(), resolve, broken.group())
    else:
        name = (_quoted if text[end - 1] in "》〉" else _bare)(text, end, resolve)
    if name is None or (inside and not name.sure):
        return None
    return LawName(name.law, name.edition or edition, name.start, name.sure, name.short)


def is_generic(name: str) -> bool:
    """Whether a name says only what kind of text is meant: 《解释》, 《规定》."""
    return _GENERIC.match(name) is not None


def quoted_law(title: str) -> tuple[str, str | None] | None:
    """The key and the edition of a title that stood in 《》; None where it is no law's, or only says 解释."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    match = _TITLE_EDITION.search(plain)
    if match and not plain[: match.start()].endswith("修正案"):
        plain = plain[: match.start()]
    else:
        match = None
    if len(plain) < 2 or is_generic(plain) or _NO_LAW.search(plain):
        return None
    return law_key(plain), _edition(match)


def title_start(text: str, end: int) -> int | None:
    """Where the title in 《》 or 〈〉 that ends at `end` begins, brackets inside it matched."""
    depth = 0
    for at in range(end - 1, max(-1, end - _LONGEST_TITLE), -1):
        if text[at] in "》〉":
            depth += 1
        elif text[at] in "《〈":
            depth -= 1
            if depth == 0:
                return at
    # 《…适用《刑法》的解释〉 and the like: brackets that do not pair; the nearest opening one then.
    nearest = max(
        text.rfind("《", max(0, end - _LONGEST_TITLE), end), text.rfind("〈", max(0, end - 60), end)
    )
    return nearest if nearest >= 0 and "》" not in text[nearest : end - 1] else None


def _without_space(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _edition(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    number = parse_number(match["year"])
    return str(number) if number and 1900 < number < 2100 else None


def _note_before(text: str, end: int) -> int | None:
    """Where a note in brackets that ends at `end` begins: edition, number, 以下简称; no part of the name."""
    opening = _OPENING.get(text[end - 1]) if end else None
    if opening is None:
        return None
    start = text.rfind(opening, max(0, end - _LONGEST_NOTE), end)
    if start < 0 or _ENUMERATED.match(text, start, end) or not start:
        return None
    before = text[_without_space(text, start) - 1]
    return start if before in "》〉" or _NOTE.search(text, start + 1, end - 1) else None


def _quoted(text: str, end: int, resolve: Resolve | None, ending: str = "") -> LawName | None:
    start = title_start(text, end)
    if start is None:
        return None
    title = text[start + 1 : end - 1]
    defined = resolve(title, start) if resolve else None
    if defined:
        return LawName(defined, None, start, short=True)
    begin, body = _body_before(text, start) if title.lstrip("〈《").startswith("关于") else (start, "")
    if not body and _OF_THE_COURT.match(title) and text[max(0, start - 1)] not in _OTHER_BODY:
        body = "最高人民法院"
    named = quoted_law(body + title + ending)
    if named is None:
        return None
    law, edition = named
    edition = edition or _edition(_LED_EDITION.search(text, max(0, begin - 24), begin))
    return LawName(law, edition, begin)


def _body_before(text: str, start: int) -> tuple[int, str]:
    """The bodies that stand before the title of their text, and where: 最高人民法院《关于…的解释》."""
    end = _without_space(text, start)
    match = _BODY.search(text, max(0, end - 40), end)
    if match is None:
        return start, ""
    body = match.group().rstrip(" 、，,和")
    return match.start(), "最高人民法院、最高人民检察院" if "两高" in body else body


def _bare(text: str, end: int, resolve: Resolve | None) -> LawName | None:
    window = text[max(0, end - _WINDOW) : end]
    known = known_at_end(window) or _over_a_line(window)
    defined = _defined(window, end, known, resolve) if resolve else None
    if defined:
        return defined
    if known:
        start = end - len(known)
        led = _LED_EDITION.search(text, max(0, start - 24), start)
        return LawName(law_key(known), _edition(led), start)
    ending = _ENDS_AS_LAW.search(window)
    if ending is None:
        return None
    tail = _ENUMERATED.search(window)
    run = _RUN.search(window, 0, tail.start() if tail else len(window))
    name = _LEAD.sub("", run.group() if run else "")
    name = _EARLIER.sub("", name) + (tail.group() if tail else "")
    if len(name) < 3 or _OF_ARTICLE.match(name) or _UNNAMED.search(name) or is_generic(name):
        return None
    return LawName(law_key(name), None, end - len(name), sure=False)


def _over_a_line(window: str) -> str | None:
    """A name that a scan broke over two lines: 民事诉⏎讼法."""
    cut = window.rfind("\n")
    known = known_at_end(window[:cut] + window[cut + 1 :]) if cut >= 0 else None
    return window[-len(known) - 1 :] if known and len(window) - cut <= len(known) else None


def _defined(window: str, end: int, known: str | None, resolve: Resolve) -> LawName | None:
    """A short name that the text itself defined (以下简称解释), if it is not the end of a longer name."""
    for length in range(min(20, len(window)), 1, -1):
        name, before = window[-length:], window[:-length]
        law = None if name[0].isspace() else resolve(name, end - length)
        if law is None or (known and len(known) > length):
            continue
        run = _RUN.search(before)
        rest = _LEAD.sub("", run.group()) if run else ""
        if rest and is_generic(name):
            return None
        return LawName(law, None, end - length, short=True)
    return None
