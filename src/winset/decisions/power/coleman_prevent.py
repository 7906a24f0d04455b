"""Coleman's power to prevent action."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.swings import swings_in_all
from winset.registry import method


@method("coleman-prevent", source="Coleman1971")
def coleman_prevent(game: SimpleGame) -> Shares:
    """The share of the winning coalitions that the player can make lose: 1 for a veto.

    swings / winning coalitions.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in coleman_prevent(game).items()}
    {'A': '1', 'B': '1/3', 'C': '1/3'}
    """
    counted = swings_in_all(game)
    return {player: Fraction(own, counted.winning) for player, own in zip(game.players, counted.swings, strict=True)}
