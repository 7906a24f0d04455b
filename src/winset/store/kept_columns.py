"""Statements, sources and stances of a kept case as columns, kept with it in parts: only what is new is read as rows.

A part holds the rows of four tables up to a rank of each, as the machine made them; what persons said is applied
whenever the columns are read, see `overruling`. Rows are never changed, so parts stay right, and what has a higher
rank than the last part goes is read from the tables: columns are always those of the case as it is, in one
transaction, whether anybody has kept them or not. Who writes to a case need not know of parts, but who takes rows of
these tables away must `forget` them.

    held = read(connection)     # parts, then what came since
    keep(database)              # makes parts of what came since
"""

from __future__ import annotations

import contextlib
import gc
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from winset.actors.types import NOBODY, Standing
from winset.errors import CannotWrite, LockedCase
from winset.ids import PartialDate, content_id
from winset.positions.salience import rank as office_rank
from winset.statements.media import canonical_medium, medium_at
from winset.store import tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from winset.store.databases import Database

MADE_BY = "1"  # another one where a part holds another thing, or the same otherwise
STATEMENTS = "statements"  # kind of a part
IN_A_PART = 50_000  # rows of a table
AT_ONCE = 1_000  # rows held as Python values: few enough to stay near the processor
FETCHED = 10_000  # the same of a server, each time a journey
LEAST = 1_000  # rows that are new, from which on a part is made of them
NEVER = 2**30  # the number of a day after all others: not known
NOBODYS = -1  # number of nobody known
NO_MEDIUM = -1

# what most rows have in common becomes NULL or a number in the database, so that Python makes no text of it
_DOCUMENTS = """
    SELECT rank, published, publisher, source_url FROM document WHERE rank > {after} AND rank <= {upto} ORDER BY rank"""
_STATEMENTS = """
    SELECT s.id, s.rank, d.rank,
        CASE WHEN s.form IN ('direct', 'mixed') THEN 1 ELSE 0 END + CASE WHEN s.hedged THEN 2 ELSE 0 END,
        NULLIF(CAST(s.via AS TEXT), '[]'), s.said_on
    FROM statement s JOIN document d ON d.id = s.document_id WHERE s.rank > {after} AND s.rank <= {upto}
    ORDER BY s.rank"""
_SOURCES = """
    SELECT statement_id, actor_id,
        CASE WHEN actor_id IS NULL THEN CAST({array}(represents, speaker, speaks_as) AS TEXT) END,
        represents, standing, score, role
    FROM identification WHERE rank > {after} AND rank <= {upto} ORDER BY rank"""
_STANCES = """
    SELECT statement_id, issue_id, relevance, direction, confidence, firmness,
        CASE WHEN hedged THEN 1 ELSE 0 END + CASE WHEN conditional THEN 2 ELSE 0 END
        + CASE voice WHEN 'own' THEN 0 WHEN 'reported' THEN 4 WHEN 'ascribed' THEN 8 END, rung
    FROM stance WHERE rank > {after} AND rank <= {upto} ORDER BY rank"""
_ARRAY = {"sqlite": "json_array", "postgresql": "json_build_array"}  # the JSON of some values
_STANDINGS = {each.value: number for number, each in enumerate(Standing)}

# of each table the columns that are held, and their kinds
KINDS: Mapping[str, Mapping[str, str]] = {
    "document": {"rank": "i4", "published": "i4", "medium": "i4"},
    "statement": {"id": "S16", "rank": "i4", "document": "i4", "marks": "i1", "medium": "i4", "said": "i4"},
    "identification": {"id": "S16", "actor": "i4", "standing": "i1", "score": "f8", "place": "f8"},
    "stance": {
        "id": "S16", "subject": "i4", "direction": "f8", "relevance": "f8", "confidence": "f8", "firmness": "f8",
        "marks": "i1",
    },
}  # fmt: skip
_NUMBERS = {  # columns that are numbers of names, and of which
    ("document", "medium"): "media",
    ("statement", "medium"): "media",
    ("identification", "actor"): "actors",
    ("stance", "subject"): "subjects",
}


class Ranks(NamedTuple):
    """How far each table is read."""

    document: int = 0
    statement: int = 0
    identification: int = 0
    stance: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """Rows of the four tables as columns, by table and name; see KINDS. Names are told by number."""

    actors: tuple[tuple[str, str], ...]  # (id under which a position is held, label of its first statement)
    media: tuple[str, ...]
    subjects: tuple[tuple[str, str | None], ...]  # (issue, option of it)
    columns: Mapping[str, Mapping[str, NDArray[Any]]]


