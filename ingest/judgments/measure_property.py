"""The thing that a measure concerns: the shortest phrase of the text that identifies it."""

import re

Span = tuple[int, int]

# Where the phrase behind a verb ends at the latest.
_STOP = re.compile(
    r"[，。；：\n！？]|(?:，|并|且)(?:依法)?(?:予以|进行|于|将|对|划拨|扣划|提取|发还|责令|委托|通知|向|告知|裁定|启动|支付)|"
    r"(?:予以|进行)(?:查封|扣押|冻结|公开|网络|司法|拍卖|变卖|评估)|"
    r"的?(?:查封|冻结|扣押)?(?:期限|期间)|用于|用以|以清偿|以偿还|至本院|到本院|汇入|归(?=还|买|申)|以(?=[0-9.,]+[万亿]?元(?:成交|的价))|"
    r"(?:不服|不当|不妥|有异议|有误|违法|错误|并无不当)(?=[，。；]|$|提出|向|而)|过程中|一案|的?(?:裁定|执行行为|行为)(?![一-鿿])|的(?:执行)?(?:行为|异议|请求|申请|方式)|后(?=[，。；])|以足|(?<=元)(?:至|到)|(?:或者?|、|及|和|并|以及)(?:依法)?(?=查封|扣押|冻结|划拨|扣划|拍卖|变卖|提取|扣留)"
)
_INNER = re.compile(
    r"（[^（）\n]{1,60}）(?=[一-鿿、])(?!(?:以|等|均|的期限|予以|进行|由|共计|为|并|归|已|被|现|用于|期限))"
)
# What tells one account from another: 账户|（尾号0001）|.
_ACCOUNT = re.compile(
    r"(?<=[户号卡款折])（(?:账号|账户|卡号|户号|尾号|末四位|后四位)(?:尾号|后四位|末四位)?(?:为|是|：)?[0-9A-Z*×]{2,30}）"
)
_CONTINUES = re.compile(r"，(?=(?:位于|坐落(?:于|在)?|车牌号?|号牌|以及|及|和)(?!本院|申请))")
_NAMED = (
    r"(?:登记)?(?:在|于)?(?:上列|上述|本案|涉案)?(?:各|二|两|三|四|五)?"
    r"(?:被执行人|被申请人|被保全人|被告人?|第三人|案外人|异议人|担保人|保证人|申请人|上诉人|协助执行人|单位)"
)
_NAMED_ONLY = re.compile(rf"{_NAMED}[^的0-9]{{0,30}}$")
_BANK = r"(?:银行|信用社|信用联社|支行|分行|营业部|分理处)"
_OWNER = re.compile(
    rf"(?![^，。；：的]{{0,60}}{_BANK}[^，。；：的]{{0,12}}(?:开立|开设)的)"
    rf"(?:{_NAMED}|登记在|登记于|其|他们?|该公司|你|公司|本人)?[^，。；：的位坐对]{{0,60}}?(?<!未)"
    r"(?:名下(?:所有|持有|享有|登记|拥有)?|共同共有|按份共有|共有|(?<!的)所有|合法所有|持有|(?<!对)享有|拥有|开立|开设|提供(?:抵押|担保)?|抵押|质押|投保)的(?!权利)"
)
_OWNER_BARE = re.compile(
    r"(?:登记(?:在|于))?(?:[^，。；：的]{0,40}?)(?:名下(?:所有|持有|享有|登记)?|持有|(?<=人)所有)(?:的|之)?(?=[一-鿿A-Z0-9“])"
)
_PERSON = re.compile(
    rf"{_NAMED}(?=对)|{_NAMED}(?:(?!价值|义务|账户|公积金|存款|工资|住房)[^，。；：的在位坐于]){{1,24}}?(?=在|位于|坐落|应得|应收|对|的[^，。；]{{2}})|{_NAMED}(?!中国|农业|工商|建设|交通|招商|邮政)[^，。；：的]{{2,3}}(?=银行存款|存款|银行账户)|{_NAMED}的?(?=[^，。；]{{2}})|其(?!他|余|中)"
)
# Who has an account, where neither a role nor 名下 is said: |某公司|在某银行开立的账户.
_HOLDER = re.compile(
    rf"[^，。；：的在对于0-9]{{2,30}}?(?=在[^，。；：的在]{{1,30}}?{_BANK}[^，。；：的]{{0,12}}(?:开立|开设|的|账户|账号|存款))"
)
_HAS = re.compile(
    r"[^，。；]{0,40}?办理了?|[^，。；]{0,40}?有(?=(?:一|二|两|三|[0-9]+)(?:辆|套|处|宗|台|间|栋|艘)|位于|坐落|车牌)"
)
_LEADING = re.compile(
    r"^(?:(?:被|已经?|已被)?(?:查封|冻结|扣押)的|了|过|的|到(?!期)|将|把|就|原|相关|有关|尚有|尚存|登记有|查明|经查|发现|仅有|有|为|：|，|、|以及|及|和|本院|已经?|依法|于|从|所持有?的?)+"
)
_TRAILING = re.compile(
    r"(?:等(?:财产)?|全部|的|均|已|也|现|亦|分别|后|依法|予以|一并|先后|业|经|被|由|以|、|，|于|在|各|都|又|并|及时|本院|人民法院|过程中|共计|合计|中|时)+$"
)
_POINTER = re.compile(
    r"^(?:该(?!公司|行|院|厂|企业|单位|村|社|户)|上述|上列|前述|前项|涉案|案涉|本案|以上|同一|此|各该|该等|该项|相应(?!价值))(?:被)?(?:查封|冻结|扣押|抵押)?(?:的)?"
    r"[^，。；0-9省市县区路号]{0,8}$|^(?:其|款项?|之|财产|标的物?|房屋|房产|车辆|账户|不动产|存款|股权|该房|该车|该账户|该宗地|二者)$"
)
_THING = (
    r"(?:房屋?|房产|房地产|住房|住宅|别墅|公寓|商铺|门面|店铺|厂房|用房|仓库|写字楼|办公楼|土地使用权|使用权|土地|宗地|用地|车位|车库|"
    r"[车船]辆?|车|汽车|轿车|货车|客车|摩托车|挂车|账户|账号|存款|资金|款项?|余额|股权|股份|股票|份额|债权|工资|收入|公积金|保单|"
    r"现金价值|保险|设备|机器|机械|船舶|不动产|动产|财产|商标权?|专利权?|货物|存货|羊|牛|猪|林权|林木|采矿权|探矿权|经营权|"
    r"养老金|奖金|补贴|租金|尾款|股息|红利|分红|基金|信托|权益|机[床组]?|锅炉|生产线|产品|债券|房款|货款|工程款|补偿款|拆迁款)"
)
_COUNT = (
    r"(?:[0-9.,一二两三四五六七八九十百千万亿壹贰叁]+(?:余|多)?"
    r"(?:套|辆|台|处|宗|头|只|间|栋|幢|个|份|元|万元|亿元|平方米|亩|股|块|批|艘|支|副|件|片|条)(?:房产|房屋|土地)?)"
)
_TOPIC = re.compile(rf"{_THING}(?:{_COUNT}|（[^（）]{{1,60}}）|、|及|等|[0-9一二三四五六]+)*$")
_FRONTED = re.compile(r"(?<![应面针])(?:对(?!外|方|账|本案债权)|将|把)(?P<np>[^，。；\n]{1,150}?)$")
_ADVERB = (
    r"(?:的|依法|均|已经?|现|业|也|又|曾|还|再次|先后|分别|一并|于|并|仍|且|则|亦|后|"
    r"予以|进行了?|采取了?|实施了?|办理了?|作出了?|被|由|经|裁定|决定|启动了?|完成了?|落实了?|委托|"
    r"(?:相应的?)?(?:控制性|强制)?(?:执行)?措施|第[一二三四]次|首次|两次|[一二两三]次)"
)
_SPOKEN = re.compile(r"查封|冻结|扣押|拍卖|变卖|扣划|提取")
_HELD = re.compile(r"(?:被|已经?|已被)?(?:查封|冻结|扣押)的")
_POINTED = re.compile(r"(?:该|上述|案涉|涉案|前述)[^，。；由被在以经已于第首两因现系均]{1,12}")
# How many things back a word may point.
_REMEMBERED = 40
_TAIL_WORDS = re.compile(rf"{_ADVERB}+$")
_PASSIVE = re.compile(
    r"(?P<np>[^，。；\n]{2,150}?)(?:现|业|均|也|又|曾|还|先|此前|目前|在(?:诉讼|执行|审理|另案|本案|保全|诉前)[^，。；被由]{0,8}|于?[0-9二][0-9〇○零一二三四五六七八九]{3}年[0-9一二三四五六七八九十年月日]{2,9}|于(?:诉讼|诉前|同|当)[^，。；被由]{1,12})*"
    r"(?:已经?|因另案)?(?:被|由|经|系|虽已|已)[^，。；\n]{0,60}$"
)
_TOLD = re.compile(
    r"(?:名下(?:登记|尚)?有|登记有|拥有|持有|发现[^，。；]{0,30}有|查(?:明|到)[^，。；]{0,20}有)(?!权)"
)
_GENERAL = re.compile(r"(?:其|该|名下|银行|相关|有关|所有|的)*(?:账户|账号|存款|房屋|房产|不动产|车辆|股权)$")
_SUM = re.compile(r"[0-9.,]+万?元$")
# Nouns of one kind of thing: what 该房屋 and 上述账户 point to has one of the same kind.
_FAMILIES = tuple(
    re.compile(words)
    for words in (
        r"房|不动产|住宅|商铺|门面|公寓|楼|厂|土地|宗地|用地|仓库|车位|车库",
        r"车(?!位|库)",
        r"账户|账号|存款|资金|款|余额|保证金",
        r"股权|股份|股票|份额",
        r"债权",
        r"设备|机",
    )
)


