"""One round of exchanges in all draws at once: in each step every draw makes the exchange that is worth most to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.decisions.exchanges.candidates import SURELY, Board, candidates, places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EQUAL = 1e-10  # share of a gain by which two may differ and still be equal: the order of a sum must not choose
LEAST_GAIN = 1e-10  # points times salience: what is worth less is not worth making
LEAST_SHIFT = 1e-12  # points of the expected outcome
FULL = 100 * (1 + 1e-12)  # points; a move from end to end may round to a little more
EVERY = 6  # steps between two looks at how many places are still in use
KEPT = 0.7  # share of them above which closing ranks saves nothing
WAY_Q, WAY_P, RATIO, WORTH = range(4)  # columns of a candidate's terms


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The exchanges made in one step, at most one in each draw."""

    draw: NDArray[np.int64]
    code: NDArray[np.int64]  # place in `Places`
    shift: NDArray[np.float64]  # (..., 2) of the expected outcome, by i on q and by j on p
    gain: NDArray[np.float64]  # of each of the two


def one_round(board: Board, *, programmed: bool, steps: list[Step] | None = None) -> NDArray[np.float64]:
    """By how much every actor moves the expected outcome, on every issue, towards the other side; shape (d, m * n).

    programmed: as the program counts, see `exchange_program`.  steps: is given the exchanges, in their order.
    Cost: a step for each exchange of the busiest draw; in each, the candidates that share a move with it.
    """
    import numpy as np

    draws, size = board.positions.shape
    table = _Table(board, programmed=programmed)
    made = 0
    while len(pick := table.best()):
        if steps is not None:
            steps.append(table.step(pick))
        table.make(pick)
        made += 1
        if made % EVERY == 0:
            table.close_ranks()
    return np.ascontiguousarray(table.account.reshape(draws, -1)[:, :size])


