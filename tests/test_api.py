"""The HTTP API: what it answers, and what it never says or writes down."""

import ast
import logging
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from api_world import CASE_FILE, FACTS, Client, error_of, served, services_of
from portal_world import GUIDE_FILE, LAW, LAW_FILE, OLD_LAW_FILE, World, build_world
from starlette.testclient import TestClient

from app.services import Services
from search.similar_cases import Weights

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def parts(world: World) -> Services:
    return services_of(world)


@pytest.fixture(scope="module")
def http(parts: Services) -> Iterator[TestClient]:
    with served(parts) as client:
        yield client


@pytest.fixture(scope="module")
def client(http: TestClient, parts: Services) -> Client:
    return Client(http, parts.keys.create("lawyer").text)


# ---- searching


def test_a_hit_names_its_passage_its_document_and_what_is_known_of_it(client: Client) -> None:
    found = client.get("/search", q="唯一住房 拍卖").json()
    first = found["hits"][0]
    assert (first["rank"], first["kind"], first["document_id"]) == (1, "precedent", CASE_FILE)
    assert first["id"].startswith(f"{CASE_FILE}#")
    assert first["case_number"] == "（2023）云0102执异77号"
    assert first["judgment_date"] == "2023-08-25"
    assert first["law"] is None
    assert first["keyword_rank"] == 1
    assert first["vector_rank"] is None
    assert "唯一住房" in {first["snippet"][begin:end] for begin, end in first["marks"]}
    assert found["encoded_share"] is None
    assert found["notices"] == []


def test_a_cited_article_comes_first_in_the_version_in_force(client: Client) -> None:
    found = client.get("/search", q="民诉法236条").json()
    first = found["hits"][0]
    assert first["id"] == f"{LAW_FILE}#第二百三十六条"
    assert (first["adopted"], first["superseded"]) == ("2023-09-01", False)
    assert found["not_held"] == []


def test_on_a_day_the_version_of_that_day_comes_first(client: Client) -> None:
    found = client.get("/search", q="民诉法236条", on="2022-05-01").json()
    assert found["on"] == "2022-05-01"
    assert (found["hits"][0]["document_id"], found["hits"][0]["standing"]) == (OLD_LAW_FILE, "现行有效")
    today = client.get("/search", q="民诉法236条").json()["hits"]
    old = next(hit for hit in today if hit["document_id"] == OLD_LAW_FILE)
    assert (old["standing"], old["superseded"], old["in_force"]) == ("已被修改", True, LAW_FILE)


def test_what_was_typed_and_what_was_searched_for_are_told_apart(client: Client) -> None:
    found = client.get("/search", q="老赖 民事诉讼发第二百三十六条").json()
    assert {"typed": "民事诉讼发", "meant": "民事诉讼法"} in found["corrections"]
    assert "失信被执行人" in next(added["legal"] for added in found["added"] if added["typed"] == "老赖")


def test_a_search_within_results_leaves_those_with_its_words(client: Client) -> None:
    found = client.get("/search", q="执行", kind="precedent", within="唯一住房").json()
    assert {hit["document_id"] for hit in found["hits"]} == {CASE_FILE}


def test_every_hit_says_why_it_stands_where_it_does(client: Client) -> None:
    for hit in client.get("/search", q="书面异议").json()["hits"]:
        assert f"关键词第 {hit['keyword_rank']} 位" in hit["explanation"]


def test_an_article_that_is_not_here_is_named(client: Client) -> None:
    found = client.get("/search", q="民诉法第九百条 执行").json()
    assert found["not_held"] == [{"law": "民事诉讼法", "article": "第九百条"}]


@pytest.mark.parametrize(
    ("parameters", "documents"),
    [
        pytest.param({"kind": "policy"}, {LAW_FILE, OLD_LAW_FILE, GUIDE_FILE}, id="kind"),
        pytest.param({"court": "云州市东湖区"}, {CASE_FILE, "调查令.txt"}, id="beginning of a court's name"),
        pytest.param({"year": 2023, "kind": "precedent"}, {CASE_FILE}, id="year"),
        pytest.param({"cause": "民间借贷纠纷"}, {CASE_FILE}, id="cause"),
        pytest.param({"type": "律师调查令"}, {"调查令.txt"}, id="type"),
        pytest.param({"year": 1999}, set(), id="a year without documents"),
    ],
)
def test_parameters_narrow_a_search(
    client: Client, parameters: dict[str, object], documents: set[str]
) -> None:
    found = client.get("/search", q="执行 申请执行人 财产 法院", limit=50, **parameters).json()
    assert {hit["document_id"] for hit in found["hits"]} == documents


