"""Gets a public corpus by git: into a draft folder, checked, then put in place in one step."""

import os
import re
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from legal.errors import FetchError

_DESCRIPTIONS = Path(__file__).with_name("public.toml")
_TIMEOUT = 1800  # seconds
_ARTICLE = re.compile(r"^\s*第[〇零一二三四五六七八九十百千]+条", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PublicCorpus:
    """A corpus that anybody may get, as `public.toml` describes it."""

    name: str
    title: str
    repository: str
    share_with_articles: float


def public_corpora() -> dict[str, PublicCorpus]:
    """The public corpora by name."""
    described = tomllib.loads(_DESCRIPTIONS.read_text(encoding="utf-8"))
    return {name: PublicCorpus(name, **values) for name, values in described.items()}


def fetch(corpus: PublicCorpus, target: Path, repository: str | None = None) -> str:
    """Gets the corpus into `target`, replacing what is there; returns the commit that was got.

    `repository` names a mirror. Raises FetchError, after which `target` is as it was.
    """
    draft = target.with_name(f".{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        _git(
            "clone", "--quiet", "--depth", "1", "--no-tags", "--", repository or corpus.repository, str(draft)
        )
        commit = _git("-C", str(draft), "rev-parse", "HEAD").strip()
        _check(draft, corpus)
        shutil.rmtree(draft / ".git")
        (draft / "COMMIT").write_text(f"{commit}\n", encoding="utf-8")
        old = target.with_name(f".{target.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        draft.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return commit


def _check(folder: Path, corpus: PublicCorpus) -> None:
    """Refuses a download that is not the corpus: too few of its Markdown files hold numbered articles."""
    files = [file for file in folder.rglob("*.md") if not file.name.startswith("_")]
    sound = sum(1 for file in files if not file.is_symlink() and _ARTICLE.search(_text(file)))
    if not files or sound < corpus.share_with_articles * len(files):
        raise FetchError(
            f"下载的内容不像“{corpus.title}”：{len(files)} 个 Markdown 文件中只有 {sound} 个含有条文。"
            "原有数据未改动，请检查仓库地址。"
        )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _git(*arguments: str) -> str:
    # No prompt for a password, no links out of the folder.
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "-c", "core.symlinks=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 — a fixed program, and "--" before the address
            command, capture_output=True, text=True, timeout=_TIMEOUT, check=True, env=environment
        )
    except FileNotFoundError as error:
        raise FetchError("本机没有 git，请先安装 git。") from error
    except subprocess.TimeoutExpired as error:
        raise FetchError("下载超时。请检查网络后重试；原有数据未改动。") from error
    except subprocess.CalledProcessError as error:
        detail = (error.stderr or "").strip().splitlines()[-1:] or ["git 未说明原因"]
        raise FetchError(
            f"无法获取仓库，请检查网络或用 --from 指定镜像；原有数据未改动。git：{detail[0]}"
        ) from error
    return done.stdout
