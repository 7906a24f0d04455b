"""The double majority of the Council of the European Union on what the Commission has not proposed."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.ids import ActorId
from winset.issues import Seat, Threshold
from winset.registry import method


@method("eu-qualified-majority-without-proposal", source="TFEU2016", needs=("population",))
def eu_qualified_majority_without_proposal(
    seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = (), *, not_taking_part: tuple[ActorId, ...] = ()
) -> DecisionRule:
    """Adopted by 72% of members with 65% of the population (Article 238(2)).

    For acts on a proposal of neither the Commission nor the High Representative. The paragraph derogates from Article
    16(4), so three members with more than 35% of the people do block.  not_taking_part: members with an opt-out, or
    outside an enhanced cooperation; the shares are then of the others (238(3)(b)).
    """
    refuse_thresholds("eu-qualified-majority-without-proposal", thresholds)
    return DecisionRule(
        id="eu-qualified-majority-without-proposal",
        name="a reinforced qualified majority (72% of members, 65% of population)",
        source="TFEU2016",
        seats=seats,
        ways=(
            (
                Threshold(of="members", share=Fraction(72, 100)),
                Threshold(of="population", share=Fraction(65, 100)),
            ),
        ),
        not_taking_part=not_taking_part,
        abstain_as=Vote.NO,
        silent_as=Vote.NO,
        absent_as=Vote.NO,
    )
