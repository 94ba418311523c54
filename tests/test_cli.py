"""The command `lvzhi`, run as its users run it."""

import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import Settings
from search.encoder_adapter import ADAPTER

LVZHI = Path(sys.executable).with_name("lvzhi")
ORDER = """云州市南岭区人民法院
执行裁定书
（2024）岭0102执7号

申请执行人：张某。
被执行人：李某。
本院认为，{}
"""
GUIDE = """# 某市中级人民法院案款发放指引

2024年3月1日 某市中级人民法院审判委员会通过

<!-- INFO END -->

第一条 案款到账后，承办法官应当在三十日内发放。

第二条 申请执行人应当提供收款账户。
"""


def lvzhi(*arguments: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command with data and index of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LVZHI_")}
    environment |= {"LVZHI_DATA": str(home / "data"), "LVZHI_INDEX": str(home / "index"), "COLUMNS": "200"}
    environment |= {"LVZHI_ENCODER_FOLDER": str(home / "encoder")}
    return subprocess.run(
        [LVZHI, *map(str, arguments)], capture_output=True, text=True, env=environment, cwd=home, check=False
    )


def write_corpus(folder: Path) -> Path:
    folder.mkdir()
    (folder / "案款发放指引(2024-03-01).md").write_text(GUIDE, encoding="utf-8")
    (folder / "裁定.txt").write_text(ORDER.format("冻结的案款应当发放给申请执行人。"), encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus that the test may change."""
    return write_corpus(tmp_path / "语料")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index, for the tests that only read it."""
    folder = tmp_path_factory.mktemp("home")
    done = lvzhi("ingest", write_corpus(folder / "语料"), "--encoder", "none", home=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_command_says_in_its_help_what_it_does(tmp_path: Path) -> None:
    listed = lvzhi("--help", home=tmp_path).stdout
    for command in ("ingest", "search", "evaluate", "portal", "corpus", "account"):
        assert command in listed
        assert lvzhi(command, "--help", home=tmp_path).returncode == 0


def test_json_of_a_search_holds_hits_with_rank_id_title_snippet_and_score(home: Path) -> None:
    found = json.loads(lvzhi("search", "案款 三十日 发放", "--json", home=home).stdout)
    first = found["hits"][0]
    assert first["rank"] == 1
    assert first["id"] == "案款发放指引(2024-03-01).md#第一条"
    assert first["title"] == "某市中级人民法院案款发放指引 第一条"
    assert "三十日内发放" in first["snippet"]
    assert 0 < first["score"] <= 1
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        pytest.param(["--kind", "precedent"], ["裁定.txt#本院认为"], id="kind"),
        pytest.param(["--court", "云州市南岭区"], ["裁定.txt#本院认为"], id="beginning of a court's name"),
        pytest.param(
            ["--year", "2024", "--kind", "policy", "--top-k", "1"],
            ["案款发放指引(2024-03-01).md#第一条"],
            id="year",
        ),
        pytest.param(["--year", "1999"], [], id="a year without documents"),
    ],
)
def test_options_of_a_search_narrow_it(home: Path, options: list[str], ids: list[str]) -> None:
    found = json.loads(lvzhi("search", "发放案款", "--json", *options, home=home).stdout)
    assert [hit["id"] for hit in found["hits"]] == ids


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["search", "执行", "--index", "没有"], "没有索引", id="no index"),
        pytest.param(["search", "，。"], "请输入", id="nothing to search for"),
        pytest.param(["search", "执行", "--court", "火星"], "火星", id="no such court"),
        pytest.param(["search", "执行", "--kind", "law"], "--kind", id="no such kind"),
        pytest.param(["ingest", "不存在的目录"], "路径不存在", id="no such path"),
        pytest.param(["ingest", ".", "--encoder", "word2vec"], "word2vec", id="no such encoder"),
        pytest.param(["encoder", "build", "--from", "没有的模型"], "没有的模型", id="no such model"),
        pytest.param(["evaluate", "."], "queries.jsonl", id="no collection"),
        pytest.param(["corpus", "fetch", "月球"], "月球", id="no such corpus"),
        pytest.param(["account", "add", "wang", "王某", "--role", "king"], "king", id="no such role"),
    ],
)
def test_a_mistake_ends_in_one_clear_line_and_status_1(
    home: Path, arguments: list[str], message: str
) -> None:
    done = lvzhi(*arguments, home=home)
    assert done.returncode == 1
    assert message in done.stderr
    assert done.stderr.startswith("错误：")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_the_encoder_is_built_offline_and_holds_the_adapter_of_this_program(tmp_path: Path) -> None:
    done = lvzhi("encoder", "build", "--to", tmp_path / "encoder", home=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    built = json.loads((tmp_path / "encoder" / "encoder.json").read_text(encoding="utf-8"))
    assert built["adapter_sha256"] == hashlib.sha256(ADAPTER.read_bytes()).hexdigest()
    assert f"adapter-{built['adapter_sha256'][:12]} int8" in built["name"]


def test_a_file_that_cannot_be_read_is_named_with_the_reason_and_the_rest_goes_on(
    tmp_path: Path, corpus: Path
) -> None:
    (corpus / "损坏.md").write_bytes(bytes(range(256)) * 40)
    (corpus / "空.txt").write_text("", encoding="utf-8")
    done = lvzhi("ingest", corpus, "--encoder", "none", home=tmp_path)
    assert done.returncode == 0
    assert "未收录：损坏.md：不是文本文件" in done.stdout
    assert "未收录：空.txt：文件是空的" in done.stdout
    assert "未能收录 2 项" in done.stdout
    assert json.loads(lvzhi("search", "案款", "--json", home=tmp_path).stdout)["total"] > 0


def test_lines_of_one_file_that_fail_for_one_reason_are_reported_together(tmp_path: Path) -> None:
    lines = [json.dumps({"qid": number}) for number in range(40)] + ["{"]
    (tmp_path / "问题.jsonl").write_text("\n".join(lines), encoding="utf-8")
    printed = lvzhi("ingest", "问题.jsonl", "--encoder", "none", home=tmp_path).stdout
    assert "未能收录 41 项" in printed
    assert [line.split("：")[1] for line in printed.splitlines() if line.startswith("  未收录")] == [
        "问题.jsonl 第 1 行",
        "问题.jsonl 第 41 行",
    ]
    assert "另有 39 项原因相同" in printed


def test_a_second_run_passes_over_what_did_not_change(home: Path) -> None:
    assert "未改动 2 个文件" in lvzhi("ingest", home / "语料", "--encoder", "none", home=home).stdout


def test_vectors_are_made_where_they_are_asked_for_and_the_search_says_how_far(
    tmp_path: Path, corpus: Path
) -> None:
    assert lvzhi("ingest", corpus, "--encoder", "none", home=tmp_path).returncode == 0
    assert json.loads(lvzhi("search", "案款", "--json", home=tmp_path).stdout)["encoded_share"] is None
    assert lvzhi("ingest", corpus, home=tmp_path).returncode == 0
    found = json.loads(lvzhi("search", "钱到了法院多久给我", "--json", home=tmp_path).stdout)
    assert found["encoded_share"] == 1.0
    assert found["hits"][0]["vector_rank"] is not None


def test_evaluate_prints_an_object_with_measures_as_keys(home: Path) -> None:
    folder = home / "测试集"
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "案款几日内发放"}\n', encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(
        "q1\t案款发放指引(2024-03-01).md#第一条\t1\n", encoding="utf-8"
    )
    values = json.loads(lvzhi("evaluate", folder, "--parts", "--json", home=home).stdout)
    best = {"nDCG@10": 1.0, "Success@10": 1.0, "RR@10": 1.0, "R@100": 1.0}
    assert {name: values[name] for name in best} == values["in_force"] == best
    assert values["intervals"]["nDCG@10"] == [1.0, 1.0]
    assert values["parts"]["关键词"] == best
    assert "nDCG@10" in lvzhi("evaluate", folder, home=home).stdout