def test_pages_of_a_search_follow_one_another(client: Client) -> None:
    whole = client.get("/search", q="执行", limit=5).json()
    pages = [client.get("/search", q="执行", limit=1, offset=number).json() for number in range(5)]
    assert [page["hits"][0]["id"] for page in pages] == [hit["id"] for hit in whole["hits"]]
    assert [page["hits"][0]["rank"] for page in pages] == [1, 2, 3, 4, 5]
    assert {page["total"] for page in pages} == {whole["total"]}
    assert client.get("/search", q="执行", offset=200).json()["hits"] == []


def test_hits_come_newest_first_where_that_is_asked_for(client: Client) -> None:
    hits = client.get("/search", q="申请执行人", sort="newest", kind="precedent").json()["hits"]
    days = [hit["judgment_date"] for hit in hits]
    assert len(days) == 3
    assert days == sorted(days, reverse=True)


def test_facets_count_the_hits(client: Client) -> None:
    found = client.get("/search", q="申请执行人", kind="precedent").json()
    assert found["facets"]["court"] == [
        {"value": "云州市东湖区人民法院", "count": 2},
        {"value": "云州市中级人民法院", "count": 1},
    ]


@pytest.mark.parametrize(
    ("parameters", "code", "said"),
    [
        pytest.param({}, "bad_parameter", "q 缺少", id="no query"),
        pytest.param({"q": "，。"}, "bad_query", "请输入", id="nothing to search for"),
        pytest.param({"q": "案" * 5001}, "bad_query", "5000", id="far too long"),
        pytest.param({"q": "执行", "kind": "law"}, "bad_parameter", "policy、precedent 之一", id="kind"),
        pytest.param({"q": "执行", "court": "火星"}, "bad_value", "火星", id="no such court"),
        pytest.param({"q": "执行", "year": "去年"}, "bad_parameter", "year 应为整数", id="year in words"),
        pytest.param(
            {"q": "执行", "year": 10**30}, "bad_parameter", "year 不得大于 9999", id="year too high"
        ),
        pytest.param(
            {"q": "执行", "sort": "price"}, "bad_parameter", "relevance、newest、authority", id="sort"
        ),
        pytest.param({"q": "执行", "limit": 51}, "bad_parameter", "limit 不得大于 50", id="too many"),
        pytest.param({"q": "执行", "limit": 0}, "bad_parameter", "limit 不得小于 1", id="none"),
        pytest.param({"q": "执行", "offset": 201}, "bad_parameter", "offset 不得大于 200", id="too far"),
        pytest.param(
            {"q": "执行", "offset": -1}, "bad_parameter", "offset 不得小于 0", id="before the first"
        ),
        pytest.param({"q": "执行", "on": "2024-02-30"}, "bad_parameter", "on 应为日期", id="no such day"),
        pytest.param({"q": "执行", "years": 2023}, "bad_parameter", "years 不存在", id="unknown parameter"),
    ],
)
def test_a_wrong_parameter_gets_one_clear_error(
    client: Client, parameters: dict[str, object], code: str, said: str
) -> None:
    response = client.get("/search", **parameters)
    assert error_of(response) == (400, code)
    assert said in response.json()["error"]["message"]


def test_an_error_does_not_repeat_the_value_that_was_sent(client: Client) -> None:
    assert "罗某" not in client.get("/search", q="执行", year="罗某", kind="罗某", on="罗某").text


# ---- documents and articles


def test_a_document_is_given_whole_with_its_sections(client: Client) -> None:
    document = client.get(f"/documents/{quote(CASE_FILE)}").json()
    by_label = {s["label"]: document["text"][s["start"] : s["end"]] for s in document["sections"]}
    assert "唯一住房并非不得执行" in by_label["本院认为"]
    assert document["applied_articles"] == [{"law": "民事诉讼法", "article": "第二百三十六条"}]
    assert document["source"] == f"corpus/{CASE_FILE}"
    assert document["standing"] is None


