"""The texts that a norm ends are found in its own words, and nothing else is taken for one."""

import pytest

from ingest.parse_policy import parse_policy
from legal.documents import Repeal

COURT = "最高人民法院关于甲的规定"

# name: (title, text of the article, keys of the laws that it ends)
REPEALED: dict[str, tuple[str, str, list[str]]] = {
    "one": ("甲法", "本法自2020年1月1日起施行。《中华人民共和国乙法》同时废止。", ["乙法"]),
    "with who made it and when": (
        "甲条例",
        "本条例自2020年1月1日起施行。1985年6月7日国务院发布的《乙暂行条例》同时废止。",
        ["乙暂行条例"],
    ),
    "two": ("甲法", "本法自2020年1月1日起施行。《乙法》和《丙法》同时废止。", ["乙法", "丙法"]),
    "many": (
        "甲法",
        "本法自2020年1月1日起施行。《乙法》、《丙法》、《丁法》同时废止。",
        ["乙法", "丙法", "丁法"],
    ),
    "many without commas": ("甲法", "《乙办法》《丙办法》同时废止。", ["乙办法", "丙办法"]),
    "each with its date": (
        "甲办法",
        "1964年4月20日卫生部发布的《乙规定》，1979年6月30日卫生部发布的《丙规定》，同时废止。",
        ["乙规定", "丙规定"],
    ),
    "with its number behind": (
        "甲规定",
        "《最高人民法院关于乙的解释》（法释〔2009〕9号）同时废止。",
        ["最高人民法院关于乙的解释"],
    ),
    "two with numbers": (
        "甲规定",
        "《乙规定》（法释〔2001〕13号）和《丙规定》（法释〔2009〕4号）同时废止。",
        ["乙规定", "丙规定"],
    ),
    "a comma before the verb": ("甲条例", "2005年9月9日修订的《乙条例》，同时废止。", ["乙条例"]),
    "from the day of effect on": (
        "甲规定",
        "1987年2月通过的《乙暂行规定》，自本规定施行之日起即行废止。",
        ["乙暂行规定"],
    ),
    "from the day of effect on, said first": (
        "甲规定",
        "自本规定施行之日起，《乙暂行规定》即行废止。",
        ["乙暂行规定"],
    ),
    "after publication": (
        COURT,
        "本解释公布施行后，最高人民法院于1992年7月14日发布的《关于适用〈中华人民共和国乙法〉若干问题的意见》"
        "同时废止；以前发布的司法解释与本解释不一致的，不再适用。",
        ["最高人民法院关于适用乙法若干问题的意见"],
    ),
    "no longer applied": (
        "最高人民法院关于甲的解释",
        "本解释发布实施后，《最高人民法院关于乙的解释》（法释〔2002〕3号）不再适用。",
        ["最高人民法院关于乙的解释"],
    ),
    "titles in titles, inner marks": (
        "甲条例",
        "《江北省实施〈中华人民共和国乙法〉办法》同时废止。",
        ["江北省实施乙法办法"],
    ),
    "titles in titles, outer marks": (
        "甲条例",
        "《江北省实施《中华人民共和国乙法》办法》同时废止。",
        ["江北省实施乙法办法"],
    ),
    "titles in titles, angle marks": ("甲条例", "《江北省实施<乙法>办法》同时废止。", ["江北省实施乙法办法"]),
    "amended by a decision that is not ended": (
        "甲条例",
        "2009年3月2日通过、根据2014年5月8日《关于修改〈乙条例〉的决定》第二次修正的《乙条例》同时废止。",
        ["乙条例"],
    ),
    "an amending decision that is ended": (
        "甲办法",
        "《乙办法》和1990年11月22日《国务院关于修改〈乙办法〉的决定》同时废止。",
        ["乙办法", "国务院关于修改乙办法的决定"],
    ),
    "the body before the title": (
        "最高人民法院、最高人民检察院关于甲的解释",
        "本解释发布施行后，最高人民法院、最高人民检察院《关于乙的解释》（法释〔2009〕9号）同时废止。",
        ["最高人民法院、最高人民检察院关于乙的解释"],
    ),
    "this court": (COURT, "本院《关于乙的解释》同时废止。", ["最高人民法院关于乙的解释"]),
    "the State Council": (
        "国务院关于甲的规定",
        "国务院1984年1月1日发布的《关于乙的通知》同时废止。",
        ["国务院关于乙的通知"],
    ),
    "an old version of itself": (
        "甲条例",
        "本条例自2005年5月1日起施行。1995年10月28日国务院发布的《甲条例》同时废止。",
        ["甲条例"],
    ),
    "a decision to repeal": (
        "江北省人大常委会关于废止部分地方性法规的决定",
        "会议决定：\n一、废止《乙条例》（1992年9月19日通过）\n二、废止《丙条例》（1994年7月22日通过）",
        ["乙条例", "丙条例"],
    ),
    "a decision to repeal two in one": (
        "关于废止甲的决定",
        "会议决定废止《乙条例》《丙条例》。",
        ["乙条例", "丙条例"],
    ),
    "a list with marks": (
        COURT,
        "下列司法解释予以废止：\n1.《最高人民法院关于乙的批复》（法释〔2001〕1号）；\n2.《最高人民法院关于丙的解释》。",
        ["最高人民法院关于乙的批复", "最高人民法院关于丙的解释"],
    ),
    "a list without marks": (
        "甲法",
        "下列条例和决定，自本法施行之日起，予以废止：\n1.惩治乙罪暂行条例\n2.关于严惩丙罪的决定",
        ["惩治乙罪暂行条例", "关于严惩丙罪的决定"],
    ),
    "a table": (
        COURT,
        "以下司法解释予以废止：\n1 | 最高人民法院关于乙的批复 | 法释〔2001〕1号\n"
        "2 | 最高人民法院关于丙的解释 | 法释〔2002〕1号",
        ["最高人民法院关于乙的批复", "最高人民法院关于丙的解释"],
    ),
    # What is no repeal of a text.
    "an article only": ("甲法", "本法自2020年1月1日起施行。《乙法》第十条同时废止。", []),
    "some provisions only": ("甲条例", "1978年9月12日国务院发布的《乙条例》中有关丙的规定同时废止。", []),
    "what does not agree": ("甲规定", "以前的规定，凡与本规定不一致的，同时废止。", []),
    "what yields": ("甲规定", "本规定施行后，《乙规定》与本规定不一致的，以本规定为准。", []),
    "what is named as the basis": (
        "甲条例",
        "依据《乙法》制定的《丙办法》同时废止。",
        ["丙办法"],
    ),
    "how laws are repealed": ("立法条例", "《乙条例》的修改、废止程序，适用本条例。", []),
    "what should be repealed": ("甲条例", "应当及时修改或者废止。", []),
    "a decision of this kind that amended": (
        "甲条例",
        "2011年1月8日《国务院关于废止和修改部分行政法规的决定》修订。",
        [],
    ),
    "a quotation": ("甲决定", "将第九条修改为：“本规定自公布之日起施行，《乙规定》同时废止。”", []),
    "a licence that ends": ("甲条例", "不办理延续登记手续的，《采矿许可证》自行废止。", []),
}


