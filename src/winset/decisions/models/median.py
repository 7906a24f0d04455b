"""The weighted median voter."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case
from winset.registry import method


@method("median", source="Black1948")
def median(case: Case, rule: DecisionRule) -> float | None:  # noqa: ARG001 - it knows no rule
    """The smallest position at which half of the weight, votes times salience, lies at or below; issue scale.

    No policy beats it by a majority of that weight in one dimension. None when no member is on record, or
    those who are care nothing.
    """
    ranked = sorted(
        (position.value, seat.votes * Fraction(position.salience)) for seat, position in case.on_record
    )  # exact: which member is the median must not hang on the order of a sum
    whole = sum(weight for _, weight in ranked)
    reached = Fraction(0)
    for value, weight in ranked:
        reached += weight
        if whole and 2 * reached >= whole:
            return value
    return None
