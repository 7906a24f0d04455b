"""The Council of the European Union where the treaties ask for unanimity."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.ids import ActorId
from winset.issues import Seat, Threshold
from winset.registry import method


@method("eu-unanimity", source="TFEU2016")
def eu_unanimity(
    seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = (), *, not_taking_part: tuple[ActorId, ...] = ()
) -> DecisionRule:
    """Adopted unless a member votes no; an abstention does not prevent it (Article 238(4)).

    That paragraph speaks of members present or represented: one that is neither prevents adoption,
    so ABSENT counts as NO; a represented member votes through the one it asked (Article 239).
    Abstentions with a declaration (TEU 31(1)) are counted by `eu-constructive-abstention`.
    not_taking_part: members with an opt-out, or outside an enhanced cooperation (Article 330).
    """
    refuse_thresholds("eu-unanimity", thresholds)
    return DecisionRule(
        id="eu-unanimity",
        name="unanimity, which an abstention does not break",
        source="TFEU2016",
        seats=seats,
        objection_blocks=True,
        not_taking_part=not_taking_part,
        silent_as=Vote.ABSTAIN,
        absent_as=Vote.NO,
    )
