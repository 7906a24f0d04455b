"""Krippendorff's alpha: observed against expected disagreement, for any number of coders and with codes missing."""

from __future__ import annotations

import numpy as np

from winset.errors import OffScale
from winset.positions.agreement.reliability import MISSING, Code, Matrix, Reliability
from winset.registry import method


@method("alpha-nominal", source="Krippendorff2011")
def alpha_nominal(data: Reliability) -> float | None:
    """Krippendorff's alpha for names: two values are the same or they are not.

    Source: Krippendorff (2011), with the coincidence matrix of his step 2.
    """
    return _alpha(coincidences(data), 1.0 - np.eye(len(data.values)))


@method("alpha-ordinal", source="Krippendorff2011")
def alpha_ordinal(data: Reliability) -> float | None:
    """Krippendorff's alpha for ranks: two values are as far apart as there are codes between them.

    `data.values` is the order.  Source: Krippendorff (2011): the square of the sum of n_g from c to k, the outer ones
    by half, which is the difference of their mid-ranks.
    """
    found = coincidences(data)
    times = found.sum(axis=1)
    return _alpha(found, _squares(np.cumsum(times) - times / 2))


@method("alpha-interval", source="Krippendorff2011")
def alpha_interval(data: Reliability) -> float | None:
    """Krippendorff's alpha for places on a scale: two values are as far apart as their difference, squared."""
    return _alpha(coincidences(data), _squares(data.numbers()))


@method("alpha-ratio", source="Krippendorff2011")
def alpha_ratio(data: Reliability) -> float | None:
    """Krippendorff's alpha for amounts: two values are as far apart as their difference over their sum, squared.

    Raises OffScale for values below zero.
    """
    numbers = data.numbers()
    if (numbers < 0).any():
        raise OffScale(f"a ratio scale begins at 0, one value is {numbers.min():g}: use alpha-interval")
    total = numbers[:, None] + numbers[None, :]
    return _alpha(coincidences(data), _squares(numbers) / np.where(total == 0, 1.0, total) ** 2)


def alpha_of_value(data: Reliability, value: Code) -> float | None:
    """How reliably one value is told from all others: nominal alpha with the others taken together.

    Source: Krippendorff (2019), chapter 12, on the reliability of single values.
    """
    return alpha_nominal(data.against_the_rest(value))


def coincidences(data: Reliability) -> Matrix:
    """How often each value stands beside each other one in a unit, shape (values, values), symmetric.

    A unit with m codes gives m (m - 1) pairs, each counted 1 / (m - 1) times; one with a single code gives none.
    Cost: linear in the units, quadratic in the coders.
    """
    size, coders = len(data.values), data.codes.shape[1]
    one, other = np.nonzero(~np.eye(coders, dtype=bool))  # every ordered pair of coders
    first, second = data.codes[:, one], data.codes[:, other]
    both = (first != MISSING) & (second != MISSING)
    shares = 1.0 / np.maximum((data.codes != MISSING).sum(axis=1) - 1, 1)
    weights = np.broadcast_to(shares[:, None], both.shape)[both]
    cells = first[both] * size + second[both]
    return np.bincount(cells, weights, size * size).astype(np.float64).reshape(size, size)


def _squares(numbers: Matrix) -> Matrix:
    distances: Matrix = (numbers[:, None] - numbers[None, :]) ** 2
    return distances


def _alpha(found: Matrix, distances: Matrix) -> float | None:
    times = found.sum(axis=1)
    total = times.sum()
    expected = float((np.outer(times, times) * distances).sum())
    if total <= 1 or expected <= 0:  # nothing to compare, or one value throughout: no disagreement could be seen
        return None
    return float(1.0 - (total - 1) * (found * distances).sum() / expected)
