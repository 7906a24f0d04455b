"""Watching: how far the sources of a case were read, what is still to be read of them, and the digests made of it.

All of it is in the case, so that a watcher that was stopped anywhere goes on where it was, and two never double: who
watches holds a lease, and a digest is kept in the same transaction as the sight that the next one is compared with.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from winset.errors import LockedCase, Stale
from winset.store import tables, trail

if TYPE_CHECKING:
    from winset.store.case_store import CaseStore

Value = Mapping[str, Any]  # as JSON holds it

ADDRESS, HOST, ENTRY, FILE, SIGHT = "address", "host", "entry", "file", "sight"  # kinds of what is remembered
_LEASE = "lease"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One watcher."""

    host: str
    pid: int
    token: str  # tells it from an earlier one with the same number

    @classmethod
    def here(cls, token: str) -> Holder:
        """This process."""
        return cls(host=socket.gethostname(), pid=os.getpid(), token=token)

    def value(self) -> dict[str, Any]:
        """As it is kept."""
        return {"host": self.host, "pid": self.pid, "token": self.token}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDigest:
    """One digest as it is kept."""

    number: int
    at: str  # ISO 8601, UTC
    value: Value


class Watching:
    """What a case remembers of being watched. Every method is one transaction.

    All that writes demands the lease.  Raises Stale where another watcher took it over meanwhile.
    """

    def __init__(self, store: CaseStore, holder: Holder) -> None:
        self.store = store
        self.holder = holder

    def take(self, *, now: datetime, until: datetime) -> None:
        """The right to be the only one at work until then. That of a process of this machine that is gone is taken.

        Raises LockedCase where another watcher has it.
        """
        with self.store.database.transaction(writes=True) as connection:
            there = _value(connection, _LEASE, "")
            if there is not None and not _lapsed(there, self.holder, now):
                raise LockedCase(
                    f"{self.store.place}: is watched by process {there['pid']} on {there['host']}: stop that one,"
                    f" or wait until {there['until'][:19]} UTC"
                )
            _put(connection, _LEASE, "", {**self.holder.value(), "until": until.isoformat()})

    def renew(self, *, until: datetime) -> None:
        """The same for longer."""
        with self.store.database.transaction(writes=True) as connection:
            self._check(connection)
            _put(connection, _LEASE, "", {**self.holder.value(), "until": until.isoformat()})

    def release(self) -> None:
        """Let others be at work."""
        with self.store.database.transaction(writes=True) as connection:
            there = _value(connection, _LEASE, "")
            if there is not None and there["token"] == self.holder.token:
                connection.execute(delete(tables.watched).where(_is(_LEASE, "")))

    def value(self, kind: str, about: str) -> Value | None:
        """What is remembered of one thing; None: nothing."""
        with self.store.database.transaction(writes=False) as connection:
            return _value(connection, kind, about)

    def values(self, kind: str) -> dict[str, Value]:
        """What is remembered of all things of a kind."""
        query = select(tables.watched.c.about, tables.watched.c.value).where(tables.watched.c.kind == kind)
        with self.store.database.transaction(writes=False) as connection:
            return {row.about: row.value for row in connection.execute(query.order_by(tables.watched.c.about))}

    def several(self, kind: str, abouts: Sequence[str]) -> dict[str, Value]:
        """The same of some of them."""
        table, found = tables.watched.c, dict[str, Value]()
        with self.store.database.transaction(writes=False) as connection:
            for some in trail.portions(abouts):
                wanted = select(table.about, table.value).where(table.kind == kind, table.about.in_(some))
                found |= {row.about: row.value for row in connection.execute(wanted)}
        return found

    def put(self, values: Mapping[tuple[str, str], Value | None]) -> None:
        """Remember these, together or not at all; None: nothing any more.  Writes only what is otherwise.

        values: by (kind, about).
        """
        held: dict[tuple[str, str], Value] = {}
        for kind in {kind for kind, _ in values}:
            there = self.several(kind, [about for each, about in values if each == kind])
            held |= {(kind, about): value for about, value in there.items()}
        changed = {key: value for key, value in values.items() if held.get(key) != value}
        if not changed:
            return
        with self.store.database.transaction(writes=True) as connection:
            self._check(connection)
            for (kind, about), value in changed.items():
                _put(connection, kind, about, value)

    def state(self) -> str:
        """Equal while no document, judgement or code came, and no complaint came or went."""
        with self.store.database.transaction(writes=False) as connection:
            return f"{trail.last_number(connection)}:{_complaints(connection)}"

    def keep(self, sight: Value, *, digest: Value | None, at: str) -> None:
        """Keep what the next look is compared with and, in the same transaction, the digest of this one, if any.

        digest: its number must be the next one.
        """
        with self.store.database.transaction(writes=True) as connection:
            self._check(connection)
            _put(connection, SIGHT, "", sight)
            if digest is not None:
                if digest["number"] != _last(connection) + 1:
                    raise Stale(f"{self.store.place}: another watcher made a digest meanwhile: this one stops")
                row = {"number": digest["number"], "at": at, "value": dict(digest), "handed_over": False}
                connection.execute(insert(tables.digest), row)

    def last(self) -> int:
        """The number of the last digest; 0 where there is none."""
        with self.store.database.transaction(writes=False) as connection:
            return _last(connection)

    def waiting(self) -> tuple[KeptDigest, ...]:
        """Digests that were made and not handed over yet, in order."""
        return self._digests(tables.digest.c.handed_over.is_(False))

    def handed_over(self, numbers: Iterable[int]) -> None:
        """Remember that these reached the one they are for."""
        wanted = list(numbers)
        if wanted:
            with self.store.database.transaction(writes=True) as connection:
                known = tables.digest.c.number.in_(wanted)
                connection.execute(update(tables.digest).where(known).values(handed_over=True))

    def latest(self, many: int) -> tuple[KeptDigest, ...]:
        """The last digests, the newest first."""
        return tuple(reversed(self._digests(tables.digest.c.number > self.last() - many)))

    def _digests(self, wanted: Any) -> tuple[KeptDigest, ...]:
        table = tables.digest.c
        query = select(table.number, table.at, table.value).where(wanted).order_by(table.number)
        with self.store.database.transaction(writes=False) as connection:
            return tuple(
                KeptDigest(number=number, at=at, value=value) for number, at, value in connection.execute(query)
            )

    def _check(self, connection: Connection) -> None:
        there = _value(connection, _LEASE, "")
        if there is None or there["token"] != self.holder.token:
            raise Stale(f"{self.store.place}: another watcher took over: this one stops; what it read is kept")


