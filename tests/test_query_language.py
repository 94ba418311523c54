"""The query language of the search box: what each way of typing means, and what is refused with advice."""

import pytest

from legal.errors import QueryError
from search.query import Query, parse_query
from search.query_values import FieldCondition, Years


def typed(text: str) -> tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]]:
    query = parse_query(text)
    assert query.fields == ()
    return query.words, query.required, query.excluded


@pytest.mark.parametrize(
    "text",
    [
        "查封房屋",
        "查封 房屋 期限",
        "唯一住房能否执行",
        "名为“个体工商户”实为“合伙”，内部发生纠纷时如何认定？",
        "什么情形构成“虚假诉讼”",
        '男方患了“抑郁症"，能离婚吗？',
        "他说“不还钱，怎么办？",
        "请问:公司拖欠工资怎么办",
        "请问：任何地区都能做股权质押吗？",
        "律师：您好！房子被查封了",
        "承诺：如果违约按每日千分之一支付",
        "债务人住所地：云州市",
        "https://example.com/a",
        "应当查封或者扣押财产",
        "查封-扣押",
        "A - B",
        "2021-06-01 之前的借款",
        "借款本金500000元 年利率15.4%",
        "AND 查封",
    ],
)
def test_ordinary_words_and_sentences_are_searched_for_as_they_are(text: str) -> None:
    query = parse_query(text)
    assert query.words == text
    assert not query.has_conditions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“续行查封”", ("续行查封", (("续行查封",),), ())),
        ('"续行查封" 期限', ("续行查封 期限", (("续行查封",),), ())),
        ("＂续行查封＂ 期限", ("续行查封 期限", (("续行查封",),), ())),
        ("「续行查封」 期限", ("续行查封 期限", (("续行查封",),), ())),
        ("『续行查封』", ("续行查封", (("续行查封",),), ())),
        ("”续行查封” 期限", ("续行查封 期限", (("续行查封",),), ())),
        ("查封“唯一住房”期限", ("查封 唯一住房 期限", (("唯一住房",),), ())),
        ("“唯一住房” “必需”", ("唯一住房 必需", (("唯一住房",), ("必需",)), ())),
        ("“查封、扣押” 怎么办？", ("查封、扣押 怎么办？", (("查封、扣押",),), ())),
        ("查封 -车辆", ("查封", (), ("车辆",))),
        ("查封 －车辆 −船舶", ("查封", (), ("车辆", "船舶"))),
        ("-车辆 查封", ("查封", (), ("车辆",))),
        ("查封 -“轮候查封”", ("查封", (), ("轮候查封",))),
        ("查封 不含:车辆", ("查封", (), ("车辆",))),
        ("查封 不含：车辆、船舶", ("查封", (), ("车辆", "船舶"))),
        ("查封 不包含：“轮候 查封”", ("查封", (), ("轮候 查封",))),
        ("查封 NOT 车辆", ("查封", (), ("车辆",))),
        ("查封 -车辆 -车辆", ("查封", (), ("车辆",))),
        ("被执行人转移财产，如何查封 -车辆，", ("被执行人转移财产，如何查封", (), ("车辆",))),
        ("查封 OR 扣押", ("查封 扣押", (("查封", "扣押"),), ())),
        ("查封 或者 扣押 期限", ("查封 扣押 期限", (("查封", "扣押"),), ())),
        ("查封 ＯＲ 扣押 OR 冻结", ("查封 扣押 冻结", (("查封", "扣押", "冻结"),), ())),
        ("(查封 OR 扣押) 期限", ("查封 扣押 期限", (("查封", "扣押"),), ())),
        ("“续行查封” OR 续封", ("续行查封 续封", (("续行查封", "续封"),), ())),
        ("查封 OR 扣押 房屋 OR 车辆", ("查封 扣押 房屋 车辆", (("查封", "扣押"), ("房屋", "车辆")), ())),
        ("案号:（2022）云执复3号", ("（2022）云执复3号", (), ())),
        ("关键词：查封", ("查封", (), ())),
    ],
)
def test_phrases_exclusions_and_alternatives(text: str, expected: tuple[object, ...]) -> None:
    assert typed(text) == expected


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("查封 法院:云州市中级人民法院", "法院", ("云州市中级人民法院",)),
        ("查封 法院：云州市中级人民法院", "法院", ("云州市中级人民法院",)),
        ("查封 法院: 云州中院", "法院", ("云州中院",)),
        ("查封 法院:“云州市 中级人民法院”", "法院", ("云州市 中级人民法院",)),
        ("查封 审理法院:甲,乙、丙", "法院", ("甲", "乙", "丙")),
        ("查封 案由:民间借贷纠纷", "案由", ("民间借贷纠纷",)),
        ("查封 罪名:盗窃罪", "案由", ("盗窃罪",)),
        ("查封 文书:裁定书", "文书", ("裁定书",)),
        ("查封 文书:裁定书，判决书", "文书", ("裁定书", "判决书")),
        ("查封 文书类型:裁定书", "文书", ("裁定书",)),
        ("查封 时效:现行有效", "时效", ("现行有效",)),
        ("查封 时效:有效", "时效", ("现行有效",)),
        ("查封 时效性：已废止、已被修改", "时效", ("已废止", "已被修改")),
        ("查封 时效:尚未施行", "时效", ("尚未施行",)),
        ("查封 时效:失效", "时效", ("已废止",)),
        ("查封 效力:司法解释", "效力", ("司法解释",)),
        ("查封 效力层级:法律，行政法规", "效力", ("法律", "行政法规")),
        ("查封 层级:中级", "层级", ("中级人民法院",)),
        ("查封 层级:高院", "层级", ("高级人民法院",)),
        ("查封 法院层级:最高人民法院", "层级", ("最高人民法院",)),
        ("查封 适用:民法典577条", "适用", ("民法典#第五百七十七条",)),
        ("查封 适用:民法典第577条、第585条", "适用", ("民法典#第五百七十七条", "民法典#第五百八十五条")),
        ("查封 适用:民诉法236条", "适用", ("民事诉讼法#第二百三十六条",)),
        ("查封 适用:《民诉法》", "适用", ("民事诉讼法#",)),
    ],
)
def test_fields_and_their_values(text: str, field: str, values: tuple[str, ...]) -> None:
    query = parse_query(text)
    assert query.words == "查封"
    assert query.fields == (FieldCondition(field, values),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("年份:2020", 2020, 2020),
        ("年份：2020年", 2020, 2020),
        ("年份:2019-2021", 2019, 2021),
        ("年份:2019—2021", 2019, 2021),
        ("年份:2019~2021", 2019, 2021),
        ("年份: 2019 - 2021", 2019, 2021),
        ("年份:2019至2021年", 2019, 2021),
        ("年份:2019年到2021年", 2019, 2021),
        ("年份:２０１９－２０２１", 2019, 2021),
        ("年份:二〇一九年至二〇二一年", 2019, 2021),
        ("年份:2019-", 2019, None),
        ("年份:2019年以来", 2019, None),
        ("年份:-2019", None, 2019),
        ("年份:2019年以前", None, 2019),
        ("年度:2020", 2020, 2020),
    ],
)
def test_years_are_one_or_a_range_with_either_end_open(
    text: str, first: int | None, last: int | None
) -> None:
    for whole in (text, f"{text} 查封", f"查封 {text}"):
        assert parse_query(whole).fields == (FieldCondition("年份", years=(Years(first, last),)),)