def read(connection: Connection) -> Held:
    """All that the case holds, in this transaction.  Cost: the parts, and the rows that are in none yet."""
    parts, upto = _parts(connection)
    newest = _newest(connection)
    return _joined([*parts, *(_tail(connection, upto, newest) if newest != upto else ())])


def keep(database: Database) -> bool:
    """Make parts of what is in none yet, where that is much; whether there was anything to keep, and it is kept.

    A case that cannot be written stays as it is.  Cost: that of reading the new rows.
    """
    while True:
        with uncollected(), database.transaction(writes=False) as connection:
            upto, newest, again = _kept_upto(connection), _newest(connection), _recoded(connection)
            if sum(newest) - sum(upto) < LEAST:
                return False
            last = _last(connection)
            grows = last is not None and last.rows < IN_A_PART // 2
            begins = last.begins if last is not None and grows else upto
            ends = Ranks(*(min(to, after + IN_A_PART) for after, to in zip(begins, newest, strict=True)))
            held = packed(_rows(connection, begins, ends))
        number = (last.number if grows else last.number + 1) if last is not None else 0
        try:
            with database.transaction(writes=True) as connection:
                if (_kept_upto(connection), _recoded(connection)) != (upto, again):
                    continue  # somebody else was faster
                table = tables.column_part
                connection.execute(delete(table).where(table.c.kind == STATEMENTS, table.c.number >= number))
                row = {"kind": STATEMENTS, "number": number, **ends._asdict(), "made_by": MADE_BY, "held": held}
                connection.execute(insert(table), row)
        except (LockedCase, CannotWrite):
            return False


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Rows hold no cycles, and looking for some among a million takes half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def forget(connection: Connection) -> None:
    """Throw the parts away, in the transaction that takes away rows of which they are made."""
    connection.execute(delete(tables.column_part).where(tables.column_part.c.kind == STATEMENTS))


def differing(connection: Connection) -> tuple[str, ...]:
    """Which columns of the parts are not what the tables say; none where all is well.

    A part that is hurt is none: it is not read either.  Cost: the tables are read, the rows of one part at a time.
    """
    wrong: dict[str, None] = {}
    upto = Ranks()
    for number, ends in _ends(connection):
        part = _part(connection, number, upto, ends)
        if part is None:
            break
        wrong |= dict.fromkeys(_unlike(part, _rows(connection, upto, ends)))
        upto = ends
    return tuple(wrong)


def _unlike(kept: Held, fresh: Held) -> Iterator[str]:
    """The names of what is not the same in both."""
    import numpy as np

    yield from (name for name in ("actors", "media", "subjects") if getattr(kept, name) != getattr(fresh, name))
    for table, kinds in KINDS.items():
        for name in kinds:
            one, other = kept.columns[table][name], fresh.columns[table][name]
            if not np.array_equal(one, other, equal_nan=one.dtype.kind == "f"):
                yield f"{table}.{name}"


