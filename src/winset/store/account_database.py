"""Where accounts are kept: an SQLite file of their own, or a schema of their own in a team's PostgreSQL database."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, inspect, select, text
from sqlalchemy.schema import Column, MetaData, Table
from sqlalchemy.types import String

from winset.errors import CannotWrite, NewerCase, NotACase, NotConfigured
from winset.store import files
from winset.store.account_migrations import HEAD, migrate
from winset.store.account_tables import SCHEMA
from winset.store.addresses import ServerAddress, is_address

APPLICATION_ID = 0x77616363  # "wacc": what tells a file of accounts from a case
_MIGRATING = 0x77616363  # the key of the lock under which one process at a time brings the schema up

_version = Table("alembic_version", MetaData(), Column("version_num", String))


class AccountDatabase:
    """Accounts on disk or on a server, opened and brought to this version's schema.

    place: a path, or an address postgresql://...
    Raises NotACase, NewerCase, CannotWrite, NoServer, NotConfigured (PostgreSQL without its driver).
    """

    def __init__(self, place: str | Path, *, make: bool = False) -> None:
        self.on_server = is_address(str(place))
        if self.on_server:
            server = ServerAddress(str(place).partition("#")[0])
            self.place = str(server)
            self._engine = _server_engine(server)
        else:
            self._path = Path(place)
            self.place = str(place)
            _prepare_file(self._path, make=make)
            self._engine = files.engine_for(self._path)
        with contextlib.ExitStack() as undone:
            undone.callback(self._engine.dispose)
            self._bring_up(make=make)
            undone.pop_all()

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: everything in it is kept, or nothing."""
        with self._transaction(writes=True) as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        if not self.on_server:
            with files.transaction(self._engine, self._path, writes=writes) as connection:
                yield connection
            return
        from winset.store import servers

        with servers.told(self.place), self._engine.connect() as connection, connection.begin():
            yield connection

    def _bring_up(self, *, make: bool) -> None:
        with self.reading() as connection:
            there = self._reached(connection)
        if there == HEAD:
            return
        if there is None and not make and self.on_server:
            raise NotACase(f"{self.place}: no accounts there: make the first with `winset account add NAME`")
        if there is not None and there > HEAD:
            raise NewerCase(f"{self.place}: accounts of schema {there}, this winset knows {HEAD}: update winset")
        with self.writing() as connection:
            if self.on_server:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            migrate(connection)
            if not self.on_server:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    def _reached(self, connection: Connection) -> str | None:
        """The last step that was taken; None before the first."""
        if not inspect(connection).has_table("alembic_version", schema=SCHEMA if self.on_server else None):
            return None
        return connection.execute(select(_version.c.version_num)).scalar_one_or_none()


def _prepare_file(path: Path, *, make: bool) -> None:
    """Make the file for its owner's eyes only, or see that it is one of ours."""
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
    except FileNotFoundError:
        if not make:
            raise NotACase(
                f"{path}: no accounts there: make the first with `winset account add NAME --accounts {path}`"
            ) from None
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise CannotWrite(f"{path}: cannot be written: {error.strerror}") from None
        return
    except OSError as error:
        raise NotACase(f"{path}: cannot be read: {error.strerror}") from None
    if header and int.from_bytes(header[68:72], "big") != APPLICATION_ID:  # an empty one was made and not yet filled
        raise NotACase(f"{path}: not a file of winset accounts")


def _server_engine(server: ServerAddress) -> Engine:
    options = {"options": f"-csearch_path={SCHEMA}", "connect_timeout": 10, "client_encoding": "utf8"}
    try:
        return create_engine(server.parts(), connect_args=options, pool_pre_ping=True, max_overflow=10)
    except ModuleNotFoundError:
        raise NotConfigured(f"{server}: needs the driver psycopg: pip install 'winset[postgres]'") from None
