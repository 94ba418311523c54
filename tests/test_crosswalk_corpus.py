"""The crosswalk over the law corpus: its data are what the texts give; citations lead to what they mean."""

from datetime import date
from pathlib import Path

import pytest

from evaluation.crosswalk import Led, as_json, follow
from ingest.crosswalk import build, read_articles
from legal.article_alignment import Change, Pair, align
from legal.citation import article_label
from legal.crosswalk_steps import DATA, lines_of_steps

LAWS = Path(__file__).parents[2] / "shared" / "corpora" / "laws"
pytestmark = pytest.mark.skipif(not LAWS.is_dir(), reason=f"the law corpus is not at {LAWS}")

FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = (
    "1991-04-09", "2008-04-01", "2013-01-01", "2017-07-01", "2022-01-01", "2024-01-01",
)  # fmt: skip

# By short name, enough of the name of the file to be the only one.
TEXTS = {
    "民诉法解释": "关于适用《民事诉讼法》的解释(2022-04-02)",
    "民诉法解释2020": "关于适用《民事诉讼法》的解释(2020-12-29)",
    "股权执行": "人民法院强制执行股权若干问题的规定",
    "异议复议": "办理执行异议和复议案件若干问题的规定",
    "执行程序": "执行程序若干问题的解释(2020",
    "执行规定": "人民法院执行工作若干问题的规定",
    "查封": "民事执行中查封、扣押、冻结财产的规定",
    "执行和解": "关于执行和解若干问题的规定",
    "执行担保": "关于执行担保若干问题的规定",
    "仲裁执行": "办理仲裁裁决执行案件若干问题的规定",
    "仲裁审查": "审理仲裁司法审查案件若干问题的规定",
    "公证执行": "公证债权文书执行若干问题的规定",
    "网拍": "网络司法拍卖若干问题的规定",
    "迟延利息": "计算迟延履行期间的债务利息",
    "刑事财产": "刑事裁判涉财产部分执行的若干规定",
    "审判监督": "审判监督程序若干问题的解释",
    "指令再审": "指令再审和发回重审若干问题的规定",
    "证据": "关于民事诉讼证据的若干规定",
    "知产证据": "关于知识产权民事诉讼证据的若干规定",
    "行为保全": "审查知识产权纠纷行为保全案件",
    "代表人": "证券纠纷代表人诉讼若干问题的规定",
    "民间借贷": "审理民间借贷案件适用法律若干问题的规定",
    "矿业权": "审理矿业权纠纷案件",
    "简易程序": "适用简易程序审理民事案件的若干规定",
    "检察监督": "人民检察院民事诉讼监督规则",
    "台湾仲裁": "认可和执行台湾地区仲裁裁决的规定",
    "台湾判决": "认可和执行台湾地区法院民事判决的规定(2024",
    "司法赔偿": "审理民事、行政诉讼中司法赔偿案件",
    "未结案件": "修改后的民事诉讼法施行时未结案件",
    "森林资源": "审理森林资源民事纠纷案件",
    "人身保护": "办理人身安全保护令案件",
    "生态证据": "生态环境侵权民事诉讼证据的若干规定",
    "垄断": "审理垄断民事纠纷案件适用法律若干问题的解释",
    "国际法庭2018": "设立国际商事法庭若干问题的规定(2018",
    "国际法庭": "设立国际商事法庭若干问题的规定(2023",
    "名誉权": "审理名誉权案件若干问题的解答",
    "审限": "严格执行案件审理期限制度的若干规定",
    "抵押房屋": "执行设定抵押的房屋的规定",
    "劳动争议": "审理劳动争议案件适用法律若干问题的解释(2001",
    "诉前停止": "诉前停止侵犯专利权行为",
    "督促程序": "适用督促程序若干问题的规定",
    "海事": "适用《海事诉讼特别程序法》若干问题的解释",
    "代位权": "适用《合同法》若干问题的解释（一）",
    "境外当事人": "适用《合同法》若干问题的解释（二）",
    "限高": "限制被执行人高消费的若干规定",
}

