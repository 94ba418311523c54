"""How names are written, and what the dictionary and the surnames say of a stretch that may be a name."""

import re
from collections import Counter
from enum import IntEnum
from functools import cache
from itertools import accumulate
from typing import Any

from ingest.masking import name_contexts as words

HAN = re.compile("[一-鿿㐀-䶿]{1,16}")  # a run, as far as it matters for a name
DOTS = "·•・‧∙．●"
DOTTED = re.compile(rf"[{words.SOUNDS}]{{1,8}}(?:[{DOTS}][{words.SOUNDS}]{{1,10}}){{1,3}}")
FOREIGN = re.compile(rf"[{words.SOUNDS}]{{3,6}}")
LATIN = re.compile(r"[A-Z][a-z]+(?:[ ·.-]{1,2}[A-Z][A-Za-z'-]*){1,4}")
SPACED = re.compile("[一-鿿](?:[ 　\xa0]{1,2}[一-鿿]){1,3}(?![ 　]{0,2}[一-鿿])")
BROKEN = re.compile("([一-鿿]{1,3})\n([一-鿿]{1,2})")
_MARK = re.compile("[一-鿿][甲乙丙丁戊]")


class Evidence(IntEnum):
    """How sure it is that what stands at a place is a person's name."""

    NARRATIVE = 0
    ROLE = 1
    ENTRY = 2


def surname(name: str) -> str:
    """The surname with which `name` begins, and with which it does not end; else an empty text."""
    for length in (4, 3, 2):
        if name[:length] in words.COMPOUND_SURNAMES and len(name) > length:
            return name[:length]
    return name[0] if name[:1] in words.SURNAMES else ""


def family_of(name: str) -> str:
    """The surname, and the first character where the name has none that is known."""
    return surname(name) or name[0]


def is_word(word: str) -> bool:
    """Whether the dictionary has `word`, in any sense."""
    return len(word) > 1 and _dictionary().has_word(word)


def is_plain_word(word: str) -> bool:
    """Whether the dictionary has `word`, and not as a name of persons."""
    return is_word(word) and (
        word in words.NOT_NAMES or word in words.ACTIONS or not _tag(word).startswith("nr")
    )


def is_function_word(word: str) -> bool:
    """Whether `word` is a verb, adverb or the like, which even behind a colon is no name."""
    return is_word(word) and (word in words.ACTIONS or _tag(word)[0] in "vdpcrum")


def word_edges(text: str) -> bytearray:
    """For each place in `text` whether a word begins there, by the dictionary alone."""
    edges = bytearray(len(text) + 1)
    for at in accumulate(map(len, _dictionary().cut(text, False)), initial=0):
        edges[at] = 1
    return edges


def word_begins(text: str, at: int) -> bool:
    """Whether something other than the rest of a name begins at `at`: a mark, a word, an act."""
    following = text[at : at + 4]
    if not following or not HAN.match(following[0]) or following[0] in words.BEHIND:
        return True
    return any(is_word(following[:length]) for length in (2, 3, 4)) or words.ACTS.match(text, at) is not None


def stands_for_person(text: str, start: int, end: int) -> bool:
    """Whether a known name at this place is the name, and not a part of other words: 于海 in 位于海边."""
    name = text[start:end]
    if len(name) != 2:
        return True
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    follows_role = words.AFTER_ROLE.search(text, max(0, start - 9), start) is not None
    if follows_role and word_begins(text, end):
        return True
    runs_on = is_plain_word(name[1] + behind[:1]) and not (is_word(behind) or words.ACTS.match(text, end))
    if runs_on and (name[0] in words.SELDOM or is_word(before[-1:] + name[0])):
        return False
    if not is_plain_word(name):
        return not (is_word(before[-1:] + name[0]) and is_word(name[1] + behind[:1]))
    longer = (name + behind[:1], name + behind, before[-1:] + name, before + name)
    if any(len(word) > 2 and is_plain_word(word) for word in longer):
        return False
    opens = not before or not HAN.match(before[-1])
    free = opens or before[-1] in words.BEFORE
    at_end = not behind or not HAN.match(behind[0])
    acts = (
        words.ACTS.match(text, end) is not None
        or behind[:1] in words.BEHIND
        or (opens and is_word(behind) and _tag(behind)[0] in "dp")
    )
    return (at_end and free) or (acts and (free or is_word(before)))


@cache
def _dictionary() -> Any:
    import rjieba

    return rjieba.Jieba()


def _tag(word: str) -> str:
    return str(_dictionary().tag(word)[0][1])


def fits(text: str, start: int, name: str, evidence: Evidence) -> bool:
    """Whether `name`, which stands at `start`, can be a person's."""
    stem = surname(name)
    given = name[len(stem) :]
    end = start + len(name)
    if not 2 <= len(name) <= len(stem) + 2 or is_no_name(name) or given in words.TITLES:
        return False
    if text[end : end + 1] in words.NOT_IN_NAMES and text[end : end + 1] not in "的了们等":
        return False  # 李五×: masked already
    if text[end : end + 1].isdigit() and name[-1] in "于至在自由因与":
        return False
    if words.is_organisation(text, start, end) or words.ROLE.fullmatch(name):
        return False
    if evidence == Evidence.ENTRY:
        return not is_function_word(name) and (bool(stem) or (len(name) < 4 and not is_plain_word(name)))
    if not stem or given[0] in words.NO_GIVEN or name[-1] in words.NO_LAST:
        return False
    if is_word(name) and _tag(name) == "ns" and HAN.match(text, end):
        return False  # 武汉至监利
    if evidence == Evidence.ROLE and stem not in words.EVERYDAY:
        return not is_function_word(name) and name[:2] not in words.ACTIONS
    parts = (name, name[:2], given) if stem in words.EVERYDAY else (name, name[:2])
    return not any(map(is_plain_word, parts))


def is_no_name(name: str) -> bool:
    """Whether `name` is a mark such as 张某 or 李乙 or holds what no name does."""
    return not words.NOT_IN_NAMES.isdisjoint(name) or _MARK.fullmatch(name) is not None


def stem_at(text: str, start: int) -> str:
    """The surname and the first character behind it; empty where there are none."""
    stem = surname(text[start : start + 5])
    pair = text[start : start + len(stem) + 1]
    return pair if stem and HAN.fullmatch(pair) else ""


def settled_at(text: str, start: int, evidence: Evidence, followers: Counter[str] | None = None) -> str:
    """The name at `start`, which runs on into a sentence, by where the next word begins; empty for none.

    `followers` counts what follows the name's first characters elsewhere in the text.
    """
    short = stem_at(text, start)
    long = text[start : start + len(short) + 1]
    stem = short[:-1]
    if not short or stem in words.SELDOM:
        return ""
    parted = set(accumulate(map(len, _dictionary().cut(text[start : start + len(long) + 3], False))))
    after_short, after_long = (
        word_begins(text, start + len(name)) and (len(name) in parted or stem not in words.EVERYDAY)
        for name in (short, long)
    )
    if not HAN.fullmatch(long):
        choice = short
    elif after_long and followers and len(followers) == 1 and followers.total() > 1:
        choice = long
    elif after_short != after_long:
        choice = short if after_short else long
    elif long[-1] in words.BEHIND:
        choice = short
    elif (len(short) in parted) != (len(long) in parted):
        choice = short if len(short) in parted else long
    else:
        choice = long if after_long or long[-1] in words.COMMON_GIVEN else short
    if stem in words.EVERYDAY and len(choice) not in parted:
        return ""
    return choice if fits(text, start, choice, evidence) else ""
