"""What is particular to PostgreSQL: a case is a schema, writers queue at a lock, and what its errors mean.

A transaction that writes first takes the case's advisory lock, so that writers of one case come one after another as in
a file, and a number that follows the last is still free when it is written; each statement then sees all that those
before it committed. A transaction that reads has one snapshot from its first statement on, and waits for nobody.
Source: PostgreSQL documentation, 13.2 (transaction isolation), 13.3.5 (advisory locks), appendix A (error codes).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import ConnectionPoolEntry

from winset.errors import (
    BadCase,
    CannotWrite,
    CaseExists,
    LockedCase,
    NoCase,
    NoServer,
    NotACase,
    NotConfigured,
    NotText,
    WinsetError,
)
from winset.store.addresses import PREFIX, CaseAddress, ServerAddress

if TYPE_CHECKING:
    from psycopg import Connection as ServerConnection

PATIENCE = 10.0  # seconds to wait for another writer; a long document's transaction takes a second
CONNECT_WITHIN = "10"  # seconds, as libpq wants them
IDLE_AT_MOST = 600_000  # milliseconds inside a transaction: one who vanished must not keep the others waiting for ever
AT_ONCE = 20  # connections of one process to one case

_NO_SERVER = {"08", "57", "28", "3D"}  # connection, shut down, not let in, no such database: classes of codes
_UNWRITABLE = {"42501", "25006"}  # no right to, and a server that is only read
_FULL = {"53", "54", "58"}  # disk or memory full, a limit of the program, the system's own errors
_LOCKED = {"55P03", "40001", "40P01"}
_TORN = {None, "22021", "22P05"}  # of a DataError: a NUL, which the driver finds itself, and what is no UTF-8


@dataclass(frozen=True, slots=True)
class CaseSchema:
    """A case that is kept on a server: a `Database`."""

    address: CaseAddress
    engine: Engine
    dialect: Literal["postgresql"] = "postgresql"

    @classmethod
    def opened(cls, address: CaseAddress) -> Self:
        """The schema at `address`.  Raises NotACase where there is none, NoServer, NotConfigured."""
        found = cls(address, engine_for(address))
        with contextlib.ExitStack() as undone:
            undone.callback(found.close)
            with found.transaction(writes=False) as connection:
                _check_ours(connection, address)
            undone.pop_all()
        return found

    @property
    def place(self) -> str:
        """Its address, without a password."""
        return str(self.address)

    @contextlib.contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Connection]:
        """One transaction; see `Database`."""
        level = "READ COMMITTED" if writes else "REPEATABLE READ"
        options = {"isolation_level": level, "postgresql_readonly": not writes}
        with told(self.place), self.engine.connect().execution_options(**options) as connection, connection.begin():
            if writes:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": self.address.lock})
            yield connection

    def serve(self) -> None:
        """Nothing to do: who reads keeps nobody from writing here."""

    def close(self) -> None:
        """Let go of the server."""
        self.engine.dispose()


@contextlib.contextmanager
def built(address: CaseAddress, *, replace: bool = False) -> Iterator[Connection]:
    """A transaction that makes the schema of a new case; a schema that is there and empty is taken.

    replace: whether a case that is there goes, in the same transaction.

    Raises CaseExists, CannotWrite, NoServer, NotConfigured.
    """
    new = CaseSchema(address, engine_for(address))
    try:
        with new.transaction(writes=True) as connection:
            (encoding,) = connection.exec_driver_sql("SHOW server_encoding").one()
            if encoding != "UTF8":
                raise CannotWrite(f"{address}: the database keeps text as {encoding}: make one with ENCODING 'UTF8'")
            held = _held(connection, address)
            if held and replace:
                _check_ours(connection, address)
                connection.exec_driver_sql(f'DROP SCHEMA "{address.schema}" CASCADE')
                held = None
            if held:
                raise CaseExists(f"{address}: is there already: add to it with `winset add`, or choose another name")
            if held is None:
                connection.exec_driver_sql(f'CREATE SCHEMA "{address.schema}"')
            yield connection
    finally:
        new.close()


def cases(server: ServerAddress) -> tuple[str, ...]:
    """The names of the cases of a database that its user may look into, by the alphabet.

    Raises NoServer, NotConfigured.
    """
    engine = _engine(server, str(server))
    try:
        with told(str(server)), engine.connect() as connection:
            found = connection.execute(
                text(
                    "SELECT nspname FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid"
                    " WHERE starts_with(nspname, :prefix) AND relname = 'alembic_version'"
                    " AND has_schema_privilege(pg_namespace.oid, 'USAGE')"
                ),
                {"prefix": PREFIX},
            )
            return tuple(sorted(name.removeprefix(PREFIX) for (name,) in found))
    finally:
        engine.dispose()


def engine_for(address: CaseAddress) -> Engine:
    """An engine each connection of which sees the schema of one case and no other.  Raises NotConfigured."""
    engine = _engine(address.server, str(address))

    def prepare(connection: ServerConnection[Any], _record: ConnectionPoolEntry) -> None:
        with told(str(address)):
            connection.autocommit = True  # else a rollback would undo these too
            connection.execute(f'SET search_path = "{address.schema}", pg_temp'.encode())
            connection.execute(f"SET lock_timeout = {PATIENCE * 1000:.0f}".encode())
            connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE_AT_MOST}".encode())
            connection.autocommit = False

    event.listen(engine, "connect", prepare)
    return engine


def _engine(server: ServerAddress, place: str) -> Engine:
    url = server.parts().update_query_dict({"client_encoding": "utf8"})
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": CONNECT_WITHIN})
    try:
        return create_engine(url, pool_pre_ping=True, max_overflow=AT_ONCE - 5)
    except ModuleNotFoundError:
        raise NotConfigured(f"{place}: needs the driver psycopg: pip install 'winset[postgres]'") from None


@contextlib.contextmanager
def told(place: str) -> Iterator[None]:
    """PostgreSQL's errors, told by their code, in the words of the one who wants the case."""
    import psycopg

    try:
        yield
    except DBAPIError as error:
        raise _meaning(place, error.orig) from error
    except psycopg.Error as error:  # from where the driver itself is spoken to
        raise _meaning(place, error) from error
    except NoneFree as error:
        raise LockedCase(f"{place}: {AT_ONCE} connections are busy: try again when they are done") from error