def _lapsed(lease: Value, holder: Holder, now: datetime) -> bool:
    """Whether a lease binds nobody: its own, one whose time is over, or one of a process that is gone."""
    if lease["token"] == holder.token or datetime.fromisoformat(lease["until"]) <= now:
        return True
    return bool(lease["host"] == holder.host) and not _alive(int(lease["pid"]))


def _alive(pid: int) -> bool:
    if os.name != "posix":
        return True  # signal 0 would end it; then its time must pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is(kind: str, about: str) -> Any:
    return and_(tables.watched.c.kind == kind, tables.watched.c.about == about)


def _value(connection: Connection, kind: str, about: str) -> Value | None:
    found: Value | None = connection.execute(
        select(tables.watched.c.value).where(_is(kind, about))
    ).scalar_one_or_none()
    return found


def _put(connection: Connection, kind: str, about: str, value: Value | None) -> None:
    connection.execute(delete(tables.watched).where(_is(kind, about)))
    if value is not None:
        connection.execute(insert(tables.watched), {"kind": kind, "about": about, "value": dict(value)})


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.max(tables.digest.c.number))).scalar_one() or 0)


def _complaints(connection: Connection) -> str:
    rejection = tables.rejection.c
    return ":".join(map(str, connection.execute(select(func.count(), func.max(rejection.rank))).one()))
