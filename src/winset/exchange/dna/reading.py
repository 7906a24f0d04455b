"""Reads a study file as a project: winset's own with its notes, any other as its coders coded it.

The file's columns win. A note counts as far as they still say what it says; what somebody changed in the program is
that person's word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from winset.corpus.types import Document, Rejected
from winset.errors import BadCase, TooLarge
from winset.exchange.dna import notes, opening
from winset.exchange.dna.codings import Codings, Named, StatementType, Told, clean, person_name, text_of
from winset.exchange.dna.fields import BETWEEN, DocumentFields, document_fields
from winset.exchange.dna.offsets import Cleaned, Units
from winset.exchange.dna.opening import AGREEMENT, day, no_such_variables, opened, ordinary_tables, plain, variables
from winset.exchange.project_records import document_of, spec_of
from winset.exchange.projects import Project, ProjectDocument, ProjectStatement, moved
from winset.ids import content_id
from winset.issues import CaseSpec

TABLES = (*opening.TABLES, "SETTINGS", "CODERS", "DATALONGTEXT")
DATA = {
    **dict.fromkeys(("DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT"), ("d.Value", "")),
    "DATASHORTTEXT": ("e.Value", "LEFT JOIN ENTITIES e ON e.ID = d.Entity"),
}


@dataclass(slots=True, kw_only=True)
class _Place:
    """A document of the file, and its statements as they come."""

    id: int
    title: str
    document: Document
    units: Units  # of the text as the file has it
    cleaned: Cleaned
    said: list[ProjectStatement] = field(default_factory=list)
    stale: int = 0  # statements noted of a text that was another one

    def __str__(self) -> str:
        return f"document {plain(self.id)}, {self.title[:60]!r}"

    def span(self, start: object, stop: object) -> tuple[int, int]:
        """A statement's place in the clean text.  Raises BadCase where it stands nowhere."""
        size = self.units.size
        if not (isinstance(start, int) and isinstance(stop, int) and 0 <= start < stop <= size):
            at = f"from {str(start)[:20]!r} to {str(stop)[:20]!r}"
            raise BadCase(f"stands {at} of a text of {size} characters: mark it again")
        found = self.cleaned.span(*self.units.span(start, stop))
        if found[0] >= found[1]:
            raise BadCase("covers no character that can be seen: mark it again")
        return found


def read_dna_project(
    path: Path,
    *,
    person: str = "person",
    actor: str = "organization",
    concept: str = "concept",
    agreement: str = "agreement",
) -> Project:
    """All documents and statements of a study file; annotations are statements that are not about the question.

    person, actor, concept, agreement: names of the variables that tell who spoke, for whom, of what, and whether for
    it; agreement is true or false, or an integer on whatever scale the file's values span.
    Raises Missing, NotText, TooLarge, Damaged, and BadCase for variables that no type of statement has.
    Source of the format: Discourse Network Analyzer 3.0, its database schema.
    """
    with opened(path, tables=TABLES) as database:
        return _Reader(path, database).read(Named(person=person, actor=actor, concept=concept, agreement=agreement))


