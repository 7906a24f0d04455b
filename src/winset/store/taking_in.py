"""Many documents at once into a case, in one transaction, as if they had come one after another.

What comes in has an order, and so have ranks, the trail and the rejected: they are those of documents added one by one.
How far each source has been taken in is written in the same transaction, so that who is interrupted goes on there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Connection, Table, delete, insert, select

from winset import records
from winset.corpus.types import Document, Rejected
from winset.errors import NotText
from winset.ids import DocumentId
from winset.store import full_text, tables, trail
from winset.store.changes import Key
from winset.store.databases import insert_unless_there
from winset.store.types import Coding

if TYPE_CHECKING:
    from winset.store.case_store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A document that came in; without a coding where its text is in the case already."""

    document: Document
    coding: Coding | None


Arrival: TypeAlias = Incoming | Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """How far a source is in the case."""

    place: str  # what tells it from others; never a path, for a case may be sent to people
    size: int  # bytes
    modified: int  # nanoseconds since 1970
    ended: bool = True
    read: int = 0  # of a file of lines: bytes up to the last line that is in
    line: int = 0  # its number
    rejected: int = 0  # of its lines
    documents: int = 1
    names: tuple[str, ...] | None = None  # of its documents; None: its own


def take_in(
    store: CaseStore, arrivals: Sequence[Arrival], *, taken: Sequence[TakenIn] = (), by: str = "", at: str = ""
) -> tuple[bool, ...]:
    """Keep all of it in one transaction, or nothing; whether each is a document that was not there.

    taken: how far sources are in once this is kept.  by, at: as for `CaseStore.add`.
    A text that is there, or comes twice, is noted as `CaseStore.repeat` does.
    Raises what `CaseStore.add` raises.
    """
    new: list[bool] = []
    try:
        with store.database.transaction(writes=True) as connection:
            for rejected, some in groupby(arrivals, key=lambda each: isinstance(each, Rejected)):
                if rejected:
                    told = [each for each in some if isinstance(each, Rejected)]
                    reject(connection, told)
                    new += [False] * len(told)
                else:
                    new += _take(connection, [each for each in some if isinstance(each, Incoming)], by=by, at=at)
            _note(connection, taken)
    except UnicodeEncodeError as error:
        raise NotText(f"{error.object[:80]!r}: holds half a surrogate pair: save it as UTF-8") from error
    return tuple(new)


def known(store: CaseStore, ids: Iterable[DocumentId]) -> set[str]:
    """Those of the texts that are in the case."""
    with store.database.transaction(writes=False) as connection:
        return set(_names(connection, ids))


def taken_in(store: CaseStore, places: Iterable[str]) -> dict[str, TakenIn]:
    """How far these sources are in, by their places; those of which nothing is known are not among them."""
    table = tables.taken_in
    found: dict[str, TakenIn] = {}
    with store.database.transaction(writes=False) as connection:
        for some in trail.portions(list(places)):
            for row in connection.execute(select(table).where(table.c.place.in_(some))).mappings():
                names = None if row["names"] is None else tuple(row["names"])
                found[row["place"]] = TakenIn(**{**row, "names": names})
    return found


def add_all(connection: Connection, added: Sequence[tuple[Document, Coding]], *, by: str, at: str) -> None:
    """Write documents that are not in the case, with their codings: in ranks, trail and index as one by one."""
    statements = [{said.id: said for said in coding.statements} for _, coding in added]
    rows = [{**records.document_row(document), "refused_spans": coding.refused} for document, coding in added]
    _insert(connection, tables.document, rows)
    ranks = _ranks(connection, [row["id"] for row in rows])
    full_text.add_all(connection, [(ranks[row["id"]], row["text"]) for row in rows])
    runs = [records.run_row(run) for _, coding in added for run in coding.runs]
    if runs:
        connection.execute(insert_unless_there(connection, tables.run), runs)
    said = [
        records.statement_row(one, doc) for (doc, _), own in zip(added, statements, strict=True) for one in own.values()
    ]
    _insert(connection, tables.statement, said)
    who = [records.identification_row(each) for _, coding in added for each in coding.identifications]
    _insert(connection, tables.identification, who)
    _insert(connection, tables.stance, [records.stance_row(each) for _, coding in added for each in coding.stances])
    acts = [
        [
            trail.Wanted(key=Key("document", document.id), after={"name": document.name}),
            *(
                trail.Wanted(key=Key("statement", each.id), after={"verdict": "added"})
                for each in own.values()
                if not each.coder.startswith(trail.MACHINE)  # a person's counts while somebody says that it does
            ),
        ]
        for (document, _), own in zip(added, statements, strict=True)
    ]
    trail.record_each(connection, acts, by=by, at=at, act="add")


def forget_rejections(connection: Connection, names: Iterable[str]) -> None:
    """What could not be read before and now can is no longer among the rejected."""
    for some in trail.portions(list(dict.fromkeys(names))):
        connection.execute(delete(tables.rejection).where(tables.rejection.c.name.in_(some)))


def reject(connection: Connection, rejected: Sequence[Rejected]) -> None:
    """Write what could not be read and why, each once."""
    rows = [{"name": each.name, "reason": each.reason, "kind": each.kind} for each in rejected]
    connection.execute(insert_unless_there(connection, tables.rejection), rows)


def _take(connection: Connection, incoming: Sequence[Incoming], *, by: str, at: str) -> list[bool]:
    forget_rejections(connection, [each.document.name for each in incoming])
    names = _names(connection, [each.document.id for each in incoming])
    new: list[bool] = []
    added: list[tuple[Document, Coding]] = []
    again: list[dict[str, Any]] = []
    for document, coding in ((each.document, each.coding) for each in incoming):
        id = document.id
        new.append(id not in names and coding is not None)
        if id not in names:
            assert coding is not None, id  # noqa: S101 - nothing is ever taken out of a case
            names[id] = document.name
            added.append((document, coding))
        elif names[id] != document.name:
            again.append({"name": document.name, "document_id": id, "of": id, "similarity": 1.0})
    if added:
        add_all(connection, added, by=by, at=at)
    if again:
        connection.execute(insert_unless_there(connection, tables.duplicate), again)
    return new


def _names(connection: Connection, ids: Iterable[DocumentId]) -> dict[str, str]:
    """The names under which those of the texts are in the case that are."""
    document = tables.document.c
    found: dict[str, str] = {}
    for some in trail.portions(list(dict.fromkeys(ids))):
        wanted = select(document.id, document.name).where(document.id.in_(some))
        found.update({row.id: row.name for row in connection.execute(wanted)})
    return found


def _ranks(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    document = tables.document.c
    found: dict[str, int] = {}
    for some in trail.portions(ids):
        wanted = select(document.id, document.rank).where(document.id.in_(some))
        found.update({row.id: row.rank for row in connection.execute(wanted)})
    return found


def _note(connection: Connection, taken: Sequence[TakenIn]) -> None:
    table = tables.taken_in
    last = {each.place: each for each in taken}
    for some in trail.portions(list(last)):
        connection.execute(delete(table).where(table.c.place.in_(some)))
    rows = [
        {
            "place": each.place,
            "size": each.size,
            "modified": each.modified,
            "ended": each.ended,
            "read": each.read,
            "line": each.line,
            "rejected": each.rejected,
            "documents": each.documents,
            "names": None if each.names is None else list(each.names),
        }
        for each in last.values()
    ]
    _insert(connection, table, rows)


def _insert(connection: Connection, table: Table, values: Sequence[dict[str, Any]]) -> None:
    if values:  # an empty list would insert a row of defaults
        connection.execute(insert(table), list(values))
