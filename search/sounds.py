"""Which Chinese characters sound alike: what a pinyin keyboard confuses.

`sounds.txt` has a line for every syllable without its tone: the common characters (the first level of
GB 2312) that are read so.
"""

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("sounds.txt")
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))  # at the beginning: not told apart by many speakers
_ENDINGS = ("ang", "eng", "ing")  # nor these from an, en, in


def sound_alike(one: str, other: str) -> bool:
    """Whether two different words of one length are read alike, character by character.

    >>> sound_alike("劳动和同法", "劳动合同法"), sound_alike("公司", "公示")
    (True, True)
    """
    return (
        one != other
        and len(one) == len(other)
        and all(a == b or _same(a, b) for a, b in zip(one, other, strict=True))
    )


def _same(one: str, other: str) -> bool:
    sounds = _sounds()
    return one in sounds and sounds[one] == sounds.get(other)


@cache
def _sounds() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        syllable, characters = line.split(" ")
        found |= dict.fromkeys(characters, _folded(syllable))
    return found


def _folded(syllable: str) -> str:
    for long, short in _ALIKE:
        if syllable.startswith(long):
            syllable = short + syllable.removeprefix(long)
    return syllable[:-1] if syllable.endswith(_ENDINGS) else syllable
