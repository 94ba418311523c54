"""Who cites an article, and where a citation leads: across the editions of a law, whose numbers change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from tantivy import Occur, Query

from legal.article_alignment import align
from legal.crosswalk import Citing, Crosswalk, Number, Resolution, read_crosswalk
from legal.crosswalk_steps import step_of
from legal.dates import from_number, to_number
from legal.law_editions import Edition
from legal.versions import Version
from search.filters import Filters
from search.passage import Kind, Passage
from search.store import EmbeddedStore

# That a passage cites an article, that a court rests its decision on it there, that it cites it otherwise.
Relation = Literal["cites", "applies", "mentions"]
Field = Literal["cites", "applies"]  # of the index, by which articles are counted


@dataclass(frozen=True, slots=True)
class CitingPassage:
    """A passage that cites an article by the number `article`, which it bore then.

    `applied` says that a court rests its decision on it there.
    """

    passage: Passage
    article: str
    applied: bool


@dataclass(frozen=True, slots=True)
class CitedBy:
    """The passages of one kind that cite an article, newest first; `total` may be more than are named."""

    total: int
    named: tuple[CitingPassage, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a law's numbers, and a hash of the texts compared."""

    wording: int
    crosswalk: Crosswalk


@dataclass(frozen=True, slots=True)
class _Read:
    """The laws that were read with a searcher, and those of the searchers before.

    Of searchers one alone is kept: each holds on to the files of the index as they were.
    """

    searcher: object = None
    laws: Mapping[str, _Known] = field(default_factory=dict)
    before: Mapping[str, _Known] = field(default_factory=dict)


