from __future__ import annotations

import numpy as np
import pytest

from winset.decisions.core import core, cores, pivots
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.decisions.winset import Interval, winsets
from winset.errors import UnknownName
from winset.ids import ActorId
from winset.issues import Seat


def seats(*actors: str) -> tuple[Seat, ...]:
    return tuple(Seat(actor_id=ActorId(actor), name=actor) for actor in actors)


def ideals(**values: float) -> dict[ActorId, float]:
    return {ActorId(actor): value for actor, value in values.items()}


def profile(rule: str, positions: list[list[float]], *, status_quo: float = 0, cost: float = 0) -> Profile:
    stands = np.array(positions)[None]
    club = seats(*"ABCDEFG"[: stands.shape[-1]])
    return Profile(
        rule=RULES[rule](club),
        actors=tuple(seat.actor_id for seat in club),
        issues=tuple(f"issue {number}" for number in range(stands.shape[1])),
        positions=stands,
        salience=np.where(np.isnan(stands), 0.0, 0.5),
        capability=np.ones(len(club)),
        status_quo=np.full(stands.shape[:2], status_quo),
        proposal=np.full(stands.shape[:2], 100.0),
        cost_of_objecting=np.array([cost]),
    )


def test_an_even_majority_has_the_two_middle_members_and_all_between_as_its_core() -> None:
    found = core(RULES["absolute-majority"](seats(*"ABCD")), ideals(A=10, B=30, C=60, D=90))
    assert found == Interval(30, 60)


def test_where_silence_lets_anything_pass_the_core_is_empty() -> None:
    rule = RULES["consensus"](seats("A"))
    assert core(rule, {}) is None
    assert core(rule, ideals(A=40)) == Interval(40, 40)


def test_where_too_few_are_on_record_to_pass_anything_every_policy_stays() -> None:
    rule = RULES["absolute-majority"](seats(*"ABC"))
    assert core(rule, ideals(A=40)) == Interval(0, 100)
    low, high = pivots(profile("absolute-majority", [[40.0, np.nan, np.nan]]))
    assert (low.item(), high.item()) == (40, 40)  # but nobody stands there to hold it


def test_an_ideal_point_without_a_seat_is_refused() -> None:
    with pytest.raises(UnknownName, match="has no seat"):
        core(RULES["consensus"](seats("A")), ideals(outsider=50))


def test_several_issues_are_answered_at_once() -> None:
    low, high = cores(profile("absolute-majority", [[20, 50, 90], [0, 0, 70], [np.nan, 10, 20]]))
    assert low.tolist() == [[50, 0, 10]]
    assert high.tolist() == [[50, 0, 20]]


def test_a_cost_of_objecting_widens_what_passes_by_what_a_member_bears() -> None:
    free, dear = (winsets(profile("consensus", [[10, 60]], cost=cost)) for cost in (0, 4))
    assert [end.item() for end in free] == [0, 20]
    assert [end.item() for end in dear] == [0, 28]  # four points of salience-weighted loss at salience one half


def test_an_unknown_status_quo_gives_no_winset() -> None:
    low, high = winsets(profile("simple-majority", [[10, 60, 70]], status_quo=float("nan")))
    assert np.isnan([low, high]).all()
