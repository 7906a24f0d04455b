"""The Deegan-Packel index."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.minimal import minimal_by_size
from winset.registry import method


@method("deegan-packel", source="DeeganPackel1978")
def deegan_packel(game: SimpleGame) -> Shares:
    """What the player gets when a minimal winning coalition forms at random and divides its win evenly.

    sum over minimal winning coalitions with the player of 1 / members, divided by their number; sums to 1. Not
    monotone: a larger weight can have less of it.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in deegan_packel(game).items()}
    {'A': '1/2', 'B': '1/4', 'C': '1/4'}
    """
    counted = minimal_by_size(game)
    whole = sum(counted.winning)
    return {
        player: sum((Fraction(many, size) for size, many in enumerate(own) if many), Fraction(0)) / whole
        for player, own in zip(game.players, counted.swings, strict=True)
    }