def test_an_index_of_another_schema_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "manifest.json").write_text('{"schema": 0}', encoding="utf-8")
    done = lvzhi("search", "案款", home=tmp_path)
    assert done.returncode == 1
    assert "lvzhi ingest" in done.stderr


def test_a_public_corpus_is_fetched_from_a_mirror_and_can_be_searched(tmp_path: Path) -> None:
    repository = tmp_path / "仓库"
    (repository / "法规").mkdir(parents=True)
    (repository / "法规" / "案款发放指引(2024-03-01).md").write_text(GUIDE, encoding="utf-8")
    identity = ["-c", "user.name=某某", "-c", "user.email=test@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "首次"]):
        subprocess.run(["git", "-C", str(repository), *arguments], check=True)
    done = lvzhi("corpus", "fetch", "laws", "--from", repository, "--encoder", "none", home=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(lvzhi("search", "案款", "--json", home=tmp_path).stdout)
    assert {hit["document_id"] for hit in found["hits"]} == {"法规/案款发放指引(2024-03-01).md"}


def test_a_corpus_that_cannot_be_fetched_ends_in_one_clear_error(tmp_path: Path) -> None:
    done = lvzhi("corpus", "fetch", "laws", "--from", tmp_path / "没有", home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("错误：无法获取仓库")
    assert not (tmp_path / "index").exists()


def test_the_demonstration_keeps_its_passwords_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    code = """
from rich.console import Console
from app.demonstration import prepare
from app.settings import Settings
from search.encoder_adapter import ADAPTER
prepare(Console(), Settings())
"""
    environment = {**os.environ, "LVZHI_DATA": str(tmp_path / "data"), "LVZHI_INDEX": str(tmp_path / "index")}
    environment |= {"LVZHI_ENCODER": "none", "COLUMNS": "200"}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
        )
        for _ in range(2)
    ]
    file = tmp_path / "data" / "demonstration.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    sign_ins = json.loads(file.read_text(encoding="utf-8"))
    assert {s["name"] for s in sign_ins} == {"lawyer", "lawyer2", "judge", "researcher", "admin"}
    for done in runs:
        assert all(f"口令 {s['password']}" in done.stdout for s in sign_ins)
    assert "正在用样例语料建立" in runs[0].stdout
    assert "正在用样例语料建立" not in runs[1].stdout


def test_every_command_and_setting_is_in_the_documentation() -> None:
    documented = (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")
    names = [
        f"lvzhi {name}"
        for name in ("ingest", "inspect", "search", "evaluate", "corpus fetch", "account add", "portal")
    ]
    assert [name for name in names if f"## `{name}" not in documented] == []
    settings = [f"LVZHI_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in settings if name not in documented] == []
