"""How far a case is coded, and by whom, counted where it is kept: no statement is loaded that nobody coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, null, select

from winset import records
from winset.actors.judgements import NOBODY_KNOWN
from winset.corpus.types import Document
from winset.ids import DocumentId, EvidenceId, StatementId
from winset.positions.rulings import Ruling
from winset.positions.types import Stance
from winset.statements.types import Statement
from winset.store import tables
from winset.store.changes import Value
from winset.store.desk import codes_of

if TYPE_CHECKING:
    from winset.store.case_store import CaseStore

AT_ONCE = 300  # ids in one SQL statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderProgress:
    """One coder's part."""

    coder: str
    coded: int  # statements that count and have this coder's codes
    alone: int  # of these, coded by nobody else


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentProgress:
    """One document: how many of its statements each coder has coded."""

    rank: int  # `after` of the next page
    id: DocumentId
    name: str
    title: str | None
    statements: int  # that count
    by_coder: Mapping[str, int]
    by_anyone: int
    by_several: int  # two coders or more


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProgress:
    """The case as a whole."""

    statements: int  # that count
    by_anyone: int
    by_several: int
    coders: tuple[CoderProgress, ...]  # by name, whatever its case


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedStatements:
    """Statements that people coded, with all that agreement is worked out from."""

    rulings: Mapping[StatementId, tuple[Ruling, ...]]  # coders by name
    stances: Mapping[StatementId, Stance]  # the machine's
    actors: Mapping[StatementId, str]  # whom the machine holds each to be from: id or label


_CODES, _STATEMENT, _OUT = tables.subject, tables.statement, tables.left_out


def case_progress(store: CaseStore) -> CaseProgress:
    """How much is coded in all, and by each coder.  Cost: one look at each code, and one count of the statements."""
    with store.database.transaction(writes=False) as connection:
        total = connection.execute(select(func.count()).select_from(_STATEMENT)).scalar_one()
        out = connection.execute(select(func.count()).select_from(_OUT)).scalar_one()
        many = (
            select(_CODES.c.about, func.count().label("coders"), func.min(_CODES.c.coder).label("first"))
            .where(*_holding())
            .group_by(_CODES.c.about)
            .subquery()
        )
        anyone, both = connection.execute(select(func.count(), _how_many(many.c.coders > 1)).select_from(many)).one()
        by_coder = select(_CODES.c.coder, func.count()).where(*_holding()).group_by(_CODES.c.coder)
        coded = {row[0]: row[1] for row in connection.execute(by_coder)}
        one = select(many.c.first, func.count()).where(many.c.coders == 1).group_by(many.c.first)
        alone = {row[0]: row[1] for row in connection.execute(one)}
    return CaseProgress(
        statements=total - out,
        by_anyone=anyone,
        by_several=both,
        coders=tuple(
            CoderProgress(coder=name, coded=coded[name], alone=alone.get(name, 0))
            for name in sorted(coded, key=str.casefold)
        ),
    )