@pytest.mark.parametrize(
    ("file", "standing", "since"),
    [
        pytest.param(LAW_FILE, "现行有效", "2024-01-01", id="in force"),
        pytest.param(OLD_LAW_FILE, "已被修改", "2024-01-01", id="amended since"),
    ],
)
def test_a_norm_says_what_it_is_today(client: Client, file: str, standing: str, since: str) -> None:
    said = client.get(f"/documents/{quote(file)}").json()["standing"]
    assert (said["standing"], said["since"]) == (standing, since)


@pytest.mark.parametrize("name", ["没有.txt", "a/b/c", "%00", "唯一住房.txt#本院认为"])
def test_a_document_that_is_not_here_is_not_found(client: Client, name: str) -> None:
    assert error_of(client.get(f"/documents/{quote(name)}")) == (404, "not_found")


@pytest.mark.parametrize("article", ["236", "第236条", "二百三十六", "第二百三十六条", "２３６"])
@pytest.mark.parametrize("law", ["民事诉讼法", "民诉法", LAW, f"《{LAW}》"])
def test_an_article_is_found_however_law_and_number_are_written(
    client: Client, law: str, article: str
) -> None:
    found = client.get(f"/laws/{quote(law)}/{quote(article)}").json()
    assert (found["law"], found["article"]) == ("民事诉讼法", "第二百三十六条")
    assert found["id"] == f"{LAW_FILE}#第二百三十六条"
    assert found["text"].startswith("第二百三十六条 当事人认为执行行为违法的")
    assert found["standing"]["standing"] == "现行有效"


def test_on_a_day_the_wording_of_that_day_is_given_with_what_became_of_it(client: Client) -> None:
    found = client.get("/laws/民诉法/236", on="2022-05-01").json()
    assert found["document_id"] == OLD_LAW_FILE
    assert "委托当地法院" in found["text"]
    assert (found["standing"]["on"], found["standing"]["standing"]) == ("2022-05-01", "现行有效")
    assert found["standing_today"]["standing"] == "已被修改"
    assert "2022年1月1日施行的版本第二百三十六条" in found["now"]["said"]


def test_an_article_names_who_cites_it_in_the_sense_of_its_own_version(client: Client) -> None:
    found = client.get("/laws/民诉法/236").json()
    policies, precedents = found["cited_by_policies"], found["cited_by_precedents"]
    assert [citing["id"] for citing in policies["newest"]] == [f"{GUIDE_FILE}#第一条"]
    assert policies["total"] == 1
    # The ruling of August 2023 means the version before, in which 236 is another article.
    assert precedents == {"total": 0, "newest": []}


@pytest.mark.parametrize(
    ("path", "on", "code", "said"),
    [
        pytest.param("月球法/1", None, "not_found", "《月球法》", id="no such law"),
        pytest.param("民诉法/900", None, "not_found", "第九百条", id="no such article"),
        pytest.param("民诉法/二三六条款", None, "not_found", "二三六条款", id="no number"),
        pytest.param("民诉法/236", "1949-10-01", "not_in_force", "早于", id="before the first version"),
        pytest.param("民诉法/236", "2019-01-01", "version_not_held", "2017年7月1日", id="version not here"),
    ],
)
def test_an_article_that_cannot_be_given_says_what_is_missing(
    client: Client, path: str, on: str | None, code: str, said: str
) -> None:
    response = client.get(f"/laws/{path}", **({"on": on} if on else {}))
    assert error_of(response) == (404, code)
    assert said in response.json()["error"]["message"]


# ---- what stands around articles and cases


def test_the_norms_that_bear_on_a_case_say_which_of_its_articles_they_cite(client: Client) -> None:
    """The ruling of August 2023 applies the 236 of 2021, of which nothing says what became of it."""
    found = client.get(f"/related/{CASE_FILE}").json()
    (applied,) = found["applied"]
    assert (applied["law"], applied["article"]) == ("民事诉讼法", "第二百三十六条")
    assert applied["now"]["said"].startswith("引用的是2022年1月1日施行的版本第二百三十六条")
    assert all(norm["articles"] and norm["passages"] for norm in found["norms"])


def test_a_norm_has_no_related_norms_and_what_is_not_here_is_not_found(client: Client) -> None:
    assert client.get(f"/related/{LAW_FILE}").json() == {"applied": [], "norms": []}
    assert error_of(client.get("/related/没有.txt")) == (404, "not_found")


