"""Consensus in a meeting: nobody objects."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.issues import Seat, Threshold
from winset.registry import method


@method("consensus", source="OSCE2006")
def consensus(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted in the absence of any objection by a member.

    A member that is away, silent or abstains does not object. Bodies with clauses of their own have rules of their own:
    `osce-consensus`, `wto-consensus`, `unfccc-consensus`, `african-union`, `consensus-silence`.
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
