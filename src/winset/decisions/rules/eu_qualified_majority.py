"""The double majority of the Council of the European Union, since November 2014."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.issues import Seat, Threshold
from winset.registry import method


@method("eu-qualified-majority", source="TEU2016", needs=("population",))
def eu_qualified_majority(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by 55% of members, at least fifteen, with 65% of the population (Article 16(4)).

    A blocking minority must include at least four members; fewer, however populous, do not block.
    An abstention, silence and absence count as not in favour. Seats need a weight "population".
    For acts on a proposal of the Commission or the High Representative, all members taking part.
    """
    refuse_thresholds("eu-qualified-majority", thresholds)
    return DecisionRule(
        id="eu-qualified-majority",
        name="a qualified majority (55% of members, 65% of population)",
        source="TEU2016",
        seats=seats,
        thresholds=(
            Threshold(of="members", share=Fraction(55, 100)),
            Threshold(of="population", share=Fraction(65, 100)),
        ),
        least_yes=15,
        blocking_minority=4,
        abstain_as=Vote.NO,
        silent_as=Vote.NO,
        absent_as=Vote.NO,
    )
