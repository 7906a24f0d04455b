"""Some documents of a case too large to be held, with what persons said of their statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from winset import records
from winset.corpus.types import Duplicate
from winset.ids import DocumentId, StatementId
from winset.positions.rulings import Ruling, holding
from winset.provenance import Run
from winset.store import overruling, tables, trail

if TYPE_CHECKING:
    from winset.store.case_store import CaseStore


def documents_after(store: CaseStore, rank: int, *, limit: int) -> tuple[tuple[int, DocumentId], ...]:
    """The documents that follow, with their ranks, in order."""
    document = tables.document.c
    query = select(document.rank, document.id).where(document.rank > rank).order_by(document.rank).limit(limit)
    with store.database.transaction(writes=False) as connection:
        return tuple((rank, DocumentId(id)) for rank, id in connection.execute(query))


def documents_at(store: CaseStore, ranks: Sequence[int]) -> dict[int, DocumentId]:
    """The documents of these ranks."""
    document, found = tables.document.c, {}
    with store.database.transaction(writes=False) as connection:
        for some in trail.portions(ranks):
            query = select(document.rank, document.id).where(document.rank.in_(some))
            found.update({rank: DocumentId(id) for rank, id in connection.execute(query)})
    return found


def statements_at(store: CaseStore, ranks: Sequence[int]) -> dict[int, StatementId]:
    """The statements of these ranks."""
    statement, found = tables.statement.c, {}
    with store.database.transaction(writes=False) as connection:
        for some in trail.portions(ranks):
            query = select(statement.rank, statement.id).where(statement.rank.in_(some))
            found.update({rank: StatementId(id) for rank, id in connection.execute(query)})
    return found


def held_rulings(
    store: CaseStore, statements: Sequence[StatementId]
) -> tuple[dict[StatementId, tuple[Ruling, ...]], dict[int, str]]:
    """What people coded of these and nobody took back; and when each take of it was."""
    ruling, take = tables.ruling, tables.take.c
    found: list[Ruling] = []
    at: dict[int, str] = {}
    with store.database.transaction(writes=False) as connection:
        gone = overruling.gone_takes(connection)
        for some in trail.portions(statements):
            query = select(ruling).where(ruling.c.statement_id.in_(some)).order_by(ruling.c.rank)
            found += map(records.ruling_value, connection.execute(query).mappings())
        found = [each for each in found if each.take not in gone]
        for numbers in trail.portions(sorted({each.take for each in found})):
            query = select(take.rank, take.at).where(take.rank.in_(numbers))
            at.update((row.rank, row.at) for row in connection.execute(query))
    return dict(holding(found, ())), at


def duplicates(store: CaseStore, documents: Sequence[DocumentId]) -> tuple[Duplicate, ...]:
    """Texts of these that came again under another name."""
    table, found = tables.duplicate, []
    with store.database.transaction(writes=False) as connection:
        for some in trail.portions(documents):
            query = select(table).where(table.c.of.in_(some)).order_by(table.c.rank)
            found += [records.duplicate_value(row) for row in connection.execute(query).mappings()]
    return tuple(found)


def runs(store: CaseStore, *, of_step: str) -> tuple[Run, ...]:
    """Each method that was applied once, of no document in particular; of one step every run."""
    run = tables.run
    each = select(run.c.step, run.c.method, run.c.version).where(run.c.step != of_step).distinct()
    with store.database.transaction(writes=False) as connection:
        methods = sorted(connection.execute(each.order_by(run.c.step, run.c.method, run.c.version)))
        own = connection.execute(select(run).where(run.c.step == of_step).order_by(run.c.id)).mappings().all()
    told = [Run(step=step, method=method, version=version, inputs=()) for step, method, version in methods]
    return (*told, *map(records.run_value, own))
