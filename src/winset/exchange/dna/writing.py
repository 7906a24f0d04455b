"""Writes a project as a study file that Discourse Network Analyzer 3 opens.

What its columns cannot hold stands in notes: of a statement in the long text "winset", of a document among its notes,
of the question among the settings. The program keeps them all.
"""

from __future__ import annotations

import colorsys
import itertools
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.errors import CannotWrite
from winset.exchange.dna import schema
from winset.exchange.dna.fields import (
    ADMIN,
    MACHINE_CODER,
    StatementFields,
    cut,
    document_fields,
    statement_fields,
)
from winset.exchange.dna.notes import MARK, QUESTION, note, sound
from winset.exchange.dna.offsets import Units
from winset.exchange.project_records import document_record, spec_record, statement_record
from winset.exchange.projects import Loss, Project, ProjectDocument, ProjectStatement

LOSSES: tuple[Loss, ...] = ()  # the notes hold the rest
PASSWORD = "winset"  # noqa: S105 - to be told to everybody: it locks nothing, the file is readable without it
GOLDEN = 0.618034  # of the circle of hues, from one coder to the next
PORTION = 5_000  # rows that are written together


def write_dna(project: Project, path: Path, *, password: str = PASSWORD) -> None:
    """The project as a study file, which takes its place when it is whole.

    password: of all coders, "Admin" among them.
    Raises CannotWrite.  Memory: one document and the names of actors at a time.
    Source: Discourse Network Analyzer 3.0.7, the schema of its databases.
    """
    path = path.resolve()
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        try:
            with closing(sqlite3.connect(beside, isolation_level=None)) as database:
                _fill(database, project, password)
            _as_new(Path(beside), path)
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror or error}") from None
    except sqlite3.Error as error:
        raise CannotWrite(f"{path}: cannot be written: {error}") from None


def _as_new(beside: Path, path: Path) -> None:
    """Gives the file the rights of the one it replaces, or of a new one."""
    mask = os.umask(0)
    os.umask(mask)
    beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)


def _fill(database: sqlite3.Connection, project: Project, password: str) -> None:
    database.execute("PRAGMA journal_mode = OFF")  # a file that is not finished is thrown away
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA encoding = 'UTF-8'")
    database.execute("BEGIN")
    for name, columns in schema.TABLES.items():
        database.execute(f"CREATE TABLE {name}({columns})")
    version, day = schema.VERSION
    question = note(spec_record(project.spec) if project.spec else {})
    settings = (("version", version), ("date", day), (QUESTION, question))
    database.executemany("INSERT INTO SETTINGS VALUES (?, ?)", settings)
    study = _Study(database, password, project.spec.issue.proposal if project.spec else "")
    for document in project.documents:
        study.add(document)
    study.finish()
    database.execute("COMMIT")


