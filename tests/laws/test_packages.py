"""What every package found must obey, under every rule: the rule itself is asked again, vote by vote."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.package_votes import NOTHING, package_gains, package_passes
from winset.decisions.packages import Package, Packages, packages
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.decisions.types import Outcome, Vote
from winset.ids import ActorId
from winset.issues import Seat

LAW = settings(max_examples=60)
ANY_SIZE = ("consensus-silence", "consensus", "eu-unanimity", "simple-majority", "absolute-majority")
BY_ONE = ("consensus-silence", "consensus", "eu-unanimity")  # in which every member can block alone
LIMITS = st.sampled_from((1, 200_000))  # found step by step, or counted through


@st.composite
def profiles(draw: st.DrawFn, rules: tuple[str, ...] = ANY_SIZE) -> Profile:
    seats, issues = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    shape = (1, issues, seats)
    hidden = rng.random(shape) < draw(st.sampled_from((0.0, 0.2)))
    status_quo = np.array(rng.integers(0, 5, shape[:2]) * 10.0, dtype=np.float64)
    own = tuple(Seat(actor_id=ActorId(f"M{number}"), name=f"member {number}") for number in range(seats))
    return Profile(
        rule=RULES[draw(st.sampled_from(rules))](own),
        actors=tuple(seat.actor_id for seat in own),
        issues=tuple(f"issue {number}" for number in range(issues)),
        positions=np.where(hidden, np.nan, rng.integers(0, 11, shape) * 10.0),
        salience=np.where(hidden, 0, rng.integers(1, 5, shape) / 4),
        capability=np.ones(seats),
        status_quo=status_quo,
        proposal=np.where(rng.random(shape[:2]) < 0.2, np.nan, rng.integers(5, 11, shape[:2]) * 10.0),
        cost_of_objecting=np.array([draw(st.sampled_from((0.0, 5.0)))]),
    )


def every(found: Packages) -> list[Package]:
    return [package for package in (found.total, found.product, found.nearest, *found.front) if package]


def votes(profile: Profile, values: tuple[float, ...]) -> dict[ActorId, Vote]:
    """Counted one by one, apart from the code that searches."""
    cast, least = {}, NOTHING * (profile.high - profile.low)
    for number, seat in enumerate(profile.rule.seats):
        worth, heard = 0.0, False
        for issue, value in enumerate(values):
            held, care = profile.positions[0, issue, number], profile.salience[0, issue, number]
            if not np.isnan(held):
                heard = True
                worth += care * (abs(profile.status_quo[0, issue] - held) - abs(value - held))
        cast[seat.actor_id] = Vote.YES if worth > least else Vote.ABSTAIN
        if worth < -profile.cost_of_objecting[0] - least:
            cast[seat.actor_id] = Vote.NO
        elif not heard:
            cast[seat.actor_id] = Vote.SILENT
    return cast


@LAW
@given(profile=profiles(), limit=LIMITS)
def test_the_rule_adopts_every_package_found(profile: Profile, limit: int) -> None:
    found = packages(profile, limit=limit)
    for package in every(found):
        cast = votes(profile, package.values)
        assert profile.rule.outcome(cast) is Outcome.ADOPTED
        assert set(package.objectors) == {
            actor for actor, vote in cast.items() if profile.rule.counted(vote) is Vote.NO
        }
        assert package_passes(profile, np.array([package.values])).all()
        assert dict(package.gains) == pytest.approx(
            dict(zip(profile.actors, package_gains(profile, np.array([package.values]))[0], strict=True))
        )
        assert all(profile.low <= value <= profile.high for value in package.values)


@LAW
@given(profile=profiles(BY_ONE), limit=LIMITS)
def test_nobody_who_can_block_loses_more_than_objecting_costs(profile: Profile, limit: int) -> None:
    least = -profile.cost_of_objecting[0] - 1e-6
    for package in every(packages(profile, limit=limit)):
        assert all(gain >= least for _, gain in package.gains)
        assert package.objectors == ()


@LAW
@given(profile=profiles())
def test_what_passes_alone_and_together_is_what_the_rule_says(profile: Profile) -> None:
    found = packages(profile)
    start, asked = profile.status_quo[0], profile.proposal[0]

    def adopted(issues: set[int]) -> bool:
        values = tuple(float(asked[issue] if issue in issues else start[issue]) for issue in range(len(start)))
        return profile.rule.outcome(votes(profile, values)) is Outcome.ADOPTED

    for issue, passes in enumerate(found.alone):
        assert passes is (None if np.isnan(asked[issue]) else adopted({issue}))
    proposed = {issue for issue in range(len(start)) if not np.isnan(asked[issue])}
    assert found.together is (adopted(proposed) if proposed else None)
    for bundle in found.bundles:
        mine = {profile.issues.index(issue) for issue in bundle.issues}
        assert adopted(mine)
        assert bundle.carried
        for issue in (profile.issues.index(name) for name in bundle.carried):
            assert found.alone[issue] is False
            assert len(mine) > 1


@LAW
@given(profile=profiles())
def test_both_halves_of_a_logroll_fail_alone_and_pass_together(profile: Profile) -> None:
    for roll in packages(profile).logrolls:
        places = [profile.issues.index(issue) for issue in roll.issues]
        for changed in (places[:1], places[1:], places):
            values = [
                roll.values[places.index(issue)] if issue in changed else float(profile.status_quo[0, issue])
                for issue in range(len(profile.issues))
            ]
            passes = profile.rule.outcome(votes(profile, tuple(values))) is Outcome.ADOPTED
            assert passes is (changed == places)
        for bargain in roll.bargains:
            assert {bargain.gets, bargain.gives} == set(roll.issues)
            assert bargain.worth > bargain.costs > 0


@LAW
@given(profile=profiles(), rungs=st.lists(st.integers(0, 20), min_size=1, max_size=4))
def test_counting_through_finds_what_trying_everything_finds(profile: Profile, rungs: list[int]) -> None:
    choices = [[value * 5.0 for value in rungs]] * len(profile.issues)
    found = packages(profile, rungs=choices)
    steps = [sorted({*values, float(start)}) for values, start in zip(choices, profile.status_quo[0], strict=True)]
    grid = np.array(np.meshgrid(*steps)).reshape(len(steps), -1).T
    passing = [
        tuple(row)
        for row in grid.tolist()
        if row != profile.status_quo[0].tolist() and profile.rule.outcome(votes(profile, tuple(row))) is Outcome.ADOPTED
    ]
    assert found.passing == len(passing)
    assert found.gap == 0
    if passing:
        gains = package_gains(
            replace(
                profile,
                positions=np.repeat(profile.positions, len(passing), axis=0),
                salience=np.repeat(profile.salience, len(passing), axis=0),
                status_quo=np.repeat(profile.status_quo, len(passing), axis=0),
                proposal=np.repeat(profile.proposal, len(passing), axis=0),
                cost_of_objecting=np.repeat(profile.cost_of_objecting, len(passing)),
            ),
            np.array(passing),
        )
        assert found.total is not None
        assert found.total.total == pytest.approx(gains.sum(axis=1).max(), abs=1e-6)
        for package in found.front:
            mine = np.array([gain for _, gain in package.gains])
            better = (gains >= mine - 1e-9).all(axis=1) & (gains > mine + 1e-6).any(axis=1)
            assert not better.any()
    else:
        assert found.total is None


@LAW
@given(profile=profiles(), limit=LIMITS, data=st.data())
def test_packages_do_not_depend_on_names_order_or_scale(profile: Profile, limit: int, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(profile.actors))))
    factor, shift = data.draw(st.sampled_from(((0.5, 0.0), (2.0, -64.0), (-0.25, 16.0))))
    seats = tuple(replace(profile.rule.seats[number], actor_id=ActorId(f"new {number}")) for number in order)
    ends = sorted((profile.low * factor + shift, profile.high * factor + shift))
    other = replace(
        profile,
        rule=replace(profile.rule, seats=seats),
        actors=tuple(seat.actor_id for seat in seats),
        positions=profile.positions[..., order] * factor + shift,
        salience=profile.salience[..., order],
        status_quo=profile.status_quo * factor + shift,
        proposal=profile.proposal * factor + shift,
        cost_of_objecting=profile.cost_of_objecting * abs(factor),
        low=ends[0],
        high=ends[1],
    )
    first, second = packages(profile, limit=limit), packages(other, limit=limit)
    assert (first.alone, first.together, first.bundles) == (second.alone, second.together, second.bundles)
    assert first.passing == second.passing
    for one, two in zip(
        (first.total, first.product, first.nearest), (second.total, second.product, second.nearest), strict=True
    ):
        assert (one is None) is (two is None)
    if first.total and second.total:
        assert second.total.total == pytest.approx(first.total.total * abs(factor), abs=1e-4)
    if first.nearest and second.nearest:
        assert second.nearest.given_up == pytest.approx(first.nearest.given_up, abs=1e-4)
