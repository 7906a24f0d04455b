"""More than half of all members, present or not."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.issues import Seat, Threshold
from winset.registry import method


@method("absolute-majority", source="TFEU2016")
def absolute_majority(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted when more than half of the votes of all members are for; whoever does not say yes counts against.

    As in Article 238(1): a majority of the component members. Weighted bodies: votes are the seats' `votes`.
    """
    refuse_thresholds("absolute-majority", thresholds)
    return DecisionRule(
        id="absolute-majority",
        name="an absolute majority of all members",
        source="TFEU2016",
        seats=seats,
        ways=((Threshold(of="votes", share=Fraction(1, 2), more_than=True),),),
    )
