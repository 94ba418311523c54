"""Citations that need their context: 该法第五条, 本法第十条, 前款第（二）项, a text's own short names."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from legal.citation import Citation, How, citation_of, find_citations
from legal.citation_law import FORM, AmendedLaws, fits, has_form, last_law_of_kind
from legal.citation_paragraphs import Standing
from legal.citation_places import DIGIT, Place, read_articles
from legal.citation_relative import Reference, first_parts, parts, preceding, same_article
from legal.citation_short_names import short_names_of
from legal.documents import Section

# What may be a reference: an article, a 款 or 项 by its number, the one before.
_ANCHOR = re.compile(
    rf"第[\s{DIGIT}（()）㈠-㈩]{{0,40}}+(?:[、，,和及与至到][\s第{DIGIT}（()）]{{0,40}}+){{0,9}}+[条款项]"
    r"|前[一二两三四五六]?(?:条(?![件约款例])|款(?![项式物])|项(?!目))"
)
_BEFORE = re.compile(
    rf"本《?(?:实施|补充)?(?P<own>{FORM})》?(?:规定)?\s*\Z|本(?P<chapter>[编章节])\s*\Z"
    rf"|(?:该|同一?|上述|前述)(?P<back>(?:实施)?(?:{FORM})|法律|司法解释)\s*\Z"
    r"|(?P<same>该|同一?|上述)条\s*\Z|本(?P<here>[条款])\s*\Z"
)
# Before an article that is none of a law that is known: 合同第三条, 《规定》第五条, 其他法律第三条.
_PAPER = (
    "合同|协议书?|章程|约定|规约|公约|承诺书|条款|备忘录|计划|方案|判决书?|裁定书?|"
    "[》〉](?:[（(][^（）()]*[）)])?"
)
_OF_ANOTHER = re.compile(rf"(?:{_PAPER}|{FORM})(?:中的?|的)?\s*\Z")
_OF_PAPER = re.compile(rf"(?:{_PAPER})(?:中的?|的)?\s*\Z")
_LABEL_START = re.compile(r"(?:\A|\n)[“\"‘]?\Z")
_LABEL_END = re.compile(r"[ 　\t\n]|\Z")
_SENTENCE_END = re.compile("[。！？!?\n]")
_REACH = 300  # how far back a reference without a name may go, in code points


def citations_in(text: str, own_law: str | None = None, sections: Sequence[Section] = ()) -> list[Citation]:
    """All citations of `text` in order: those that name their law, and those that the context resolves.

    `own_law` is the key of the text itself where it is a norm, None where it is a judgment: then 本法, 前款
    and articles without a law are left alone. `sections` are those of the norm; 前款 and 前条 need them, and
    the label at the head of an article is no citation. What cannot be resolved is left out.
    """
    named = find_citations(text, short_names_of(text))
    reader = _Reader(text, own_law, Standing(text, sections), named)
    reader.read()
    return sorted([*named, *reader.found], key=lambda citation: (citation.start, citation.end))


class _Reader:
    """Goes through a text from its beginning to its end; `found` is what it resolved."""

    def __init__(self, text: str, own_law: str | None, standing: Standing, named: list[Citation]) -> None:
        self.text = text
        self.own_law = own_law
        self.standing = standing
        self.named = named
        self.found: list[Citation] = []
        self._ends = [citation.end for citation in named]
        self._amended = AmendedLaws(text, own_law) if own_law else None

    def read(self) -> None:
        """Resolve each reference that is no part of a named citation or of one resolved before."""
        done, labels = 0, self.standing.label_starts
        for match in _ANCHOR.finditer(self.text):
            at = match.start()
            if at in labels or at < done or self._is_named(at):
                continue
            before = _BEFORE.search(self.text, max(done, at - 12), at)
            if match.group()[0] == "第" and match.group()[-1] == "条":
                places, done = read_articles(self.text, at)
                citations = self._articles(places, at, before)
            else:
                citations = self._relative(at, match.end(), before)
            if citations and not any(self._is_named(citation.end - 1) for citation in citations):
                self.found += [replace(citations[0], start=before.start() if before else at), *citations[1:]]
                done = max(done, citations[-1].end)
            done = max(done, match.end())

    def _is_named(self, at: int) -> bool:
        index = bisect_right(self._ends, at)
        return index < len(self.named) and self.named[index].start <= at

    def _last(self, at: int) -> Citation | None:
        """The citation that ends last before `at`, named or resolved."""
        index = bisect_right(self._ends, at) - 1
        last = self.named[index] if index >= 0 else None
        if self.found and (last is None or self.found[-1].end > last.end):
            last = self.found[-1]
        return last if last and at - last.end <= _REACH else None

    def _articles(self, places: list[Place], at: int, before: re.Match[str] | None) -> list[Citation]:
        """第十条 behind 本法 or 该法, or alone: of the text's own law, or of the one named before."""
        if not places or self._is_label(at, places[-1].end):
            return []
        law: str | None = None
        how: How = "own"
        edition = None
        if before and before["back"]:
            law, how = last_law_of_kind(self.text, before.start(), before["back"], self.named), "back"
        elif self.own_law and before and before["own"]:
            law = self._own(self.own_law, before["own"], before.start())
            how = "own" if law == self.own_law else "back"
        elif self.own_law and before and before["chapter"]:
            law = self.own_law
        elif self.own_law and not _OF_ANOTHER.search(self.text, max(0, at - 24), at):
            law, how = self._alone(places[0], at)
        if law is None:
            return []
        last = self._last(at)
        if how == "back" and last and last.law == law:
            edition = last.edition
        return [citation_of(place, law, edition=edition, how=how) for place in places]

    def _own(self, own_law: str, form: str, at: int) -> str:
        """The law that 本法 or 本规定 means: the text's own, or that of which it quotes new words."""
        if fits(own_law, form) or not has_form(own_law):
            return own_law
        amended = self._amended.at(at) if self._amended else None
        if amended and fits(amended, form):
            return amended
        return last_law_of_kind(self.text, at, form, self.named) or own_law

    def _alone(self, place: Place, at: int) -> tuple[str | None, How]:
        amended = self._amended.at(at) if self._amended else None
        if amended:
            return amended, "back"
        last = self._last(at)
        if last and last.law != self.own_law and not _SENTENCE_END.search(self.text, last.end, at):
            return last.law, "back"
        label = citation_of(place, "").article
        return (self.own_law if self.standing.may_be(label) else None), "own"

    def _is_left(self, last: Citation, at: int) -> bool:
        """Whether the norm, having cited another law, no longer speaks of that at `at`."""
        return last.law != self.own_law and _SENTENCE_END.search(self.text, last.end, at) is not None

    def _is_label(self, at: int, end: int) -> bool:
        return bool(_LABEL_START.search(self.text, max(0, at - 2), at) and _LABEL_END.match(self.text, end))

    def _relative(self, at: int, end: int, before: re.Match[str] | None) -> list[Citation]:
        """第二款, 第（三）项, 前款, 前条: of the article in which it stands, or of the one cited last."""
        last = self._last(at)
        if last and last.end == at and self.text[at] == "前":
            return first_parts(self.text, (at, end), last)
        if before and before["same"]:
            return same_article(self.text, at, last) if last else []
        position = self.standing.at(at) if self.own_law else None
        if self.own_law is None or position is None:
            return []
        reference = Reference(self.text, at, position, self.own_law)
        if self.text[at] == "前":
            return preceding(reference, end)
        if before is None and _OF_PAPER.search(self.text, max(0, at - 24), at):
            return []
        here = before["here"] if before else None
        if last and (here or last.end <= position.paragraph_start or self._is_left(last, at)):
            last = None
        return parts(reference, last, here=here == "款")
