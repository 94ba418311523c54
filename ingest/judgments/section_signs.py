"""The words with which courts begin the parts of their documents, as patterns."""

import re

from ingest.judgments.patterns import LargePattern
from ingest.judgments.people import ENTRY, SHARED_AGENT

# Between two letters, or a group and a letter; not behind a lookbehind: a word begins with no space.
_WORD = re.compile(r"(?<=[一-鿿)?])(?<!<!.\))(?<!\]\))(?=[一-鿿]|\(\?:)")


def _signs(pattern: str) -> LargePattern:
    """The pattern, with the spaces allowed that OCR and old forms leave between letters: 本 院 认 为."""
    return LargePattern(lambda: _WORD.sub(r"[ \v　]{0,2}", pattern))


REASONING = _signs(
    "本院(?:经审(?:查|理)[，,])?[^，,。；：:\n《》]{0,14}认为|合议庭(?:经?评议后?)?认为|本庭认为|"
    "最高人民法院(?:赔偿委员会)?(?:经审查)?认为|法院生效裁判认为"
)
OPERATIVE = _signs("(?:判决|裁定|决定|通知|公告|责令|命令)如下|如下(?:判决|裁定|决定)[：:]")
BARE_OPERATIVE = _signs("(?:判决|裁定|决定)[：:]")
# By the end of the type: where the order begins in forms that do not say 裁定如下, at the start of a clause.
ORDERS = {
    "通知书": _signs("(?:责令|通知|限|命令)(?:你|被执行人)"),
    "限制消费令": _signs(
        "本院决定[，,：:]?(?:依照|依据|根据)|(?:本院)?(?:决定)?对[^。；，,\n]{1,60}采取限制(?:高)?消费|(?:本院)?决定对|"
        "限制[^。；，,\n]{1,40}(?:支付|不得|消费)"
    ),
    "律师调查令": _signs("授权|指定|指派|兹|要求协助|请予?协助|请你|请贵|准许|本院(?:同意|决定)"),
    "悬赏公告": _signs(
        # 面向社会公布悬赏内容。 only says that what follows is one.
        "(?:特?(?:面)?向社会|特?发布|特?公告|特?悬赏)(?![^：:。\n]{0,24}。)|凡(?:提供|举报|发现|能够?)|"
        "(?:悬赏|征集)(?:线索|财产)?(?:范围|内容|事项|对象|标的|条件|金额)[：:]"
    ),
    "调解书": _signs("(?:调解|自愿)[^。\n]{0,30}达成(?:如下|以下|下列)?(?:调解)?(?:协议|一致)"),
    "协议": _signs("(?:自愿)?达成(?:如下)?(?:执行)?和解|达成(?:如下)?(?:一致|协议)|协议如下"),
    "令": _signs("责令|命令|决定对"),
    "公告": _signs("特(?:此)?公告|责令"),
}
REMEDY = _signs(
    "不服本|对裁定不服|对本[^。，,\n]{1,20}(?:不服|有异议|认为有错误|有错误)|认为本[^。，,\n]{1,16}违反|"
    "执行行为有异议|可以对执行管辖|"
    "本(?:判决|裁定|决定|调解|通知|令)(?:书|协议)?(?:为终审|为最终|系终审|一经|经|自?送达|作出|自作出|立即|即|自(?:宣告|即日|签发))"
)
EFFECT = _signs("生效|法律效力|立即执行|终审|最终|终局")
# How the case came to the court and how it was heard.
PROCESS = _signs(
    "一案|系列(?:执行)?案件|不服[^。\n]{2,80}(?:判决|裁定|决定|通知)|申请(?:复议|执行)|起诉书|公诉书|提起公诉|指控|"
    "向本院(?:提|申请|申诉|起诉|上诉)|(?<![一-鿿，,])本院(?!决定)|本院[^。\n]{0,40}(?:立案|受理)|审查终结|审理终结"
)
CHARGED = re.compile(r"[^，,]{0,40}(?:检察院|公诉机关)[^，,以]{0,8}指控")
CLAIM = _signs(
    "诉称|诉讼请求[^。，,\n]{0,4}[：:]|上诉(?:请求|称|提出|理由)|请求[：:]|诉请|指控|"
    "(?:复议|申诉|异议|执行|再审|追加|申请|主张|请求)称[，,：:]|(?<!辩)(?<!述)(?<!自)称[，,：:]|"
    "申请(?:本院)?(?:签发|出具|开具|发出)?(?:律师)?调查令[，,](?:称|主张|认为|请求|说明|理由|因|以)"
)
ANSWER = _signs(
    "辩称|辩解称|答辩|述称|辩护意见|辩解意见|(?:没有|无|不持|并无|未提出|均无)(?:任何)?(?:实质性?)?异议|"
    "辩护人[^。，,]{0,30}(?:提出|认为|辩护称|意见)|称[，,：:]"
)
CONFESSION = _signs("供认不讳|自愿认罪|认罪认罚|(?:表示|当庭)认罪")
# What no claimant or no other party says, by the words before 称 or 无异议.
NO_SPEAKER = re.compile("^(?:经|据|如|另|且|并|本院)|[，,：:]|法院$")
NO_CLAIMANT = re.compile("^(?:经|据|如|另|且|并|本院)|法院$|认为")
NO_ANSWER = re.compile(
    "^(?:上述|以上|前述|且|并|经|如)|本院|法院认为|公诉机关认为|公诉人认为|检察院认为|公诉机关建议"
)
PROVED = re.compile("[，,](?:并|且)有|予以证实")
FINDING = _signs("查明|审理发现|认定(?:的)?事实|认定如下|认定以下|确认(?:如下|以下|案件)|事实(?:认定)?如下")
# What may stand before such a word where this court speaks of its own findings.
FINDER = re.compile(
    "^(?:(?:[^。，,]{0,24}指控并|(?:本案)?在?(?:执行|审查|审理|复议|听证)(?:过程|期间)?中|现|已|经|本院|本庭|法庭|法院|合议庭|依法|公开|开庭|庭审|审理|审查|审核|复核|再审|"
    "二审|一审|调查|评议|综合|后|可|予以|对)|(?:依据|根据|结合|综合|通过)[^。；\n]{0,60}[，,]?|[，,]|以上证据){0,12}$"
)
# 本院在执行某案中，查明…: the facts begin within the sentence. 本院查明占用情况后: what the court did.
WITHIN = re.compile(r"(?:一案|案件)[^。，,]{0,8}中[，,](?P<clause>(?:现|经|依法|审查|审理|调查|执行)*)$")
NO_FINDING = re.compile("属实|的?(?:上述|以上)|[^，,。：:\n]{0,12}(?:情况|下落|去向|线索|原因)[、，,后]")
# The facts as a court below found them, which an appeal repeats behind what the parties say.
COURT_BELOW = re.compile("^[一-鿿]{2,24}(?:法院|[中高]院)(?:经?审[理查][，,]?)?$")
# Evidence that is heard before the facts are stated.
HEARD = _signs(
    "(?:本案|二审|再审|一审|庭审|诉讼|复议|听证|举证)(?:审理|审查|询问)?(?:期间|过程中|中)[，,][^。\n]{1,24}(?:提交|举示|出示|提供)|"
    "当事人(?:围绕|为证明|为支持|未|没有)[^。\n]{0,24}(?:提交|提供|举示)"
)
LAST_WORD = re.compile("[辩述]称|答辩|未[^。，]{0,6}意见")
LATER_FINDING = _signs(
    "经查|经(?:本院)?(?:依法)?(?:[^。，,\n]{0,20}?(?:查询|调查)|审查|核查|核实)[，,：:]|"
    "案件(?:概况|简况|情况)[：:]|(?:基本)?案情(?:简介|概况|介绍)?[：:]|(?:在|本院)?(?:在)?执行(?:过程)?中[，,]|"
    "本院(?:依法)?通过|本院经查|另查明|再查明|又查明|本院(?:经审理)?确认|"
    "本院(?:经审(?:查|理)[，,]?)?对[^。\n]{2,40}(?:予以确认|无异议)"
)
EVIDENCE = _signs("(?:上述|以上|前述)(?:犯罪)?事实")
EVIDENCE_SAYS = re.compile("证实|认定|佐证|为证|证明|确认|证据|属实")
# How the case came, and that the debt is not paid; an objection that was decided is part of the account.
PROCEDURAL = re.compile(
    "立案|受理|合议庭|审[查理](?:完毕|终结)|开庭|听证|到庭|向本院|请求|不服|申请(?:强制)?执行(?![人标款])|恢复执行|终结本次|生效|法律效力|判决|"
    "裁决|调解书|依据|移送执行|合并|并案|异议(?![^。]{2,80}(?:驳回|维持|撤销))|未(?:按[^。，]{0,16})?(?:自动|全部|足额|完全)?(?:付|履行|支付|"
    "清偿|偿还|给付)|没有(?:付|履行|支付|清偿|偿还|给付)|[拒不]不?履行|欠付|尚欠"
)
_NOTED = r"(?:\s*[（(][^（）()\n]{1,40}[）)])"
_DETAIL = (
    "[男女]|住|户籍|现|经营|营业|办公|注册|统一社会|组织机构|公民身份|身份证|曾用名|系|法定代表人|负责人|[0-9]{4}年|出生|[一-鿿]{1,5}族|地址|"
    "[^，。\n]{0,12}(?:律师事务所|律师|经理|董事|主任|书记|总裁|[行厂局部处科所站院校镇乡区县市村社队]长|职员|员工|负责人|职工|工作人员)"
)
_LETTERS = r"(?:[一-鿿·0-9A-Za-z、\v]|[（(][^（）()\n]{1,16}[）)]){2,50}"
_NAMED = rf"(?:[一-鿿](?:[ 　][一-鿿]){{1,3}}|{_LETTERS}){_NOTED}?"
# A row of a table: role, gap, name, and the end of the line or a further cell.
_CELLS = rf"{_NOTED}?[ \t　]+{_NAMED}(?:$|\t|[ 　]{{2}}|[ 　](?:{_DETAIL}))"
# A line of the list of parties: role and colon, whatever the role; or role, name, and who that is.
HEAD_LINE = LargePattern(
    rf"(?:{SHARED_AGENT}|{ENTRY})(?:[^。\n]{{0,24}}[：:]|[一-鿿]{{2,4}}[，,]|{_NOTED}?{_NAMED}(?:[，,](?:{_DETAIL})|[。.]$)|{_CELLS})|"
    rf"[一-鿿]{{0,10}}(?:人|部门|机关|单位|机构|代表|经营者){_NOTED}?\s*[：:]|"
    "(?:致[：:]|住|统一社会|公民身份|身份证|男|女|系|曾用名|执业|以下简称)"
)
# The line that a notice begins with ends with a colon: 某公司、张某：
ADDRESSEES = re.compile("(?![^\n]*(?:如下|查明|[诉辩述]称|请求|事项|认为))[^\n。；]{2,200}[：:]$")
TITLE_END = re.compile(r"(?:判决书|裁定书|决定书|通知书|调解书|令|公告|协议书?)(?:\s|$)")
