"""A backup of a kept case: one file that holds the case as it was at one moment, packed, with a manifest.

Inside is a case file, wherever the case is kept: one on a server is written as a file, row by row, and a backup of
either can be put back on a server or into a file. A backup is looked through before it is given its name, and again
before anything is put back, so that no damage is handed on.
Source: SQLite Online Backup API; PKWARE, APPNOTE (zip); FIPS 180-4 (SHA-256).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, func, insert, select, text

from winset import __version__
from winset.errors import BadBackup, CannotWrite, CaseExists, DamagedCase, LockedCase, NoCase, NotACase, told
from winset.store import addresses, databases, files, full_text, seals, tables, unfinished
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.databases import Database
from winset.store.examination import Examination, examined
from winset.store.migrations import migrate

FORMAT = "winset-backup/1"
MANIFEST, CASE = "manifest.json", "case.winset"
PAGES = 2_000  # copied at a time: whoever writes waits no longer than that takes
TRIES = 5  # beginnings anew, because somebody wrote, before the writers are kept waiting for the whole copy
ROWS = 2_000  # of a table, moved at a time
BLOCK = 1 << 20
LARGEST_MANIFEST = 1 << 20  # bytes
_LOCKED = 0x1  # flag of a part that has a password. Source: APPNOTE, 4.4.4
_UNLIKE_A_BACKUP = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError)  # of zipfile and json

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    schema: int  # number of the case's schema
    winset_version: str
    created_at: str  # ISO 8601, UTC
    place: str  # where the case was kept, without a password
    proposal: str
    size: int  # bytes of the case file
    sha256: str  # of the case file
    rows: Mapping[str, int]  # by table

    @property
    def documents(self) -> int:
        """How many it holds."""
        return self.rows.get("document", 0)

    @property
    def statements(self) -> int:
        """How many it holds."""
        return self.rows.get("statement", 0)


def back_up(place: str | Place, to: Path, *, created_at: str, progress: Progress | None = None) -> Manifest:
    """A backup of a case, while others read and write it: the case as it is at one moment.

    to: a file that may be there, and is written over; give it its name when this ends well.  created_at: ISO 8601, UTC.
    Raises NotACase, LockedCase, NoServer, NotConfigured, CannotWrite; DamagedCase where the case is not whole.
    """
    tell = progress or (lambda _: None)
    with told(to), unfinished.folder(to.absolute().parent) as folder:
        copy = folder / CASE
        with CaseStore.open(place) as store:
            tell("the case")
            copy_of(store.database, copy, progress=progress)
            proposal = store.spec().issue.proposal
            where = store.place
        whole(copy, where, progress=progress)
        manifest = Manifest(
            schema=tables.SCHEMA,
            winset_version=__version__,
            created_at=created_at,
            place=where,
            proposal=proposal,
            size=copy.stat().st_size,
            sha256=_sha256(copy),
            rows=_counted(copy),
        )
        tell("packing")
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(copy, CASE)
            packed.writestr(MANIFEST, json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1))
        with to.open("rb") as written:
            os.fsync(written.fileno())
        tell("looking through it")
        with unpacked(to, within=folder):  # what was written is read again
            pass
    return manifest


def restore(backup: Path, place: str | Place, *, replace: bool = False, progress: Progress | None = None) -> Manifest:
    """The case of a backup, at a place where there is none; with `replace`, instead of the one that is there.

    It is there whole or not at all; whoever has the replaced case open sees the other from then on.
    Raises BadBackup, CaseExists, LockedCase, CannotWrite, NoServer, NotConfigured, BadCase (a mistake in the address).
    """
    at = addresses.place(place)
    if not replace:
        _refuse_what_is_there(at)
    within = at.absolute().parent if isinstance(at, Path) else None
    if within is not None and not within.is_dir():
        raise CannotWrite(f"{at}: there is no folder {within}: make it first")
    with unpacked(backup, within=within, progress=progress) as (manifest, copy):
        (progress or (lambda _: None))("putting it back")
        if isinstance(at, Path):
            _put_into_file(copy, at, replace=replace)
        else:
            _put_on_server(copy, at, replace=replace)
    return manifest


def manifest_of(backup: Path) -> Manifest:
    """What a backup says of itself.  Raises BadBackup."""
    with _opened(backup) as packed:
        return _manifest(packed, backup)


@contextlib.contextmanager
def unpacked(
    backup: Path, *, within: Path | None = None, progress: Progress | None = None
) -> Iterator[tuple[Manifest, Path]]:
    """A backup's manifest and its case as a file for a while, looked through, of this version's schema.

    within: the folder that has room for it; the system's for what is temporary where none is named.
    Raises BadBackup where it is not what its manifest says, CannotWrite.
    """
    room = within or Path(tempfile.gettempdir())
    with _opened(backup) as packed, told(room), unfinished.folder(within) as folder:
        manifest = _manifest(packed, backup)
        copy = folder / CASE
        sha256, left = hashlib.sha256(), manifest.size
        try:
            with _member(packed, CASE) as stream, copy.open("wb") as into:
                while block := stream.read(BLOCK):
                    left -= len(block)
                    if left < 0:  # it unfolds to more than it says
                        break
                    sha256.update(block)
                    into.write(block)
        except _UNLIKE_A_BACKUP as error:
            raise BadBackup(f"{backup}: damaged: {error}: take an older backup") from error
        if left or sha256.hexdigest() != manifest.sha256:
            raise BadBackup(f"{backup}: damaged: the case in it is not the one that its manifest tells of")
        try:
            CaseStore.open(copy).close()  # one of an older winset is brought up
            whole(copy, str(backup), progress=progress)
        except (NotACase, DamagedCase) as error:
            raise BadBackup(str(error)) from error
        yield manifest, copy


def copy_of(database: Database, to: Path, *, progress: Progress | None = None) -> None:
    """A case as it is at one moment, as a file.

    to: must not be there.  Raises LockedCase, CannotWrite, NoServer.
    """
    if isinstance(database, files.CaseFile):
        with files.told(database.path):
            _copy_file(database.path, to, progress)
        return
    with new_file(to) as into, database.transaction(writes=False) as connection:
        for table in tables.metadata.sorted_tables:
            (progress or (lambda _: None))(table.name)
            _move(connection, into, table)
        index_words(into)
        into.commit()


def whole(path: Path, called: str, *, progress: Progress | None = None) -> Examination:
    """What was found in a case that is whole.

    called: what it is called in a refusal.  Raises DamagedCase with the first of what is wrong, NotACase.
    """
    found = examined(path, progress=progress)
    inside = found.inside
    wrong = [*found.unsealed, *found.broken, *(inside.wrong if inside else ()), *(inside.unlike if inside else ())]
    if wrong:
        more = f", and {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
        raise DamagedCase(
            f"{called}: damaged: {wrong[0]}{more}: see `winset doctor`, make it whole with `winset recover`"
        )
    return found


def _copy_file(path: Path, to: Path, progress: Progress | None) -> None:
    """By steps, so that nobody who writes waits long; where somebody always writes, in one."""
    with contextlib.closing(sqlite3.connect(path, timeout=files.PATIENCE)) as from_:
        try:
            with contextlib.closing(sqlite3.connect(to)) as into:
                pages(from_, into, path, at_once=PAGES, progress=progress)
        except _Overtaken:
            to.unlink()
            with contextlib.closing(sqlite3.connect(to)) as into:
                pages(from_, into, path)
        with contextlib.closing(sqlite3.connect(to)) as into:
            into.execute("PRAGMA journal_mode = DELETE")  # one file, without the log of one that is served


class _Overtaken(Exception):
    """Somebody wrote, again and again."""


def pages(
    from_: sqlite3.Connection,
    into: sqlite3.Connection,
    path: Path,
    *,
    at_once: int = -1,
    progress: Progress | None = None,
) -> None:
    """All pages of a database into another one, in a transaction of that one.

    path: of the one that others may be writing to.  at_once: pages in one step; -1: all.
    Raises LockedCase where somebody writes and does not end; _Overtaken where, between steps, somebody always writes.
    Source: SQLite Online Backup API: a copy begins anew when another process has written to what is copied; Python,
    `Connection.backup`, which would wait for ever.
    """
    tries = furthest = 0
    waits_since: float | None = None

    def step(status: int, remaining: int, total: int) -> None:
        nonlocal tries, furthest, waits_since
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waits_since = waits_since or time.monotonic()
            if time.monotonic() - waits_since > files.PATIENCE:
                raise LockedCase(f"{path}: another process is writing to it: try again when it is done")
            return
        waits_since, done = None, total - remaining
        if done < furthest:
            tries, furthest = tries + 1, 0
            if tries >= TRIES:
                raise _Overtaken
        furthest = max(furthest, done)
        if progress is not None and total:
            progress(f"the case, {100 * done // total} of 100")

    from_.backup(into, pages=at_once, progress=step, sleep=0.01)


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[Connection]:
    """A connection to a new case file without a case in it; rows may come in any order. Who has it commits."""
    engine = files.engine_for(path)
    try:
        with files.transaction(engine, path, writes=True) as connection:
            migrate(connection)
        with files.told(path), engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - an engine of ours
            driver.execute("PRAGMA foreign_keys = OFF")  # outside a transaction, where alone it has an effect
            driver.execute("PRAGMA synchronous = OFF")  # it is looked through, and synced, before it gets its name
            seals.watch(driver)
            yield connection
    finally:
        engine.dispose()


def _move(from_: Connection, into: Connection, table: Table) -> int:
    """All rows of a table, from one case into another."""
    moved = 0
    query = select(table).order_by(*table.primary_key.columns)  # what a row refers to has a smaller number
    rows = from_.execute(query, execution_options={"yield_per": ROWS}).mappings()
    for some in rows.partitions(ROWS):
        into.execute(insert(table), [dict(row) for row in some])
        moved += len(some)
    return moved


def index_words(connection: Connection) -> None:
    """Index all texts anew, after their rows have come."""
    texts = select(tables.document.c.rank, tables.document.c.text).order_by(tables.document.c.rank)
    last = -1
    while some := connection.execute(texts.where(tables.document.c.rank > last).limit(20)).all():
        full_text.add_all(connection, [(rank, words) for rank, words in some])
        last = some[-1][0]


def _refuse_what_is_there(at: Place) -> None:
    there = f"{at}: is there already: name another place, or --replace it"
    if isinstance(at, Path):
        if at.exists():
            files.clear_beside(at)
            raise CaseExists(there)
        return
    try:
        databases.opened(at).close()
    except NoCase:
        return
    raise CaseExists(there)


def _put_into_file(copy: Path, at: Path, *, replace: bool) -> None:
    """Where a case is that can be written to, its content is replaced in one transaction, for whoever has it open."""
    if not at.exists():
        with (
            files.placed(at) as beside,
            contextlib.closing(sqlite3.connect(copy)) as from_,
            contextlib.closing(sqlite3.connect(beside)) as into,
        ):
            pages(from_, into, at)
        return
    if not replace:
        raise CaseExists(f"{at}: is there already: name another place, or --replace it")
    with (
        files.told(at),
        contextlib.closing(sqlite3.connect(copy)) as from_,
        contextlib.closing(sqlite3.connect(at, timeout=files.PATIENCE)) as into,
    ):
        into.execute("PRAGMA synchronous = EXTRA")
        pages(from_, into, at)


def _put_on_server(copy: Path, at: Any, *, replace: bool) -> None:
    from winset.store import servers

    with files_reader(copy) as from_, servers.built(at, replace=replace) as connection:
        migrate(connection)
        for table in tables.metadata.sorted_tables:
            if _move(from_, connection, table):
                _count_on(connection, table)
        index_words(connection)


@contextlib.contextmanager
def files_reader(path: Path) -> Iterator[Connection]:
    """A connection that reads a case file."""
    engine = files.engine_for(path)
    try:
        with files.transaction(engine, path, writes=False) as connection:
            yield connection
    finally:
        engine.dispose()


def _count_on(connection: Connection, table: Table) -> None:
    """Let a server number further rows after those that came with their numbers."""
    (key, *others) = table.primary_key.columns
    if others or not isinstance(key.type.python_type, type) or key.type.python_type is not int:
        return
    sequence = connection.execute(
        text("SELECT pg_get_serial_sequence(:table, :column)"),
        {"table": f'"{table.name}"', "column": key.name},
    ).scalar()
    if sequence:
        last = connection.execute(select(func.max(key))).scalar_one()
        connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


@contextlib.contextmanager
def _opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    try:
        packed = zipfile.ZipFile(backup)
    except FileNotFoundError:
        raise BadBackup(f"{backup}: nothing there: make it with `winset backup CASE {backup}`") from None
    except OSError as error:
        raise BadBackup(f"{backup}: cannot be read: {error.strerror or error}") from error
    except _UNLIKE_A_BACKUP as error:
        raise BadBackup(f"{backup}: no backup of winset's, or damaged: {error}") from error
    with packed:
        yield packed


def _manifest(packed: zipfile.ZipFile, backup: Path) -> Manifest:
    try:
        with _member(packed, MANIFEST) as stream:
            told = json.loads(_limited(stream, backup))
        if told.pop("format") != FORMAT:
            raise BadBackup(f"{backup}: not of the form {FORMAT}: made by a later winset? update")
        manifest = Manifest(**told)
        _check_values(manifest)
    except (*_UNLIKE_A_BACKUP, TypeError, AttributeError) as error:
        raise BadBackup(f"{backup}: no backup of winset's, or damaged: {error}") from error
    if manifest.schema > tables.SCHEMA:
        raise BadBackup(f"{backup}: schema {manifest.schema}, this winset knows {tables.SCHEMA}: update winset")
    return manifest


def _check_values(manifest: Manifest) -> None:
    """Raises TypeError where JSON gave a value of another kind than is written."""
    for name, kind in (("schema", int), ("size", int), ("rows", dict), ("sha256", str), ("created_at", str)):
        if type(getattr(manifest, name)) is not kind:
            raise TypeError(f"its manifest gives {name} as {type(getattr(manifest, name)).__name__}")
    if not all(type(rows) is int for rows in manifest.rows.values()):
        raise TypeError("its manifest gives rows that are no numbers")


def _member(packed: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A part, packed as winset packs.  Raises KeyError, and ValueError where it is packed in another way."""
    about = packed.getinfo(name)
    if about.flag_bits & _LOCKED or about.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ValueError(f"{name} is packed as winset never packs")
    return packed.open(about)


def _limited(stream: IO[bytes], backup: Path) -> bytes:
    found = stream.read(LARGEST_MANIFEST + 1)
    if len(found) > LARGEST_MANIFEST:
        raise BadBackup(f"{backup}: no backup of winset's: its manifest is over {LARGEST_MANIFEST:,} bytes")
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _counted(path: Path) -> dict[str, int]:
    with files_reader(path) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
        }
