"""Holler's public good index."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.minimal import minimal_in_all
from winset.registry import method


@method("holler", source="Holler1982")
def holler(game: SimpleGame) -> Shares:
    """The player's share of the memberships in minimal winning coalitions, what these win being a public good.

    minimal winning coalitions with the player / sum of that over all players; sums to 1. Not monotone: a larger
    weight can have less of it.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in holler(game).items()}
    {'A': '1/2', 'B': '1/4', 'C': '1/4'}
    """
    memberships = minimal_in_all(game).swings
    whole = sum(memberships)
    return {player: Fraction(own, whole) for player, own in zip(game.players, memberships, strict=True)}
