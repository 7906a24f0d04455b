"""Which two actors could trade which two issues, and on what terms; in many draws at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURELY = 1e-9  # points of the 0-100 scale: who stands nearer than this to the expected outcome stands at it


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """One round's start. Axes: d draws, m * n cells; the cell of actor a on issue p is p * n + a."""

    issues: int  # m
    actors: int  # n
    positions: NDArray[np.float64]  # (d, m * n) 0-100; whose pull is 0: the expected outcome
    salience: NDArray[np.float64]  # (d, m * n)
    pull: NDArray[np.float64]  # (d, m * n) points the outcome moves when the actor moves one; 0: it has no say here
    expected: NDArray[np.float64]  # (d, m) mean of the positions, weighted by pull

    @property
    def ahead(self) -> NDArray[np.float64]:
        """How far each position lies above the expected outcome of its issue; shape (d, m * n)."""
        import numpy as np

        return np.asarray(self.positions - np.repeat(self.expected, self.actors, axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """All pairs of actors over all pairs of issues, and where in a round's account of a draw to look for each.

    One place for each pair of issues p, q and pair of actors i, j, then again with i and j exchanged: i wants p and
    gives way on q, j the other way round. The account of a draw holds, one behind the other: what each cell has
    `moved` the outcome; the `room` each cell sees between itself and the outcome; what each cell `got` from each
    actor. `cells` is shape (places, 6): moved of i on q, moved of j on p; room of j on q, room of i on p; what j got
    on q from i, what i got on p from j.
    """

    issues: tuple[NDArray[np.int64], NDArray[np.int64]]
    actors: tuple[NDArray[np.int64], NDArray[np.int64]]
    cells: NDArray[np.int64]
    four: NDArray[np.int64]  # (4, places) the cells of i on q, j on p, j on q, i on p
    account: int  # length of the account of one draw
    half: int  # places with i before j


@lru_cache(maxsize=8)
def places(issues: int, actors: int) -> Places:
    """The tables for so many issues and actors; pairs of issues in their order, in each the pairs of actors."""
    import numpy as np

    first, second = np.triu_indices(issues, 1)
    left, right = np.triu_indices(actors, 1)
    p, q = np.repeat(first, len(left)), np.repeat(second, len(left))
    a, b = np.tile(left, len(first)), np.tile(right, len(first))
    p, q, i, j = (np.concatenate(both) for both in ((p, p), (q, q), (a, b), (b, a)))
    size = issues * actors
    gives, wants = (q * actors + i, p * actors + j), (q * actors + j, p * actors + i)
    got = (wants[0] * actors + i, wants[1] * actors + j)
    cells = np.stack([*gives, *(size + cell for cell in wants), *(2 * size + tie for tie in got)], axis=-1)
    return Places(
        issues=(first, second),
        actors=(left, right),
        cells=cells,
        four=np.stack([*gives, *wants]),
        account=size * (2 + actors),
        half=len(p) // 2,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Who could trade in each draw, side by side; shape (d, k), k the most of any draw; surplus places are worth 0.

    Amounts are shifts of the expected outcome, in points.
    """

    count: NDArray[np.int64]  # (d,)
    code: NDArray[np.int64]  # (d, k) place in `Places`
    reach: tuple[NDArray[np.float64], NDArray[np.float64]]  # (d, k) by i's and j's move right up to the other
    ratio: NDArray[np.float64]  # (d, k) points on q for one on p by which both gain the same
    worth: NDArray[np.float64]  # (d, k) what each gains by a point on p


def candidates(board: Board) -> Candidates:
    """The pairs that stand on opposite sides of the expected outcome on both issues.

    Each wants the issue for which, in proportion, it cares more than the other. Who stands at the outcome, or has no
    say, is on neither side.
    Source: Stokman and Van Oosten (1994); Dijkstra, Van Assen and Stokman (2008) for equal gain.
    """
    import numpy as np

    table = places(board.issues, board.actors)
    draws, size = board.positions.shape
    ahead = board.ahead
    side = np.where(board.pull > 0, np.sign(ahead) * (np.abs(ahead) > SURELY), 0).astype(np.int8)
    side = side.reshape(draws, board.issues, board.actors)
    apart = side[..., table.actors[0]] * side[..., table.actors[1]] < 0
    opposed = (apart[:, table.issues[0]] & apart[:, table.issues[1]]).reshape(draws, table.half)
    row, place = opposed.nonzero()
    count = np.bincount(row, minlength=draws)
    width = int(count.max(initial=0))
    filled = np.arange(width) < count[:, None]
    code = np.zeros((draws, width), dtype=np.int64)
    code[filled] = place
    base = (np.arange(draws) * size)[:, None]
    salience = board.salience.reshape(-1)
    i_q, j_p, j_q, i_p = (salience.take(base + cell.take(code)) for cell in table.four)
    turned = i_p * j_q < j_p * i_q  # then it is the other who wants p
    code += turned * table.half
    ratio = np.where(filled, i_p + j_p, 1) / np.where(filled, i_q + j_q, 1)
    worth = np.where(turned, j_p - ratio * j_q, i_p - ratio * i_q)
    positions, pull = board.positions.reshape(-1), board.pull.reshape(-1)
    i_q, j_p, j_q, i_p = (base + cell.take(code) for cell in table.four)
    return Candidates(
        count=count,
        code=code,
        reach=(
            np.abs(positions.take(j_q) - positions.take(i_q)) * pull.take(i_q),
            np.abs(positions.take(i_p) - positions.take(j_p)) * pull.take(j_p),
        ),
        ratio=ratio,
        worth=np.where(filled, worth, 0.0),
    )
