"""Weighted mean of what the origins say; its error from drawing origins again and again."""

from __future__ import annotations

import math

from winset.positions.observations import Estimate, Moments, Observations, moments
from winset.positions.prior import ANYWHERE, READING_SD, SHARED_SD, WIDEST, Prior
from winset.registry import method

RESAMPLES = 200  # enough for a standard error: Efron & Tibshirani (1993, section 6.4)
SEED = 0


@method("weighted-mean", source="EfronTibshirani1993")
def weighted_mean(seen: Observations, *, prior: Prior = ANYWHERE) -> Estimate:  # noqa: ARG001 - one signature for all
    """Weighted mean, with a bootstrap over independent origins; draws nothing towards the middle.

    The bootstrap sees only how far origins differ. What a statement read by a machine may be off is therefore
    added, as declared in `positions.prior`; of a single origin, which cannot differ from itself, it is all there is.
    The draws are seeded: the same origins give the same error.  Cost: 200 draws of every origin.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, algorithm 6.1.

    >>> found = weighted_mean(Observations(values=[0, 100], weights=[1, 1], spreads=[0, 0]))
    >>> found.value, round(found.std_error)
    (50.0, 41)
    """
    sums = moments(seen)
    error = drawn_error(seen) ** 2 + SHARED_SD**2 + (READING_SD**2 + sums.inner / sums.total) / sums.total
    return Estimate(value=sums.mean, std_error=min(WIDEST, math.sqrt(error)))


def mean(sums: Moments, prior: Prior = ANYWHERE) -> float:  # noqa: ARG001 - one signature for all
    """The mean alone."""
    return sums.mean


def drawn_error(seen: Observations, *, resamples: int = RESAMPLES, seed: int = SEED) -> float:
    """Bootstrap standard error of the weighted mean; 0 where all origins say the same, or there is one."""
    if len(seen.values) < 2 or min(seen.values) == max(seen.values):  # noqa: PLR2004
        return 0.0
    import numpy as np

    count = len(seen.values)
    weights = np.asarray(seen.weights, dtype=float)
    said = weights * np.asarray(seen.values, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, count, size=(resamples, count))
    return float((said[drawn].sum(axis=1) / weights[drawn].sum(axis=1)).std(ddof=1))
