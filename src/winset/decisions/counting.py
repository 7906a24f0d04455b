"""A decision rule over many profiles of votes at once; agrees with `DecisionRule.outcome` on each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from winset.decisions.rule import DecisionRule
from winset.issues import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FLOAT_EXACT = 2**53  # whole numbers up to here are exact as floats, which multiply several times as fast
LARGEST = 2**62  # a sum of weights times a denominator below this is exact in 64 bits
ROWS = 8192  # profiles turned into numbers at a time, to stay in the processor's cache


def adopted(
    rule: DecisionRule, *, yes: NDArray[np.bool_], no: NDArray[np.bool_], absent: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Whether each profile is adopted, by the rule or its fallback.

    yes, no: shape (..., members), members in the order of `rule.seats`, as `rule.counted` counts them;
    neither is an abstention.  absent: the same shape, who is away, for a quorum; None: everybody is there.
    Returns shape (...).  Cost: one product for all thresholds together.
    """
    import numpy as np

    passes = _by_itself(rule, yes=yes, no=no)
    if rule.fallback is not None and not passes.all():
        passes |= adopted(rule.fallback, yes=yes, no=no)
    if rule.quorum is not None and absent is not None:
        passes &= _reached(rule, [rule.quorum], np.asarray(~absent))
    return passes


def _by_itself(rule: DecisionRule, *, yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import numpy as np

    passes = np.ones(yes.shape[:-1], dtype=bool)
    seats, voting = rule.seats, {seat.actor_id for seat in rule.may_vote}
    may = np.array([seat.actor_id in voting for seat in seats])
    if not may.all():
        yes, no = yes & may, no & may
    if rule.objection_blocks:
        passes &= (np.count_nonzero(no, axis=-1) <= rule.overrules) if rule.overrules else ~no.any(axis=-1)
    if rule.veto_blocks:
        passes &= ~no[..., [seat.veto for seat in seats]].any(axis=-1)
    if rule.blocking_abstentions:
        passes &= ~_reached(rule, rule.blocking_abstentions, np.asarray(~(yes | no) & may))
    if rule.ways:
        against = no if rule.of_votes_cast else None
        passes &= np.any([_reached(rule, way, yes, against=against) for way in rule.ways], axis=0)
    return passes


def _reached(
    rule: DecisionRule, way: Iterable[Threshold], side: NDArray[np.bool_], *, against: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Whether that side meets all thresholds: of all members taking part, or of both sides."""
    import numpy as np

    reached = np.ones(side.shape[:-1], dtype=bool)
    for quota in way:
        weights = rule.weights(quota.of)
        have = _weighed(side, weights)
        if against is None:
            reached &= np.asarray(have >= quota.quota(sum(weights)), dtype=bool)
            continue
        exact: Any = np.int64 if sum(weights) * quota.share.denominator < LARGEST else object
        have, opposed = have.astype(exact), _weighed(against, weights).astype(exact)
        left, right = have * quota.share.denominator, (have + opposed) * quota.share.numerator
        reached &= np.asarray(((left > right) if quota.more_than else (left >= right)) & (have > 0), dtype=bool)
    return reached


def _weighed(side: NDArray[np.bool_], weights: tuple[int, ...]) -> NDArray[Any]:
    """What that side weighs, exactly: floats, 64 bits or Python integers, as large as the sum needs."""
    import numpy as np

    whole = sum(weights)
    if whole < FLOAT_EXACT:
        column, rows = np.array(weights, dtype=np.float64), side.reshape(-1, side.shape[-1])
        found = np.empty(len(rows))
        for start in range(0, len(rows), ROWS):
            found[start : start + ROWS] = rows[start : start + ROWS].astype(np.float64) @ column
        return found.reshape(side.shape[:-1])
    exact: Any = np.int64 if whole < LARGEST else object  # Python integers never wrap
    weight: NDArray[Any] = side.astype(exact) @ np.array(weights, dtype=exact)
    return weight
