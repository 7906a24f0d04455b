"""What intervals of model error must obey, whatever the scores and distributions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from winset.decisions.backtest.conformal import ALL, LEAST_GROUP, chosen, nest, opening, openings

SCORES = st.lists(st.integers(0, 50).map(float), min_size=2, max_size=40)
NOMINAL = st.sampled_from((0.5, 0.8, 0.9, 0.95))
MASSES = st.lists(st.floats(0, 1), min_size=101, max_size=101).filter(lambda masses: sum(masses) > 0)


@given(scores=SCORES, nominal=NOMINAL)
def test_of_exchangeable_scores_the_opening_by_the_others_holds_at_least_the_nominal_share(
    scores: list[float], nominal: float
) -> None:
    held = [score <= opening(scores[:place] + scores[place + 1 :], nominal) for place, score in enumerate(scores)]
    assert sum(held) >= nominal * len(scores) - 1e-9


@given(scores=SCORES, least=NOMINAL, most=NOMINAL)
def test_a_higher_share_is_opened_no_less(scores: list[float], least: float, most: float) -> None:
    assert opening(scores, min(least, most)) <= opening(scores, max(least, most))


@given(masses=MASSES, outcome=st.integers(0, 100))
def test_an_outcome_is_inside_from_its_entry_on(masses: list[float], outcome: int) -> None:
    told = nest(np.array(masses) / sum(masses))
    entry = told.entry(outcome)
    for mass in np.linspace(entry, 1, 20):
        low, high = told.at(mass)
        assert low <= outcome <= high
    assert np.all(np.diff(told.mass) > 0)


@given(masses=MASSES, level=st.floats(0, 0.99))
def test_an_interval_holds_more_than_its_level_and_is_turned_over_with_the_scale(
    masses: list[float], level: float
) -> None:
    share = np.array(masses) / sum(masses)
    low, high = nest(share).at(level)
    assert share[int(low) : int(high) + 1].sum() > level - 1e-6
    left, right = nest(share[::-1]).at(level)
    turned = (100 - right, 100 - left)
    assert turned == (low, high) or abs((high - low) - (right - left)) <= 1  # a sum's last digit may decide a tie


@given(size=st.integers(1, 40), scores=st.lists(st.floats(0, 50), min_size=120, max_size=120))
def test_a_small_group_takes_the_opening_of_all(size: int, scores: list[float]) -> None:
    paths = {number: ("small", ALL) if number < size else (ALL,) for number in range(len(scores))}
    found = openings(dict(enumerate(scores)), paths, 0.8)
    assert chosen(found, ("small", ALL)).group == ALL


def test_a_large_group_that_is_clearly_harder_takes_its_own() -> None:
    scores = {number: float(number % 10) + (20 if number < LEAST_GROUP else 0) for number in range(4 * LEAST_GROUP)}
    paths = {number: ("hard", ALL) if number < LEAST_GROUP else ("easy", ALL) for number in scores}
    found = openings(scores, paths, 0.8)
    assert chosen(found, ("hard", ALL)).by > chosen(found, ("easy", ALL)).by
