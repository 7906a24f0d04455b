"""Logins that hold, and attempts that failed: both in the database, so that it is the same for every process.

A login is a random word in a cookie; here stands its hash. It ends when it was not used for a while, after a day's
work, when the person leaves, and whenever the account's role, password or standing changes.
"""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from winset.store import account_tables as tables
from winset.store.accounts import SEEN_EVERY, Account, Accounts, folded, hash_of

IDLE = 2 * 3600  # seconds without a request after which a login ends
WHOLE = 12 * 3600  # seconds after which it ends however busy it is

FORGOTTEN = 24 * 3600  # seconds without a failure after which failures no longer count
FREE = {"account": 5, "address": 20}  # failures without a wait; many people may share an address
LONGEST = {"account": 300, "address": 900}  # seconds: nobody can lock a colleague out for a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a password, noted as failed until it has succeeded."""

    keys: tuple[str, ...]
    wait: int  # seconds until the next may be made; 0: this one may


class Logins:
    """The logins of the accounts of a server."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._database = accounts.database

    def begin(self, account: Account) -> str:
        """The word of a new login, never one that was there before."""
        word, now = secrets.token_urlsafe(32), self._now()
        row = {
            "hash": hash_of(word),
            "account_id": account.id,
            "created_at": now,
            "used_at": now,
            "expires_at": now + WHOLE,
        }
        with self._database.writing() as connection:
            ended = (tables.login.c.expires_at <= now) | (tables.login.c.used_at <= now - IDLE)
            connection.execute(delete(tables.login).where(ended))
            connection.execute(delete(tables.attempt).where(tables.attempt.c.last_at <= now - FORGOTTEN))
            connection.execute(tables.login.insert(), row)
        return word

    def account(self, word: str) -> Account | None:
        """Whose login it is; None where it has ended, or never was."""
        now = self._now()
        joined = select(tables.account, tables.login.c.used_at.label("used_at")).join_from(tables.login, tables.account)
        holds = (
            (tables.login.c.hash == hash_of(word))
            & (tables.login.c.expires_at > now)
            & (tables.login.c.used_at > now - IDLE)
            & tables.account.c.disabled.is_(False)
        )
        with self._database.reading() as connection:
            row = connection.execute(joined.where(holds)).mappings().one_or_none()
        if row is None:
            return None
        if now - row["used_at"] >= SEEN_EVERY:
            with self._database.writing() as connection:
                seen = update(tables.login).where(tables.login.c.hash == hash_of(word)).values(used_at=now)
                connection.execute(seen)
        return Account(
            id=row["id"], name=row["name"], role=row["role"], disabled=row["disabled"], created_at=row["created_at"]
        )

    def end(self, word: str) -> None:
        """The login holds no more."""
        with self._database.writing() as connection:
            connection.execute(delete(tables.login).where(tables.login.c.hash == hash_of(word)))

    def attempt(self, name: str, address: str) -> Attempt:
        """Note a try before the password is looked at, so that many at once count like many in a row.

        After FREE failures each further one must wait twice as long as the last, up to LONGEST; names that nobody
        has are counted like others, so that the waiting tells nothing.
        """
        now, keys = self._now(), tuple(sorted((f"account:{folded(name)[:80]}", f"address:{_network(address)}")))
        with self._database.writing() as connection:
            dialect = postgresql if self._database.on_server else sqlite
            for key in keys:  # each row is locked, in order: of two processes one waits, and never both
                there = dialect.insert(tables.attempt).values(key=key, failures=0, last_at=now)
                same = {"key": there.excluded.key}
                connection.execute(there.on_conflict_do_update(index_elements=["key"], set_=same))
            now = self._now()  # what others noted while this one waited for them is not in its future
            ours = tables.attempt.c.key.in_(keys)
            old = ours & (tables.attempt.c.last_at <= now - FORGOTTEN)
            connection.execute(update(tables.attempt).where(old).values(failures=0))
            found = connection.execute(select(tables.attempt).where(ours)).mappings().all()
            wait = max(row["last_at"] + _pause(row["key"], row["failures"]) - now for row in found)
            if wait <= 0:
                noted = {"failures": tables.attempt.c.failures + 1, "last_at": now}
                connection.execute(update(tables.attempt).where(ours).values(noted))
        return Attempt(keys=keys, wait=max(0, wait))

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures of the account, and that this try was noted as one of the address."""
        account, address = attempt.keys
        with self._database.writing() as connection:
            connection.execute(delete(tables.attempt).where(tables.attempt.c.key == account))
            less = {"failures": tables.attempt.c.failures - 1}
            some = (tables.attempt.c.key == address) & (tables.attempt.c.failures > 0)
            connection.execute(update(tables.attempt).where(some).values(less))

    def _now(self) -> int:
        return int(self._accounts.clock())


def _pause(key: str, failures: int) -> int:
    """Seconds to wait after so many failures.

    >>> [_pause("account:ada", failures) for failures in (0, 4, 5, 6, 9, 30)]
    [0, 0, 1, 2, 16, 300]
    """
    kind = key.partition(":")[0]
    over = failures - FREE[kind]
    return 0 if over < 0 else min(2 ** min(over, 20), LONGEST[kind])


def _network(address: str) -> str:
    """What one household has: an IPv4 address, the first 64 bits of an IPv6 address.

    >>> _network("192.0.2.7"), _network("2001:db8::1:2"), _network("somewhere")
    ('192.0.2.7', '2001:db8::/64', 'somewhere')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
