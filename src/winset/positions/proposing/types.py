"""An issue as documents put it, for a person to accept: every part with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from winset.corpus.types import Anchor
from winset.errors import NoEvidence
from winset.ids import DocumentId, PartialDate, StatementId, on_issue_scale


class RungKind(StrEnum):
    """How far an offer goes, in the order of the scale; a declared rule, not a measurement."""

    DELAY = "delay"  # the decision put off
    KEPT = "kept"  # an arrangement that exists goes on
    OTHER = "other"  # something else instead
    SMALLER = "smaller"  # the proposal itself, shorter, smaller or with exceptions


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRung:
    """What is offered instead or in between."""

    label: str
    value: float  # placeholder on the scale 0-100, by kind and support; the analyst's to set
    kind: RungKind
    score: float
    evidence: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        on_issue_scale(self.value, f"rung {self.label!r}")
        if not self.evidence:
            raise NoEvidence(f"rung {self.label!r} cites nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedIssue:
    """What is asked for, with what speaks of it."""

    proposal: str
    score: float  # comparable within one call only
    phrases: tuple[str, ...]  # near variants that were taken as one, the commonest first
    evidence: tuple[Anchor, ...]  # the words that ask for it or speak of it, the plainest first
    statements: tuple[StatementId, ...]  # attributed statements that hold such words
    documents: int  # that speak of it
    origins: int  # independent ones
    rungs: tuple[ProposedRung, ...] = ()
    status_quo: tuple[Anchor, ...] = ()  # sentences on what is the case now

    def __post_init__(self) -> None:
        if not self.evidence:
            raise NoEvidence(f"proposal {self.proposal!r} cites nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A body, rule or day that the documents name, with the words that name it."""

    value: str  # key of the body, id of the rule, date
    score: float
    evidence: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """All that documents alone say of what is to be decided. Empty: they do not say, and the analyst is asked."""

    issues: tuple[ProposedIssue, ...]  # best first, never empty
    bodies: tuple[Found, ...] = ()  # best first
    rules: tuple[Found, ...] = ()
    days: tuple[Found, ...] = ()
    latest: PartialDate | None = None  # day of the latest document


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One mention of something asked for or spoken of, as the grammar of its sentence gives it."""

    document_id: DocumentId
    start: int  # half-open, from the deed's first word to the object's last
    end: int
    deed: str  # the verb, base form with its particle; "" where none
    deed_written: bool  # the deed stands as a verb right before its object
    phrase: str  # the object as written; "" where only the deed is named
    core: tuple[str, ...]  # stems of the object's words before its first preposition, the head last
    terms: frozenset[str]  # stems of all its telling words
    weight: float  # how plainly it is asked for, opposed or supported
    side: str  # "ask", "side" or ""
    prominent: bool = False  # in a title, heading or first paragraph
