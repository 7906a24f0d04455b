"""What would change a position: the same estimate made again, with one thing otherwise."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from winset.brief.types import Change, ChangeKind
from winset.ids import EvidenceId, PartialDate, StatementId
from winset.issues import Issue
from winset.positions.estimation import METHOD, Evidence
from winset.positions.estimators import DRAWN, ESTIMATORS
from winset.positions.observations import MANY, Observations, OriginSums, Reading, by_origin, place, rounded
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.types import Position, Voice

TRIED = 5  # origins left out in turn, those with most weight first; and statements added, at most
HALF_WAY = 0.5
UNDECIDED = 0.1  # of the way, to each side of the middle: words for and words against are both of interest


class Told(NamedTuple):
    """An origin as it is told."""

    label: str
    statements: tuple[StatementId, ...]  # that it carries, those that are shown
    others: int = 0  # how many there are besides


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """What each origin says of an actor, one or more, and how it is told."""

    seen: Observations  # in any order
    shares: Sequence[float]  # of all that moved the position, each 0-1
    told: Callable[[int], Told]  # by its place in these


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
    labels = {row.origin.key: row.origin.label.partition(", via ")[0] for row in used}  # by whichever document it came
    share = {each.statement_id: each.weight for each in position.contributions}
    found = by_origin(row.reading(issue, day) for row in used)
    keys = list(found)
    values, weights, spreads = zip(*(OriginSums.of(said).row() for said in found.values()), strict=True)
    origins = Origins(
        seen=Observations(values=values, weights=weights, spreads=spreads),
        shares=[sum(share.get(each.statement_id, 0.0) for each in found[key]) for key in keys],
        told=lambda at: Told(labels[keys[at]], tuple(each.statement_id for each in found[keys[at]])),
    )
    return changes(origins, position, issue=issue, prior=prior)


def changes(origins: Origins, position: Position, *, issue: Issue, prior: Prior = ANYWHERE) -> tuple[Change, ...]:
    """The same from what each origin says."""
    estimate = _Estimate(origins, position=position, issue=issue, prior=prior)
    return (estimate.without(), *estimate.contradicted())


def leaned_on(origins: Origins, position: Position, *, issue: Issue, prior: Prior = ANYWHERE) -> int:
    """The place of the origin that `changes` leaves out."""
    return _Estimate(origins, position=position, issue=issue, prior=prior).leaned_on()


class _Estimate:
    """The estimate of one actor, ready to be made again from other words."""

    def __init__(self, origins: Origins, *, position: Position, issue: Issue, prior: Prior) -> None:
        self.origins, self.position, self.issue, self.prior = origins, position, issue, prior
        self.way = self._way(position.value)

    def without(self) -> Change:
        """The origin it leans on left out."""
        at = self.leaned_on()
        value, std_error = self._left_out(at)
        label, statements, others = self.origins.told(at)
        return Change(
            kind=ChangeKind.WITHOUT,
            value=value,
            std_error=std_error,
            statements=statements,
            others=others,
            origin=label,
            crosses=value is not None and self._crosses(value),
        )

    def leaned_on(self) -> int:
        """The place of the origin without which the position would move furthest; of those with most weight."""
        heaviest = heapq.nlargest(TRIED, range(len(self.origins.shares)), key=self.origins.shares.__getitem__)
        return max(heaviest, key=lambda at: self._distance(self._left_out(at)[0]))

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

    def _again(self, rows: Sequence[Sequence[float]]) -> tuple[float, float]:
        """Value and standard error from origins, to the precision of a Position.

        rows: their columns, as `Observations` has them, in any order.
        """
        method = self.position.method or METHOD
        found = ESTIMATORS[method](_in_order(rows, drawn=method in DRAWN), prior=self.prior)
        return round(found.value, 1), round(found.std_error, 1)

    def _left_out(self, at: int) -> tuple[float | None, float | None]:
        columns = _columns(self.origins.seen)
        if len(columns[0]) == 1:
            return None, None
        return self._again([_joined(each[:at], each[at + 1 :]) for each in columns])

    def _added(self, kind: ChangeKind, number: int) -> Change:
        """Statements nobody made: the actor's own firm words on that day, each from another new source."""
        there = place(1.0 if kind is ChangeKind.FOR else -1.0, self.issue)
        said = Reading(
            statement_id=StatementId(EvidenceId("assumed")),
            origin="assumed",
            value=there,
            firmness=1.0,
            voice=Voice.OWN,
        )
        row = OriginSums.of([said]).row()
        columns = zip(_columns(self.origins.seen), row, strict=True)
        value, std_error = self._again([_joined(each, [part] * number) for each, part in columns])
        return Change(kind=kind, value=value, std_error=std_error, added=number, crosses=self._crosses(value))

    def _distance(self, value: float | None) -> float:
        return float("inf") if value is None else abs(value - self.position.value)

    def _crosses(self, value: float) -> bool:
        """Whether the nearer end of the scale would be another one."""
        return (self.way > HALF_WAY) != (self._way(value) > HALF_WAY)

    def _way(self, value: float) -> float:
        """0 at the status quo, 1 at the proposal."""
        return (value - self.issue.status_quo) / (self.issue.proposal_value - self.issue.status_quo)


def _columns(seen: Observations) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
    return seen.values, seen.weights, seen.spreads


def _joined(before: Sequence[float], after: Sequence[float]) -> Sequence[float]:
    if isinstance(before, tuple | list):
        return [*before, *after]
    import numpy as np

    found: Sequence[float] = np.concatenate([before, after])  # type: ignore[assignment]
    return found


def _in_order(rows: Sequence[Sequence[float]], *, drawn: bool) -> Observations:
    """Origins in the order of `observations.joined`; of many only where draws depend on it."""
    if len(rows[0]) <= MANY:
        rows = list(zip(*sorted(zip(*rows, strict=True), key=rounded), strict=True))
    elif drawn:
        import numpy as np

        value, weight, spread = (np.asarray(each) for each in rows)
        order = np.lexsort((spread.round(6), weight.round(6), value.round(6)))
        rows = [value[order], weight[order], spread[order]]  # type: ignore[list-item]
    values, weights, spreads = rows
    return Observations(values=values, weights=weights, spreads=spreads)
