"""Statements as a coding sheet: which of them, in which order, with what beside them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.exchange.coding_columns import CODER, MACHINE, PERSON, STATEMENT
from winset.exchange.coding_csv import csv_bytes
from winset.exchange.coding_xlsx import xlsx_bytes
from winset.issues import Issue
from winset.positions.rulings import ABOUT, WORDS
from winset.positions.types import Stance, Voice
from winset.statements.types import Statement

CONTEXT = 240  # characters of the text on either side
MARK = "id:"  # before an id that a spreadsheet would read as a number
YES_NO = ("yes", "no")

_NUMBER_LIKE = re.compile(r"\d+(?:e\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCode:
    """A statement with what the machine made of it."""

    document: Document
    statement: Statement
    identification: Identification
    stance: Stance

    @property
    def certainty(self) -> float:
        """How sure the machine is of its stance, 0-1: of what it says of an issue only where it thinks it is one."""
        apart = abs(2 * self.stance.relevance - 1)
        return apart if self.stance.relevance < ABOUT else min(apart, self.stance.confidence)


def chosen(
    statements: Sequence[ToCode], *, sample: int | None = None, seed: int = 0, uncertain_first: bool = False
) -> tuple[ToCode, ...]:
    """The statements for a sheet: all, a random sample in the order of the case, or the least certain first.

    uncertain_first: with a sample, the least certain ones and no chance in it.  Source: Lewis & Gale (1994).
    """
    if uncertain_first:
        ranked = sorted(statements, key=lambda each: (each.certainty, each.statement.id))
        return tuple(ranked[:sample])
    if sample is None or sample >= len(statements):
        return tuple(statements)
    ids = sorted(each.statement.id for each in statements)  # whatever order they came in, a seed draws the same
    drawn = set(random.Random(seed).sample(ids, sample))  # noqa: S311 - to be repeated, not to be secret
    return tuple(each for each in statements if each.statement.id in drawn)


def sheet(statements: Iterable[ToCode], issue: Issue, *, workbook: bool, blind: bool = False, coder: str = "") -> bytes:
    """The sheet as a file's content: a row for each statement, the coder's columns empty.

    blind: without what the machine made of it.  coder: written into the coder's column.
    """
    header = [*STATEMENT, *({} if blind else MACHINE), *PERSON]
    rows = (list(map(_values(each, coder).get, header)) for each in statements)
    if not workbook:
        return csv_bytes([header, *rows])
    choices = {
        "stance": WORDS,
        "voice": tuple(Voice),
        "hedged": YES_NO,
        "conditional": YES_NO,
        "rung": tuple(option.label for option in issue.options if "," not in option.label),
    }
    return xlsx_bytes(rows, header=header, choices=choices)


def as_id(id: str) -> str:
    """An id as it stands in a sheet.

    >>> as_id("9cdd0514860fd41c"), as_id("1234567890123456"), as_id("12345678901e3456")
    ('9cdd0514860fd41c', 'id:1234567890123456', 'id:12345678901e3456')
    """
    return f"{MARK}{id}" if _NUMBER_LIKE.fullmatch(id) else id


def _values(each: ToCode, coder: str) -> dict[str, str | float | None]:
    said, who, stance, document = each.statement, each.identification, each.stance, each.document
    date = said.said_on or document.published
    return {
        "id": as_id(said.id),
        "document": _line(document.name),
        "text_hash": as_id(document.id),
        "date": date.text if date else None,
        "source": _line(said.source.exact) if said.source else None,
        "cue": _line(said.cue.exact) if said.cue else None,
        "content": _line(said.words),
        "before": _line(document.text[max(0, said.start - CONTEXT) : said.start]),
        "after": _line(document.text[said.end : said.end + CONTEXT]),
        "speaker": _line(who.speaker or ""),
        "represents": _line(who.represents or ""),
        "machine_stance": stance.word,
        "machine_confidence": stance.confidence,
        "machine_direction": stance.direction,
        "machine_relevance": stance.relevance,
        "machine_firmness": stance.firmness,
        "machine_hedged": YES_NO[not stance.hedged],
        "machine_conditional": YES_NO[not stance.conditional],
        "machine_voice": stance.voice.value,
        "machine_rung": stance.rung,
        "machine_reason": _line(stance.reason),
        CODER: coder or None,
    }


def _line(words: str) -> str:
    """On one line, so that a sheet's rows are a file's lines."""
    return " ".join(words.split())