def points(words: str, kind: str) -> bool:
    """Whether a phrase only points to a thing named before: 该房屋, and a bare sum but of what is moved."""
    return bool(_POINTER.match(words) or (kind != "划拨" and _SUM.match(words)))


def is_general(words: str) -> bool:
    """Whether a phrase has a noun only, which may be said of what is named in full elsewhere: 银行账户."""
    return bool(_GENERAL.match(words))


def same_family(one: str, other: str) -> bool:
    """Whether two phrases have nouns of one kind: 银行账户 and 尾号0001账户内存款."""
    return any(nouns.search(one) and nouns.search(other) for nouns in _FAMILIES)


def pointed_at(text: str, pointer: Span, things: list[Span]) -> Span:
    """The last of `things` of the kind that a phrase points to; the phrase itself where there is none."""
    words = text[slice(*pointer)]
    family = next((nouns for nouns in _FAMILIES if nouns.search(words)), None)
    near = things[: -_REMEMBERED - 1 : -1]
    return next((thing for thing in near if family is None or family.search(text[slice(*thing)])), pointer)


def told_before(text: str, start: int) -> Span | None:
    """The thing that the sentence before tells of: 名下有|房屋一套|。本院依法查封…."""
    end = start - 1
    if end < 2 or text[end] not in "。；":
        return None
    first = max(text.rfind(mark, max(0, end - 120), end) for mark in "。；：，\n") + 1
    told = _TOLD.search(text, first, end)
    return _trim(text, told.end(), end) if told and _TOPIC.search(text[first:end]) else None


