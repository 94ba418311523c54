"""Courts: finding a court's name in text, and its level from the name alone."""

import re

LEVELS = ("最高人民法院", "高级人民法院", "中级人民法院", "基层人民法院")
COURT = re.compile(
    r"(?:最高人民法院|(?:(?!法院)[一-鿿]){2,24}?(?:人民法院(?:生产建设兵团分院|[一-鿿]{2,8}?自治州分院)?|"
    r"(?:海事|知识产权|金融|互联网|军事)法院|(?:铁路运输|农垦|林区|油田|矿区)(?:中级|基层)?法院))"
)
_HEAD = re.compile(rf"^[ 　]*{COURT.pattern}(?=\s|$)", re.MULTILINE)
# 某 市 人 民 法 院: a line of the name alone, its letters apart.
_SPACED_HEAD = re.compile(r"^[ 　]*(?P<name>(?:[一-鿿][ 　\t]+){3,30}院)(?=\s|$)", re.MULTILINE)
_SPACED = re.compile(r"(?<=[一-鿿])[ 　\t]+(?=[一-鿿])")
# Words before a court that are no part of its name; the brackets keep the places that hold the same letter
# (向阳区, 于都县, 经济技术开发区, 从化区, 将乐县).
_LEAD = re.compile(
    r"^.*(?:不服|诉至|移送|移交|指定|委托|撤销|维持|依照|依据|根据|执行|日(?=在|向|由)|本人在|本[省市区州县]|"
    r"经(?!济|开)|由|在|向(?!阳)|于(?!都|洪|田)|对|至|到|报|按|被|从(?!江|化)|将(?!乐)|中华人民共和国)"
    r"(?=.{4,}法院)"
)
_AND = re.compile("^(?:和(?!平|静|田|龙|县|顺|政|林|布|硕)|与|及|或者?)(?=.{4,}法院)")
# 下级人民法院, 有管辖权的人民法院: a court that is not named.
_NO_NAME = re.compile(
    "^(?:人民|军事|海事)法院|(?:[的地审权者告方请求诉]|(?<![高中])级)(?:人民|军事|海事)法院"
)
_LEVELS = (
    (re.compile("^(?:中华人民共和国)?最高(?:人民)?法院|^最高(?:院|法)$"), "最高人民法院"),
    (re.compile(r"高级(?:人民)?法院(?:.{2,8}分院)?$|高院$|^中国人民解放军军事法院$"), "高级人民法院"),
    (
        re.compile("中级(?:人民)?法院$|(?:海事|知识产权|金融)法院$|中院$|(?:战区|军区|总直属)军事法院$"),
        "中级人民法院",
    ),
    (re.compile("(?:人民|互联网|铁路运输|农垦|林区|林区基层|油田|矿区)法院$"), "基层人民法院"),
)
# 福建高院 is 福建省高级人民法院. Short names of other courts do not tell the name in full.
_PROVINCES = {
    "省": "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 "
    "云南 陕西 甘肃 青海",
    "市": "北京 天津 上海 重庆",
    "自治区": "内蒙古 西藏",
    "壮族自治区": "广西",
    "回族自治区": "宁夏",
    "维吾尔自治区": "新疆",
}
_HIGH = {name: f"{name}{kind}高级人民法院" for kind, names in _PROVINCES.items() for name in names.split()}
_COURT_ALONE = re.compile(rf"{COURT.pattern}$")
_SHORT_HIGH = re.compile(rf"({'|'.join(_HIGH)})[省市]?高(?:级法)?院")


def find_court(text: str) -> str | None:
    """The first court named in `text`, or None; a court that stands at the head of a line comes first.

    Circuit and other divisions (最高人民法院第一巡回法庭, 人民法庭) are the court that they belong to. Where
    no court is named in full, the short name of a high court (福建高院) gives its name in full.
    """
    head = _HEAD.search(text) or _COURT_ALONE.match(_spaced_head(text))
    if head:
        return _named(head)
    first = next((name for match in COURT.finditer(text) if (name := _named(match))), None)
    spaced = None if first else COURT.search(_SPACED.sub("", text[:300]))
    if first or spaced:
        return first or (spaced and _named(spaced))
    short = _SHORT_HIGH.search(text)
    return _HIGH[short[1]] if short else None


def _spaced_head(text: str) -> str:
    line = _SPACED_HEAD.search(text)
    return "".join(line["name"].split()) if line else ""


def _named(match: re.Match[str]) -> str | None:
    name = _AND.sub("", _LEAD.sub("", match.group().strip()))
    return None if _NO_NAME.search(name) else name


def court_level(name: str | None) -> str | None:
    """One of `LEVELS`, read off the name; maritime, financial and similar courts rank as 中级.

    A military court below those of the theatres tells no level, and a division (法庭) has that of its court.
    """
    if not name:
        return None
    court = re.sub("(?<=法院)(?:第[一二三四五六]巡回法庭|[一-鿿]{2,12}法庭)$", "", name)
    return next((level for pattern, level in _LEVELS if pattern.search(court)), None)
