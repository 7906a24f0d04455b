"""Records of a project: all that winset knows of a statement, a document or a question, for a note in another program.

    x_of(x_record(value), ...) == value

What comes back may have been changed by anybody: every value is checked before it is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict

from winset import records
from winset.corpus.types import Document
from winset.errors import BadCase, WinsetError
from winset.exchange.projects import ProjectStatement
from winset.issues import CaseSpec

if TYPE_CHECKING:
    from pydantic import TypeAdapter


_ZERO = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # as JSON has it


class DocumentRecord(TypedDict):
    """What is known of a document besides its text."""

    name: str
    title: str | None
    authors: list[str]
    publisher: str | None
    published: str | None
    language: str | None
    source_url: str | None
    retrieved_at: str | None
    media_type: str
    reader: str
    found_in: list[tuple[str, str]]
    links: list[tuple[int, int, str]] | None


class WordsRecord(TypedDict):
    """A statement's places in its document: half-open, Unicode code points."""

    source_start: int | None
    source_end: int | None
    cue_start: int | None
    cue_end: int | None
    contents: list[tuple[int, int]]
    form: str
    hedged: bool
    via: list[str]
    said_on: str | None
    confidence: float  # 0-1
    coder: str
    run_id: str


class IdentificationRecord(TypedDict):
    """Who the source is."""

    speaker: str | None
    represents: str | None
    actor_id: str | None
    standing: str
    score: float  # 0-1
    rule: str
    by: str
    role: str | None
    affiliation: str | None
    speaks_as: str
    joint: bool
    at: str | None
    why: str | None


class StanceRecord(TypedDict):
    """What it says for or against."""

    issue_id: str
    relevance: float  # 0-1
    direction: float  # -1 against .. 1 for
    confidence: float  # 0-1
    by: str
    reason: str
    firmness: float  # 0-1
    hedged: bool
    conditional: bool
    voice: str
    rung: str | None


class RulingRecord(TypedDict):
    """One coder's codes; None: not coded."""

    coder: str
    stance: str | None
    direction: float | None
    firmness: float | None
    hedged: bool | None
    conditional: bool | None
    voice: str | None
    rung: str | None
    relevance: float | None
    actor: str | None
    why: str


class StatementRecord(TypedDict):
    """All of a statement."""

    statement: WordsRecord
    identification: IdentificationRecord
    stance: StanceRecord | None
    rulings: list[RulingRecord]
    concept: str | None


class QuestionRecord(TypedDict):
    """The issue, and for an own body its thresholds."""

    proposal: str
    body: str
    rule: str
    decided_on: str
    proposal_value: float
    status_quo: float
    outcome: float | None
    body_name: str | None
    options: list[tuple[str, float]]
    thresholds: list[tuple[str, str, bool]]


class SeatRecord(TypedDict):
    """A member of an own body."""

    actor_id: str
    name: str
    votes: int
    veto: bool
    weights: list[tuple[str, int]]


class SpecRecord(TypedDict):
    """The question with its own body's members."""

    case: QuestionRecord
    seats: list[SeatRecord]


def statement_record(each: ProjectStatement, document: Document) -> dict[str, Any]:
    """All of it as plain values, offsets in place of words.  Raises BadSpan for words not in the document."""
    ids = ("id", "document_id", "statement_id", "take")
    return {
        "statement": _without(records.statement_row(each.statement, document), *ids),
        "identification": _without(records.identification_row(each.identification), *ids),
        "stance": _without(records.stance_row(each.stance), *ids) if each.stance else None,
        "rulings": [_without(records.ruling_row(ruling, 0), *ids) for ruling in each.rulings],
        "concept": each.concept,
    }


def statement_of(record: object, document: Document) -> ProjectStatement:
    """The statement of which the record was made; its id follows from its words' places.

    Raises BadCase for a record that does not fit the document or itself.
    """
    with _fitting("a statement"):
        checked = _checker(StatementRecord).validate_python(_sound(record))
        statement = records.statement_value({**checked["statement"], "id": ""}, document)
        about = {"statement_id": statement.id, "take": 0}
        stance = checked["stance"]
        return ProjectStatement(
            statement=statement,
            identification=records.identification_value({**checked["identification"], **about}),
            stance=records.stance_value({**stance, **about}) if stance is not None else None,
            rulings=tuple(replace(records.ruling_value({**each, **about}), take=0) for each in checked["rulings"]),
            concept=checked["concept"],
        )


def document_record(document: Document) -> dict[str, Any]:
    """What is known of a document besides its text."""
    return _without(records.document_row(document), "id", "text")


def document_of(record: object, text: str) -> Document:
    """The document of which the record was made, with that text.

    Raises BadCase for a record that does not fit.
    """
    with _fitting("a document"):
        return records.document_value({**_checker(DocumentRecord).validate_python(_sound(record)), "text": text})


def spec_record(spec: CaseSpec) -> dict[str, Any]:
    """The question as plain values."""
    return {"case": records.case_row(spec), "seats": [records.seat_row(seat) for seat in spec.seats]}


def spec_of(record: object) -> CaseSpec:
    """The question of which the record was made.  Raises BadCase for one that does not fit."""
    with _fitting("the question"):
        checked = _checker(SpecRecord).validate_python(_sound(record))
        return records.case_value(checked["case"], checked["seats"])


def _sound(record: object) -> object:
    """The record.  Raises BadCase for texts that no case can keep."""
    told = json.dumps(record, ensure_ascii=False)
    if _ZERO.search(told) or not (told.isascii() or told.encode("utf-8", "replace").decode() == told):
        raise BadCase("a zero byte, or half of a character")
    return record


@contextmanager
def _fitting(what: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError, ArithmeticError, WinsetError) as error:
        raise BadCase(f"what winset noted of {what} does not fit: {_told(error)}") from None


def _told(error: Exception) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}"[:200]
    return str(error)[:200]


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


@cache
def _checker(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
