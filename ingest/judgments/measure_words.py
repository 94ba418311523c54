"""The words for measures against property, and whether a court took, renewed or lifted one by them."""

import re
from dataclasses import dataclass
from typing import Literal

_KINDS = {
    "查封": "查封",
    "续封": "查封",
    "解封": "查封",
    "首封": "查封",
    "扣押": "扣押",
    "冻结": "冻结",
    "续冻": "冻结",
    "解冻": "冻结",
    "划拨": "划拨",
    "扣划": "划拨",
    "划扣": "划拨",
    "扣缴": "划拨",
    "划至": "划拨",
    "划入": "划拨",
    "划到": "划拨",
    "划转": "划拨",
    "提取": "提取",
    "扣留": "提取",
    "拍卖": "拍卖",
    "变卖": "变卖",
    "以物抵债": "以物抵债",
    "抵偿": "以物抵债",
    "抵债": "以物抵债",
}
# No real sentence names more measures against property, or against persons.
MOST_NAMED = 30
# Verbs that mean a measure only where a court gets the money.
MOVES = ("划至", "划入", "划到", "划转")
_VERB = "|".join(sorted(_KINDS, key=len, reverse=True))
_HOWS = (
    *("轮候", "续行", "继续", "首先", "首轮", "首次", "先行", "网络", "司法", "公开", "强制", "就地"),
    "预(?!留|付|先)",
)
_HOW = f"(?:{'|'.join(_HOWS)})"
# Every alternative begins with a letter, so that the search skips quickly to where one stands.
_STEP = f"(?:{'|'.join([f'{how}{_HOW}*(?:{_VERB})' for how in _HOWS] + [_VERB])})"
CHAIN = re.compile(rf"{_STEP}(?:(?:、|和|及|与|并|或者?|，(?={_STEP}(?!的?期|至|自)))(?:依法)?{_STEP})*")
_ONE = re.compile(rf"(?P<how>{_HOW}*)(?P<verb>{_VERB})")

