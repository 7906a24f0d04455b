"""The United Nations Security Council of 1946 to 1965 on all but procedural matters."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.errors import BadQuota
from winset.ids import ActorId
from winset.issues import Seat, Threshold
from winset.registry import method

SEATS = 11


@method("unsc-seven-votes", source="UNCharter1945", needs=("veto",))
def unsc_seven_votes(
    seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = (), *, parties: tuple[ActorId, ...] = ()
) -> DecisionRule:
    """Adopted by seven of the eleven members, no permanent member voting no (Article 27(3) as signed in 1945).

    The text asks for the concurring votes of the permanent members; that one which abstains or is away concurs
    has been the Council's practice since 1946.  parties: to a dispute; in decisions under Chapter VI they must abstain.
    Raises BadQuota unless there are eleven seats, some with a veto.
    """
    refuse_thresholds("unsc-seven-votes", thresholds)
    if len(seats) != SEATS or not any(seat.veto for seat in seats):
        raise BadQuota(
            f"the Security Council had {SEATS} members before 1966, the permanent ones with a veto: given are "
            f"{len(seats)}, {sum(seat.veto for seat in seats)} of them with one"
        )
    return DecisionRule(
        id="unsc-seven-votes",
        name="seven votes and no veto",
        source="UNCharter1945",
        seats=seats,
        ways=((Threshold(of="members", share=Fraction(7, SEATS)),),),
        veto_blocks=True,
        must_abstain=parties,
    )
