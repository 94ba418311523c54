"""Numbers and addresses of persons in a text: identity, telephone, bank card, address, e-mail and the like.

What is no personal number by its label stays: case, contract and file numbers, credit codes, receipts. A bank
account goes whoever holds it (provision 10 names those of organisations too), except a court's or treasury's,
into which parties must pay. An official landline stays, a mobile number never.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text that must be masked. Equal `value` within a kind means the same thing."""

    start: int
    end: int
    kind: str
    value: str


_Runs = list[tuple[int, int]]

_NARROW = str.maketrans("０１２３４５６７８９Ｘｘ＋", "0123456789Xx+")
_WIDE = re.compile("[０-９]")
_GAP = "[ \u3000\xa0]{0,2}"


def _spaced(*parts: str) -> str:
    return _GAP.join(parts)


_MONTH_DAY = rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2]){_GAP}(?:0{_GAP}[1-9]|[12]{_GAP}\d|3{_GAP}[01])"
_CENTURY = f"(?:1{_GAP}[89]|2{_GAP}0)"
_REGION = rf"(?:[1-6]{_GAP}[1-7]|7{_GAP}1|8{_GAP}[1-3])"
_TWO, _THREE, _FOUR = (_spaced(*[r"\d"] * count) for count in (2, 3, 4))
# Where a number long enough for any of the patterns below stands; only there are they tried.
_RUN = re.compile(r"(?:\+|[（(](?=0))?\d(?:[ 　\xa0\-－—–()（）]{0,2}\d){6,}[Xx]?")
_IDENTITY = re.compile(
    rf"(?<![\dA-Za-z])(?:{_spaced(_REGION, _FOUR, _CENTURY, _TWO)}"
    rf"{_GAP}{_MONTH_DAY}{_GAP}{_THREE}{_GAP}[\dXx](?![\dA-Za-z])"
    r"|(?:[1-6][1-7]|71|8[1-3])\d{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z.]))"
)
_OTHER_IDENTITY = re.compile(
    r"(?:护照|通行证|台胞证|军官证)(?:证?号码?)?[：:为]?\s*([A-Z]{1,2}\d{6,10})(?![\dA-Za-z])"
)
_MOBILE = re.compile(
    r"(?<![\d.,A-Za-z])(?:(?:\+|00)?86[ -]?)?1[3-9](?:\d{9}|\d([ 　-])\d{4}\1\d{4})"
    r"(?![\dA-Za-z]|\.\d|[万亿]?元)"
)
_MOBILE_SPREAD = re.compile(r"(?<![\d.,A-Za-z])1 [3-9](?: \d){9}(?! ?\d)")
_LANDLINE = re.compile(
    r"(?<![\d-])(?:[（(]0\d{2,3}[）)][ -]?|0\d{2,3}[-—－–])(?:\d{7,8}|\d{4}[- ]\d{4}|\d{3}[- ]\d{4})(?!\d)"
    r"|(?:(?<=电话)|(?<=电话[：:])|(?<=电话号码[：:])|(?<=座机[：:]))[2-8]\d{6,7}(?![\d.万元])"
)
_OFFICIAL = re.compile(
    r"法院|法官|法庭|书记员|执行[局员]|检察|公安|办公[室厅]|举报|监督|咨询|投诉|热线|服务|政府|大厅|委员会|[厅局部](?=[^门])"
)
_CARD = re.compile(
    r"(?<![\dA-Za-z.-])[3-69]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\dA-Za-z]|\.\d)|"
    r"(?<![\dA-Za-z.-])[3-69]\d{5} \d{10,13}(?![\dA-Za-z])"
)
_BANKS = ("62", "9558", "6013", "6014", "4367", "4563", "5187")  # with which cards of Chinese banks begin
_ACCOUNT = re.compile(
    r"(?:[账帐][号户]|卡号|银行卡|存折|社保卡)[^\d\n。；，,;尾]{0,12}"
    r"(\d(?:[ -]?\d){7,29})(?![\dA-Za-z]|\.\d|[万亿]?元|年)"
)
_ACCOUNT_BEFORE = re.compile(r"(?:[账帐][号户]|卡号?|存折)[^。；\n\d]{0,16}$")
_PAYEE = re.compile(r"(?:户名|收款人|收款单位|开户名称|账户名称)[：:为是]?\s*([^，。；,;\n：:]{2,40})")
_PUBLIC_PAYEE = re.compile("法院|法庭|案款|执行款|财政|国库|检察院|非税")
_NO_PERSON = re.compile(
    r"(?:编号|代码|合同号?|单号|流水号?|凭证号?|许可证号?|执照号?|注册号|证书号?|专利号|发票号码?|车架号|识别代号|"
    r"发动机号|保单号?|订单号?|执业证号?|文号|案号|尾号|备案号|登记号|ISBN|ISSN)[码均为是：:（(\s]*[A-Za-z]{0,8}-?$"
)
_EMAIL = re.compile(r"(?<![\w.%+-])[A-Za-z0-9][\w.%+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_WECHAT = re.compile(r"微信(?:账?号|ID)?[：:为是（(]{0,2}\s*([A-Za-z][\w-]{5,19})", re.ASCII)
_QQ = re.compile(r"[Qq]{2}(?:账?号码?)?[：:为是]{0,2}\s*([1-9]\d{4,10})(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•． ]?(?=[A-Z]{0,4}\d)"
    r"(?![A-Z\d]{0,5}XX)[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳](?![\dA-Za-z])"
)
_PLACE = "[一-鿿](?<![镇乡路街村道巷号栋幢组弄])"
_DISTRICT = (
    rf"(?:(?:{_PLACE}){{1,8}}?(?:省|自治区))?(?:(?:{_PLACE}){{1,8}}?(?:市|自治州|地区|盟))?"
    rf"(?:(?:{_PLACE}){{1,8}}?(?:县|(?<![小社园校厂库矿景辖])区|旗|市(?!场)))?"
)
_ADDRESS = re.compile(
    r"(?:户籍(?:所在)?地址?|户口所在地|住[址所]地?|现住址?|居住地|暂住地?|(?:送达|联系|通[讯信]|户籍|身份证)地址|"
    r"(?:(?<=[，,。；;（(\s现家])|^)住(?:在|于)?(?![房建宅院宿所户民])|[居租暂]住(?:在|于|[：:]))(?P<mark>[：:为是|\s]*)"
    rf"(?P<district>{_DISTRICT})(?P<detail>(?:[^，。；、,;\n|（(）)：:\s.的]|[ ](?=[\dA-Z]))"
    r"{2,60})",
    re.MULTILINE,
)
_DETAIL = re.compile(r"[路街道巷弄号村组室幢栋楼镇乡屯苑里]|胡同|单元|小区|社区|花园|宿舍|公寓")
_PLAIN_DETAIL = re.compile(r"\d|[一-鿿]{2,4}(?:镇|乡|街道)[一-鿿]{2,8}[村组路街巷]|[一二三四五六七八九十]组$")
_REST_OF_DISTRICT = re.compile("[一-鿿]{1,3}?(?:县|(?<![小社园校厂库矿景辖])区|市(?!场))")
_HEAD_BEHIND = re.compile("[；;，,。\\s]{1,3}(?:法定代表人|负责人)")
_DETAIL_END = re.compile(r"(?:系|电话|身份证|公民身份|联系|邮编)")
_DESENSITISED = re.compile(r"[×＊*XＸ某]{1,}|【")
_PERSON = re.compile(r"[，,|（(]\s*(?:性别[：:]?)?[男女]|身份证|公民身份|出生|[岁族]|^[^公司厂行局]{0,60}$")
_ORGANISATION = re.compile(r"公司|[厂店社所局院会处站]|银行|支行|中心|集团|合作社|学校|政府|协会")


def narrow(text: str) -> str:
    """`text` with full-width digits made narrow; every character stays at its place."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def find_numbers(text: str, norm: bool) -> list[Found]:
    """The personal numbers and addresses in `text`, in order, none over another. Norms hold no addresses."""
    plain = narrow(text)
    runs = [(run.start(), min(len(text), run.end() + 2)) for run in _RUN.finditer(plain)]
    taken: list[Found] = []
    finders = (_contacts, _identities, _accounts, _phones)
    for finder in finders if norm else (_addresses, *finders):
        earlier = [(found.start, found.end) for found in taken]
        taken = sorted([*taken, *_apart(finder(plain, runs), earlier)], key=lambda found: found.start)
    return taken


def _apart(candidates: Iterator[Found], taken: list[tuple[int, int]]) -> Iterator[Found]:
    """Those of `candidates` that touch none of `taken`, which is sorted; and none before."""
    index, last = 0, 0
    for found in sorted(candidates, key=lambda found: (found.start, -found.end)):
        while index < len(taken) and taken[index][1] <= found.start:
            index += 1
        if found.start >= last and (index == len(taken) or taken[index][0] >= found.end):
            last = found.end
            yield found


def _group(kind: str, match: re.Match[str], group: int | str = 0) -> Found:
    value = re.sub(r"[^0-9A-Za-z]", "", match[group]).upper() if kind != "address" else match[group]
    return Found(match.start(group), match.end(group), kind, value or match[group])


def _in_runs(pattern: re.Pattern[str], text: str, runs: _Runs) -> Iterator[re.Match[str]]:
    for start, end in runs:
        yield from pattern.finditer(text, start, end)


def _labelled_otherwise(text: str, start: int) -> bool:
    return _NO_PERSON.search(text, max(0, start - 20), start) is not None


def _identities(text: str, runs: _Runs) -> Iterator[Found]:
    for match in _in_runs(_IDENTITY, text, runs):
        if not _labelled_otherwise(text, match.start()):
            yield _group("id_number", match)
    for match in _OTHER_IDENTITY.finditer(text):
        yield _group("id_number", match, 1)


def _accounts(text: str, runs: _Runs) -> Iterator[Found]:
    for match in _ACCOUNT.finditer(text):
        start = match.start(1)
        if not _labelled_otherwise(text, start) and not _is_public(text, start, match.end(1)):
            yield _group("bank_card", match, 1)
    for match in _in_runs(_CARD, text, runs):
        digits = re.sub(r"\D", "", match[0])
        start = match.start()
        if _labelled_otherwise(text, start) or _is_public(text, start, match.end()):
            continue
        if (
            digits.startswith(_BANKS)
            or _luhn(digits)
            or _ACCOUNT_BEFORE.search(text, max(0, start - 24), start)
        ):
            yield _group("bank_card", match)


def _luhn(digits: str) -> bool:
    """Whether the last digit checks the others, as on every payment card."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def _is_public(text: str, start: int, end: int) -> bool:
    """Whether an account is a court's or a treasury's: by the holder named before it, or what follows."""
    before = text[max(0, start - 120) : start]
    payees = _PAYEE.findall(before)
    near = payees[-1] if payees else before[-40:].rsplit("\n", 1)[-1]
    return bool(_PUBLIC_PAYEE.search(near) or re.match(r"[^。\n]{0,10}(?:财政|国库)", text[end : end + 16]))


def _phones(text: str, runs: _Runs) -> Iterator[Found]:
    for pattern in (_MOBILE, _MOBILE_SPREAD):
        for match in _in_runs(pattern, text, runs):
            if not _labelled_otherwise(text, match.start()):
                found = _group("phone", match)
                yield Found(found.start, found.end, "phone", found.value[-11:])
    for match in _in_runs(_LANDLINE, text, runs):
        before = text[max(0, match.start() - 30) : match.start()].rsplit("。", 1)[-1]
        after = text[match.end() : match.end() + 16].split("。")[0]
        if not _OFFICIAL.search(before) and not re.match(r"[（(][^）)\n]{0,14}(?:法院|局)", after):
            yield _group("phone", match)


def _contacts(text: str, _: _Runs) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        if not match[0].endswith(".gov.cn"):
            yield Found(match.start(), match.end(), "email", match[0].lower())
    for match in _WECHAT.finditer(text):
        yield Found(match.start(1), match.end(1), "wechat", match[1])
    for match in _QQ.finditer(text):
        yield _group("qq", match, 1)
    for match in _PLATE.finditer(text):
        yield Found(match.start(), match.end(), "plate", re.sub(r"[·•． ]", "", match[0]))


def _addresses(text: str, _: _Runs) -> Iterator[Found]:
    """What stands below the county or district in a person's address, which provision 11 keeps."""
    for match in _ADDRESS.finditer(text):
        detail = _DETAIL_END.split(match["detail"])[0]
        start = match.start("detail")
        if match["district"][-1:] not in "县区旗" and (district := _REST_OF_DISTRICT.match(detail)):
            detail, start = detail[district.end() :], start + district.end()
        if len(detail) < 2 or not _DETAIL.search(detail) or _DESENSITISED.search(detail):
            continue
        if not match["district"] and not _PLAIN_DETAIL.search(detail):
            continue
        entry = re.split(r"[。\n]", text[max(0, match.start() - 120) : match.start()])[-1]
        of_organisation = _ORGANISATION.search(entry) or _HEAD_BEHIND.match(text, start + len(detail))
        if match[0].startswith("住所") and of_organisation and not _PERSON.search(entry):
            continue
        yield Found(start, start + len(detail), "address", detail)
