"""Seals: a digest of every row of a kept file, so that a bit that flips in a cell is found, which SQLite does not see.

A connection that writes has triggers of its own, which are never in the file: whatever part of winset writes a row
seals it in the same transaction, and no other program is kept from opening the file. Indexes need no seal, the
database's own check compares them with their rows. A server keeps its own checksums.
A later step of the schema's history that alters sealed tables ends with `seal`.
Source: SQLite, "CREATE TRIGGER" (temporary triggers), PRAGMA integrity_check; Aumasson et al. (2013), BLAKE2.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from json import JSONEncoder
from typing import Any
from zlib import crc32

SCHEMA = 13  # the first that has seals
LONGEST_MENDED = 30_000  # bytes of a text in which a flipped bit is looked for: ten seconds
OUTSIDE = ("alembic_version", "seal")  # the version stands in the file's header too, and a seal has no seal
THROWN_AWAY = "passage_terms"  # is dropped and made again, with tables of its own

_MADE = """CREATE TABLE IF NOT EXISTS main.seal (
    "of" INTEGER NOT NULL, row INTEGER NOT NULL, digest INTEGER NOT NULL, PRIMARY KEY ("of", row)
) WITHOUT ROWID"""
_TABLES = "SELECT name, sql LIKE 'CREATE VIRTUAL%' FROM main.sqlite_schema WHERE type = 'table' ORDER BY name"
_LAID_OUT = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema"
_PUT = 'INSERT INTO seal ("of", row, digest) VALUES '
_GONE = 'DELETE FROM seal WHERE "of" = {of} AND row = {row};'
_encoded = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex).encode
_ASCII = 127
_ESCAPED = tuple(  # of each byte, as it stands between the quotes of JSON
    (_encoded(chr(byte))[1:-1] if byte <= _ASCII else "").encode() or bytes([byte]) for byte in range(256)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A table, and how its rows are named among the seals."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]  # the columns of its primary key
    counted: bool  # whether the key is one whole number, which then is the row's number

    @property
    def number(self) -> int:
        """That of the table among the seals."""
        return crc32(self.name.encode())

    def row(self, values: Sequence[Any]) -> int:
        """The number of the row of these values."""
        found = [values[self.columns.index(name)] for name in self.key]
        return found[0] if self.counted and isinstance(found[0], int) else digest(*found)

    @property
    def selected(self) -> str:
        """All columns, for a SELECT."""
        return ", ".join(f'"{name}"' for name in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """A row that is not what its seal says."""

    table: Sealed
    row: int
    values: tuple[Any, ...] | None  # None: the row is gone
    digest: int | None  # None: it has no seal


def digest(*values: Any) -> int:
    """64 bits of what a row holds, with a sign, as the database keeps them.

    >>> digest(1, "Oslo agrees.", None) == digest(1, "Oslo agreed.", None)
    False
    """
    told = _encoded(values).encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big", signed=True)


def watch(connection: sqlite3.Connection) -> None:
    """Seal what this connection writes from now on; nothing where the file has no seals yet."""
    if not _has_seals(connection):
        return
    connection.create_function("winset_digest", -1, digest, deterministic=True)
    for table in sealed(connection):
        for statement in _triggers(table):
            connection.execute(statement)


def seal(connection: sqlite3.Connection, *names: str) -> None:
    """Make the seals of these tables anew, of all where none is named, from the rows as they are.

    Cost: every row is read, some 5 microseconds each.
    """
    connection.execute(_MADE)
    for table in sealed(connection):
        if names and table.name not in names:
            continue
        connection.execute('DELETE FROM main.seal WHERE "of" = ?', (table.number,))
        rows = connection.execute(f'SELECT {table.selected} FROM main."{table.name}"')  # noqa: S608 - names of the file
        put = f"{_PUT} (?, ?, ?)"
        connection.executemany(put, ((table.number, table.row(values), digest(*values)) for values in rows))
    connection.execute('DELETE FROM main.seal WHERE "of" = 0')
    laid_out = [(0, digest(kind, name), digest(kind, name, of, sql)) for kind, name, of, sql in _lasting(connection)]
    connection.executemany(f"{_PUT} (?, ?, ?)", laid_out)
    watch(connection)


def sealed(connection: sqlite3.Connection) -> tuple[Sealed, ...]:
    """The tables of a file whose rows are sealed, by name: all but the indexes of words, which write theirs by blocks.

    A trigger on one of these would end the process. They are compared with the texts, see `examination`.
    """
    named = connection.execute(_TABLES).fetchall()
    indexes = tuple(name for name, virtual in named if virtual)
    inside = tuple(f"{name}_" for name in indexes)
    found = []
    for name, _ in named:
        if name in (*OUTSIDE, *indexes) or name.startswith(("sqlite_", *inside)):
            continue
        told = connection.execute(f'PRAGMA main.table_info("{name}")').fetchall()
        keys = sorted((each for each in told if each[5]), key=lambda each: each[5])
        if not keys:
            continue  # a table of somebody else
        counted = len(keys) == 1 and keys[0][2].upper() == "INTEGER"
        columns = tuple(each[1] for each in told)
        found.append(Sealed(name=name, columns=columns, key=tuple(each[1] for each in keys), counted=counted))
    return tuple(found)


def unlike(connection: sqlite3.Connection, *, names: Sequence[str] = ()) -> Iterator[Unlike]:
    """The rows that are not what their seals say, those that are gone, and those without a seal.

    connection: one of `tolerant`, in a transaction.  names: of the tables that are looked at; all where there are none.
    Raises sqlite3.DatabaseError where the file cannot be read on.
    """
    for table in sealed(connection):
        if names and table.name not in names:
            continue
        (there,) = connection.execute('SELECT count(*) FROM main.seal WHERE "of" = ?', (table.number,)).fetchone()
        met = 0
        for values in connection.execute(f'SELECT {table.selected} FROM main."{table.name}"'):  # noqa: S608
            row = table.row(values)
            kept = sealed_as(connection, table, row)
            met += kept is not None
            if kept != digest(*values):
                yield Unlike(table=table, row=row, values=tuple(values), digest=kept)
        if met != there:
            yield from gone(connection, table)


def gone(connection: sqlite3.Connection, table: Sealed) -> Iterator[Unlike]:
    """The seals of a table that have no row."""
    rows = connection.execute(f'SELECT {table.selected} FROM main."{table.name}"')  # noqa: S608 - names of the file
    known = {table.row(values) for values in rows}
    query = 'SELECT row, digest FROM main.seal WHERE "of" = ?'
    for row, kept in connection.execute(query, (table.number,)):
        if row not in known:
            yield Unlike(table=table, row=row, values=None, digest=kept)


def sealed_as(connection: sqlite3.Connection, table: Sealed, row: int) -> int | None:
    """The digest that a row was sealed with; None where it has no seal."""
    query = 'SELECT digest FROM main.seal WHERE "of" = ? AND row = ?'
    found = connection.execute(query, (table.number, row)).fetchone()
    return None if found is None else found[0]


def laid_out_otherwise(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of tables and indexes that are not laid out as they were made, or are gone."""
    query = 'SELECT row, digest FROM main.seal WHERE "of" = 0'
    kept = dict(connection.execute(query).fetchall())
    found = []
    for kind, name, of, sql in _lasting(connection):
        was = kept.pop(digest(kind, name), None)
        if was != digest(kind, name, of, sql):
            found.append(str(name))
    return (*found, *(["a table or an index that is gone"] if kept else []))


