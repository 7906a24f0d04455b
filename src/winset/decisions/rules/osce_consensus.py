"""The OSCE: consensus, at a meeting or under a silence procedure; without the state concerned in one grave case."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.ids import ActorId, PartialDate
from winset.issues import Seat, Threshold
from winset.registry import method


@method("osce-consensus", source="OSCE2006")
def osce_consensus(
    seats: tuple[Seat, ...],
    thresholds: tuple[Threshold, ...] = (),
    *,
    deadline: PartialDate | None = None,
    without: ActorId | None = None,
) -> DecisionRule:
    """Adopted in the absence of any objection by a participating state (Rules of Procedure, II(A)).

    A state that is away, silent or abstains does not object; nor does one that adds an interpretative statement or a
    formal reservation to its consent, which is a YES.  deadline: of a silence procedure, broken by a written
    objection or amendment (Annex 1(A)).  without: the state whose consent is not needed, for clear, gross and
    uncorrected violations of its commitments (Prague Document, 1992, paragraph 16).
    """
    refuse_thresholds("osce-consensus", thresholds)
    return DecisionRule(
        id="osce-consensus",
        name="consensus" if without is None else "consensus minus one",
        source="OSCE2006",
        seats=seats,
        objection_blocks=True,
        deadline=deadline,
        must_abstain=() if without is None else (without,),
        reservations=True,
        silent_as=Vote.YES,
        absent_as=Vote.YES,
    )
