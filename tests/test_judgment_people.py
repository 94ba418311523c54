"""Parties and those who act for them, read from the list at the head, from sentences, and from titles."""

import pytest

from ingest.judgments.narrated import named_people, reported_parties, titled_parties
from ingest.judgments.people import listed_people

# Each row: lines of the list, and the parties (role, name) in them.
PARTIES = {
    "role and name": ("申请执行人：张某，男。", [("申请执行人", "张某")]),
    "half-width signs": ("被执行人:张某,女。", [("被执行人", "张某")]),
    "no colon": ("原告张某，男，1970年1月1日出生。", [("原告", "张某")]),
    "second role in brackets": ("上诉人（原审被告）：张某，男。", [("上诉人", "张某")]),
    "two roles in brackets": ("复议申请人（异议人、被执行人）：张某，男。", [("复议申请人", "张某")]),
    "half-width brackets": ("上诉人(原审原告):张某,男。", [("上诉人", "张某")]),
    "side in brackets": ("申请执行人（甲方）：张某，男。", [("申请执行人", "张某")]),
    "role in brackets behind a side": ("乙方（被执行人）：张某，男。", [("被执行人", "张某")]),
    "role in brackets behind a numbered side": ("乙方三（被执行人）：张某，女。", [("被执行人", "张某")]),
    "surety of an agreement": ("丙方（保证人）：岭某有限公司，住所地石桥县。", [("保证人", "岭某有限公司")]),
    "numbered role": ("被告一：张某，男。\n被告二：李某，女。", [("被告", "张某"), ("被告", "李某")]),
    "company": ("被告：石桥某贸易有限公司，住所地石桥县。", [("被告", "石桥某贸易有限公司")]),
    "branch of a bank": (
        "原告：岭某某银行股份有限公司石桥支行，营业场所石桥县。",
        [("原告", "岭某某银行股份有限公司石桥支行")],
    ),
    "brackets in the name": (
        "被告：岭某（集团）有限公司，住所地石桥县。",
        [("被告", "岭某（集团）有限公司")],
    ),
    "partnership": (
        "被告：岭某投资合伙企业（有限合伙），住所地石桥县。",
        [("被告", "岭某投资合伙企业（有限合伙）")],
    ),
    "short name in brackets": (
        "原告：岭某有限公司（以下简称岭某公司），住所地石桥县。",
        [("原告", "岭某有限公司")],
    ),
    "former name of a person": ("被告：张某（曾用名李某），男。", [("被告", "张某")]),
    "several names of one role": (
        "被执行人：石桥某物流有限公司、张某、李某。",
        [("被执行人", "石桥某物流有限公司"), ("被执行人", "张某"), ("被执行人", "李某")],
    ),
    "a group": ("申请执行人：张某某等三十三人（名单附后）。", [("申请执行人", "张某某等三十三人")]),
    "a name twice has its first role": (
        "异议人：张某，男。\n被执行人：张某，男。\n申请执行人：李某，女。",
        [("异议人", "张某"), ("申请执行人", "李某")],
    ),
    "third party and interested party": (
        "第三人：张某，男。\n利害关系人：李某，女。",
        [("第三人", "张某"), ("利害关系人", "李某")],
    ),
    "outsider": ("案外人：张某，男。", [("案外人", "张某")]),
    "petitioner and respondent of a petition": (
        "申诉人：张某，男。\n被申诉人：李某，女。",
        [("申诉人", "张某"), ("被申诉人", "李某")],
    ),
    "buyer at an auction": ("买受人：张某，女。", [("买受人", "张某")]),
    "prosecution and accused on one line": (
        "公诉机关石桥县人民检察院。 被告人张某某，男，1980年1月2日出生。",
        [("公诉机关", "石桥县人民检察院"), ("被告人", "张某某")],
    ),
    "name as the accused gives it": ("被告人自报张某，男。", [("被告人", "张某")]),
    "accused unit": (
        "被告单位石桥某电子有限公司，住所地石桥县。 被告人曾某，男。",
        [("被告单位", "石桥某电子有限公司"), ("被告人", "曾某")],
    ),
    "accused on appeal": ("上诉人（原审被告人）张某，男。", [("上诉人", "张某")]),
    "masked with a letter": ("被告人张XX，男。", [("被告人", "张XX")]),
    "masked with a number": ("原告：张某1，男。", [("原告", "张某1")]),
    "name with a dot": ("被告人阿某某·买某，男。", [("被告人", "阿某某·买某")]),
    "surname that is also a word": (
        "被告：于某，男。\n第三人：向某，女。",
        [("被告", "于某"), ("第三人", "向某")],
    ),
    "spaces between the letters": ("被 执 行 人：张 某，男。", [("被执行人", "张某")]),
    "the division that sent the case": (
        "移送执行部门：石桥县人民法院刑事审判庭。\n被执行人：张某，男。",
        [("移送执行部门", "石桥县人民法院刑事审判庭"), ("被执行人", "张某")],
    ),
    "the applicant before the transfer": (
        "申请人：石桥某资产管理有限公司，住所地石桥县。\n原申请执行人：岭某银行石桥支行，营业场所石桥县。",
        [("申请人", "石桥某资产管理有限公司"), ("原申请执行人", "岭某银行石桥支行")],
    ),
    "surety without colon": ("担保人张某军，男，1990年1月1日生。", [("担保人", "张某军")]),
    "a role that no list holds, before a colon": (
        "抵押权人：岭某银行石桥支行，营业场所石桥县。\n被申请变更人：张某，男。",
        [("抵押权人", "岭某银行石桥支行"), ("被申请变更人", "张某")],
    ),
    "who acts is no party": ("代表人：张某。\n签发人：李某。\n联系人：王某。\n工作单位：某公司。", []),
    "those who shall assist": (
        "协助单位：石桥县住房公积金中心；石桥某证券营业部；石桥某有限公司。",
        [
            ("协助单位", "石桥县住房公积金中心"),
            ("协助单位", "石桥某证券营业部"),
            ("协助单位", "石桥某有限公司"),
        ],
    ),
    "half-width signs and a point at the end": (
        "原告(案外人):张某,男,汉族.\n第三人:李某.",
        [("原告", "张某"), ("第三人", "李某")],
    ),
    "a row of a table": (
        "申请执行人\t某公司\n被执行人\t张 某\t男\t1970年1月1日出生",
        [("申请执行人", "某公司"), ("被执行人", "张某")],
    ),
    "a row with a colon and two names": (
        "被执行人：\t张某、李某\t住石桥县",
        [("被执行人", "张某"), ("被执行人", "李某")],
    ),
    "a row with a wide gap": ("第三人　　石桥某有限公司", [("第三人", "石桥某有限公司")]),
    "body of the administration, without colon": (
        "被告石桥县自然资源局,住所地石桥县。\n第三人石桥县桥头村村民委员会,住所地石桥县桥头村。",
        [("被告", "石桥县自然资源局"), ("第三人", "石桥县桥头村村民委员会")],
    ),
    "custody follows the name": ("被告人张某。因盗窃嫌疑，于2019年3月4日被羁押。", [("被告人", "张某")]),
    "a sentence about a party is no entry": ("被告人因本案，于2019年3月4日被逮捕。", []),
    "a party that acts is no entry": ("原告不服，提起上诉。", []),
}

