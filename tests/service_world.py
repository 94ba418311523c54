"""An index of a few norms and rulings for the tests of the search service, and short ways to ask it."""

from typing import Any

from search_examples import case, policy, put

from search.service import Hit, SearchRequest, SearchService
from search.store import EmbeddedStore

INTERPRETATION = "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释"
PAID_IN_PARTS = "经过财产调查未发现可供执行的财产，可以裁定终结本次执行程序。"
ENTRIES = (
    policy(
        "解释2015.txt",
        INTERPRETATION,
        {"第五百一十七条": "再次申请不受期限限制。", "第五百一十九条": PAID_IN_PARTS},
        level="司法解释",
        adopted="2015-01-30",
        body="最高人民法院",
    ),
    policy(
        "解释2022.txt",
        INTERPRETATION,
        {"第五百一十七条": PAID_IN_PARTS, "第五百一十八条": "被执行人应当报告财产。"},
        level="司法解释",
        adopted="2022-04-01",
        body="最高人民法院",
    ),
    policy(
        "强制法.txt",
        "中华人民共和国民事强制法",
        {
            "第一条": "法院可以查封被执行人的房屋。",
            "第二条": "法院可以查封、扣押被执行人的车辆。",
            "第三条": "失信被执行人不得乘坐飞机。",
        },
        adopted="2021-06-01",
        body="全国人民代表大会常务委员会",
    ),
    policy(
        "甲市条例.txt",
        "甲市强制条例",
        {"第一条": "查封房屋应当张贴公告。"},
        level="地方性法规",
        adopted="2023-03-01",
        body="甲市人民代表大会常务委员会",
    ),
    policy("答复.txt", "关于查封问题的答复", {"第一条": "查封期限届满可以续封。"}, level="其他"),
    case(
        "一案.txt",
        "甲市乙区人民法院（2023）云0102执异12号",
        {"查明": "法院查封张某某的房屋。", "本院认为": "案外人在查封房屋之前占有房屋。"},
        day="2023-05-06",
    ),
    case(
        "二案.txt",
        "丙省高级人民法院（2022）云执复3号",
        {"查明": "申请人不服查封。", "本院认为": "复议理由不成立。"},
        day="2022-05-06",
        cause="执行复议",
    ),
)


def filled_store() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    put(store, *ENTRIES)
    return store


def hits(service: SearchService, text: str, **asked: Any) -> tuple[Hit, ...]:
    return service.search(SearchRequest(text, **{"limit": 100, **asked})).hits


def ids(service: SearchService, text: str, **asked: Any) -> list[str]:
    return [hit.id for hit in hits(service, text, **asked)]
