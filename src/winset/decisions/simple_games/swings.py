"""Swings: in how many winning coalitions each player is the one without whom they would lose. Exact integers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import factorial
from operator import mul

from winset.decisions.simple_games.by_halves import HALVES, halves_by_size
from winset.decisions.simple_games.by_layers import layers_by_size, layers_in_all, pivotal_chances
from winset.decisions.simple_games.by_weight import fits, weights_by_size, weights_in_all
from winset.decisions.simple_games.game import SimpleGame
from winset.errors import Uncountable

KEPT = 8  # games whose counts are remembered: several indices are made of the same


@dataclass(frozen=True, slots=True, kw_only=True)
class BySize:
    """Coalitions and swings by the number of members, 0 to n."""

    winning: tuple[int, ...]
    swings: tuple[tuple[int, ...], ...]  # of each player: winning coalitions of that size that need it


@dataclass(frozen=True, slots=True, kw_only=True)
class InAll:
    """Coalitions and swings of any size."""

    players: int
    winning: int
    swings: tuple[int, ...]

    @property
    def coalitions(self) -> int:
        """All that there are, 2^n."""
        return 1 << self.players


@lru_cache(maxsize=KEPT)
def swings_by_size(game: SimpleGame) -> BySize:
    """Winning coalitions of each size, and in how many of them each player is critical.

    Cost: 2^(n/2) up to some forty players; beyond, or where several vectors of weights count, that of the sums of
    weights that can come up, times n.  Raises Uncountable where they are too many.
    Source: Horowitz and Sahni (1974) for the halves; Mann and Shapley (1962) for the sums; Bolus (2011) for several
    quotas.
    """
    stairs = game.staircase
    if stairs is None:
        winning, swings = layers_by_size(game)
    elif len(game.players) <= HALVES and stairs.total < 1 << 62:
        winning, swings = halves_by_size(stairs)
    elif fits(stairs):
        winning, swings = weights_by_size(stairs)
    else:
        winning, swings = layers_by_size(game)
    return BySize(winning=tuple(winning), swings=tuple(map(tuple, swings)))


@lru_cache(maxsize=KEPT)
def swings_in_all(game: SimpleGame) -> InAll:
    """Winning coalitions, and in how many of them each player is critical; as `swings_by_size` but for the sizes."""
    stairs, n = game.staircase, len(game.players)
    if stairs is not None and (n <= HALVES or not stairs.of_weight_alone):
        counted = swings_by_size(game)
        return InAll(players=n, winning=sum(counted.winning), swings=tuple(map(sum, counted.swings)))
    if stairs is not None and fits(stairs, by_size=False):
        winning, swings = weights_in_all(stairs)
    else:
        winning, swings = layers_in_all(game)
    return InAll(players=n, winning=winning, swings=tuple(swings))


@lru_cache(maxsize=KEPT)
def pivotal_shares(game: SimpleGame) -> tuple[Fraction | float, ...]:
    """The share of all orders of joining in which each player turns a losing coalition into a winning one.

    Exact; floats right to some 1e-12 where the exact counts would be too large to be held.  Raises Uncountable.
    """
    n = len(game.players)
    try:
        held = swings_by_size(game).swings
    except Uncountable:
        return tuple(pivotal_chances(game))
    orders = [0, *(factorial(size - 1) * factorial(n - size) for size in range(1, n + 1))]
    whole = factorial(n)
    return tuple(Fraction(sum(map(mul, orders, own)), whole) for own in held)


def power_to_act(game: SimpleGame) -> Fraction:
    """How easily the body decides at all: the share of coalitions that win.  Raises Uncountable.

    Source: Coleman (1971).

    >>> str(power_to_act(SimpleGame.weighted({"A": 1, "B": 1, "C": 1}, quota=3)))
    '1/8'
    """
    counted = swings_in_all(game)
    return Fraction(counted.winning, counted.coalitions)