class _Reader:
    """One reading of one file."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self._path = path
        self._database = database
        self._rejected: list[Rejected] = []
        self._unkept: list[str] = []

    def read(self, named: Named) -> Project:
        types = self._types(named)
        spec, own = self._question()
        codings = Codings(spec=spec, named=named, direction=_direction(self._database, types, named.agreement))
        coders = {id: person_name(name, id) for id, name in self._few("SELECT ID, Name FROM CODERS")}
        places = self._places()
        self._read_statements(codings, types, coders, {place.id: place for place in places})
        documents = tuple(self._documents(places))
        if not own:
            self._leave_behind()
        return Project(spec=spec, documents=documents, rejected=tuple(self._rejected), unkept=tuple(self._unkept))

    def _types(self, named: Named) -> dict[object, StatementType]:
        """The types of statement.  Raises BadCase where none codes what is asked for, and statements are there."""
        labels = dict(self._few("SELECT ID, Label FROM STATEMENTTYPES"))
        coded = variables(self._database)
        found: dict[object, StatementType] = {
            id: StatementType(label=clean(labels.get(id)), variables=each) for id, each in coded.items()
        }
        fits = (
            each.has(named.actor, "short text")
            and each.has(named.concept, "short text")
            and each.has(named.agreement, *AGREEMENT)
            for each in found.values()
        )
        if not any(fits) and self._database.execute("SELECT 1 FROM STATEMENTS LIMIT 1").fetchone():
            raise no_such_variables(
                self._path, coded, actor=named.actor, concept=named.concept, agreement=named.agreement
            )
        return found

    def _question(self) -> tuple[CaseSpec | None, bool]:
        """The question, and whether winset wrote the file."""
        row = self._database.execute(
            "SELECT Value FROM SETTINGS WHERE Property = ? LIMIT 1", (notes.QUESTION,)
        ).fetchone()
        note = notes.noted(row[0]) if row else None
        record = notes.record(note) if note else {}
        if not record:
            return None, note is not None
        try:
            return spec_of(record), True
        except BadCase as error:
            self._refuse("the question", f"{error}: state it anew")
            return None, True

    def _places(self) -> list[_Place]:
        rows = self._database.execute(
            "SELECT ID, Text, Title, Author, Source, Notes, Date FROM DOCUMENTS ORDER BY ID LIMIT ?",
            (opening.MOST_STATEMENTS,),
        )
        names: set[str] = set()
        return [self._place(id, text, told, names) for id, text, *told in rows]

    def _place(self, id: int, text: object, told: Sequence[Any], names: set[str]) -> _Place:
        title, author, source, own, date = told
        if not isinstance(text, str):
            self._refuse(f"document {plain(id)}", "its text is no text: it is taken as empty")
        raw = text_of(text)
        fields = DocumentFields(title=text_of(title), author=text_of(author), source=text_of(source), date=_whole(date))
        note = notes.noted_line(text_of(own))
        cleaned = Cleaned(raw, clean=note is not None and note.get("document") == content_id("document", raw))
        document = self._noted_document(note, cleaned.text, fields, id) if note else None
        if document is None:
            document = _as_told(cleaned.text, fields, name=_unique(clean(title), id, names))
        return _Place(id=id, title=fields.title, document=document, units=Units(raw), cleaned=cleaned)

    def _noted_document(self, note: dict[str, Any], text: str, told: DocumentFields, id: int) -> Document | None:
        """The document as noted, but for what the columns say otherwise; None for a note that does not fit."""
        record = notes.record(note)
        try:
            document = document_of({**record, "links": None}, text)
            if document.id == note.get("document"):
                document = document_of(record, text)  # links lead from places in this text, and no other
        except BadCase as error:
            self._refuse(f"document {plain(id)}, {told.title[:60]!r}", f"{error}: taken as its columns tell it")
            return None
        was = document_fields(document)
        if told.title != was.title:
            document = replace(document, title=clean(told.title) or None)
        if told.author != was.author:
            document = replace(document, authors=_authors(told.author))
        if told.source != was.source:
            document = replace(document, publisher=clean(told.source) or None)
        if told.date != was.date:
            document = replace(document, published=day(told.date))
        return document

    def _read_statements(
        self,
        codings: Codings,
        types: Mapping[object, StatementType],
        coders: Mapping[object, str],
        places: Mapping[object, _Place],
    ) -> None:
        values = _Values(self._database)
        untyped = StatementType(label="", variables={})
        for id, type_id, document, start, stop, coder in self._statement_rows():
            place = places.get(document)
            if place is None:
                self._refuse(
                    f"statement {plain(id)}", f"stands in document {plain(document)}, which is not there: delete it"
                )
                continue
            name = f"statement {plain(id)} in {place.title[:60]!r}"
            try:
                told = codings.told(
                    types.get(type_id, untyped),
                    values.of(id),
                    span=place.span(start, stop),
                    coder=coders.get(coder) or person_name("", coder),
                )
            except BadCase as error:
                self._refuse(name, str(error))
            else:
                place.said.append(self._statement(codings, told, place, name))

    def _statement(self, codings: Codings, told: Told, place: _Place, name: str) -> ProjectStatement:
        if told.note is not None:
            try:
                found = codings.noted(told, place.document)
            except BadCase as error:
                self._refuse(name, f"{error}: taken as coded")
            else:
                place.stale += told.note.get("document") != place.document.id
                return found
        return codings.as_told(told, place.document)

    def _statement_rows(self) -> Iterable[tuple[Any, ...]]:
        """(id, type, document, start, stop, coder) in order of the ids.  Raises TooLarge."""
        (count,) = self._database.execute("SELECT count(*) FROM STATEMENTS").fetchone()
        if count > opening.MOST_STATEMENTS:
            raise TooLarge(f"{self._path}: {count:,} statements: at most {opening.MOST_STATEMENTS:,}")
        return self._database.execute(
            "SELECT ID, StatementTypeId, DocumentId, Start, Stop, Coder FROM STATEMENTS ORDER BY ID"
        )

    def _documents(self, places: Sequence[_Place]) -> Iterator[ProjectDocument]:
        """The documents with their statements in text order; those of one text are one."""
        first: dict[str, _Place] = {}
        for place in places:
            known = first.setdefault(place.document.id, place)
            if known is not place:
                known.said.extend(place.said)
                self._refuse(str(place), f"the same text as {known}: its statements are taken there")
            if place.stale:
                lost = "may have lost the words that name source and cue: look at them again"
                self._refuse(str(place), f"its text was changed: {place.stale} statements {lost}")
        for place in first.values():
            ordered = sorted(place.said, key=lambda each: each.statement.start)
            yield ProjectDocument(document=place.document, statements=tuple(_apart(ordered)))

    def _leave_behind(self) -> None:
        """Tells what a project has no place for."""
        if {"ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES"} <= ordinary_tables(self._database):
            rows = self._few(
                """
                SELECT v.AttributeVariable, count(*) FROM ATTRIBUTEVALUES a
                JOIN ATTRIBUTEVARIABLES v ON v.ID = a.AttributeVariableId
                WHERE a.AttributeValue <> '' GROUP BY v.AttributeVariable ORDER BY v.AttributeVariable
                """
            )
            told = ", ".join(f"{plain(name)} ({count})" for name, count in rows[:20])
            if told:
                self._unkept.append(f"attributes {told}: what winset knows of actors stands in its registry")
        for column in ("Section", "Type", "Notes"):
            (count,) = self._database.execute(
                f"SELECT count(*) FROM DOCUMENTS WHERE {column} <> '' AND Notes NOT LIKE ?",  # noqa: S608 - ours
                (f"%{notes.MARK}%",),
            ).fetchone()
            if count:
                self._unkept.append(f"{column} of {count} documents")

    def _few(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a small table."""
        return self._database.execute(f"{query} LIMIT ?", (opening.MOST_VARIABLES,)).fetchall()

    def _refuse(self, name: str, reason: str) -> None:
        self._rejected.append(Rejected(name=f"{self._path.name}: {name}", reason=reason, kind="BadCase"))


