from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.ids import EvidenceId, StatementId
from winset.positions.contributions import contributions
from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import Reading, joined
from winset.positions.prior import ANYWHERE

EVERY_ESTIMATOR = pytest.mark.parametrize("method", [estimator.id for estimator in ESTIMATORS])


def reading(number: int, value: float, *, origin: str = "a", confidence: float = 1.0) -> Reading:
    return Reading(
        statement_id=StatementId(EvidenceId(f"s{number}")), origin=origin, value=value, confidence=confidence
    )


READINGS = st.lists(
    st.tuples(st.floats(0, 100), st.sampled_from("abcd"), st.floats(0.05, 1)), min_size=1, max_size=12
).map(
    lambda rows: [
        reading(number, value, origin=origin, confidence=confidence)
        for number, (value, origin, confidence) in enumerate(rows)
    ]
)


@EVERY_ESTIMATOR
@settings(max_examples=40, deadline=None)
@given(readings=READINGS)
def test_each_moved_it_by_what_leaving_it_out_would_change(method: str, readings: list[Reading]) -> None:
    here = ESTIMATORS[method](joined(readings), prior=ANYWHERE).value
    for number, found in enumerate(contributions(readings, method=method)):
        others = readings[:number] + readings[number + 1 :]
        elsewhere = ESTIMATORS[method](joined(others), prior=ANYWHERE).value if others else ANYWHERE.mean
        assert found.moved == pytest.approx(here - elsewhere, abs=0.02)
        assert found.statement_id == readings[number].statement_id


@EVERY_ESTIMATOR
@settings(max_examples=40, deadline=None)
@given(readings=READINGS)
def test_the_shares_of_a_position_sum_to_one(method: str, readings: list[Reading]) -> None:
    assert sum(found.weight for found in contributions(readings, method=method)) == pytest.approx(1, abs=1e-4)


def test_one_of_ten_reports_of_one_origin_moves_nothing() -> None:
    ten = contributions([reading(number, 0.0) for number in range(10)], method="normal-shrinkage")
    assert {found.moved for found in ten} == {0.0}
    assert {found.weight for found in ten} == {0.1}


def test_the_only_statement_moved_it_all_the_way_from_the_prior() -> None:
    (only,) = contributions([reading(0, 0.0)], method="weighted-mean")
    assert (only.moved, only.weight) == (-50.0, 1.0)
