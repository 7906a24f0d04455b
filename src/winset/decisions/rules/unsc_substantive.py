"""The United Nations Security Council on all but procedural matters."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.errors import BadQuota
from winset.ids import ActorId
from winset.issues import Seat, Threshold
from winset.registry import method

SEATS = 15


@method("unsc-substantive", source="UNCharter1945", needs=("veto",))
def unsc_substantive(
    seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = (), *, parties: tuple[ActorId, ...] = ()
) -> DecisionRule:
    """Adopted by nine of the fifteen members, no permanent member voting no (Article 27(3)).

    A permanent member that abstains or is away does not veto. Seats with `veto` are the permanent ones.
    Raises BadQuota unless there are fifteen seats, some with a veto: the Council since 1966.
    parties: to a dispute; in decisions under Chapter VI, and under Article 52(3), they must abstain.
    """
    refuse_thresholds("unsc-substantive", thresholds)
    if len(seats) != SEATS or not any(seat.veto for seat in seats):
        raise BadQuota(
            f"the Security Council has {SEATS} members, the permanent ones with a veto: given are {len(seats)}, "
            f"{sum(seat.veto for seat in seats)} of them with one"
        )
    return DecisionRule(
        id="unsc-substantive",
        name="nine votes and no veto",
        source="UNCharter1945",
        seats=seats,
        ways=((Threshold(of="members", share=Fraction(9, SEATS)),),),
        veto_blocks=True,
        must_abstain=parties,
    )
