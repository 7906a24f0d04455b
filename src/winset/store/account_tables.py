"""The schema of the accounts of a server. `account_migrations/` makes it; a test holds both to be the same.

Times are whole seconds since 1970, UTC. Nothing here opens a door by itself: of a password there is an argon2 hash, of
a login and of a token the SHA-256 of a random word of 256 bits that is kept nowhere.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

SCHEMA = "winset_accounts"  # of a PostgreSQL database; an SQLite file holds nothing else

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

ROLES = ("reader", "coder", "editor", "admin")  # each may do what those before it may
_IN_ROLES = "role IN ('reader', 'coder', 'editor', 'admin')"

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),  # as it is shown
    Column("key", String, nullable=False),  # the name folded: "Ada" and "ada" are one person
    Column("password_hash", String, nullable=False),
    Column("role", String, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("key", name="uq_account_key"),
    CheckConstraint(_IN_ROLES, name="role"),
)

login = Table(
    "login",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),  # to the minute: not every page shall write
    Column("expires_at", BigInteger, nullable=False),
)

token = Table(
    "token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("label", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("role", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Column("revoked_at", BigInteger),
    UniqueConstraint("hash", name="uq_token_hash"),
    CheckConstraint(_IN_ROLES, name="role"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("key", String, primary_key=True),  # "account:ada", "address:192.0.2.7"
    Column("failures", Integer, nullable=False),  # since the last success
    Column("last_at", BigInteger, nullable=False),
)

account_change = Table(
    "account_change",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("by", String, nullable=False),
    Column("act", String, nullable=False),
    Column("account", String, nullable=False),  # the name: what is told of it stays when the account goes
    Column("detail", String, nullable=False),
)
