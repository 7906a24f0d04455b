"""Networks from discourses: refusals, camps, graphs."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.positions.networks.made import discourse, referral

from winset.errors import BadCase, InvalidValue, NotConfigured, OffScale
from winset.positions.networks import building
from winset.positions.networks.building import check, edges, network
from winset.positions.networks.camps import camps, communities, modularity
from winset.positions.networks.graphs import as_networkx
from winset.positions.networks.kinds import TWO_MODE_ONLY, Duplicates, Kind, Normalisation
from winset.positions.networks.types import Discourse

TWO_CAMPS = discourse(
    [
        *(referral(actor, "a", 1, on="2024-01-01") for actor in "uvw"),
        *(referral(actor, "a", -1, on="2024-01-02") for actor in "xyz"),
        *(referral(actor, "b", 1, on="2024-01-03") for actor in "ux"),
    ]
)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("normalisation", list(Normalisation))
def test_actors_and_concepts_are_normalised_each_in_their_way(kind: Kind, normalisation: Normalisation) -> None:
    fits = normalisation is Normalisation.NONE or (normalisation in TWO_MODE_ONLY) is (kind is Kind.TWO_MODE)
    if fits:
        check(kind, normalisation)
    else:
        with pytest.raises(BadCase, match="allowed is none"):
            network(TWO_CAMPS, kind=kind, normalisation=normalisation)


def test_a_referral_to_what_is_not_there_is_refused() -> None:
    said = (referral("i", "a", 1),)
    with pytest.raises(InvalidValue, match="list both first"):
        Discourse(actors=(), concepts=(), referrals=said)
    with pytest.raises(OffScale, match="allowed is -1 to 1"):
        discourse([referral("i", "a", 2)])
    with pytest.raises(OffScale, match="must differ"):
        discourse([], scale=(1, 1))


def test_too_many_actors_are_refused_before_anything_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MOST_ACTORS", 5)
    with pytest.raises(BadCase, match="6 actors on 2 concepts"):
        network(TWO_CAMPS)


def test_actors_that_say_nothing_are_no_nodes() -> None:
    made = network(TWO_CAMPS, until=date(2024, 1, 1))
    assert [actor.id for actor in made.actors] == list("uvw")
    assert [concept.id for concept in made.concepts] == ["a"]


def test_an_edge_names_what_made_it() -> None:
    said = [referral("i", "a", 1, 1), referral("i", "a", -1, 2), referral("j", "a", 1, 3), referral("j", "b", 1, 4)]
    behind = {
        kind: [edge.statements for edge in edges(network(discourse(said), kind=kind))]
        for kind in (Kind.CONGRUENCE, Kind.CONFLICT, Kind.SUBTRACT)
    }
    assert behind[Kind.CONGRUENCE] == [("i-a-1-1", "j-a-1-3")]
    assert behind[Kind.CONFLICT] == [("i-a--1-2", "j-a-1-3")]
    assert behind[Kind.SUBTRACT] == []  # as much agreed as contradicted


def test_camps_are_who_agrees() -> None:
    assert camps(network(TWO_CAMPS)) == (("u", "v", "w"), ("x", "y", "z"))
    assert camps(network(TWO_CAMPS, kind=Kind.SUBTRACT)) == (("u", "v", "w"), ("x", "y", "z"))
    for kind in (Kind.CONFLICT, Kind.TWO_MODE):
        with pytest.raises(BadCase, match="ask for congruence or subtract"):
            camps(network(TWO_CAMPS, kind=kind))


def test_who_agrees_with_nobody_is_alone() -> None:
    assert communities(np.zeros((3, 3))) == [[0], [1], [2]]
    assert modularity(np.zeros((3, 3)), [[0], [1], [2]]) == 0


def test_camps_are_those_of_networkx() -> None:
    networkx = pytest.importorskip("networkx", reason="camps were not compared with networkx, which is not here")
    for seed in range(20):
        weights = np.triu(np.random.default_rng(seed).integers(0, 4, (12, 12)), 1).astype(float)
        weights += weights.T
        graph = networkx.from_numpy_array(weights)
        theirs = [sorted(group) for group in networkx.community.greedy_modularity_communities(graph, weight="weight")]
        ours = communities(weights)
        assert modularity(weights, ours) == pytest.approx(networkx.community.modularity(graph, ours))
        assert modularity(weights, ours) >= modularity(weights, theirs) - 0.05  # equal gains are taken in another order


def test_a_graph_tells_what_stands_behind_it() -> None:
    pytest.importorskip("networkx", reason="no graph was made: networkx is not here")
    placed = replace(TWO_CAMPS, actors=tuple(replace(each, position=20.0, std_error=5.0) for each in TWO_CAMPS.actors))
    graph = as_networkx(network(placed, kind=Kind.SUBTRACT, duplicates=Duplicates.RANGE, until=date(2024, 1, 3)))
    assert graph.graph == {
        "kind": "subtract",
        "normalisation": "none",
        "duplicates": "range",
        "until": "2024-01-03",
    }
    assert graph.nodes["u"] == {
        "name": "U",
        "mode": "actor",
        "standing": "unknown",
        "statements": 2,
        "position": 20.0,
        "std_error": 5.0,
    }
    assert graph.edges["u", "v"] == {"weight": 1.0, "statements": ("u-a-1-0", "v-a-1-0")}
    assert not graph.has_edge("u", "x")  # they agree on one and differ on the other
    assert graph.edges["v", "x"]["weight"] == -1


def test_a_graph_of_actors_and_concepts_keeps_equal_ids_apart() -> None:
    pytest.importorskip("networkx", reason="no graph was made: networkx is not here")
    graph = as_networkx(network(discourse([referral("a", "a", -1)]), kind=Kind.TWO_MODE))
    assert dict(graph.nodes(data="mode")) == {"a": "actor", "concept: a": "concept"}
    assert graph.edges["a", "concept: a"]["weight"] == -1


def test_without_networkx_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(NotConfigured, match=r"pip install 'winset\[networks\]'"):
        as_networkx(network(TWO_CAMPS))
