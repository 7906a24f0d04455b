"""A damaged case made whole again, as a new file: from what is sound in it, a backup, and what can be worked out.

A row that its seal vouches for is taken as it is. Of one that is not as it was kept, the bit that flipped is looked
for; else it comes from the backup, where the seal vouches for that; else it is lost, and named. What the machine coded
can be coded again from a sound text. What people said of a document whose text is lost is told, to be said again.
What a later step can make again (the indexes of words and passages, `kept_columns`) is made, not carried over.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from winset import records
from winset.corpus.types import Document
from winset.errors import BadBackup, BadCase, DamagedCase, InvalidValue, NoCase, WinsetError, told
from winset.store import addresses, backing_up, damage, files, seals, tables, trail, unfinished
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.changes import Key
from winset.store.damage import Damage
from winset.store.header import APPLICATION_ID
from winset.store.seals import Sealed, Unlike
from winset.store.types import Coding

MADE_AGAIN = ("indexed_document", "passage", "column_part")
STRETCH = 1_000  # row numbers that are read at a time where a table cannot be read through
PAGE_SIZE = 4_096  # of the files that winset makes
BY = "winset recover"  # who says in the trail what could not be read there any more

_EFFECT = (
    "INSERT INTO effect (rank, change, kind, about, coder, version, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)

Progress = Callable[[str], None]
Row = tuple[Any, ...]
Coder = Callable[[CaseStore, Document], Coding]


@dataclass(frozen=True, slots=True, kw_only=True)
class LostCodes:
    """What a person said of a statement whose document is lost."""

    statement_id: str
    coder: str
    value: Any  # as JSON holds it


@dataclass(slots=True, kw_only=True)
class Recovery:
    """How a case was made whole."""

    damaged: tuple[Damage, ...] = ()  # what was found
    mended: int = 0  # rows in which a bit was turned back
    from_backup: int = 0  # rows
    unverified: int = 0  # rows that were taken although no seal vouches for them
    coded_again: list[str] = field(default_factory=list)  # names of documents
    unsaved: list[Unlike] = field(default_factory=list)  # rows for which neither their bits nor the backup were enough
    lost: list[Damage] = field(default_factory=list)  # rows that are not in the new case
    lost_documents: list[str] = field(default_factory=list)  # names, to be added again
    lost_codes: list[LostCodes] = field(default_factory=list)
    documents: int = 0
    statements: int = 0


def recover(
    place: str | Place,
    new: Path,
    *,
    backup: Path | None = None,
    coder: Coder | None = None,
    at: str = "",
    progress: Progress | None = None,
) -> Recovery:
    """A whole case at `new`, of what is at `place`, which stays as it is.

    backup: one of the same case, however old.  coder: codes a document anew, as adding it does.
    at: when (ISO 8601, UTC), for the trail.
    Raises BadCase for a case on a server, CaseExists, BadBackup, DamagedCase where no case can be made of it,
    CannotWrite.
    """
    old = addresses.place(place)
    if not isinstance(old, Path):
        raise BadCase(f"{old}: is kept on a server: put a backup back with `winset restore BACKUP {old} --replace`")
    tell = progress or (lambda _: None)
    found = Recovery()
    with contextlib.ExitStack() as held:
        made = held.enter_context(files.placed(new))
        with told(new):
            work = held.enter_context(unfinished.folder(new.absolute().parent))
            copy = _copied(old, work)
        kept = _backup(backup, work, held, progress)
        beside = work / "new.winset"
        with backing_up.new_file(beside) as into:
            source = _opened(copy, into, found, tell)
            if source is not None:
                held.callback(source.close)
                _Filling(source, kept, into, found, tell).all()
                into.commit()
                _check_case(into, old, kept, backup)
                _coded_again(beside, into, coder, found, tell)
                tell("the trail")
                _made_whole(into, found, at)
                into.commit()
        if source is None:
            if backup is None:
                raise DamagedCase(f"{old}: too damaged to be read: give a backup with --from")
            found.damaged = (*found.damaged, Damage(what="nothing in it can be read: the new case is the backup"))
            shutil.copyfile(work / "backup.winset", beside)
        backing_up.whole(beside, str(new), progress=progress)
        with CaseStore.open(beside) as store:
            counts = store.counts()
            found.documents, found.statements = counts["document"], counts["statement"]
        with contextlib.closing(sqlite3.connect(beside)) as from_, contextlib.closing(sqlite3.connect(made)) as to:
            backing_up.pages(from_, to, new)
    return found


def _copied(old: Path, work: Path) -> Path:
    """The file, with what SQLite needs to undo a transaction that was cut off; its header as winset writes it."""
    copy = work / "old.winset"
    try:
        shutil.copyfile(old, copy)
        for suffix in ("-journal", "-wal"):
            beside = old.with_name(old.name + suffix)
            if beside.exists():
                shutil.copyfile(beside, copy.with_name(copy.name + suffix))
    except FileNotFoundError:
        raise NoCase(f"{old}: nothing there: give a backup to `winset restore`") from None
    with copy.open("r+b") as stream:
        header = bytearray(stream.read(100).ljust(100, b"\x00"))
        header[:16] = b"SQLite format 3\x00"
        header[16:18] = PAGE_SIZE.to_bytes(2, "big")
        header[18:24] = bytes([*([2, 2] if header[18:20] == b"\x02\x02" else [1, 1]), 0, 64, 32, 32])
        header[44:48] = (4).to_bytes(4, "big")
        header[52:60] = bytes([0, 0, 0, 0, 0, 0, 0, 1])  # no vacuum by itself, UTF-8
        header[68:72] = APPLICATION_ID.to_bytes(4, "big")
        stream.seek(0)
        stream.write(header)
    return copy


def _backup(
    backup: Path | None, work: Path, held: contextlib.ExitStack, progress: Progress | None
) -> sqlite3.Connection | None:
    if backup is None:
        return None
    with backing_up.unpacked(backup, within=work, progress=progress) as (_, path):
        path.rename(work / "backup.winset")
    return held.enter_context(contextlib.closing(seals.tolerant(work / "backup.winset")))


def _opened(copy: Path, into: Connection, found: Recovery, tell: Progress) -> sqlite3.Connection | None:
    """The copy, to be read; None where not even its layout can be.  What is damaged in it is told in `found`."""
    tell("what is damaged")
    damaged: list[Damage] = []
    try:
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.text_factory = seals.decoded
            damaged += [
                Damage(what=" ".join(str(line).split()))
                for (line,) in connection.execute("PRAGMA integrity_check(5)")
                if line != "ok"
            ]
    except (sqlite3.Error, UnicodeError) as error:
        damaged.append(Damage(what=f"the database cannot be read through: {error}"))
    with contextlib.suppress(sqlite3.Error, UnicodeError):
        damaged += damage.damages(copy, progress=tell)
    found.damaged = tuple(damaged)
    try:
        _laid_out(copy, into)
        with CaseStore.open(copy):
            pass
        source = seals.tolerant(copy)
        source.execute("SELECT count(*) FROM sqlite_schema")
    except (sqlite3.Error, UnicodeError, WinsetError):
        return None
    return source


def _laid_out(copy: Path, into: Connection) -> None:
    """Write the layout of a file as it was made, where its words are damaged; where its tables begin stays.

    Source: SQLite, PRAGMA writable_schema.
    """
    query = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid"
    as_made = _driver(into).execute(query).fetchall()
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.text_factory = seals.decoded
        connection.execute("PRAGMA writable_schema = ON")
        there = connection.execute(
            "SELECT rowid, type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid"
        ).fetchall()
        alike = sum(is_[1:] == made for is_, made in zip(there, as_made, strict=False))
        if len(there) < len(as_made) or alike < len(as_made) - 5:
            return  # of another version: it is brought up, or is not readable
        for is_, made in zip(there, as_made, strict=False):
            if is_[1:] != made:
                put = "UPDATE sqlite_schema SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?"
                connection.execute(put, (*made, is_[0]))
        connection.execute(f"PRAGMA user_version = {tables.SCHEMA}")
    with (
        contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection,
        contextlib.suppress(sqlite3.Error),
    ):
        connection.execute("UPDATE alembic_version SET version_num = ?", (f"{tables.SCHEMA:04d}",))


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - an engine of ours
    return driver


def _check_case(into: Connection, old: Path, kept: sqlite3.Connection | None, backup: Path | None) -> None:
    query = 'SELECT proposal, body, decided_on, created_at FROM "case"'
    there = _driver(into).execute(query).fetchone()
    if there is None:
        raise DamagedCase(f"{old}: what the case is about is lost: give a backup with --from")
    if kept is not None and kept.execute(query).fetchone() != there:
        raise BadBackup(f"{backup}: is of another case than {old}")


class _Filling:
    """Takes over the rows of a damaged file, table by table."""

    def __init__(
        self,
        source: sqlite3.Connection,
        kept: sqlite3.Connection | None,
        into: Connection,
        found: Recovery,
        tell: Progress,
    ) -> None:
        self._source, self._kept, self._into, self._found, self._tell = source, kept, into, found, tell
        self._seals_end = False  # whether some seals cannot be read

    def all(self) -> None:
        """Every table but those that are made again."""
        if not self._into.in_transaction():
            self._into.begin()
        laid_out = {table.name: table for table in seals.sealed(_driver(self._into))}
        for table in tables.metadata.sorted_tables:
            if table.name not in MADE_AGAIN:
                self._tell(table.name)
                self._table(laid_out[table.name])
        backing_up.index_words(self._into)

    def _table(self, table: Sealed) -> None:
        wanted = self._seals(table)
        loose: list[Row] = []
        broken: list[Unlike] = []
        whole: list[Row] = []
        for values in self._rows(table):
            row = table.row(values)
            kept, is_ = wanted.pop(row, None), seals.digest(*values)
            if kept == is_:
                whole.append(values)
            elif kept is None:
                loose.append(values)
            else:
                broken.append(Unlike(table=table, row=row, values=values, digest=kept))
            if len(whole) >= STRETCH:
                self._put(table, whole)
                whole = []
        self._put(table, whole)
        gone = [Unlike(table=table, row=row, values=None, digest=kept) for row, kept in wanted.items()]
        for values in loose:
            self._loose(table, values, gone)
        for each in (*broken, *gone):
            self._saved(each)
        if self._seals_end:
            self._from_backup_alone(table)

    def _loose(self, table: Sealed, values: Row, gone: list[Unlike]) -> None:
        """A row without a seal: one whose number is damaged, or whose seal is."""
        for each in gone[:50]:
            mended = seals.mended(values, each.digest or 0)
            if mended is not None:
                gone.remove(each)
                self._put(table, [mended])
                self._found.mended += 1
                return
        self._put(table, [values])
        self._found.unverified += 1

    def _saved(self, each: Unlike) -> None:
        """A row that is not what its seal says: with its bit turned back, from the backup, or lost."""
        mended = None if each.values is None else seals.mended(each.values, each.digest or 0)
        if mended is not None:
            self._found.mended += 1
            self._put(each.table, [mended])
            return
        for values in self._backup_rows(each.table, each.row):
            if seals.digest(*values) == each.digest:
                self._found.from_backup += 1
                self._put(each.table, [values])
                return
        self._lost.append(each)

    @property
    def _lost(self) -> list[Unlike]:
        return self._found.unsaved

    def _from_backup_alone(self, table: Sealed) -> None:
        """Rows of the backup whose seals cannot be read in the damaged file, and which are not there."""
        if self._kept is None:
            return
        there = {table.row(values) for values in _driver(self._into).execute(_all(table))}
        for values in self._kept.execute(_all(table)).fetchall():
            if table.row(values) not in there:
                self._put(table, [values])
                self._found.from_backup += 1

    def _backup_rows(self, table: Sealed, row: int) -> list[Row]:
        if self._kept is None:
            return []
        if table.counted:
            return self._kept.execute(f'{_all(table)} WHERE "{table.key[0]}" = ?', (row,)).fetchall()
        return [values for values in self._kept.execute(_all(table)) if table.row(values) == row]

    def _seals(self, table: Sealed) -> dict[int, int]:
        found: dict[int, int] = {}
        try:
            query = 'SELECT row, digest FROM seal WHERE "of" = ?'
            for row, kept in self._source.execute(query, (table.number,)):
                found[row] = kept
        except sqlite3.Error:
            self._seals_end = True
        return found

    def _rows(self, table: Sealed) -> Iterator[Row]:
        """All rows that can be read: at once, and from where that ends by stretches of row numbers."""
        last = 0
        try:
            for number, *values in self._source.execute(_all(table, "rowid, ") + " ORDER BY rowid"):
                yield tuple(values)
                last = number
        except sqlite3.Error:
            end = self._end(table)
            for start in range(last + 1, end + 1, STRETCH):
                yield from self._stretch(table, start, start + STRETCH - 1)

    def _stretch(self, table: Sealed, start: int, end: int) -> Iterator[Row]:
        query = _all(table) + " WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        try:
            yield from self._source.execute(query, (start, end)).fetchall()
        except sqlite3.Error:
            if start < end:
                middle = (start + end) // 2
                yield from self._stretch(table, start, middle)
                yield from self._stretch(table, middle + 1, end)

    def _end(self, table: Sealed) -> int:
        """A row number that is not below the last one."""
        many = len(wanted) if (wanted := self._seals(table)) else STRETCH
        with contextlib.suppress(sqlite3.Error):
            (last,) = self._source.execute(f'SELECT max(rowid) FROM "{table.name}"').fetchone()  # noqa: S608
            return max(last or 0, many)
        return max(wanted, default=0) if table.counted and wanted else 2 * many

    def _put(self, table: Sealed, rows: Sequence[Row]) -> None:
        marks = ", ".join("?" * len(table.columns))
        put = f'INSERT INTO "{table.name}" ({table.selected}) VALUES ({marks})'  # noqa: S608 - names of our own
        for values in rows:
            try:
                _driver(self._into).execute(put, values)
            except (sqlite3.Error, UnicodeError):
                self._lost.append(Unlike(table=table, row=table.row(values), values=values, digest=None))


def _all(table: Sealed, before: str = "") -> str:
    return f'SELECT {before}{table.selected} FROM "{table.name}"'  # noqa: S608 - names of our own


def _coded_again(beside: Path, into: Connection, coder: Coder | None, found: Recovery, tell: Progress) -> None:
    """Rows of codings that are lost, made anew by coding their documents again.

    Only a row that is what the seal of the lost one says is taken.
    """
    ids = _with_lost_codings(_driver(into), found.unsaved)
    if not ids or coder is None:
        return
    with CaseStore.open(beside) as store:
        documents = [each for each in store.documents() if each.id in ids]
        codings = []
        for document in documents:
            tell(f"coding {document.name} again")
            codings.append((document, coder(store, document)))
    into.begin()
    again: set[str] = set()
    for table, rows in (
        (tables.statement, [records.statement_row(s, d) for d, coding in codings for s in coding.statements]),
        (
            tables.identification,
            [records.identification_row(s) for _, coding in codings for s in coding.identifications],
        ),
        (tables.stance, [records.stance_row(s) for _, coding in codings for s in coding.stances]),
        (tables.run, [records.run_row(run) for _, coding in codings for run in coding.runs]),
    ):
        for lost in [each for each in found.unsaved if each.table.name == table.name]:
            if _as_sealed(into, table, rows, lost):
                found.unsaved.remove(lost)
                again.add(table.name)
    if again:
        found.coded_again += [document.name for document in documents]


def _with_lost_codings(connection: sqlite3.Connection, lost: Sequence[Unlike]) -> set[str]:
    """The ids of the documents to which lost rows of codings may belong: those of the rows before and after them."""
    of = {
        "statement": "SELECT document_id FROM statement",
        "identification": "SELECT document_id FROM identification AS own JOIN statement ON statement.id = statement_id",
        "stance": "SELECT document_id FROM stance AS own JOIN statement ON statement.id = statement_id",
    }
    found: set[str] = set()
    for each in lost:
        query = of.get(each.table.name)
        if query is None:
            continue
        rank = "own.rank" if "own" in query else "rank"
        for beside in (f"{rank} < ? ORDER BY {rank} DESC", f"{rank} > ? ORDER BY {rank}"):
            found.update(id for (id,) in connection.execute(f"{query} WHERE {beside} LIMIT 1", (each.row,)))
    names = {each.table.name for each in lost}
    said = "SELECT document_id FROM statement WHERE"
    for name, query in (
        ("identification", f"{said} id NOT IN (SELECT statement_id FROM identification)"),  # noqa: S608
        ("stance", f"{said} id NOT IN (SELECT statement_id FROM stance)"),  # noqa: S608
        ("statement", "SELECT id FROM document WHERE id NOT IN (SELECT document_id FROM statement)"),
        ("run", "SELECT id FROM document"),
    ):
        if name in names:
            found.update(id for (id,) in connection.execute(query))
    return found


def _as_sealed(into: Connection, table: Table, rows: Sequence[dict[str, Any]], lost: Unlike) -> bool:
    """Whether one of these rows, under the number of the lost one, is what its seal says: it is in the case then."""
    for row in rows:
        with contextlib.suppress(IntegrityError), into.begin_nested() as tried:
            into.execute(insert(table), {**row, **({"rank": lost.row} if lost.table.counted else {})})
            key = lost.table.key[0]
            wanted = lost.row if lost.table.counted else row[key]
            values = _driver(into).execute(f'{_all(lost.table)} WHERE "{key}" = ?', (wanted,)).fetchone()
            if values is not None and seals.digest(*values) == lost.digest:
                return True
            tried.rollback()
    return False


def _made_whole(into: Connection, found: Recovery, at: str) -> None:
    """Take out what refers to lost rows, and let the trail tell what is there."""
    if not into.in_transaction():
        into.begin()
    driver = _driver(into)
    _without_lost_documents(into, found)
    _change_rows(driver)
    _chained(driver, found)
    for _ in range(10):  # a row may refer to one that goes
        loose = driver.execute("PRAGMA foreign_key_check").fetchall()
        if not loose:
            break
        for table, rowid, parent, *_ in loose:
            driver.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608 - names of our own
            found.lost.append(Damage(table=table, row=f"row {rowid}", what=f"is lost with its {parent}"))
    _replayed(into, found, at)
    found.lost[:0] = [damage.named(driver, each) for each in found.unsaved]


def _without_lost_documents(into: Connection, found: Recovery) -> None:
    """Take out documents whose text is not the one of their id, statements without one, or without who said them."""
    driver = _driver(into)
    for row in into.execute(select(tables.document)).mappings().all():
        try:
            sound = records.document_value(row).id == row["id"]
        except (InvalidValue, TypeError, ValueError):
            sound = False
        if not sound:
            driver.execute("DELETE FROM document WHERE id = ?", (row["id"],))
            driver.execute("DELETE FROM full_text WHERE rowid = ?", (row["rank"],))
    there = {id for (id,) in driver.execute("SELECT id FROM document")}
    named = {
        str(about): json.loads(value).get("name", "") if value else ""
        for about, value in driver.execute("SELECT about, after FROM effect WHERE kind = 'document' ORDER BY rank")
    }
    named |= {
        str(about): json.loads(value).get("name", "") if value else ""
        for about, value in driver.execute("SELECT about, value FROM subject WHERE kind = 'document'")
    }
    gone = [(id, name) for id, name in named.items() if id not in there]
    found.lost_documents += [name or id for id, name in gone]
    unsaid = "id NOT IN (SELECT statement_id FROM identification)"
    lost = "document_id NOT IN (SELECT id FROM document)"
    statements = [id for (id,) in driver.execute(f"SELECT id FROM statement WHERE {unsaid} OR {lost}")]  # noqa: S608
    known = {id for (id,) in driver.execute("SELECT id FROM statement")} - set(statements)
    said = driver.execute(
        "SELECT about, coder, value FROM subject WHERE kind = 'codes' ORDER BY about, coder"
    ).fetchall()
    for about, coder, value in said:
        if about not in known and value:
            found.lost_codes.append(LostCodes(statement_id=about, coder=coder, value=json.loads(value)))
    for id in statements:
        driver.execute("DELETE FROM statement WHERE id = ?", (id,))
    for table in ("identification", "stance", "ruling", "left_out"):
        driver.execute(f"DELETE FROM {table} WHERE statement_id NOT IN (SELECT id FROM statement)")  # noqa: S608
    for table in ("effect", "subject"):
        driver.execute(f"DELETE FROM {table} WHERE kind = 'document' AND about NOT IN (SELECT id FROM document)")  # noqa: S608
        driver.execute(
            f"DELETE FROM {table} WHERE kind IN ('statement', 'codes', 'suggestion')"  # noqa: S608
            " AND about NOT IN (SELECT id FROM statement)"
        )
        driver.execute(
            f"DELETE FROM {table} WHERE kind = 'judgement'"  # noqa: S608
            " AND about NOT IN (SELECT CAST(rank AS TEXT) FROM judgement)"
        )


def _change_rows(driver: sqlite3.Connection) -> None:
    """A change of which only the effects are left keeps its number; nothing is said of who did it."""
    (last,) = driver.execute(
        "SELECT max(coalesce((SELECT max(number) FROM change), 0), coalesce((SELECT max(change) FROM effect), 0),"
        " coalesce((SELECT max(change) FROM subject), 0))"
    ).fetchone()
    there = {number for (number,) in driver.execute("SELECT number FROM change")}
    put = "INSERT INTO change (number, \"by\", at, act, why) VALUES (?, '', '', 'recover', ?)"
    why = "who made this change, and when, was damaged"
    driver.executemany(put, [(number, why) for number in range(1, last + 1) if number not in there])
    takes = (
        "SELECT take FROM ruling UNION SELECT take FROM change WHERE take IS NOT NULL"
        " UNION SELECT undoes FROM take WHERE undoes IS NOT NULL EXCEPT SELECT rank FROM take"
    )
    put = "INSERT INTO take (rank, \"by\", at, why, sheet) VALUES (?, '', '', ?, '')"
    driver.executemany(put, [(number, why) for (number,) in driver.execute(takes).fetchall()])
    driver.execute("UPDATE change SET judgement = NULL WHERE judgement NOT IN (SELECT rank FROM judgement)")


@dataclass(frozen=True, slots=True)
class _Told:
    """An effect, or the state that is the last one's: what the trail tells of a thing at one version."""

    change: int
    version: int
    before: str | None  # JSON
    after: str | None


