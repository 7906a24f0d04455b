"""Packages on small bodies that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from winset.decisions.package_votes import package_passes
from winset.decisions.packages import Bargain, Bundle, packages
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import BadCase, OffScale
from winset.ids import ActorId
from winset.issues import Seat


def body(
    positions: list[list[float]], salience: list[list[float]], *, rule: str = "consensus", cost: float = 0.0
) -> Profile:
    """One draw; rows are issues, columns members with a vote each; from 0, all proposals at 100."""
    seats = tuple(Seat(actor_id=ActorId(f"M{number}"), name="member") for number in range(len(positions[0])))
    return Profile(
        rule=RULES[rule](seats),
        actors=tuple(seat.actor_id for seat in seats),
        issues=tuple(f"issue {number}" for number in range(len(positions))),
        positions=np.array([positions], dtype=float),
        salience=np.array([salience], dtype=float),
        capability=np.ones(len(seats)),
        status_quo=np.zeros((1, len(positions))),
        proposal=np.full((1, len(positions)), 100.0),
        cost_of_objecting=np.array([cost]),
    )


def two_wishes() -> Profile:
    """Each wants one of two things much, and minds the other a little."""
    return body([[100, 0], [0, 100]], [[0.9, 0.2], [0.3, 0.8]])


def test_what_each_blocks_alone_passes_together() -> None:
    found = packages(two_wishes())
    assert found.alone == (False, False)
    assert found.together is True
    assert found.bundles == (Bundle(issues=("issue 0", "issue 1"), carried=("issue 0", "issue 1")),)
    (roll,) = found.logrolls
    assert roll.values == (100.0, 100.0)
    assert roll.bargains == (
        Bargain(actor_id=ActorId("M0"), gets="issue 0", worth=90, gives="issue 1", costs=30),
        Bargain(actor_id=ActorId("M1"), gets="issue 1", worth=80, gives="issue 0", costs=20),
    )
    assert found.total is not None
    assert found.total.values == (100.0, 100.0)
    assert found.total.total == pytest.approx(120)


def test_a_veto_player_that_gains_nothing_stops_the_package() -> None:
    # a model of exchange would trade all the same: it does not ask who can say no
    profile = body([[100, 0, 0], [0, 100, 0]], [[0.9, 0.2, 0.1], [0.3, 0.8, 0.1]])
    found = packages(profile)
    assert found.together is False
    assert found.total is None
    assert found.logrolls == ()
    by_majority = packages(replace(profile, rule=RULES["simple-majority"](profile.rule.seats)))
    assert by_majority.together is True
    assert by_majority.total is not None
    assert by_majority.total.objectors == ("M2",)
    assert by_majority.product is None  # nobody may be left without a gain in a product of gains


def test_objecting_that_costs_lets_a_small_loss_pass() -> None:
    profile = body([[100, 0, 0], [0, 100, 0]], [[0.9, 0.2, 0.1], [0.3, 0.8, 0.1]], cost=20)
    assert packages(profile).together is True


def test_the_nearest_package_stops_where_the_last_member_turns() -> None:
    # M1 loses .4 a point on issue 0 and gains .2 a point on issue 1: it follows half the way
    profile = body([[100, 0], [100, 100]], [[1, 0.4], [1, 0.2]])
    found = packages(profile)
    assert found.nearest is not None
    assert found.nearest.values == pytest.approx((50, 100), abs=0.02)
    assert found.nearest.given_up == pytest.approx(0.5, abs=2e-4)
    on_rungs = packages(profile, rungs=[[0, 40, 100], [0, 100]])
    assert on_rungs.nearest is not None
    assert on_rungs.nearest.values == (40.0, 100.0)


def test_packages_too_many_to_count_through_are_searched_and_say_so() -> None:
    found = packages(two_wishes(), limit=1)
    assert found.passing is None
    assert found.front == ()
    assert found.total is not None
    assert found.total.values == (100.0, 100.0)
    assert found.gap == pytest.approx(0)  # 70 on issue 0 and 50 on issue 1 are the most there is


def test_the_gap_is_what_the_greatest_sum_may_still_be_above_the_one_found() -> None:
    profile = body([[100, 0], [100, 100]], [[1, 0.4], [1, 0.2]])  # 60 and 120 at most; M1 follows to (50, 100)
    found = packages(profile, limit=1)
    assert found.total is not None
    assert found.total.values == pytest.approx((50, 100), abs=0.02)
    assert found.gap == pytest.approx(180 - 150, abs=0.02)
    assert packages(profile).gap == 0


def test_members_with_nothing_on_record_are_silent_and_have_no_stake() -> None:
    profile = body([[100, np.nan], [np.nan, np.nan]], [[1, 0], [0, 0]])
    found = packages(profile)
    assert found.total is not None
    assert dict(found.total.gains) == {"M0": 100, "M1": 0}
    by_majority = packages(replace(profile, rule=RULES["absolute-majority"](profile.rule.seats)))
    assert by_majority.total is None  # one yes of two is no majority
    assert by_majority.alone == (False, False)


def test_each_draw_is_put_to_the_vote() -> None:
    one = two_wishes()
    two = replace(
        one,
        positions=np.concatenate([one.positions, 100 - one.positions[:, :, ::-1]]),
        salience=np.concatenate([one.salience, one.salience]),
        status_quo=np.zeros((2, 2)),
        proposal=np.full((2, 2), 100.0),
        cost_of_objecting=np.zeros(2),
    )
    assert package_passes(two, np.array([[100.0, 100.0]])).tolist() == [True, True]
    assert package_passes(two, np.array([[100.0, 0.0]])).tolist() == [False, False]
    assert packages(two, draw=1).issues == one.issues


def test_of_an_issue_without_a_proposal_only_rungs_are_asked() -> None:
    profile = replace(two_wishes(), proposal=np.full((1, 2), np.nan))
    found = packages(profile)
    assert (found.alone, found.together, found.nearest, found.bundles) == ((None, None), None, None, ())
    assert found.total is not None


def test_what_cannot_be_asked_is_refused_in_one_line() -> None:
    profile = two_wishes()
    with pytest.raises(BadCase, match="the status quo of 'issue 0' is unknown"):
        packages(replace(profile, status_quo=np.full((1, 2), np.nan)))
    with pytest.raises(BadCase, match="draw 3 of a profile with 1"):
        packages(profile, draw=3)
    with pytest.raises(BadCase, match="rungs of 1 issues for 2"):
        packages(profile, rungs=[[100]])
    with pytest.raises(OffScale, match="rung 101 of 'issue 1': the scale runs from 0 to 100"):
        packages(profile, rungs=[[100], [101]])
