"""The normalised Banzhaf index where members may abstain."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.simple_games.abstentions import divisions
from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.registry import method


@method("ternary-banzhaf", source="FelsenthalMachover1998")
def ternary_banzhaf(game: SimpleGame) -> Shares:
    """The player's share of all swings between yes and no when the others may abstain; normalised, sums to 1.

    swings / sum of all players' swings.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in ternary_banzhaf(game).items()}
    {'A': '5/9', 'B': '2/9', 'C': '2/9'}
    """
    swings = divisions(game).swings
    whole = sum(swings)
    return {player: Fraction(own, whole) for player, own in zip(game.players, swings, strict=True)}
