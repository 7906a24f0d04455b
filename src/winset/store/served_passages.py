"""The passages of a case on a server: kept there once they are made, for that takes the time; see `passage_index`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from winset.corpus.types import Document
from winset.ids import DocumentId
from winset.sourcing.asking.index import MADE_BY
from winset.sourcing.asking.terms import Named
from winset.store import tables
from winset.store.databases import Database
from winset.store.passage_index import Indexed, PassageIndex, Progress, portions

AT_ONCE = 5_000  # passages held as Python values


def keep(database: Database, documents: Sequence[Document], named: Named, *, progress: Progress | None = None) -> None:
    """Add to a case the passages of the documents that have none there yet; those of an earlier version go first.

    Raises LockedCase, CannotWrite.  Cost: some 5 ms a passage.
    """
    with database.transaction(writes=False) as connection:
        made_by = _made_by(connection)
    if any(version != MADE_BY for version in made_by.values()):
        with database.transaction(writes=True) as connection:
            if any(version != MADE_BY for version in _made_by(connection).values()):  # nobody else was faster
                connection.execute(delete(tables.passage))
                connection.execute(delete(tables.indexed_document))
            made_by = _made_by(connection)
    for some in portions(documents, named, but=made_by, progress=progress):
        with database.transaction(writes=True) as connection:
            _write(connection, some)


def load(database: Database, index: PassageIndex) -> None:
    """Fill an empty index with what a case holds; with nothing where an earlier version made it.

    Raises LockedCase, NotACase.  Cost: some 20 microseconds a passage, and as long again for the server.
    """
    wanted = select(tables.passage).order_by(tables.passage.c.id).execution_options(yield_per=AT_ONCE)
    with database.transaction(writes=False) as connection:
        made_by = _made_by(connection)
        if all(version == MADE_BY for version in made_by.values()):
            index.take_in(made_by.items(), map(tuple, connection.execute(wanted)))


def _made_by(connection: Connection) -> dict[DocumentId, str]:
    table = tables.indexed_document
    found = connection.execute(select(table.c.document_id, table.c.made_by).order_by(table.c.document_id))
    return {DocumentId(id): version for id, version in found}


def _write(connection: Connection, some: Sequence[Indexed]) -> None:
    there = _made_by(connection)
    last = connection.execute(select(func.coalesce(func.max(tables.passage.c.id), 0))).scalar_one()
    for document_id, rows in some:
        if document_id in there:  # another process was faster
            continue
        connection.execute(insert(tables.indexed_document), {"document_id": document_id, "made_by": MADE_BY})
        columns = tables.passage.c.keys()
        numbered = [(last + place, document_id, *row) for place, row in enumerate(rows, start=2)]
        if numbered:
            connection.execute(insert(tables.passage), [dict(zip(columns, row, strict=True)) for row in numbered])
        last += len(rows) + 1
