"""Whose every statement of a case is: no offsets, texts or stances, so that a million of them can be held."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, select, type_coerce

from winset import records
from winset.actors.spoken import Spoken, Titled, Words
from winset.actors.types import Identification
from winset.errors import BadSpan
from winset.ids import DocumentId, StatementId
from winset.store import tables
from winset.store.case_store import CaseStore
from winset.store.kept_columns import uncollected
from winset.store.marks import Marks, in_order, marks, understood

AT_ONCE = 5_000  # documents whose texts are held

_SPANS = ("source_start", "source_end", "cue_start", "cue_end")
_WHO = ("speaker", "represents", "actor_id", "rule", "role", "affiliation", "by", "at", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All documents, and of each the statements that count, with whom the machine takes their sources for."""

    documents: tuple[Titled, ...]
    statements: tuple[Spoken, ...]
    identifications: tuple[Identification, ...]  # in the order of the statements


def heard(store: CaseStore) -> Heard:
    """In the order of `CaseStore.codings`; some documents at a time, each time in a transaction of its own.

    Raises NotACase.  Cost: some 30 microseconds and 600 bytes a statement.
    """
    made = _Heard()
    following: int | None = 0
    with uncollected():
        while following is not None:
            with store.database.transaction(writes=False) as connection, understood(store.place):
                following = made.read(connection, following)
    return Heard(
        documents=tuple(made.documents),
        statements=tuple(made.statements),
        identifications=tuple(made.identifications),
    )


class _Row(NamedTuple):
    """A statement as it is written, with who says it."""

    id: StatementId
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    contents: Sequence[tuple[int, int]]
    who: Identification

    @property
    def place(self) -> tuple[int, int]:
        """First and last character."""
        spans = [span for span in (self.source, self.cue, *self.contents) if span]
        return min(start for start, _ in spans), max(end for _, end in spans)


class _Heard:
    """What was read so far. The same words come again and again, and are held once."""

    def __init__(self) -> None:
        self.documents: list[Titled] = []
        self.statements: list[Spoken] = []
        self.identifications: list[Identification] = []
        self._words: dict[str, str] = {}
        self._sources: dict[str, Words] = {}

    def read(self, connection: Connection, after: int) -> int | None:
        """The documents that follow, and the place of the last of them; None where there are no more."""
        document = tables.document.c
        query = select(document.rank, document.id, document.name, document.title, document.text)
        found = connection.execute(query.where(document.rank > after).order_by(document.rank).limit(AT_ONCE)).all()
        if not found:
            return None
        said = marks(connection)
        rows = self._rows(connection, after, found[-1].rank, said)
        for _, id, name, title, text in found:
            self.documents.append(Titled(id=DocumentId(id), name=name, title=title))
            own = rows.get(id, ())
            for row in in_order(own, said, id=_id, place=_place, again=id in said.again):
                self.statements.append(self._spoken(row, DocumentId(id), text))
                self.identifications.append(row.who)
        return int(found[-1].rank)

    def _rows(self, connection: Connection, after: int, upto: int, said: Marks) -> dict[str, list[_Row]]:
        document, statement, who = tables.document.c, tables.statement.c, tables.identification
        contents = type_coerce(statement.contents, String)  # SQLAlchemy's JSON takes twice as long
        spans = (*(statement[name] for name in _SPANS), contents.label("contents"))
        query = (
            select(statement.id, statement.rank.label("statement_rank"), statement.document_id, *spans, who)
            .join_from(tables.document, tables.statement, statement.document_id == document.id)
            .outerjoin(who, who.c.statement_id == statement.id)
            .where(document.rank > after, document.rank <= upto)
        )
        rows = connection.execute(query).mappings().all()  # asked for in order, SQLite would read all statements
        found: dict[str, dict[str, _Row]] = {}
        for row in sorted(rows, key=itemgetter("statement_rank", "rank")):
            if row["id"] not in said.left_out:
                found.setdefault(row["document_id"], {})[row["id"]] = self._row(dict(row))
        return {id: list(own.values()) for id, own in found.items()}

    def _row(self, row: dict[str, Any]) -> _Row:
        for name in _WHO:
            if row[name] is not None:
                row[name] = self._words.setdefault(row[name], row[name])
        if row["statement_id"] is None:
            raise KeyError(f"statement {row['id']} without an identification")
        contents = row["contents"]
        return _Row(
            id=StatementId(row["id"]),
            source=_span(row["source_start"], row["source_end"]),
            cue=_span(row["cue_start"], row["cue_end"]),
            contents=[(start, end) for start, end in (json.loads(contents) if isinstance(contents, str) else contents)],
            who=records.identification_value(row),
        )

    def _spoken(self, row: _Row, document: DocumentId, text: str) -> Spoken:
        source = _cut(text, row.source) if row.source else None
        words = " […] ".join([_cut(text, span) for span in row.contents]) or (_cut(text, row.cue) if row.cue else "")
        return Spoken(
            id=row.id,
            document_id=document,
            source=None if source is None else self._sources.setdefault(source, Words(source)),
            words=words,
        )


def _id(row: _Row) -> str:
    return row.id


def _place(row: _Row) -> tuple[int, int]:
    return row.place


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)


def _cut(text: str, span: tuple[int, int]) -> str:
    """Raises BadSpan where there are no such characters."""
    start, end = span
    if not 0 <= start < end <= len(text):
        raise BadSpan(f"span {start}-{end}: its text has {len(text)} characters")
    return text[start:end]
