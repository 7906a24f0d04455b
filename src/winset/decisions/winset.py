"""The winset of the status quo in one dimension: what could be adopted instead of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from winset.decisions.counting import adopted, counted
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Outcome, Vote
from winset.errors import BadQuota
from winset.ids import SCALE_HIGH, SCALE_LOW, ActorId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNBOUNDED = float("inf")
CELLS = 2**16  # positions looked at in one go, so that what is made of them stays in the processor's cache


class Interval(NamedTuple):
    """From low to high, on the issue's scale."""

    low: float
    high: float


def winset(ideals: Sequence[float], *, status_quo: float, quota: int) -> Interval | None:
    """Policies that at least `quota` actors prefer to the status quo, in one dimension.

    Utility is single-peaked and symmetric, so a move right from q to x wins exactly
    when the quota-th largest ideal point p lies nearer to x:  p > (q + x) / 2.

    ideals: shape (n,), issue scale, any order.  status_quo: issue scale.
    quota: votes needed, n/2 < quota <= n.
    Returns the open interval (low, high), which may reach beyond the scale, or None when the status quo is in the core.
    Raises BadQuota.  Cost: one sort.
    Source: Black (1948) for the median; Tsebelis (2002, ch. 2) for qualified majorities.

    >>> winset([20, 50, 90], status_quo=10, quota=2)
    Interval(low=10, high=90)
    """
    n = len(ideals)
    if not n / 2 < quota <= n:
        raise BadQuota(f"quota {quota} of {n} votes: use {n // 2 + 1} (majority) to {n} (unanimity)")
    ranked = sorted(ideals)
    right_pivot, left_pivot = ranked[n - quota], ranked[quota - 1]
    if right_pivot > status_quo:
        return Interval(status_quo, 2 * right_pivot - status_quo)
    if left_pivot < status_quo:
        return Interval(2 * left_pivot - status_quo, status_quo)
    return None


def acceptable(rule: DecisionRule, ideals: Mapping[ActorId, float], *, status_quo: float) -> Interval | None:
    """Options that the rule adopts over the status quo when members vote sincerely, on the 0-100 scale.

    Under consensus this is what the preferred-to sets of all members have in common. Moving away from the
    status quo only loses supporters, so each side needs testing only where a member turns.

    ideals: issue scale; a seat without one is SILENT.  Each end other than the status quo is where the last
    member needed turns indifferent. Where both sides pass (nobody who counts has an ideal point) the
    interval spans the status quo.  None when nothing passes.  Raises UnknownName for an ideal without a seat.
    Cost: one count of votes for each different ideal point.
    Source: Tsebelis (2002, ch. 1-2), winset as the intersection of veto players' indifference intervals.
    """
    right = _reach(rule, ideals, status_quo)
    left = _reach(rule, {actor: -ideal for actor, ideal in ideals.items()}, -status_quo)
    low = status_quo if left is None else max(SCALE_LOW, -left)
    high = status_quo if right is None else min(SCALE_HIGH, right)
    return Interval(low, high) if low < high else None


def _reach(rule: DecisionRule, ideals: Mapping[ActorId, float], status_quo: float) -> float | None:
    """How far right of the status quo an option still passes; None when no step does."""
    turns = {actor: 2 * ideal - status_quo for actor, ideal in ideals.items()}  # prefers all up to there
    for end in (UNBOUNDED, *sorted({turn for turn in turns.values() if turn > status_quo}, reverse=True)):
        votes = {seat.actor_id: Vote.SILENT for seat in rule.seats}
        votes |= {actor: Vote.YES if turn >= end else Vote.NO for actor, turn in turns.items()}
        if rule.outcome(votes) is Outcome.ADOPTED:
            return end
    return None


