"""Solution sets of a dominance relation: core, uncovered set, top cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.spatial.relation import Dominance, packed, unpacked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def core_of(relation: Dominance) -> NDArray[np.bool_]:
    """The undominated alternatives, over which the rule adopts none; shape (a,).

    In more than one dimension it is as a rule empty under a majority (Plott 1967: ideal points would have to lie
    in opposite pairs about one of them), and never under unanimity.
    """
    import numpy as np

    return np.asarray(relation.sizes == 0)


def uncovered_set(relation: Dominance) -> NDArray[np.bool_]:
    """The alternatives that no other covers; shape (a,).

    x covers y when x is adopted over y, and whatever is adopted over x is adopted over y as well: W(x) within W(y).
    Competing candidates and sophisticated voters end there. Of a finite set; a coarser grid changes it.
    Cost: about a * a / 8 bytes for each uncovered alternative.
    Source: Miller (1980); McKelvey (1986).
    """
    import numpy as np

    count = len(relation.winsets)
    words = relation.winsets.view(np.uint64)
    left = np.ones(count, dtype=bool)
    for place in np.argsort(relation.sizes, kind="stable"):  # small winsets cover the most
        if not left[place]:
            continue  # what covers it covers all that it covers
        rivals = np.flatnonzero(unpacked(relation.beaten[place], count) & left)
        own = np.flatnonzero(words[place])
        covered = ~(words[place][own] & ~words[np.ix_(rivals, own)]).any(axis=1)
        left[rivals[covered]] = False
    return left


def top_cycle(relation: Dominance) -> NDArray[np.bool_]:
    """The alternatives that no agenda leads out of: the union of all terminal sets; shape (a,).

    Source: Schwartz (1972); McKelvey (1976) for majority rule in space, where it is as a rule nearly everything.
    """
    import numpy as np

    return np.asarray(np.any(terminal_sets(relation), axis=0))


def terminal_sets(relation: Dominance) -> list[NDArray[np.bool_]]:
    """Least sets of alternatives within which, once entered, every sequence of adoptions stays; each of shape (a,).

    Any alternative of such a set can be reached from any other of it. A member of the core is one by itself.
    """
    import numpy as np

    count, sizes = len(relation.winsets), relation.sizes
    found: list[NDArray[np.bool_]] = []
    unseen = np.ones(count, dtype=bool)
    while unseen.any():
        start = int(np.argmin(np.where(unseen, sizes, count)))
        ahead, behind = _reached(relation.winsets, start), _reached(relation.beaten, start)
        if not (ahead & ~behind).any():
            found.append(ahead)
        unseen &= ~behind  # whatever leads here is in this set, or in none
    return found


def _reached(rows: NDArray[np.uint8], start: int) -> NDArray[np.bool_]:
    """What can be reached from there in any number of steps, itself included; shape (a,)."""
    import numpy as np

    count = len(rows)
    fresh = np.zeros(count, dtype=bool)
    fresh[start] = True
    words, reached = rows.view(np.uint64), packed(fresh).view(np.uint64)
    while fresh.any():
        onto = np.bitwise_or.reduce(words[fresh], axis=0) & ~reached
        reached = reached | onto
        fresh = unpacked(onto.view(np.uint8), count)
    return unpacked(reached.view(np.uint8), count)