def test_several_fields_stand_beside_words_phrases_and_exclusions() -> None:
    query = parse_query("租赁 “带租拍卖” -公证 法院:云州 年份:2019-2021,2023 -文书:通知书")
    assert query.words == "租赁 带租拍卖"
    assert query.required == (("带租拍卖",),)
    assert query.excluded == ("公证",)
    assert query.fields == (
        FieldCondition("法院", ("云州",)),
        FieldCondition("年份", years=(Years(2019, 2021), Years(2023, 2023))),
        FieldCondition("文书", ("通知书",), excluded=True),
    )


def test_a_field_stands_in_a_sentence_too_if_it_stands_free() -> None:
    query = parse_query("被执行人把房屋低价卖给亲属，能不能撤销？ 年份:2020 层级:中级")
    assert query.words == "被执行人把房屋低价卖给亲属，能不能撤销？"
    assert [field.name for field in query.fields] == ["年份", "层级"]


def test_fields_alone_can_be_asked_for() -> None:
    query = parse_query("法院:云州 -年份:2020")
    assert (query.words, query.has_conditions) == ("", True)


def test_a_paragraph_of_facts_is_no_command() -> None:
    facts = (
        "申请执行人主张：被执行人把“唯一住房”赠与其子；法院：未予查封。双方争议的是 “恶意串通”能否成立，" * 10
    )
    assert parse_query(facts) == Query(text=facts, citations=(), case_numbers=(), words=facts)