# Each row: lines of the list, and the representatives (role, name, firm, of).
REPRESENTATIVES = {
    "lawyer": (
        "原告：张某，男。\n委托诉讼代理人：赵某，岭某律师事务所律师。",
        [("委托诉讼代理人", "赵某", "岭某律师事务所", "张某")],
    ),
    "two lawyers of one firm": (
        "原告：张某，男。\n委托诉讼代理人：赵某、钱某某，岭某律师事务所律师。",
        [
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "张某"),
            ("委托诉讼代理人", "钱某某", "岭某律师事务所", "张某"),
        ],
    ),
    "lawyers of two firms": (
        "原告：张某，男。\n委托诉讼代理人：赵某，岭某律师事务所律师，钱某，云某律师事务所律师。",
        [
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "张某"),
            ("委托诉讼代理人", "钱某", "云某律师事务所", "张某"),
        ],
    ),
    "legal representative of a company": (
        "被告：石桥某有限公司，住所地石桥县。\n法定代表人：李某，该公司经理。",
        [("法定代表人", "李某", None, "石桥某有限公司")],
    ),
    "manager of a branch": (
        "原告：岭某银行石桥支行，营业场所石桥县。\n负责人：施某，该支行行长。",
        [("负责人", "施某", None, "岭某银行石桥支行")],
    ),
    "mother of a child": (
        "原告：张某乙，女，2016年4月9日出生。\n法定代理人：乔某，女，系张某乙之母。",
        [("法定代理人", "乔某", None, "张某乙")],
    ),
    "each stands under its party": (
        "原告：张某，男。\n委托诉讼代理人：赵某，岭某律师事务所律师。\n被告：石桥某有限公司，住所地石桥县。\n法定代表人：李某，该公司经理。",
        [
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "张某"),
            ("法定代表人", "李某", None, "石桥某有限公司"),
        ],
    ),
    "defender on one line": (
        "被告人张某，男。 辩护人赵某，岭某律师事务所律师。",
        [("辩护人", "赵某", "岭某律师事务所", "张某")],
    ),
    "defender whom legal aid appointed": (
        "被告人张某，男。 指定辩护人赵某，系石桥县法律援助中心指派的岭某律师事务所律师。",
        [("指定辩护人", "赵某", "岭某律师事务所", "张某")],
    ),
    "lawyer of legal aid without a firm": (
        "原告：张某，男。\n委托诉讼代理人：苗某，石桥县法律援助中心指派律师。",
        [("委托诉讼代理人", "苗某", None, "张某")],
    ),
    "firm with brackets": (
        "原告：张某，男。\n委托诉讼代理人：赵某，岭某（石桥）律师事务所律师。",
        [("委托诉讼代理人", "赵某", "岭某（石桥）律师事务所", "张某")],
    ),
    "employee": (
        "被告：石桥某有限公司，住所地石桥县。\n委托诉讼代理人：孙某，该公司员工。",
        [("委托诉讼代理人", "孙某", None, "石桥某有限公司")],
    ),
    "lawyer who holds an investigation order": (
        "申请人：张某，女。\n持令律师：殷某，岭某律师事务所，执业证号（略）。",
        [("持令律师", "殷某", "岭某律师事务所", "张某")],
    ),
    "no party above": ("持令律师：殷某，岭某律师事务所。", [("持令律师", "殷某", "岭某律师事务所", None)]),
    "shared by parties of one role": (
        "原告：张某，男。\n原告：李某，女。\n二原告共同委托诉讼代理人：赵某，岭某律师事务所律师。",
        [
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "张某"),
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "李某"),
        ],
    ),
    "insolvency administrator": (
        "被执行人：石桥某有限公司，住所地石桥县。\n诉讼代表人：岭某清算事务所有限公司（该公司管理人）负责人熊某。",
        [("诉讼代表人", "熊某", None, "石桥某有限公司")],
    ),
    "a person who stands for the administrator": (
        "被执行人：石桥某有限公司，住所地石桥县。\n诉讼代表人：岭某律师事务所委派代表：赵某某。",
        [("诉讼代表人", "赵某某", None, "石桥某有限公司")],
    ),
    "head of the liquidators": (
        "被执行人：石桥某有限公司，住所地石桥县。\n诉讼代表人：靳某，该公司清算组负责人。",
        [("诉讼代表人", "靳某", None, "石桥某有限公司")],
    ),
    "lawyer and employee, divided by a semicolon": (
        "申请人：石桥某有限公司，住所地石桥县。\n委托诉讼代理人：娄某，上某（石桥）律师事务所律师；危某，该公司员工。",
        [
            ("委托诉讼代理人", "娄某", "上某（石桥）律师事务所", "石桥某有限公司"),
            ("委托诉讼代理人", "危某", None, "石桥某有限公司"),
        ],
    ),
    "two lawyers, divided by a semicolon": (
        "原告：张某，男。\n委托诉讼代理人：赵某，岭某律师事务所律师；钱某，云某律师事务所律师。",
        [
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "张某"),
            ("委托诉讼代理人", "钱某", "云某律师事务所", "张某"),
        ],
    ),
    "what else is said of a person behind a semicolon": (
        "被告：石桥某有限公司，住所地石桥县。\n法定代表人：李某，该公司经理；住石桥县；汉族。",
        [("法定代表人", "李某", None, "石桥某有限公司")],
    ),
    "owner of a works, without colon": (
        "被执行人石桥某砖厂，住所地石桥县。\n投资人邓某。",
        [("投资人", "邓某", None, "石桥某砖厂")],
    ),
    "legal worker": (
        "原告：张某，男。\n委托诉讼代理人：阮某，石桥某法律服务所法律工作者。",
        [("委托诉讼代理人", "阮某", None, "张某")],
    ),
    "lawyers with half-width signs": (
        "被告(申请执行人):石桥某有限公司,住所地石桥县.\n委托诉讼代理人:翟某、傅某,国某(石桥)律师事务所律师.",
        [
            ("委托诉讼代理人", "翟某", "国某(石桥)律师事务所", "石桥某有限公司"),
            ("委托诉讼代理人", "傅某", "国某(石桥)律师事务所", "石桥某有限公司"),
        ],
    ),
    "nobody acts for those who shall assist": (
        "协助调查单位：石桥某银行石桥支行。\n持令律师：殷某，岭某律师事务所。",
        [("持令律师", "殷某", "岭某律师事务所", None)],
    ),
    "agent of two, without colon": (
        "原告张某,男。\n原告李某,女。\n二原告共同委托代理人赵某,岭某律师事务所律师。\n被告石桥县公安局。",
        [
            ("委托代理人", "赵某", "岭某律师事务所", "张某"),
            ("委托代理人", "赵某", "岭某律师事务所", "李某"),
        ],
    ),
    "agent of the two above": (
        "原告：张某，男。\n被告：李某，男。\n被告：王某，男。\n上述两被告的委托诉讼代理人：赵某，岭某律师事务所律师。",
        [
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "李某"),
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "王某"),
        ],
    ),
    "agent of the last two of three": (
        "被告：张某，男。\n被告：李某，男。\n被告：王某，男。\n二被告共同委托诉讼代理人：赵某，岭某律师事务所律师。",
        [
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "李某"),
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "王某"),
        ],
    ),
    "agent of those of a role that is not the last": (
        "被告：张某，男。\n被告：李某，男。\n第三人：王某，男。\n以上两被告的委托代理人：赵某，岭某律师事务所律师。",
        [
            ("委托代理人", "赵某", "岭某律师事务所", "张某"),
            ("委托代理人", "赵某", "岭某律师事务所", "李某"),
        ],
    ),
    "behind a comma in the entry of a party": (
        "第三人石桥某有限公司，法定代表人李某，经理。",
        [("法定代表人", "李某", None, "石桥某有限公司")],
    ),
    "the office of a party itself": ("被告人张某，男，某公司原法定代表人，法定代表人，住石桥县。", []),
    "cells of a table": (
        "申请执行人\t某公司\t法定代表人\t李某\n委托诉讼代理人\t赵某\t岭某律师事务所律师",
        [
            ("法定代表人", "李某", None, "某公司"),
            ("委托诉讼代理人", "赵某", "岭某律师事务所", "某公司"),
        ],
    ),
    "spaces between the letters of the name": (
        "被执行人：石桥某有限公司，住所地石桥县。\n法定代表人：李 某，经理。\n委托诉讼代理人：赵 某 某。",
        [
            ("法定代表人", "李某", None, "石桥某有限公司"),
            ("委托诉讼代理人", "赵某某", None, "石桥某有限公司"),
        ],
    ),
    "authority in brackets": (
        "原告：张某，男。\n委托代理人（特别授权）：赵某，岭某律师事务所律师。",
        [("委托代理人", "赵某", "岭某律师事务所", "张某")],
    ),
}

