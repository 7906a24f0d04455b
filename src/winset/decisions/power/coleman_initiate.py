"""Coleman's power to initiate action."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.swings import swings_in_all
from winset.registry import method


@method("coleman-initiate", source="Coleman1971")
def coleman_initiate(game: SimpleGame) -> Shares:
    """The share of the losing coalitions that the player can make win by joining them: 1 for a dictator.

    swings / losing coalitions.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in coleman_initiate(game).items()}
    {'A': '3/5', 'B': '1/5', 'C': '1/5'}
    """
    counted = swings_in_all(game)
    losing = counted.coalitions - counted.winning
    return {player: Fraction(own, losing) for player, own in zip(game.players, counted.swings, strict=True)}
