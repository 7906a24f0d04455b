"""The passages of documents, indexed for questions: BM25 by SQLite's FTS5, and a vector for each passage.

In a kept case the index grows with it: documents that are not in it are added when a question is asked. It is made
of the documents' texts alone, so that it may be thrown away and made again at any time. A case on a server keeps its
passages there, see `served_passages`, and they are searched in memory by the same FTS5: the same words give the same
answers wherever a case is kept, which PostgreSQL's own ranking, that knows no BM25, could not promise.
Source: SQLite, "FTS5 Extension", sections 4.4 (external content tables) and 5.1 (bm25).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np

from winset.corpus.types import Document
from winset.errors import CannotWrite
from winset.ids import DocumentId
from winset.sourcing.asking.index import MADE_BY, STEPS, Row, eight_bit, rows_of
from winset.sourcing.asking.terms import Named
from winset.store import files, seals

if TYPE_CHECKING:
    from winset.store.databases import Database

AT_ONCE = 500  # values in one SQL statement, below SQLite's limit of 999 variables
BLOCK = 1_024  # vectors that are compared at a time: few enough to stay near the processor
WRITTEN_AT_ONCE = 2_000  # passages in one transaction: what an interruption loses

Progress = Callable[[str], None]
Indexed: TypeAlias = tuple[DocumentId, Sequence[tuple[int, int, str, bytes]]]  # start, end, terms, vector of passages

_PASSAGES = """
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER NOT NULL PRIMARY KEY, document_id VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    terms VARCHAR NOT NULL, vector BLOB NOT NULL
)"""
_INDEXED = """
CREATE TABLE IF NOT EXISTS indexed_document (document_id VARCHAR NOT NULL PRIMARY KEY, made_by VARCHAR NOT NULL)"""
_SEARCHED = """
CREATE VIRTUAL TABLE IF NOT EXISTS passage_terms
USING fts5(terms, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 0', columnsize=1)"""
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_words USING fts5vocab('main', 'passage_terms', 'row')"


class PassageIndex:
    """An index of passages, open; see `sourcing.asking.index.Index` for what it answers."""

    knows_all_vectors = True

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self._connection = connection
        self._path = path
        self._matrix: Any = None  # (count, WIDTH) int8, in order of ids
        self._ids: Any = None

    @classmethod
    def in_memory(cls) -> PassageIndex:
        """An empty one, gone when it is closed."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        _prepare(connection)
        return cls(connection)

    @classmethod
    def kept(cls, path: Path) -> PassageIndex:
        """That of a kept case, which `CaseStore.open` has brought to this version's schema.

        Raises LockedCase, CannotWrite where the case cannot be written, NotACase.
        """
        with files.told(path):
            connection = sqlite3.connect(path, timeout=files.PATIENCE, isolation_level=None)
            try:
                connection.execute("PRAGMA trusted_schema = OFF")  # a case from elsewhere may hold views and triggers
                _prepare(connection)
                seals.watch(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def add(self, documents: Sequence[Document], named: Named, *, progress: Progress | None = None) -> int:
        """Index the documents that are not in it yet; how many passages that made.

        named: finds whom a text names.  progress: called with each document's name.
        Documents that an earlier version indexed otherwise are indexed again, all of them.
        Raises LockedCase, CannotWrite.  Cost: some 5 ms a passage.
        """
        with self._told():
            made_by = dict(self._connection.execute("SELECT document_id, made_by FROM indexed_document"))
            if any(version != MADE_BY for version in made_by.values()):
                self._empty()
                made_by = {}
        added = 0
        for some in portions(documents, named, but=made_by, progress=progress):
            self._write(some)
            added += sum(len(rows) for _, rows in some)
        return added

    def take_in(self, indexed: Iterable[tuple[str, str]], passages: Iterable[Sequence[Any]]) -> None:
        """Fill an empty one with what another index of the same version holds: rows of its two tables, in their order.

        Raises LockedCase, CannotWrite.
        """
        with self._told(), self._transaction() as connection:
            connection.executemany("INSERT INTO indexed_document VALUES (?, ?)", indexed)
            connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", passages)
            connection.execute("INSERT INTO passage_terms (passage_terms) VALUES ('rebuild')")
        self._matrix = None

    def count(self) -> int:
        """How many passages there are."""
        return len(self._all()[0])

    def frequencies(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many passages each of these terms stands."""
        found: dict[str, int] = {}
        with self._told():
            for some in _portions(list(dict.fromkeys(words))):
                places = ",".join("?" * len(some))
                query = f"SELECT term, doc FROM temp.passage_words WHERE term IN ({places})"  # noqa: S608 - marks only
                found.update(self._connection.execute(query, some).fetchall())
        return found

    def candidates(self, words: Sequence[str], top: int) -> list[tuple[int, float]]:
        """The best by BM25. Terms are letters and digits, and quoted, so that none is an operator."""
        wanted = [word for word in words if word.isalnum()]
        if not wanted:
            return []
        match = " OR ".join(f'"{word}"' for word in wanted)
        query = (
            "SELECT rowid, -bm25(passage_terms) FROM passage_terms WHERE passage_terms MATCH ? ORDER BY rank LIMIT ?"
        )
        with self._told():
            found = self._connection.execute(query, (match, top)).fetchall()
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def rows(self, ids: Iterable[int]) -> Mapping[int, Row]:
        """The passages of these ids, in order."""
        found = {}
        with self._told():
            for some in _portions(sorted(set(ids))):
                places = ",".join("?" * len(some))
                query = f'SELECT id, document_id, start, "end", terms FROM passage WHERE id IN ({places}) ORDER BY id'  # noqa: S608
                for id, document_id, start, end, terms in self._connection.execute(query, some):
                    found[id] = Row(id, DocumentId(document_id), start, end, terms)
        return found

    def similar(self, ids: Sequence[int], vectors: Any) -> Any:
        """(ids, vectors) cosines."""
        known, matrix = self._all()
        chosen = matrix[np.searchsorted(known, np.asarray(ids, np.int64))]
        return chosen.astype(np.float32) @ np.asarray(vectors, np.float32).T / STEPS

    def nearest(self, vector: Any, top: int) -> list[int]:
        """The ids of the passages nearest to a vector, nearest first; the smaller id where two are equal."""
        known, matrix = self._all()
        if not len(known):
            return []
        wanted = np.asarray(vector, np.float32).reshape(-1)
        blocks = (matrix[at : at + BLOCK].astype(np.float32) @ wanted for at in range(0, len(matrix), BLOCK))
        cosines = np.concatenate(list(blocks))
        few = np.argpartition(-cosines, top - 1)[:top] if top < len(cosines) else np.arange(len(cosines))
        return [int(known[at]) for at in few[np.lexsort((few, -cosines[few]))]]

    def _all(self) -> tuple[Any, Any]:
        """(ids, vectors), read once."""
        if self._matrix is None:
            with self._told():
                rows = self._connection.execute("SELECT id, vector FROM passage ORDER BY id").fetchall()
            self._ids = np.array([id for id, _ in rows], np.int64)
            width = len(rows[0][1]) if rows else 1
            self._matrix = np.frombuffer(b"".join(vector for _, vector in rows), np.int8).reshape(-1, width)
        return self._ids, self._matrix

    def _write(self, indexed: Sequence[Indexed]) -> None:
        with self._told(), self._transaction() as connection:
            there = {id for (id,) in connection.execute("SELECT document_id FROM indexed_document")}
            (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
            for document_id, rows in indexed:
                if document_id in there:  # another process was faster
                    continue
                connection.execute("INSERT INTO indexed_document VALUES (?, ?)", (document_id, MADE_BY))
                numbered = [(last + place, document_id, *row) for place, row in enumerate(rows, start=2)]
                connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", numbered)
                connection.executemany(
                    "INSERT INTO passage_terms (rowid, terms) VALUES (?, ?)", [(row[0], row[4]) for row in numbered]
                )
                last += len(rows) + 1
        self._matrix = None

    def _empty(self) -> None:
        with self._transaction() as connection:
            connection.execute("DROP TABLE passage_terms")
            connection.execute("DELETE FROM passage")
            connection.execute("DELETE FROM indexed_document")
            connection.execute(_SEARCHED)
        self._matrix = None

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        if self._path is None:
            yield
        else:
            with files.told(self._path):
                yield


def index_of(
    documents: Sequence[Document], named: Named, *, case: Database | None = None, progress: Progress | None = None
) -> PassageIndex:
    """An index of these documents, ready to be asked: that of a kept case where it can be written, else in memory.

    case: the kept case whose documents they are.  Raises LockedCase, NotACase, NoServer.
    """
    if isinstance(case, files.CaseFile):
        with contextlib.suppress(CannotWrite), contextlib.ExitStack() as undone:
            index = undone.enter_context(PassageIndex.kept(case.path))
            index.add(documents, named, progress=progress)
            undone.pop_all()
            return index
    index = PassageIndex.in_memory()
    if case is not None and case.dialect == "postgresql":
        from winset.store import served_passages

        with contextlib.suppress(CannotWrite):
            served_passages.keep(case, documents, named, progress=progress)
        served_passages.load(case, index)
    index.add(documents, named, progress=progress)
    return index


def portions(
    documents: Iterable[Document], named: Named, *, but: Container[DocumentId], progress: Progress | None
) -> Iterator[list[Indexed]]:
    """The passages of documents, as many at a time as are written in one transaction; each document is whole.

    but: documents to leave out.  progress: called with each document's name.
    """
    waiting: list[Indexed] = []
    for document in {document.id: document for document in documents if document.id not in but}.values():
        if progress is not None:
            progress(document.name)
        waiting.append((document.id, _passages(document, named)))
        if sum(len(rows) for _, rows in waiting) >= WRITTEN_AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _prepare(connection: sqlite3.Connection) -> None:
    for statement in (_PASSAGES, _INDEXED, _SEARCHED, _VOCABULARY):
        connection.execute(statement)


def _passages(document: Document, named: Named) -> list[tuple[int, int, str, bytes]]:
    from winset.statements.meaning.vectors import sentence_encoder
    from winset.statements.segmentation import segments

    rows = rows_of(document, segments(document.text), named)
    if not rows:
        return []
    made = eight_bit(sentence_encoder().vectors([document.text[start:end] for start, end, _ in rows]))
    return [(*row, vector.tobytes()) for row, vector in zip(rows, made, strict=True)]


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