def test_an_article_names_the_cases_that_apply_it_by_the_number_that_it_bore(client: Client) -> None:
    then = client.get("/laws/民诉法/236/use", on="2023-08-25").json()
    now = client.get(f"/laws/民诉法/{then['article']}/use").json()
    assert now == then
    (case,) = then["applied_by"]["cases"]
    assert (then["applied_by"]["documents"], then["applied_by"]["complete"]) == (1, True)
    assert case["case_number"] == "（2023）云0102执异77号"
    assert [(p["document_id"], p["article"], p["applied"]) for p in case["places"]] == [
        (CASE_FILE, "第二百三十六条", True)
    ]
    assert client.get("/laws/民诉法/236/use").json()["applied_by"]["cases"] == []


def test_an_article_that_leads_nowhere_is_not_found(client: Client) -> None:
    assert error_of(client.get("/laws/民诉法/236/use", on="1949-10-01")) == (404, "not_found")


def test_two_versions_are_compared_whatever_their_order(client: Client) -> None:
    found = client.get("/comparison", one=LAW_FILE, other=OLD_LAW_FILE).json()
    assert (found["old"]["document_id"], found["new"]["adopted"]) == (OLD_LAW_FILE, "2023-09-01")
    assert found == client.get("/comparison", one=OLD_LAW_FILE, other=LAW_FILE).json()
    sides = [side for row in found["rows"] for side in (row["old"], row["new"]) if side]
    assert {side["article"] for side in sides} == {"第二百三十五条", "第二百三十六条", "第二百三十七条"}
    changed = [row for row in found["rows"] if row["change"] != "未变"]
    assert all(row["old"] is None or row["new"] is None or row["new"]["changed"] for row in changed)
    assert changed


def test_what_are_no_versions_of_one_law_are_not_compared(client: Client) -> None:
    assert error_of(client.get("/comparison", one=LAW_FILE, other=GUIDE_FILE)) == (400, "bad_value")
    assert error_of(client.get("/comparison", one=LAW_FILE)) == (400, "bad_parameter")


def test_cases_like_a_posted_text_are_found_with_what_makes_them_alike(client: Client) -> None:
    found = client.post("/similar", {"text": FACTS, "limit": 2}).json()
    first = found["cases"][0]
    assert (first["rank"], first["document_id"]) == (1, CASE_FILE)
    assert len(found["cases"]) == 2
    assert set(first["aspects"]) == {aspect.name for aspect in fields(Weights)}
    assert first["explanation"].endswith(f"= {first['score']:.3f}")
    assert sum(found["weights"].values()) == pytest.approx(1)


def test_weights_and_court_are_the_askers(client: Client) -> None:
    asked = {"text": FACTS, "weights": {"articles": 0, "cause": 0}, "court": "云州市中级"}
    found = client.post("/similar", asked).json()
    assert not {name for name in ("articles", "cause") if found["weights"].get(name)}
    assert {case["court"] for case in found["cases"]} == {"云州市中级人民法院"}


@pytest.mark.parametrize(
    ("content", "status", "code", "said"),
    [
        pytest.param({}, 400, "bad_parameter", "text 缺少", id="no text"),
        pytest.param({"text": " "}, 400, "bad_value", "案件事实", id="an empty text"),
        pytest.param({"text": 5}, 400, "bad_parameter", "text 应为文字", id="a number for a text"),
        pytest.param({"text": "案" * 100_001}, 400, "bad_parameter", "100000 个字符", id="too long"),
        pytest.param({"text": "案" * 600_000}, 413, "too_large", "过大", id="far too long"),
        pytest.param({"text": FACTS, "limit": 51}, 400, "bad_parameter", "不得大于 50", id="too many"),
        pytest.param({"text": FACTS, "court": "火星"}, 400, "bad_value", "火星", id="no such court"),
        pytest.param({"text": FACTS, "size": 3}, 400, "bad_parameter", "size 不存在", id="unknown field"),
        pytest.param(
            {"text": FACTS, "weights": {"facts": -1}}, 400, "bad_parameter", "不得小于 0", id="weight below 0"
        ),
        pytest.param(
            {"text": FACTS, "weights": {aspect.name: 0 for aspect in fields(Weights)}},
            400,
            "bad_value",
            "权重",
            id="no weight at all",
        ),
        pytest.param([FACTS], 400, "bad_parameter", "JSON 对象", id="no object"),
    ],
)
def test_a_wrong_body_gets_one_clear_error(
    client: Client, content: object, status: int, code: str, said: str
) -> None:
    response = client.post("/similar", content)
    assert error_of(response) == (status, code)
    assert said in response.json()["error"]["message"]
    assert "罗某" not in response.text


