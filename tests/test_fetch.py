"""Public corpora are fetched by git, checked, and put in place whole or not at all."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.fetch import fetch, public_corpora
from legal.errors import FetchError

LAWS = public_corpora()["laws"]
LAW = (
    "# 某某条例\n\n2024年1月1日 某市人民代表大会通过\n\n<!-- INFO END -->\n\n第一条 为了试验，制定本条例。\n"
)


def commit(repository: Path, files: dict[str, str]) -> str:
    """Commits files to a repository, making it first; returns the commit's hash."""
    repository.mkdir(exist_ok=True)
    for name, text in files.items():
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text(text, encoding="utf-8")
    identity = ["-c", "user.name=某某", "-c", "user.email=test@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "更新"]):
        subprocess.run(["git", "-C", str(repository), *arguments], check=True)
    head = subprocess.run(
        ["git", "-C", str(repository), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    )
    return head.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    commit(tmp_path / "仓库", {"法律/某某条例.md": LAW, "法律/_index.md": "---\na: b\n---\n"})
    return tmp_path / "仓库"


def test_a_corpus_is_put_in_place_with_the_commit_that_it_is_from(repository: Path, tmp_path: Path) -> None:
    head = commit(repository, {"法律/某某办法.md": LAW})
    target = tmp_path / "数据" / "laws"
    assert fetch(LAWS, target, str(repository)) == head
    assert (target / "法律" / "某某办法.md").read_text(encoding="utf-8") == LAW
    assert (target / "COMMIT").read_text(encoding="utf-8").strip() == head
    assert not (target / ".git").exists()


def test_fetching_again_replaces_the_corpus(repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "laws"
    fetch(LAWS, target, str(repository))
    head = commit(repository, {"法律/某某条例.md": LAW.replace("试验", "再次试验")})
    assert fetch(LAWS, target, str(repository)) == head
    assert "再次试验" in (target / "法律" / "某某条例.md").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    "files",
    [{"README.md": "一个别的项目"}, {"程序.py": "pass"}],
    ids=["Markdown without articles", "no Markdown at all"],
)
def test_a_repository_that_is_not_the_corpus_changes_nothing(
    repository: Path, tmp_path: Path, files: dict[str, str]
) -> None:
    target = tmp_path / "laws"
    fetch(LAWS, target, str(repository))
    commit(tmp_path / "别的", files)
    with pytest.raises(FetchError, match="原有数据未改动"):
        fetch(LAWS, target, str(tmp_path / "别的"))
    assert (target / "法律" / "某某条例.md").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["laws", "仓库", "别的"]


def test_a_repository_that_cannot_be_reached_ends_in_one_clear_error(tmp_path: Path) -> None:
    nowhere = replace(LAWS, repository=str(tmp_path / "没有"))
    with pytest.raises(FetchError, match="无法获取仓库"):
        fetch(nowhere, tmp_path / "laws")
    assert list(tmp_path.iterdir()) == []