# What the citing sentence speaks of, the text, what it cites, the edition meant, the article in force.
READ = [
    ("股权所在地的执行管辖", "股权执行", 224, FOURTH, 235),
    ("案外人对冻结股权的异议", "股权执行", 227, FOURTH, 238),
    ("超标的冻结的书面异议", "股权执行", 225, FOURTH, 236),
    ("公司拒不协助", "股权执行", 114, FOURTH, 117),
    ("拒交材料", "股权执行", 111, FOURTH, 114),
    ("协助冻结的裁定依据", "股权执行", 242, FOURTH, 253),
    ("执行行为异议立案", "异议复议", 225, FOURTH, 236),
    ("案外人异议立案", "异议复议", 227, FOURTH, 238),
    ("超过六个月未执行", "执行程序", 226, FOURTH, 237),
    ("立即采取强制执行措施", "执行程序", 240, FOURTH, 251),
    ("限制出境", "执行程序", 255, FOURTH, 266),
    ("执行通知里的迟延履行金", "执行规定", 253, FOURTH, 264),
    ("交付财物或者票证", "执行规定", 249, FOURTH, 260),
    ("强制迁出", "执行规定", 250, FOURTH, 261),
    ("被执行人破产而终结执行", "执行规定", 257, FOURTH, 268),
    ("执行回转", "执行规定", 233, FOURTH, 244),
    ("查封时到场的人", "查封", 245, FOURTH, 256),
    ("和解后申请执行的期间", "执行和解", 239, FOURTH, 250),
    ("担保人提供的执行担保", "执行担保", 231, FOURTH, 242),
    ("指定下级法院管辖", "仲裁执行", 38, FOURTH, 39),
    ("审查期间的保全", "仲裁执行", 100, FOURTH, 103),
    ("不予执行仲裁裁决的事由", "仲裁执行", 237, FOURTH, 248),
    ("涉外仲裁裁决的审查", "仲裁审查", 274, FOURTH, 291),
    ("不予执行公证债权文书", "公证执行", 238, FOURTH, 249),
    ("再审期限", "审判监督", 205, FOURTH, 216),
    ("再审事由", "审判监督", 200, FOURTH, 211),
    ("抗诉后的再审裁定", "审判监督", 211, FOURTH, 222),
    ("再审适用的程序", "审判监督", 207, FOURTH, 218),
    ("院长提起再审", "审判监督", 198, FOURTH, 209),
    ("逾期举证", "证据", 65, FOURTH, 68),
    ("管辖异议与举证期限", "证据", 127, FOURTH, 130),
    ("庭前交换证据", "证据", 133, FOURTH, 136),
    ("证人不出庭的理由", "证据", 73, FOURTH, 76),
    ("鉴定人出庭", "证据", 78, FOURTH, 81),
    ("有专门知识的人", "证据", 79, FOURTH, 82),
    ("委托书公证认证", "知产证据", 264, FOURTH, 275),
    ("保全申请有错误", "行为保全", 105, FOURTH, 108),
    ("人数不确定的代表人诉讼", "代表人", 54, FOURTH, 57),
    ("恶意串通的借贷诉讼", "民间借贷", 112, FOURTH, 115),
    ("实现抵押权的申请", "矿业权", 196, FOURTH, 207),
    ("简易程序的案件", "简易程序", 157, FOURTH, 160),
    ("留置送达", "简易程序", 86, FOURTH, 89),
    ("协议选择国际商事法庭_旧", "国际法庭2018", 34, FOURTH, 35),
    ("重大涉外案件_2020年文本", "民诉法解释2020", 18, FOURTH, 19),
    ("检察人员回避", "检察监督", 44, THIRD, 47),
    ("向检察院申请监督", "检察监督", 209, THIRD, 220),
    ("检察院抗诉", "检察监督", 208, THIRD, 219),
    ("网拍标的的案外人异议", "网拍", 227, THIRD, 238),
    ("加倍利息", "迟延利息", 253, THIRD, 264),
    ("刑事涉财产执行的异议", "刑事财产", 225, THIRD, 236),
    ("二审发回重审", "指令再审", 170, THIRD, 177),
    ("台湾仲裁裁决的申请期间", "台湾仲裁", 239, THIRD, 250),
    ("先予执行的赔偿", "司法赔偿", 107, THIRD, 110),
    ("修改后的法律_恶意诉讼", "未结案件", 112, THIRD, 115),
    ("修改后的法律_逃避执行", "未结案件", 113, THIRD, 116),
    ("重大涉外案件", "民诉法解释", 19, FIFTH, 19),
    ("书面协议管辖", "民诉法解释", 35, FIFTH, 35),
    ("回避的审判人员", "民诉法解释", 47, FIFTH, 47),
    ("必要的共同诉讼人", "民诉法解释", 135, FIFTH, 135),
    ("有独立请求权的第三人", "民诉法解释", 59, FIFTH, 59),
    ("公示催告后的一年", "民诉法解释", 230, FIFTH, 234),
    ("先予执行后的返还", "民诉法解释", 240, FIFTH, 244),
    ("二审审限", "民诉法解释", 183, FIFTH, 183),
    ("司法确认的申请", "民诉法解释", 201, FIFTH, 205),
    ("再审事由_财产分割", "民诉法解释", 207, FIFTH, 211),
    ("再审时中止执行", "民诉法解释", 213, FIFTH, 217),
    ("支付令的申请执行期间", "民诉法解释", 246, FIFTH, 250),
    ("公示催告的公告", "民诉法解释", 226, FIFTH, 230),
    ("通知停止支付", "民诉法解释", 227, FIFTH, 231),
    ("被执行人分立合并", "民诉法解释", 239, FIFTH, 243),
    ("公证债权文书确有错误", "民诉法解释", 245, FIFTH, 249),
    ("法院自行拍卖", "民诉法解释", 254, FIFTH, 258),
    ("搜查后的查封", "民诉法解释", 252, FIFTH, 256),
    ("继续执行", "民诉法解释", 261, FIFTH, 265),
    ("外国法院不得管辖的专属管辖", "民诉法解释", 273, FIFTH, 279),
    ("涉外仲裁裁决的抗辩", "民诉法解释", 281, FIFTH, 291),
    ("临时仲裁裁决的承认", "民诉法解释", 290, FIFTH, 304),
    ("抵押权人的申请", "森林资源", 204, FIFTH, 208),
    ("离婚案件的新情况", "人身保护", 127, FIFTH, 127),
    ("虚假鉴定意见", "生态证据", 114, FIFTH, 114),
    ("境外垄断行为的管辖", "垄断", 276, SIXTH, 276),
    ("协议选择国际商事法庭", "国际法庭", 277, SIXTH, 277),
    ("台湾判决的申请期间", "台湾判决", 250, SIXTH, 250),
    ("起诉的条件", "名誉权", 108, FIRST, 122),
    ("侵权行为地管辖", "名誉权", 29, FIRST, 29),
    ("拒不履行判决", "名誉权", 102, FIRST, 114),
    ("涉外案件的审限", "审限", 250, FIRST, 287),
    ("强制迁出_抵押房屋", "抵押房屋", 229, FIRST, 261),
    ("不予执行劳动仲裁裁决", "劳动争议", 217, FIRST, 248),
    ("诉前财产保全", "诉前停止", 93, FIRST, 104),
    ("证据保全", "诉前停止", 74, FIRST, 84),
    ("支付令的五日", "督促程序", 190, FIRST, 226),
    ("海难救助费用", "海事", 32, FIRST, 32),
    ("国外判决的审查程序", "海事", 268, FIRST, 299),
    ("中止代位权诉讼", "代位权", 136, FIRST, 153),
    ("境外债务人的管辖", "境外当事人", 241, SECOND, 276),
    ("违反限制消费令", "限高", 102, SECOND, 114),
    ("不协助限制消费", "限高", 103, SECOND, 117),
    ("修改前的再审期间", "未结案件", 184, SECOND, 216),
]  # fmt: skip


