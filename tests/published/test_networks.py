"""Discourse networks against the figures and formulas of the manual of Discourse Network Analyzer, and modularity."""

from __future__ import annotations

import numpy as np
import pytest
from tests.positions.networks.made import discourse, referral

from winset.positions.networks.building import edges, network
from winset.positions.networks.camps import communities, modularity
from winset.positions.networks.kinds import Duplicates, Kind, Normalisation

MANUAL = "Leifeld, Gruber & Bossner (2018), Discourse Network Analyzer Manual, chapter 2"


@pytest.mark.published(f"{MANUAL}: figure of the affiliation network and its actor network")
def test_the_actor_network_of_the_figure() -> None:
    affiliations = {"a1": ["c1"], "a2": ["c1", "c2", "c3"], "a3": ["c3", "c5"], "a4": ["c3"], "a5": ["c3", "c4"]}
    said = [referral(actor, concept, 1) for actor, concepts in affiliations.items() for concept in concepts]
    joined = {(edge.source, edge.target): edge.weight for edge in edges(network(discourse(said)))}
    drawn = [("a1", "a2"), ("a2", "a3"), ("a2", "a5"), ("a3", "a4"), ("a3", "a5"), ("a2", "a4"), ("a4", "a5")]
    assert joined == dict.fromkeys(drawn, 1.0)


@pytest.mark.published(f"{MANUAL}: figure of congruence and conflict with a binary qualifier")
@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [(1, 1, Kind.CONGRUENCE), (-1, -1, Kind.CONGRUENCE), (1, -1, Kind.CONFLICT), (-1, 1, Kind.CONFLICT)],
)
def test_for_or_against_the_same_joins_and_opposite_stances_conflict(one: float, two: float, kind: Kind) -> None:
    both = discourse([referral("a1", "c1", one), referral("a2", "c1", two)])
    other = Kind.CONFLICT if kind is Kind.CONGRUENCE else Kind.CONGRUENCE
    assert network(both, kind=kind).weights[0, 1] == 1
    assert network(both, kind=other).weights[0, 1] == 0


@pytest.mark.published(f"{MANUAL}: figure of congruence and conflict with an integer qualifier from -5 to 5")
@pytest.mark.parametrize(("one", "two", "congruent", "conflicting"), [(2, 5, 0.7, 0.3), (-4, 2, 0.4, 0.6)])
def test_intensities_are_as_near_as_their_difference(
    one: float, two: float, congruent: float, conflicting: float
) -> None:
    both = discourse([referral("a1", "c1", one), referral("a2", "c1", two)], scale=(-5, 5))
    assert network(both, kind=Kind.CONGRUENCE).weights[0, 1] == pytest.approx(congruent)
    assert network(both, kind=Kind.CONFLICT).weights[0, 1] == pytest.approx(conflicting)


@pytest.mark.published(f"{MANUAL}: example below the equation of congruence")
def test_repeated_intensities_are_multiplied() -> None:
    said = [referral("a1", "c1", -4, n) for n in range(2)] + [referral("a2", "c1", 2, n) for n in range(3)]
    found = network(discourse(said, scale=(-5, 5)), duplicates=Duplicates.INCLUDE)
    # 2 x 3 x (1 - |-4 - 2| / (11 - 1)) = 6 x 0.4; the manual prints the product as 4.2
    assert found.weights[0, 1] == pytest.approx(2.4)


