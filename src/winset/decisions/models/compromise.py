"""The compromise model: everybody pulls with votes times salience."""

from __future__ import annotations

import math

from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case
from winset.registry import method


@method("compromise", source="VanDenBos1991")
def compromise(case: Case, rule: DecisionRule) -> float | None:  # noqa: ARG001 - it knows no rule
    """The mean of the members' positions, weighted by votes times salience; issue scale.

    Approximates the Nash bargaining solution where no agreement is very bad for all (Achen 2006). It takes
    no account of the rule: under one with vetoes read it as where talks would settle. None when no member
    is on record, or those who are care nothing.
    """
    pulls = [(seat.votes * position.salience, position.value) for seat, position in case.on_record]
    whole = math.fsum(weight for weight, _ in pulls)  # fsum: the order of the members must not matter
    if not whole:
        return None
    mean = math.fsum(weight * value for weight, value in pulls) / whole
    return min(max(mean, min(value for _, value in pulls)), max(value for _, value in pulls))  # rounding may overstep
