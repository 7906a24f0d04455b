"""The logit scale of coded texts: how many times more is said for than against, whatever else is said."""

from __future__ import annotations

import math

from winset.positions.observations import Estimate, Moments, Observations, moments
from winset.positions.prior import ANYWHERE, Prior
from winset.registry import method

HALF = 0.5  # added to both counts, so that the logarithm of none against is not infinite


@method("logit-scale", source="Lowe2011")
def logit_scale(seen: Observations, *, prior: Prior = ANYWHERE) -> Estimate:  # noqa: ARG001 - one signature for all
    """Log odds of speaking for the high end rather than the low end, put on 0-100 as the share they imply.

    An origin of weight w at the place v counts w v / 100 for the high end and the rest for the low end.
    theta = log((R + 1/2) / (L + 1/2)) with standard error sqrt(1 / (R + 1/2) + 1 / (L + 1/2)); the value is
    100 / (1 + exp(-theta)), which keeps the order, and its error follows by the delta method. Limits: it counts how
    often an actor speaks for either end, not how far it goes, and two moderate words are as two opposite ones.
    Source: Lowe, Benoit, Mikhaylov & Laver (2011), Legislative Studies Quarterly 36, 123-155.

    >>> found = logit_scale(Observations(values=[100, 100, 0], weights=[1, 1, 1], spreads=[0, 0, 0]))
    >>> found.value, round(found.std_error, 1)
    (62.5, 24.2)
    """
    sums = moments(seen)
    theta, error = logit(*_counts(sums))
    share = 1 / (1 + math.exp(-theta))
    return Estimate(value=100 * share, std_error=100 * share * (1 - share) * error)


def share_for(sums: Moments, prior: Prior = ANYWHERE) -> float:  # noqa: ARG001 - one signature for all
    """The value alone: 100 / (1 + exp(-theta)) is 100 (R + 1/2) / (R + L + 1)."""
    high, low = _counts(sums)
    return 100 * (high + HALF) / (high + low + 2 * HALF)


def logit(high: float, low: float) -> tuple[float, float]:
    """(theta, its standard error) of so many statements for the high end and for the low end; log odds.

    >>> [round(part, 3) for part in logit(3, 2)]
    [0.336, 0.828]
    """
    return math.log((high + HALF) / (low + HALF)), math.sqrt(1 / (high + HALF) + 1 / (low + HALF))


def _counts(sums: Moments) -> tuple[float, float]:
    high = sums.total * sums.mean / 100
    return high, max(0.0, sums.total - high)