def _chained(driver: sqlite3.Connection, found: Recovery) -> None:
    """Effects that are lost, as those before and after them, or the state, say that they were."""
    columns = "SELECT change, version, before, after FROM effect WHERE kind = ? AND about = ? AND coder = ?"
    state = {
        (kind, about, coder): _Told(change, version, None, value)
        for kind, about, coder, version, value, change in driver.execute(
            "SELECT kind, about, coder, version, value, change FROM subject"
        )
    }
    keys = {*driver.execute("SELECT DISTINCT kind, about, coder FROM effect"), *state}
    others = []
    for key in sorted(keys):
        played = [_Told(*row) for row in driver.execute(f"{columns} ORDER BY version", key)]
        last = state.get(key)
        before = _Told(0, 0, None, None)
        for after in played:
            for each in _between(before, after):
                others += _put_effect(driver, found, key, each, until=after.change)
            before = after
        if last is not None and last.version > before.version:
            beyond = _Told(last.change, last.version + 1, last.after, None)
            for each in _between(before, beyond):
                change = last.change if each.version == last.version else each.change
                others += _put_effect(driver, found, key, replace(each, change=change), until=last.change)
    driver.executemany(_EFFECT, others)  # after those that have their own numbers


def _between(before: _Told, after: _Told) -> Iterator[_Told]:
    """The effects that are lost between two: the last of them led to where the later one begins."""
    for version in range(before.version + 1, after.version):
        told = after.before if version == after.version - 1 else before.after
        yield _Told(before.change or max(1, after.change - 1), version, before.after, told)


