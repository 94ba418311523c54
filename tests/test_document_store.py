"""The embedded store passes the suite that Haystack ships for document stores, in memory and on disk."""

import dataclasses
from pathlib import Path

import pytest
from haystack import Document
from haystack.document_stores.types import DuplicatePolicy
from haystack.testing.document_store import DocumentStoreBaseTests

from search.document_store import LvzhiDocumentStore


class Suite(DocumentStoreBaseTests):
    """Haystack's tests, with embeddings compared to the precision of the float16 in which they are kept."""

    def assert_documents_are_equal(self, received: list[Document], expected: list[Document]) -> None:
        def plain(documents: list[Document]) -> list[Document]:
            return [dataclasses.replace(d, embedding=None) for d in sorted(documents, key=lambda d: d.id)]

        assert plain(received) == plain(expected)
        for mine, theirs in zip(
            sorted(received, key=lambda d: d.id), sorted(expected, key=lambda d: d.id), strict=True
        ):
            assert (mine.embedding is None) == (theirs.embedding is None)
            if mine.embedding is not None:
                assert mine.embedding == pytest.approx(theirs.embedding, abs=1e-3)


class TestInMemory(Suite):
    @pytest.fixture
    def document_store(self) -> LvzhiDocumentStore:
        return LvzhiDocumentStore()

    def test_write_documents(self, document_store: LvzhiDocumentStore) -> None:
        """The suite leaves the default policy open; ours refuses duplicates."""
        from haystack.document_stores.errors import DuplicateDocumentError

        assert document_store.write_documents([Document(content="某某公司")]) == 1
        with pytest.raises(DuplicateDocumentError):
            document_store.write_documents([Document(content="某某公司")])

    def test_overwriting_a_document_replaces_its_embedding(self, document_store: LvzhiDocumentStore) -> None:
        first, second = [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]
        document_store.write_documents([Document(id="甲", content="某某公司", embedding=first)])
        document = Document(id="甲", content="某某公司", embedding=second)
        assert document_store.write_documents([document], policy=DuplicatePolicy.OVERWRITE) == 1
        assert document_store.filter_documents()[0].embedding == second


class TestOnDisk(TestInMemory):
    @pytest.fixture
    def document_store(self, tmp_path: Path) -> LvzhiDocumentStore:
        return LvzhiDocumentStore(str(tmp_path / "index"))