@pytest.fixture(scope="module")
def led() -> list[Led]:
    return follow(LAWS, "民事诉讼法")


def test_the_data_are_what_the_texts_of_the_corpus_give() -> None:
    assert "".join(f"{line}\n" for line in lines_of_steps(build(LAWS))) == DATA.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "cited", "edition", "now"), [row[1:] for row in READ], ids=[row[0] for row in READ]
)
def test_a_citation_leads_to_the_article_that_its_sentence_speaks_of(
    led: list[Led], text: str, cited: int, edition: str, now: int
) -> None:
    found = [one for one in led if TEXTS[text] in one.path and one.article == article_label(cited)]
    assert found
    assert len({one.path for one in found}) == 1
    for one in found:
        assert one.resolution
        assert one.resolution.edition == date.fromisoformat(edition)
        assert one.resolution.article == article_label(now)


def test_every_citation_of_the_procedure_law_in_the_interpretations_is_resolved(led: list[Led]) -> None:
    assert len(led) >= 805
    assert len({one.path for one in led}) >= 99
    assert [(one.path, one.article, one.reason) for one in led if one.reason] == []
    shown = as_json(led)
    assert shown["resolved"] == shown["citations"] == len(led)
    assert sum(sum(outcomes.values()) for outcomes in shown["editions"].values()) == len(led)
    assert set(shown["editions"]) == {FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH}


