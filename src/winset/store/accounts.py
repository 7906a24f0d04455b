"""Accounts: who may use a server, in which role, and the tokens of their scripts; who changed what."""

from __future__ import annotations

import hashlib
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from winset.errors import BadAccount, UnknownName
from winset.store import account_tables as tables
from winset.store.account_database import AccountDatabase
from winset.store.account_tables import ROLES
from winset.store.passwords import Passwords

Clock = Callable[[], float]  # seconds since 1970, UTC

NAME_LENGTH = 64  # characters
TOKENS = 50  # that hold at once, of one account
TOKEN_MARK = "winset_"  # what scanners of source code look for  # noqa: S105 - no password
SEEN_EVERY = 60  # seconds between two notes that something was used


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may log in."""

    id: int
    name: str
    role: str  # one of ROLES
    disabled: bool
    created_at: int  # seconds since 1970, UTC, as all times here


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a script shows in place of a password; the word itself is kept nowhere."""

    number: int
    account: str
    label: str
    role: str  # at most the account's, and never more than the account has when the token is used
    created_at: int
    used_at: int | None
    revoked_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """Who changed which account, and how."""

    number: int
    at: int
    by: str
    act: str
    account: str
    detail: str


class Accounts:
    """The accounts of a server. Every method is one transaction.

    with Accounts(Path("accounts.winset-accounts")) as accounts:
        accounts.add("Ada", "correct horse battery", role="admin", by="root")
    """

    def __init__(
        self,
        place: str | Path | AccountDatabase,
        *,
        make: bool = False,
        passwords: Passwords | None = None,
        clock: Clock = time.time,
    ) -> None:
        self.database = place if isinstance(place, AccountDatabase) else AccountDatabase(place, make=make)
        self.passwords = passwords or Passwords()
        self.clock = clock

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def all(self) -> tuple[Account, ...]:
        """Everybody, by name."""
        with self.database.reading() as connection:
            found = connection.execute(select(tables.account).order_by(tables.account.c.key)).mappings()
            return tuple(_account(row) for row in found)

    def account(self, name: str) -> Account:
        """Raises UnknownName."""
        with self.database.reading() as connection:
            return _account(_row(connection, name))

    def add(self, name: str, password: str, *, role: str, by: str) -> Account:
        """A new account.  Raises BadAccount (name taken or unfit, password too short, no such role)."""
        name = _fit_name(name)
        row = {
            "name": name,
            "key": folded(name),
            "password_hash": self.passwords.hashed(password, name=name),
            "role": _fit_role(role),
            "disabled": False,
            "created_at": self._now(),
        }
        with self.database.writing() as connection:
            if connection.execute(select(tables.account.c.id).where(tables.account.c.key == row["key"])).first():
                raise BadAccount(f"{name}: there is an account of that name")
            try:
                with connection.begin_nested():
                    connection.execute(insert(tables.account), row)
            except IntegrityError:  # two at once
                raise BadAccount(f"{name}: there is an account of that name") from None
            self._note(connection, by, "add", name, role)
            return _account(_row(connection, name))

    def set_role(self, name: str, role: str, *, by: str) -> Account:
        """Another role. All logins of the account end, so that nobody goes on under a login made for less, or for more.

        Raises UnknownName, BadAccount.
        """
        with self.database.writing() as connection:
            row = _row(connection, name)
            if row["role"] != _fit_role(role):
                self._change(connection, row, {"role": role}, by=by, act="role", detail=f"{row['role']} to {role}")
            return _account(_row(connection, name))

    def set_disabled(self, name: str, disabled: bool, *, by: str) -> Account:
        """Shut an account out, or let it in again; its logins end, its tokens do not work while it is out."""
        with self.database.writing() as connection:
            row = _row(connection, name)
            if row["disabled"] != disabled:
                self._change(connection, row, {"disabled": disabled}, by=by, act="disable" if disabled else "enable")
            return _account(_row(connection, name))

    def set_password(self, name: str, password: str, *, by: str) -> None:
        """Another password. All logins of the account end; failed attempts are forgotten.

        Raises UnknownName, BadAccount.
        """
        made = self.passwords.hashed(password, name=name)
        with self.database.writing() as connection:
            row = _row(connection, name)
            self._change(connection, row, {"password_hash": made}, by=by, act="password")
            connection.execute(delete(tables.attempt).where(tables.attempt.c.key == f"account:{row['key']}"))

    def with_password(self, name: str, password: str) -> Account | None:
        """The account, where the password is its own and it is not shut out.

        None tells nothing else: a wrong name, a wrong password and a disabled account take equally long.
        """
        with self.database.reading() as connection:
            wanted = select(tables.account).where(tables.account.c.key == folded(name))
            row = connection.execute(wanted).mappings().one_or_none()
        right = self.passwords.holds(password, row["password_hash"] if row else None)
        if not right or row is None or row["disabled"]:
            return None
        if self.passwords.outdated(row["password_hash"]):
            anew = {"password_hash": self.passwords.hashed(password)}
            with self.database.writing() as connection:
                connection.execute(update(tables.account).where(tables.account.c.id == row["id"]).values(anew))
        return _account(row)

    def issue(self, name: str, label: str, *, role: str, by: str) -> tuple[Token, str]:
        """A token and its word, which is told this once.

        Raises UnknownName, BadAccount (a role above the account's, too many tokens).
        """
        label = " ".join(label.split())[:NAME_LENGTH] or "token"
        word = TOKEN_MARK + secrets.token_urlsafe(32)
        with self.database.writing() as connection:
            row = _row(connection, name)
            if ROLES.index(_fit_role(role)) > ROLES.index(row["role"]):
                raise BadAccount(f"{row['name']} is a {row['role']}: a token may have that role or less, not {role}")
            mine = (tables.token.c.account_id == row["id"]) & tables.token.c.revoked_at.is_(None)
            if len(connection.execute(select(tables.token.c.id).where(mine)).all()) >= TOKENS:
                raise BadAccount(f"{row['name']} has {TOKENS} tokens that hold: revoke one first")
            values = {
                "account_id": row["id"],
                "label": label,
                "hash": hash_of(word),
                "role": role,
                "created_at": self._now(),
            }
            number = connection.execute(insert(tables.token).values(values)).inserted_primary_key
            self._note(connection, by, "token", row["name"], f"{label}, {role}")
            made = _tokens(connection, tables.token.c.id == (number[0] if number else 0))
        return made[0], word

    def tokens(self, name: str | None = None) -> tuple[Token, ...]:
        """The tokens of one account, or all, in the order of their making.  Raises UnknownName."""
        with self.database.reading() as connection:
            if name is None:
                return _tokens(connection)
            return _tokens(connection, tables.token.c.account_id == _row(connection, name)["id"])

    def revoke(self, number: int, *, by: str, of: str | None = None) -> Token:
        """A token that opens nothing any more.

        of: the account whose it must be.  Raises UnknownName.
        """
        with self.database.writing() as connection:
            found = _tokens(connection, tables.token.c.id == number)
            if not found or (of is not None and folded(found[0].account) != folded(of)):
                raise UnknownName(f"no token {number}")
            if found[0].revoked_at is None:
                gone = update(tables.token).where(tables.token.c.id == number).values(revoked_at=self._now())
                connection.execute(gone)
                self._note(connection, by, "revoke", found[0].account, found[0].label)
            return _tokens(connection, tables.token.c.id == number)[0]

    def with_token(self, word: str) -> tuple[Account, str] | None:
        """The account behind the word of a token, with the role that the token has now; None where it opens nothing."""
        now = self._now()
        with self.database.reading() as connection:
            wanted = (
                select(tables.token, tables.token.c.id.label("token_id"), tables.token.c.role.label("token_role"))
                .where(tables.token.c.hash == hash_of(word))
                .where(tables.token.c.revoked_at.is_(None))
            )
            found = connection.execute(wanted).mappings().one_or_none()
            if found is None:
                return None
            whose = select(tables.account).where(tables.account.c.id == found["account_id"])
            account = _account(connection.execute(whose).mappings().one())
        if account.disabled:
            return None
        if found["used_at"] is None or now - found["used_at"] >= SEEN_EVERY:
            with self.database.writing() as connection:
                used = update(tables.token).where(tables.token.c.id == found["token_id"]).values(used_at=now)
                connection.execute(used)
        return account, min(found["token_role"], account.role, key=ROLES.index)

    def changes(self, *, limit: int = 100) -> tuple[AccountChange, ...]:
        """What was done to accounts, newest first."""
        with self.database.reading() as connection:
            latest = select(tables.account_change).order_by(tables.account_change.c.number.desc()).limit(limit)
            return tuple(AccountChange(**row) for row in connection.execute(latest).mappings())

    def _change(
        self, connection: Connection, row: RowMapping, values: dict[str, Any], *, by: str, act: str, detail: str = ""
    ) -> None:
        connection.execute(update(tables.account).where(tables.account.c.id == row["id"]).values(values))
        connection.execute(delete(tables.login).where(tables.login.c.account_id == row["id"]))
        self._note(connection, by, act, row["name"], detail)

    def _note(self, connection: Connection, by: str, act: str, name: str, detail: str = "") -> None:
        row = {"at": self._now(), "by": by, "act": act, "account": name, "detail": detail}
        connection.execute(insert(tables.account_change), row)

    def _now(self) -> int:
        return int(self.clock())