# Each row: a sentence of a document without a list, and the parties that it names.
SENTENCES = {
    "applicant and respondents": (
        "申请执行人张某与被执行人罗某、何某民间借贷纠纷一案，判决已经生效。",
        [("申请执行人", "张某"), ("被执行人", "罗某"), ("被执行人", "何某")],
    ),
    "companies": (
        "申请执行人石桥某投资有限公司与被执行人岭某能源股份有限公司、龙某合同纠纷一案。",
        [("申请执行人", "石桥某投资有限公司"), ("被执行人", "岭某能源股份有限公司"), ("被执行人", "龙某")],
    ),
    "possessive": ("为查找被执行人康某的车辆，现公告如下。", [("被执行人", "康某")]),
    "applicant alone": ("申请执行人张某于2022年5月6日向本院申请强制执行。", [("申请执行人", "张某")]),
    "with the person addressed": ("申请执行人谭某与你公司租赁合同纠纷一案。", [("申请执行人", "谭某")]),
    "entitled": (
        "权利人石桥某建材有限公司于2021年2月18日向本院申请执行。",
        [("权利人", "石桥某建材有限公司")],
    ),
    "unmasked name": ("原告王大明诉被告李小红离婚纠纷一案。", [("原告", "王大明")]),
    "the role stands behind the name": (
        "本院立案执行申请执行人应某申请执行石桥某装饰有限公司（被执行人）追索劳动报酬纠纷一案。",
        [("申请执行人", "应某"), ("被执行人", "石桥某装饰有限公司")],
    ),
    "who asks to add a party": (
        "本院正在审查石桥某建材有限公司申请追加段某为被执行人一案。",
        [("申请人", "石桥某建材有限公司")],
    ),
    "suit in narrative, with short names": (
        "原告石桥某银行石桥支行（以下简称某支行）诉称：其与第三人石桥某担保有限公司（以下简称担保公司）签订协议。\n"
        "被告王大明辩称：账户资金浮动。\n第三人担保公司认可某支行的意见。",
        [("原告", "石桥某银行石桥支行"), ("第三人", "石桥某担保有限公司"), ("被告", "王大明")],
    ),
    "several defendants with short names": (
        "原告岭某投资公司与被告石桥某（集团）有限公司（以下简称集团公司）、石桥某总公司（以下简称总公司）借款合同纠纷一案。",
        [("原告", "岭某投资公司"), ("被告", "石桥某（集团）有限公司"), ("被告", "石桥某总公司")],
    ),
    "only the short names stand beside the role": (
        "石桥某证券股份有限公司（以下简称石桥证券）、石桥某证券股份有限公司城西营业部（以下简称石桥证券营业部）与他人纠纷一案，"
        "法院向被执行人石桥证券营业部、石桥证券发出执行通知书。",
        [("被执行人", "石桥证券营业部"), ("被执行人", "石桥证券")],
    ),
    "a shorter name of the same company": (
        "申请执行人张某与被执行人石桥某峰能源股份有限公司合同纠纷一案，被执行人能源公司未履行。",
        [("申请执行人", "张某"), ("被执行人", "石桥某峰能源股份有限公司")],
    ),
    "a verb follows the company": (
        "申请执行人石桥机械公司并非怠于行使权利，被执行人石桥轮胎厂已丧失清偿能力。",
        [("申请执行人", "石桥机械公司"), ("被执行人", "石桥轮胎厂")],
    ),
    "role without a name": ("申请执行人书面同意，被执行人至今没有履行，由申请执行人预交。", []),
    "roles joined": ("申请执行人与被执行人协商。", []),
    "details of the respondents": (
        "一、被执行人基本情况\n石桥某置业有限公司，住所地石桥县；段某，男，1971年生；白某某，女。",
        [("被执行人", "石桥某置业有限公司"), ("被执行人", "段某"), ("被执行人", "白某某")],
    ),
}

