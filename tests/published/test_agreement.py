"""Coefficients of agreement against printed examples."""

from __future__ import annotations

import numpy as np
import pytest

from winset.positions.agreement import COEFFICIENTS
from winset.positions.agreement.alpha import alpha_of_value, coincidences
from winset.positions.agreement.bootstrap import bootstrap
from winset.positions.agreement.kappa import weighted_kappa
from winset.positions.agreement.reliability import Code, Reliability, reliability

BINARY = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""
NAMES = """
a a b b d c c c e d d a
b a b b b c c c e d d d
"""
FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
NEWS = """
1 1 2 . 0 0 1 1 2 2 . 0 1 3 1 1 2 1 1 0 0 0 2 0 1 0 0 1 1 1 1 2 2 3 2 2 2 2 2 1
1 1 3 0 0 0 0 . 2 1 1 0 2 3 1 1 1 2 1 0 0 0 3 0 2 1 0 2 1 1 1 1 2 2 2 2 2 2 2 1
2 0 3 0 0 0 2 2 2 1 0 0 2 2 1 1 2 3 0 0 1 . 3 0 . 1 0 1 2 2 0 2 . 2 2 3 2 . 2 1
. 1 3 . . . . 0 . 1 0 0 2 2 . . . 3 1 . 1 0 3 0 2 1 1 2 2 . . 1 2 2 . . . 1 2 .
2 . . 0 0 0 1 . 2 . . . . 3 1 1 2 . . 0 . 0 . . 2 . 0 . . 2 0 . 2 . 2 2 2 2 . 1
"""


def read(table: str) -> Reliability:
    """A row for each observer, a column for each unit, a dot where nothing was said."""

    def code(cell: str) -> Code:
        return float(cell) if cell.isdecimal() else cell

    return reliability(
        {
            f"observer {number}": {f"{unit:02}": code(cell) for unit, cell in enumerate(row.split()) if cell != "."}
            for number, row in enumerate(table.strip().splitlines())
        }
    )


def crossed(table: list[list[int]]) -> Reliability:
    """Two coders, of whom the first said the row and the second the column as often as the cell says."""
    pairs = [(i, j) for i, row in enumerate(table) for j, times in enumerate(row) for _ in range(times)]
    values = tuple(float(value) for value in range(len(table)))
    return Reliability(values=values, coders=("one", "other"), codes=np.array(pairs, dtype=np.int64))


@pytest.mark.published("Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A and B")
def test_two_observers_of_two_values_and_of_five() -> None:
    assert round(COEFFICIENTS["alpha-nominal"](read(BINARY)) or 0, 3) == 0.095
    assert round(COEFFICIENTS["alpha-nominal"](read(NAMES)) or 0, 3) == 0.692


@pytest.mark.published("Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections C and D")
@pytest.mark.parametrize(
    ("coefficient", "printed"),
    [("alpha-nominal", 0.743), ("alpha-ordinal", 0.815), ("alpha-interval", 0.849), ("alpha-ratio", 0.797)],
)
def test_four_observers_of_whom_some_said_nothing(coefficient: str, printed: float) -> None:
    assert round(COEFFICIENTS[coefficient](read(FOUR_OBSERVERS)) or 0, 3) == printed


@pytest.mark.published("Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C, step 2")
def test_the_coincidences_of_the_four_observers() -> None:
    assert coincidences(read(FOUR_OBSERVERS)).round(6).tolist() == [
        [7, round(4 / 3, 6), round(1 / 3, 6), round(1 / 3, 6), 0],
        [round(4 / 3, 6), 10, round(4 / 3, 6), round(1 / 3, 6), 0],
        [round(1 / 3, 6), round(4 / 3, 6), 8, round(1 / 3, 6), 0],
        [round(1 / 3, 6), round(1 / 3, 6), round(1 / 3, 6), 4, 0],
        [0, 0, 0, 0, 3],
    ]


@pytest.mark.published(
    "Hayes and Krippendorff (2007), Communication Methods and Measures 1(1): 77-89, on 40 newspaper articles"
)
def test_five_observers_of_forty_articles() -> None:
    assert round(COEFFICIENTS["alpha-ordinal"](read(NEWS)) or 0, 4) == 0.7598


def test_the_interval_of_the_forty_articles_holds_the_printed_one() -> None:
    """Hayes and Krippendorff print .7083 to .8079, by an algorithm with too narrow intervals (Zapf et al. 2016)."""
    found = bootstrap(COEFFICIENTS["alpha-ordinal"], read(NEWS), seed=0)
    assert found is not None
    assert found.low < 0.7083
    assert found.high > 0.8079
    assert (found.resamples, found.coverage) == (1000, 0.95)
    assert bootstrap(COEFFICIENTS["alpha-ordinal"], read(NEWS), seed=0) == found


COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


@pytest.mark.published(
    "Cohen (1960), Educational and Psychological Measurement 20(1): 37-46, the worked example of 200 cases"
)
def test_two_judges_of_two_hundred_cases() -> None:
    assert round(COEFFICIENTS["kappa"](crossed(COHEN)) or 0, 3) == 0.492


@pytest.mark.published("Cohen (1968), Psychological Bulletin 70(4): 213-220, the worked example")
def test_the_two_judges_with_weights_of_disagreement() -> None:
    weights = np.array([[0.0, 1.0, 3.0], [1.0, 0.0, 6.0], [3.0, 6.0, 0.0]])
    assert round(weighted_kappa(crossed(COHEN), weights) or 0, 3) == 0.348


@pytest.mark.parametrize(("coefficient", "power"), [("kappa-linear", 1), ("kappa-quadratic", 2)])
def test_the_weights_by_difference_are_cohens_with_those_numbers(coefficient: str, power: int) -> None:
    places = np.arange(3.0)
    weights = np.abs(places[:, None] - places[None, :]) ** power
    assert COEFFICIENTS[coefficient](crossed(COHEN)) == weighted_kappa(crossed(COHEN), weights)


def test_a_value_that_is_told_by_some_and_missed_by_others_has_its_own_alpha() -> None:
    data = read(NAMES)
    assert alpha_of_value(data, "e") == 1
    assert round(alpha_of_value(data, "a") or 0, 3) == round(
        COEFFICIENTS["alpha-nominal"](read(NAMES.replace("c", "b").replace("d", "b").replace("e", "b"))) or 0, 3
    )
