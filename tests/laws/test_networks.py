"""What every discourse network must obey."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.positions.networks.made import discourse, referral

from winset.ids import ActorId
from winset.positions.networks.building import edges, network
from winset.positions.networks.camps import camps, communities, modularity
from winset.positions.networks.kinds import TWO_MODE_ONLY, Duplicates, Kind, Normalisation
from winset.positions.networks.types import Discourse
from winset.positions.networks.windows import networks, periods

ONE_MODE = [kind for kind in Kind if kind is not Kind.TWO_MODE]
OF_ACTORS = [each for each in Normalisation if each not in TWO_MODE_ONLY]

kinds = st.sampled_from(ONE_MODE)
normalisations = st.sampled_from(OF_ACTORS)
duplicates = st.sampled_from(list(Duplicates))


@st.composite
def discourses(draw: st.DrawFn, *, dated: bool = False) -> Discourse:
    levels = draw(st.sampled_from([(-1.0, 1.0), (-5.0, -1.0, 0.0, 2.0, 5.0)]))
    days = st.dates(min_value=_day(1), max_value=_day(28)).map(str)
    said = draw(
        st.lists(
            st.tuples(
                st.sampled_from("vwxyz"),
                st.sampled_from("abc"),
                st.sampled_from(levels),
                st.integers(0, 6),
                days if dated else st.none() | days,
                st.sampled_from(["", "wire", "letter"]),
            ),
            min_size=1,
            max_size=25,
            unique_by=lambda row: row[:4],
        )
    )
    return discourse(
        (referral(actor, of, level, n, on=on, origin=origin) for actor, of, level, n, on, origin in said),
        scale=(levels[0], levels[-1]),
    )


def _day(number: int) -> date:
    return date(2024, 2, number)


@given(said=discourses(), kind=kinds, normalisation=normalisations, once=duplicates)
def test_weights_are_symmetric_and_nobody_is_joined_to_itself(
    said: Discourse, kind: Kind, normalisation: Normalisation, once: Duplicates
) -> None:
    weights = network(said, kind=kind, normalisation=normalisation, duplicates=once).weights
    np.testing.assert_allclose(weights, weights.T)
    assert not weights.diagonal().any()


@given(said=discourses(), normalisation=normalisations, once=duplicates)
def test_subtract_is_congruence_less_conflict(said: Discourse, normalisation: Normalisation, once: Duplicates) -> None:
    congruence, conflict, subtract = (
        network(said, kind=kind, normalisation=normalisation, duplicates=once).weights
        for kind in (Kind.CONGRUENCE, Kind.CONFLICT, Kind.SUBTRACT)
    )
    np.testing.assert_allclose(subtract, congruence - conflict, atol=1e-12)


@given(said=discourses())
def test_congruence_and_conflict_together_are_all_pairs_on_the_same_concepts(said: Discourse) -> None:
    congruence, conflict = (
        network(said, kind=kind, duplicates=Duplicates.INCLUDE).weights for kind in (Kind.CONGRUENCE, Kind.CONFLICT)
    )
    ignored = network(replace(said, scale=(-9.0, 9.0)), kind=Kind.TWO_MODE, duplicates=Duplicates.INCLUDE)
    talk = np.zeros((len(ignored.actors), len(ignored.concepts)))
    for each in ignored.referrals:
        row = [actor.id for actor in ignored.actors].index(each.actor_id)
        talk[row, [concept.id for concept in ignored.concepts].index(each.concept)] += 1
    pairs = talk @ talk.T
    np.fill_diagonal(pairs, 0)
    np.testing.assert_allclose(congruence + conflict, pairs, atol=1e-12)


@given(said=discourses(), kind=kinds)
def test_normalised_weights_lie_between_minus_one_and_one_where_each_stance_counts_once(
    said: Discourse, kind: Kind
) -> None:
    two_ends = replace(said, referrals=tuple(each for each in said.referrals if each.level in said.scale))
    for normalisation in (Normalisation.AVERAGE, Normalisation.JACCARD, Normalisation.COSINE):
        weights = network(two_ends, kind=kind, normalisation=normalisation, duplicates=Duplicates.RANGE).weights
        assert np.all(np.abs(weights) <= 1 + 1e-12)


@given(said=discourses(), once=duplicates)
def test_jaccard_and_cosine_congruence_never_pass_one(said: Discourse, once: Duplicates) -> None:
    two_ends = replace(said, referrals=tuple(each for each in said.referrals if each.level in said.scale))
    for normalisation in (Normalisation.JACCARD, Normalisation.COSINE):
        assert np.all(network(two_ends, normalisation=normalisation, duplicates=once).weights <= 1 + 1e-12)


@given(said=discourses(), once=duplicates)
def test_an_actors_shares_of_its_activity_sum_to_one_at_most(said: Discourse, once: Duplicates) -> None:
    unit = replace(said, referrals=tuple(replace(each, level=1.0) for each in said.referrals))
    found = network(unit, kind=Kind.TWO_MODE, normalisation=Normalisation.ACTIVITY, duplicates=once)
    np.testing.assert_allclose(found.weights.sum(axis=1), 1)
    found = network(unit, kind=Kind.TWO_MODE, normalisation=Normalisation.PROMINENCE, duplicates=once)
    np.testing.assert_allclose(found.weights.sum(axis=0), 1)


@given(said=discourses(), kind=st.sampled_from(list(Kind)), data=st.data())
def test_renaming_and_reordering_changes_no_weight(said: Discourse, kind: Kind, data: st.DataObject) -> None:
    def new(actor: ActorId) -> ActorId:
        return ActorId(f"new {actor}")

    other = Discourse(
        actors=tuple(replace(actor, id=new(actor.id)) for actor in data.draw(st.permutations(said.actors))),
        concepts=said.concepts,
        referrals=tuple(
            replace(each, actor_id=new(each.actor_id)) for each in data.draw(st.permutations(said.referrals))
        ),
        scale=said.scale,
    )
    before, after = network(said, kind=kind), network(other, kind=kind)
    order = [[actor.id for actor in after.actors].index(new(actor.id)) for actor in before.actors]
    columns = order if kind is not Kind.TWO_MODE else range(len(before.concepts))
    np.testing.assert_allclose(after.weights[np.ix_(order, columns)], before.weights)


@given(said=discourses(), kind=st.sampled_from(list(Kind)), once=duplicates)
def test_every_edge_opens_onto_statements_of_both_its_ends(said: Discourse, kind: Kind, once: Duplicates) -> None:
    made = network(said, kind=kind, duplicates=once)
    of = {each.statement_id: each for each in made.referrals}
    for edge in edges(made):
        behind = [of[id] for id in edge.statements]
        assert edge.weight
        if kind is Kind.TWO_MODE:
            assert {(each.actor_id, each.concept) for each in behind} == {(edge.source, edge.target)}
        else:
            assert {each.actor_id for each in behind} == {edge.source, edge.target}


@given(said=discourses(dated=True), window=st.integers(1, 40), step=st.integers(1, 40))
def test_windows_together_hold_every_dated_statement_and_tumbling_ones_hold_each_once(
    said: Discourse, window: int, step: int
) -> None:
    step = min(step, window)
    made = [
        [each.statement_id for each in part.referrals]
        for part in networks(said, periods(said, window=window, step=step), duplicates=Duplicates.INCLUDE)
    ]
    everything = {each.statement_id for each in said.referrals}
    assert set().union(*made) == everything
    if step == window:
        assert sum(map(len, made)) == len(everything)


@given(said=discourses(dated=True), step=st.integers(1, 40))
def test_a_growing_network_only_gains_statements_and_ends_with_all(said: Discourse, step: int) -> None:
    made = [
        {each.statement_id for each in part.referrals}
        for part in networks(said, periods(said, step=step), duplicates=Duplicates.INCLUDE)
    ]
    assert all(before <= after for before, after in pairwise(made))
    assert made[-1] == {each.statement_id for each in said.referrals}
    assert made[0]


@given(said=discourses(), once=duplicates)
def test_leaving_duplicates_out_never_adds_a_statement(said: Discourse, once: Duplicates) -> None:
    kept = {each.statement_id for each in network(said, duplicates=once).referrals}
    everything = {each.statement_id for each in network(said, duplicates=Duplicates.INCLUDE).referrals}
    least = {each.statement_id for each in network(said, duplicates=Duplicates.RANGE).referrals}
    assert len(least) <= len(kept)
    assert kept <= everything


@given(said=discourses(), kind=st.sampled_from([Kind.CONGRUENCE, Kind.SUBTRACT]))
def test_camps_hold_each_actor_once_and_are_no_worse_than_none(said: Discourse, kind: Kind) -> None:
    made = network(said, kind=kind)
    assert sorted(actor for camp in camps(made) for actor in camp) == sorted(actor.id for actor in made.actors)
    agreeing = np.maximum(made.weights, 0)
    alone = [[row] for row in range(len(agreeing))]
    assert modularity(agreeing, communities(agreeing)) >= modularity(agreeing, alone) - 1e-12


@given(said=discourses(dated=True), kind=st.sampled_from(list(Kind)))
def test_an_empty_network_is_a_network(said: Discourse, kind: Kind) -> None:
    made = network(said, kind=kind, until=_day(1).replace(year=2000))
    assert made.weights.shape == (0, 0)
    assert list(edges(made)) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_weights_cannot_be_written_over(kind: Kind) -> None:
    made = network(discourse([referral("i", "a", 1), referral("j", "a", 1)]), kind=kind)
    with pytest.raises(ValueError, match="read-only"):
        made.weights[0, 0] = 9
