"""Consensus in a meeting: nobody objects."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.issues import Seat, Threshold
from winset.registry import method


@method("consensus", source="OSCE2006")
def consensus(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted in the absence of any objection by a member.

    A member that is away, silent or abstains does not object. The same holds at the World Trade
    Organization (Marrakesh Agreement, Article IX:1, note 1: no member present formally objects).
    """
    refuse_thresholds("consensus", thresholds)
    return DecisionRule(
        id="consensus",
        name="consensus",
        source="OSCE2006",
        seats=seats,
        objection_blocks=True,
        silent_as=Vote.YES,
        absent_as=Vote.YES,
    )
