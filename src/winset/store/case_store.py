"""CaseStore: a case that is kept, in one file, and can be added to again and again."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, RowMapping, Table, delete, func, insert, select

from winset import __version__
from winset.actors.judgements import Judgement
from winset.corpus.types import Document, Duplicate, Rejected
from winset.errors import BadCase, CannotWrite, CaseExists, LockedCase, NewerCase, NotACase, NotText
from winset.ids import DocumentId, StatementId
from winset.issues import CaseSpec
from winset.positions.rulings import Ruling, Take
from winset.provenance import Run
from winset.store import files, rows, tables
from winset.store.header import check_ours
from winset.store.migrations import migrate
from winset.store.types import Coding, KeptRegistry


class CaseStore:
    """A kept case, open. Every method is one transaction; a value comes back equal to the one that was put in.

    with CaseStore.open(path) as store:
        store.add(document, coding)
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def create(cls, path: Path, spec: CaseSpec, *, created_at: str = "") -> CaseStore:
        """A new case at `path`, whole or not at all: it is built beside and then linked into place.

        created_at: ISO 8601, UTC.  Raises CaseExists, CannotWrite.
        """
        if path.exists():
            raise CaseExists(f"{path}: is there already: add to it with `winset add`, or choose another name")
        with _built_beside(path) as beside:
            engine = files.engine_for(beside)
            try:
                with files.transaction(engine, path, writes=True) as connection:
                    migrate(connection)
                    _write_case(connection, spec, created_at)
            finally:
                engine.dispose()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> CaseStore:
        """The case at `path`, brought to this version's schema.

        Raises NotACase, NewerCase, LockedCase, CannotWrite (an older case in a place that cannot be written).
        """
        check_ours(path)
        engine = files.engine_for(path)
        with contextlib.ExitStack() as undone:
            undone.callback(engine.dispose)
            _bring_up(engine, path)
            undone.pop_all()
        return cls(path, engine)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def spec(self) -> CaseSpec:
        """What the case is about."""
        with self._reading() as connection, self._understood():
            found = connection.execute(select(tables.case)).mappings().one_or_none()
            if found is None:
                raise NotACase(f"{self.path}: holds no case")
            return rows.case_value(found, _all(connection, tables.seat))

    def add(self, document: Document, coding: Coding) -> bool:
        """Keep a document with its coding, in one transaction; False where its text is there already.

        A document that could not be read before and now can is no longer among the rejected.
        Raises LockedCase, CannotWrite, BadSpan, NotText (half a surrogate pair has no place in a file).
        """
        statements = {statement.id: statement for statement in coding.statements}
        try:
            with files.transaction(self._engine, self.path, writes=True) as connection:
                connection.execute(delete(tables.rejection).where(tables.rejection.c.name == document.name))
                if _named(connection, document.id) is not None:
                    return False
                row = {**rows.document_row(document), "refused_spans": coding.refused}
                connection.execute(insert(tables.document), row)
                _insert(connection, tables.run, [rows.run_row(run) for run in coding.runs], unless_there=True)
                _insert(connection, tables.statement, [rows.statement_row(s, document) for s in statements.values()])
                _insert(connection, tables.identification, [*map(rows.identification_row, coding.identifications)])
                _insert(connection, tables.stance, [*map(rows.stance_row, coding.stances)])
        except UnicodeEncodeError as error:
            raise NotText(f"{document.name!r}: holds half a surrogate pair: save it as UTF-8") from error
        return True

    def has(self, document_id: DocumentId) -> bool:
        """Whether that text is in the case."""
        with self._reading() as connection:
            return _named(connection, document_id) is not None

    def repeat(self, document: Document) -> Duplicate | None:
        """Note that a text came again; None where it has the same name, or is not in the case at all."""
        again = Duplicate(name=document.name, document_id=document.id, of=document.id, similarity=1.0)
        with files.transaction(self._engine, self.path, writes=True) as connection:
            connection.execute(delete(tables.rejection).where(tables.rejection.c.name == document.name))
            if _named(connection, document.id) in (None, document.name):
                return None
            row = {"name": again.name, "document_id": again.document_id, "of": again.of, "similarity": 1.0}
            _insert(connection, tables.duplicate, [row], unless_there=True)
        return again

    def reject(self, rejected: Rejected) -> None:
        """Keep what could not be read and why, once."""
        row = {"name": rejected.name, "reason": rejected.reason, "kind": rejected.kind}
        with files.transaction(self._engine, self.path, writes=True) as connection:
            _insert(connection, tables.rejection, [row], unless_there=True)

    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order in which they were added."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.document_value, _all(connection, tables.document)))

    def rejected(self) -> tuple[Rejected, ...]:
        """All that could not be read."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.rejection_value, _all(connection, tables.rejection)))

    def duplicates(self) -> tuple[Duplicate, ...]:
        """All texts that came again under another name."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.duplicate_value, _all(connection, tables.duplicate)))

    def runs(self) -> tuple[Run, ...]:
        """Every method applied to make what the case holds."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.run_value, _all(connection, tables.run, by="id")))

    def codings(self) -> tuple[Coding, ...]:
        """One coding for each document, in their order, as the machine made it: persons' words are `judgements()`.

        `runs` stays empty here: they belong to the case, see `runs()`.
        """
        with self._reading() as connection, self._understood():
            documents = {row["id"]: row for row in _all(connection, tables.document)}
            spoken: dict[str, list[RowMapping]] = {id: [] for id in documents}
            for row in _all(connection, tables.statement):
                spoken[row["document_id"]].append(row)
            who = {row["statement_id"]: row for row in _all(connection, tables.identification)}
            stances = {row["statement_id"]: row for row in _all(connection, tables.stance)}
            return tuple(_coding(documents[id], spoken[id], who, stances) for id in documents)

    def add_judgement(self, judgement: Judgement) -> None:
        """Keep what a person said; nothing that is there changes.

        Its number must be the next one: it was thought through against those before it.
        Raises LockedCase where another process added one meanwhile, CannotWrite, NotText.
        """
        try:
            with files.transaction(self._engine, self.path, writes=True) as connection:
                last = connection.execute(select(func.max(tables.judgement.c.rank))).scalar_one() or 0
                if judgement.number != last + 1:
                    raise LockedCase(f"{self.path}: another process added judgement {last} meanwhile: try again")
                _insert(connection, tables.judgement, [rows.judgement_row(judgement)])
        except UnicodeEncodeError as error:
            raise NotText(f"judgement {judgement.number}: holds half a surrogate pair: write it in UTF-8") from error

    def judgements(self) -> tuple[Judgement, ...]:
        """All that persons said, in order, those that were taken back too."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.judgement_value, _all(connection, tables.judgement)))

    def add_take(self, take: Take, rulings: Sequence[Ruling]) -> None:
        """Keep what people coded; nothing that is there changes.

        Its number must be the next one; the rulings get it.
        Raises LockedCase where another process added one meanwhile, CannotWrite, NotText.
        """
        try:
            with files.transaction(self._engine, self.path, writes=True) as connection:
                last = connection.execute(select(func.max(tables.take.c.rank))).scalar_one() or 0
                if take.number != last + 1:
                    raise LockedCase(f"{self.path}: another process took in codes meanwhile: try again")
                _insert(connection, tables.take, [rows.take_row(take)])
                _insert(connection, tables.ruling, [rows.ruling_row(ruling, take.number) for ruling in rulings])
        except UnicodeEncodeError as error:
            raise NotText(f"{take.sheet}: holds half a surrogate pair: write it in UTF-8") from error

    def takes(self) -> tuple[Take, ...]:
        """All sheets of people's codes, in order, those that were taken back too."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.take_value, _all(connection, tables.take)))

    def rulings(self) -> tuple[Ruling, ...]:
        """All that people coded, in order, what a later code or an undo has put aside too."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.ruling_value, _all(connection, tables.ruling)))

    def add_registry(self, name: str, format: str, text: str, *, added_at: str = "") -> bool:  # noqa: A002
        """Keep a file of a user's own actors; False where it is there already.

        added_at: ISO 8601, UTC.  Raises BadCase for another text under the same name, LockedCase, CannotWrite, NotText.
        """
        file = KeptRegistry(name=name, format=format, text=text, added_at=added_at)
        try:
            with files.transaction(self._engine, self.path, writes=True) as connection:
                same = select(tables.registry_file).where(tables.registry_file.c.name == name)
                there = connection.execute(same).mappings().one_or_none()
                if there is None:
                    _insert(connection, tables.registry_file, [rows.registry_row(file)])
                elif (there["format"], there["text"]) != (format, text):
                    raise BadCase(f"{name}: the case has another registry of that name: rename the file")
        except UnicodeEncodeError as error:
            raise NotText(f"{name!r}: holds half a surrogate pair: save it as UTF-8") from error
        return there is None

    def registries(self) -> tuple[KeptRegistry, ...]:
        """The files of a user's own actors, in the order in which they were added."""
        with self._reading() as connection, self._understood():
            return tuple(map(rows.registry_value, _all(connection, tables.registry_file)))

    def counts(self) -> dict[str, int]:
        """How many rows each table of the case has, by the table's name."""
        counted = (tables.document, tables.statement, tables.rejection, tables.duplicate)
        with self._reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in counted
            }

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with files.transaction(self._engine, self.path, writes=False) as connection:
            yield connection

    @contextlib.contextmanager
    def _understood(self) -> Iterator[None]:
        """A row that winset cannot have written is the file's fault, and is told as such."""
        try:
            yield
        except NotACase:
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise NotACase(f"{self.path}: holds a row that winset did not write: {error}") from error


