from __future__ import annotations

from dataclasses import replace

import pytest

from winset.decisions.types import Case
from winset.errors import BadCase, OffScale
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Seat
from winset.positions.types import Position

ON = PartialDate("2024")
ISSUE = Issue(proposal="it", body="club", rule="consensus", on=ON)
SEATS = tuple(Seat(actor_id=ActorId(actor), name=actor) for actor in "ABC")


def position(actor: str, *, assumed: str | None = None) -> Position:
    evidence = () if assumed else (EvidenceId("coded"),)
    return Position(
        actor_id=ActorId(actor),
        issue_id=ISSUE.id,
        value=40,
        std_error=5,
        salience=1,
        as_of=ON,
        evidence=evidence,
        assumed=assumed,
    )


def test_only_seats_with_evidence_are_on_record() -> None:
    positions = (position("C"), position("A"), position("B", assumed="a guess"), position("outsider"))
    case = Case(issue=ISSUE, seats=SEATS, positions=positions)
    assert [seat.actor_id for seat, _ in case.on_record] == ["A", "C"]


def test_two_positions_of_one_actor_are_refused() -> None:
    with pytest.raises(BadCase, match="A has two positions"):
        Case(issue=ISSUE, seats=SEATS, positions=(position("A"), position("A")))


@pytest.mark.parametrize("cost", [-1.0, float("nan")])
def test_a_cost_of_objecting_below_nothing_is_refused(cost: float) -> None:
    case = Case(issue=ISSUE, seats=SEATS, positions=())
    with pytest.raises(OffScale, match="cost of objecting"):
        replace(case, cost_of_objecting=cost)