def _meaning(place: str, error: BaseException | None) -> WinsetError:
    import psycopg

    code = getattr(error, "sqlstate", None)
    said = " ".join(str(error).split())
    if isinstance(error, psycopg.DataError) and code in _TORN:
        return NotText(f"{place}: cannot keep a text with a NUL in it, or half a surrogate pair: {said}")
    if code in _LOCKED:
        return LockedCase(f"{place}: another process is writing to it: try again when it is done")
    if code in _UNWRITABLE or (code or "")[:2] in _FULL:
        return CannotWrite(f"{place}: cannot be written: {said}")
    if isinstance(error, psycopg.ProgrammingError) and code is None:  # an address with a parameter that libpq lacks
        return BadCase(f"{place}: {said}")
    if code is None or code[:2] in _NO_SERVER:
        return NoServer(f"{place}: the database server does not answer, or does not let you in: {said}")
    return NotACase(f"{place}: damaged, or not written by winset: {said}")


def _check_ours(connection: Connection, address: CaseAddress) -> None:
    held = _held(connection, address)
    if not held:
        raise NoCase(f"{address}: nothing there: make it with `winset new {address} --proposal ...`")
    if "alembic_version" not in held:
        raise NotACase(f"{address}: a schema of another program, not a winset case")


def _held(connection: Connection, address: CaseAddress) -> set[str] | None:
    """The names of the tables of the schema; None where there is no schema."""
    wanted = text(
        "SELECT relname FROM pg_namespace LEFT JOIN pg_class ON relnamespace = pg_namespace.oid WHERE nspname = :schema"
    )
    found = connection.execute(wanted, {"schema": address.schema}).scalars().all()
    return {name for name in found if name is not None} if found else None
