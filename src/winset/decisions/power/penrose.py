"""The Penrose measure, or absolute Banzhaf index."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.swings import swings_in_all
from winset.registry import method


@method("penrose", source="Penrose1946")
def penrose(game: SimpleGame) -> Shares:
    """The probability that the player decides when the others say yes or no at random: the absolute Banzhaf index.

    swings / 2^(n - 1); does not sum to 1.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(chance) for player, chance in penrose(game).items()}
    {'A': '3/4', 'B': '1/4', 'C': '1/4'}
    """
    counted = swings_in_all(game)
    others = counted.coalitions // 2
    return {player: Fraction(own, others) for player, own in zip(game.players, counted.swings, strict=True)}