# Each row: the title of a published case, and its parties.
TITLES = {
    "application for enforcement": ("张某申请执行李某案", [("申请执行人", "张某"), ("被执行人", "李某")]),
    "several on both sides": (
        "张某、李某申请执行岭某实业（集团）股份有限公司、岭某实业总公司执行复议案",
        [
            ("申请执行人", "张某"),
            ("申请执行人", "李某"),
            ("被执行人", "岭某实业（集团）股份有限公司"),
            ("被执行人", "岭某实业总公司"),
        ],
    ),
    "and others": (
        "张某等申请强制执行石桥某有限公司追索劳动报酬纠纷案",
        [("申请执行人", "张某"), ("被执行人", "石桥某有限公司")],
    ),
    "suit": (
        "石桥某银行石桥支行诉张某金融借款合同纠纷案",
        [("原告", "石桥某银行石桥支行"), ("被告", "张某")],
    ),
    "suit on an objection": (
        "张某诉李某、石桥某有限公司执行异议之诉纠纷案",
        [("原告", "张某"), ("被告", "李某"), ("被告", "石桥某有限公司")],
    ),
    "roles unknown": ("张某与李某租赁合同纠纷执行复议案", []),
    "a question": ("加班费的仲裁时效应当如何认定", []),
    "litigation is no suit": ("刑事诉讼代理人的权利", []),
}