def _put_effect(
    driver: sqlite3.Connection, found: Recovery, key: tuple[str, ...], told: _Told, *, until: int
) -> list[Row]:
    """Write an effect, under its own number and change where the seal of a lost one says so; else it comes back."""
    row = (*key, told.version, told.before, told.after)
    for lost in [each for each in found.unsaved if each.table.name == "effect"]:
        for change in range(max(1, told.change), min(until, told.change + STRETCH) + 1):
            if seals.digest(lost.row, change, *row) == lost.digest:
                driver.execute(_EFFECT, (lost.row, change, *row))
                found.unsaved.remove(lost)
                return []
    return [(None, told.change, *row)]


def _replayed(into: Connection, found: Recovery, at: str) -> None:
    """Write the state that the changes come to; what they cannot tell becomes a change of its own."""
    driver = _driver(into)
    driver.execute("DELETE FROM subject")
    driver.execute(
        "INSERT INTO subject (kind, about, coder, version, value, change)"
        " SELECT kind, about, coder, version, after, change FROM effect AS own WHERE version ="
        " (SELECT max(version) FROM effect WHERE kind = own.kind AND about = own.about AND coder = own.coder)"
    )
    found.unsaved = [each for each in found.unsaved if each.table.name not in ("subject", "left_out")]
    wanted = []
    ruled = into.execute(select(tables.ruling.c.statement_id, tables.ruling.c.coder).distinct()).all()
    kept = into.execute(select(tables.subject).where(tables.subject.c.kind == "codes")).mappings()
    there = {Key("codes", row["about"], row["coder"]): row["value"] for row in kept}
    coded = trail.codes_now(
        into, [*((row.statement_id, row.coder) for row in ruled), *((k.about, k.coder) for k in there)]
    )
    for key in sorted(coded.keys() | there.keys()):
        if coded.get(key) != there.get(key):
            wanted.append(trail.Wanted(key=key, after=coded.get(key)))
            if there.get(key):
                found.lost_codes.append(LostCodes(statement_id=key.about, coder=key.coder, value=there[key]))
    for kind, query in (
        ("document", "SELECT id, name FROM document"),
        ("judgement", "SELECT CAST(rank AS TEXT), verb FROM judgement"),
    ):
        known = {about for (about,) in driver.execute("SELECT about FROM subject WHERE kind = ?", (kind,))}
        word = "name" if kind == "document" else "verb"
        for about, held in driver.execute(query).fetchall():
            if about not in known:
                wanted.append(trail.Wanted(key=Key(kind, about), after={word: held}))
    if wanted:
        why = "what the trail told of these was damaged: this is what the case holds"
        trail.record(into, wanted, by=BY, at=at, act="recover", why=why)
    driver.execute("DELETE FROM left_out")
    verdicts = into.execute(select(tables.subject).where(tables.subject.c.kind == "statement")).mappings()
    said = {row["about"]: row["value"] for row in verdicts}
    for id, coder in driver.execute("SELECT id, coder FROM statement").fetchall():
        if (id in said or not coder.startswith(trail.MACHINE)) and not trail.counts(said.get(id), coder):
            driver.execute("INSERT INTO left_out (statement_id) VALUES (?)", (id,))
