"""More yes than no."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.issues import Seat, Threshold
from winset.registry import method


@method("simple-majority", source="UNGA2008")
def simple_majority(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted when more than half of the votes cast for and against are for.

    Abstaining members are held not to vote (rules 85 and 86), so an equal division rejects. Where no
    vote at all is cast nothing is adopted. Weighted bodies: votes are the seats' `votes`.
    """
    refuse_thresholds("simple-majority", thresholds)
    return DecisionRule(
        id="simple-majority",
        name="a simple majority of the votes cast",
        source="UNGA2008",
        seats=seats,
        ways=((Threshold(of="votes", share=Fraction(1, 2), more_than=True),),),
        of_votes_cast=True,
    )
