"""Stance and Position. Imports nothing that reads text, so that decisions can use it alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from winset.errors import NoEvidence, OffScale
from winset.ids import (
    ActorId,
    EvidenceId,
    IssueId,
    PartialDate,
    RunId,
    StatementId,
    on_issue_scale,
    on_unit_scale,
)


class Voice(StrEnum):
    """In whose words a stance reaches the reader; a name of `statements.types.Form` is not enough to tell."""

    OWN = "own"  # quoted, or written by the actor itself
    REPORTED = "reported"  # a named medium or document tells what the actor said
    ASCRIBED = "ascribed"  # the author, or somebody else, says where the actor stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What one statement says for or against the proposal."""

    statement_id: StatementId
    issue_id: IssueId
    relevance: float  # that it is about this issue at all, 0-1
    direction: float  # -1 against .. +1 for; 0 with relevance: neutral
    confidence: float  # 0-1
    by: str = "machine"
    reason: str = ""  # the words or rule that decided, for a person to check
    firmness: float = 1.0  # 0-1: a veto or a flat refusal is 1, a concern or a leaning less
    hedged: bool = False  # "may", "is said to", "reportedly"
    conditional: bool = False  # "if", "unless", "provided that": holds only then
    voice: Voice = Voice.REPORTED
    rung: str | None = None  # label of the option it speaks of; None: the proposal itself

    def __post_init__(self) -> None:
        on_unit_scale(self.relevance, "a stance's relevance")
        on_unit_scale(self.confidence, "a stance's confidence")
        on_unit_scale(self.firmness, "a stance's firmness")
        if not -1 <= self.direction <= 1:
            raise OffScale(f"a stance's direction is {self.direction}: allowed is -1 to 1")

    @property
    def word(self) -> str:
        """One of favour, oppose, neutral, unclear, none (not about the issue)."""
        if self.relevance < 0.5:  # noqa: PLR2004 - more likely not about it than about it
            return "none"
        if self.confidence < 0.3:  # noqa: PLR2004 - below this the lexicon is guessing
            return "unclear"
        if abs(self.direction) < 0.15:  # noqa: PLR2004
            return "neutral"
        return "favour" if self.direction > 0 else "oppose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one statement did to a position."""

    statement_id: StatementId
    origin: str  # key of the independent origin it counts under
    value: float  # 0-100, issue scale: the place it speaks for, taken alone
    weight: float  # 0-1, its share of all that moved the position; those of one position sum to 1
    moved: float  # points of the scale: the position as it is, less what it would be without this statement

    def __post_init__(self) -> None:
        on_issue_scale(self.value, f"what {self.statement_id} speaks for")
        on_unit_scale(self.weight, f"weight of {self.statement_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an actor stands on an issue, and what says so."""

    actor_id: ActorId
    issue_id: IssueId
    value: float  # 0-100, issue scale
    std_error: float  # same scale; 0 only when a person asserted the value
    salience: float  # 0-1
    as_of: PartialDate
    evidence: tuple[EvidenceId, ...]  # empty only when `assumed` says which assumption made it
    origins: int = 0  # independent origins behind the evidence
    assumed: str | None = None
    contributions: tuple[Contribution, ...] = ()  # one for each statement of `evidence`, in its order
    salience_error: float = 0.0  # standard error of the salience, 0-1
    method: str = ""  # id of the estimator
    others: int = 0  # statements that moved it besides `evidence`: of many only some are named
    run_id: RunId = RunId("")

    @property
    def behind(self) -> int:
        """How many statements moved it."""
        return len(self.evidence) + self.others

    def __post_init__(self) -> None:
        on_issue_scale(self.value, f"position of {self.actor_id}")
        on_unit_scale(self.salience, f"salience of {self.actor_id}")
        on_unit_scale(self.salience_error, f"standard error of the salience of {self.actor_id}")
        if not self.std_error >= 0:
            raise OffScale(f"standard error of {self.actor_id} is {self.std_error}: allowed is 0 or more")
        if not self.evidence and not self.assumed:
            raise NoEvidence(f"position of {self.actor_id} cites nothing: pass evidence=(...) or assumed='...'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """From one day on an actor stands elsewhere than before, by more than the uncertainty of both."""

    actor_id: ActorId
    on: PartialDate  # when the first statement from the new place was made
    before: float  # 0-100, issue scale: where it stood until then
    after: float  # and where since
    std_error: float  # of the difference, same scale
    statements: tuple[StatementId, ...]  # those made since, that put it there; in order of time

    def __post_init__(self) -> None:
        on_issue_scale(self.before, f"where {self.actor_id} stood")
        on_issue_scale(self.after, f"where {self.actor_id} stands")
        if not self.std_error >= 0:
            raise OffScale(f"standard error of a shift of {self.actor_id} is {self.std_error}: allowed is 0 or more")
