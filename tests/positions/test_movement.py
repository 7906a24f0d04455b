from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.positions.evidence import ISSUE, said

from winset.errors import UnknownMethod
from winset.ids import PartialDate
from winset.positions.estimation import positions
from winset.positions.estimators import ESTIMATORS
from winset.positions.movement import course, shifts

EVERY_ESTIMATOR = pytest.mark.parametrize("method", [estimator.id for estimator in ESTIMATORS])
TURN = [said(n, -1.0, f"2024-01-{n + 1:02}") for n in range(8)] + [
    said(n + 8, 1.0, f"2024-02-{n + 1:02}") for n in range(8)
]


@EVERY_ESTIMATOR
def test_a_turn_is_found_on_its_day(method: str) -> None:
    (shift,) = shifts(TURN, issue=ISSUE, method=method)
    assert (shift.actor_id, shift.on) == ("LVA", PartialDate("2024-02-01"))
    assert shift.before < 40
    assert shift.after > 60
    assert shift.statements == tuple(row.statement.id for row in TURN[8:])
    assert abs(shift.after - shift.before) > 1.96 * shift.std_error


@EVERY_ESTIMATOR
def test_two_contrary_words_are_no_shift(method: str) -> None:
    assert shifts([said(0, -1.0, "2024-01-01"), said(1, 1.0, "2024-02-01")], issue=ISSUE, method=method) == ()


def test_there_and_back_are_two_shifts() -> None:
    back = [said(n + 16, -1.0, f"2024-03-{n + 1:02}") for n in range(8)]
    found = shifts([*TURN, *back], issue=ISSUE)
    assert [shift.on.text for shift in found] == ["2024-02-01", "2024-03-01"]


def test_what_is_said_later_is_not_known_before() -> None:
    assert shifts(TURN, issue=ISSUE, as_of=PartialDate("2024-01-31")) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([-1.0, -0.8, -0.6]), min_size=2, max_size=12))
def test_a_steady_actor_never_shifts(directions: list[float]) -> None:
    rows = [said(n, direction, f"2024-01-{n + 1:02}") for n, direction in enumerate(directions)]
    assert shifts(rows, issue=ISSUE) == ()


@EVERY_ESTIMATOR
def test_the_course_has_the_position_of_each_day_on_it(method: str) -> None:
    found = course(TURN, issue=ISSUE, method=method)
    assert [step.as_of.text for step in found] == sorted({row.said.text for row in TURN if row.said})
    for step in found:
        (then,) = positions(TURN, issue=ISSUE, method=method, as_of=step.as_of)
        assert (step.value, step.std_error, step.salience) == (then.value, then.std_error, then.salience)


@pytest.mark.parametrize("count", [10, 30])
def test_one_word_in_seven_misread_is_no_shift(count: int) -> None:
    for seed in range(20):
        draw = random.Random(seed)  # noqa: S311 - not a secret
        rows = [
            said(n, draw.choice([-1.0, -0.7, -0.5]) * (-1 if draw.random() < 1 / 7 else 1), f"2024-01-{n + 1:02}")
            for n in range(count)
        ]
        assert shifts(rows, issue=ISSUE) == ()


def test_of_many_days_some_are_picked_the_last_one_always() -> None:
    everything, some = course(TURN, issue=ISSUE), course(TURN, issue=ISSUE, most_days=5)
    assert len(some) == 5
    assert set(some) < set(everything)
    assert some[-1] == everything[-1]


def test_what_has_no_date_has_no_place_in_the_course() -> None:
    assert course([said(0, -1.0)], issue=ISSUE) == ()
    assert shifts([said(0, -1.0)], issue=ISSUE) == ()


@pytest.mark.parametrize("ask", [course, shifts])
def test_an_unknown_estimator_is_refused(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UnknownMethod):
        ask([], issue=ISSUE, method="guess")