def _recoded(connection: Connection) -> tuple[int, int]:
    """How far documents are coded again, which alters rows that are there: the number of the coding, and its place."""
    table = tables.recoding.c
    query = select(table.number, table.last).order_by(table.number.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return (row[0], row[1]) if row is not None else (0, 0)


class _Last(NamedTuple):
    """The last part."""

    number: int
    begins: Ranks
    rows: int  # of the longest table


def _kept_upto(connection: Connection) -> Ranks:
    table = tables.column_part.c
    query = select(table.document, table.statement, table.identification, table.stance)
    query = query.where(table.kind == STATEMENTS, table.made_by == MADE_BY).order_by(table.number.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Ranks(*row) if row is not None else Ranks()


def _last(connection: Connection) -> _Last | None:
    table = tables.column_part.c
    query = select(table.number, table.document, table.statement, table.identification, table.stance)
    query = query.where(table.kind == STATEMENTS, table.made_by == MADE_BY).order_by(table.number.desc()).limit(2)
    rows = connection.execute(query).all()
    if not rows:
        return None
    (number, *ends), begins = rows[0], Ranks(*rows[1][1:]) if len(rows) > 1 else Ranks()
    return _Last(number, begins, max(to - after for after, to in zip(begins, ends, strict=True)))


def _newest(connection: Connection) -> Ranks:
    named = (tables.document, tables.statement, tables.identification, tables.stance)
    return Ranks(*(connection.execute(select(func.max(table.c.rank))).scalar_one() or 0 for table in named))


def _parts(connection: Connection) -> tuple[list[Held], Ranks]:
    """The parts that are whole, as far as the first that is not; and how far they go."""
    found, upto = [], Ranks()
    for number, ends in _ends(connection):
        part = _part(connection, number, upto, ends)
        if part is None:
            break
        found.append(part)
        upto = ends
    return found, upto


def _ends(connection: Connection) -> list[tuple[int, Ranks]]:
    """The number of each part, and how far it goes."""
    table = tables.column_part.c
    query = select(table.number, table.document, table.statement, table.identification, table.stance)
    query = query.where(table.kind == STATEMENTS, table.made_by == MADE_BY).order_by(table.number)
    return [(number, Ranks(*ends)) for number, *ends in connection.execute(query)]


def _part(connection: Connection, number: int, after: Ranks, upto: Ranks) -> Held | None:
    """A part, from the rows after which it begins up to those with which it ends; None where it is hurt."""
    table = tables.column_part.c
    query = select(table.held).where(table.kind == STATEMENTS, table.made_by == MADE_BY, table.number == number)
    held = connection.execute(query).scalar_one()
    return unpacked(held, most=max(to - at for at, to in zip(after, upto, strict=True)))


def _tail(connection: Connection, after: Ranks, upto: Ranks) -> Iterator[Held]:
    """What is in no part, a portion at a time."""
    while after != upto:
        ends = Ranks(*(min(to, at + IN_A_PART) for at, to in zip(after, upto, strict=True)))
        yield _rows(connection, after, ends)
        after = ends


def _joined(parts: Sequence[Held]) -> Held:
    """Several as one, the numbers of names made the same."""
    import numpy as np

    first: dict[str, str] = {}
    media: dict[str, int] = {}
    subjects: dict[tuple[str, str | None], int] = {}
    actors: dict[str, int] = {}
    pieces: dict[tuple[str, str], list[NDArray[Any]]] = {}
    for part in parts:
        new = {
            "actors": [actors.setdefault(id, len(actors)) for id, _ in part.actors],
            "media": [media.setdefault(name, len(media)) for name in part.media],
            "subjects": [subjects.setdefault(asked, len(subjects)) for asked in part.subjects],
        }
        for id, label in part.actors:
            first.setdefault(id, label)
        to = {name: np.array([*numbers, -1], dtype="i4") for name, numbers in new.items()}  # -1: none, the last
        for table, columns in part.columns.items():
            for name, column in columns.items():
                of = _NUMBERS.get((table, name))
                pieces.setdefault((table, name), []).append(column if of is None else to[of][column])
    return Held(
        actors=tuple(first.items()),
        media=tuple(media),
        subjects=tuple(subjects),
        columns={
            table: {
                name: np.concatenate([np.zeros(0, dtype=kind), *pieces.pop((table, name), ())])
                for name, kind in kinds.items()
            }
            for table, kinds in KINDS.items()
        },
    )


def packed(held: Held) -> bytes:
    """A part as it is kept: a line of JSON with the names and how many rows each table has, then all columns."""
    rows = {table: len(next(iter(columns.values()))) for table, columns in held.columns.items()}
    told = {"actors": held.actors, "media": held.media, "subjects": held.subjects, "rows": rows}
    head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    body = b"".join(held.columns[table][name].tobytes() for table, kinds in KINDS.items() for name in kinds)
    return zlib.compress(head + b"\n" + body, 1)


def unpacked(kept: bytes, *, most: int) -> Held | None:
    """The part of which that was made; None where it is hurt.

    most: rows that a table of it may have.
    """
    import numpy as np

    width = sum(np.dtype(kind).itemsize for kinds in KINDS.values() for kind in kinds.values())
    try:
        opened = zlib.decompressobj()
        whole = opened.decompress(kept, most * (width + 200) + 1_000_000)  # names of every row, at the very most
        head, _, body = whole.partition(b"\n")
        told = json.loads(head.decode("utf-8", "surrogatepass"))
        columns: dict[str, dict[str, NDArray[Any]]] = {}
        at = 0
        for table, kinds in KINDS.items():
            columns[table] = {}
            for name, kind in kinds.items():
                columns[table][name] = np.frombuffer(body, dtype=kind, count=told["rows"][table], offset=at)
                at += columns[table][name].nbytes
        if not opened.eof or at != len(body):
            return None
        return Held(
            actors=tuple((id, label) for id, label in told["actors"]),
            media=tuple(told["media"]),
            subjects=tuple((issue_id, rung) for issue_id, rung in told["subjects"]),
            columns=columns,
        )
    except (zlib.error, ValueError, KeyError, TypeError):
        return None  # its rows are read from the tables, as those are that are in no part


def _rows(connection: Connection, after: Ranks, upto: Ranks) -> Held:
    """The rows of each table after one rank and up to another, read from the tables."""
    media: dict[str, int] = {}
    actors: dict[str, tuple[int, str]] = {}
    subjects: dict[tuple[str, str | None], int] = {}

    def chunks(query: str, table: str) -> Iterator[Sequence[Any]]:
        return _chunks(connection, query, after=getattr(after, table), upto=getattr(upto, table))

    @cache
    def medium(name: str | None) -> int:
        return media.setdefault(name, len(media)) if name else NO_MEDIUM

    @cache
    def credited(via: str) -> int:
        return medium(next(filter(None, map(canonical_medium, json.loads(via))), None))

    @cache
    def home(publisher: str | None, url: str | None) -> int:
        return medium(canonical_medium(publisher or "") or medium_at(url or ""))

    @cache
    def actor(actor_id: str | None, told: str | None, label: str | None) -> int:
        """As `Evidence.actor_id` names it; told: represents, speaker and speaks_as of one without an id."""
        if actor_id is not None:
            return actors.setdefault(actor_id, (len(actors), label or actor_id))[0]
        represents, speaker, speaks_as = json.loads(told or "")
        if represents is None or speaks_as in NOBODY:
            return NOBODYS
        name = represents if speaker is None else f"{speaker} ({represents})"
        return actors.setdefault(content_id("source", represents, speaker or ""), (len(actors), name))[0]

    def documents() -> Iterator[Sequence[Sequence[Any]]]:
        for ranks, days, publishers, urls in chunks(_DOCUMENTS, "document"):
            yield ranks, list(map(_ordinal, days)), list(map(home, publishers, urls))

    def statements() -> Iterator[Sequence[Sequence[Any]]]:
        for ids, ranks, homes, marks, vias, days in chunks(_STATEMENTS, "statement"):
            yield (
                ids,
                ranks,
                homes,
                marks,
                [credited(via) if via else NO_MEDIUM for via in vias],
                [*map(_ordinal, days)],
            )

    def sources() -> Iterator[Sequence[Sequence[Any]]]:
        for ids, known, told, labels, standings, scores, roles in chunks(_SOURCES, "identification"):
            who = list(map(actor, known, told, labels))
            yield ids, who, list(map(_STANDINGS.__getitem__, standings)), scores, list(map(place, roles))

    def stances() -> Iterator[Sequence[Sequence[Any]]]:
        for ids, issues, relevance, direction, *rest in chunks(_STANCES, "stance"):
            confidence, firmness, marks, rungs = rest
            asked = [subjects.setdefault(each, len(subjects)) for each in zip(issues, rungs, strict=True)]
            yield ids, asked, direction, relevance, confidence, firmness, marks

    read_by: dict[str, Callable[[], Iterable[Sequence[Sequence[Any]]]]] = {
        "document": documents, "statement": statements, "identification": sources, "stance": stances,
    }  # fmt: skip
    columns = {table: arrays(read_by[table](), kinds) for table, kinds in KINDS.items()}
    return Held(
        actors=tuple((id, label) for id, (_, label) in actors.items()),
        media=tuple(media),
        subjects=tuple(subjects),
        columns=columns,
    )


@lru_cache(maxsize=1 << 14)
def _ordinal(day: str | None) -> int:
    return PartialDate(day).latest.toordinal() if day else NEVER


@lru_cache(maxsize=1 << 14)
def place(role: str | None) -> float:
    """The rank of an office, see `salience.rank`; NaN for nobody in particular."""
    found = office_rank(role)
    return float("nan") if found is None else found


def _chunks(connection: Connection, query: str, *, after: int, upto: int) -> Iterator[Sequence[Any]]:
    dialect = connection.dialect.name
    query = query.replace("{array}", _ARRAY[dialect]).replace("{after}", str(after)).replace("{upto}", str(upto))
    return chunks(connection, query)


def chunks(connection: Connection, query: str) -> Iterator[Sequence[Any]]:
    """The columns of a query, some rows at a time."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a connection of ours
    # the driver's own cursor: its rows are plain tuples; a server's would hand over all of them at once
    on_server = connection.dialect.name == "postgresql"
    cursor = driver.cursor("columns", binary=True) if on_server else driver.cursor()
    try:
        cursor.execute(query)
        while rows := cursor.fetchmany(FETCHED if on_server else AT_ONCE):
            yield list(zip(*rows, strict=True))
    finally:
        cursor.close()


def arrays(chunks: Iterable[Sequence[Sequence[Any]]], kinds: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """Each column as one array of its kind, by name."""
    import numpy as np

    parts: list[list[NDArray[Any]]] = [[np.zeros(0, dtype=kind)] for kind in kinds.values()]
    for chunk in chunks:
        for column, part, kind in zip(chunk, parts, kinds.values(), strict=True):
            part.append(np.array(column, dtype=kind))
    return {name: np.concatenate(part) for name, part in zip(kinds, parts, strict=True)}
