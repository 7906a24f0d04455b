"""What the winset and the core must obey under every rule, in one dimension and in several."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from winset.decisions.core import core, cores, pivots
from winset.decisions.counting import adopted
from winset.decisions.preferences import ballots
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.spatial import (
    Agenda,
    Dominance,
    Metric,
    Space,
    core_of,
    dominance,
    stationary_distribution,
    terminal_sets,
    top_cycle,
    uncovered_set,
    winset_of,
)
from winset.decisions.winset import acceptable, winsets
from winset.errors import BadCase
from winset.ids import ActorId
from winset.issues import Seat, Threshold

LAW = settings(max_examples=60, deadline=None)
SHIPPED = (
    "consensus-silence",
    "consensus",
    "eu-unanimity",
    "simple-majority",
    "absolute-majority",
    "two-thirds-majority",
)
ON_SCALE = st.integers(0, 400).map(lambda quarter: quarter / 4)


def seats(votes: list[int], *, vetoes: int = 0) -> tuple[Seat, ...]:
    return tuple(
        Seat(actor_id=ActorId(f"M{place}"), name=f"member {place}", votes=own, veto=place < vetoes)
        for place, own in enumerate(votes)
    )


@st.composite
def bodies(draw: st.DrawFn) -> DecisionRule:
    """Objections, vetoes, votes joined by "and" and "or", a chair that overrules, silence read either way."""
    size = draw(st.integers(1, 6))
    club = seats(draw(st.lists(st.integers(1, 9), min_size=size, max_size=size)), vetoes=draw(st.integers(0, size)))
    rule = RULES[draw(st.sampled_from(SHIPPED))](club)
    kind = draw(st.sampled_from(("as shipped", "vetoes", "either way", "overruled")))
    above_half = Threshold(of="votes", share=Fraction(1, 2), more_than=True)
    most = Threshold(of="members", share=Fraction(3, 4))
    if kind == "vetoes":
        rule = replace(rule, veto_blocks=True)
    elif kind == "either way":
        rule = replace(RULES["absolute-majority"](club), ways=((above_half,), (most, above_half)))
    elif kind == "overruled" and size > 2:
        rule = replace(RULES["consensus"](club), overrules=1)
    return rule


@st.composite
def profiles(draw: st.DrawFn, *, costs: bool = False) -> Profile:
    rule = draw(bodies())
    size, shape = len(rule.seats), (draw(st.integers(1, 3)), draw(st.integers(1, 2)))

    def filled(values: st.SearchStrategy[float], *shape: int) -> NDArray[np.float64]:
        count = int(np.prod(shape))
        return np.array(draw(st.lists(values, min_size=count, max_size=count)), dtype=float).reshape(shape)

    known = filled(st.sampled_from((0.0, 1.0, 1.0)), *shape, size) > 0
    return Profile(
        rule=rule,
        actors=tuple(seat.actor_id for seat in rule.seats),
        issues=tuple(f"issue {number}" for number in range(shape[1])),
        positions=np.where(known, filled(ON_SCALE, *shape, size), np.nan),
        salience=np.where(known, filled(st.sampled_from((0.0, 0.5, 1.0) if costs else (0.5, 1.0)), *shape, size), 0.0),
        capability=np.ones(size),
        status_quo=filled(ON_SCALE, *shape),
        proposal=filled(ON_SCALE, *shape),
        cost_of_objecting=filled(st.sampled_from((0.0, 4.0, 16.0)), shape[0]) if costs else np.zeros(shape[0]),
    )


def stands(profile: Profile, cell: tuple[int, ...]) -> dict[ActorId, float]:
    ideals = zip(profile.actors, profile.positions[cell].tolist(), strict=True)
    return {actor: ideal for actor, ideal in ideals if not np.isnan(ideal)}


@LAW
@given(profile=profiles())
def test_the_winsets_of_a_profile_are_those_of_its_cells(profile: Profile) -> None:
    low, high = winsets(profile)
    for cell in np.ndindex(low.shape):
        start = float(profile.status_quo[cell])
        found = acceptable(profile.rule, stands(profile, cell), status_quo=start)
        assert (float(low[cell]), float(high[cell])) == (found or (start, start))


@LAW
@given(profile=profiles(costs=True), option=ON_SCALE)
def test_an_option_lies_within_the_winset_exactly_when_the_ballots_adopt_it(profile: Profile, option: float) -> None:
    low, high = winsets(profile)
    options = np.full(low.shape, option)
    said = ballots(profile, option=options)
    passes = adopted(profile.rule, yes=said.yes, no=said.no)
    judged = (options != low) & (options != high) & (options != profile.status_quo)  # at an end somebody is indifferent
    assert np.array_equal(passes[judged], ((low < options) & (options < high))[judged])


@LAW
@given(profile=profiles())
def test_the_cores_of_a_profile_are_those_of_its_cells(profile: Profile) -> None:
    low, high = cores(profile)
    for cell in np.ndindex(low.shape):
        found = core(profile.rule, stands(profile, cell))
        assert (None if np.isnan(low[cell]) else (float(low[cell]), float(high[cell]))) == found


@LAW
@given(profile=profiles())
def test_a_status_quo_is_in_the_core_exactly_when_its_winset_is_empty(profile: Profile) -> None:
    low, high = winsets(profile)
    least, most = cores(profile)
    inside = (least <= profile.status_quo) & (profile.status_quo <= most)
    at_an_end = (profile.status_quo == 0) | (profile.status_quo == 100)  # the scale leaves nothing on one side
    assert np.array_equal(inside | at_an_end, (low == high) | at_an_end)


@LAW
@given(profile=profiles())
def test_the_pivots_are_ideal_points_of_members_on_record(profile: Profile) -> None:
    for ends in pivots(profile):
        known = ~np.isnan(profile.positions)
        assert np.array_equal(np.isnan(ends), ~known.any(axis=-1))
        assert np.all(np.isnan(ends) | (profile.positions == ends[..., None]).any(axis=-1))


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    """Up to six members, some silent, and up to ninety alternatives on a small grid, so that many are tied."""
    rule = draw(bodies())
    size, dimensions = len(rule.seats), draw(st.integers(1, 3))
    marks = st.integers(-4, 4).map(float)

    def points(count: int) -> NDArray[np.float64]:
        found = draw(st.lists(marks, min_size=count * dimensions, max_size=count * dimensions))
        return np.array(found).reshape(count, dimensions)

    ideals = points(size)
    ideals[draw(st.lists(st.booleans(), min_size=size, max_size=size))] = np.nan
    return Space(
        rule=rule,
        ideals=ideals,
        alternatives=np.unique(points(draw(st.integers(1, 90))), axis=0),
        salience=draw(st.sampled_from((None, np.arange(1.0, dimensions + 1)))),
        metric=draw(st.sampled_from(Metric)),
    )


def matrix(relation: Dominance) -> NDArray[np.bool_]:
    return np.array([relation.winset(place) for place in range(len(relation.winsets))])


@LAW
@given(space=spaces())
def test_dominance_holds_the_winset_of_every_alternative_read_both_ways(space: Space) -> None:
    relation = dominance(space)
    rows = matrix(relation)
    for place, point in enumerate(space.alternatives):
        assert np.array_equal(rows[place], winset_of(space, point))
    assert np.array_equal(np.unpackbits(relation.beaten, axis=1, count=len(rows)).astype(bool), rows.T)
    assert np.array_equal(relation.sizes, rows.sum(axis=1))


@LAW
@given(space=spaces())
def test_counting_pair_by_pair_finds_the_same_dominance(space: Space) -> None:
    with pytest.MonkeyPatch.context() as patched:
        quick = dominance(space)
        patched.setattr("winset.decisions.spatial.relation.FEW", -1)
        patched.setattr("winset.decisions.spatial.relation._all_must_bear", lambda _: False)
        slow = dominance(space)
    assert np.array_equal(quick.winsets, slow.winsets)
    assert np.array_equal(quick.beaten, slow.beaten)


@LAW
@given(space=spaces())
def test_where_one_objection_is_enough_no_coalitions_are_needed(space: Space) -> None:
    silent = replace(space, rule=RULES["consensus-silence"](space.rule.seats))
    quick = dominance(silent)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("winset.decisions.spatial.relation.FEW", 0)
        assert np.array_equal(dominance(silent).winsets, quick.winsets)


@LAW
@given(space=spaces())
def test_solution_sets_are_what_their_definitions_say(space: Space) -> None:
    relation = dominance(space)
    over = matrix(relation)  # over[x, y]: y is adopted over x
    assert np.array_equal(core_of(relation), ~over.any(axis=1))
    covers = [
        [over[y, x] and not (over[x] & ~over[y]).any() for x in range(len(over))] for y in range(len(over))
    ]  # covers[y][x]: x covers y
    assert np.array_equal(uncovered_set(relation), ~np.any(covers, axis=1))
    reach = over | np.eye(len(over), dtype=bool)
    for _ in range(len(over).bit_length()):
        reach = (reach.astype(int) @ reach.astype(int)) > 0
    assert np.array_equal(top_cycle(relation), ~(reach & ~reach.T).any(axis=1))
    assert uncovered_set(relation).any()
    assert not (core_of(relation) & ~top_cycle(relation)).any()


@LAW
@given(space=spaces(), agenda=st.sampled_from(Agenda))
def test_a_stationary_distribution_is_one_and_lies_in_the_only_terminal_set(space: Space, agenda: Agenda) -> None:
    relation = dominance(space)
    ends = terminal_sets(relation)
    if len(ends) > 1:
        with pytest.raises(BadCase, match="depends on its start"):
            stationary_distribution(relation, agenda=agenda)
        return
    often = stationary_distribution(relation, agenda=agenda)
    over = matrix(relation).astype(float)
    moves = over.sum(axis=1)
    if agenda is Agenda.ZERO_INTELLIGENCE:
        chain = (over + np.diag(len(over) - moves)) / len(over)
    else:
        chain = (over + np.eye(len(over))) / (1 + moves)[:, None]
    assert often.sum() == pytest.approx(1)
    assert np.array_equal(often > 0, ends[0])
    assert often @ chain == pytest.approx(often, abs=1e-10)