def after_verb(text: str, at: int) -> Span | None:
    """The phrase that follows a verb that ends at `at`: 查封|了被执行人张某名下的房屋|，…"""
    line = text[at : at + 320]
    end = 0
    while True:
        stop = _STOP.search(line, end)
        end = stop.start() if stop else len(line)
        bracket = line.find("（", 0, end)
        while bracket >= 0:
            inner = _INNER.match(line, bracket) or _ACCOUNT.match(line, bracket)
            if inner is None:
                return _trim(text, at, at + bracket)
            if inner.end() > end:
                end = inner.end()
                break
            bracket = line.find("（", inner.end(), end)
        else:
            if stop and stop.group() == "，" and _CONTINUES.match(line, end) and end < 200:
                end += 1
                continue
            return _trim(text, at, at + end)


def listed(text: str, at: int) -> Span | None:
    """The things of a list that begins at `at`, as one phrase: 下列财产：1.|某处房屋；2.某车|。"""
    things = re.compile(
        r"\s*(?:1[.、．]|（1）|①|（一）)?([^。]{2,400}?)(?=[；。，]?(?:\s*(?:以上|上述)?(?:查封|冻结|扣押)?期限|限额|。|$))"
    ).match(text, at)
    return things.span(1) if things else None


def is_thing(words: str) -> bool:
    """Whether a phrase ends with the word for a thing (房屋, 账户, 股权) and does not only point to one."""
    return bool(_TOPIC.search(words)) and not _POINTER.match(words)


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause that holds `at` begins in a sentence that begins at `start`."""
    return max(text.rfind("，", start, at) + 1, text.rfind("：", start, at) + 1, start)


def before_verb(text: str, start: int, at: int) -> tuple[Span | None, str]:
    """The phrase that stands before a verb at `at` in a sentence that begins at `start`.

    Read are 对…采取, 将…予以, …被…, and the clause before (名下有房屋一套，本院已查封). Also returned: the
    words of the clause but for the phrase behind 对 or 将.
    """
    clause = clause_start(text, start, at)
    words = text[clause:at]
    if fronted := _fronted(words):
        first, last = fronted
        if _NAMED_ONLY.match(words[first:last]) and not _TOPIC.search(words[first:last]):
            return None, words[:first] + "□" + words[last:]
        return _trim(text, clause + first, clause + last), words[:first] + "□" + words[last:]
    passive = _PASSIVE.match(words[-200:])
    if passive:
        near = max(clause, at - 200)
        span = _trim(text, near, near + passive.end("np"))
        if span and (_TOPIC.search(text[span[0] : span[1]]) or _POINTER.match(text[span[0] : span[1]])):
            return span, words
    tail = _TAIL_WORDS.search(words)
    bare = words[: tail.start()] if tail else words
    if _TOPIC.search(bare) and not re.search(r"法院|没有|未|无(?!锡)", bare):
        return _trim(text, clause, clause + len(bare)), words
    if thing := _topic(text, start, clause):
        return thing, words
    pointed = _POINTED.match(text, clause, at) or _POINTED.match(text, start, at)
    return (pointed.span() if pointed and _POINTER.match(pointed.group()) else None), words


def _fronted(words: str) -> Span | None:
    tail = _TAIL_WORDS.search(words)
    body = words[: tail.start()] if tail else words
    ruling = re.search(r"(?:以|作出)[^，。；对将]{0,30}号[^，。；对将]{0,16}$", body)
    body = body[: ruling.start()] if ruling else body
    match = _FRONTED.search(body)
    if match is None or match["np"].startswith(("依法", "会", "继续")):
        return None
    return match.start("np"), match.end("np")


def _topic(text: str, start: int, clause: int) -> Span | None:
    """The thing that the clauses before speak of."""
    end = clause - 1
    for _ in range(2):
        if end <= start:
            return None
        begin = clause_start(text, start, end)
        words = text[begin:end]
        if _SPOKEN.search(words) and not _HELD.match(words):
            return None
        if fronted := _fronted(words):
            return _trim(text, begin + fronted[0], begin + fronted[1])
        topic = _TOPIC.search(words)
        if topic and not re.search(r"没有|未|无(?!锡)", words):
            have = re.search(
                r"(?:名下(?:登记)?有|登记有|查明[^，]{0,20}有|尚有|拥有|持有|所有的?|名下(?:的|所有的)?|查明|查询到|查到|有(?=一|两|[0-9]+[辆套处])|：)(?!权)",
                words,
            )
            return _trim(text, begin + (have.end() if have else 0), end)
        end = begin - 1
    return None


def _trim(text: str, start: int, end: int) -> Span | None:
    """The phrase without its owner (被执行人张某名下的), brackets at its end and words that say nothing."""
    if trailing := _TRAILING.search(text[start:end]):
        end -= len(trailing.group())
    bracket, close = text.find("（", start, end), text.find("）", start, end)
    if close >= 0 and not 0 <= bracket < close:
        end = close
    elif bracket >= 0 and (close < 0 or close == end - 1):
        end = end if _ACCOUNT.match(text, bracket, end) else bracket
    elif bracket >= 0 and text[end - 1] == "）":
        end = text.rfind("（", start, end)
    words = text[start:end]
    for pattern in (_LEADING, _HAS, _OWNER, _OWNER_BARE, _PERSON, _HOLDER, _LEADING):
        if (match := pattern.match(words)) and match.end() < len(words):
            start += match.end()
            words = text[start:end]
    if words.startswith(("至", "到")):
        return None
    return (start, end) if end - start >= 2 or text[start:end] in {"其"} else None


def same_thing(one: str, other: str) -> bool:
    """Whether two phrases may well be of one thing: most of the shorter is in the longer, numbers agree."""
    short, long = sorted((one, other), key=len)
    if short in long:
        return True
    figures = [set(re.findall(r"[0-9A-Z]{2,}", words)) for words in (short, long)]
    if figures[0] and figures[1] and not (figures[0] <= figures[1] or figures[1] <= figures[0]):
        return False
    pairs = {short[i : i + 2] for i in range(len(short) - 1)}
    return bool(pairs) and sum(pair in long for pair in pairs) >= 0.6 * len(pairs)


def lifted_thing(text: str, start: int, end: int) -> Span | None:
    """The phrase between 解除 and the name of the measure: 解除|本院对该房屋的|查封."""
    words = text[start:end]
    to = re.match(
        r"(?:了)?(?:本院|我院|[^，对]{0,20}法院)?(?:[^对]{0,40}(?:裁定|通知书?)(?:中)?)?(?:项下)?(?:对|将)?",
        words,
    )
    start += to.end() if to else 0
    last = text.rfind("和对", start, end)
    return _trim(text, last + 2 if last > 0 else start, end)


def settled_thing(text: str, start: int, at: int) -> Span | None:
    """The thing given for the debt: 将|坐落于某路的商铺|作价…，交付…抵偿."""
    match = re.search(
        r"(?:将|以|^)([^，。；]{2,120}?)(?=作价|折价|以(?:第|流拍|保留|起拍|最后|二拍|一拍|[0-9]|人民币|变卖|评估)|按(?!揭)|，|交付)",
        text[start:at],
    )
    return _trim(text, start + match.start(1), start + match.end(1)) if match else None