# Three actors on three concepts, each stance once but one. How often for (+) and against (-):
#
#        a        b        c        activity
#   i    1+       1+ 1-             3
#   j    2+       1-                3
#   k             1+       1-       2
WORKED = [
    referral("i", "a", 1),
    referral("i", "b", 1),
    referral("i", "b", -1),
    referral("j", "a", 1, 1),
    referral("j", "a", 1, 2),
    referral("j", "b", -1),
    referral("k", "b", 1),
    referral("k", "c", -1),
]
WORKED_BY_HAND = {
    # congruence: i-j: a+ 1 x 2, b- 1 x 1; i-k: b+ 1 x 1; j-k: nothing
    (Kind.CONGRUENCE, Normalisation.NONE): (3, 1, 0),
    # conflict: i-j: b+ against b- 1 x 1; i-k: b- against b+ 1 x 1; j-k: b- against b+ 1 x 1
    (Kind.CONFLICT, Normalisation.NONE): (1, 1, 1),
    (Kind.SUBTRACT, Normalisation.NONE): (2, 0, -1),
    # average activity: i-j: (3 + 3) / 2; i-k: (3 + 2) / 2; j-k: (3 + 2) / 2
    (Kind.CONGRUENCE, Normalisation.AVERAGE): (3 / 3, 1 / 2.5, 0),
    (Kind.SUBTRACT, Normalisation.AVERAGE): (2 / 3, 0, -1 / 2.5),
    # Jaccard: only i + only j + products of both
    #   i-j: b+ 1;         nothing;     a+ 1 x 2, b- 1 x 1:  1 + 0 + 3
    #   i-k: a+ 1, b- 1;   c- 1;        b+ 1 x 1:            2 + 1 + 1
    #   j-k: a+ 2, b- 1;   b+ 1, c- 1;  nothing:             3 + 2 + 0
    (Kind.CONGRUENCE, Normalisation.JACCARD): (3 / 4, 1 / 4, 0),
    (Kind.CONFLICT, Normalisation.JACCARD): (1 / 4, 1 / 4, 1 / 5),
    # cosine: i-j: 3 x 3; i-k: 3 x 2; j-k: 3 x 2
    (Kind.CONGRUENCE, Normalisation.COSINE): (3 / 9, 1 / 6, 0),
    (Kind.SUBTRACT, Normalisation.COSINE): (2 / 9, 0, -1 / 6),
}


@pytest.mark.published(f"{MANUAL}: equations of congruence, conflict, subtract and their normalisations, by hand")
@pytest.mark.parametrize(("kind", "normalisation"), WORKED_BY_HAND)
def test_the_formulas_worked_by_hand(kind: Kind, normalisation: Normalisation) -> None:
    found = network(discourse(WORKED), kind=kind, normalisation=normalisation, duplicates=Duplicates.INCLUDE)
    ij, ik, jk = WORKED_BY_HAND[kind, normalisation]
    np.testing.assert_allclose(found.weights, [[0, ij, ik], [ij, 0, jk], [ik, jk, 0]])


@pytest.mark.published(f"{MANUAL}: equations of the affiliation network and its normalisations, by hand")
@pytest.mark.parametrize(
    ("normalisation", "worked"),
    [
        (Normalisation.NONE, [[1, 0, 0], [2, -1, 0], [0, 1, -1]]),
        # activity: each row by 3, 3 and 2
        (Normalisation.ACTIVITY, [[1 / 3, 0, 0], [2 / 3, -1 / 3, 0], [0, 1 / 2, -1 / 2]]),
        # prominence: each column by 3, 4 and 1
        (Normalisation.PROMINENCE, [[1 / 3, 0, 0], [2 / 3, -1 / 4, 0], [0, 1 / 4, -1]]),
    ],
)
def test_actors_and_concepts_worked_by_hand(normalisation: Normalisation, worked: list[list[float]]) -> None:
    found = network(discourse(WORKED), kind=Kind.TWO_MODE, normalisation=normalisation, duplicates=Duplicates.INCLUDE)
    np.testing.assert_allclose(found.weights, worked)


@pytest.mark.published("Newman (2004), Fast algorithm for detecting community structure in networks: the karate club")
def test_greedy_modularity_of_the_karate_club() -> None:
    networkx = pytest.importorskip("networkx", reason="the friendships of the club come with networkx")
    friends = (networkx.to_numpy_array(networkx.karate_club_graph()) > 0).astype(float)
    groups = communities(friends)
    assert round(modularity(friends, groups), 3) == 0.381
    # the largest group, as printed in the documentation of networkx
    assert max(groups, key=len) == [8, 14, 15, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33]
