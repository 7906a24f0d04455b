"""A copy of a kept case as one file, taken while others read and write it."""

from __future__ import annotations

from pathlib import Path

from winset.errors import BadCase
from winset.store import backing_up
from winset.store.databases import Database


def is_one_file(database: Database) -> bool:
    """Whether the case is kept in a file, which can be taken along; else it is on a server."""
    return database.dialect == "sqlite"


def copy(database: Database, to: Path) -> None:
    """The case as it is now, whole, into a file that must not be there.

    Raises BadCase for a case on a server, LockedCase where another process writes to it and does not end, CannotWrite.
    """
    if not is_one_file(database):
        raise BadCase(f"{database.place}: is kept on a server, not in a file: export its tables instead")
    backing_up.copy_of(database, to)
