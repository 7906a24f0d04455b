"""The normalised Banzhaf index."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.swings import swings_in_all
from winset.registry import method


@method("banzhaf", source="Banzhaf1965")
def banzhaf(game: SimpleGame) -> Shares:
    """The player's share of all swings: winning coalitions that would lose without it; normalised, sums to 1.

    swings / sum of all players' swings.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in banzhaf(game).items()}
    {'A': '3/5', 'B': '1/5', 'C': '1/5'}
    """
    swings = swings_in_all(game).swings
    whole = sum(swings)
    return {player: Fraction(own, whole) for player, own in zip(game.players, swings, strict=True)}
