"""The gist of a case (裁判要点) in its own words: sentences taken out of the reasoning, none of them made."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from search.passage import StoredDocument

_STATED = re.compile("裁判要[点旨]|裁判摘要")  # the gist as a published case states it
_REASONED = re.compile("本院认为|裁判理由|法院认为|法院裁判")
_LONGEST = 400  # code points of a stated gist
_SENTENCES = 3
_ROOM = 260  # code points of the sentences together
_SENTENCE = re.compile("[^。；]+[。；]?")
_OPENING = re.compile("^(?:本院(?:经审查|经审理)?认为[，,：:]?|综上[，,]?)")
# What decides: a rule, its application, or the answer to a request.
_DECIDES = re.compile("应当?|不得|不能|可以|构成|属于|系|依法|予以|不予|成立|有权|无权|视为|认定")
_GROUNDS = re.compile("^(?:故|据此|为此|综上)?[，,]?(?:依照|依据|根据|按照)《")
_SHORTEST = 12


def gist_of(document: StoredDocument, query: Sequence[str], words: Callable[[str], list[str]]) -> str:
    """What a case holds on the dispute whose words are `query`; empty where it has no reasoning.

    The stated gist of a published case, else the sentences of its reasoning that decide something and are
    nearest to the dispute, in their order, with …… for what stands between them. `words` cuts a text.
    """
    parts = {pattern: _part(document, pattern) for pattern in (_STATED, _REASONED)}
    if stated := parts[_STATED]:
        return _whole_sentences(stated, _LONGEST)
    if not (reasoned := parts[_REASONED]):
        return ""
    sentences = [match.group().strip() for match in _SENTENCE.finditer(reasoned)]
    asked = Counter(query)
    weights = {n: _weight(text, asked, words) for n, text in enumerate(sentences) if _tells(text)}
    chosen, room = list[int](), _ROOM
    for number in sorted(weights, key=lambda n: (-weights[n], n)):
        size = len(sentences[number])
        if len(chosen) < _SENTENCES and (size <= room or not chosen):
            chosen.append(number)
            room -= size
    return _joined([(number, _OPENING.sub("", sentences[number])) for number in sorted(chosen)])


def _part(document: StoredDocument, pattern: re.Pattern[str]) -> str:
    spans = [(s.start, s.end) for s in document.sections if pattern.search(s.label)]
    return "\n".join(document.text[start:end].strip() for start, end in spans)


def _tells(sentence: str) -> bool:
    plain = _OPENING.sub("", sentence.strip())
    return len(plain) >= _SHORTEST and not _GROUNDS.match(plain)


def _weight(sentence: str, asked: Counter[str], words: Callable[[str], list[str]]) -> float:
    """The share of its different words that the dispute has too, half as much again where it decides."""
    own = {word for word in words(sentence) if len(word) > 1}
    if not own:
        return 0.0
    share = sum(word in asked for word in own) / len(own)
    return share * (1.5 if _DECIDES.search(sentence) else 1.0)


def _joined(sentences: list[tuple[int, str]]) -> str:
    joined, last = "", None
    for number, sentence in sentences:
        gap = "……" if last is not None and number != last + 1 else ""
        joined += gap + sentence
        last = number
    return joined


def _whole_sentences(text: str, limit: int) -> str:
    """The beginning of a text, at most `limit` code points, ending with a sentence where it has one."""
    plain = re.sub(r"\s*\n\s*", "", text)
    if len(plain) <= limit:
        return plain
    end = plain.rfind("。", 0, limit)
    return plain[: end + 1] + "……" if end > 0 else plain[:limit] + "……"
