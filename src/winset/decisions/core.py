"""The core in one dimension: policies that the rule replaces by nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted, counted
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Outcome, Vote
from winset.decisions.winset import CELLS, UNBOUNDED, Interval
from winset.ids import SCALE_HIGH, SCALE_LOW, ActorId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def core(rule: DecisionRule, ideals: Mapping[ActorId, float]) -> Interval | None:
    """Policies over which the rule adopts nothing when members vote sincerely; the closed interval, on the 0-100 scale.

    Its left end is the last ideal point from which all to the right of it, themselves included, can still pass a
    move; its right end the same, mirrored. Under majority rule that is the median, under unanimity all from the first
    ideal point to the last.

    ideals: issue scale; a seat without one is SILENT.  None when the core is empty, as where silence lets
    anything pass.  Raises UnknownName for an ideal without a seat.  Cost: two counts of votes for each ideal point.
    Source: Black (1948) for the median; Tsebelis (2002, ch. 2) for any other rule.

    >>> from winset.decisions.rules import RULES
    >>> from winset.issues import Seat
    >>> club = tuple(Seat(actor_id=ActorId(name), name=name) for name in "ABC")
    >>> ideals = dict(zip((seat.actor_id for seat in club), (20, 50, 90)))
    >>> core(RULES["absolute-majority"](club), ideals), core(RULES["consensus"](club), ideals)
    (Interval(low=50, high=50), Interval(low=20, high=90))
    """
    left = _pivot(rule, ideals)
    right = -_pivot(rule, {actor: -ideal for actor, ideal in ideals.items()})
    low, high = max(left, SCALE_LOW), min(right, SCALE_HIGH)
    return Interval(low, high) if low <= high else None


def _pivot(rule: DecisionRule, ideals: Mapping[ActorId, float]) -> float:
    """The rightmost ideal point from which on members win; infinite when none is needed, minus that when none do."""
    for point in (UNBOUNDED, *sorted(set(ideals.values()), reverse=True)):
        votes = {seat.actor_id: Vote.SILENT for seat in rule.seats}
        votes |= {actor: Vote.YES if ideal >= point else Vote.NO for actor, ideal in ideals.items()}
        if rule.outcome(votes) is Outcome.ADOPTED:
            return point
    return -UNBOUNDED


def cores(profile: Profile) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The core of every draw of every issue: low and high ends, each (d, m); both NaN where it is empty.

    Objecting is taken as free. Agrees with `core` of each cell, on the profile's scale.
    Cost: two sorts and about 2 log2(n) counts of votes.
    """
    import numpy as np

    left, right = _pivots(profile)
    low, high = np.maximum(left, profile.low), np.minimum(right, profile.high)
    empty = low > high
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def pivots(profile: Profile) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ideal points of the two members whose consent a move needs, the lower first; each (d, m).

    The ends of the core, but never outside the ideal points of the members on record: where too few are, as if all
    of these had to agree.  NaN where none is.  Source: Krehbiel (1998) for the name.
    """
    import numpy as np

    ideals = profile.positions[..., profile.seated]
    known = ~np.isnan(ideals)
    least = np.where(known, ideals, np.inf).min(axis=-1)
    most = np.where(known, ideals, -np.inf).max(axis=-1)
    ends = [np.where(known.any(axis=-1), np.clip(end, least, most), np.nan) for end in _pivots(profile)]
    return np.minimum(*ends), np.maximum(*ends)


def _pivots(profile: Profile) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    draws, issues, seats = profile.positions[..., profile.seated].shape
    ideals = profile.positions[..., profile.seated].reshape(-1, seats)
    left, right = np.empty(len(ideals)), np.empty(len(ideals))
    rows = max(1, CELLS // seats)
    for first in range(0, len(ideals), rows):
        part = slice(first, first + rows)
        left[part] = _rightmost(profile.rule, ideals[part])
        right[part] = -_rightmost(profile.rule, -ideals[part])
    return left.reshape(draws, issues), right.reshape(draws, issues)


def _rightmost(rule: DecisionRule, ideals: NDArray[np.float64]) -> NDArray[np.float64]:
    """`_pivot` of every row."""
    import numpy as np

    silent = np.isnan(ideals)
    stands = np.where(silent, -UNBOUNDED, ideals)
    ranked = -np.sort(-np.concatenate([np.full((len(ideals), 1), UNBOUNDED), stands], axis=-1), axis=-1)
    here, size = np.arange(len(ideals)), ranked.shape[-1]
    first, last = np.zeros(len(ideals), dtype=np.intp), np.full(len(ideals), size)
    while (first < last).any():
        middle = np.minimum((first + last) // 2, size - 1)
        point = ranked[here, middle][:, None]
        ahead = (stands >= point) & ~silent
        passes = adopted(rule, **counted(rule, yes=ahead, no=~ahead & ~silent, silent=silent))
        going = first < last
        last = np.where(going & passes, middle, last)
        first = np.where(going & ~passes, middle + 1, first)
    return np.asarray(np.where(first < size, ranked[here, np.minimum(first, size - 1)], -UNBOUNDED))
