"""The World Trade Organization where consensus fails and nothing else is provided."""

from __future__ import annotations

from winset.decisions.rule import HALF, DecisionRule, refuse_thresholds
from winset.decisions.wto_votes import else_voting
from winset.issues import Seat, Threshold
from winset.registry import method


@method("wto-majority", source="Marrakesh1994")
def wto_majority(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by consensus or, where it fails, by a majority of the votes cast (Article IX:1).

    Each member has one vote, the European Union those of its member states: give it so many `votes`, and they none.
    """
    refuse_thresholds("wto-majority", thresholds)
    return else_voting(
        "wto-majority",
        seats,
        named="a majority of the votes cast",
        quota=Threshold(of="votes", share=HALF, more_than=True),
        of_votes_cast=True,
    )
