"""The statements of a study file as a discourse: who said what of which concept, for or against.

Offsets in the file count UTF-16 code units, as Java does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.corpus.types import Rejected
from winset.errors import TooLarge
from winset.exchange.dna import opening
from winset.exchange.dna.opening import AGREEMENT, day, no_such_variables, opened, plain, variables
from winset.ids import ActorId, DocumentId, EvidenceId, PartialDate, StatementId
from winset.positions.networks.types import Concept, Discourse, Participant, Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What a study file holds, and the statements that could not be used."""

    discourse: Discourse
    documents: int
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coding:
    """The variables that tell who, of what, and how."""

    type_id: int
    actor: int
    concept: int
    agreement: int
    table: str  # where the agreement is kept


def read_dna(
    path: Path, *, actor: str = "organization", concept: str = "concept", agreement: str = "agreement"
) -> Study:
    """The statements of a study file, with actors and concepts in order of their names.

    actor, concept, agreement: names of the variables; agreement is true or false, or an integer on whatever scale the
    file's values span.
    Raises Missing, NotText, TooLarge, Damaged, and BadCase for variables that it does not have.
    Source of the format: Discourse Network Analyzer 3.0, its database schema.
    """
    with opened(path) as database:
        coding = _coding(path, database, actor, concept, agreement)
        rows = _rows(path, database, coding)
        referrals: list[Referral] = []
        rejected: list[Rejected] = []
        documents: set[int] = set()
        for document, title, date, text, statements in _by_document(database, rows):
            documents.add(document)
            on = day(date)
            units = text.encode("utf-16-le", "surrogatepass")
            for row in statements:
                reason = _fault(row, coding, units, (actor, concept, agreement))
                if reason:
                    name = f"{path.name}: statement {plain(row[0])} in {title[:60]!r}"
                    rejected.append(Rejected(name=name, reason=reason, kind="BadCase"))
                else:
                    referrals.append(_referral(row, coding, units, on))
    return Study(discourse=_discourse(referrals, coding), documents=len(documents), rejected=tuple(rejected))


def _coding(path: Path, database: sqlite3.Connection, actor: str, concept: str, agreement: str) -> _Coding:
    """The first statement type that has all three variables.  Raises BadCase, naming those there are."""
    types = variables(database)
    for type_id, named in types.items():
        kinds = [named.get(name, (0, ""))[1] for name in (actor, concept, agreement)]
        if kinds[:2] == ["short text", "short text"] and kinds[2] in AGREEMENT:
            return _Coding(
                type_id=type_id,
                actor=named[actor][0],
                concept=named[concept][0],
                agreement=named[agreement][0],
                table=AGREEMENT[kinds[2]],
            )
    raise no_such_variables(path, types, actor=actor, concept=concept, agreement=agreement)


def _rows(path: Path, database: sqlite3.Connection, coding: _Coding) -> list[tuple[Any, ...]]:
    """(id, document, start, stop, actor, concept, level) of every statement of that kind, by document.

    Raises TooLarge.
    """
    found = database.execute(
        f"""
        SELECT s.ID, s.DocumentId, s.Start, s.Stop, actor.Value, concept.Value, level.Value
        FROM STATEMENTS s
        LEFT JOIN DATASHORTTEXT a ON a.StatementId = s.ID AND a.VariableId = ?
        LEFT JOIN ENTITIES actor ON actor.ID = a.Entity
        LEFT JOIN DATASHORTTEXT c ON c.StatementId = s.ID AND c.VariableId = ?
        LEFT JOIN ENTITIES concept ON concept.ID = c.Entity
        LEFT JOIN {coding.table} level ON level.StatementId = s.ID AND level.VariableId = ?
        WHERE s.StatementTypeId = ?
        ORDER BY s.DocumentId, s.ID
        LIMIT ?
        """,  # noqa: S608 - the table is one of ours
        (coding.actor, coding.concept, coding.agreement, coding.type_id, opening.MOST_STATEMENTS + 1),
    ).fetchall()
    if len(found) > opening.MOST_STATEMENTS:
        raise TooLarge(f"{path}: more than {opening.MOST_STATEMENTS:,} statements")
    return found


def _by_document(
    database: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[int, str, object, str, list[tuple[Any, ...]]]]:
    """Id, title, date and text of each document with its statements; one text is held at a time."""
    of: dict[Any, list[tuple[Any, ...]]] = {}
    for row in rows:
        of.setdefault(row[1], []).append(row)
    for document, statements in of.items():
        found = database.execute("SELECT Title, Date, Text FROM DOCUMENTS WHERE ID = ?", (document,)).fetchone()
        title, date, text = found or ("", None, "")
        yield document, str(title), date, str(text), statements


def _fault(row: tuple[Any, ...], coding: _Coding, units: bytes, names: tuple[str, str, str]) -> str:
    """Why a statement cannot be used; "" where it can."""
    _, _, start, stop, actor, concept, level = row
    for name, value in zip(names[:2], (actor, concept), strict=True):
        if not isinstance(value, str) or not value.strip():
            return f"names no {name}: code one, or leave the statement out"
    if not isinstance(level, int):
        return f"its {names[2]} is {level!r}: code one"
    if coding.table == AGREEMENT["boolean"] and level not in (0, 1):
        return f"its {names[2]} is {level}: allowed is 0 or 1"
    if not (isinstance(start, int) and isinstance(stop, int) and 0 <= start < stop <= len(units) // 2):
        return f"stands from {start!r} to {stop!r} of a text of {len(units) // 2} characters"
    return ""


def _referral(row: tuple[Any, ...], coding: _Coding, units: bytes, on: PartialDate | None) -> Referral:
    id, document, start, stop, actor, concept, level = row
    boolean = coding.table == AGREEMENT["boolean"]
    return Referral(
        statement_id=StatementId(EvidenceId(str(id))),
        actor_id=ActorId(actor.strip()),
        concept=concept.strip(),
        level=float(2 * level - 1 if boolean else level),
        document_id=DocumentId(str(document)),
        on=on,
        words=units[2 * start : 2 * stop].decode("utf-16-le", "replace"),
    )


def _discourse(referrals: Sequence[Referral], coding: _Coding) -> Discourse:
    levels: Mapping[float, None] = dict.fromkeys(each.level for each in referrals)
    scale = (-1.0, 1.0)
    if coding.table == AGREEMENT["integer"] and levels:
        scale = (min(levels), max(*levels, min(levels) + 1))  # the span that occurs, as its own program takes it
    return Discourse(
        actors=tuple(
            Participant(id=ActorId(name), name=name) for name in sorted({each.actor_id for each in referrals})
        ),
        concepts=tuple(Concept(id=name, label=name) for name in sorted({each.concept for each in referrals})),
        referrals=tuple(referrals),
        scale=scale,
    )
