"""A qualified majority with thresholds of its own."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule
from winset.errors import BadQuota
from winset.issues import Seat, Threshold
from winset.registry import method


@method("qualified-majority", source="FelsenthalMachover1998", needs=("thresholds",))
def qualified_majority(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted when the yes side meets every threshold given, each a share of the whole body.

    The one rule that takes thresholds; whoever does not say yes counts against.
    Raises BadQuota when none is given.
    """
    if not thresholds:
        raise BadQuota("qualified-majority has no thresholds of its own: give at least one, such as 2/3 of votes")
    return DecisionRule(
        id="qualified-majority",
        name=f"a qualified majority of {' and '.join(_worded(quota) for quota in thresholds)}",
        source="FelsenthalMachover1998",
        seats=seats,
        thresholds=thresholds,
    )


def _worded(quota: Threshold) -> str:
    """As read aloud: "at least 2/3 of members".

    >>> from fractions import Fraction
    >>> _worded(Threshold(of="population", share=Fraction(65, 100)))
    'at least 65% of population'
    """
    percent = 100 * quota.share
    share = f"{percent}%" if percent.denominator == 1 else str(quota.share)
    return f"{'more than' if quota.more_than else 'at least'} {share} of {quota.of}"
