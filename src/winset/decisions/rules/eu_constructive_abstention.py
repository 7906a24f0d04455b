"""The common foreign and security policy of the European Union: unanimity with constructive abstention."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.issues import Seat, Threshold
from winset.registry import method

THIRD = Fraction(1, 3)


@method("eu-constructive-abstention", source="TEU2016", needs=("population",))
def eu_constructive_abstention(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted unless a member votes no, or a third of the members with a third of the people abstain by declaration.

    ABSTAIN is an abstention with a formal declaration (Article 31(1)): that member need not apply the decision
    (`rule.not_bound(votes)`). A member that abstains without one is SILENT, and stops nothing; one neither present
    nor represented prevents adoption, as under `eu-unanimity`. Seats need a weight "population".
    """
    refuse_thresholds("eu-constructive-abstention", thresholds)
    return DecisionRule(
        id="eu-constructive-abstention",
        name="unanimity with constructive abstention",
        source="TEU2016",
        seats=seats,
        objection_blocks=True,
        blocking_abstentions=(Threshold(of="members", share=THIRD), Threshold(of="population", share=THIRD)),
        silent_as=Vote.YES,
        absent_as=Vote.NO,
    )