def winsets(profile: Profile) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the rule adopts over the status quo, in every draw of every issue: low and high ends, each (d, m).

    Both ends are the status quo where nothing passes, and NaN where it is unknown; else options between them pass
    and the ends are where the last member needed turns, on the profile's scale. Members vote as in `ballots`: they
    object beyond the cost of objecting only. Without one this is `acceptable` of each cell.
    Cost: two sorts and about 2 log2(n) counts of votes; under a rule of objections a minimum.
    """
    import numpy as np

    draws, issues, seats = profile.positions[..., profile.seated].shape
    ideals = profile.positions[..., profile.seated].reshape(-1, seats)
    salience = profile.salience[..., profile.seated].reshape(-1, seats)
    start = profile.status_quo.reshape(-1)
    cost = np.repeat(profile.cost_of_objecting, issues)
    low, high = np.empty(len(start)), np.empty(len(start))
    rows = max(1, CELLS // seats)
    easy = profile.rule.one_no_decides and not cost.any()
    for first in range(0, len(start), rows):
        part = slice(first, first + rows)
        near, at, price = ideals[part], start[part], cost[part]
        if easy:
            low[part], high[part] = _shared_by_all(near, salience[part], at, profile)
            continue
        high[part] = np.minimum(_reaches(profile.rule, near, salience[part], at, price), profile.high)
        low[part] = np.maximum(-_reaches(profile.rule, -near, salience[part], -at, price), profile.low)
    return low.reshape(draws, issues), high.reshape(draws, issues)


def _shared_by_all(
    ideals: NDArray[np.float64], salience: NDArray[np.float64], start: NDArray[np.float64], profile: Profile
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What all members that care prefer, without sorting them: the first and the last decide."""
    import numpy as np

    stands = np.where(salience > 0, ideals, np.nan)
    least, most = np.fmin.reduce(stands, axis=-1), np.fmax.reduce(stands, axis=-1)
    nobody = np.isnan(least)  # may object
    high = np.where(nobody, profile.high, np.clip(2 * least - start, start, profile.high))
    low = np.where(nobody, profile.low, np.clip(2 * most - start, profile.low, start))
    unknown = np.isnan(start)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def _reaches(
    rule: DecisionRule,
    ideals: NDArray[np.float64],
    salience: NDArray[np.float64],
    start: NDArray[np.float64],
    cost: NDArray[np.float64],
) -> NDArray[np.float64]:
    """How far right of the status quo an option still passes; the status quo itself when no step does.

    Each member says yes up to one point, then abstains, and says no beyond another.
    """
    import numpy as np

    q = start[:, None]
    turns = 2 * ideals - q
    yes_up_to = np.where((salience > 0) & (turns > q), turns, -UNBOUNDED)  # NaN: never
    with np.errstate(divide="ignore", invalid="ignore"):
        spare = np.where(cost[:, None] > 0, cost[:, None] / salience, 0.0)
    no_beyond = np.where((salience > 0) & ~np.isnan(ideals), np.maximum(turns, q) + spare, UNBOUNDED)
    if rule.one_no_decides:
        found = no_beyond.min(axis=-1)
        return np.asarray(np.where(np.isnan(start), np.nan, np.maximum(found, start)))
    silent = np.isnan(ideals)
    ends = [np.full((len(start), 1), UNBOUNDED), yes_up_to]
    if cost.any():
        ends.append(no_beyond)
    ranked = -np.sort(-np.concatenate(ends, axis=-1), axis=-1)  # farthest first
    here = np.arange(len(start))
    first, last = np.zeros(len(start), dtype=np.intp), np.full(len(start), ranked.shape[-1])  # the first that passes
    while (first < last).any():
        middle = np.minimum((first + last) // 2, ranked.shape[-1] - 1)
        end = ranked[here, middle][:, None]
        yes, no = yes_up_to >= end, no_beyond < end
        passes = adopted(rule, **counted(rule, yes=yes, no=no, silent=silent))
        going = first < last
        last = np.where(going & passes, middle, last)
        first = np.where(going & ~passes, middle + 1, first)
    found = np.where(first < ranked.shape[-1], ranked[here, np.minimum(first, ranked.shape[-1] - 1)], start)
    return np.asarray(np.where(np.isnan(start), np.nan, np.maximum(found, start)))
