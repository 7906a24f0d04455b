"""The World Trade Organization on the terms of an accession."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.wto_votes import else_voting
from winset.issues import Seat, Threshold
from winset.registry import method


@method("wto-accession", source="Marrakesh1994")
def wto_accession(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by consensus or, where it fails, by two thirds of the members (Article XII:2).

    The General Council agreed in 1995 to seek consensus first and to vote where a member asks or it fails.
    """
    refuse_thresholds("wto-accession", thresholds)
    return else_voting(
        "wto-accession",
        seats,
        named="two thirds of the members",
        quota=Threshold(of="members", share=Fraction(2, 3)),
        of_votes_cast=False,
    )
