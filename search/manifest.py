"""The manifest of an index: what it was made with. An index is opened with exactly that or not at all."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from legal.errors import IndexMismatchError

SCHEMA = 5
FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`encoder` and `dimension` are None until somebody asks for vectors; `corpora` are folder names.

    `masked` says that personal data was replaced before anything was written, and will be.
    """

    schema: int
    segmenter: str
    encoder: str | None = None
    dimension: int | None = None
    corpora: tuple[str, ...] = ()
    masked: bool = False

    def with_encoder(self, name: str, dimension: int) -> Self:
        """This manifest with the encoder named. Raises IndexMismatchError where it names another."""
        if self.encoder not in (None, name) or self.dimension not in (None, dimension):
            raise IndexMismatchError(
                f"索引的向量由“{self.encoder}”生成，不能与“{name}”混用。"
                "请另建索引（--index 新目录），或删除该索引目录后重新运行 lvzhi ingest。"
            )
        return replace(self, encoder=name, dimension=dimension)

    def with_corpus(self, name: str) -> Self:
        """This manifest with the folder `name` among its corpora."""
        return self if name in self.corpora else replace(self, corpora=(*self.corpora, name))


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in `folder`, or None where there is none. Raises IndexMismatchError for one not ours."""
    path = folder / FILE
    if not path.exists():
        return None
    mend = f"请删除目录 {folder} 后重新运行 lvzhi ingest 建立索引。"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        schema = content["schema"]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise IndexMismatchError(f"索引清单 {path} 已损坏，无法读取。{mend}") from error
    if schema != SCHEMA:
        raise IndexMismatchError(f"索引的格式版本是 {schema}，本程序需要 {SCHEMA}。{mend}")
    try:
        return Manifest(**{**content, "corpora": tuple(content["corpora"])})
    except (TypeError, KeyError) as error:
        raise IndexMismatchError(f"索引清单 {path} 缺少内容。{mend}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Puts the manifest in place in one step: a crash leaves the old one or the new one, whole."""
    draft = folder / f"{FILE}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / FILE)
