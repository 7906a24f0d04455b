from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from winset.decisions.rules import RULES
from winset.decisions.spatial import (
    Metric,
    Space,
    core_of,
    dominance,
    grid,
    stationary_distribution,
    terminal_sets,
    top_cycle,
    uncovered_set,
    winset_of,
)
from winset.errors import BadCase, OffScale
from winset.ids import ActorId
from winset.issues import Seat


def space(
    ideals: list[list[float]],
    alternatives: NDArray[np.float64],
    *,
    rule: str = "absolute-majority",
    metric: Metric = Metric.EUCLIDEAN,
    salience: NDArray[np.float64] | None = None,
) -> Space:
    club = tuple(Seat(actor_id=ActorId(f"M{place}"), name="member") for place in range(len(ideals)))
    return Space(
        rule=RULES[rule](club),
        ideals=np.array(ideals, dtype=float),
        alternatives=alternatives,
        metric=metric,
        salience=salience,
    )


def cycle() -> Space:
    """Three members, each with the three outer alternatives in another order, and a fourth far from all."""
    at = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 3.5], [40.0, 40.0]])
    return space([[0.5, -0.2], [3.9, 0.6], [1.5, 3.2]], at)


def test_a_cycle_is_uncovered_and_what_all_dislike_is_not() -> None:
    relation = dominance(cycle())
    assert relation.sizes.tolist() == [1, 1, 1, 3]
    for found in (uncovered_set(relation), top_cycle(relation)):
        assert found.tolist() == [True, True, True, False]
    assert not core_of(relation).any()
    assert stationary_distribution(relation) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])


def test_unanimity_leaves_what_lies_between_the_members() -> None:
    relation = dominance(space([[0, 0], [2, 0]], grid(low=-1, high=3), rule="eu-unanimity"))
    stays = {(x, y) for x, y in relation.space.alternatives[core_of(relation)].tolist()}
    assert stays == {(0, 0), (1, 0), (2, 0)}
    with pytest.raises(BadCase, match="3 sets of alternatives are never left"):
        stationary_distribution(relation)
    assert len(terminal_sets(relation)) == 3


def test_salience_stretches_indifference_curves_and_city_blocks_cut_them() -> None:
    at, start = np.array([[2.0, 2.0], [0.0, 2.5], [2.9, 0.0]]), np.array([3.0, 0.0])
    origin = [[0.0, 0.0]]
    assert winset_of(space(origin, at), start).tolist() == [True, True, True]
    assert winset_of(space(origin, at, metric=Metric.CITY_BLOCK), start).tolist() == [False, True, True]
    assert winset_of(space(origin, at, salience=np.array([1.0, 4.0])), start).tolist() == [False, False, True]


def test_a_tie_that_rounding_hides_is_a_tie() -> None:
    at = np.array([[0.1 + 0.2, 0.0], [-0.3, 0.0]])
    assert dominance(space([[0, 0]], at)).sizes.tolist() == [0, 0]


def test_a_status_quo_need_not_be_an_alternative() -> None:
    found = winset_of(space([[0, 0], [4, 0], [2, 3]], grid(low=0, high=4)), np.array([2.2, 1.1]))
    assert not found[np.flatnonzero((grid(low=0, high=4) == 4).all(axis=1))].any()


def test_a_body_of_many_members_is_counted_pair_by_pair() -> None:
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    round_a_member = [[0.0, 0.0], *np.stack([np.cos(angles), np.sin(angles)], axis=-1).tolist()]
    relation = dominance(space(round_a_member, grid(low=-1, high=1, step=0.25)))
    assert relation.space.alternatives[core_of(relation)].tolist() == [[0, 0]]  # opposite pairs about one of them


@pytest.mark.parametrize(
    ("ideals", "alternatives", "salience", "error", "said"),
    [
        ([[0, 0]], np.zeros((0, 2)), None, BadCase, "give one row for each"),
        ([[0, 0, 0]], np.zeros((1, 2)), None, BadCase, r"\(1, 2\) is needed"),
        ([[0, 0]], np.array([[0, 0], [np.nan, 0]]), None, BadCase, "alternative 1 is"),
        ([[0, np.nan]], np.zeros((1, 2)), None, BadCase, "the ideal point of M0"),
        ([[0, 0]], np.zeros((1, 2)), np.ones(3), BadCase, "salience has shape"),
        ([[0, 0]], np.zeros((1, 2)), np.array([1.0, -1.0]), OffScale, "a salience is -1"),
    ],
)
def test_a_space_that_does_not_fit_is_refused(
    ideals: list[list[float]],
    alternatives: NDArray[np.float64],
    salience: NDArray[np.float64] | None,
    error: type[Exception],
    said: str,
) -> None:
    with pytest.raises(error, match=said):
        space(ideals, alternatives, salience=salience)


def test_a_status_quo_of_other_dimensions_is_refused() -> None:
    with pytest.raises(BadCase, match="give a number for each"):
        winset_of(cycle(), np.array([0.0]))


@pytest.mark.parametrize(("low", "high", "step"), [(0, 1, 0), (1, 0, 1), (0, 1, -1)])
def test_a_grid_that_leads_nowhere_is_refused(low: float, high: float, step: float) -> None:
    with pytest.raises(OffScale, match="the step is above 0"):
        grid(low=low, high=high, step=step)
