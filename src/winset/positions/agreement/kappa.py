"""Cohen's kappa: two coders, what they agree on beyond what their own habits would give by chance."""

from __future__ import annotations

import numpy as np

from winset.errors import InvalidValue
from winset.positions.agreement.reliability import MISSING, Matrix, Reliability
from winset.registry import method

PAIR = 2


@method("kappa", source="Cohen1960")
def kappa(data: Reliability) -> float | None:
    """Cohen's kappa: agreement less that of chance, over all agreement that chance leaves.

    Units that one of the two has not coded are left out.  Raises InvalidValue unless there are two coders.
    """
    return _kappa(data, 1.0 - np.eye(len(data.values)))


@method("kappa-linear", source="Cohen1968")
def kappa_linear(data: Reliability) -> float | None:
    """Weighted kappa: a disagreement counts by the difference of the two values."""
    return _kappa(data, _differences(data))


@method("kappa-quadratic", source="Cohen1968")
def kappa_quadratic(data: Reliability) -> float | None:
    """Weighted kappa: a disagreement counts by the square of the difference of the two values."""
    return _kappa(data, _differences(data) ** 2)


def weighted_kappa(data: Reliability, weights: Matrix) -> float | None:
    """Kappa with weights of disagreement of one's own, shape (values, values), 0 on the diagonal.

    The first coder's values are the rows.  Source: Cohen (1968), formula 8.
    """
    return _kappa(data, weights)


def _differences(data: Reliability) -> Matrix:
    numbers = data.numbers()
    distances: Matrix = np.abs(numbers[:, None] - numbers[None, :])
    return distances


def _kappa(data: Reliability, weights: Matrix) -> float | None:
    if len(data.coders) != PAIR:
        raise InvalidValue(f"kappa compares two coders, not {len(data.coders)}: take alpha, or one pair after another")
    size = len(data.values)
    codes = data.codes[(data.codes != MISSING).all(axis=1)]
    table = np.bincount(codes[:, 0] * size + codes[:, 1], minlength=size * size).reshape(size, size)
    expected = float((np.outer(table.sum(axis=1), table.sum(axis=0)) * weights).sum())
    if expected <= 0:  # no unit coded by both, or both always said the same one value
        return None
    return float(1.0 - len(codes) * (table * weights).sum() / expected)
