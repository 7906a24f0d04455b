"""The Penrose measure where members may abstain."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.abstentions import divisions
from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.registry import method


@method("ternary-penrose", source="FelsenthalMachover1998")
def ternary_penrose(game: SimpleGame) -> Shares:
    """The probability that the player's yes or no decides when all others say yes, abstain or say no at random.

    swings / 3^(n - 1); does not sum to 1.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(chance) for player, chance in ternary_penrose(game).items()}
    {'A': '5/9', 'B': '2/9', 'C': '2/9'}
    """
    counted = divisions(game)
    others = 3 ** (counted.players - 1)
    return {player: Fraction(own, others) for player, own in zip(game.players, counted.swings, strict=True)}
