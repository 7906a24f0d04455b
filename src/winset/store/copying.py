"""A copy of a kept case as one file, taken while others read and write it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from winset.errors import BadCase
from winset.store.databases import Database


def is_one_file(database: Database) -> bool:
    """Whether the case is kept in a file, which can be taken along; else it is on a server."""
    return database.dialect == "sqlite"


def copy(database: Database, to: Path) -> None:
    """The case as it is now, whole, into a file that must not be there.

    Source: SQLite Online Backup API, which waits for no reader and takes the writers' last commit.
    Raises BadCase for a case on a server.
    """
    if not is_one_file(database):
        raise BadCase(f"{database.place}: is kept on a server, not in a file: export its tables instead")
    with (
        contextlib.closing(sqlite3.connect(database.place)) as from_,
        contextlib.closing(sqlite3.connect(to)) as into,
    ):
        from_.backup(into)
        into.execute("PRAGMA journal_mode=DELETE")  # one file, without the log of one that is written to
