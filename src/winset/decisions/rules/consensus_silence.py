"""The North Atlantic Council: a proposal stands unless an ally breaks silence."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.ids import PartialDate
from winset.issues import Seat, Threshold
from winset.registry import method


@method("consensus-silence", source="Gallis2004")
def consensus_silence(
    seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = (), *, deadline: PartialDate | None = None
) -> DecisionRule:
    """Adopted unless a member objects before the deadline; silence is consent.

    There is no vote: the chair circulates a decision, and any member may stop it by a letter of objection.
    Saying nothing, being away and abstaining all let it pass.  deadline: the last day for a letter.
    """
    refuse_thresholds("consensus-silence", thresholds)
    return DecisionRule(
        id="consensus-silence",
        name="consensus under a silence procedure",
        source="Gallis2004",
        seats=seats,
        objection_blocks=True,
        deadline=deadline,
        abstain_as=Vote.YES,
        silent_as=Vote.YES,
        absent_as=Vote.YES,
    )
