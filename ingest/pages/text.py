"""The characters of pages: fonts' stand-ins become ordinary characters, and pieces of a line one text."""

import re
import unicodedata

# Radicals for which Unicode has no decomposition, though fonts use them for the whole character.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻇⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⺝⺟⺩⺮⺫⺬⻊⻎⻳",
    "民虎西见角角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙月母王竹目示足辶龟",
)
# Kangxi radicals, compatibility ideographs and Latin ligatures; full-width forms are none of these.
_STAND_INS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufb00-\ufb06]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ufffd-\uffff]")
_LATIN = re.compile(r"[A-Za-z0-9À-ɏЀ-ӿ.,:;!?)\]%&'’-]")
_LATIN_START = re.compile(r"[A-Za-z0-9À-ɏЀ-ӿ(\[$&'‘-]")


def clean(text: str) -> str:
    """`text` with ordinary characters in place of stand-ins, and without what has no shape."""
    text = _STAND_INS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return _INVISIBLE.sub("", text.translate(_RADICALS).replace("\xa0", " "))


def is_wide(character: str) -> bool:
    """Whether a character is one em wide: Chinese characters and their punctuation."""
    return unicodedata.east_asian_width(character) in "WF"


def ems(text: str) -> float:
    """About how wide a text is, in em."""
    return sum(1.0 if is_wide(character) else 0.5 for character in text)


def join(before: str, after: str) -> str:
    """The end of a line and the start of the next as one text: a space between two Latin words only."""
    if not before or not after:
        return before + after
    apart = _LATIN.match(before[-1]) and _LATIN_START.match(after[0])
    if not apart or (before[-1].isdigit() and after[0].isdigit()):
        return before + after
    return f"{before} {after}"