class _Values:
    """What is coded of one statement after the other: the tables are read side by side, in order of the ids."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._tables = [_in_order(database, name, *of) for name, of in DATA.items()]
        self._waiting = [next(rows, None) for rows in self._tables]

    def of(self, id: object) -> dict[int, object]:
        """By variable; ids are asked for in ascending order."""
        found: dict[int, object] = {}
        for table, rows in enumerate(self._tables if isinstance(id, int) else ()):
            row = self._waiting[table]
            while row is not None and row[0] < id:  # of statements that are not there
                row = next(rows, None)
            while row is not None and row[0] == id:
                found[row[1]] = row[2]
                row = next(rows, None)
            self._waiting[table] = row
        return found


def _in_order(database: sqlite3.Connection, table: str, value: str, join: str) -> Iterator[tuple[Any, ...]]:
    """(statement, variable, value) in order of the statements."""
    return iter(
        database.execute(
            f"""
            SELECT d.StatementId, d.VariableId, {value} FROM {table} d {join}
            WHERE typeof(d.StatementId) = 'integer' ORDER BY d.StatementId
            """  # noqa: S608 - the tables are ours
        )
    )


def _direction(
    database: sqlite3.Connection, types: Mapping[object, StatementType], agreement: str
) -> Callable[[int], float]:
    """What an integer agreement comes to, -1 to 1: 0 stays 0 where there are values below it."""
    levels: list[int] = []
    for each in types.values():
        if each.has(agreement, "integer"):
            row = database.execute(
                "SELECT min(Value), max(Value) FROM DATAINTEGER WHERE VariableId = ? AND typeof(Value) = 'integer'",
                (each.variables[agreement][0],),
            ).fetchone()
            levels += [level for level in row if level is not None]
    low, high = min(levels, default=0), max(levels, default=0)
    if low < 0:
        return lambda level: level / max(-low, high)
    return lambda level: 2 * (level - low) / (high - low) - 1 if high > low else 1.0


def _apart(said: Sequence[ProjectStatement]) -> Iterator[ProjectStatement]:
    """Statements on the same words by the same coder, told apart: "Ada", "Ada (2)"."""
    seen: set[str] = set()
    for each in said:
        number, found = 1, each
        while found.statement.id in seen:
            number += 1
            found = moved(each, replace(each.statement, coder=f"{each.statement.coder} ({number})"))
        seen.add(found.statement.id)
        yield found


def _as_told(text: str, told: DocumentFields, *, name: str) -> Document:
    """A document of another program's making."""
    title, publisher, authors = clean(told.title) or None, clean(told.source) or None, _authors(told.author)
    published = day(told.date)
    columns = (
        *(("title", title, "Title"), ("authors", authors, "Author"), ("publisher", publisher, "Source")),
        ("published", published, "Date"),
    )
    return Document(
        name=name,
        text=text,
        title=title,
        authors=authors,
        publisher=publisher,
        published=published,
        found_in=tuple((of, f"column {column}") for of, value, column in columns if value),
    )


def _authors(told: str) -> tuple[str, ...]:
    return tuple(filter(None, (clean(name) for name in told.split(BETWEEN.strip()))))


def _unique(title: str, id: int, names: set[str]) -> str:
    """A document's title as its name; with its number where others have the same, or it has none."""
    found = title if title and title not in names else f"{title or 'document'} ({id})"
    names.add(found)
    return found


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
