"""CaseStore: a case that is kept, in one file or on a server, and can be added to again and again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select

from winset import __version__, records
from winset.actors.judgements import Judgement
from winset.corpus.types import Document, Duplicate, Rejected
from winset.errors import BadCase, LockedCase, NewerCase, NotACase, NotText
from winset.ids import DocumentId, StatementId
from winset.issues import CaseSpec
from winset.positions.rulings import Ruling, Take
from winset.provenance import Run
from winset.store import addresses, databases, marks, rows, tables, taking_in, trail
from winset.store.addresses import Place
from winset.store.changes import Key
from winset.store.databases import Database, insert_unless_there
from winset.store.marks import Marks
from winset.store.migrations import migrate, number
from winset.store.types import Coding, KeptRegistry


class CaseStore:
    """A kept case, open. Every method is one transaction; a value comes back equal to the one that was put in.

    with CaseStore.open(path) as store:
        store.add(document, coding)
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def create(cls, place: str | Place, spec: CaseSpec, *, created_at: str = "") -> CaseStore:
        """A new case, whole or not at all.

        place: a file, or an address as in postgresql://user@host/database#name.  created_at: ISO 8601, UTC.
        Raises CaseExists, CannotWrite, BadCase (a mistake in the address), NoServer, NotConfigured.
        """
        at = addresses.place(place)
        with databases.built(at) as connection:
            migrate(connection)
            _write_case(connection, spec, created_at)
        return cls.open(at)

    @classmethod
    def open(cls, place: str | Place) -> CaseStore:
        """The case at a place, brought to this version's schema.

        Raises NotACase, NewerCase, LockedCase, CannotWrite (an older case in a place that cannot be written), BadCase
        (a mistake in the address), NoServer, NotConfigured.
        """
        database = databases.opened(addresses.place(place))
        with contextlib.ExitStack() as undone:
            undone.callback(database.close)
            _bring_up(database)
            undone.pop_all()
        return cls(database)

    @property
    def place(self) -> str:
        """Where the case is, as told to people: a path, or an address without a password."""
        return self.database.place

    def close(self) -> None:
        """Let go of the file, or of the server."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def spec(self) -> CaseSpec:
        """What the case is about."""
        with self._reading() as connection, self._understood():
            found = connection.execute(select(tables.case)).mappings().one_or_none()
            if found is None:
                raise NotACase(f"{self.place}: holds no case")
            return records.case_value(found, _all(connection, tables.seat))

    def add(self, document: Document, coding: Coding, *, by: str = "", at: str = "") -> bool:
        """Keep a document with its coding, in one transaction; False where its text is there already.

        A document that could not be read before and now can is no longer among the rejected.
        by, at: who adds it, and when (ISO 8601, UTC), for the trail.
        Raises LockedCase, CannotWrite, BadSpan, NotText (half a surrogate pair has no place in a file).
        """
        try:
            with self.database.transaction(writes=True) as connection:
                taking_in.forget_rejections(connection, [document.name])
                if _named(connection, document.id) is not None:
                    return False
                taking_in.add_all(connection, [(document, coding)], by=by, at=at)
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
        with self.database.transaction(writes=True) as connection:
            connection.execute(delete(tables.rejection).where(tables.rejection.c.name == document.name))
            if _named(connection, document.id) in (None, document.name):
                return None
            row = {"name": again.name, "document_id": again.document_id, "of": again.of, "similarity": 1.0}
            _insert(connection, tables.duplicate, [row], unless_there=True)
        return again

    def reject(self, rejected: Rejected) -> None:
        """Keep what could not be read and why, once."""
        row = {"name": rejected.name, "reason": rejected.reason, "kind": rejected.kind}
        with self.database.transaction(writes=True) as connection:
            _insert(connection, tables.rejection, [row], unless_there=True)

    def documents(self, among: Sequence[DocumentId] | None = None) -> tuple[Document, ...]:
        """All documents, or some, in the order in which they were added."""
        with self._reading() as connection, self._understood():
            return tuple(map(records.document_value, _some(connection, tables.document, "id", among)))

    def names(self) -> list[str]:
        """The names of all documents, in the order in which they were added."""
        with self._reading() as connection:
            document = tables.document.c
            return list(connection.execute(select(document.name).order_by(document.rank)).scalars())

    def rejected(self) -> tuple[Rejected, ...]:
        """All that could not be read."""
        with self._reading() as connection, self._understood():
            return tuple(map(records.rejection_value, _all(connection, tables.rejection)))

    def duplicates(self) -> tuple[Duplicate, ...]:
        """All texts that came again under another name."""
        with self._reading() as connection, self._understood():
            return tuple(map(records.duplicate_value, _all(connection, tables.duplicate)))

    def runs(self) -> tuple[Run, ...]:
        """Every method applied to make what the case holds."""
        with self._reading() as connection, self._understood():
            return tuple(map(records.run_value, _all(connection, tables.run, by="id")))

    def codings(self, among: Sequence[DocumentId] | None = None) -> tuple[Coding, ...]:
        """One coding for each document, in their order, as it was made: persons' words on it are `judgements()`.

        among: some of the documents; None: all.

        Statements that persons marked as wrong or replaced are left out; those that they marked stand in their places.
        `runs` stays empty here: they belong to the case, see `runs()`.
        """
        with self._reading() as connection, self._understood():
            documents = {row["id"]: row for row in _some(connection, tables.document, "id", among)}
            spoken: dict[str, list[RowMapping]] = {id: [] for id in documents}
            found = marks.marks(connection)
            for row in _some(connection, tables.statement, "document_id", among):
                if row["id"] not in found.left_out:
                    spoken[row["document_id"]].append(row)
            of = None if among is None else [row["id"] for rows in spoken.values() for row in rows]
            who = {row["statement_id"]: row for row in _some(connection, tables.identification, "statement_id", of)}
            stances = {row["statement_id"]: row for row in _some(connection, tables.stance, "statement_id", of)}
            return tuple(_coding(documents[id], spoken[id], who, stances, found) for id in documents)

    def add_judgement(self, judgement: Judgement) -> None:
        """Keep what a person said; nothing that is there changes.

        Its number must be the next one: it was thought through against those before it.
        Raises LockedCase where another process added one meanwhile, CannotWrite, NotText.
        """
        try:
            with self.database.transaction(writes=True) as connection:
                last = connection.execute(select(func.max(tables.judgement.c.rank))).scalar_one() or 0
                if judgement.number != last + 1:
                    raise LockedCase(f"{self.place}: another process added judgement {last} meanwhile: try again")
                trail.keep_judgement(connection, judgement)
        except UnicodeEncodeError as error:
            raise NotText(f"judgement {judgement.number}: holds half a surrogate pair: write it in UTF-8") from error

    def judgements(self) -> tuple[Judgement, ...]:
        """All that persons said, in order, those that were taken back too."""
        with self._reading() as connection, self._understood():
            return tuple(map(records.judgement_value, _all(connection, tables.judgement)))

    def add_take(self, take: Take, rulings: Sequence[Ruling]) -> None:
        """Keep what people coded; nothing that is there changes.

        Its number must be the next one; the rulings get it.
        Raises LockedCase where another process added one meanwhile, CannotWrite, NotText.
        """
        try:
            with self.database.transaction(writes=True) as connection:
                last = connection.execute(select(func.max(tables.take.c.rank))).scalar_one() or 0
                if take.number != last + 1:
                    raise LockedCase(f"{self.place}: another process took in codes meanwhile: try again")
                trail.keep_take(connection, take, rulings)
        except UnicodeEncodeError as error:
            raise NotText(f"{take.sheet}: holds half a surrogate pair: write it in UTF-8") from error

    def takes(self) -> tuple[Take, ...]:
        """All sheets of people's codes, in order, those that were taken back too."""
        with self._reading() as connection, self._understood():
            return tuple(map(records.take_value, _all(connection, tables.take)))

    def rulings(self) -> tuple[Ruling, ...]:
        """All that people coded, in order, what a later code or an undo has put aside too."""
        with self._reading() as connection, self._understood():
            return tuple(map(records.ruling_value, _all(connection, tables.ruling)))

    def add_registry(self, name: str, format: str, text: str, *, added_at: str = "", by: str = "") -> bool:  # noqa: A002
        """Keep a file of a user's own actors; False where it is there already.

        added_at: ISO 8601, UTC.  Raises BadCase for another text under the same name, LockedCase, CannotWrite, NotText.
        """
        file = KeptRegistry(name=name, format=format, text=text, added_at=added_at)
        try:
            with self.database.transaction(writes=True) as connection:
                same = select(tables.registry_file).where(tables.registry_file.c.name == name)
                there = connection.execute(same).mappings().one_or_none()
                if there is None:
                    _insert(connection, tables.registry_file, [rows.registry_row(file)])
                    added = trail.Wanted(key=Key("registry", name), after={"format": format})
                    trail.record(connection, [added], by=by, at=added_at, act="add")
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
        with self.database.transaction(writes=False) as connection:
            yield connection

    def _understood(self) -> contextlib.AbstractContextManager[None]:
        return marks.understood(self.place)


