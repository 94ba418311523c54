"""A small folder of norms and rulings, and runs over it, for the tests of the pipeline."""

import json
from pathlib import Path
from typing import Any

from ingest.pipeline import Options, ingest
from ingest.report import Report
from ingest.sources import find_files
from legal.citation import article_label
from search.store import EmbeddedStore


def norm(title: str, *articles: str) -> str:
    numbered = (f"{article_label(n)} {text}" for n, text in enumerate(articles, start=1))
    return "\n\n".join([f"# {title}", "2021年6月18日 通过", "<!-- INFO END -->", *numbered])


def ruling(number: int, text: str = "查封张某名下房屋一处") -> str:
    return (
        f"石桥县人民法院\n执行裁定书\n（2023）岭0122执{number}号\n\n申请执行人：某公司。\n被执行人：张某。\n\n"
        f"本院在执行某公司与张某买卖合同纠纷一案中，{text}。\n本院认为，应予准许，裁定如下：\n准许。\n"
        "二〇二三年五月六日\n"
    )


def write_folder(parent: Path) -> Path:
    """A folder of two norms, two rulings and a file of lines."""
    root = parent / "资料"
    (root / "规则").mkdir(parents=True)
    (root / "规则" / "甲规则.md").write_text(
        norm("甲规则", "续行查封应当提前七日申请。", "张某可以异议。"), "utf-8"
    )
    (root / "规则" / "乙规则.md").write_text(norm("乙规则", "拍卖牦牛应当先行检疫。"), "utf-8")
    (root / "裁定一.txt").write_text(ruling(1), "utf-8")
    (root / "裁定二.txt").write_text(ruling(2, "扣押李某名下货车一辆"), "utf-8")
    lines = [{"id": f"k{n}", "text": ruling(100 + n, f"冻结账户第{n}号")} for n in range(3)]
    (root / "裁定.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return root


def run(index: Path, *paths: Path, jobs: int = 1, prune: bool = False, masked: bool = False) -> Report:
    store = EmbeddedStore.open_or_create(index, masked=masked)
    return ingest(store, find_files(paths), Options(jobs=jobs, prune=prune))


def content(index: Path) -> dict[str, tuple[str, Any]]:
    store = EmbeddedStore.open(index)
    return {passage.id: (passage.text, dict(passage.meta)) for passage in store.passages()}


def documents(index: Path) -> list[str]:
    return sorted({str(meta["document_id"]) for _, meta in content(index).values()})


def found(index: Path, text: str) -> list[tuple[float, str]]:
    hits = EmbeddedStore.open(index).keyword_search(text, limit=20)
    return [(round(score, 4), passage.id) for score, passage in hits]


ALL = [
    "裁定.jsonl/k0",
    "裁定.jsonl/k1",
    "裁定.jsonl/k2",
    "裁定一.txt",
    "裁定二.txt",
    "规则/乙规则.md",
    "规则/甲规则.md",
]
