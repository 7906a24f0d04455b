"""Whether a kept case is whole: the database's own check, every text and every span, and the trail played again.

Nothing is changed: a case of an older winset is looked at as far as that goes without bringing it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from winset import records
from winset.corpus.types import Document
from winset.errors import BadSpan, NotACase, OffScale
from winset.store import addresses, databases, tables
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.damage import damages
from winset.store.databases import Database
from winset.store.desk import replayed
from winset.store.files import CaseFile
from winset.store.migrations import number

DOCUMENTS = 20  # texts held at once
STATEMENTS = 5_000
SHOWN = 5  # of what is wrong, one line each; the others are counted

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What stands in a case, and whether it holds together."""

    documents: int
    statements: int
    spans: int  # that were compared with the text
    wrong: tuple[str, ...]  # texts and statements that are not what their ids say, one line each
    changes: int
    last_change: str | None  # ISO 8601, UTC
    unlike: tuple[str, ...]  # where the state is not what the trail comes to, one line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found in a case."""

    place: str
    schema: int
    broken: tuple[str, ...]  # what the database says of its own file; empty: nothing
    unsealed: tuple[str, ...] = ()  # rows that are not what their seals say, one line each; of a file
    inside: Inside | None  # None: not looked at, for the file is broken or its schema is not ours


def examined(place: str | Place, *, progress: Progress | None = None) -> Examination:
    """A case, looked at from its file to its last span.

    progress: is told in words what is being looked at.
    Raises NotACase, LockedCase, NoServer, NotConfigured, BadCase (a mistake in the address).
    """
    tell = progress or (lambda _: None)
    database = databases.opened(addresses.place(place))
    try:
        tell("the database")
        with database.transaction(writes=False) as connection:
            schema = number(connection)
            broken = tuple(_broken(connection))
        unsealed = _unsealed(database, tell)
        if broken or schema != tables.SCHEMA:
            return Examination(place=database.place, schema=schema, broken=broken, unsealed=unsealed, inside=None)
        try:
            inside = _inside(database, tell)
        except NotACase as error:
            if not unsealed:
                raise
            broken = (str(error),)
            return Examination(place=database.place, schema=schema, broken=broken, unsealed=unsealed, inside=None)
        return Examination(place=database.place, schema=schema, broken=(), unsealed=unsealed, inside=inside)
    finally:
        database.close()


def _inside(database: Database, tell: Progress) -> Inside:
    wrong: list[str] = []
    spans = 0
    with database.transaction(writes=False) as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (tables.document, tables.statement, tables.change)
        ]
        last = connection.execute(select(func.max(tables.change.c.at))).scalar_one()
        for document, id in _documents(connection):
            tell(document.name)
            if document.id != id:
                wrong.append(f"document {id} ({document.name}): its text is not the one it was kept with")
                continue
            for found, line in _spans(connection, document):
                spans += found
                wrong += [line] if line else []
    tell("the trail")
    return Inside(
        documents=counts[0],
        statements=counts[1],
        spans=spans,
        wrong=tuple(wrong),
        changes=counts[2],
        last_change=last or None,
        unlike=replayed(CaseStore(database)),
    )


def _unsealed(database: Database, tell: Progress) -> tuple[str, ...]:
    return tuple(map(str, damages(database.path, progress=tell))) if isinstance(database, CaseFile) else ()


def _broken(connection: Connection) -> Iterator[str]:
    """What the database itself finds wrong. A server keeps its own files; only rows that hang loose are told there.

    Source: SQLite, PRAGMA integrity_check and PRAGMA foreign_key_check.
    """
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({SHOWN + 1})"):
        if line != "ok":
            yield " ".join(str(line).split())
    for table, row, parent, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} row {row}: what it belongs to in {parent} is not there"


def _documents(connection: Connection) -> Iterator[tuple[Document, str]]:
    """Each with the id it is kept under, some at a time."""
    last = 0
    wanted = select(tables.document).order_by(tables.document.c.rank).limit(DOCUMENTS)
    while page := connection.execute(wanted.where(tables.document.c.rank > last)).mappings().all():
        yield from ((records.document_value(row), row["id"]) for row in page)
        last = page[-1]["rank"]


def _spans(connection: Connection, document: Document) -> Iterator[tuple[int, str]]:
    """For each statement how many spans it has and what is wrong with it; an id is made of place, text and coder."""
    last = 0
    wanted = (
        select(tables.statement)
        .where(tables.statement.c.document_id == document.id)
        .order_by(tables.statement.c.rank)
        .limit(STATEMENTS)
    )
    while page := connection.execute(wanted.where(tables.statement.c.rank > last)).mappings().all():
        for row in page:
            try:
                said = records.statement_value(row, document)
            except (BadSpan, OffScale, TypeError, ValueError) as reason:
                yield 0, f"statement {row['id']} in {document.name}: {reason}"
                continue
            parts = [part for part in (said.source, said.cue, *said.contents) if part is not None]
            exact = all(document.text[part.start : part.end] == part.exact for part in parts)
            same = exact and said.id == row["id"]
            yield len(parts), "" if same else f"statement {row['id']} in {document.name}: its words are not its own"
        last = page[-1]["rank"]
