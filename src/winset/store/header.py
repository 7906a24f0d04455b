"""Whether a file is a kept case, from its first hundred bytes: before any database library is loaded."""

from __future__ import annotations

from pathlib import Path

from winset.errors import NoCase, NotACase

APPLICATION_ID = 0x77696E73  # "wins": what tells our files from any other SQLite file

_MAGIC = b"SQLite format 3\x00"


def is_sqlite(path: Path) -> bool:
    """Whether `path` is an SQLite file, ours or not; False where nothing can be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def is_logged(path: Path) -> bool:
    """Whether the file was left with a write-ahead log: by who serves it, or served it and was stopped.

    Source: SQLite database file format: byte 18, "file format write version", is 2 then.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(19)[18:] == b"\x02"
    except OSError:
        return False


def check_ours(path: Path) -> None:
    """Raises NotACase unless `path` is an SQLite file with our application id; reads 100 bytes, changes nothing.

    Source: SQLite database file format: the id stands at byte 68, four bytes, big-endian.
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
    except FileNotFoundError:
        raise NoCase(f"{path}: nothing there: make it with `winset new {path.name} --proposal ...`") from None
    except OSError as error:
        raise NotACase(f"{path}: cannot be read: {error.strerror}") from None
    if not header.startswith(_MAGIC):
        raise NotACase(f"{path}: not a winset case: a case is a file made by `winset new`")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotACase(f"{path}: an SQLite file of another program, not a winset case")
