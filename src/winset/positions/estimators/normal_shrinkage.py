"""Weighted mean drawn towards a declared prior: one thin report moves an actor less than three firm ones."""

from __future__ import annotations

import math

from winset.positions.observations import Estimate, Moments, Observations, moments
from winset.positions.prior import ANYWHERE, READING_SD, SHARED_SD, Prior
from winset.registry import method


@method("normal-shrinkage", source="Gelman2013")
def normal_shrinkage(seen: Observations, *, prior: Prior = ANYWHERE) -> Estimate:
    """Posterior mean and standard deviation of a normal mean with known variance, conjugate prior.

    Each origin says the actor's place plus an error of its own, which falls as origins agree, plus one that all
    share, which does not: what "for" means on this scale. The spread between and within the origins is added to the
    first, so that contradictory reports make the answer less sure.
    Source: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 2.5, eq. 2.12.

    >>> seen = Observations(values=[0, 0, 0], weights=[1, 1, 1], spreads=[0, 0, 0])
    >>> found = normal_shrinkage(seen)
    >>> round(found.value, 1), round(found.std_error, 1)
    (8.9, 16.9)
    """
    value, std_error = _posterior(moments(seen), prior)
    return Estimate(value=value, std_error=std_error)


def posterior_mean(sums: Moments, prior: Prior = ANYWHERE) -> float:
    """The posterior mean alone."""
    return _posterior(sums, prior)[0]


def conjugate(prior: Prior, mean: float, variance: float) -> tuple[float, float]:
    """Posterior mean and standard deviation, given a mean and its variance; eq. 2.12 of Gelman et al. (2013)."""
    precision, known = 1 / prior.sd**2, 1 / variance
    return (precision * prior.mean + known * mean) / (precision + known), math.sqrt(1 / (precision + known))


def _posterior(sums: Moments, prior: Prior) -> tuple[float, float]:
    return conjugate(prior, sums.mean, SHARED_SD**2 + (READING_SD**2 + sums.variance) / sums.total)
