"""What is particular to SQLite: one transaction at a time, and what its errors mean.

A rollback journal, not a write-ahead log: a case at rest is then one file that can be mailed or put on a share, and
SQLite itself restores it when the machine stopped in the middle of a transaction; only while a case is served it has a
write-ahead log, under which who reads for seconds keeps nobody from writing. `synchronous = EXTRA` also syncs
the folder after the journal is deleted, so that what was acknowledged survives a power cut.
Source: SQLite, "Atomic Commit In SQLite" and PRAGMA synchronous.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from winset.errors import CannotWrite, CaseExists, CaseStoreError, LockedCase, NotACase
from winset.store import seals, unfinished
from winset.store.header import check_ours, is_logged

PATIENCE = 5.0  # seconds to wait for another writer; a transaction takes milliseconds, on a busy disk a second

_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case that is kept in a file: a `Database`."""

    path: Path
    engine: Engine
    dialect: Literal["sqlite"] = "sqlite"

    @classmethod
    def opened(cls, path: Path) -> Self:
        """The file at `path`.  Raises NotACase."""
        check_ours(path)
        return cls(path, engine_for(path))

    @property
    def place(self) -> str:
        """Its path."""
        return str(self.path)

    def transaction(self, *, writes: bool) -> contextlib.AbstractContextManager[Connection]:
        """One transaction; see `Database`."""
        return transaction(self.engine, self.path, writes=writes)

    def serve(self) -> None:
        """Let readers and a writer work at the same time, until `close` makes the case one file again.

        A write-ahead log stands beside it meanwhile; on a file system that cannot have one nothing changes.
        Source: SQLite, "Write-Ahead Logging".
        """
        self._keep_journal("WAL")

    def close(self) -> None:
        """Let go of the file; the last that does leaves one file, whoever served it."""
        self.engine.dispose()
        if is_logged(self.path):
            self._keep_journal("DELETE")
            self.engine.dispose()

    def _keep_journal(self, mode: Literal["WAL", "DELETE"]) -> None:
        with (
            contextlib.suppress(LockedCase, CannotWrite, NotACase),  # then it stays as it is, which is safe too
            told(self.path),
            self.engine.connect() as connection,
        ):
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - an engine of ours
            driver.execute(f"PRAGMA journal_mode = {mode}")


@contextlib.contextmanager
def built(path: Path) -> Iterator[Connection]:
    """A transaction on a file that is built beside, and linked into place when it ends well.

    Raises CaseExists, CannotWrite.
    """
    if path.exists():
        clear_beside(path)
        raise CaseExists(f"{path}: is there already: add to it with `winset add`, or choose another name")
    with _built_beside(path) as beside:
        engine = engine_for(beside)
        try:
            with transaction(engine, path, writes=True) as connection:
                yield connection
        finally:
            engine.dispose()


@contextlib.contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A file to be filled by who asks, which gets its name when this ends well.  Raises CaseExists, CannotWrite."""
    if path.exists():
        clear_beside(path)
        raise CaseExists(f"{path}: is there already: choose another name")
    with _built_beside(path) as beside, told(path):
        yield beside


def clear_beside(path: Path) -> None:
    """Take away what killed processes left when they made a file of that name."""
    unfinished.clear(path.parent, f".{path.name}.")


def engine_for(path: Path) -> Engine:
    """An engine on `path` whose transactions are SQLite's own: the driver begins none by itself."""
    url = URL.create("sqlite+pysqlite", database=str(path.absolute()))
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # else the driver commits around DDL, and a migration could stop half-way
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA trusted_schema = OFF")  # a case from elsewhere may hold views and triggers


def _begin(connection: Connection) -> None:
    # a writer takes the lock at once: two that both read first and then write would deadlock
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    if writes and "watched" not in connection.info:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - an engine of ours
        seals.watch(driver)
        connection.info["watched"] = True


@contextlib.contextmanager
def transaction(engine: Engine, path: Path, *, writes: bool) -> Iterator[Connection]:
    """One transaction: everything in it is kept, or nothing.  Raises LockedCase, CannotWrite, NotACase."""
    with told(path), engine.connect().execution_options(writes=writes) as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors, told by their code, in the words of the one who holds the file."""
    try:
        yield
    except DBAPIError as error:
        raise _meaning(path, error.orig) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:  # from the driver itself, whose words may be damaged too
        raise _meaning(path, error) from error


def _meaning(path: Path, error: BaseException | None) -> CaseStoreError | CannotWrite:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the low byte is the kind
    if code in _LOCKED:
        return LockedCase(f"{path}: another process is writing to it: try again when it is done")
    if code in _UNWRITABLE:
        return CannotWrite(f"{path}: cannot be written: {error}")
    return NotACase(f"{path}: damaged, or not written by winset: {error}")


@contextlib.contextmanager
def _built_beside(path: Path) -> Iterator[Path]:
    """A name in the same folder to build at; on success the file gets its own name, else nothing stays."""
    with contextlib.ExitStack() as held:
        try:
            beside = held.enter_context(unfinished.file(path.parent, prefix=f".{path.name}."))
        except OSError as error:
            raise CannotWrite(f"{path}: cannot be written: {error.strerror}") from None
        yield beside
        _into_place(beside, path)


def _into_place(beside: Path, path: Path) -> None:
    """Give the finished file its name, never over another one."""
    umask = os.umask(0)
    os.umask(umask)
    beside.chmod(0o666 & ~umask)  # mkstemp made it private; a case is as open as any file its owner makes
    try:
        os.link(beside, path)  # unlike rename, this fails where the name is taken
    except FileExistsError:
        raise CaseExists(f"{path}: is there already: add to it with `winset add`, or choose another name") from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise CaseExists(f"{path}: is there already: choose another name") from None
        beside.rename(path)
    with contextlib.suppress(OSError):  # a system that syncs no folders
        folder = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