# What follows where the verb is only part of a noun: 查封期限, 拍卖公告.
_NOUN = re.compile(
    r"的?(?:期限|期间|效力|裁定|标的|物品?(?:清单|的)|顺位|法院|机关|行为|公告|价款?|款|(?:网络)?平台|网(?!络)|流拍价|成交|保留价|辅助|机构|令|"
    r"情况|状态|[之以]?前(?![述列款项])|[之以]?后|之日|之时|时|权(?!利)|申请|请求|通知|查询|范围|作用|债权|清单|笔录|手续|(?:预告|延长|公示)?登记(?!在|于|有)|"
    r"措施|程序|事宜|工作|部分|规定|条款|流程|变价|处置|方式|日|不足|不动产的期限|动产的期限|失效|届满|到期|无效|"
    r"(?:将|应|均)?于[0-9〇○零一二三四五六七八九十年月日]{8,14}(?:届满|到期|期满|失效)|在案|余额(?:合计|共计|为|约)?[0-9]|”|(?:均|都|也)?(?:为(?!期)|系(?!争|统|列)|是)|明显|没有|关系|并不|是否|人(?!民)|保全(?:裁定|措施)|委托书|系统|须知|监督|一次|数额|金额|限额|行(?!不)|合法|违法|错误|不当|构成|属于|符合|侵害|损害|于法|有违|和解|期(?!间)|明细|底价|所得|虽|成交|自动|仍|曾|而|[0-9一二三四五六七八九十]+日(?:前|内))"
    r"|[）)]|(?:存款|财产|股权|[^，。；]{0,6})(?:通知书|清单)|财产(?:的(?:规定|价值|期限)|经|系|价值|范围|的裁定)"
)
# What is of an auction, and who holds it: 拍卖行, 拍卖报告.
_SALE_NOUN = re.compile(
    r"(?:行(?!为)|公司(?!名下|所有|持有|的|厂|房|车|设备|股)|企业(?!名下|所有|持有|的|厂|房|车|设备|股)|师|会(?!同)|人|业|"
    r"资料|报告|过程|结果|佣金|费|保证金|活动|合同|记录|环节|阶段|义务|变现|所得|网站|保留)"
)
# Words with which the noun is a deed after all: 采取查封措施, 办理了查封登记.
_DEED = re.compile(r"(?:采取|办理|实施|进行|作出|完成|落实|送达|发送|履行)了?(?:相应的?|相关的?|的)?$")
_DEED_ON = re.compile(r"(?:对|将)[^，。；]{2,80}$|办理了?[^，。；]{2,60}的$")
_DEED_NOUN = re.compile(r"(?:手续|(?:预告|延长|公示)?登记|措施)")
# An auction whose notice was published, or that goes on, was ordered: 发布拍卖公告, 现处于变卖期内.
_PUBLISHES = re.compile(r"(?:发布|刊登|发出|张贴)了?(?:第[一二三]次)?$")
_GOES_ON = re.compile(r"(?:处于|进入)了?(?:第[一二三]次)?$")
_STAGE = re.compile(r"(?:期(?!限)|程序|阶段)")
_ROLES = re.compile(
    r"申请执行人|被?申请人|申请保全人|复议申请人|请求权|利益|异议人|□+|可供|相应|应当?收|应得|应发|许可"
)
_MODAL = re.compile(
    r"不得|不应|不宜|不予|不再|不能|不作|不进行|不停止|不解除|未(?!成年|来|央|名|售|办|经|付|到|履|按|清|偿)|没有|尚无|并无|无法|无需|无须|无权|无力|"
    r"免于|拒绝|可以|可(?=查|冻|扣|划|提|拍|变|依|对|先|继|续|轮|采)|能够|能否|能(?=查|冻|扣|划|提|拍|变|对)|应当|应(?=查|冻|扣|划|提|拍|变|依|予|对|继|解|由)|"
    r"需要?(?=查|冻|扣|划|提|拍|变|对|继|续|依|采)|必须|拟|有权|得以|准备|打算|计划|是否|如果|若|一旦|要求|请求|申请(?!书|号)|提请|请(?=依法|法院|贵院)|"
    r"主张|建议|希望|同意|禁止|待(?!遇)|防止|避免|为了|以便|便于|认为(?!，)|可能|再行|责令|督促|足以|如何|停止|暂缓|暂不|排除|"
    r"对抗|阻碍|不服|拒不|规避|涉嫌|约定|承诺|意见|协商|商请|发函|函请|尚需|有待|符合|具备|属于|违反|妨碍|怠于|逃避|"
    r"以后的?|之前|擅自|私自|(?<!法院)(?<!法院遂)(?<!法院已)自行|甲方|乙方|线索|考虑|驳回|撤销|中止|允许|愿意|自愿|接受"
)
_REQUEST = re.compile(r"要求|请求|申请|主张|建议")
_FUTURE = re.compile(
    rf"将(?=会|依法|可|被(?!执行|申请|告|上)|由|视|根据|按照|及时|适时|强制|予以|采取|继续|随时|另行|不再|在|于|另|{_VERB})"
)
_THREAT = re.compile(
    r"的(?:，(?!位于|坐落)|情形)|如(?:果|若|逾期|未|不|你|需|被执行|有|仍|期满|发现)|否则|届时|一旦|"
    r"(?:届满|到期)(?:以|之)?前|需(?:要)?(?:继续|续行)|有下列|下列情形|人民法院(?:可以|应当|有权)|情形的，|的，由本院"
)
_CONDITION = re.compile(r"[^，。；]{0,40}(?<!所有)(?<!名下)的(?:，|$)")
# What shows that it was done: a court, a ruling, a date, a completed deed.
_DONE = re.compile(
    r"法院|本院|我院|中院|高院|合议庭|已经?|曾|业已|裁定|决定|依法|现|号|执行(?:过程)?中|执行人员|执行机构|[0-9]月|[0-9]日|"
    r"[一二三四五六七八九十〇]日|[早晚先]于$|先后|同时|随后|采取|并|遂|后"
)
_ANYBODY = frozenset({"提取", "拍卖", "变卖", "以物抵债"})
_BY_COURT = re.compile(r"法院|本院|我院|裁定|决定|依法|执行|第[一二三]次|首次|[两二三]次|公告|司法|网络|进行")
_SURE = re.compile(
    r"(?:本院|法院|中院|高院)(?:[^，。；]{0,40}(?:已经?|曾|裁定|依法))|号[^，。；]{0,24}裁定|被[^，。；]{0,14}法院|业已|已(?:经|被|由)|"
    r"裁定(?:书)?[：，]?$|已(?:依法|轮候|续行|首先|采取|办理)*$|(?:本院|法院)于?[^，。；]{0,20}[0-9]日(?:依法)?$"
)
_RULING = re.compile(r"号[^，。；]{0,20}裁定(?:书)?[^，。；称]{0,12}$")
_SAYS = re.compile(
    r"^[^。，]{0,40}(?<!名)(?:诉称|辩称|答辩称|述称|主张|请求|要求|认为|申请称|异议称|复议称|声称|(?:申请)?(?:执行)?人[^，。]{0,12}(?<![简名统])称|[某×][^，。]{0,4}(?<![简名统])称)"
)
# 首封 is a deed only by a court or on a day: 本院首封, but not 首封超过三个月.
_FIRST_BY = re.compile(r"(?:院|[0-9]日|依法|已经?|予以|进行了?|率先)$")
# A ruling that leaves open what is seized: 冻结存款10万元或查封其相应价值的财产.
_ALTERNATIVE = re.compile(r"或者?(?:依法)?$")
_UNNAMED = re.compile(r"[^，。；]{0,12}(?:相应|同等|等额|相当)(?:价值|数额)?的?[^，。；]{0,4}财产")
_WITH = re.compile(r"(?:与|同|跟|和)(?:本案|本院|上述|法院|所|被|已|实际)*$")
_COMPARED = re.compile(
    r"[^，。；]{0,40}?(?:一致|相符|不符|相同|不同|吻合|对应|重合|无关|有关|同一|关联|相邻|相当|混同|匹配)"
)
_RANK_WORD = re.compile(r"首封|首先|首次|首轮|轮候")
_RANKED = re.compile(r"(?:^|查封|冻结|扣押|顺位)(?:均|都|亦|也|仍)?(?:属于?|为|系|是)$")
_AUTHORITY = re.compile(
    r"公安(?:局|厅|机关|分局)|派出所|侦查(?:机关|人员)|检察院|监察委员会|监委|缉私局|税务(?:局|机关)"
)
_COURT = re.compile(r"本院|我院|该院|法院|中院|高院|执行人员")
_TOWARDS = re.compile(r"[向从在至到请]|通知|委托|协助|会同|联合|通过|查询|送达|本院|法院")
Tense = Literal["order", "account", "reasons", "speech"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of a chain: its kind, the words with it (轮候, 续行), and where it stands."""

    kind: str
    how: str
    verb: str
    start: int
    end: int

    @property
    def renews(self) -> bool:
        return "续" in self.how + self.verb

    @property
    def lifts(self) -> bool:
        return self.verb in {"解封", "解冻"}


def verbs_of(chain: re.Match[str]) -> list[Verb]:
    """The verbs of a match of `CHAIN`; neighbours of one kind (扣留并提取) are one."""
    found: list[Verb] = []
    text, base = chain.group(), chain.start()
    for match in _ONE.finditer(text):
        kind = _KINDS[match["verb"]]
        verb = Verb(kind, match["how"], match["verb"], base + match.start(), base + match.end())
        if found and found[-1].kind == kind:
            last = found.pop()
            verb = Verb(kind, last.how + verb.how, last.verb, last.start, verb.end)
        found.append(verb)
    return found


def is_noun(before: str, after: str, kind: str = "") -> bool:
    """Whether the verb between `before` and `after` only names a thing (查封期限, 拍卖行) and no deed."""
    if kind in ("拍卖", "变卖"):
        if (after.startswith("公告") and _PUBLISHES.search(before)) or (
            _STAGE.match(after) and _GOES_ON.search(before)
        ):
            return False
        if _SALE_NOUN.match(after):
            return True
    if not _NOUN.match(after):
        return False
    return not (_DEED_NOUN.match(after) and (_DEED.search(before) or _DEED_ON.search(before)))


def is_rank_only(before: str, words: str) -> bool:
    """Whether a verb only tells the rank of a seizure named before it: 本次查封|系首封."""
    return bool(_RANK_WORD.match(words) and _RANKED.search(before))


def is_bare_first(before: str, words: str) -> bool:
    """Whether 首封 is no verb: 以|首封|超过三个月未处置为由."""
    return words == "首封" and not _FIRST_BY.search(before)


def is_left_open(before: str, after: str) -> bool:
    """Whether a ruling is told of that names the seizure only in the alternative, without a thing."""
    return bool(_ALTERNATIVE.search(before) and _UNNAMED.match(after))


def is_compared(before: str, after: str) -> bool:
    """Whether what was taken is only compared with something: 编号与|扣押|机械一致."""
    return bool(_WITH.search(before) and _COMPARED.match(after))


def is_by_other(lead: str) -> bool:
    """Whether an authority that is no court did it, as the words before the verb tell (某公安局依法查封)."""
    named = list(_AUTHORITY.finditer(lead))
    if not named or _COURT.search(lead, named[-1].end()):
        return False
    before = lead[max(lead.rfind(mark, 0, named[-1].start()) for mark in "，：") + 1 : named[-1].start()]
    return not _TOWARDS.search(before)


def is_unreal(adverbs: str) -> bool:
    """Whether the words before the verb say that it was not done, or only asked for, allowed or announced."""
    words = _ROLES.sub("□", adverbs)
    return bool(_MODAL.search(words) or _FUTURE.search(words))


def is_asked_before(clause: str, before: str) -> bool:
    """Whether a clause that begins with 并 goes on with what the clause before it asks for."""
    return clause.startswith(("并", "且", "同时")) and bool(_REQUEST.search(_ROLES.sub("□", before)))


def is_threat(lead: str, rest: str = "") -> bool:
    """Whether the sentence sets a condition, up to the verb (逾期不履行的，…) or with it (查封财产的，…)."""
    return bool(_THREAT.search(lead) or _CONDITION.match(rest))


def is_done(lead: str, tense: Tense, begins: bool, kind: str = "") -> bool:
    """Whether the sentence up to the verb shows that a court did it.

    `begins` tells that the verb begins its sentence or item, as orders do. What parties do too (提取, 变卖)
    needs a word that shows the court.
    """
    if tense == "order":
        return True
    if tense == "speech" or _SAYS.match(lead):
        return bool(_RULING.search(lead))
    if tense == "reasons":
        return bool(_SURE.search(lead))
    if kind in _ANYBODY:
        return bool(_BY_COURT.search(lead))
    return bool(_DONE.search(lead)) or begins