class CitationGraph:
    """Citations between the documents of one index."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._read = _Read()
        self._totals: tuple[object, Mapping[tuple[Kind, Field], int]] = (None, {})  # with who counted

    def resolve(self, law: str, article: str, citing: Citing) -> Resolution:
        """Where a citation leads in the edition in force; see `Crosswalk.resolve`."""
        return self._crosswalk(law).resolve(law, article, citing)

    def led(self, cited: str, meta: Mapping[str, object]) -> str | None:
        """The article in force, as law#article, to which a citation leads in a passage with this `meta`.

        As it is written where the way is not known and no other number of the article is, so that `citing`
        finds it by the same; None where the way is lost, or where the article was deleted.
        """
        law, _, article = cited.partition("#")
        governing, written = (
            from_number(day) if isinstance(day, int) else None
            for day in (meta.get("law_day"), meta.get("day"))
        )
        if governing is None:
            return cited
        found = self.resolve(law, article, Citing(governing, written))
        if found.article is None and found.obstacle:
            return cited if self._numbers(law, article)[-1].since == date.min else None
        return f"{law}#{found.article}" if found.article else None

    def citing(self, law: str, article: str, kind: Kind, limit: int, relation: Relation = "cites") -> CitedBy:
        """The passages that cite (or apply) an article in force, by whatever number it bore on their day.

        Of documents that say the same one is named.
        """
        total, named = 0, list[CitingPassage]()
        for number in self._numbers(law, article):
            where = self._where(law, number, kind, relation)
            total += self._store.keywords.count(where)
            cited = f"{law}#{number.article}"
            named += [
                CitingPassage(passage, number.article, cited in passage.meta.get("applies", ()))
                for passage in self._store.keywords.newest(where, limit)
            ]
        named.sort(key=lambda citing: (-citing.passage.meta.get("day", 0), citing.passage.id))
        different: dict[tuple[str, str], CitingPassage] = {}
        for citing in named:
            different.setdefault(_place(citing.passage), citing)
        total -= len(named) - len(different)
        return CitedBy(total, tuple(different.values())[:limit])

    def where(self, law: str, article: str, kind: Kind, relation: Relation) -> Query:
        """The condition of a passage that cites (or applies) an article in force, as `citing` finds it."""
        numbers = self._numbers(law, article)
        return Query.boolean_query([(Occur.Should, self._where(law, n, kind, relation)) for n in numbers])

    def total(self, kind: Kind, field: Field) -> int:
        """The number of passages of a kind that cite, or apply, anything; counted anew after a refresh."""
        keywords, (counted_by, totals) = self._store.keywords, self._totals
        searcher = keywords.searcher
        if counted_by is not searcher:
            totals = {}
        if (kind, field) not in totals:
            anything = keywords.one_of(field, keywords.values(field, ""))
            count = keywords.count(keywords.all_of((anything, keywords.term("kind", kind))))
            totals = {**totals, (kind, field): count}
            self._totals = searcher, totals
        return totals[kind, field]

    def applying(self, law: str, article: str) -> list[Filters]:
        """The filters, of which one must hold, for judgments that apply an article in force.

        As with `citing`, it is meant by whatever number it bore on their day.
        """
        found = []
        for number in self._numbers(law, article):
            conditions = [_field("applies", "==", f"{law}#{number.article}")]
            if number.since > date.min:
                conditions += self._known_on(law, number.since)
            if number.until:
                later = {"operator": "AND", "conditions": self._known_on(law, number.until)}
                conditions.append({"operator": "NOT", "conditions": [later]})
            found.append({"operator": "AND", "conditions": conditions})
        return found

    def _known_on(self, law: str, effective: date) -> list[Filters]:
        """The same as `_knowing`, as filters that both must hold."""
        adopted = self._adopted(law, effective)
        return [_field("law_day", ">=", to_number(effective)), _field("day", ">=", to_number(adopted))]

    def _numbers(self, law: str, article: str) -> list[Number]:
        """Its numbers with their periods; one without limits where the law was never renumbered."""
        numbers = self._crosswalk(law).earlier(law, article)
        if all(number.article == article for number in numbers):
            return [Number(article, date.min, None)]
        return numbers

    def _where(self, law: str, number: Number, kind: Kind, relation: Relation) -> Query:
        """The passages that mean the article by this number.

        Its edition was in effect on the day whose law they speak of and adopted when they were written; of
        the edition after it this is not so.
        """
        keywords, name = self._store.keywords, f"{law}#{number.article}"
        field = "applies" if relation == "applies" else "cites"
        conditions = [keywords.term(field, name), keywords.term("kind", kind)]
        if relation == "mentions":
            conditions = [keywords.all_of(conditions, keywords.term("applies", name))]
        if number.since > date.min:
            conditions.append(self._knowing(law, number.since))
        return keywords.all_of(conditions, self._knowing(law, number.until) if number.until else None)

    def _knowing(self, law: str, effective: date) -> Query:
        """That a passage may mean the edition in effect from a day on, or a later one."""
        adopted = self._adopted(law, effective)
        keywords = self._store.keywords
        return keywords.all_of(
            [
                keywords.between("law_day", to_number(effective), None),
                keywords.between("day", to_number(adopted), None),
            ]
        )

    def _adopted(self, law: str, effective: date) -> date:
        """When the edition in effect from a day on was adopted."""
        editions = self._crosswalk(law).editions(law)
        return next(edition.adopted for edition in editions if edition.effective == effective)

    def _crosswalk(self, law: str) -> Crosswalk:
        """What is known of a law's numbers, with what the versions in the index show when compared."""
        searcher = self._store.keywords.searcher  # before anything is read: another thread may refresh
        versions = self._store.versions().get(law, ())
        if not versions:
            return read_crosswalk()  # nothing here to add, and nothing to keep for every name that is typed
        read = self._read
        if read.searcher is not searcher:
            read = _Read(searcher, {}, {**read.before, **read.laws})
        known = read.laws.get(law)
        if known is None:
            known = self._compared(law, versions, read.before.get(law))
            # Replaced and not changed: other threads read it.
            self._read = replace(read, laws={**read.laws, law: known})
        return known.crosswalk

    def _compared(self, law: str, versions: tuple[Version, ...], before: _Known | None) -> _Known:
        """What the versions of a law show; `before` holds still where a refresh left their texts alone."""
        texts: dict[date, list[Version]] = {}
        for version in versions:
            if day := version.effective or version.adopted:
                texts.setdefault(day, []).append(version)
        editions = tuple(Edition(day, _adopted(texts[day], day)) for day in sorted(texts))
        articles = [self._articles(texts[edition.effective]) for edition in editions]
        wording = hash((editions, tuple(tuple(edition.items()) for edition in articles)))
        if before is not None and before.wording == wording:
            return before
        steps = [
            step_of(law, earlier.effective, later.effective, align(old, new))
            for (earlier, old), (later, new) in pairwise(zip(editions, articles, strict=True))
        ]
        return _Known(wording, read_crosswalk().adding(steps, {law: editions}))

    def _articles(self, versions: list[Version]) -> Mapping[str, str]:
        """The articles of the texts that make up one edition, in their order; of copies those of one."""
        keywords, document_ids = self._store.keywords, [version.document_id for version in versions]
        passages = [
            p for p in keywords.passages(keywords.one_of("document_id", document_ids)) if "article" in p.meta
        ]
        articles: dict[str, str] = {}
        holders: dict[str, str] = {}
        for passage in sorted(passages, key=lambda p: (p.meta["document_id"], p.meta["start"])):
            label, holder = passage.meta["article"], passage.meta["document_id"]
            if holders.setdefault(label, holder) == holder:
                articles[label] = articles.get(label, "") + passage.text
        return articles


def _adopted(versions: list[Version], effective: date) -> date:
    """When the wording of one day of effect was adopted: one source may give the later publication."""
    return min((version.adopted for version in versions if version.adopted), default=effective)


def _place(passage: Passage) -> tuple[str, str]:
    """The article or section, equal in documents that say the same."""
    return passage.meta.get("group", passage.meta["document_id"]), passage.meta["label"]


def _field(name: str, operator: str, value: str | int) -> Filters:
    return {"field": f"meta.{name}", "operator": operator, "value": value}