def _repeals(title: str, text: str) -> tuple[Repeal, ...]:
    return parse_policy(f"# {title}\n<!-- INFO END -->\n第一条 为甲。\n第九条 {text}", "甲.md").repeals


@pytest.mark.parametrize(("title", "text", "laws"), REPEALED.values(), ids=REPEALED)
def test_a_norm_ends_these_texts(title: str, text: str, laws: list[str]) -> None:
    assert [repeal.law for repeal in _repeals(title, text)] == laws


def test_a_repeal_names_its_article_and_stands_where_the_title_stands() -> None:
    text = "# 甲法\n<!-- INFO END -->\n第一条 为甲。\n第二条 自公布之日起，《中华人民共和国乙法》同时废止。"
    (repeal,) = parse_policy(text, "甲.md").repeals
    assert repeal.article == "第二条"
    assert text[repeal.start : repeal.end] == "《中华人民共和国乙法》"


def test_a_text_that_is_ended_twice_is_named_once() -> None:
    assert len(_repeals("甲法", "《乙法》同时废止。\n《乙法》即行废止。")) == 1


def test_a_line_of_very_many_titles_is_read() -> None:
    text = "《乙规定》、" * 20_000 + "《丙规定》同时废止。"
    assert len(_repeals("甲法", text)) == 2
