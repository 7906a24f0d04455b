"""A decision rule over many profiles of votes at once; agrees with `DecisionRule.outcome` on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from winset.decisions.rule import DecisionRule
from winset.issues import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LARGEST = 2**62  # a sum of weights times a denominator below this is exact in 64 bits


def adopted(rule: DecisionRule, *, yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each profile is adopted.

    yes, no: shape (..., members), members in the order of `rule.seats`, as `rule.counted` counts them;
    neither is an abstention.  Returns shape (...).  Cost: one product for each threshold.
    """
    import numpy as np

    passes = np.ones(yes.shape[:-1], dtype=bool)
    if rule.objection_blocks:
        passes &= ~no.any(axis=-1)
    if rule.veto_blocks:
        passes &= ~no[..., [seat.veto for seat in rule.seats]].any(axis=-1)
    if rule.thresholds or rule.least_yes:
        members = yes.sum(axis=-1)
        passes &= members >= rule.least_yes
        enough = len(rule.seats) - members < rule.blocking_minority
        for quota in rule.thresholds:
            met = _met(rule, quota, yes=yes, no=no)
            passes &= met if quota.of == "members" else met | enough
    return passes


def _met(rule: DecisionRule, quota: Threshold, *, yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import numpy as np

    weights = [seat.weight(quota.of) for seat in rule.seats]
    exact: Any = np.int64 if sum(weights) * quota.share.denominator < LARGEST else object  # Python integers never wrap
    column = np.array(weights, dtype=exact)
    have = _weight(yes, column)
    whole = have + _weight(no, column) if rule.of_votes_cast else sum(weights)
    left, right = have * quota.share.denominator, whole * quota.share.numerator
    reached = left > right if quota.more_than else left >= right
    return np.asarray(reached & (have > 0), dtype=bool)


def _weight(side: NDArray[np.bool_], column: NDArray[Any]) -> NDArray[Any]:
    weight: NDArray[Any] = side.astype(column.dtype) @ column
    return weight
