"""Training the encoder's adapter: `python -m search.train_encoder --index INDEX --data FOLDER --run FOLDER`.

A low-rank adapter (Hu et al., 2021) learns by contrast: of all passages of a batch and of the mined
negatives, a query must be nearest to its own (van den Oord et al., 2018). The index must hold vectors of
the untrained encoder, by which negatives are mined. What a run has done lies in its folder, and a run that
was stopped goes on from its last checkpoint; every batch depends only on the seed and the number of the step.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from legal.errors import EncoderError
from search.encoder import OnnxEncoder
from search.encoder_adapter import set_scale, write_adapter
from search.encoder_build import Model, build
from search.encoder_source import default_model
from search.protocols import Encoder
from search.store import EmbeddedStore
from search.training_examples import SHARES, Example, load_examples, mine

BATCH = 32  # queries, each with a passage and, where there are some, a mined negative
CHECKPOINT_EVERY = 25
SEED = 20261123
SCALES = (0.0, 0.5, 0.75, 1.0)  # 0 is the untrained encoder
_NEAR = 0.01  # half the standard error of the mean over a few hundred questions


def main() -> None:
    """Reads the arguments, mines and trains."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True, help="index with vectors of --encoder")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the untrained encoder")
    parser.add_argument("--data", type=Path, required=True, help="folder of training questions")
    parser.add_argument("--judgments", type=Path, help="criminal judgments, JSON lines")
    parser.add_argument("--run", type=Path, required=True, help="folder of this run: negatives, checkpoints")
    parser.add_argument("--steps", type=int, default=275)
    asked = parser.parse_args()
    asked.run.mkdir(parents=True, exist_ok=True)
    examples = mined_examples(asked)
    training = [example for example in examples if not example.held_out]
    model = default_model()
    adapter = train(model, training, asked.steps, asked.run)
    choose_scale(model, adapter, [example for example in examples if example.held_out])


def mined_examples(asked: argparse.Namespace) -> list[Example]:
    """The examples with their negatives, from the run's folder where they have been mined before."""
    file = asked.run / "examples.jsonl"
    if not file.exists():
        index, encoder = EmbeddedStore.open(asked.index), OnnxEncoder(asked.encoder)
        index.manifest.with_encoder(encoder.name, encoder.dimension)  # or it refuses
        examples = load_examples(index, asked.data, asked.judgments)
        draft = file.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as lines:
            for example in mine(examples, index, encoder):
                lines.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
        draft.replace(file)
    with file.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [Example(r["source"], r["query"], tuple(r["positives"]), tuple(r["negatives"])) for r in records]


def train(model: Model, examples: Sequence[Example], steps: int, run: Path) -> Path:
    """Trains for `steps` in all, going on from a checkpoint in `run`; gives the adapter's file (scale 1)."""
    from search.adapter_training import Trainer

    trainer = Trainer(model, steps)
    checkpoint = run / "checkpoint.pt"
    first = trainer.load(checkpoint) if checkpoint.exists() else 0
    for step in range(first, steps):
        rng = random.Random(SEED + step)  # noqa: S311
        loss = trainer.step(batch_of(examples, rng), rng)
        done = step + 1
        if done % CHECKPOINT_EVERY == 0 or done == steps:
            trainer.save(checkpoint, done)
            write_adapter(run / "adapter.safetensors", trainer.factors(), 1.0)
            print(f"step {done} of {steps}, loss {loss:.3f}", flush=True)  # noqa: T201
    return run / "adapter.safetensors"


def choose_scale(model: Model, adapter: Path, held_out: Sequence[Example]) -> float:
    """Writes to `adapter` the smallest scale at which held-out questions find their passages well.

    Each question is searched among the positives and negatives of all. What counts is the mean over the
    sources of the reciprocal rank of the first right passage, so that no source is bought with another. A
    smaller scale is preferred up to `_NEAR` below the best, because it forgets less of what is not measured
    here; one at which int8 no longer gives the float vectors is passed over.
    """
    found = {}
    for scale in SCALES:
        set_scale(adapter, scale)
        try:
            encoder = build(adapter.with_name("encoder"), model, adapter)
        except EncoderError as error:
            print(f"scale {scale}: {error}", flush=True)  # noqa: T201
            continue
        ranks = reciprocal_ranks(encoder, held_out)
        found[scale] = float(np.mean(list(ranks.values())))
        print(f"scale {scale}: {found[scale]:.4f}", json.dumps(ranks), flush=True)  # noqa: T201
    best = max(found.values())
    chosen = min(scale for scale, value in found.items() if value >= best - _NEAR)
    set_scale(adapter, chosen)
    return chosen


def reciprocal_ranks(encoder: Encoder, held_out: Sequence[Example]) -> dict[str, float]:
    """By source the mean reciprocal rank of the first right passage among all passages of `held_out`."""
    texts = list(dict.fromkeys(text for e in held_out for text in (*e.positives, *e.negatives)))
    vectors = encoder.encode_passages(texts)
    by_source: dict[str, list[float]] = {}
    for example in held_out:
        scores = vectors @ encoder.encode_query(example.query)
        best = max(scores[texts.index(text)] for text in example.positives)
        by_source.setdefault(example.source, []).append(1.0 / (1 + int((scores > best).sum())))
    return {source: round(float(np.mean(values)), 4) for source, values in sorted(by_source.items())}


def batch_of(examples: Sequence[Example], rng: random.Random) -> list[Example]:
    """A batch of one source, so that no text is told from another by its kind."""
    sources = [source for source in SHARES if any(example.source == source for example in examples)]
    source = rng.choices(sources, weights=[SHARES[source] for source in sources])[0]
    own = [example for example in examples if example.source == source]
    return rng.sample(own, min(BATCH, len(own)))


if __name__ == "__main__":
    main()
