"""Swings by size, met in the middle: all coalitions of one half of the players against all of the other half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.decisions.simple_games.game import Staircase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HALVES = 38  # players at most: 2 * 2^19 coalitions of the halves, a second or two


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    """All coalitions of some players, by size and then by weight."""

    players: int
    weights: NDArray[np.int64]
    ends: Sequence[int]  # coalitions of size s stand at ends[s] to ends[s + 1]
    members: NDArray[np.float64]  # shape (players, coalitions): 1 where the player is in it

    def of(self, size: int) -> slice:
        return slice(self.ends[size], self.ends[size + 1])


def halves_by_size(stairs: Staircase) -> tuple[list[int], list[list[int]]]:
    """Winning coalitions by size, and each player's swings by size; weights below 2^62.

    Cost: n 2^(n/2) searches in sorted weights.  Source: Horowitz and Sahni (1974).
    """
    import numpy as np

    n = len(stairs.weights)
    left, right = _half(stairs.weights[: n // 2]), _half(stairs.weights[n // 2 :])
    # partners[c, s]: coalitions of size s of the other half with which coalition c wins
    of_left = np.zeros((len(left.weights), right.players + 1))
    of_right = np.zeros((len(right.weights), left.players + 1))
    for a in range(left.players + 1):
        ours = left.weights[left.of(a)]
        for b in range(right.players + 1):
            theirs = right.weights[right.of(b)]
            need = stairs.needs[a + b]
            if need > stairs.total:
                continue
            # both ascend, so the searched keys descend: turned round, they meet the cache in order
            first = np.searchsorted(ours, (need - theirs)[::-1])[::-1]
            of_right[right.of(b), a] = len(ours) - first
            met = np.bincount(first, minlength=len(ours) + 1)[: len(ours)]
            of_left[left.of(a), b] = np.cumsum(met)
    winning = [0] * (n + 1)
    having = [[0] * (n + 1) for _ in range(n)]
    for a in range(left.players + 1):
        inside = left.members[:, left.of(a)] @ of_left[left.of(a)]  # exact: every sum is below 2^53
        for b, count in enumerate(of_left[left.of(a)].sum(axis=0)):
            winning[a + b] += int(count)
            for player in range(left.players):
                having[player][a + b] += int(inside[player, b])
    for b in range(right.players + 1):
        inside = right.members[:, right.of(b)] @ of_right[right.of(b)]
        for a in range(left.players + 1):
            for player in range(right.players):
                having[left.players + player][a + b] += int(inside[player, a])
    return winning, [_swings(winning, own) for own in having]


def _swings(winning: Sequence[int], having: Sequence[int]) -> list[int]:
    """A win with the player is a swing unless the rest, one smaller, wins without it."""
    return [0, *(own - (winning[size] - having[size]) for size, own in enumerate(having[1:]))]


def _half(weights: Sequence[int]) -> _Half:
    import numpy as np

    sums, sizes = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int8)
    for weight in weights:
        sums, sizes = np.concatenate([sums, sums + weight]), np.concatenate([sizes, sizes + np.int8(1)])
    order = np.lexsort((sums, sizes))
    bits = (order[None, :] >> np.arange(len(weights))[:, None]) & 1
    ends = np.searchsorted(sizes[order], np.arange(len(weights) + 2))
    return _Half(players=len(weights), weights=sums[order], ends=[int(end) for end in ends], members=bits.astype(float))
