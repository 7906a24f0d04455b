"""Where a sequence of votes leads when nobody steers it: the agenda as a Markov chain."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from winset.decisions.spatial.relation import Dominance
from winset.decisions.spatial.solutions import terminal_sets
from winset.errors import BadCase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS = 24  # of Arnoldi before a restart
SETTLED = 1e-12  # a step of the chain changes the distribution by less in all
ROUNDING = 1e-10  # below this a sequence that gets no nearer is there
RUNS_PAY = 24  # pairs for each begin or end of a run: with fewer, adding eight at a time is faster


Product = Callable[["NDArray[np.float64]"], "NDArray[np.float64]"]


class Agenda(StrEnum):
    """How the alternative put against the status quo is drawn."""

    ZERO_INTELLIGENCE = "zero-intelligence"  # from all alternatives alike; one that loses leaves the status quo
    MINIMAL_INTELLIGENCE = "minimal-intelligence"  # from the status quo and its winset alike


def stationary_distribution(relation: Dominance, *, agenda: Agenda = Agenda.ZERO_INTELLIGENCE) -> NDArray[np.float64]:
    """How often each alternative is the status quo in the long run; shape (a,), sums to 1.

    With W(y) the winset of y, both chains balance  z(y) |W(y)| = sum of z(x) over all x that y is adopted over.
    Zero intelligence stays at y in proportion to z(y), minimal intelligence to z(y) (1 + |W(y)|). A core of one
    alternative takes all.  Raises BadCase where the end depends on the start: several terminal sets.
    Cost: a few dozen products of the bits with a vector, a * a / 8 additions each.
    Source: Brewer, Juybari and Moberly (2023).
    """
    import numpy as np

    ends = terminal_sets(relation)
    if len(ends) > 1:
        raise BadCase(
            f"{len(ends)} sets of alternatives are never left once entered: where an agenda ends depends on its start; "
            "ask for `terminal_sets`"
        )
    sizes = relation.sizes.astype(np.float64)
    inside = ends[0]
    if inside.sum() == 1:
        return inside.astype(np.float64)
    rate = np.where(inside, 1 / np.maximum(sizes, 1), 0.0)
    gathered = _product(relation.beaten)
    visits = _settled(lambda visits: gathered(visits * rate), inside / inside.sum())
    often = visits if agenda is Agenda.MINIMAL_INTELLIGENCE else 0.0
    weight = visits * rate + often
    return np.asarray(weight / weight.sum())


def _product(beaten: NDArray[np.uint8]) -> Product:
    """The sum, for each alternative, of a vector over all that it beats.

    In space these lie in a few runs on each line of a grid, which running sums add up at once; in no order they
    are added eight at a time, from a table.
    """
    import numpy as np

    count = len(beaten)
    bits = np.pad(beaten, ((0, 0), (0, 1)))  # a run that lasts to the end ends too
    edges = (bits >> 1).astype(np.uint8)
    edges[:, 1:] |= bits[:, :-1] << 7
    edges ^= bits  # a bit where a run begins, and one behind its last
    flat = edges.reshape(-1)
    held = np.flatnonzero(flat.view(np.bool_))  # bytes with any
    turns = np.flatnonzero(np.unpackbits(flat[held]).view(np.bool_))
    if len(turns) > count * count // RUNS_PAY:
        return _by_bytes(beaten)
    place = 8 * held[turns >> 3] + (turns & 7)
    wide = 8 * edges.shape[1]
    row = place[0::2] // wide
    begins, ends = place[0::2] - row * wide, place[1::2] - row * wide
    of_row = np.bincount(row, minlength=count)
    some = np.flatnonzero(of_row)
    first = (np.cumsum(of_row) - of_row)[some]

    def product(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        running = np.concatenate([[0.0], np.cumsum(vector)])
        found = np.zeros(count)
        if len(some):
            found[some] = np.add.reduceat(running[ends] - running[begins], first)
        return found

    return product


def _by_bytes(beaten: NDArray[np.uint8]) -> Product:
    import numpy as np

    count = len(beaten)
    used = -(-count // 8)
    by_byte = np.ascontiguousarray(beaten[:, :used].T)
    of_byte = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).astype(np.float64)

    def product(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        eights = np.pad(vector, (0, 8 * used - count)).reshape(used, 8)
        found, one = np.zeros(count), np.empty(count)
        for table, row in zip(eights @ of_byte.T, by_byte, strict=True):
            np.take(table, row, out=one, mode="clip")
            found += one
        return found

    return product


def _settled(step: Product, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distribution that a step of the chain leaves as it is: GMRES on what a step still changes."""
    import numpy as np

    visits, before = start, np.inf
    while True:
        visits = visits / visits.sum()
        change = step(visits) - visits
        left = float(np.abs(change).sum())
        if left < SETTLED or (left < ROUNDING and left > before / 2):
            return np.asarray(np.maximum(visits, 0.0))
        before = left
        visits = visits + change / 2  # half a step: the chain gets there by itself, should the rest stand still
        visits = visits + _correction(step, step(visits) - visits)


def _correction(step: Product, change: NDArray[np.float64]) -> NDArray[np.float64]:
    """What to add so that a step changes least; the least squares over the powers of a step.

    Source: Saad and Schultz (1986).
    """
    import numpy as np

    basis = np.zeros((STEPS + 1, len(change)))
    shape = np.zeros((STEPS + 1, STEPS))
    target = np.zeros(STEPS + 1)
    target[0] = np.linalg.norm(change)
    if target[0] == 0:
        return change
    basis[0] = change / target[0]
    enough = SETTLED / (2 * len(change) ** 0.5)  # a length below this is a sum below half of SETTLED
    for place in range(STEPS):
        onto = basis[place] - step(basis[place])
        for _ in range(2):  # once more, against rounding
            along = basis[: place + 1] @ onto
            onto -= along @ basis[: place + 1]
            shape[: place + 1, place] += along
        shape[place + 1, place] = length = np.linalg.norm(onto)
        reached = shape[: place + 2, : place + 1]
        mix = np.linalg.lstsq(reached, target[: place + 2], rcond=None)[0]
        if length == 0 or np.linalg.norm(reached @ mix - target[: place + 2]) < enough:
            break
        basis[place + 1] = onto / length
    return np.asarray(mix @ basis[: len(mix)])
