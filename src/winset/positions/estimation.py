"""Coded statements -> one position for each actor: support counted by origin, not by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from winset import __version__
from winset.actors.types import Identification
from winset.ids import ActorId, PartialDate, StatementId, content_id
from winset.issues import Issue
from winset.positions import observations
from winset.positions.contributions import contributions
from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import Observations, Reading, joined
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.salience import Heard, rank, salience
from winset.positions.types import Position, Stance, Voice
from winset.provenance import Run
from winset.sourcing.types import Origin
from winset.statements.types import Form, Statement

METHOD = "normal-shrinkage"
QUOTED = (Form.DIRECT, Form.MIXED)
SIDED = ("favour", "oppose")  # words without a side say nothing of the middle either
_PRECISION = ("year", "month", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A statement with what the earlier steps made of it."""

    statement: Statement
    identification: Identification
    stance: Stance
    origin: Origin
    published: PartialDate | None = None  # of its document
    prominence: float | None = None  # of its place in the document, 0-1

    @property
    def actor_id(self) -> ActorId | None:
        """Whose position it is evidence for: a registered actor, or a commentator by name; None: nobody known."""
        if self.identification.actor_id is not None:
            return self.identification.actor_id
        if not self.identification.is_somebody:
            return None
        return ActorId(content_id("source", self.identification.represents, self.identification.speaker or ""))

    @property
    def counts(self) -> bool:
        """Whether it moves a position: about the issue, and with a side."""
        return self.actor_id is not None and self.stance.word in SIDED

    @property
    def said(self) -> PartialDate | None:
        """When it was said, as far as known; else when its document was published."""
        return self.statement.said_on or self.published

    @property
    def known_by(self) -> date | None:
        """The last day on which it may have been said: a document tells nothing of the days after it."""
        days = [day.latest for day in (self.statement.said_on, self.published) if day is not None]
        return min(days, default=None)

    @property
    def voice(self) -> Voice:
        """Quotation marks make words the actor's own, unless the stance says that somebody else judged them."""
        quoted = self.statement.form in QUOTED and self.stance.voice is not Voice.ASCRIBED
        return Voice.OWN if quoted else self.stance.voice

    def reading(self, issue: Issue, on: date) -> Reading:
        """What it says as a measurement, on a day of interest."""
        stance = self.stance
        return Reading(
            statement_id=self.statement.id,
            origin=self.origin.key,
            value=observations.place(stance.direction, issue, rung=stance.rung),
            confidence=stance.confidence,
            score=self.identification.score,
            days=(on - self.known_by).days if self.known_by else 0,
            firmness=stance.firmness,
            hedged=stance.hedged or self.statement.hedged,
            conditional=stance.conditional,
            voice=self.voice,
        )


def positions(
    coded: Sequence[Evidence],
    *,
    issue: Issue,
    method: str = METHOD,
    as_of: PartialDate | None = None,
    prior: Prior = ANYWHERE,
) -> tuple[Position, ...]:
    """A position for each actor with at least one statement for or against, by actor id.

    as_of: only what is known to have been said on or before its last day counts, and how old it is counts from there;
    what has no date does not count then. None: everything counts, from the day of decision.
    Actors with nothing on record get none: unknown is not the middle. `prior.assumed_position` makes one for a model
    that needs it.
    Raises UnknownMethod, BadCase for a stance on an option that the issue does not have.
    """
    ESTIMATORS[method]  # an unknown one is refused even where nobody said anything
    on = (as_of or issue.on).latest
    found = (
        position(actor_id, rows, issue=issue, method=method, on=on, prior=prior)
        for actor_id, rows in sorted(by_actor(until(coded, as_of)).items())
    )
    return tuple(each for each in found if each is not None)


def until(coded: Sequence[Evidence], as_of: PartialDate | None) -> Sequence[Evidence]:
    """What was on record on that day; everything where none is given."""
    if as_of is None:
        return coded
    return [each for each in coded if each.known_by is not None and each.known_by <= as_of.latest]


def by_actor(coded: Sequence[Evidence]) -> dict[ActorId, list[Evidence]]:
    """The evidence of each actor, in its order; without that of nobody known."""
    found: dict[ActorId, list[Evidence]] = {}
    for evidence in coded:
        if evidence.actor_id is not None:
            found.setdefault(evidence.actor_id, []).append(evidence)
    return found


def position(
    actor_id: ActorId, rows: Sequence[Evidence], *, issue: Issue, method: str, on: date, prior: Prior = ANYWHERE
) -> Position | None:
    """One actor's position from all that it said; None where none of it is for or against.

    on: the day from which the age of statements counts.
    """
    used = [row for row in rows if row.counts]
    if not used:
        return None
    readings = [row.reading(issue, on) for row in used]
    seen = joined(readings)
    evidence = tuple(reading.statement_id for reading in readings)
    found = stated(actor_id, issue, evidence, seen, [heard(row) for row in rows], method=method, prior=prior)
    return replace(found, as_of=latest(used, issue), contributions=contributions(readings, method=method, prior=prior))


def stated(
    actor_id: ActorId,
    issue: Issue,
    evidence: tuple[StatementId, ...],
    seen: Observations,
    signs: Sequence[Heard],
    *,
    method: str,
    prior: Prior = ANYWHERE,
) -> Position:
    """The estimate from these observations as a position as of the day of decision, without what each statement did."""
    estimate = ESTIMATORS[method](seen, prior=prior)
    cares, cares_error = salience(signs)
    return Position(
        actor_id=actor_id,
        issue_id=issue.id,
        value=round(estimate.value, 1),
        std_error=round(estimate.std_error, 1),
        salience=round(cares, 2),
        salience_error=round(cares_error, 2),
        as_of=issue.on,
        evidence=evidence,
        origins=len(seen.values),
        method=method,
        run_id=Run(step="positions", method=method, version=__version__, inputs=tuple(sorted(evidence))).id,
    )


def heard(row: Evidence) -> Heard:
    """A statement as a sign of what its actor cares for."""
    return Heard(
        about=row.stance.word != "none",
        origin=row.origin.key,
        prominence=row.prominence,
        rank=rank(row.identification.role),
    )


def latest(used: Sequence[Evidence], issue: Issue) -> PartialDate:
    """The date of the last word that counts: of vague ones the day from which on it may have been said."""
    dates = [row.said for row in used if row.said is not None]
    return max(dates, key=lambda day: (day.earliest, _PRECISION.index(day.precision)), default=issue.on)