def test_a_body_that_is_no_json_is_said_to_be_none(http: TestClient, parts: Services) -> None:
    headers = {"Authorization": f"Bearer {parts.keys.create('lawyer').text}"}
    response = http.post("/api/similar", content=b"{", headers=headers)
    assert error_of(response) == (400, "bad_parameter")
    assert "请求正文应为 JSON" in response.json()["error"]["message"]


def test_a_body_of_untold_length_is_cut_off_too(http: TestClient, parts: Services) -> None:
    headers = {"Authorization": f"Bearer {parts.keys.create('lawyer').text}"}
    response = http.post("/api/similar", content=(b" " * 2**18 for _ in range(8)), headers=headers)
    assert error_of(response) == (413, "too_large")


# ---- what is never said, kept or written down


def test_no_answer_is_kept_by_a_browser_and_all_carry_the_protecting_headers(
    http: TestClient, client: Client
) -> None:
    for response in (client.get("/search", q="执行"), http.get("/api/search"), http.get("/api/docs")):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in response.headers["content-security-policy"]


def test_the_log_has_a_line_a_request_without_query_document_or_person(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.get("/search", q="罗某", court="云州市")
    client.get("/search", q="罗某", year="罗某")
    client.get(f"/documents/{quote(CASE_FILE)}")
    client.get("/laws/民诉法/236", on="2022-05-01")
    lines = [record.getMessage() for record in caplog.records if record.name == "app.api_log"]
    shapes = [re.sub(r"\d+ms key=\d+", "… key=…", line) for line in lines]
    assert shapes == [
        "GET /search 200 … key=…",
        "GET /search 400 … key=…",
        "GET /documents/{document_id:path} 200 … key=…",
        "GET /laws/{law}/{article} 200 … key=…",
    ]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("app.", "search."))]
    assert not re.search("罗某|住房|云州|民诉", " ".join(ours))


def test_what_nobody_foresaw_is_one_clear_error_and_its_words_are_not_logged(
    parts: Services, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "罗某的检索词"

    def broken(*_arguments: object) -> None:
        raise ValueError(words)

    monkeypatch.setattr(parts.search, "search", broken)
    with served(parts) as http:
        client = Client(http, parts.keys.create("lawyer").text)
        response = client.get("/search", q="罗某")
    assert error_of(response) == (500, "internal")
    assert "罗某" not in response.text
    assert "ValueError" in caplog.text
    assert "test_api.py" in caplog.text
    assert "罗某" not in caplog.text


def test_without_an_index_the_folder_is_for_the_log_alone(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    parts = services_of(world, index=tmp_path / "missing")
    with served(parts) as http:
        response = Client(http, parts.keys.create("lawyer").text).get("/search", q="执行")
    assert error_of(response) == (503, "unavailable")
    assert "missing" not in response.text
    assert "missing" in caplog.text


def test_nothing_is_traced_even_where_the_environment_asks_for_it(tmp_path: Path) -> None:
    code = """
from opentelemetry import trace
asked = []
class Tracing(trace.TracerProvider):
    def get_tracer(self, *arguments, **named):
        asked.append(arguments)
        return trace.NoOpTracer()
trace.set_tracer_provider(Tracing())
from starlette.testclient import TestClient
from app.api import build_api
from app.services import Services
from app.settings import Settings
assert TestClient(build_api(Services(Settings()))).get("/health").status_code == 200
print(asked)
"""
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "FASTAPI_OTEL_AUTO_CONFIGURE": "true"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=True,
    )
    assert done.stdout.strip() == "[]"


# ---- what is written about it


def test_the_page_of_documentation_names_everything_and_loads_nothing(http: TestClient) -> None:
    page, schema = http.get("/api/docs").text, http.get("/api/openapi.json").json()
    assert {path: set(methods) for path, methods in schema["paths"].items()} == {
        "/search": {"get"},
        "/documents/{document_id}": {"get"},
        "/related/{document_id}": {"get"},
        "/laws/{law}/{article}": {"get"},
        "/laws/{law}/{article}/use": {"get"},
        "/comparison": {"get"},
        "/similar": {"post"},
        "/health": {"get"},
    }
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} /api{path}" in page
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in page
    assert '请求正文（JSON）：<a href="#SimilarParameters">' in page
    for model in schema["components"]["schemas"]:
        assert f'<h3 id="{model}">' in page
    assert set(re.findall(r'href="#(\w+)"', page)) <= set(schema["components"]["schemas"])
    assert not re.search(r'<script|<img|<iframe|@import|url\(|(?:src|href)="(?:https?:)?//', page)


