"""Where opinions settle when everybody weighs those of others against its own first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.errors import BadCase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

ROUNDING = 1e-9
SURE = 1e-6  # farther from 1 the system has no single solution


def influence(initial: ArrayLike, weights: ArrayLike, susceptibility: ArrayLike) -> NDArray[np.float64]:
    """The settled opinions y = (I - A W)^-1 (I - A) y0 of a group; shape (..., n).

    The end of y(t+1) = A W y(t) + (I - A) y(0): each actor goes on weighing what all say by W, and holds on to
    where it began as far as it is not susceptible.
    initial: shape (..., n), any scale.  weights: W, shape (..., n, n), 0 or more, [i, j] what i gives j's opinion;
    each row adds up to 1.  susceptibility: diagonal of A, shape (..., n), 0-1; Friedkin and Johnsen take 1 less the
    diagonal of W.  Raises BadCase, also where some are wholly susceptible and hear only each other: where they
    settle depends on more than this.  Cost: one linear system for each group.
    Source: Friedkin and Johnsen (1999), equations 1 to 6; first in Friedkin and Johnsen (1990).

    Two actors, the first firm, the second half open to it, so that it ends halfway:

    >>> influence([0, 100], [[1, 0], [0.5, 0.5]], [0, 0.5]).round(6)
    array([ 0.        , 66.666667])
    """
    import numpy as np

    start, heed, open_to = (np.asarray(given, dtype=float) for given in (initial, weights, susceptibility))
    if not ((open_to >= 0) & (open_to <= 1)).all():
        raise BadCase("a susceptibility lies outside 0-1: 0 is for an actor nobody moves, 1 for one that only listens")
    if not ((heed >= 0).all() and (np.abs(heed.sum(axis=-1) - 1) < ROUNDING).all()):
        raise BadCase("the weights of an actor are negative or do not add up to 1: divide each row by its sum")
    system = np.eye(heed.shape[-1]) - open_to[..., None] * heed
    held = 1 - open_to
    known = np.stack([held * start, np.broadcast_to(held, (held * start).shape)], axis=-1)
    try:
        settled, whole = np.moveaxis(np.linalg.solve(system, known), -1, 0)
    except np.linalg.LinAlgError:
        whole = np.zeros(1)
    if not (np.abs(whole - 1) < SURE).all():  # what all first opinions count for, together
        raise BadCase(
            "some actors are wholly susceptible and hear only each other: give one of them a susceptibility below 1"
        )
    return np.asarray(settled)
