from __future__ import annotations

import pytest

from winset.decisions.rules import RULES
from winset.decisions.winset import Interval, acceptable, winset
from winset.errors import BadQuota, UnknownName
from winset.ids import ActorId
from winset.issues import Seat


def seats(*actors: str) -> tuple[Seat, ...]:
    return tuple(Seat(actor_id=ActorId(actor), name=actor) for actor in actors)


def ideals(**values: float) -> dict[ActorId, float]:
    return {ActorId(actor): value for actor, value in values.items()}


def test_a_move_left_wins_where_the_majority_stands_left() -> None:
    assert winset([20, 50, 90], status_quo=80, quota=2) == Interval(20, 80)


def test_a_member_on_each_side_leaves_unanimity_nothing_to_adopt() -> None:
    assert winset([20, 90], status_quo=50, quota=2) is None


@pytest.mark.parametrize("quota", [0, 1, 4])
def test_a_quota_no_rule_has_is_refused_with_the_range(quota: int) -> None:
    with pytest.raises(BadQuota, match=r"use 2 \(majority\) to 3 \(unanimity\)"):
        winset([20, 50, 90], status_quo=10, quota=quota)


def test_the_least_eager_member_bounds_a_consensus() -> None:
    rule = RULES["consensus"](seats("A", "B", "C"))
    assert acceptable(rule, ideals(A=10, B=70, C=95), status_quo=0) == Interval(0, 20)


def test_a_member_content_with_the_status_quo_leaves_nothing() -> None:
    rule = RULES["consensus"](seats("A", "B"))
    assert acceptable(rule, ideals(A=0, B=70), status_quo=0) is None


def test_silence_bounds_a_consensus_nowhere_and_an_absolute_majority_everywhere() -> None:
    body = seats("A", "B", "C")
    assert acceptable(RULES["consensus"](body), {}, status_quo=30) == Interval(0, 100)
    assert acceptable(RULES["absolute-majority"](body), ideals(A=90), status_quo=30) is None


def test_the_interval_ends_with_the_scale() -> None:
    rule = RULES["consensus"](seats("A"))
    assert acceptable(rule, ideals(A=90), status_quo=20) == Interval(20, 100)
    assert acceptable(rule, ideals(A=5), status_quo=60) == Interval(0, 60)


def test_only_a_veto_seat_bounds_where_one_stands_apart() -> None:
    council = tuple(Seat(actor_id=ActorId(f"M{n}"), name="member", veto=n == 0) for n in range(15))
    stands = {seat.actor_id: 10.0 if seat.veto else 80.0 for seat in council}
    assert acceptable(RULES["unsc-substantive"](council), stands, status_quo=0) == Interval(0, 20)
    assert acceptable(RULES["unsc-procedural"](council), stands, status_quo=0) == Interval(0, 100)


def test_an_ideal_point_without_a_seat_is_refused() -> None:
    with pytest.raises(UnknownName, match="has no seat"):
        acceptable(RULES["consensus"](seats("A")), ideals(outsider=50), status_quo=0)
