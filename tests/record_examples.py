"""Records of public data sets, by what is published of each; the texts are invented."""

from typing import Any

SHAPES: dict[str, tuple[dict[str, Any], str, dict[str, str]]] = {
    "cail 2018": (
        {
            "fact": "公诉机关指控，被告人张某盗窃。",
            "meta": {
                "relevant_articles": [264, 234],
                "accusation": ["盗窃", "故意伤害"],
                "punish_of_money": 0,
                "criminals": ["张某"],
                "term_of_imprisonment": {
                    "death_penalty": False,
                    "imprisonment": 12,
                    "life_imprisonment": False,
                },
            },
        },
        "公诉机关指控，被告人张某盗窃。",
        {"facts_of": "盗窃罪、故意伤害罪"},
    ),
    "cail 2018 with brackets": (
        {"fact": "张某售药。", "meta": {"accusation": ["[生产、销售]假药"]}},
        "张某售药。",
        {"facts_of": "生产、销售假药罪"},
    ),
    "lecard": (
        {
            "ajId": "a1",
            "ajName": "张某盗窃一案",
            "ajjbqk": " 经审理查明",
            "cpfxgc": " 本院认为",
            "pjjg": " 判决如下",
            "qw": "石桥县人民法院 刑事判决书 （2018）岭0122刑初8号",
            "writId": "w1",
            "writName": "张某盗窃一审刑事判决书",
        },
        "石桥县人民法院 刑事判决书 （2018）岭0122刑初8号",
        {"title": "张某盗窃一审刑事判决书", "kind": "precedent"},
    ),
    "lecard without the full text": (
        {"ajName": "张某盗窃一案", "ajjbqk": "经查明。", "cpfxgc": "", "pjjg": "判处罚金。", "qw": ""},
        "# 张某盗窃一案\n\n## 基本案情\n\n经查明。\n\n## 裁判结果\n\n判处罚金。\n",
        {"title": "张某盗窃一案", "kind": "precedent"},
    ),
    "lecard query": (
        {"path": "a/b.json", "ridx": 1325, "q": "张某取走现金。", "crime": ["诈骗罪", "信用卡诈骗罪"]},
        "张某取走现金。",
        {"facts_of": "诈骗罪、信用卡诈骗罪"},
    ),
    "lecard 2": (
        {
            "pid": 7,
            "qw": "刑事判决书全文",
            "fact": "事实",
            "reason": "理由",
            "charge": ["抢劫罪"],
            "article": [263],
        },
        "刑事判决书全文",
        {"cause_of_action": "抢劫罪", "kind": "precedent"},
    ),
    "lecard 2 without the full text": (
        {"pid": 7, "fact": "张某抢劫。", "charge": ["抢劫罪"], "article": [263]},
        "张某抢劫。",
        {"facts_of": "抢劫罪"},
    ),
    "judge": (
        {"text_id": "t", "text": "指控", "la": [64, 67], "fd": "石桥县人民法院 刑事判决书"},
        "石桥县人民法院 刑事判决书",
        {"kind": "precedent"},
    ),
    "muser": (
        {
            "uid": "u1",
            "caseID": "（2019）岭01民终5号",
            "content": {
                "本院查明": ["张某借款。", "未还。"],
                "本院认为": ["应当偿还。"],
                "法条": ["《民法典》第三条"],
            },
            "labels": {"案情标签": [["借款"]], "争议焦点": []},
        },
        "## 本院查明\n\n张某借款。未还。\n\n## 本院认为\n\n应当偿还。\n\n## 相关法条\n\n《民法典》第三条\n",
        {"case_number": "（2019）岭01民终5号", "kind": "precedent"},
    ),
    "cjrc": (
        {
            "caseid": "1",
            "domain": "civil",
            "paragraphs": [{"context": "经审理查明:张某", "casename": "离婚纠纷", "qas": []}],
        },
        "经审理查明:张某",
        {"facts_of": "离婚纠纷"},
    ),
    "cjrc document": ({"casename": "离婚纠纷", "text": "张某"}, "张某", {"facts_of": "离婚纠纷"}),
    "case list": (
        {
            "案号": "（2023）岭0122执5号",
            "案件名称": "张某申请执行案",
            "法院": "石桥县人民法院",
            "案由": "买卖合同纠纷",
            "裁判日期": "2023-05-06 00:00:00",
            "文书类型": "执行裁定书",
            "全文": "石桥县人民法院执行裁定书",
            "链接": "无",
        },
        "石桥县人民法院执行裁定书",
        {
            "case_number": "（2023）岭0122执5号",
            "title": "张某申请执行案",
            "court": "石桥县人民法院",
            "cause_of_action": "买卖合同纠纷",
            "judgment_date": "2023-05-06",
            "document_type": "执行裁定书",
        },
    ),
    "row of a case list": (
        {
            "案号": "（2023）岭0122执5号",
            "审理法院": "石桥县人民法院",
            "判决日期": "未定",
            "标的": 50000.0,
            "备注": "",
        },
        "案号：（2023）岭0122执5号\n审理法院：石桥县人民法院\n判决日期：未定\n标的：50000",
        {"case_number": "（2023）岭0122执5号", "court": "石桥县人民法院", "kind": "precedent"},
    ),
    "text": ({"text": "张某", "title": 5}, "张某", {"title": "5"}),
    "content": ({"content": " 张某\n", "title": ["甲"], "court": {}}, " 张某\n", {"title": "甲"}),
}
