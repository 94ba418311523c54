"""Texts of scanned pages, whose lines end where the page did, in the middle of a sentence."""

_WIDEST = 120  # columns of a line on a page; a Chinese letter has two
_FULL = 0.8  # of the widest line, and a line goes on to the next unless it ends a sentence
_ENOUGH = 3  # lines that go on
_BREAK = "\v"  # white space for patterns and for str.split, but not a blank between two words
_CLOSES = "。；：！？”）》.;:!?)"


def unwrapped(text: str) -> str:
    """The text with `_BREAK` for every line break in a sentence, so that all offsets stay.

    Only a text whose lines all have the width of a page is changed; elsewhere a line is a paragraph.
    """
    lines = text.split("\n")
    if any(len(line) > _WIDEST for line in lines):
        return text
    widths = [_width(line) for line in lines]
    widest = max(widths)
    if widest > _WIDEST:
        return text
    goes_on = [
        width >= _FULL * widest and line.rstrip()[-1:] not in _CLOSES
        for line, width in zip(lines, widths, strict=True)
    ]
    if sum(goes_on[:-1]) < _ENOUGH:
        return text
    ends = [_BREAK if on else "\n" for on in goes_on[:-1]]
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def _width(line: str) -> int:
    """Columns, without the blanks, which recognition puts where the page has none."""
    return sum(2 if mark > "⺀" else 1 for mark in line if not mark.isspace())
