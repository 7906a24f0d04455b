"""What would change a position: the same estimate made again, with one thing otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from winset.brief.types import Change, ChangeKind
from winset.ids import EvidenceId, PartialDate, StatementId
from winset.issues import Issue
from winset.positions.estimation import METHOD, Evidence
from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import Reading, by_origin, joined, place
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.types import Position, Voice

TRIED = 5  # origins left out in turn, those with most weight first; and statements added, at most
HALF_WAY = 0.5
UNDECIDED = 0.1  # of the way, to each side of the middle: words for and words against are both of interest


def what_would_change(
    rows: Sequence[Evidence],
    position: Position,
    *,
    issue: Issue,
    as_of: PartialDate | None = None,
    prior: Prior = ANYWHERE,
) -> tuple[Change, ...]:
    """The one origin it leans on most, left out; then firm words of its own to the contrary, assumed.

    rows: the evidence of this actor.  position: made from them by the estimator that its `method` names.
    as_of: the day of the estimate, the decision's where None.  An assumed position has nothing to change.
    Cost: at most 11 estimates of one actor.
    """
    wanted = set(position.evidence)
    used = [row for row in rows if row.statement.id in wanted]
    if not used or position.assumed:
        return ()
    day = (as_of or issue.on).latest
    estimate = _Estimate([row.reading(issue, day) for row in used], position=position, issue=issue, prior=prior)
    labels = {row.origin.key: row.origin.label.partition(", via ")[0] for row in used}  # by whichever document it came
    return (estimate.without(labels), *estimate.contradicted())


class _Estimate:
    """The estimate of one actor, ready to be made again from other readings."""

    def __init__(self, readings: Sequence[Reading], *, position: Position, issue: Issue, prior: Prior) -> None:
        self.readings, self.position, self.issue, self.prior = readings, position, issue, prior
        self.way = self._way(position.value)

    def without(self, labels: Mapping[str, str]) -> Change:
        """The origin without which the position would move furthest left out; of those with most weight."""
        weight = {each.statement_id: each.weight for each in self.position.contributions}
        origins = by_origin(self.readings)
        heaviest = sorted(
            origins, key=lambda origin: -sum(weight.get(each.statement_id, 0.0) for each in origins[origin])
        )
        tried = [self._left_out(origin, origins[origin], labels[origin]) for origin in heaviest[:TRIED]]
        return max(tried, key=self._distance)

    def contradicted(self) -> Iterator[Change]:
        """One statement to the contrary; then as many as bring it past the middle, or the most that were tried."""
        for kind in (ChangeKind.AGAINST, ChangeKind.FOR):
            contrary = (self.way > HALF_WAY) == (kind is ChangeKind.AGAINST)
            if not contrary and abs(self.way - HALF_WAY) >= UNDECIDED:
                continue
            for number in range(1, (TRIED if contrary else 1) + 1):
                change = self._added(kind, number)
                if number in (1, TRIED) or change.crosses:
                    yield change
                if change.crosses:
                    break

    def _again(self, readings: Sequence[Reading]) -> tuple[float, float]:
        """Value and standard error from these readings, to the precision of a Position."""
        found = ESTIMATORS[self.position.method or METHOD](joined(readings), prior=self.prior)
        return round(found.value, 1), round(found.std_error, 1)

    def _left_out(self, origin: str, gone: Sequence[Reading], label: str) -> Change:
        rest = [reading for reading in self.readings if reading.origin != origin]
        value, std_error = self._again(rest) if rest else (None, None)
        return Change(
            kind=ChangeKind.WITHOUT,
            value=value,
            std_error=std_error,
            statements=tuple(reading.statement_id for reading in gone),
            origin=label,
            crosses=value is not None and self._crosses(value),
        )

    def _added(self, kind: ChangeKind, number: int) -> Change:
        """Statements nobody made: the actor's own firm words on that day, each from another new source."""
        there = place(1.0 if kind is ChangeKind.FOR else -1.0, self.issue)
        said = [
            Reading(
                statement_id=StatementId(EvidenceId(f"assumed {n}")),
                origin=f"assumed {n}",
                value=there,
                firmness=1.0,
                voice=Voice.OWN,
            )
            for n in range(number)
        ]
        value, std_error = self._again([*self.readings, *said])
        return Change(kind=kind, value=value, std_error=std_error, added=number, crosses=self._crosses(value))

    def _distance(self, change: Change) -> float:
        return float("inf") if change.value is None else abs(change.value - self.position.value)

    def _crosses(self, value: float) -> bool:
        """Whether the nearer end of the scale would be another one."""
        return (self.way > HALF_WAY) != (self._way(value) > HALF_WAY)

    def _way(self, value: float) -> float:
        """0 at the status quo, 1 at the proposal."""
        return (value - self.issue.status_quo) / (self.issue.proposal_value - self.issue.status_quo)
