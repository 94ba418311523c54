"""Which natural persons a text names: found by role, sex, label, list, narrative and the surname list.

Those who act in office (judges, prosecutors, clerks, lawyers) are found as well, so as to be kept.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.masking import name_contexts as words
from ingest.masking.name_forms import (
    BROKEN,
    DOTS,
    DOTTED,
    FOREIGN,
    HAN,
    LATIN,
    SPACED,
    Evidence,
    fits,
    is_no_name,
    is_plain_word,
    is_word,
    settled_at,
    stem_at,
    surname,
    word_edges,
)

_ALLOWED = re.compile("[一-鿿㐀-䶿]{2,6}")
_ENDS = re.compile(r"[\n，。；、：:（(）)\t|“”]")
_SURNAME = re.compile(f"{'|'.join(words.COMPOUND_SURNAMES)}|[{''.join(words.SURNAMES)}]")
_NEAR = 20_000  # how far from a name that a line break cuts it is looked for as a whole
_UNLIKELY = words.BEFORE | words.BEHIND | words.NOT_IN_NAMES


@dataclass(frozen=True, slots=True)
class Names:
    """The names to be masked and those of persons in office, each in the order in which they were found."""

    masked: tuple[str, ...]
    kept: tuple[str, ...]


def find_names(text: str, norm: bool) -> Names:
    """The names in `text`. Norms are full of roles, and only sure signs of a person count there."""
    finder = _Finder(text)
    finder.read_entries()
    finder.read_roles(only_sure=norm)
    if not norm:
        finder.read_labels()
        finder.settle()
        finder.read_narrative()
        finder.read_lists()
    return Names(tuple(finder.masked), tuple(name for name in finder.kept if name not in finder.masked))


@dataclass(slots=True)
class _Finder:
    """The search through one text."""

    text: str
    masked: dict[str, None] = field(default_factory=dict)
    kept: dict[str, None] = field(default_factory=dict)
    # Where names begin whose ends are not certain, and whether they are of persons in office; None for agents
    # of whom another place may say so.
    open_ends: dict[int, bool | None] = field(default_factory=dict)
    # Names without a known surname behind a role or before a colon: twice is no accident.
    unknown: Counter[str] = field(default_factory=Counter)

    def read_entries(self) -> None:
        """Names that something shows to be a person's: sex or identity number behind, or an alias."""
        for match in words.PERSON_BEHIND.finditer(self.text):
            name = self._before(match.start(), by_sex=bool(match["sex"]))
            if name and not (match["cell"] and is_plain_word(name)):
                self._add(name, match.start(), office=False)
        for match in words.ALIAS.finditer(self.text):
            run = HAN.match(self.text, match.end())
            if run is None or is_no_name(run[0]):
                continue
            quoted = self.text[match.end() - 1] in "“\"「'" and 1 < len(run[0]) < 7
            if quoted or (surname(run[0]) and fits(self.text, match.end(), run[0], Evidence.ENTRY)):
                self._add(run[0], run.end(), office=False)

    def read_roles(self, only_sure: bool) -> None:
        """Names behind offices and roles, and those that lists join to them."""
        for match in words.OFFICE.finditer(self.text):
            self._take_list(match.end(), Evidence.ROLE, office=True)
        self._read_agents()
        for match in words.ROLE.finditer(self.text):
            evidence = _evidence(match)
            if evidence == Evidence.ENTRY or not only_sure:
                self._take_list(match.end(), evidence, office=False)

    def read_labels(self) -> None:
        """Names behind labels, in names of cases, and before what they say in a record."""
        for match in words.LABEL.finditer(self.text):
            run = HAN.match(self.text, match.end())
            in_office = words.OFFICE.search(match[0]) or words.AGENT.search(match[0])
            if run and len(run[0]) < 5 and not in_office:
                self._take(match.end(), Evidence.NARRATIVE, office=False)
        for match in words.SUED.finditer(self.text):
            for start in (match.end(), match.end("verb")):
                if surname(self.text[start : start + 5]) or DOTTED.match(self.text, start):
                    self._take_list(start, Evidence.ROLE, office=False)
        self.unknown.update(match[1] for match in words.SPEAKER.finditer(self.text))
        for name, count in self.unknown.items():
            if count > 1 and not words.ROLE.fullmatch(name) and not words.OFFICE.fullmatch(name):
                self.masked[name] = None

    def settle(self) -> None:
        """Decide where the names end that run on into the sentence, and follow the lists behind them."""
        while self.open_ends:
            waiting, self.open_ends = self.open_ends, {}
            followers = self._followers(stem_at(self.text, start) for start in waiting)
            for start, office in waiting.items():
                name = self._known_at(start) or settled_at(
                    self.text, start, Evidence.ROLE, followers.get(stem_at(self.text, start))
                )
                if not name:
                    continue
                self._add(name, start + len(name), office)
                link = words.LINK.match(self.text, start + len(name))
                if link and link[0].strip():
                    self._take_list(link.end(), Evidence.ROLE, office)

    def read_narrative(self) -> None:
        """Names without a role that stand as words of their own, again and again or before acts."""
        met: dict[str, set[str]] = {}
        led: set[str] = set()
        for start, name in self._narrated():
            end = start + len(name)
            met.setdefault(name, set()).add(self.text[end : end + 2])
            ended = not HAN.match(self.text, end) or words.ACTS.match(self.text, end)
            if ended and self.text[start - 1 : start] in words.LEADS:
                led.add(name)
        for name, behind in met.items():
            given = name[len(surname(name)) :]
            usual = words.COMMON_GIVEN.issuperset(given)
            acts = max((match.end() for end in behind if (match := words.ACTS.match(end))), default=0)
            certain = surname(name) not in words.EVERYDAY
            often = len(behind) > 1 and (certain or acts)
            once = name in led or acts > 1 or (usual and (acts or len(given) > 1))
            if often or (once and certain) or (usual and len(given) > 1 and (name in led or acts > 1)):
                self.masked[name] = None

    def read_lists(self) -> None:
        """Names that a list joins to known ones: 贾雨村 in 贾雨村、封肃可以作证."""
        for match in re.finditer("、", self.text):
            at = match.start()
            left = any(self.text[max(0, at - length) : at] in self.masked for length in (2, 3, 4))
            following = self._known_at(match.end())
            right = following in self.masked
            if left and not following:
                run = HAN.match(self.text, match.end())
                if run and len(run[0]) < 5:
                    self._take(match.end(), Evidence.ROLE, office=False)
                elif run and (name := settled_at(self.text, match.end(), Evidence.ROLE)):
                    self.masked[name] = None
            elif right and not left and (name := self._before(at, by_sex=False)) and not is_plain_word(name):
                self.masked[name] = None

    def _read_agents(self) -> None:
        """Agents, and which of them are lawyers: it may be said at the first mention only."""
        others = []
        for match in words.AGENT.finditer(self.text):
            clause = re.split(r"[。；;\n]", self.text[match.end() : match.end() + 70], maxsplit=1)[0]
            if words.LAWYER.search(clause):
                self._take_list(match.end(), _evidence(match), office=True)
            else:
                others.append(match)
        for match in others:
            self._take_list(match.end(), _evidence(match), office=None)

    def _take_list(self, start: int, evidence: Evidence, office: bool | None) -> None:
        while (end := self._take(start, evidence, office)) > start:
            link = words.LINK.match(self.text, end)
            if link is None:
                return
            start, evidence = link.end(), Evidence.ROLE

    def _take(self, start: int, evidence: Evidence, office: bool | None) -> int:
        """Take the name that begins at `start`; its end, or `start` for none or an open end."""
        end, name = self._written_apart(start, evidence)
        run = HAN.match(self.text, start)
        if not name and run and len(run[0]) < 5 and fits(self.text, start, run[0], evidence):
            end, name = run.end(), run[0]
        if not name and run and evidence > Evidence.NARRATIVE and FOREIGN.fullmatch(run[0]):
            named = not is_plain_word(run[0]) and not words.is_organisation(self.text, start, run.end())
            end, name = (run.end(), run[0]) if named else (start, "")
        if name:
            self._add(name, end, office)
            return end
        if run and stem_at(self.text, start):
            self.open_ends[start] = office
        elif run and not office and self._may_be_name(run[0]):
            self.unknown[run[0]] += 1
        return start

    def _written_apart(self, start: int, evidence: Evidence) -> tuple[int, str]:
        """The end of a name with dots, in Latin letters, with spaces or over two lines; and the name."""
        foreign = DOTTED.match(self.text, start)
        if foreign is None and evidence == Evidence.ENTRY:
            foreign = LATIN.match(self.text, start)
        if foreign:
            return foreign.end(), foreign[0]
        if match := SPACED.match(self.text, start):
            name = re.sub(r"\s", "", match[0])
            name = name[:-1] if name.endswith(("男", "女")) and len(name) > 2 else name
            if surname(name) and fits(self.text, start, name, evidence):
                return match.end(), name
        if match := BROKEN.match(self.text, start):
            nearby = self.text[max(0, start - _NEAR) : start + _NEAR]
            for length in range(1, len(match[2]) + 1):
                name = match[1] + match[2][:length]
                if name in nearby and surname(name) and fits(self.text, start, name, Evidence.NARRATIVE):
                    return match.start(2) + length, name
        return start, ""

    def _may_be_name(self, run: str) -> bool:
        if len(run) not in (2, 3) or not _UNLIKELY.isdisjoint(run):
            return False
        return not any(is_plain_word(part) for part in (run, run[:2], run[1:]))

    def _add(self, name: str, end: int, office: bool | None) -> None:
        name = re.sub(f"[{DOTS}]", "·", name)
        known = office is None and name in self.kept
        office = office or known or words.OFFICE_BEHIND.match(self.text, end) is not None
        (self.kept if office else self.masked)[name] = None

    def _before(self, end: int, by_sex: bool) -> str:
        """The name that ends at `end`: all since a mark or role, else what a surname begins."""
        stretch = _ENDS.split(self.text[max(0, end - 24) : end])[-1].strip()
        if match := LATIN.fullmatch(stretch):
            return match[0]
        for pattern in (words.ROLE, words.AGENT, words.ALIAS):
            stretch = stretch[max((match.end() for match in pattern.finditer(stretch)), default=0) :]
        stretch = stretch.replace(" ", "")
        if match := DOTTED.search(stretch):
            return match[0] if match.end() == len(stretch) else ""
        if stretch[:1] in words.LEADING and len(stretch) > 2 and surname(stretch[1:]):
            stretch = stretch[1:]
        family = surname(stretch)
        if _ALLOWED.fullmatch(stretch) and len(stretch) < 5 + (not family) and (family or by_sex):
            return "" if is_no_name(stretch) else stretch
        if by_sex and FOREIGN.fullmatch(stretch):
            return stretch
        for length in (4, 3, 2):
            name, rest = stretch[-length:], stretch[:-length]
            stem = surname(name)
            parted = rest and (rest[-1] in words.BEFORE or is_word(rest[-2:]) or is_word(rest[-3:]))
            if stem and parted and len(name) - len(stem) < 3 and not is_no_name(name):
                return name
        return ""

    def _known_at(self, start: int) -> str:
        """The longest name known already that begins at `start`."""
        for length in (4, 3, 2):
            name = self.text[start : start + length]
            if name in self.masked or name in self.kept:
                return name
        return ""

    def _narrated(self) -> Iterator[tuple[int, str]]:
        """What may be a name by the words around it, and is not one known already or a part of one."""
        text, edges = self.text, word_edges(self.text)
        for match in _SURNAME.finditer(text):
            start = match.start()
            if not edges[start] or text[match.end() : match.end() + 1] in words.NOT_IN_NAMES:
                continue
            if any(len(self._known_at(start - back)) > back for back in (0, 1, 2)):
                continue
            word = text[start : edges.find(1, start + 1)]
            if is_plain_word(word) and word not in words.COMPOUND_SURNAMES:
                continue
            run = HAN.match(text, start)
            if run and len(run[0]) < 5:
                name = run[0] if fits(text, start, run[0], Evidence.NARRATIVE) else ""
            else:
                name = settled_at(text, start, Evidence.NARRATIVE)
            if name and edges[start + len(name)]:
                yield start, name

    def _followers(self, pairs: Iterable[str]) -> dict[str, Counter[str]]:
        """Which characters follow each of `pairs` in the text, counted in one pass."""
        found: dict[str, Counter[str]] = {pair: Counter() for pair in pairs if pair}
        heads = {pair[0] for pair in found}
        for match in re.finditer(f"[{''.join(heads)}]", self.text) if heads else ():
            for length in (2, 3):
                end = match.start() + length
                if (pair := self.text[match.start() : end]) in found:
                    found[pair][self.text[end : end + 1]] += 1
        return found


def _evidence(role: re.Match[str]) -> Evidence:
    return Evidence.ENTRY if re.search("[：:]", role[0]) else Evidence.ROLE
