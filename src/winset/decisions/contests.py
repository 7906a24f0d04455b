"""Contests between pairs of positions: how many votes each gets, counted by how much nearer it lies to whom.

Arrays here have their draws last, so that each step runs over many draws at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Votes: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def votes_for(
    distance: NDArray[np.float64], weight: NDArray[np.float64], votes: Votes | None = None
) -> NDArray[np.float64]:
    """The votes each position gets against each other one; [i, j] is for i against j; shape (n, n, draws).

    An actor votes for the position nearer to it with its weight times how much nearer that is.
    distance: of each actor (first axis) from each position (second), shape (actors, n, draws).
    weight: shape (actors, draws), 0 for those that do not vote.
    votes: what is made of "how much nearer", odd and rising; None: taken as it is.
    Cost: about three passes over half of actors x n x n x draws.
    Source: Black (1948) for the contest; Bueno de Mesquita (1994) for votes in proportion to what is at stake.
    """
    import numpy as np

    count = distance.shape[1]
    cast, balance = np.zeros((2, count, *distance.shape[1:]))  # votes for both, and how many more are for the first
    reach = distance * weight[:, None] if votes is None else distance
    for one in range(count - 1):
        nearer = reach[:, one + 1 :] - reach[:, one : one + 1]  # by how much `one` is, than each later position
        if votes is not None:
            nearer = votes(nearer) * weight[:, None]
            balance[one, one + 1 :] = nearer.sum(axis=0)
            balance[one + 1 :, one] = -balance[one, one + 1 :]
        cast[one, one + 1 :] = np.abs(nearer, out=nearer).sum(axis=0)
        cast[one + 1 :, one] = cast[one, one + 1 :]
    if votes is None:
        far = reach.sum(axis=0)
        np.subtract(far, far[:, None], out=balance)
    cast += balance
    return np.asarray(np.maximum(cast, 0.0, out=cast) / 2)
