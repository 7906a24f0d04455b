"""How sure a coefficient is: the same coefficient on many samples of the units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from winset.positions.agreement.reliability import Reliability

RESAMPLES = 1000
COVERAGE = 0.95
LEAST = 0.5  # share of the samples in which the coefficient must be defined


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """An interval of a coefficient."""

    low: float
    high: float
    coverage: float  # nominal, 0-1
    resamples: int  # in which the coefficient was defined


def bootstrap(
    coefficient: Callable[[Reliability], float | None],
    data: Reliability,
    *,
    seed: int,
    resamples: int = RESAMPLES,
    coverage: float = COVERAGE,
) -> Spread | None:
    """The percentile interval over samples of the pairable units, drawn with replacement.

    All that was said of a unit stays together, because one coder's codes depend on what the others saw. Samples in
    which nothing varies define no coefficient and are left out; None where these are most of them.
    Source: Zapf et al. (2016), whose simulations found the coverage of this interval near the nominal one, and that of
    Krippendorff's own algorithm, which draws pairs of codes and keeps the expected disagreement, far below it.
    """
    comparable = data.pairable
    if not comparable.units:
        return None
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(resamples):
        value = coefficient(comparable.rows(draw.integers(0, comparable.units, comparable.units)))
        if value is not None:
            found.append(value)
    if len(found) < LEAST * resamples:
        return None
    low, high = np.quantile(found, [(1 - coverage) / 2, (1 + coverage) / 2])
    return Spread(low=float(low), high=float(high), coverage=coverage, resamples=len(found))
