"""What each statement did to a position: its share of the trust, and how far it moved the value."""

from __future__ import annotations

from collections.abc import Sequence

from winset.positions.estimators import CENTRES
from winset.positions.observations import Moments, OriginSums, Reading, by_origin
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.types import Contribution


def contributions(readings: Sequence[Reading], *, method: str, prior: Prior = ANYWHERE) -> tuple[Contribution, ...]:
    """One for each reading, in their order: exact, by leaving each out in turn.

    `moved` is the position less what it would be without the statement; without the only one it would be the
    prior's mean. A statement beside others of its origin moves little: they carry what it says. `weight` is its
    origin's share of all trust, divided among the origin's statements by their own.
    method: id of an estimator.  Cost: one subtraction a statement, whatever the estimator.
    Source: Cook (1977) for the influence of one observation, by deletion.
    """
    centre = CENTRES[method]
    origins = {origin: OriginSums.of(rows) for origin, rows in by_origin(readings).items()}
    sums = Moments()
    for origin in origins.values():
        sums = sums.plus(*origin.row())
    here = centre(sums, prior)
    found = []
    for reading in readings:
        origin = origins[reading.origin]
        value, weight, spread = origin.row()
        rest, left = sums.plus(value, weight, spread, times=-1), origin.without(reading)
        if left is not None:
            rest = rest.plus(*left.row())
        elsewhere = centre(rest, prior) if left is not None or len(origins) > 1 else prior.mean
        found.append(
            Contribution(
                statement_id=reading.statement_id,
                origin=reading.origin,
                value=round(reading.value, 1),
                weight=round(min(1.0, weight / sums.total * reading.weight / origin.total), 6),
                moved=round(here - elsewhere, 2),
            )
        )
    return tuple(found)
