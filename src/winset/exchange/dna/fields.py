"""What the columns of a study file say of a statement and of a document, as winset writes them.

Writing puts them into the file; reading makes them again from winset's note and compares: what differs, somebody
changed in the other program, and that counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from winset.corpus.types import Document
from winset.exchange.dna.schema import MOST_LETTERS
from winset.exchange.projects import ProjectStatement
from winset.ids import PartialDate, content_id
from winset.positions.rulings import joint, ruled
from winset.statements.types import Statement

ADMIN, MACHINE_CODER = "Admin", "winset"  # coders that are no persons
MACHINE = "machine"
SIDES = {"favour": True, "oppose": False}
EPOCH_DAY = date(1970, 1, 1).toordinal()
DAY = 86_400  # seconds
UNDATED = 0  # in the column of dates, which must hold one
BETWEEN = "; "  # names of authors


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFields:
    """A statement's place and codes."""

    span: tuple[int, int]  # half-open, code points: from its content's first word to the last
    person: str = ""
    organization: str = ""
    concept: str = ""
    agreement: bool | None = None  # None: takes no side
    coder: str = MACHINE_CODER


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFields:
    """What a document's columns say of it."""

    title: str
    author: str
    source: str
    date: int | None  # seconds since 1970, UTC; None: no number stands there


def statement_fields(each: ProjectStatement, question: str) -> StatementFields:
    """The fields of a statement.

    question: the proposal, "" where there is none.
    """
    agreement, concept = _coded(each, question)
    return StatementFields(
        span=span(each.statement),
        person=cut(each.identification.speaker or ""),
        organization=cut(each.identification.represents or ""),
        concept=cut(concept),
        agreement=agreement,
        coder=_coder(each),
    )


def document_fields(document: Document) -> DocumentFields:
    """The fields of a document; it is called by its name where it has no title, and dated 1970 where it has no date."""
    return DocumentFields(
        title=cut(document.title or document.name),
        author=cut(BETWEEN.join(document.authors)),
        source=cut(document.publisher or ""),
        date=seconds(document.published),
    )


def span(statement: Statement) -> tuple[int, int]:
    """From the first word of the content to the last; of the cue where there is no content."""
    if statement.contents:
        return statement.contents[0].start, statement.contents[-1].end
    return statement.cue.span if statement.cue else (statement.start, statement.end)


def seconds(on: PartialDate | None) -> int:
    """The first second, UTC, of the first day that a date may mean."""
    return (on.earliest.toordinal() - EPOCH_DAY) * DAY if on else UNDATED


def cut(name: str) -> str:
    """A name short enough for a short text; two that differ still do.

    >>> cut("Harbour Board")
    'Harbour Board'
    >>> cut("x" * 200)[-10:], len(cut("x" * 200))
    ('xx… ed6cbf', 190)
    """
    if len(name) <= MOST_LETTERS:
        return name
    ending = f"… {content_id('name', name)[:6]}"
    return name[: MOST_LETTERS - len(ending)] + ending


def is_person(coder: str) -> bool:
    """Whether a coder's name may be a person's."""
    return coder != MACHINE_CODER and coder.strip().lower().split(":")[0] != MACHINE and bool(coder.strip())


def _coded(each: ProjectStatement, question: str) -> tuple[bool | None, str]:
    """For or against, and what."""
    if each.stance is not None:
        stance = ruled(each.stance, each.rulings)
        word, rung = stance.word, stance.rung
    elif each.rulings:
        codes = joint(each.rulings).codes
        word, rung = codes.word or "", codes.rung
    else:
        word, rung = "", None
    return SIDES.get(word), each.concept or rung or question


def _coder(each: ProjectStatement) -> str:
    """Who coded what counts; else who marked the statement."""
    if each.rulings:
        return cut(joint(each.rulings).coders[0])
    coder = each.statement.coder
    return cut(coder) if is_person(coder) else MACHINE_CODER
