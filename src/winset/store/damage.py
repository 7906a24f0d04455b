"""What is damaged in the file of a kept case, named: the table, the row, the document that it belongs to.

A row is held against its seal, the index of words against the texts, the layout against the one that was made. A case
on a server is looked at by the server: `initdb --data-checksums`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from winset.store import full_text, seals
from winset.store.seals import Unlike

_INDEXES = (("full_text", ""), ("passage_terms", ", 1"))
_WORDS = "CREATE VIRTUAL TABLE temp.full_text_words USING fts5vocab('main', 'full_text', 'instance')"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something in a file that is not as winset left it."""

    what: str  # in words
    table: str = ""  # "": of the file itself
    row: str = ""  # its primary key
    document: str = ""  # the name of the document that it belongs to, where one is known

    def __str__(self) -> str:
        named = " ".join(part for part in (self.table, self.row) if part)
        about = f" ({self.document})" if self.document and self.document != self.row else ""
        return f"{named}{about}: {self.what}" if named else self.what


def damages(path: Path, *, progress: Progress | None = None) -> Iterator[Damage]:
    """What is damaged; nothing of a case from before there were seals but what its words tell.

    Cost: every row is read, some 5 microseconds each, and every word of the texts twice.
    """
    tell = progress or (lambda _: None)
    with contextlib.closing(seals.tolerant(path)) as connection:
        try:
            connection.execute("BEGIN")
            said, inside = _numbers(connection)
            if said != inside:
                yield Damage(what=f"says schema {said} at its beginning and {inside} inside")
            if inside < seals.SCHEMA:
                return
            for name in seals.laid_out_otherwise(connection):
                yield Damage(table=_readable(name), what="is not laid out as it was made")
            for table in seals.sealed(connection):
                tell(table.name)
                yield from _rows(connection, table.name)
            tell("the index of words")
            yield from _words(connection)
        except (sqlite3.Error, UnicodeError) as error:
            yield Damage(what=f"cannot be read on: {error}")
    yield from _indexes(path)


def named(connection: sqlite3.Connection, unlike: Unlike) -> Damage:
    """A row that is not what its seal says, in the words of who reads it."""
    table = unlike.table
    if unlike.values is None:
        return Damage(table=table.name, row=f"row {unlike.row}" if table.counted else "", what="a row is gone")
    values = dict(zip(table.columns, unlike.values, strict=True))
    key = " ".join(str(values[name]) for name in table.key)
    return Damage(
        table=table.name,
        row=_readable(f"row {key}" if table.counted else key),
        document=_readable(_document(connection, table.name, values)),
        what="is not as it was kept" if unlike.digest is not None else "came in without winset",
    )


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[Damage]:
    try:
        for each in seals.unlike(connection, names=(table,)):
            yield named(connection, each)
    except (sqlite3.Error, UnicodeError) as error:
        yield Damage(table=_readable(table), what=f"cannot be read on: {error}")


def _document(connection: sqlite3.Connection, table: str, values: dict[str, object]) -> str:
    """The name of the document that a row belongs to; "" where there is none, or none can be found any more."""
    if table == "document":
        return str(values["name"])
    id, kind = values.get("document_id"), values.get("kind")
    statement = values.get("statement_id") or (values.get("about") if kind in ("statement", "codes") else None)
    if kind == "document":
        id = values.get("about")
    with contextlib.suppress(sqlite3.Error, UnicodeError):
        if statement is not None:
            found = connection.execute("SELECT document_id FROM statement WHERE id = ?", (statement,)).fetchone()
            id = found[0] if found else None
        if id is not None:
            found = connection.execute("SELECT name FROM document WHERE id = ?", (id,)).fetchone()
            return str(found[0]) if found else ""
    return ""


def _words(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Whether the index of words holds those of the texts and no others: what it holds, summed up, in any order."""
    connection.execute(_WORDS)
    held = sum(hash(each) for each in connection.execute("SELECT doc, term FROM temp.full_text_words"))
    known = 0
    texts = connection.execute("SELECT rank, text FROM document")
    while some := list(islice(texts, 20)):
        known += sum(hash((rank, word)) for rank, text in some for word in full_text.known(text))
    if held != known:
        yield Damage(table="full_text", what="the index of words is not that of the texts")


def _indexes(path: Path) -> Iterator[Damage]:
    """What SQLite finds wrong inside its indexes of words; it asks as one who writes, and writes nothing.

    Source: SQLite, "FTS5 Extension", 6.5 (the 'integrity-check' command).
    """
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name, compared in _INDEXES:
            columns = f"{name}, rank" if compared else name
            command = f"INSERT INTO {name} ({columns}) VALUES ('integrity-check'{compared})"  # noqa: S608 - our names
            try:
                connection.execute("BEGIN")
                connection.execute(command)
            except sqlite3.OperationalError:  # no such index, a place that cannot be written, somebody who writes now
                pass
            except (sqlite3.DatabaseError, UnicodeError) as error:
                yield Damage(table=name, what=f"the index of words is damaged: {error}")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")


def _numbers(connection: sqlite3.Connection) -> tuple[int, int]:
    """The number of the schema, from the file's header and from its table."""
    (told,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    (said,) = connection.execute("PRAGMA main.user_version").fetchone()
    return said, int(told) if str(told).isdecimal() else 0


def _readable(words: str) -> str:
    """What may hold bytes that are no text, shortened to what fits a line."""
    return words[:80].encode("utf-8", "backslashreplace").decode()
