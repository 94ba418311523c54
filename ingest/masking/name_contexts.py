"""The words that stand before and behind names of persons in legal documents, as patterns."""

import re
from collections.abc import Iterable
from pathlib import Path


def _blocks(name: str) -> dict[str, list[str]]:
    """The words of a file of this package under each of its headings in square brackets."""
    blocks: dict[str, list[str]] = {}
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            block = blocks.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            block.extend(line.split())
    return blocks


_LISTS = _blocks("name_words.txt")
_SURNAMES = _blocks("surnames.txt")
EVERYDAY = frozenset(_SURNAMES["字"])  # surnames that are everyday characters as well
SURNAMES = frozenset(_SURNAMES["姓"]) | EVERYDAY
COMPOUND_SURNAMES = frozenset(_SURNAMES["复姓"])
# Characters with which names in other languages are written in Chinese.
SOUNDS = "".join(_LISTS["译音"])


def _any_of(words: Iterable[str], gap: str = "") -> str:
    """A pattern for any of the words, the longest first, with one branch for each first character."""
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    optional = branches.pop("", None) is not None
    joined = "|".join(
        head + (gap + _any_of(tails, gap) if any(tails) else "") for head, tails in branches.items()
    )
    return f"(?:{joined})" + ("?" if optional else "")


def _endings(*blocks: str) -> list[str]:
    """The words of the blocks without those that end in another: enough for where a word ends."""
    every = {word for block in blocks for word in _LISTS[block]}
    # One that begins with another, 其姐夫 with 其姐, would be missed after that one.
    return sorted(
        word
        for word in every
        if not any(word[cut:] in every for cut in range(1, len(word)))
        or any(word[:cut] in every for cut in range(1, len(word)))
    )


_MASKED = _any_of(_endings("当事人", "亲属", "各方"))
_AGENT = _any_of(_endings("代理"))
_OFFICE = _endings("职务")
# "被告：", "原告（反诉被告）", "被告一：", "申请人（签名）："; then a name may follow.
_ASIDE = r"(?:[一二三四五六七八九十]{1,2}(?=[：:（(])|\d{1,2}(?=[：:]))?(?:\s?[（(][^（）()\n]{1,20}[）)])?"
ROLE = re.compile(
    rf"{_MASKED}(?!民[币法警政检事])(?:[方们](?=与|向|[：:]))?{_ASIDE}"
    r"\s?[：:]?(?:自报|姓名[：:]?)?[ 　]*\|?[ 　]*"
)
AGENT = re.compile(rf"{_AGENT}{_ASIDE}\s?[：:]?[ 　]*")
OFFICE = re.compile(_any_of(_OFFICE, r"\s?") + r"[：:]?[ 　]*")
AFTER_ROLE = re.compile(rf"(?:{_MASKED}|{_AGENT})[：:\s]?$")
SPEAKER = re.compile(r"^([一-鿿]{2,4})：", re.MULTILINE)
LABEL = re.compile(r"(?:^|[\s，,；;（(|])[一-鿿]{2,8}[：:][ 　]?(?=[一-鿿])", re.MULTILINE)
LAWYER = re.compile(r"律师|法律工作者|法律服务工作者|法律援助")
OFFICE_BEHIND = re.compile(
    rf"[（(]?(?:{_any_of(_OFFICE)})(?![一-鿿])|[（(](?:[^（）()\n]{{0,20}})(?:律师|法官|书记员)[）)]"
)
LINK = re.compile(r"(?:[（(][^（）()\n]{1,40}[）)])?(?:、|\s{1,6}|以?及|[和与])(?=[一-鿿])")
SUED = re.compile(
    r"(?:^|(?<=[/\\\s《“_（(-]))(?:\d{1,6}[-_.、 ]{1,2})?(?=[一-鿿·•、]{2,40}?(?:等[一-鿿\d]{0,6})?"
    r"(?P<verb>诉|与|申请执行)[^。；\n]{2,60}(?:案|纠纷|[裁判]决|裁定|执行))",
    re.MULTILINE,
)
# Sex, birth or an identity number behind a name, which nothing but a person has.
PERSON_BEHIND = re.compile(
    r"(?P<sex>[，,（(]\s?(?:性别[：:]?)?[男女])(?=[，,。；;）)\s])|[，,（(](?:公民)?身份证|"
    r"[，,（(]系[^，。\n]{1,16}之[父母妻夫子女]|"
    r"(?P<cell>[ 　]?[\t|][ \t|　]{0,3}(?=[男女][\s|]|\d{17}[\dXx]|1[3-9]\d{9}))|"
    r"[（(](?:另案处理|已判[决刑]|在逃|殁年|时年|已死亡|曾用名|绰号|化名|别名)|[，,]曾用名"
)
ALIAS = re.compile(
    r"(?:曾用名|别名|又名|化名|绰号|外号|诨号|小名|乳名|网名|原名)[：:为是]?\s?[“\"「']?(?P<open>)"
)

