"""Training learns from pairs, goes on where it was stopped, and what it gives can be merged."""

import random
from pathlib import Path

import numpy as np
import pytest
from encoder_examples import tiny_model

from search.encoder_adapter import read_adapter, write_adapter
from search.encoder_build import build
from search.train_encoder import choose_scale, reciprocal_ranks, train
from search.training_examples import Example

torch = pytest.importorskip("torch", reason="training needs the extra `models`")
pytest.importorskip("peft", reason="training needs the extra `models`")

PAIRS = {
    "老赖不还钱": "被执行人是法院的",
    "房屋能查封吗": "查封房屋的期限",
    "存款能冻结吗": "冻结存款的期限",
    "申请执行": "申请人的申请第一条",
}
EXAMPLES = [
    Example("written", query, (passage,), tuple(other for other in PAIRS.values() if other != passage))
    for query, passage in PAIRS.items()
]


def steps_of(trainer: object, numbers: range) -> list[float]:
    return [trainer.step(EXAMPLES, random.Random(number)) for number in numbers]  # type: ignore[attr-defined]


def test_the_loss_falls_and_each_query_comes_to_its_own_passage(tmp_path: Path) -> None:
    from search.adapter_training import Trainer

    model = tiny_model()
    trainer = Trainer(model, 60)
    losses = steps_of(trainer, range(60))
    assert losses[-1] < losses[0] / 2
    adapter = tmp_path / "adapter.safetensors"
    write_adapter(adapter, trainer.factors(), 1.0)
    encoder = build(tmp_path / "encoder", model, adapter, "float32")
    passages = encoder.encode_passages(list(PAIRS.values()))
    nearest = [int(np.argmax(passages @ encoder.encode_query(query))) for query in PAIRS]
    assert nearest == list(range(len(PAIRS)))


def test_the_untrained_adapter_changes_nothing(tmp_path: Path) -> None:
    from search.adapter_training import Trainer

    model = tiny_model()
    adapter = tmp_path / "adapter.safetensors"
    write_adapter(adapter, Trainer(model, 1).factors(), 1.0)
    plain = build(tmp_path / "plain", model, None, "float32")
    merged = build(tmp_path / "merged", model, adapter, "float32")
    assert np.array_equal(plain.encode_passages(["查封房屋"]), merged.encode_passages(["查封房屋"]))


def test_a_run_that_was_stopped_learns_what_one_in_one_piece_learns(tmp_path: Path) -> None:
    from search.adapter_training import Trainer

    whole = Trainer(tiny_model(), 6)
    losses = steps_of(whole, range(6))
    before = Trainer(tiny_model(), 6)
    steps_of(before, range(3))
    before.save(tmp_path / "checkpoint.pt", 3)
    after = Trainer(tiny_model(), 6)
    assert after.load(tmp_path / "checkpoint.pt") == 3
    assert steps_of(after, range(3, 6)) == pytest.approx(losses[3:], abs=1e-6)
    for name, factors in whole.factors().items():
        for one, other in zip(factors, after.factors()[name], strict=True):
            assert one == pytest.approx(other, abs=1e-6)


def test_training_leaves_a_checkpoint_and_an_adapter_and_a_finished_run_is_not_trained_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adapter = train(tiny_model(), EXAMPLES, 2, tmp_path)
    first = adapter.read_bytes()
    assert "step 2 of 2" in capsys.readouterr().out
    assert (tmp_path / "checkpoint.pt").exists()
    assert train(tiny_model(), EXAMPLES, 2, tmp_path).read_bytes() == first
    assert capsys.readouterr().out == ""


def test_another_right_passage_in_the_batch_does_not_count_as_wrong() -> None:
    from search.adapter_training import Trainer

    both = [
        Example("gold", "查封期限", ("查封房屋的期限", "冻结存款的期限")),
        Example("gold", "冻结期限", ("冻结存款的期限", "查封房屋的期限")),
    ]
    # Every passage of the batch answers every query: nothing is left to be told from, and the loss is 0.
    assert Trainer(tiny_model(), 1).step(both, random.Random(0)) == pytest.approx(0.0, abs=1e-6)


def test_the_rank_of_the_first_right_passage_among_all_is_what_counts(tmp_path: Path) -> None:
    encoder = build(tmp_path / "encoder", tiny_model(), None, "float32")
    texts = list(PAIRS.values())
    scores = encoder.encode_passages(texts) @ encoder.encode_query("老赖不还钱")
    first, second, third, last = (texts[row] for row in np.argsort(-scores))
    asked = [
        Example("gold", "老赖不还钱", (first,), (second, third, last)),
        Example("gold", "老赖不还钱", (third,), ()),
        Example("enforcement", "老赖不还钱", (last, second), ()),
    ]
    assert reciprocal_ranks(encoder, asked) == {"gold": round((1 + 1 / 3) / 2, 4), "enforcement": 0.5}


def test_the_scale_at_which_questions_held_out_are_answered_best_is_kept(tmp_path: Path) -> None:
    from search.adapter_training import Trainer

    model = tiny_model()
    trainer = Trainer(model, 60)
    steps_of(trainer, range(60))
    adapter = tmp_path / "adapter.safetensors"
    write_adapter(adapter, trainer.factors(), 0.0)
    assert choose_scale(model, adapter, EXAMPLES) > 0
    assert read_adapter(adapter)[1] > 0
    harmful = {name: (down, -up) for name, (down, up) in trainer.factors().items()}
    write_adapter(adapter, harmful, 1.0)
    assert choose_scale(model, adapter, EXAMPLES) < 1
