"""Confidence: the regression against its known answer, the error against numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from training.attribution.calibration import expected_calibration_error, fitted


def test_weights_that_made_the_answers_are_found_again() -> None:
    chance = np.random.default_rng(5)
    evidence = chance.normal(size=(20_000, 2))
    likely = 1 / (1 + np.exp(-(evidence @ np.array([1.5, -0.5]) + 0.3)))
    found = fitted(evidence, (chance.random(20_000) < likely).astype(float))
    assert found == pytest.approx([1.5, -0.5, 0.3], abs=0.06)


def test_the_error_is_the_mean_gap_weighted_by_bin() -> None:
    rows = [(None, 0.9, True), (None, 0.9, True), (None, 0.9, False), (None, 0.1, False)]
    assert expected_calibration_error(rows, bins=10) == pytest.approx((abs(2 - 2.7) + 0.1) / 4)


def test_nothing_proposed_has_no_error() -> None:
    assert expected_calibration_error([]) == 0