def _bring_up(database: Database) -> None:
    with database.transaction(writes=False) as connection:
        version = number(connection)
    if version > tables.SCHEMA:
        raise NewerCase(
            f"{database.place}: schema {version}, this winset {__version__} knows {tables.SCHEMA}: update winset"
        )
    if version < tables.SCHEMA:
        with database.transaction(writes=True) as connection:
            migrate(connection)


def _write_case(connection: Connection, spec: CaseSpec, created_at: str) -> None:
    row = {**records.case_row(spec), "id": 1, "created_at": created_at, "winset_version": __version__}
    connection.execute(insert(tables.case), row)
    _insert(connection, tables.seat, [records.seat_row(seat) for seat in spec.seats])


def _insert(
    connection: Connection, table: Table, values: Sequence[dict[str, Any]], *, unless_there: bool = False
) -> None:
    if values:  # an empty list would insert a row of defaults
        statement = insert_unless_there(connection, table) if unless_there else insert(table)
        connection.execute(statement, list(values))


def _all(connection: Connection, table: Table, *, by: str = "rank") -> Sequence[RowMapping]:
    return connection.execute(select(table).order_by(table.c[by])).mappings().all()


def _some(connection: Connection, table: Table, column: str, wanted: Sequence[str] | None) -> Sequence[RowMapping]:
    """The rows with these values of a column, in their order; all where None is given."""
    if wanted is None:
        return _all(connection, table)
    found: list[RowMapping] = []
    for some in trail.portions(list(wanted)):
        found += connection.execute(select(table).where(table.c[column].in_(some))).mappings()
    return sorted(found, key=itemgetter("rank"))


def _named(connection: Connection, document_id: DocumentId) -> str | None:
    """The name under which that text is in the case."""
    wanted = select(tables.document.c.name).where(tables.document.c.id == document_id)
    return connection.execute(wanted).scalar_one_or_none()


def _coding(
    document_row: RowMapping,
    spoken: Sequence[RowMapping],
    who: dict[StatementId, RowMapping],
    stances: dict[StatementId, RowMapping],
    found: Marks,
) -> Coding:
    document = records.document_value(document_row)
    said = marks.in_order(
        [(records.statement_value(row, document), row) for row in spoken],
        found,
        id=lambda each: each[0].id,
        place=lambda each: (each[0].start, each[0].end),
        again=document_row["id"] in found.again,
    )
    return Coding(
        statements=tuple(statement for statement, _ in said),
        identifications=tuple(records.identification_value(who[row["id"]]) for _, row in said),
        stances=tuple(records.stance_value(stances[row["id"]]) for _, row in said if row["id"] in stances),
        refused=document_row["refused_spans"],
    )
