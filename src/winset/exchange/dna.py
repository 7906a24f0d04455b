"""Study files of Discourse Network Analyzer (.dna, an SQLite database): who said what of which concept, for or against.

The file comes from anywhere: it is opened read-only, only ordinary tables are read, and every value is checked.
Offsets in it count UTF-16 code units, as Java does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from winset.corpus.types import Rejected
from winset.errors import BadCase, Damaged, Missing, NotText, TooLarge
from winset.ids import ActorId, DocumentId, EvidenceId, PartialDate, StatementId
from winset.positions.networks.types import Concept, Discourse, Participant, Referral

TABLES = (
    *("STATEMENTTYPES", "VARIABLES", "ENTITIES", "STATEMENTS", "DOCUMENTS"),
    *("DATASHORTTEXT", "DATABOOLEAN", "DATAINTEGER"),
)
LARGEST = 2_000_000_000  # bytes
MOST_STATEMENTS = 2_000_000
LONGEST = 50_000_000  # bytes of one value; the longest documents are books
STEPS, PATIENCE = 1_000_000, 20_000  # a callback every so many steps of SQLite's machine, so many callbacks: minutes
AGREEMENT = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER"}
MAGIC = b"SQLite format 3\x00"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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


def is_dna(path: str) -> bool:
    """Whether a source is a study file, by its suffix."""
    return "://" not in path and path.lower().endswith(".dna")


def read_dna(
    path: Path, *, actor: str = "organization", concept: str = "concept", agreement: str = "agreement"
) -> Study:
    """The statements of a study file, with actors and concepts in order of their names.

    actor, concept, agreement: names of the variables; agreement is true or false, or an integer on whatever scale the
    file's values span.
    Raises Missing, NotText, TooLarge, Damaged, and BadCase for variables that it does not have.
    Source of the format: Discourse Network Analyzer 3.0, its database schema.
    """
    _check(path)
    with _opened(path) as database:
        coding = _coding(path, database, actor, concept, agreement)
        rows = _rows(path, database, coding)
        referrals: list[Referral] = []
        rejected: list[Rejected] = []
        documents: set[int] = set()
        for document, title, date, text, statements in _by_document(database, rows):
            documents.add(document)
            on = _day(date)
            units = text.encode("utf-16-le", "surrogatepass")
            for row in statements:
                reason = _fault(row, coding, units, (actor, concept, agreement))
                if reason:
                    name = f"{path.name}: statement {row[0]} in {title[:60]!r}"
                    rejected.append(Rejected(name=name, reason=reason, kind="BadCase"))
                else:
                    referrals.append(_referral(row, coding, units, on))
    return Study(discourse=_discourse(referrals, coding), documents=len(documents), rejected=tuple(rejected))


def _check(path: Path) -> None:
    """Raises Missing, NotText, TooLarge: what a first look tells."""
    try:
        with path.open("rb") as stream:
            header = stream.read(len(MAGIC))
        size = path.stat().st_size
    except FileNotFoundError:
        raise Missing(f"{path}: nothing there: name a .dna file of Discourse Network Analyzer") from None
    except OSError as error:
        raise Damaged(f"{path}: cannot be read: {error.strerror}") from None
    if header != MAGIC:
        raise NotText(f"{path}: no SQLite file: winset reads the .dna files of Discourse Network Analyzer 3")
    if size > LARGEST:
        raise TooLarge(f"{path}: {size:,} bytes: at most {LARGEST:,}")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, unable to change anything, to run what its schema says, or to run on for ever.

    Raises Damaged, TooLarge for what SQLite finds while it is read.
    """
    calls = 0

    def impatient() -> bool:
        nonlocal calls
        calls += 1
        return calls > PATIENCE

    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
            database.set_progress_handler(impatient, STEPS)
            database.text_factory = lambda value: value.decode("utf-8", "replace")
            _check_tables(path, database)
            yield database
    except sqlite3.Error as error:
        if calls > PATIENCE:
            raise TooLarge(f"{path}: takes too long to read: open and save it with its own program first") from None
        raise Damaged(f"{path}: damaged, or no .dna file: {error}") from None


def _check_tables(path: Path, database: sqlite3.Connection) -> None:
    """Raises NotText unless all tables of a study are there, each an ordinary one: no view, nothing virtual."""
    made = {
        str(name).upper(): str(sql).lstrip().upper()
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    }
    lacking = [name for name in TABLES if not made.get(name, "").startswith("CREATE TABLE")]
    if lacking:
        raise NotText(f"{path}: no study of Discourse Network Analyzer 3: it has no table {', '.join(lacking)}")


def _coding(path: Path, database: sqlite3.Connection, actor: str, concept: str, agreement: str) -> _Coding:
    """The first statement type that has all three variables.  Raises BadCase, naming those there are."""
    types: dict[int, dict[str, tuple[int, str]]] = {}
    for id, name, kind, type_id in database.execute(
        "SELECT ID, Variable, DataType, StatementTypeId FROM VARIABLES ORDER BY StatementTypeId, ID LIMIT 10000"
    ):
        types.setdefault(type_id, {})[str(name)] = (id, str(kind))
    for type_id, variables in types.items():
        kinds = [variables.get(name, (0, ""))[1] for name in (actor, concept, agreement)]
        if kinds[:2] == ["short text", "short text"] and kinds[2] in AGREEMENT:
            return _Coding(
                type_id=type_id,
                actor=variables[actor][0],
                concept=variables[concept][0],
                agreement=variables[agreement][0],
                table=AGREEMENT[kinds[2]],
            )
    there = "; ".join(", ".join(variables) for variables in types.values())
    raise BadCase(
        f"{path}: no kind of statement has the texts {actor!r} and {concept!r} and a true or false, or integer, "
        f"{agreement!r}: it has {there or 'no variables'}"
    )


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
        (coding.actor, coding.concept, coding.agreement, coding.type_id, MOST_STATEMENTS + 1),
    ).fetchall()
    if len(found) > MOST_STATEMENTS:
        raise TooLarge(f"{path}: more than {MOST_STATEMENTS:,} statements")
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


def _day(seconds: object) -> PartialDate | None:
    """The day of seconds since 1970, UTC; None for what is no date."""
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    try:
        return PartialDate((EPOCH + timedelta(seconds=seconds)).date().isoformat())
    except OverflowError:
        return None


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