def document_progress(store: CaseStore, *, after: int = 0, limit: int = 50) -> tuple[DocumentProgress, ...]:
    """The same for each document, in the order in which they were added.  Cost: that of the documents asked for."""
    document = tables.document.c
    wanted = (
        select(document.rank, document.id, document.name, document.title)
        .where(document.rank > after)
        .order_by(document.rank)
        .limit(limit)
    )
    with store.database.transaction(writes=False) as connection:
        listed = connection.execute(wanted).all()
        of = _STATEMENT.c.document_id.in_([row.id for row in listed])
        counted = select(_STATEMENT.c.document_id, func.count()).where(of, _counts()).group_by(_STATEMENT.c.document_id)
        statements = {row[0]: row[1] for row in connection.execute(counted)}
        coded = (
            select(_STATEMENT.c.document_id, _CODES.c.coder, func.count())
            .join(_CODES, and_(_CODES.c.kind == "codes", _CODES.c.about == _STATEMENT.c.id))
            .where(of, _counts(), _CODES.c.value.is_not(null()))
            .group_by(_STATEMENT.c.document_id, _CODES.c.coder)
        )
        by_coder: dict[str, dict[str, int]] = {}
        for id, coder, times in connection.execute(coded):
            by_coder.setdefault(id, {})[coder] = times
        each = (
            select(_STATEMENT.c.document_id, func.count().label("coders"))
            .join(_CODES, and_(_CODES.c.kind == "codes", _CODES.c.about == _STATEMENT.c.id))
            .where(of, _counts(), _CODES.c.value.is_not(null()))
            .group_by(_STATEMENT.c.document_id, _STATEMENT.c.id)
            .subquery()
        )
        together = select(each.c.document_id, func.count(), _how_many(each.c.coders > 1)).group_by(each.c.document_id)
        several = {row[0]: (row[1], row[2]) for row in connection.execute(together)}
    return tuple(
        DocumentProgress(
            rank=row.rank,
            id=DocumentId(row.id),
            name=row.name,
            title=row.title,
            statements=statements.get(row.id, 0),
            by_coder=by_coder.get(row.id, {}),
            by_anyone=several.get(row.id, (0, 0))[0],
            by_several=several.get(row.id, (0, 0))[1],
        )
        for row in listed
    )


def coded_statements(store: CaseStore) -> CodedStatements:
    """All codes that hold, with the machine's of the same statements; those that do not count are left out."""
    held: dict[StatementId, list[Ruling]] = {}
    stances: dict[StatementId, Stance] = {}
    actors: dict[StatementId, str] = {}
    wanted = (
        select(_CODES.c.about, _CODES.c.coder, _CODES.c.value)
        .where(*_holding())
        .order_by(_CODES.c.about, _CODES.c.coder)
    )
    with store.database.transaction(writes=False) as connection:
        for about, coder, value in connection.execute(wanted):
            held.setdefault(about, []).append(_ruling(about, coder, value))
        ids = list(held)
        for some in (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE)):
            found = select(tables.stance).where(tables.stance.c.statement_id.in_(some))
            for row in connection.execute(found).mappings():
                stances[row["statement_id"]] = records.stance_value(row)
            who = tables.identification.c
            said = select(who.statement_id, who.actor_id, who.represents).where(who.statement_id.in_(some))
            for id, actor_id, represents in connection.execute(said):
                actors[id] = actor_id or represents or NOBODY_KNOWN
    return CodedStatements(
        rulings={id: tuple(said) for id, said in held.items() if id in stances}, stances=stances, actors=actors
    )


def statements_of(store: CaseStore, ids: Sequence[StatementId]) -> dict[StatementId, tuple[Statement, Document]]:
    """Statements with their documents, by id.  Cost: that of the documents they stand in."""
    found: dict[StatementId, tuple[Statement, Document]] = {}
    documents: dict[str, Document] = {}
    with store.database.transaction(writes=False) as connection:
        for some in (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE)):
            for row in connection.execute(select(_STATEMENT).where(_STATEMENT.c.id.in_(some))).mappings():
                document = documents.get(row["document_id"]) or _document(connection, row["document_id"])
                documents[row["document_id"]] = document
                found[row["id"]] = (records.statement_value(row, document), document)
    return found


def _document(connection: Connection, id: str) -> Document:
    wanted = select(tables.document).where(tables.document.c.id == id)
    return records.document_value(connection.execute(wanted).mappings().one())


def _ruling(about: str, coder: str, value: Value) -> Ruling:
    why = str(value.get("why", ""))
    return Ruling(statement_id=StatementId(EvidenceId(about)), coder=coder, codes=codes_of(value), why=why)


def _holding() -> tuple[ColumnElement[bool], ...]:
    """Codes that nobody took back, of statements that count."""
    out = exists(select(_OUT.c.statement_id).where(_OUT.c.statement_id == _CODES.c.about))
    return _CODES.c.kind == "codes", _CODES.c.value.is_not(null()), ~out


def _counts() -> ColumnElement[bool]:
    return ~exists(select(_OUT.c.statement_id).where(_OUT.c.statement_id == _STATEMENT.c.id))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows it holds for; FILTER is younger than some SQLite."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