@pytest.mark.parametrize(
    ("text", "cited", "numbers"),
    [
        ("民法典577条 “违约金” 年份:2020", ["第五百七十七条"], ()),
        ("民法典577条 OR 民法典585条", ["第五百七十七条", "第五百八十五条"], ()),
        ("“民法典第577条”", ["第五百七十七条"], ()),
        ("“（2022）云执复3号”", [], ("（2022）云执复3号",)),
        ("查封 -民法典577条", [], ()),
        ("查封 适用:民法典577条", [], ()),
        ("查封 -（2022）云执复3号", [], ()),
    ],
)
def test_only_articles_and_cases_that_are_searched_for_are_named(
    text: str, cited: list[str], numbers: tuple[str, ...]
) -> None:
    query = parse_query(text)
    assert [citation.article for citation in query.citations] == cited
    assert query.case_numbers == numbers


@pytest.mark.parametrize("text", ["民法典577条 OR 民法典585条", "“民法典第577条”", "“（2022）云执复3号”"])
def test_a_reference_need_not_stand_in_the_hit_as_it_was_typed(text: str) -> None:
    assert parse_query(text).required == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“续行查封 期限", "引号没有成对：“续行查封 期限。请补上另一半引号"),
        ('查封 "房屋', '引号没有成对："房屋'),
        ("「续行查封", "引号没有成对"),
        ("“” 查封", "引号中没有文字"),
        ("“，” 查封", "引号中没有文字"),
        ("法院: 年份:2020", "“法院:”后面没有内容。请写成 法院:高级人民法院"),
        ("查封 年份:", "“年份:”后面没有内容。请写成 年份:2019-2021"),
        ("查封 不含:", "“不含:”后面没有内容。请写成 不含:车辆"),
        ("法原:云州", "没有“法原”这个检索字段。可用的字段有：法院、案由、年份、文书、时效、效力、层级、适用"),
        ("年分：2020", "没有“年分”这个检索字段"),
        ("查封 法官:张某", "没有“法官”这个检索字段"),
        ("court:云州", "没有“court”这个检索字段"),
        ("年份:2021-2019", "起始年份晚于终止年份。请写成 年份:2019-2021"),
        ("年份:去年", "“年份:去年”无法识别。请写成 年份:2020"),
        ("年份:2019-2020-2021", "无法识别"),
        ("年份:19-21", "无法识别"),
        ("时效:有笑", "时效可以是：现行有效、尚未施行、已被修改、已废止、效力不明"),
        ("效力:宪章", "效力可以是：宪法、法律、行政法规、司法解释"),
        ("层级:省级", "层级可以是：最高人民法院、高级人民法院、中级人民法院、基层人民法院"),
        ("适用:577条", "没有写明法律。请写明法律名称和条文"),
        ("-车辆", "只有要排除的内容"),
        ("-车辆 不含:船舶", "只有要排除的内容"),
        ("查封 OR", "OR（或者）的前后都应有词语"),
        ("OR 查封", "OR（或者）的前后都应有词语"),
        ("查封 OR OR 扣押", "OR（或者）的前后都应有词语"),
        ("查封 OR -扣押", "OR（或者）只能放在词语或短语之间"),
        ("查封 OR 年份:2020", "OR（或者）只能放在词语或短语之间"),
        ("查封 NOT", "NOT 后面没有词语"),
        ("查封 -OR 扣押", "排除号后面应是词语"),
        ("查封 -查封", "“查封”既要检索又被排除"),
        ("“轮候查封” -查封", "“查封”既要检索又被排除"),
    ],
)
def test_a_malformed_query_is_refused_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(text)
    assert said in refused.value.message


@pytest.mark.parametrize("text", ["查封 -，", "查封 -。", "查封 NOT 。", "查封 -、“续行查封”"])
def test_a_dash_or_not_before_a_sign_leaves_nothing_out(text: str) -> None:
    assert parse_query(text).excluded == ()


@pytest.mark.parametrize("text", ["法院:| 合同", "年份:| 合同", "时效:、 合同"])
def test_a_field_without_a_value_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QueryError, match="后面没有内容"):
        parse_query(text)


def test_signs_beside_a_condition_are_no_words() -> None:
    query = parse_query("年份:2020 。")
    assert query.words == ""
    assert query.fields[0].years == parse_query("年份:2020").fields[0].years


def test_half_a_character_is_a_space() -> None:
    assert parse_query("查封\ud800房屋").words == parse_query("查封 房屋").words
