"""What every estimator of positions must obey."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.positions.estimators import CENTRES, ESTIMATORS
from winset.positions.observations import Estimate, Observations, moments
from winset.positions.prior import ANYWHERE, WIDEST

EVERY_ESTIMATOR = pytest.mark.parametrize("id", [estimator.id for estimator in ESTIMATORS])
LAW = settings(max_examples=40, deadline=None)
WEIGHTS = st.floats(0.01, 1)
PLACES = st.integers(0, 400).map(lambda quarter: quarter / 4)
ROWS = st.lists(st.tuples(PLACES, WEIGHTS), min_size=1, max_size=20)

Rows = list[tuple[float, float]]


def estimate(id: str, rows: Sequence[tuple[float, float]], *, spread: float = 0.0) -> Estimate:
    seen = Observations(
        values=[value for value, _ in rows], weights=[weight for _, weight in rows], spreads=[spread] * len(rows)
    )
    return ESTIMATORS[id](seen, prior=ANYWHERE)


@EVERY_ESTIMATOR
@LAW
@given(rows=ROWS)
def test_an_estimate_lies_between_the_middle_and_the_evidence(id: str, rows: Rows) -> None:
    found, values = estimate(id, rows), [*(value for value, _ in rows), ANYWHERE.mean]
    assert min(values) - 1e-6 <= found.value <= max(values) + 1e-6
    assert 0 < found.std_error <= WIDEST


@EVERY_ESTIMATOR
@LAW
@given(rows=ROWS)
def test_turning_the_scale_round_turns_the_position_round(id: str, rows: Rows) -> None:
    found, turned = estimate(id, rows), estimate(id, [(100 - value, weight) for value, weight in rows])
    assert turned.value == pytest.approx(100 - found.value)
    assert turned.std_error == pytest.approx(found.std_error)


@EVERY_ESTIMATOR
@LAW
@given(rows=ROWS, add=st.floats(0, 50))
def test_what_says_more_moves_the_position_no_lower(id: str, rows: Rows, add: float) -> None:
    more = [(min(100.0, value + add), weight) for value, weight in rows]
    if id != "normal-shrinkage":  # there a larger spread draws nearer to the prior
        assert estimate(id, more).value >= estimate(id, rows).value - 1e-9


@EVERY_ESTIMATOR
@LAW
@given(value=PLACES, weights=st.lists(WEIGHTS, min_size=2, max_size=20))
def test_thin_evidence_is_less_sure(id: str, value: float, weights: list[float]) -> None:
    rows = [(value, weight) for weight in weights]
    assert estimate(id, rows).std_error <= estimate(id, rows[1:]).std_error + 1e-9


@EVERY_ESTIMATOR
@LAW
@given(value=PLACES, weights=st.lists(st.floats(0.05, 1), min_size=1, max_size=20), share=st.floats(0.1, 0.9))
def test_old_or_hedged_evidence_is_less_sure(id: str, value: float, weights: list[float], share: float) -> None:
    fresh = [(value, weight) for weight in weights]
    faded = [(value, weight * share) for weight in weights]
    assert estimate(id, faded).std_error >= estimate(id, fresh).std_error - 1e-9


@EVERY_ESTIMATOR
@LAW
@given(weights=st.lists(WEIGHTS, min_size=2, max_size=20))
def test_contradictory_evidence_is_less_sure(id: str, weights: list[float]) -> None:
    agree = [(0.0, weight) for weight in weights]
    differ = [*agree[:-1], (100.0, weights[-1])]
    assert estimate(id, differ).std_error > estimate(id, agree).std_error - 1e-9


@pytest.mark.parametrize("id", ["normal-shrinkage", "weighted-mean"])
@LAW
@given(rows=ROWS)
def test_an_origin_that_contradicts_itself_is_less_sure(id: str, rows: Rows) -> None:
    assert estimate(id, rows, spread=900.0).std_error >= estimate(id, rows).std_error


@EVERY_ESTIMATOR
@LAW
@given(rows=ROWS)
def test_the_value_is_made_of_the_sums_alone(id: str, rows: Rows) -> None:
    seen = Observations(values=[v for v, _ in rows], weights=[w for _, w in rows], spreads=[4.0] * len(rows))
    assert CENTRES[id](moments(seen), ANYWHERE) == pytest.approx(ESTIMATORS[id](seen, prior=ANYWHERE).value)


def test_every_estimator_has_a_centre() -> None:
    assert set(CENTRES) == {estimator.id for estimator in ESTIMATORS}


def test_the_same_origins_give_the_same_error() -> None:
    rows = [(0.0, 0.4), (100.0, 0.9), (30.0, 0.2)]
    assert estimate("weighted-mean", rows) == estimate("weighted-mean", rows)
