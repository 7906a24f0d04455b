"""Counts -> weights, by the formulas of Leifeld, Gruber & Bossner (2018), chapter 2; see also Leifeld (2017).

Everywhere `x` has the shape (actors, concepts, levels), and x[i, j, k] tells how often actor i takes stance k on
concept j; `near` has the shape (levels, levels): 1 for equal levels, 0 for the two ends of the scale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from winset.positions.networks.kinds import Kind, Normalisation
from winset.positions.networks.types import Matrix


def nearness(levels: Sequence[float], scale: tuple[float, float]) -> Matrix:
    """1 - |k - k'| / (greatest - least level), for each two levels.

    >>> nearness([-4, 2], (-5, 5)).tolist()
    [[1.0, 0.4], [0.4, 1.0]]
    """
    each = np.asarray(levels, dtype=float)
    low, high = scale
    found: Matrix = 1 - np.abs(each[:, None] - each[None, :]) / (high - low)
    return found


def congruence(x: Matrix, near: Matrix) -> Matrix:
    """Sum over concepts j and levels k, k' of x_ijk x_i'jk' near_kk'; 0 from an actor to itself."""
    found = _flat(x) @ _flat(x @ near).T
    np.fill_diagonal(found, 0)
    return found


def conflict(x: Matrix, near: Matrix) -> Matrix:
    """As congruence, with distance instead of nearness."""
    return congruence(x, 1 - near)


def subtract(x: Matrix, near: Matrix) -> Matrix:
    """Congruence less conflict: above 0 who agrees more than it contradicts."""
    return congruence(x, 2 * near - 1)


def affiliation(x: Matrix, levels: Sequence[float]) -> Matrix:
    """For less against, of each actor on each concept: sum over levels k of k x_ijk."""
    found: Matrix = x @ np.asarray(levels, dtype=float)
    return found


ONE_MODE: Mapping[Kind, Callable[[Matrix, Matrix], Matrix]] = {
    Kind.CONGRUENCE: congruence,
    Kind.CONFLICT: conflict,
    Kind.SUBTRACT: subtract,
}


def average_activity(x: Matrix) -> Matrix:
    """Mean of both actors' referrals."""
    activity = x.sum(axis=(1, 2))
    found: Matrix = (activity[:, None] + activity[None, :]) / 2
    return found


def jaccard(x: Matrix) -> Matrix:
    """Referrals of the one where the other has none, the other way round, and products where both have some."""
    flat = _flat(x)
    alone = flat @ (flat == 0).T.astype(float)
    found: Matrix = alone + alone.T + flat @ flat.T
    return found


def cosine(x: Matrix) -> Matrix:
    """Product of both actors' referrals.

    This is the printed formula and what Discourse Network Analyzer computes. The cosine of linear algebra would
    have squares inside the sums.
    """
    activity = x.sum(axis=(1, 2))
    return np.outer(activity, activity)


def activity(x: Matrix) -> Matrix:
    """The actor's referrals to anything, in every column."""
    return np.repeat(x.sum(axis=(1, 2))[:, None], x.shape[1], axis=1)


def prominence(x: Matrix) -> Matrix:
    """Anybody's referrals to the concept, in every row."""
    return np.repeat(x.sum(axis=(0, 2))[None, :], x.shape[0], axis=0)


DIVISORS: Mapping[Normalisation, Callable[[Matrix], Matrix]] = {
    Normalisation.NONE: lambda _: np.ones(()),
    Normalisation.AVERAGE: average_activity,
    Normalisation.JACCARD: jaccard,
    Normalisation.COSINE: cosine,
    Normalisation.ACTIVITY: activity,
    Normalisation.PROMINENCE: prominence,
}


def _flat(x: Matrix) -> Matrix:
    """(actors, concepts x levels)."""
    return x.reshape(x.shape[0], x.shape[1] * x.shape[2])
