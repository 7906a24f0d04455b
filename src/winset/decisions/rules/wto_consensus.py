"""The World Trade Organization as it decides in practice: by consensus of those present."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.wto_votes import QUORUM
from winset.issues import Seat, Threshold
from winset.registry import method


@method("wto-consensus", source="Marrakesh1994")
def wto_consensus(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted when no member present formally objects (Article IX:1, note 1).

    An absent member does not object; a majority of the members must be there. No vote follows where it fails, as
    none has for decades: `wto-majority`, `wto-waiver` and `wto-accession` have those the Agreement provides for.
    """
    refuse_thresholds("wto-consensus", thresholds)
    return DecisionRule(
        id="wto-consensus",
        name="consensus of the members present",
        source="Marrakesh1994",
        seats=seats,
        objection_blocks=True,
        quorum=QUORUM,
    )