def test_the_schema_describes_every_parameter_and_field_and_asks_for_a_key(http: TestClient) -> None:
    schema = http.get("/api/openapi.json").json()
    assert schema["servers"] == [{"url": "/api"}]
    obvious = {"count", "value", "end", "is_article", "text", "title", "id", "label", "status", "error"}
    for model in schema["components"]["schemas"].values():
        undescribed = {name for name, field in model["properties"].items() if "description" not in field}
        assert undescribed <= obvious
    for path, methods in schema["paths"].items():
        (operation,) = methods.values()
        assert operation["description"]
        assert ("security" in operation) == (path != "/health")
        assert "422" not in operation["responses"]
        for parameter in operation.get("parameters", ()):
            assert parameter["description"]


def test_the_example_of_the_documentation_runs_as_it_stands(world: World, tmp_path: Path) -> None:
    document = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", document, re.DOTALL)[1]
    (tmp_path / "indexes").mkdir()
    (tmp_path / "indexes" / "default").symlink_to(world.index)
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", example],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=True,
    )
    first = f"1 {LAW} 第二百三十六条 现行有效"
    assert done.stdout.startswith(first)
    assert "引用的是2022年1月1日施行的版本第二百三十六条" in done.stdout


def test_the_documentation_names_every_method_of_the_service_and_every_error() -> None:
    document = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
    service = ast.parse((PROJECT / "search" / "service.py").read_text(encoding="utf-8"))
    faces = [node for node in service.body if getattr(node, "name", "") == "SearchService"]
    methods = [node.name for node in faces[0].body if isinstance(node, ast.FunctionDef)]
    for method in methods:
        assert method.startswith("_") or f"`{method}(" in document or f", `{method}(" in document, method
    sources = " ".join(file.read_text(encoding="utf-8") for file in (PROJECT / "app").glob("api*.py"))
    codes = set(re.findall(r'(?:Refusal|error_answer)\(\s*\d{3},\s*"(\w+)"', sources))
    codes |= set(re.findall(r'\d{3}: \("(\w+)"', sources))
    assert codes >= {"no_key", "too_many_requests", "not_in_force", "internal", "no_such_path"}
    assert {code for code in codes if f"`{code}`" not in document} == set()


# ---- in the server


@pytest.fixture(scope="module")
def server(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the portal as `lvzhi portal` serves it, and its log."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "INDEX": world.index,
        "DATA": world.data,
        "ENCODER": "none",
        "PORT": port,
        "HOST": "127.0.0.1",
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LVZHI_")}
    environment |= {f"LVZHI_{name}": str(value) for name, value in settings.items()}
    folder = tmp_path_factory.mktemp("server")
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", "from app.cli import main; main()", "portal"],
            cwd=folder,
            env=environment | {"PYTHONPATH": str(PROJECT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield f"http://127.0.0.1:{port}", log
        finally:
            process.terminate()
            process.wait(30)


def test_the_portals_server_answers_the_api_and_logs_it(server: tuple[str, Path], parts: Services) -> None:
    site, log = server
    headers = {"Authorization": f"Bearer {parts.keys.create('lawyer').text}"}
    answer = None
    for _ in range(300):
        with suppress(httpx.ConnectError):
            answer = httpx.get(
                f"{site}/api/search", params={"q": "罗某 唯一住房"}, headers=headers, timeout=30
            )
            break
        time.sleep(0.1)
    assert answer is not None, log.read_text()
    assert CASE_FILE in answer.text
    written = ""
    for _ in range(100):  # the line is written when the answer has gone
        written = log.read_text()
        if "GET /search 200" in written:
            break
        time.sleep(0.1)
    assert "GET /search 200" in written
    assert quote("罗") not in written
    assert "罗" not in written