Pairs = list[tuple[str, str]]


@pytest.mark.parametrize(("lines", "parties"), PARTIES.values(), ids=PARTIES)
def test_parties_are_read_from_the_list(lines: str, parties: Pairs) -> None:
    text = f"石桥县人民法院\n（2023）岭0122民初5号\n\n{lines}\n"
    found = listed_people(text, len(text)).parties
    assert [(party.role, party.name) for party in found] == parties
    for party in found:
        assert "".join(text[party.start : party.end].split()) == party.name


@pytest.mark.parametrize(("lines", "expected"), REPRESENTATIVES.values(), ids=REPRESENTATIVES)
def test_representatives_are_read_with_firm_and_party(
    lines: str, expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    text = f"石桥县人民法院\n（2023）岭0122民初5号\n\n{lines}\n"
    found = listed_people(text, len(text)).representatives
    assert [(one.role, one.name, one.firm, one.of) for one in found] == expected
    for one in found:
        assert "".join(text[one.start : one.end].split()) == one.name


@pytest.mark.parametrize(("sentence", "parties"), SENTENCES.values(), ids=SENTENCES)
def test_without_a_list_the_first_place_with_role_and_name_counts(sentence: str, parties: Pairs) -> None:
    found = named_people(sentence, len(sentence)).parties
    assert [(party.role, party.name) for party in found] == parties
    assert all(sentence[party.start : party.end] == party.name for party in found)


@pytest.mark.parametrize(("title", "parties"), TITLES.values(), ids=TITLES)
def test_the_title_of_a_published_case_names_its_parties(title: str, parties: Pairs) -> None:
    text = f"# {title}\n\n## 基本案情\n"
    found = titled_parties(text, 2, 2 + len(title))
    assert [(party.role, party.name) for party in found] == parties
    assert all(text[party.start : party.end] == party.name for party in found)


def test_a_report_gives_a_party_the_role_that_its_sentences_give() -> None:
    title = "张某诉李某、石桥某担保有限公司执行异议之诉案"
    text = f"# {title}\n\n## 基本案情\n第三人石桥某担保有限公司（以下简称担保公司）认可张某的意见。\n"
    titled = titled_parties(text, 2, 2 + len(title))
    found = [(party.role, party.name) for party in reported_parties(text, titled)]
    assert found == [("原告", "张某"), ("被告", "李某"), ("第三人", "石桥某担保有限公司")]


def test_in_a_report_whoever_has_a_right_is_no_party() -> None:
    assert reported_parties("权利人石桥某有限公司已转让债权。", ()) == ()


# Each row: a notice, and for whom the legal representative that it names acts.
ADDRESSED = {
    "the one addressed": ("石桥某置业有限公司：\n\n请你公司法定代表人段某到场。", "石桥某置业有限公司"),
    "a company and a person addressed": (
        "石桥某装饰有限公司、段某：\n经传唤，法定代表人段某拒不到庭。",
        "石桥某装饰有限公司",
    ),
    "two companies addressed": ("石桥某有限公司、岭某有限公司：\n法定代表人段某拒不到庭。", None),
    "nobody addressed": ("经传唤，法定代表人段某拒不到庭。", None),
}


@pytest.mark.parametrize(("notice", "of"), ADDRESSED.values(), ids=ADDRESSED)
def test_the_legal_representative_in_a_notice_acts_for_the_company_that_is_addressed(
    notice: str, of: str | None
) -> None:
    (found,) = named_people(notice, len(notice)).representatives
    assert (found.role, found.name, found.of) == ("法定代表人", "段某", of)


def test_only_the_list_up_to_its_end_is_read() -> None:
    text = "原告：张某，男。\n被告：李某，女。\n"
    found = listed_people(text, text.index("被告"))
    assert [party.name for party in found.parties] == ["张某"]


def test_a_lawyer_named_in_a_sentence_has_the_firm_in_brackets() -> None:
    text = "申请人的委托诉讼代理人辛某某律师（岭某律师事务所，执业证号略）申请签发调查令。"
    (found,) = named_people(text, len(text)).representatives
    assert (found.role, found.name, found.firm, found.of) == (
        "委托诉讼代理人",
        "辛某某",
        "岭某律师事务所",
        None,
    )


def test_a_lawyer_of_the_applicant_acts_for_the_party_of_that_role() -> None:
    text = (
        "本院正在审查石桥某建材有限公司申请追加段某为被执行人一案。"
        "申请人的委托诉讼代理人辛某某律师申请调查令。"
    )
    (found,) = named_people(text, len(text)).representatives
    assert (found.name, found.of) == ("辛某某", "石桥某建材有限公司")


def test_a_legal_representative_in_a_sentence_belongs_to_the_party_before() -> None:
    text = "被执行人石桥某置业有限公司，住所地石桥县，法定代表人段某。"
    (found,) = named_people(text, len(text)).representatives
    assert (found.role, found.name, found.of) == ("法定代表人", "段某", "石桥某置业有限公司")
