"""Estimators against the figures printed where they are defined or taught."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from winset.positions.estimators import ESTIMATORS
from winset.positions.estimators.logit_scale import logit
from winset.positions.estimators.normal_shrinkage import conjugate
from winset.positions.estimators.weighted_mean import drawn_error
from winset.positions.observations import Observations
from winset.positions.prior import Prior


@pytest.mark.published("Johnson, Ott & Dogucu (2022), Bayes Rules!, section 5.3: 25 brain volumes, N(6.5, 0.4) prior")
def test_the_posterior_of_a_normal_mean() -> None:
    mean, sd = conjugate(Prior(mean=6.5, sd=0.4), 5.735, 0.5**2 / 25)
    assert (round(mean, 2), round(sd, 3)) == (5.78, 0.097)


@pytest.mark.published("Efron & Tibshirani (1993), table 2.2: treated mice, bootstrap standard error of the mean 23.36")
def test_the_bootstrap_error_of_a_mean() -> None:
    mice = [94.0, 197.0, 16.0, 38.0, 99.0, 141.0, 23.0]
    seen = Observations(values=mice, weights=[1.0] * 7, spreads=[0.0] * 7)
    assert drawn_error(seen, resamples=50_000) == pytest.approx(23.36, abs=0.3)


@pytest.mark.published("Lowe et al. (2011), as computed in the tests of quanteda.sentiment: 3 for 2 against, none, 2")
def test_the_logit_scale() -> None:
    assert logit(3, 2)[0] == pytest.approx(math.log(3.5) - math.log(2.5))
    assert logit(0, 0)[0] == 0
    assert logit(2, 0)[0] == pytest.approx(math.log(2.5) - math.log(0.5))


@pytest.mark.published("Lowe et al. (2011): each doubling of the ratio moves a position by the same step")
def test_equal_ratios_are_equal_steps() -> None:
    steps = [logit(2**n * 1000, 1000)[0] for n in range(4)]
    assert [round(after - before, 2) for before, after in pairwise(steps)] == [0.69] * 3


def test_the_logit_scale_on_the_issue_is_the_share_its_odds_imply() -> None:
    found = ESTIMATORS["logit-scale"](Observations(values=[100, 100, 0], weights=[1, 1, 1], spreads=[0, 0, 0]))
    theta, error = logit(2, 1)
    assert found.value == pytest.approx(100 / (1 + math.exp(-theta)))
    step = 1e-6
    slope = (100 / (1 + math.exp(-theta - step)) - 100 / (1 + math.exp(-theta + step))) / (2 * step)
    assert found.std_error == pytest.approx(slope * error, rel=1e-6)
