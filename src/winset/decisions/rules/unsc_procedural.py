"""The United Nations Security Council on procedural matters."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.errors import BadQuota
from winset.issues import Seat, Threshold
from winset.registry import method

SEATS = 15


@method("unsc-procedural", source="UNCharter1945")
def unsc_procedural(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by nine of the fifteen members, whoever they are (Article 27(2)).

    Raises BadQuota unless there are fifteen seats: the Council since 1966.
    """
    refuse_thresholds("unsc-procedural", thresholds)
    if len(seats) != SEATS:
        raise BadQuota(f"the Security Council has {SEATS} members: given are {len(seats)}")
    return DecisionRule(
        id="unsc-procedural",
        name="nine votes",
        source="UNCharter1945",
        seats=seats,
        ways=((Threshold(of="members", share=Fraction(9, SEATS)),),),
    )
