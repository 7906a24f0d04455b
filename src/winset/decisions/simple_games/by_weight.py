"""Swings from how many coalitions have each weight, counted in packed integers: many players, one vector of weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import comb
from typing import TYPE_CHECKING, Any

from winset.decisions.simple_games.game import Staircase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIMB = 32  # bits; sums of very many of them stay below 63
MOST_BYTES = 1 << 30  # of counts by size, a row for each
MOST_OF_ONE = 1 << 26  # of a single row, of which several copies are held


def fits(stairs: Staircase, *, by_size: bool = True) -> bool:
    """Whether the counts can be held: weights below the quota, by members where sizes are asked for."""
    smaller = _smaller(stairs)
    row = (_limit(smaller) + 1) * 4 * _limbs(smaller)
    return row <= MOST_OF_ONE and (not by_size or row * (_largest(smaller) + 1) <= MOST_BYTES)


def weights_in_all(stairs: Staircase) -> tuple[int, list[int]]:
    """Winning coalitions, and each player's swings, where the number of members does not matter.

    The counts c(x) of coalitions of weight x are the coefficients of prod(1 + x^w), packed into one integer; a
    division by 1 + x^w, which takes a player out, is an alternating sum.  Cost: n shifts of an integer of n bits
    for each weight below the quota.  Source: Mann and Shapley (1962) for the counts.
    """
    n, smaller = len(stairs.weights), _smaller(stairs)
    limit, limbs = _limit(smaller), _limbs(smaller)
    slot = LIMB * limbs
    mask = (1 << slot * (limit + 1)) - 1
    packed = 1
    for weight in sorted(smaller.weights):
        if weight <= limit:
            packed += packed << slot * weight
            packed = packed & mask if packed > mask else packed
    up_to = _cumulated(packed, limit + 1, limbs)
    lost = _whole(up_to[limit])
    swings = {0: 0}
    for weight in {*smaller.weights} - swings.keys():
        taken = up_to[limit::-weight]  # coalitions of weight up to limit, limit - weight, ...
        without = _whole(taken[::2].sum(axis=0)) - _whole(taken[1::2].sum(axis=0))
        swings[weight] = 2 * without - lost  # that lose without the player, less those that lose with it too
    return (1 << n) - lost if smaller is stairs else lost, [swings[weight] for weight in smaller.weights]


def weights_by_size(stairs: Staircase) -> tuple[list[int], list[list[int]]]:
    """Winning coalitions by size, and each player's swings by size.

    As `weights_in_all` with one packed integer for each number of members: prod(1 + y x^w).  Cost: n^2 shifts at
    most; far fewer where most weights are small.
    """
    import numpy as np

    n, smaller = len(stairs.weights), _smaller(stairs)
    limit, limbs, most = _limit(smaller), _limbs(smaller), _largest(smaller)
    kinds = sorted(set(smaller.weights))
    steps = np.array([min(kind, limit + 1) for kind in kinds], dtype=np.int64)  # so that no product of them wraps
    needs = np.array([min(need, limit + 2) for need in smaller.needs], dtype=np.int64)
    # of each kind: coalitions without one such player that lose by the need of their own size
    without = np.zeros((len(kinds), n + 1, limbs), dtype=np.int64)
    total = smaller.total
    losing = [comb(n, size) if need > total else 0 for size, need in enumerate(smaller.needs)]
    for size, row in enumerate(_rows(smaller.weights, limit, limbs, most)):
        up_to = _cumulated(row, limit + 1, limbs)
        if 0 < smaller.needs[size] <= total:
            losing[size] = _whole(up_to[smaller.needs[size] - 1])
        # taking the player out is an alternating sum; its term number t belongs to coalitions of size + t
        taken = np.arange(n - size)
        bound = needs[None, size:n] - 1 - steps[:, None] * taken[None, :]
        kind, term = np.nonzero((bound >= 0) & (bound <= limit))
        counted = up_to[bound[kind, term]]
        without[kind, size + term] += np.where(term % 2, -1, 1)[:, None] * counted
    swings = {kind: _differences(smaller, losing, without[at]) for at, kind in enumerate(kinds)}
    winning = [comb(n, size) - losing[size] for size in range(n + 1)]
    if smaller is stairs:
        return winning, [swings[weight] for weight in smaller.weights]
    turned = {kind: [0, *own[:0:-1]] for kind, own in swings.items()}
    return losing[::-1], [turned[weight] for weight in smaller.weights]


def _differences(stairs: Staircase, losing: Sequence[int], without: NDArray[np.int64]) -> list[int]:
    """Swings by size, 0 to n: coalitions that lose without the player, less those that lose with it too."""
    n, never = len(stairs.weights), stairs.total + 1
    alone = [comb(n - 1, size) if stairs.needs[size] == never else _whole(without[size]) for size in range(n)]
    return [0, *(own + more - lost for own, more, lost in zip(alone, (*alone[1:], 0), losing[1:], strict=True))]


def _rows(weights: Sequence[int], limit: int, limbs: int, most: int) -> list[int]:
    """By the number of members, up to `most`: coalitions of each weight up to `limit`, packed."""
    slot = LIMB * limbs
    bits = slot * (limit + 1)
    mask = (1 << bits) - 1
    rows = [1] + [0] * most
    for weight in sorted(weights):  # the light ones first: rows stay short for long
        if weight > limit:
            break
        for size in range(most, 0, -1):
            if smaller := rows[size - 1]:
                moved = smaller << slot * weight
                rows[size] += moved if moved.bit_length() <= bits else moved & mask
    return rows


def _cumulated(packed: int, slots: int, limbs: int) -> NDArray[np.int64]:
    """Shape (slots, limbs): sums of the packed counts up to each slot, in limbs of 32 bits."""
    import numpy as np

    held = np.frombuffer(packed.to_bytes(slots * limbs * LIMB // 8, "little"), dtype="<u4").reshape(slots, limbs)
    sums = np.cumsum(held, axis=0, dtype=np.int64)
    for limb in range(limbs - 1):
        sums[:, limb + 1] += sums[:, limb] >> LIMB
        sums[:, limb] &= (1 << LIMB) - 1
    return sums


def _whole(limbs: Iterable[Any]) -> int:
    """The integer that these limbs, of either sign, add up to."""
    return sum(int(limb) << LIMB * place for place, limb in enumerate(limbs))


def _smaller(stairs: Staircase) -> Staircase:
    """The game or its dual, whichever has the smaller quota; the swings are the same."""
    return min(stairs, stairs.dual, key=_limit)


def _limit(stairs: Staircase) -> int:
    """The largest weight that has to be told from larger ones."""
    total = stairs.total
    return max((need - 1 for need in stairs.needs if 0 < need <= total), default=0)


def _largest(stairs: Staircase) -> int:
    """Members of the largest coalition that does not weigh more than that."""
    limit = _limit(stairs)
    return sum(1 for weight in accumulate(sorted(stairs.weights)) if weight <= limit)


def _limbs(stairs: Staircase) -> int:
    return -(-(len(stairs.weights) + 1) // LIMB)