def test_a_text_and_its_later_version_are_told_apart(led: list[Led]) -> None:
    superseded = {one.path.rsplit("/", 1)[-1] for one in led if one.superseded}
    assert "最高人民法院关于适用《民事诉讼法》的解释(2020-12-29).md" in superseded
    assert "最高人民法院关于适用《民事诉讼法》的解释(2022-04-02).md" not in superseded


@pytest.fixture(scope="module")
def pairs_of_2023() -> dict[str | None, Pair]:
    folder = LAWS / "诉讼与非诉讼程序法"
    old, new = (
        read_articles(folder / f"民事诉讼法({adopted}).md") for adopted in ("2021-12-24", "2023-09-01")
    )
    return {pair.old: pair for pair in align(old, new) if pair.old}


def test_of_the_procedure_law_of_2021_eighty_six_articles_only_moved_and_five_followed_the_moved(
    pairs_of_2023: dict[str | None, Pair],
) -> None:
    renumbered = {old for old, pair in pairs_of_2023.items() if pair.change is Change.RENUMBERED}
    following = {
        article_label(number) for number in (211, 212, 215, 218, 261)
    }  # their text names moved articles
    assert following <= renumbered
    assert len(renumbered - following) == 86
    assert len(pairs_of_2023) == 291
    assert all(pair.new for pair in pairs_of_2023.values())


@pytest.mark.parametrize(("old", "new"), [(232, 236), (234, 238), (246, 250), (260, 264), (291, 306)])
def test_what_enforcement_lawyers_cite_most_changed_its_number_only(
    pairs_of_2023: dict[str | None, Pair], old: int, new: int
) -> None:
    assert pairs_of_2023[article_label(old)] == Pair(
        article_label(old), article_label(new), Change.RENUMBERED, 1.0
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [(40, 40), (115, 115), (184, 184), (272, 276), (273, 279), (274, 283), (289, 299), (290, 304)],
)
def test_what_was_amended_in_2023_counts_as_changed(
    pairs_of_2023: dict[str | None, Pair], old: int, new: int
) -> None:
    assert (pairs_of_2023[article_label(old)].new, pairs_of_2023[article_label(old)].change) == (
        article_label(new),
        Change.CHANGED,
    )


def test_the_company_law_of_2023_continues_the_one_of_2018_through_its_full_revision() -> None:
    folder = LAWS / "民法商法"
    old, new = (read_articles(folder / f"公司法({adopted}).md") for adopted in ("2018-10-26", "2023-12-29"))
    found = {(pair.old, pair.new) for pair in align(old, new)}
    for before, after in [
        (16, 15),  # 为他人提供担保
        (20, 21),  # 滥用股东权利
        (20, 23),  # 其第三款：人格否认
        (28, 49),  # 按期缴纳出资
        (33, 57),  # 查阅权
        (71, 84),  # 股权转让
        (74, 89),  # 回购请求权
        (147, 179),  # 守法义务；忠实、勤勉义务现另立一条
        (151, 189),  # 股东代表诉讼
        (182, 231),  # 司法解散
    ]:
        assert (article_label(before), article_label(after)) in found