class _Table:
    """The exchanges still open in every draw, what each is worth by now, and the account of what was moved.

    Rows are draws, with the candidates of each side by side, `width` of them; all but `gain` and `touching` are flat.
    """

    def __init__(self, board: Board, *, programmed: bool) -> None:
        import numpy as np

        found = candidates(board)
        draws, size = board.positions.shape
        self.places = places(board.issues, board.actors)
        self.programmed = programmed
        self.draws, self.width = found.code.shape
        account = np.zeros((draws, self.places.account))
        account[:, size : 2 * size] = np.abs(board.ahead)
        self.account = account.reshape(-1)
        self.code = found.code.reshape(-1)
        self.base = np.repeat(np.arange(draws) * self.places.account, self.width)
        cell: Any = np.min_scalar_type(size)  # as small as it gets: compared in bulk
        self.nowhere = size  # no cell's number
        self.four = self.places.four.astype(cell)
        self.touching = np.stack([cells.take(found.code) for cells in self.four])
        self.terms = np.stack([*found.reach, found.ratio, found.worth], axis=-1).reshape(-1, 4)
        self.left: tuple[NDArray[np.float64], ...] = ()
        if programmed:
            budget = np.where(board.ahead < 0, FULL * board.pull, np.inf).reshape(-1)
            start = np.repeat(np.arange(draws) * size, self.width)
            self.left = tuple(budget.take(start + cells.take(self.code)) for cells in self.places.four[:2])
        self.shift = np.zeros(draws * self.width)
        self.gain = np.zeros((draws, self.width))
        self._value(np.arange(draws * self.width), self.terms)

    def best(self) -> NDArray[np.int64]:
        """The place of the best exchange, in every draw that has one; of equal ones the first in order."""
        import numpy as np

        top = self.gain.max(axis=1, initial=0.0)
        live = np.flatnonzero(top)
        if not len(live):
            return live
        first = (self.gain >= (top * (1 - EQUAL))[:, None]).argmax(axis=1)
        return np.asarray(first[live] + live * self.width)

    def step(self, pick: NDArray[np.int64]) -> Step:
        """What is made when these are made."""
        import numpy as np

        on_p = self.shift.take(pick)
        return Step(
            draw=pick // self.width,
            code=self.code.take(pick),
            shift=np.stack([on_p * self.terms[pick, RATIO], on_p], axis=-1),
            gain=self.gain.reshape(-1).take(pick),
        )

    def make(self, pick: NDArray[np.int64]) -> None:
        """Make these, at most one in each draw, and value anew what shares a mover or a partner with one of them."""
        import numpy as np

        code = self.code.take(pick)
        cells = self.places.cells.take(code, axis=0) + self.base.take(pick)[:, None]
        on_p = self.shift.take(pick)
        self.gain.reshape(-1)[pick] = 0.0
        for side, moved in enumerate((on_p * self.terms[pick, RATIO], on_p)):
            mover, room, got = cells[:, side], cells[:, 2 + side], cells[:, 4 + side]
            now = self.account[mover] + moved
            self.account[room] -= now - self.account[got]
            self.account[mover] = now
            self.account[got] = now
        here = np.full((4, self.draws, 1), self.nowhere, dtype=self.touching.dtype)
        here[:, pick // self.width, 0] = self.four.take(code, axis=1)
        gives_q, gives_p, wants_q, wants_p = self.touching
        moved_q = (gives_q == here[0]) | (gives_q == here[1])
        moved_p = (gives_p == here[0]) | (gives_p == here[1])
        served = (wants_q == here[2]) | (wants_q == here[3]) | (wants_p == here[2]) | (wants_p == here[3])
        at = np.flatnonzero((moved_q | moved_p | served) & (self.gain > 0))
        terms = self.terms.take(at, axis=0)
        if self.programmed:
            planned = self.shift.take(at)
            self.left[0][at] -= planned * terms[:, RATIO] * moved_q.reshape(-1).take(at)
            self.left[1][at] -= planned * moved_p.reshape(-1).take(at)
        self._value(at, terms)

    def _value(self, at: NDArray[np.int64], terms: NDArray[np.float64]) -> None:
        """What these are worth by now: as much as the shortest of two ways and two rooms allows."""
        import numpy as np

        cells = self.places.cells.take(self.code.take(at), axis=0)
        cells += self.base.take(at)[:, None]
        q_moved, p_moved, q_room, p_room, q_got, p_got = self.account.take(cells).T
        ratio = terms[:, RATIO]
        shift = np.minimum(terms[:, WAY_P] - p_moved, (terms[:, WAY_Q] - q_moved) / ratio)
        p_room, q_room = p_room + p_got - p_moved, q_room + q_got - q_moved
        open_ = shift > LEAST_SHIFT
        if self.programmed:
            open_ &= (shift <= self.left[1].take(at)) & (shift * ratio <= self.left[0].take(at))
            p_room = np.where(p_room > SURELY, p_room, np.inf)
            q_room = np.where(q_room > SURELY, q_room, np.inf)
        else:
            open_ &= (p_room > SURELY) & (q_room > SURELY)
        shift = np.minimum(shift, np.minimum(p_room, q_room / ratio))
        gain = shift * terms[:, WORTH]
        open_ &= gain >= LEAST_GAIN
        self.shift[at] = shift
        self.gain.reshape(-1)[at] = gain * open_

    def close_ranks(self) -> None:
        """Drop what can no longer be made, once that leaves much room; the order stays."""
        import numpy as np

        count = np.count_nonzero(self.gain, axis=1)
        width = int(count.max(initial=0))
        if width > KEPT * self.width:
            return
        at = np.flatnonzero(self.gain)
        rank = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
        to = at // self.width * width + rank

        def closed(values: NDArray[Any]) -> NDArray[Any]:
            found = np.zeros((self.draws * width, *values.shape[1:]), dtype=values.dtype)
            found[to] = values.take(at, axis=0)
            return found

        self.code, self.terms, self.shift = closed(self.code), closed(self.terms), closed(self.shift)
        self.left = tuple(closed(values) for values in self.left)
        self.gain = closed(self.gain.reshape(-1)).reshape(self.draws, width)
        self.touching = np.stack([closed(part.reshape(-1)).reshape(self.draws, width) for part in self.touching])
        self.base = np.repeat(np.arange(self.draws) * self.places.account, width)
        self.width = width
