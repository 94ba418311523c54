"""What is said with a measure: the day of its order, its period and its rank."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.judgments.measure_property import clause_start
from legal.dates import DATE, to_date
from legal.numerals import parse_number

_N = r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十壹贰叁]{1,3}|半)"
_UNIT = r"(?P<unit>年半|年|个月|个?月|日|天)"
_LENGTH = re.compile(
    rf"(?:期限|期间|为期|时间|有效期)(?:共|计|均|分别)?(?:为|是|：)?{_N}{_UNIT}(?!度|[0-9一二三四五六七八九十]+月)"
)
_BARE_LENGTH = re.compile(
    rf"^[^，。；\n]{{0,80}}?(?<![0-9年第满])(?<!不得超过){_N}(?P<unit>年|个月)(?=[（，。；]|$)"
)
_FROM_TO = re.compile(
    rf"(?:自|从)?(?P<a>{DATE.pattern.replace('?P<', '?P<a_')})(?:起)?(?:至|到|—|-|－)"
    rf"(?P<b>{DATE.pattern.replace('?P<', '?P<b_')})"
)
_UNTIL = re.compile(rf"(?:截?至|到)(?P<to>{DATE.pattern})")
# What leads to the last day: 查封期限三年，至|2021年7月29日届满; 将于|…届满; 到期日为|….
_UNTIL_LEAD = re.compile(
    r"(?P<term>(?:期限|期间|(?<!报告)(?<!结果)(?<!评估)有效期|续[封冻]期|[封结押]期)[^，。；\n至到]{0,12}(?:，[^，。；\n0-9至到]{0,8})?(?:截?止?至|到)"
    r"|(?:到期|届满|终止|截止)(?:日期?|时间)(?:为|是|：))(?=[12一二])"
    r"|(?:^|，|查封|冻结|扣押|续[封冻]|期限?|期间)(?:将|应|均|现|即|已)*(?:截?止?至|到|于)(?=[12一二])"
)
_ENDING = re.compile(r"止|届满|期满|到期|失效|终止")
_MONTH_DAY = re.compile(
    r"(?:(?P<year>[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3}|同|当|本|该)年)?(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日)?|(?P<month_of>[同当本该]月)(?P<of>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日|(?P<same>同日|当日|次日|翌日)"
)
_FULL = re.compile(r"([12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})年")
_RULED = re.compile(r"裁定|决定|委托")
_INSTRUMENT = re.compile(r"(?:裁定|通知|决定)书?$")
_DAY_ALONE = re.compile(r"^[于在]?[^，]{0,14}(?:[0-9一二三四五六七八九十]日|次日|翌日)$")
# A clause that only leads from an instrument to what it orders: …发出协助执行通知书，要求协助事项为：查封….
_LEADS_ON = re.compile(r"^[^，]{0,8}(?:事项|内容|主文)(?:为|是|如下)?$")
_CAPITAL = str.maketrans("壹贰叁", "一二三")
_FIRST = re.compile(r"首[先次轮位](?:查封|冻结|扣押)|首查?封|首冻|第一顺位|(?:查封|冻结)顺位为(?:第一|首)")
_WAITING = re.compile(r"轮候|轮后|轮侯|第[二三四五六]顺位")
_GENERIC = re.compile(
    rf"(?:查封|扣押|冻结)(?P<of>[^，。；\n的]{{2,20}})的期限(?:均|分别)?(?:为|是){_N}(?P<unit>年|个月)"
)
_CLASSES = (
    ("deposit", re.compile(r"存款|账户|账号|资金|余额|款项")),
    (
        "fixed",
        re.compile(
            r"房|不动产|土地|宗地|商铺|车位|车库|厂|股权|股份|股票|债权|财产权|权利|份额|基金|专利|商标|使用权|经营权|保单|公积金|收益"
        ),
    ),
    ("movable", re.compile(r"动产|车|设备|机|船|货|羊|牛|物品")),
)


@dataclass(frozen=True, slots=True)
class Period:
    """Begin and end as written, and the length in months as written."""

    begins: date | None = None
    ends: date | None = None
    months: int | None = None


def period_of(words: str, from_verb: bool = True) -> Period:
    """The period that `words`, which follow the verb, give for the measure."""
    span = _FROM_TO.search(words)
    begins = ends = None
    if span:
        begins = _date(span["a"])
        ends = _date(span["b"])
    elif until := _UNTIL.match(words):
        ends = _date(until["to"])
    else:
        ends = _last_day_said(words)
    length = _LENGTH.search(words) or (_BARE_LENGTH.match(words) if from_verb else None)
    return Period(begins, ends, _months(length) if length else None)


def _last_day_said(words: str) -> date | None:
    for lead in _UNTIL_LEAD.finditer(words):
        day = DATE.match(words, lead.end())
        if day and (lead["term"] or _ENDING.match(words, day.end())):
            return to_date(day)
    return None


def _date(words: str) -> date | None:
    match = DATE.match(words)
    return to_date(match) if match else None


def _months(match: re.Match[str]) -> int | None:
    number = match["n"].translate(_CAPITAL)
    if match["unit"] in {"日", "天", "月"}:
        return None
    if number == "半":
        return 6 if match["unit"] == "年" else None
    count = parse_number(number)
    if count is None:
        return None
    return count if match["unit"] == "个月" else count * 12 + (6 if match["unit"] == "年半" else 0)


def general_periods(orders: str) -> dict[str, int]:
    """The months that the orders give for classes of things: 冻结银行存款的期限为一年，查封动产…"""
    found: dict[str, int] = {}
    for match in _GENERIC.finditer(orders):
        months = _months(match)
        if months:
            found |= {kind: months for kind in _classes(match["of"]) if kind not in found}
    return found


def class_of(thing: str) -> str | None:
    """The class of a thing that periods depend on: deposit, fixed or movable."""
    return next((name for name, words in _CLASSES if words.search(thing)), None)


def _classes(words: str) -> set[str]:
    if "不动产" in words:
        return {"fixed"}
    return {name for name, pattern in _CLASSES if pattern.search(words)}


def rank_of(how: str, before: str, after: str) -> str | None:
    """首封 or 轮候, from the words with the verb and the clauses around it."""
    if _WAITING.search(how):
        return "轮候"
    if _FIRST.search(how + "查封") and "首" in how:
        return "首封"
    if re.search(r"(?:首封|首轮|首先|首次)$", before):
        return "首封"
    said = re.search(
        r"(?:属于|为|系|是|属|（)(?:本院)?(?:首先|首封|首次|首位|轮候|首轮|第[一二三四五]顺位)[^，。；]{0,6}",
        after,
    )
    if said is None:
        return None
    if _WAITING.search(said.group()):
        return "轮候"
    return "首封" if re.search("首|第一", said.group()) else None


def ordered_on(text: str, start: int, at: int, by_ruling: bool = False) -> date | None:
    """The day on which a measure at `at` was ordered, from its own clause or the ruling named before it.

    A day without a year (5月21日, 同年6月5日) is of the year named last before it. `by_ruling` where a day
    counts only with a ruling: an auction is held on another day than it is ordered.
    """
    clause = clause_start(text, start, at)
    if (found := _last_day(text, clause, at)) and not (by_ruling and not _RULED.search(text, clause, at)):
        return found
    for _ in range(2):
        if clause <= start:
            return None
        end = clause - 1
        before = clause_start(text, start, end)
        words = text[before:end]
        if _INSTRUMENT.search(words):
            return _last_day(text, start, clause)
        if _DAY_ALONE.match(words):
            return _last_day(text, before, clause)
        if not _LEADS_ON.match(words):
            return None
        clause = before
    return None


def _last_day(text: str, start: int, end: int) -> date | None:
    found = None
    for match in _MONTH_DAY.finditer(text, start, end):
        if text[match.start() - 1] in "自至从到" or text[match.end() : match.end() + 1] in tuple("起至止前"):
            continue
        found = match
    if found is None:
        return None
    if found["same"] or found["month_of"]:
        return _day_after_another(found)
    return _day(found)


def _day_after_another(match: re.Match[str]) -> date | None:
    """The day of 同日, 次日 or 同月5日, from the last full day before it."""
    window = _MONTH_DAY.finditer(match.string, max(0, match.start() - 200), match.start())
    named = next(
        (day for earlier in reversed(list(window)) if earlier["day"] and (day := _day(earlier))), None
    )
    if named is None or match["same"] in ("同日", "当日"):
        return named
    try:
        return (
            named + timedelta(days=1) if match["same"] else named.replace(day=parse_number(match["of"]) or 0)
        )
    except (ValueError, OverflowError):
        return None


def _day(match: re.Match[str]) -> date | None:
    """The day of a match with month and day, of the year named last if it has none."""
    if match["day"] is None:
        return None
    year = match["year"]
    if year is None or year in "同当本该":
        named = _FULL.findall(match.string, max(0, match.start() - 300), match.start())
        year = named[-1] if named else None
    numbers = [parse_number(part) if part else None for part in (year, match["month"], match["day"])]
    try:
        return date(*(n for n in numbers if n is not None)) if None not in numbers else None
    except ValueError:
        return None