def folded(name: str) -> str:
    """A name as it is compared; what cannot be printed, and no database need keep, is marked.

    >>> folded(" Ada  LOVELACE "), folded("Ada" + chr(0))
    ('ada lovelace', 'ada�')
    """
    words = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return "".join(character if character.isprintable() else "�" for character in words)


def hash_of(word: str) -> str:
    """The SHA-256 of a word of 256 random bits: nobody guesses it back, so it needs no slow hash."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()


def _fit_name(name: str) -> str:
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 1 <= len(name) <= NAME_LENGTH or not name.isprintable() or not folded(name):
        raise BadAccount(f"{name[:NAME_LENGTH]!r}: a name has 1 to {NAME_LENGTH} printable characters")
    return name


def _fit_role(role: str) -> str:
    if role not in ROLES:
        raise BadAccount(f"no role {role!r}: there are {', '.join(ROLES)}")
    return role


def _row(connection: Connection, name: str) -> RowMapping:
    wanted = select(tables.account).where(tables.account.c.key == folded(name))
    found = connection.execute(wanted).mappings().one_or_none()
    if found is None:
        raise UnknownName(f"no account {name!r}")
    return found


def _account(row: RowMapping) -> Account:
    return Account(
        id=row["id"], name=row["name"], role=row["role"], disabled=row["disabled"], created_at=row["created_at"]
    )


def _tokens(connection: Connection, *where: Any) -> tuple[Token, ...]:
    columns = (tables.token, tables.account.c.name.label("account"))
    found = select(*columns).join_from(tables.token, tables.account).where(*where).order_by(tables.token.c.id)
    return tuple(
        Token(
            number=row["id"],
            account=row["account"],
            label=row["label"],
            role=row["role"],
            created_at=row["created_at"],
            used_at=row["used_at"],
            revoked_at=row["revoked_at"],
        )
        for row in connection.execute(found).mappings()
    )
