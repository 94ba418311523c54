"""The one way to change the keyword index."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import tantivy

from legal.errors import DiskFullError, SearchIndexError
from search.index_records import Row

if TYPE_CHECKING:
    from search.keyword_index import KeywordIndex


class Writer:
    """Adds and deletes records; nothing is seen before `commit`, everything at once after it.

    Raises DiskFullError where the disk has no room left; what was committed before stays as it is.
    """

    def __init__(self, index: "KeywordIndex", writer: tantivy.IndexWriter) -> None:
        self._index = index
        self._writer = writer

    def add(self, rows: Iterable[Row]) -> None:
        with self._writing():
            for row in rows:
                self._writer.add_document(tantivy.Document(**row))

    def delete(self, field: str, value: str) -> None:
        """Deletes the records with this value: `id` for one passage, `place` for all that a file gave."""
        self._writer.delete_documents_by_term(field, value)

    def commit(self) -> None:
        with self._writing():
            self._writer.commit()
        self._index.refresh()

    def close(self) -> None:
        """Waits for running merges and lets the next writer in; what was not committed is gone."""
        with self._writing():
            self._writer.wait_merging_threads()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            # A thread of the engine that died says so at the next call, and why only at a commit.
            if "os error 28" in str(error) or self._index.is_out_of_room():
                raise DiskFullError(
                    f"磁盘已满，无法继续写入索引 {self._index.folder}。上次提交的内容完好。"
                    "请腾出空间后再次运行同一命令，会接着做。"
                ) from error
            if "os error" in str(error) or "writer was killed" in str(error):
                raise SearchIndexError(
                    f"写入索引 {self._index.folder} 时出错。上次提交的内容完好。请检查磁盘后重新运行。"
                ) from error
            raise