def _bring_up(engine: Engine, path: Path) -> None:
    with files.transaction(engine, path, writes=False) as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > tables.SCHEMA:
        raise NewerCase(f"{path}: schema {version}, this winset {__version__} knows {tables.SCHEMA}: update winset")
    if version < tables.SCHEMA:
        with files.transaction(engine, path, writes=True) as connection:
            migrate(connection)


@contextlib.contextmanager
def _built_beside(path: Path) -> Iterator[Path]:
    """A name in the same folder to build at; on success the file gets its own name, else nothing stays."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror}") from None
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        _into_place(beside, path)
    finally:
        for left in (beside, beside.with_name(f"{beside.name}-journal")):
            left.unlink(missing_ok=True)


def _into_place(beside: Path, path: Path) -> None:
    """Give the finished file its name, never over another one."""
    umask = os.umask(0)
    os.umask(umask)
    beside.chmod(0o666 & ~umask)  # mkstemp made it private; a case is as open as any file its owner makes
    try:
        os.link(beside, path)  # unlike rename, this fails where the name is taken
    except FileExistsError:
        raise CaseExists(f"{path}: is there already: add to it with `winset add`, or choose another name") from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise CaseExists(f"{path}: is there already: choose another name") from None
        beside.rename(path)


def _write_case(connection: Connection, spec: CaseSpec, created_at: str) -> None:
    row = {**rows.case_row(spec), "id": 1, "created_at": created_at, "winset_version": __version__}
    connection.execute(insert(tables.case), row)
    _insert(connection, tables.seat, [rows.seat_row(seat) for seat in spec.seats])


def _insert(
    connection: Connection, table: Table, values: Sequence[dict[str, Any]], *, unless_there: bool = False
) -> None:
    if values:  # an empty list would insert a row of defaults
        statement = insert(table).prefix_with("OR IGNORE") if unless_there else insert(table)
        connection.execute(statement, list(values))


def _all(connection: Connection, table: Table, *, by: str = "rank") -> Sequence[RowMapping]:
    return connection.execute(select(table).order_by(table.c[by])).mappings().all()


def _named(connection: Connection, document_id: DocumentId) -> str | None:
    """The name under which that text is in the case."""
    wanted = select(tables.document.c.name).where(tables.document.c.id == document_id)
    return connection.execute(wanted).scalar_one_or_none()


def _coding(
    document_row: RowMapping,
    spoken: Sequence[RowMapping],
    who: dict[StatementId, RowMapping],
    stances: dict[StatementId, RowMapping],
) -> Coding:
    document = rows.document_value(document_row)
    return Coding(
        statements=tuple(rows.statement_value(row, document) for row in spoken),
        identifications=tuple(rows.identification_value(who[row["id"]]) for row in spoken),
        stances=tuple(rows.stance_value(stances[row["id"]]) for row in spoken if row["id"] in stances),
        refused=document_row["refused_spans"],
    )