ACTS = re.compile(
    "诉称|辩称|陈述|证实|供述|证言|证明|驾驶|出具|签订|支付|偿还|归还|借款|交付|承诺|指使|伙同|窜至|报警|出资|签[名字]|"
    "离家|死亡|受伤|"
    "负[全主次同]|承担|赔偿|提[出交供]|认为|拒不|多次|名下|之间|夫妇|夫妻|的(?:陈述|证言|供述|账户|[妻儿女父母])|"
    "家[中里]|收到|应[当于]|"
    "通过|转账|申请|起诉|上诉|主张|要求|同意|请求|表示|自愿|[未到出]庭|未到|领取|购买|出售|转让|租赁|居住|失踪|投保|骑行|乘坐|"
    "持有|持刀|"
    "殴打|报案|归案|投案|书写|担保|拖欠|失联|拒绝|在场|作证|承包|转包|退出|认缴|挂靠|代付|称|说|打|骗|拿|欠|诉|已|未|曾|系"
)
# What goes before or behind a name inside a sentence. Some of these are also parts of names.
BEFORE = frozenset(
    "与和及对向由被将把给让跟同找叫从替请帮诉系是为至到经因以按据而后时但且并也又都说称在了则即就仅只"
)
BEHIND = frozenset(
    "与和及对向由被将把给让跟在的系是为至到经因以按据而并也又都说称诉辩则即就仅只未不应已于等之所其夫名"
    "家驾持犯曾再还共先拒无有可能了从"
)
# What leads to a person in a sentence, and seldom to a thing.
LEADS = frozenset("与和向给跟同找叫被由把替让请帮骗取欠是系问")
LEADING = frozenset("与和及对向由被将把经找叫从替请帮有")
NOT_IN_NAMES = frozenset("某×xXＸ＊的了们等")
TITLES = frozenset(_LISTS["称呼"])
_STRETCH = re.compile("[一-鿿A-Za-z]{2,20}(?:[（(][一-鿿]{1,6}[）)][一-鿿]{0,20})?")
# What a place, a thing or an office ends with, and a given name hardly ever.
NO_LAST = frozenset("省县市区镇乡路街厂店院部局所队组证单权费款物员牌班科股类型税业法案")
_ORGANISATION = re.compile(
    "公司|集团|[工分]?厂|银行|支行|分行|信用社|联社|合作社|事务所|商[行店贸]|[百杂]货[店行]|店|"
    "饭馆|酒楼|超市|医院|卫生院|学[校院]|"
    "[中小大]学|法院|检察院|公安局|委员会|村委会|居委会|人民政府|[一-鿿]{2}局|中心|协会|研究[所院]|经营部|"
    "工作室|[家屯]村"
)
_PLACE_END = re.compile("[县市区镇乡街牌村庄屯]|路(?!过)")
_BREAK = re.compile(
    "[与和及向在将被由因为以从对给到至称诉辩是系的并于等应未所其某你我他了]|申请|经(?![济营贸])|发放|签|请"
)
COMMON_GIVEN = frozenset("".join(_LISTS["名用字"]))

# Everyday words that jieba's dictionary has as names of persons.
NOT_NAMES = frozenset(_LISTS["非名"])
# Those that are acts or qualities, and no names even behind a role.
ACTIONS = frozenset(_LISTS["行为"])
# No given name begins with these.
NO_GIVEN = frozenset("其将被把给向与和的了是在于对从而及或之以为就都也还又不没因由所该此这那您你我他她它们")
# Everyday characters that are surnames and, in a sentence, nearly always something else.
SELDOM = frozenset("于和向从由经应有都时连全公通须那元支管束后方")


def is_organisation(text: str, start: int, end: int) -> bool:
    """Whether what begins at `start` runs on beyond `end` as an organisation or a place: 李宁公司, 石桥县."""
    if _PLACE_END.match(text, end):
        return True
    match = _STRETCH.match(text, start)
    if match is None or match.end() <= end:
        return False
    stop = _BREAK.search(text, end, match.end())
    return _ORGANISATION.search(text, end - 1, stop.start() if stop else match.end()) is not None
