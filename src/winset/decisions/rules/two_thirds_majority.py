"""Two thirds of those present and voting."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.issues import Seat, Threshold
from winset.registry import method


@method("two-thirds-majority", source="UNGA2008")
def two_thirds_majority(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted when at least two thirds of the votes cast for and against are for.

    Important questions in the General Assembly (rule 83); abstaining members are held not to vote
    (rule 86). Weighted bodies: votes are the seats' `votes`.
    """
    refuse_thresholds("two-thirds-majority", thresholds)
    return DecisionRule(
        id="two-thirds-majority",
        name="a two-thirds majority of members present and voting",
        source="UNGA2008",
        seats=seats,
        ways=((Threshold(of="votes", share=Fraction(2, 3)),),),
        of_votes_cast=True,
    )
