"""Opening a study file that comes from anywhere: read-only, ordinary tables only, every refusal one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from winset.errors import BadCase, Damaged, Missing, NotText, TooLarge
from winset.ids import PartialDate

TABLES = (
    *("STATEMENTTYPES", "VARIABLES", "ENTITIES", "STATEMENTS", "DOCUMENTS"),
    *("DATASHORTTEXT", "DATABOOLEAN", "DATAINTEGER"),
)
LARGEST = 2_000_000_000  # bytes
MOST_STATEMENTS = 2_000_000
MOST_VARIABLES = 10_000
LONGEST = 50_000_000  # bytes of one value; the longest documents are books
STEPS, PATIENCE = 1_000_000, 20_000  # a callback every so many steps of SQLite's machine, so many callbacks: minutes
AGREEMENT = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER"}
MAGIC = b"SQLite format 3\x00"
SHOWN, MOST_READ = 60, 1_000  # characters of a value in a message, and those it is made of
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OLDER = "make a new database in version 3 and import it there (Documents, Import from DNA database), then take that one"

Variables: TypeAlias = dict[int, dict[str, tuple[int, str]]]  # by statement type: name -> id, kind of value


def is_dna(path: str) -> bool:
    """Whether a source is a study file, by its suffix."""
    return "://" not in path and path.lower().endswith(".dna")


@contextmanager
def opened(path: Path, *, tables: Sequence[str] = TABLES) -> Iterator[sqlite3.Connection]:
    """The database, unable to change anything, to run what its schema says, or to run on for ever.

    tables: those that must be there.
    Raises Missing, NotText, TooLarge, and Damaged for what SQLite finds while it is read.
    """
    _check(path)
    calls = 0

    def impatient() -> bool:
        nonlocal calls
        calls += 1
        return calls > PATIENCE

    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
            database.set_progress_handler(impatient, STEPS)
            database.text_factory = lambda value: value.decode("utf-8", "replace")
            _check_tables(path, database, tables)
            yield database
    except (sqlite3.Error, UnicodeDecodeError) as error:  # its own messages quote what is damaged
        if calls > PATIENCE:
            raise TooLarge(f"{path}: takes too long to read: open and save it with its own program first") from None
        raise Damaged(f"{path}: damaged, or no .dna file: {plain(error)}") from None


def variables(database: sqlite3.Connection) -> Variables:
    """What each type of statement codes, by its id."""
    found: Variables = {}
    for id, name, kind, type_id in database.execute(
        "SELECT ID, Variable, DataType, StatementTypeId FROM VARIABLES ORDER BY StatementTypeId, ID LIMIT ?",
        (MOST_VARIABLES,),
    ):
        found.setdefault(type_id, {})[str(name)] = (id, str(kind))
    return found


def no_such_variables(path: Path, found: Variables, *, actor: str, concept: str, agreement: str) -> BadCase:
    """The refusal that names what there is."""
    there = "; ".join(", ".join(map(plain, names)) for names in list(found.values())[:20])
    return BadCase(
        f"{path}: no kind of statement has the texts {actor!r} and {concept!r} and a true or false, or integer, "
        f"{agreement!r}: it has {there or 'no variables'}"
    )


def plain(value: object) -> str:
    """A name or a number of a file in a message: one line, and not a long one."""
    shown = "".join(letter if letter.isprintable() else " " for letter in str(value)[:MOST_READ])
    return " ".join(shown.split())[:SHOWN]


def day(seconds: object) -> PartialDate | None:
    """The day of seconds since 1970, UTC; None for what is no date."""
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    try:
        return PartialDate((EPOCH + timedelta(seconds=seconds)).date().isoformat())
    except OverflowError:
        return None


def _check(path: Path) -> None:
    """Raises Missing, NotText, TooLarge, Damaged: what a first look tells."""
    try:
        with path.open("rb") as stream:
            header = stream.read(len(MAGIC) + 3)  # of XML, what may stand before it
        size = path.stat().st_size
        unfinished = [
            f"{path.name}{ending}"
            for ending in ("-wal", "-journal")
            if (beside := path.with_name(path.name + ending)).is_file() and beside.stat().st_size
        ]
    except FileNotFoundError:
        raise Missing(f"{path}: nothing there: name a .dna file of Discourse Network Analyzer") from None
    except OSError as error:
        raise Damaged(f"{path}: cannot be read: {error.strerror}") from None
    if header.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise NotText(f"{path}: XML, as Discourse Network Analyzer 1 wrote it: version 2 can import it; then {OLDER}")
    if not header.startswith(MAGIC):
        raise NotText(f"{path}: no SQLite file: winset reads the .dna files of Discourse Network Analyzer 3")
    if size > LARGEST:
        raise TooLarge(f"{path}: {size:,} bytes: at most {LARGEST:,}")
    if unfinished:
        raise Damaged(
            f"{path}: {unfinished[0]} beside it holds changes that are not in it yet: close it in its program"
        )


def _check_tables(path: Path, database: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Raises NotText unless all tables of a study are there, each an ordinary one: no view, nothing virtual."""
    ordinary = ordinary_tables(database)
    if "SETTINGS" in ordinary:
        found = database.execute("SELECT Value FROM SETTINGS WHERE Property = 'version' LIMIT 1").fetchone()
        version = plain(found[0])[:20] if found else ""
        if version.startswith(("1", "2")):
            raise NotText(f"{path}: made by Discourse Network Analyzer {version}: {OLDER}")
    if "ROLES" in ordinary:
        raise NotText(
            f"{path}: its statements have roles, which no released version of Discourse Network Analyzer knows: "
            f"winset reads the files of 3.0 and 3.1"
        )
    lacking = [name for name in tables if name not in ordinary]
    if lacking:
        raise NotText(f"{path}: no study of Discourse Network Analyzer 3: it has no table {', '.join(lacking)}")


def ordinary_tables(database: sqlite3.Connection) -> frozenset[str]:
    """Names, in capitals, of what is a table and neither a view nor virtual."""
    made = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return frozenset(str(name).upper() for name, sql in made if str(sql).lstrip().upper().startswith("CREATE TABLE"))
