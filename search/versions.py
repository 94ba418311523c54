"""What an index knows of laws over time: their versions, and which documents no longer apply."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from legal.known_texts import known_versions
from legal.versions import Ending, History, Standing, Status, Version, history_of
from search.passage import StoredDocument

_CHINA = timezone(timedelta(hours=8))
_OVER = (Standing.AMENDED, Standing.REPEALED)


def today() -> date:
    """The day that it is in China, by which the law in force is judged."""
    return datetime.now(_CHINA).date()


class Laws:
    """The versions of all laws of an index, and the texts that end them, as its documents tell."""

    def __init__(self, documents: Iterable[StoredDocument]) -> None:
        found: dict[str, list[Version]] = {}
        self._endings: dict[str, list[Ending]] = {}
        for document in documents:
            law = str(document.meta["law"])
            found.setdefault(law, []).append(_version(document))
            for repeal in document.meta.get("repeals", ()):
                self._add_ending(document, law, repeal)
        self.versions = {law: tuple(sorted(versions, key=_age)) for law, versions in found.items()}
        self.superseded = lru_cache(maxsize=4)(self._superseded)
        self.status = lru_cache(maxsize=20_000)(self._status)  # of each text that a search weighs

    def history(self, law: str) -> History:
        """The wordings of a law (a key of `law_names.law_key`), those that are known but not here too."""
        return history_of(self.versions.get(law, ()), known_versions(law), self._endings.get(law, ()))

    def _status(self, law: str, document_id: str, day: date) -> Status | None:
        """What a text of a law is on `day`, by all that is known; None where it is not here."""
        try:
            return self.history(law).status(document_id, day)
        except KeyError:
            return None

    def _superseded(self, day: date) -> frozenset[str]:
        """The documents that no longer apply on `day`, as the documents here tell."""
        over: set[str] = set()
        for law, versions in self.versions.items():
            endings = self._endings.get(law)
            if len(versions) == 1 and not endings:
                continue
            history = history_of(versions, (), endings or ())
            over |= {
                version.document_id
                for version in versions
                if history.status(version.document_id, day).standing in _OVER
            }
        return frozenset(over)

    def _add_ending(self, document: StoredDocument, law: str, repeal: Mapping[str, Any]) -> None:
        """A text that ends an earlier one of its own name is a version of it, and no ending."""
        begins = repeal.get("from") or document.meta.get("effective") or document.meta.get("adopted")
        if begins and repeal["law"] != law:
            ending = Ending(document.id, document.title, repeal["article"], date.fromisoformat(begins))
            self._endings.setdefault(repeal["law"], []).append(ending)


def _version(document: StoredDocument) -> Version:
    meta = document.meta
    return Version(
        document.id,
        document.title,
        _day(meta.get("adopted")),
        _day(meta.get("effective")),
        meta.get("document_number"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _age(version: Version) -> tuple[bool, int, str]:
    days = version.adopted.toordinal() if version.adopted else 0
    return (version.adopted is None, -days, version.document_id)
