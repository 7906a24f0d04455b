"""Minimal winning coalitions: those that lose without any one of their members."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from winset.decisions.simple_games.by_layers import BINARY, YES, count
from winset.decisions.simple_games.game import Quota, SimpleGame
from winset.decisions.simple_games.swings import KEPT, BySize, InAll

if TYPE_CHECKING:
    from numpy.typing import NDArray

WRITTEN_OUT = 20  # players at most for whom every coalition is looked at


@lru_cache(maxsize=KEPT)
def minimal_in_all(game: SimpleGame) -> InAll:
    """Minimal winning coalitions, and how many each player is in, as `winning` and `swings`.

    Where players fall in the same order in every vector of weights, a coalition is minimal when it loses without its
    lightest member; else all coalitions of up to twenty players are looked at.  Raises Uncountable.
    """
    if len(game.players) <= WRITTEN_OUT:
        counted = minimal_by_size(game)
        return InAll(players=len(game.players), winning=sum(counted.winning), swings=tuple(map(sum, counted.swings)))
    found = count(game.players, game.binary, BINARY, marks=False, minimal=True)
    return InAll(players=found.n, winning=found.winning, swings=tuple(with_it[YES] for with_it in found.after))


@lru_cache(maxsize=KEPT)
def minimal_by_size(game: SimpleGame) -> BySize:
    """As `minimal_in_all`, by the number of members.  Raises Uncountable."""
    if len(game.players) <= WRITTEN_OUT:
        return _written_out(game)
    found = count(game.players, game.binary, BINARY, marks=True, minimal=True)
    return BySize(
        winning=tuple(found.coefficients(found.winning)),
        swings=tuple((0, *found.coefficients(with_it[YES])[:-1]) for with_it in found.after),
    )


def _written_out(game: SimpleGame) -> BySize:
    import numpy as np

    n = len(game.players)
    wins = np.zeros(1 << n, dtype=bool)
    for way in game.binary:
        met = np.ones(1 << n, dtype=bool)
        for quota in way:
            met &= _sums(quota) >= quota.least
        wins |= met
    minimal = wins.copy()
    for player in range(n):
        shape = (-1, 2, 1 << player)  # middle axis: without and with the player
        minimal.reshape(shape)[:, 1] &= ~wins.reshape(shape)[:, 0]
    coalitions = np.flatnonzero(minimal)
    member = (coalitions[:, None] >> np.arange(n)) & 1
    sizes = member.sum(axis=1)
    return BySize(
        winning=tuple(int(many) for many in np.bincount(sizes, minlength=n + 1)),
        swings=tuple(
            tuple(int(many) for many in np.bincount(sizes[member[:, player] == 1], minlength=n + 1))
            for player in range(n)
        ),
    )


def _sums(quota: Quota) -> NDArray[Any]:
    """The weight of every coalition, a bit of whose number stands for a player."""
    import numpy as np

    exact: Any = np.int64 if sum(quota.weights) < 1 << 62 else object
    sums = np.zeros(1, dtype=exact)
    for weight in quota.weights:
        sums = np.concatenate([sums, sums + weight])
    return sums
