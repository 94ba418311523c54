"""The vocabulary of the default encoder, cut from the many languages of its source to Chinese law.

A piece that no Chinese text needs costs space and memory (384 weights each) and gives nothing. Kept are
pieces of Han characters, punctuation, digits and short ASCII, and all that the prompts are made of: without
those every vector would move.
"""

import re

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")  # the first four pieces, whose places are their ids
UNKNOWN = 3
_MARK = "▁"  # stands for a space and begins every word
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = (
    r"\u00a0-\u00bf\u00d7\u00f7\u2000-\u206f\u2150-\u218f\u2200-\u22ff\u2460-\u24ff\u25a0-\u25ff"
    r"\u3000-\u303f\uff00-\uffef"
)
_FIGURES = rf"[{_SIGNS}0-9!-/:-@\[-`{{-~]+"  # digits and signs in any mixture: (20, 50%, -06-, ”,
_KEPT = re.compile(rf"{_MARK}?(?:[{_HAN}]+|{_FIGURES}|[!-~]{{1,2}})|{_MARK}")


def kept_pieces(pieces: list[tuple[str, float]], prompts: tuple[str, ...]) -> list[int]:
    """The ids of the pieces to keep, ascending: the special ones, those of Chinese text, and the prompts'."""
    whole = chinese_tokenizer(pieces)
    prompted = {number for prompt in prompts for number in whole.encode(prompt).ids}
    return [
        number
        for number, (piece, _) in enumerate(pieces)
        if number < len(SPECIAL) or number in prompted or _KEPT.fullmatch(piece)
    ]


def chinese_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """A tokenizer of the pieces that writes and normalises as XLM-RoBERTa does: NFKC, spaces as `▁`."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_MARK, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.decoder = decoders.Metaspace(replacement=_MARK, prepend_scheme="always")
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer
