"""Weighted mean drawn towards a declared prior: one thin report moves an actor less than three firm ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

from winset.registry import method

PRIOR_MEAN, PRIOR_SD = 50.0, 40.0  # anywhere on the scale, before anything is said
READING_SD = 25.0  # of one firm statement read by a machine: a quarter of the scale


@method("normal-shrinkage", source="Gelman2013")
def normal_shrinkage(values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Posterior mean and standard deviation of a normal mean with known variance, conjugate prior.

    values: one for each origin, issue scale.  weights: trust in each, 0-1; a weight w counts as w readings.
    The spread between origins is added, so that contradictory reports make the answer less sure.
    Source: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 2.5, eq. 2.12.

    >>> [round(part, 1) for part in normal_shrinkage([0, 0, 0], [1, 1, 1])]
    [5.8, 13.6]
    """
    total = sum(weights)
    mean = sum(weight * value for value, weight in zip(values, weights, strict=True)) / total
    spread = sum(weight * (value - mean) ** 2 for value, weight in zip(values, weights, strict=True)) / total
    precision = total / (READING_SD**2 + spread)
    prior = 1 / PRIOR_SD**2
    posterior = (prior * PRIOR_MEAN + precision * mean) / (prior + precision)
    return min(100.0, max(0.0, posterior)), math.sqrt(1 / (prior + precision))