def tolerant(path: Any) -> sqlite3.Connection:
    """A connection that only reads, and reads bytes that are no text too, as they are."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.text_factory = decoded
    return connection


def decoded(told: bytes) -> str:
    """Text, or bytes that are none, so that they can be written back as they are."""
    return told.decode("utf-8", "surrogateescape")


def mended(values: Sequence[Any], wanted: int) -> tuple[Any, ...] | None:
    """The row with the one bit turned back that makes it what its seal says; None where no single one does.

    >>> mended((7, "Oslo agraes."), digest(7, "Oslo agrees."))
    (7, 'Oslo agrees.')
    """
    if bin((digest(*values) ^ wanted) & 0xFFFFFFFFFFFFFFFF).count("1") <= 1:
        return tuple(values)  # it is the seal that is damaged
    for place, value in enumerate(values):
        if isinstance(value, str):
            found = _mended_text(values, place, wanted)
            if found is not None:
                return (*values[:place], found, *values[place + 1 :])
            continue
        for other in _one_bit_apart(value):
            row = (*values[:place], other, *values[place + 1 :])
            if digest(*row) == wanted:
                return row
    return None


def _mended_text(values: Sequence[Any], place: int, wanted: int) -> str | None:
    """As `mended`, of one text: what stands before the bit is digested once."""
    raw: bytes = values[place].encode("utf-8", "surrogateescape")
    if len(raw) > LONGEST_MENDED:
        return None
    mark = "\ue000winset\ue000"
    whole = _encoded((*values[:place], mark, *values[place + 1 :])).encode("utf-8", "surrogateescape")
    before, _, after = whole.partition(mark.encode())
    escaped = [_ESCAPED[byte] for byte in raw]
    rest = b"".join(escaped) + after
    prefix, at = blake2b(before, digest_size=8), 0
    for number, byte in enumerate(raw):
        at += len(escaped[number])
        for bit in range(8):
            tried = prefix.copy()
            tried.update(_ESCAPED[byte ^ 1 << bit])
            tried.update(rest[at:])
            if int.from_bytes(tried.digest(), "big", signed=True) == wanted:
                return decoded(raw[:number] + bytes([byte ^ 1 << bit]) + raw[number + 1 :])
        prefix.update(escaped[number])
    return None


def _one_bit_apart(value: Any) -> Iterator[Any]:
    """What a number or some bytes may have been before one bit flipped."""
    if isinstance(value, int):
        yield from (value + sign * (1 << bit) for bit in range(64) for sign in (1, -1))
    elif isinstance(value, float):
        (bits,) = struct.unpack(">Q", struct.pack(">d", value))
        yield from (struct.unpack(">d", struct.pack(">Q", bits ^ 1 << bit))[0] for bit in range(64))
    elif isinstance(value, bytes):
        for number, byte in enumerate(value):
            yield from (value[:number] + bytes([byte ^ 1 << bit]) + value[number + 1 :] for bit in range(8))


def _triggers(table: Sealed) -> Iterator[str]:
    """What seals each row that is written, altered or taken away. No conflict clause: the outer statement's would hold.

    Source: SQLite, "CREATE TRIGGER": conflict handling of the statement that fires it is used instead.
    """
    new, old = (_row_of(table, which) for which in ("NEW", "OLD"))
    told = ", ".join(f'NEW."{name}"' for name in table.columns)
    put = f"{_PUT} ({table.number}, {new}, winset_digest({told}));"
    for event, steps in (
        ("INSERT", _GONE.format(of=table.number, row=new) + put),
        ("UPDATE", _GONE.format(of=table.number, row=old) + _GONE.format(of=table.number, row=new) + put),
        ("DELETE", _GONE.format(of=table.number, row=old)),
    ):
        name = f'temp."seal_{event.lower()}_{table.name}"'
        yield f'CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON main."{table.name}" BEGIN {steps} END'


def _row_of(table: Sealed, which: str) -> str:
    named = ", ".join(f'{which}."{name}"' for name in table.key)
    return named if table.counted else f"winset_digest({named})"


def _has_seals(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'seal'"
    return connection.execute(query).fetchone() is not None


def _lasting(connection: sqlite3.Connection) -> list[tuple[str, str, str, str | None]]:
    """What the schema says of each table and index, without what comes and goes."""
    found = connection.execute(_LAID_OUT).fetchall()
    return [each for each in found if not str(each[2]).startswith((THROWN_AWAY, "sqlite_"))]