class _Study:
    """The rows of a study as they come; ids are counted here, as the program counts them."""

    def __init__(self, database: sqlite3.Connection, password: str, question: str) -> None:
        self._database = database
        self._password = _digest(password)
        self._question = question
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}
        self._next = {name: itertools.count(1) for name in schema.TABLES}
        self._coders: dict[str, int] = {}
        self._entities: dict[tuple[int, str], int] = {}
        self._attributes: dict[int, list[tuple[int, str]]] = {}  # by variable: id and name
        self._variables: dict[int, dict[str, int]] = {}  # by statement type: name -> id
        self._coder(ADMIN)
        self._types()

    def add(self, each: ProjectDocument) -> None:
        """A document with its statements."""
        document, fields = each.document, document_fields(each.document)
        id = next(self._next["DOCUMENTS"])
        self._insert(
            "DOCUMENTS",
            (
                *(id, sound(fields.title), sound(document.text), self._coder(ADMIN), sound(fields.author)),
                *(sound(fields.source), "", _notes(document), cut(document.media_type), fields.date),
            ),
        )
        units = Units(document.text)
        for said in each.statements:
            self._statement(id, units, said, document)

    def finish(self) -> None:
        """Writes what waits, and who may see whose work: everybody everybody's."""
        for one, other in itertools.permutations(self._coders.values(), 2):
            self._insert("CODERRELATIONS", (next(self._next["CODERRELATIONS"]), one, other, 1, 1, 1, 1))
        for table in list(self._waiting):
            self._flush(table)

    def _statement(self, document_id: int, units: Units, each: ProjectStatement, document: Document) -> None:
        fields = statement_fields(each, self._question)
        kind = schema.UNSIDED if fields.agreement is None else schema.SIDED
        id, of = next(self._next["STATEMENTS"]), self._variables[kind]
        start, stop = (units.unit(point) for point in fields.span)
        self._insert("STATEMENTS", (id, kind, document_id, start, stop, self._coder(fields.coder)))
        for name, value in _names(fields):
            entity = self._entity(of[name], name, value, each.identification)
            self._data("DATASHORTTEXT", id, of[name], entity)
        if fields.agreement is not None:
            self._data("DATABOOLEAN", id, of[schema.AGREEMENT], int(fields.agreement))
        self._data("DATALONGTEXT", id, of[schema.NOTE], note(statement_record(each, document), document.id))

    def _data(self, table: str, statement: int, variable: int, value: int | str) -> None:
        """Every statement has a row for each variable of its type: the program updates rows and adds none."""
        self._insert(table, (next(self._next[table]), statement, variable, value))

    def _types(self) -> None:
        for id, label, colour in schema.STATEMENT_TYPES:
            self._insert("STATEMENTTYPES", (id, label, *colour))
        for id, name, kind, of in schema.VARIABLES:
            self._insert("VARIABLES", (id, name, kind, of))
            self._variables.setdefault(of, {})[name] = id
            for attribute in schema.ATTRIBUTES.get(name, ()):
                number = next(self._next["ATTRIBUTEVARIABLES"])
                self._insert("ATTRIBUTEVARIABLES", (number, id, attribute))
                self._attributes.setdefault(id, []).append((number, attribute))
        for id, name, kind, _ in schema.VARIABLES:
            if kind == "short text":
                self._entity(id, name, "", None)

    def _coder(self, name: str) -> int:
        if name not in self._coders:
            id = next(self._next["CODERS"])
            self._coders[name] = id
            self._database.execute(
                "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, ?, ?, ?, ?, ?)",
                (id, sound(name), *_colour(name, id), self._password),
            )
        return self._coders[name]

    def _entity(self, variable: int, name: str, value: str, found: Identification | None) -> int:
        """The id of a name; with attributes as those of the statement where it comes first."""
        if (variable, value) not in self._entities:
            id = next(self._next["ENTITIES"])
            self._entities[variable, value] = id
            self._insert("ENTITIES", (id, variable, sound(value), 0, 0, 0, None))
            known = _known(name, found) if found and value else {}
            for attribute, label in self._attributes[variable]:
                text = sound(cut(known.get(label, "")))
                self._insert("ATTRIBUTEVALUES", (next(self._next["ATTRIBUTEVALUES"]), id, attribute, text))
        return self._entities[variable, value]

    def _insert(self, table: str, row: tuple[Any, ...]) -> None:
        rows = self._waiting.setdefault(table, [])
        rows.append(row)
        if len(rows) >= PORTION:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows = self._waiting.pop(table, [])
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - names of ours


@lru_cache(maxsize=1)
def _digest(password: str) -> str:
    return schema.digest(password, secrets.token_bytes(schema.SALT))


def _names(fields: StatementFields) -> Iterator[tuple[str, str]]:
    yield schema.PERSON, fields.person
    yield schema.ORGANIZATION, fields.organization
    yield schema.CONCEPT, fields.concept


def _known(name: str, found: Identification) -> dict[str, str]:
    """What is known of a person or an organization, by its attribute's name."""
    if name == schema.PERSON:
        return {"Type": found.role or "", "Affiliation": found.affiliation or ""}
    if name == schema.ORGANIZATION:
        return {
            "Type": found.standing.value,
            "Speaks as": found.speaks_as.value,
            "Registry id": found.actor_id or "",
        }
    return {}


def _notes(document: Document) -> str:
    """Where it comes from, for people; then all that is known, on a line of its own."""
    known = MARK + note(document_record(document), document.id)
    return f"{sound(document.source_url)}\n{known}" if document.source_url else known


def _colour(name: str, id: int) -> tuple[int, int, int]:
    """One for each coder, each far from the last; yellow for Admin, grey for the machine."""
    if name == ADMIN:
        return 255, 255, 0
    if name == MACHINE_CODER:
        return 160, 160, 160
    red, green, blue = colorsys.hsv_to_rgb(id * GOLDEN % 1, 0.55 + id % 3 * 0.15, 1 - id // 3 % 3 * 0.15)
    return round(255 * red), round(255 * green), round(255 * blue)
