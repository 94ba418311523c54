"""The training step of the adapter: one batch of queries against passages, on a GPU where there is one."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from tokenizers import Encoding
from torch import Tensor
from transformers import BertConfig, BertModel

from search.encoder_adapter import Factors
from search.encoder_build import Model
from search.training_examples import Example

RANK, ALPHA = 16, 32
RATE, WARM_UP = 4e-4, 0.06  # peak learning rate, and the share of the steps that lead up to it
TEMPERATURE = 0.02
QUERY_TOKENS, PASSAGE_TOKENS = 160, 224
CHUNK = 16  # texts of like length that run together: less padding
_MASKED = -1e4


class Trainer:
    """A model with an adapter under training; `steps` in all decide how the learning rate falls."""

    def __init__(self, model: Model, steps: int) -> None:
        torch.manual_seed(0)  # the adapter begins at random factors
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._source = model
        still = {
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
        }  # half of the time, and little learned
        bert = BertModel(BertConfig(**model.config | still), add_pooling_layer=False)
        bert.load_state_dict({name: torch.from_numpy(values) for name, values in model.tensors.items()})
        layers = ["query", "key", "value", "dense"]
        lora = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=layers)
        self._model = get_peft_model(bert, lora).to(self._device).train()
        learned = [weight for weight in self._model.parameters() if weight.requires_grad]
        self._optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
        warm = max(1, int(steps * WARM_UP))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min((step + 1) / warm, (steps - step) / max(1, steps - warm))
        )

    def step(self, batch: Sequence[Example], rng: random.Random) -> float:
        """Learns from a batch; gives its loss before the step."""
        passages = [rng.choice(example.positives) for example in batch]
        passages += [rng.choice(example.negatives) for example in batch if example.negatives]
        queries = self._encode([self._source.query_prompt + e.query for e in batch], QUERY_TOKENS)
        found = self._encode([self._source.passage_prompt + text for text in passages], PASSAGE_TOKENS)
        scores = queries @ found.T / TEMPERATURE
        right = torch.arange(len(batch), device=self._device)
        also_right = torch.tensor([[text in example.positives for text in passages] for example in batch])
        also_right[right.cpu(), right.cpu()] = False
        scores = scores.masked_fill(also_right.to(self._device), _MASKED)
        loss = torch.nn.functional.cross_entropy(scores, right)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        return float(loss.detach())

    def factors(self) -> Factors:
        """What has been learned, for `write_adapter`; LoRA's own scale is in the second factor."""
        state = self._model.state_dict()
        names = [key.removesuffix(".lora_A.default.weight") for key in state if ".lora_A." in key]
        return {
            f"{name.removeprefix('base_model.model.')}.weight": (
                state[f"{name}.lora_A.default.weight"].float().cpu().numpy(),
                state[f"{name}.lora_B.default.weight"].float().cpu().numpy() * (ALPHA / RANK),
            )
            for name in names
        }

    def save(self, file: Path, done: int) -> None:
        """Writes what training needs to go on after `done` steps."""
        learned = {name: w for name, w in self._model.named_parameters() if w.requires_grad}
        state = {
            "done": done,
            "random": torch.get_rng_state(),
            "learned": {name: weight.detach().cpu() for name, weight in learned.items()},
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
        }
        draft = file.with_suffix(".draft")
        torch.save(state, draft)
        draft.replace(file)

    def load(self, file: Path) -> int:
        """Goes back to what was saved; gives the number of steps done."""
        state: dict[str, Any] = torch.load(file, weights_only=True)
        self._model.load_state_dict(state["learned"], strict=False)
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"])
        return int(state["done"])

    def _encode(self, texts: Sequence[str], tokens: int) -> Tensor:
        """Unit vectors of the texts, in order; each run takes texts of like length."""
        self._source.tokenizer.enable_truncation(tokens)
        encoded = self._source.tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda row: len(encoded[row].ids))
        parts = [
            self._run([encoded[row] for row in order[start : start + CHUNK]])
            for start in range(0, len(order), CHUNK)
        ]
        place = np.argsort(order)
        return torch.cat(parts)[torch.from_numpy(place)]

    def _run(self, texts: Sequence[Encoding]) -> Tensor:
        longest = max(len(text.ids) for text in texts)
        ids = torch.full((len(texts), longest), self._source.config["pad_token_id"])
        mask = torch.zeros((len(texts), longest), dtype=torch.long)
        for row, text in enumerate(texts):
            ids[row, : len(text.ids)] = torch.tensor(text.ids)
            mask[row, : len(text.ids)] = 1
        ids, mask = ids.to(self._device), mask.to(self._device)
        with torch.autocast(self._device, dtype=torch.bfloat16):
            hidden = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1)
        mean = (hidden.float() * weights).sum(1) / weights.sum(1)
        return torch.nn.functional.normalize(mean, dim=-1)
