"""The one place where everything is put together: settings in, services out."""

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:
    from search.service import SearchService
    from tasks.accounts import Accounts
    from tasks.api_keys import ApiKeys
    from tasks.service import TaskService


class Services:
    """What the command line, the web server and the pages work with. Nothing is opened before it is used."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = Lock()  # the first visitors and the warming thread must not open things twice
        self._search: SearchService | None = None
        self._tables: tuple[Accounts, TaskService, ApiKeys] | None = None

    @property
    def search(self) -> "SearchService":
        """Search over the index of the settings. Raises IndexMissingError while there is none."""
        with self._lock:
            if self._search is None:
                self._search = self._open_search()
            return self._search

    @property
    def accounts(self) -> "Accounts":
        """People, their passwords and their sessions."""
        return self._opened()[0]

    @property
    def tasks(self) -> "TaskService":
        """Enforcement tasks; every method asks who is acting."""
        return self._opened()[1]

    @property
    def keys(self) -> "ApiKeys":
        """Keys of the HTTP API."""
        return self._opened()[2]

    def _open_search(self) -> "SearchService":
        # Haystack takes two seconds to import: only who searches waits for it.
        from app.encoders import encoder_of
        from search.service import SearchService
        from search.store import EmbeddedStore
        from search.synonyms import read_synonyms

        store = EmbeddedStore.open(self.settings.index)
        encoder = encoder_of(self.settings) if store.manifest.encoder else None
        return SearchService(store, encoder, read_synonyms(self.settings.synonyms))

    def _opened(self) -> "tuple[Accounts, TaskService, ApiKeys]":
        # Who only searches does not wait for the database's library either, half a second.
        from tasks.accounts import Accounts
        from tasks.api_keys import ApiKeys
        from tasks.service import TaskService
        from tasks.storage import migrate, open_database

        with self._lock:
            if self._tables is None:
                database = open_database(self.settings.url_of_database())
                migrate(database)
                self._tables = Accounts(database), TaskService(database), ApiKeys(database)
            return self._tables


@cache
def services() -> Services:
    """The services of this process, by the settings of its environment."""
    return Services(Settings())
