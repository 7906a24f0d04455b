"""Where a kept case is: a file, or a name on a database server. No database library is loaded before it must be."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from winset.errors import BadCase

if TYPE_CHECKING:
    from sqlalchemy import URL

SCHEMES = ("postgresql://", "postgres://")
PREFIX = "case_"  # of a case's schema: what tells our schemas from others of the database

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")  # with the prefix below PostgreSQL's 63 bytes, and never to be folded
_SECRETS = ("password", "sslpassword")  # of the parameters that libpq knows


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A database of a PostgreSQL server. Printed, it shows no password, and libpq finds it in PGPASSWORD or ~/.pgpass.

    Raises BadCase for what is no address.
    """

    url: str = field(repr=False)  # may hold a password

    def __post_init__(self) -> None:
        if not is_address(self.url) or "#" in self.url:
            raise BadCase(f"{str(self)!r}: no address of a database: write postgresql://user@host/database")
        self.parts()

    def parts(self) -> URL:
        """The address taken apart, for the driver that winset uses."""
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            found = make_url(self.url)
        except (ArgumentError, ValueError):
            raise BadCase(f"{str(self)!r}: no address of a database: write postgresql://user@host/database") from None
        return found.set(drivername="postgresql+psycopg")

    def __str__(self) -> str:
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            found = make_url(self.url).difference_update_query(_SECRETS)
        except (ArgumentError, ValueError):
            return f"{self.url.partition('://')[0]}://..."  # a password may stand anywhere in it
        return found._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)


@dataclass(frozen=True, slots=True)
class CaseAddress:
    """A case on a PostgreSQL server: one case is one schema of a database.

    >>> str(CaseAddress.read("postgres://ada:secret@db.example/office#tokyo"))
    'postgresql://ada@db.example/office#tokyo'
    """

    server: ServerAddress
    name: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise BadCase(
                f"{self.name!r}: no name for a case on a server: use a-z, 0-9, - and _, at most 50 of them, as in"
                " postgresql://user@host/database#tokyo-office"
            )

    @classmethod
    def read(cls, address: str) -> CaseAddress:
        """Of postgresql://user@host/database#name.  Raises BadCase."""
        url, mark, name = address.partition("#")
        server = ServerAddress(url)
        if not mark:
            raise BadCase(f"{server}: which case of that database? Write {server}#NAME")
        return cls(server, name)

    @property
    def schema(self) -> str:
        """The schema that holds the case; to be quoted, for it may hold a hyphen."""
        return f"{PREFIX}{self.name}"

    @property
    def lock(self) -> int:
        """The number of the advisory lock that writers of this case take, 64 bits with a sign."""
        digest = hashlib.sha256(f"winset {self.schema}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)

    def __str__(self) -> str:
        return f"{self.server}#{self.name}"


Place: TypeAlias = Path | CaseAddress


def is_address(given: str) -> bool:
    """Whether words name a case on a server, or a server, and no file.

    >>> is_address("postgresql://db.example/office#tokyo"), is_address("tokyo.winset"), is_address("https://a.example")
    (True, False, False)
    """
    return given.lower().startswith(SCHEMES)


def place(given: str | Path | CaseAddress) -> Place:
    """The place that somebody named.  Raises BadCase for an address with a mistake in it."""
    if isinstance(given, str):
        return CaseAddress.read(given) if is_address(given) else Path(given)
    return given
