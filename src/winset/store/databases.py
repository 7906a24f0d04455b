"""Where a case is kept: a file of SQLite's, or a schema of a PostgreSQL server. Nobody else needs to know which."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Protocol

from sqlalchemy import Connection, Engine, Insert, Table

from winset.store.addresses import Place

Dialect = Literal["sqlite", "postgresql"]


class Database(Protocol):
    """A place that holds one case, open."""

    @property
    def place(self) -> str:
        """Where it is, as told to people: never with a password."""

    @property
    def dialect(self) -> Dialect:
        """What SQL it understands."""

    @property
    def engine(self) -> Engine:
        """Its connections. A transaction is begun by `transaction` alone."""

    def transaction(self, *, writes: bool) -> AbstractContextManager[Connection]:
        """One transaction: everything in it is kept, or nothing; one that only reads sees one state throughout.

        Those that write queue up from their beginning, so that a number read in one is still the last when it is used.
        Raises LockedCase after a while of waiting, CannotWrite, NotACase, NoServer, NotText (a NUL for PostgreSQL).
        """

    def serve(self) -> None:
        """Let those who read for long keep nobody from writing, until it is closed."""

    def close(self) -> None:
        """Let go of it."""


def opened(place: Place) -> Database:
    """The database at a place where a case should be, its schema not looked at yet.

    Raises NotACase, NoServer, NotConfigured (a server's address, and its driver is not installed).
    """
    if isinstance(place, Path):
        from winset.store.files import CaseFile

        return CaseFile.opened(place)
    from winset.store.servers import CaseSchema

    return CaseSchema.opened(place)


def built(place: Place) -> AbstractContextManager[Connection]:
    """A transaction in which a new case is built at a place; when it ends well the case is there, else nothing is.

    Raises CaseExists, CannotWrite, NoServer, NotConfigured.
    """
    if isinstance(place, Path):
        from winset.store import files

        return files.built(place)
    from winset.store import servers

    return servers.built(place)


def insert_unless_there(connection: Connection, table: Table) -> Insert:
    """An insert that passes over a row whose unique values are there already."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()
