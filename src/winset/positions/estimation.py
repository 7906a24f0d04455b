"""Coded statements -> one position for each actor: support counted by origin, not by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset import __version__
from winset.actors.types import Identification
from winset.ids import ActorId, PartialDate, content_id
from winset.issues import Issue
from winset.positions.estimators import ESTIMATORS
from winset.positions.types import Position, Stance
from winset.provenance import Run
from winset.sourcing.types import Origin
from winset.statements.types import Form, Statement

OWN_WORDS = {Form.DIRECT: 1.0, Form.MIXED: 1.0, Form.INDIRECT: 0.8, Form.ACT: 0.8}  # share of trust by whose words
HEDGED = 0.5
SIDED = ("favour", "oppose")  # words without a side say nothing of the middle either


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A statement with what the earlier steps made of it."""

    statement: Statement
    identification: Identification
    stance: Stance
    origin: Origin

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
    def weight(self) -> float:
        """Trust in it as a measurement, 0-1: whose words, how sure the stance, hedged or not."""
        trust = OWN_WORDS[self.statement.form] * self.stance.confidence * self.identification.score
        return trust * (HEDGED if self.statement.hedged else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one origin says of an actor: its statements together, counted once."""

    origin: str
    value: float  # issue scale
    weight: float  # 0-1


def positions(coded: Sequence[Evidence], *, issue: Issue, method: str = "normal-shrinkage") -> tuple[Position, ...]:
    """A position for each actor with at least one statement for or against, by actor id.

    Raises UnknownMethod. Actors with nothing on record get none: unknown is not the middle.
    """
    by_actor: dict[ActorId, list[Evidence]] = {}
    for evidence in coded:
        if evidence.actor_id is not None:
            by_actor.setdefault(evidence.actor_id, []).append(evidence)
    found = (_position(actor_id, rows, issue, method) for actor_id, rows in sorted(by_actor.items()))
    return tuple(position for position in found if position is not None)


def _position(actor_id: ActorId, rows: Sequence[Evidence], issue: Issue, method: str) -> Position | None:
    used = [row for row in rows if row.counts]
    if not used:
        return None
    seen = observations(used, issue)
    value, std_error = ESTIMATORS[method]([each.value for each in seen], [each.weight for each in seen])
    evidence = tuple(row.statement.id for row in used)
    return Position(
        actor_id=actor_id,
        issue_id=issue.id,
        value=round(value, 1),
        std_error=round(std_error, 1),
        salience=round((len(used) + 1) / (len(rows) + 2), 2),  # rule of succession on its share of statements
        as_of=_latest(used, issue),
        evidence=evidence,
        origins=len(seen),
        run_id=Run(step="positions", method=method, version=__version__, inputs=tuple(sorted(evidence))).id,
    )


def observations(used: Sequence[Evidence], issue: Issue) -> tuple[Observation, ...]:
    """One observation an origin: the weighted mean of what it carries, its weight that of its surest statement."""
    by_origin: dict[str, list[Evidence]] = {}
    for row in used:
        by_origin.setdefault(row.origin.key, []).append(row)
    return tuple(_observation(origin, rows, issue) for origin, rows in sorted(by_origin.items()))


def _observation(origin: str, rows: Sequence[Evidence], issue: Issue) -> Observation:
    total = sum(row.weight for row in rows) or 1.0
    mean = sum(row.weight * row.stance.direction for row in rows) / total
    half = (issue.proposal_value - issue.status_quo) / 2
    middle = issue.status_quo + half
    value = min(100.0, max(0.0, middle + half * mean))
    return Observation(origin=origin, value=value, weight=max(0.01, *(row.weight for row in rows)))


def _latest(used: Sequence[Evidence], issue: Issue) -> PartialDate:
    dates = [row.statement.said_on for row in used if row.statement.said_on is not None]
    return max(dates, key=lambda day: day.latest, default=issue.on)
