"""The World Trade Organization on waivers and interpretations."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.wto_votes import else_voting
from winset.issues import Seat, Threshold
from winset.registry import method


@method("wto-waiver", source="Marrakesh1994")
def wto_waiver(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by consensus or, where it fails, by three fourths of the members (Article IX:3).

    An interpretation (Article IX:2) asks for as many. The waiver of an obligation that is subject to a transition
    period is by consensus alone (note 4): take `wto-consensus`.
    """
    refuse_thresholds("wto-waiver", thresholds)
    return else_voting(
        "wto-waiver",
        seats,
        named="three fourths of the members",
        quota=Threshold(of="members", share=Fraction(3, 4)),
        of_votes_cast=False,
    )
