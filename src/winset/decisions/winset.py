"""The winset of the status quo in one dimension: what could be adopted instead of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from winset.decisions.rule import DecisionRule
from winset.decisions.types import Outcome, Vote
from winset.errors import BadQuota
from winset.ids import SCALE_HIGH, SCALE_LOW, ActorId

UNBOUNDED = float("inf")


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
