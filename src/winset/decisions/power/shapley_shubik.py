"""The Shapley-Shubik index."""

from __future__ import annotations

from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.swings import pivotal_shares
from winset.registry import method


@method("shapley-shubik", source="ShapleyShubik1954")
def shapley_shubik(game: SimpleGame) -> Shares:
    """The share of all orders of joining in which the player is the one that turns a losing coalition into a winning.

    sum over swings of (k - 1)! (n - k)! / n!, k members with the player; sums to 1. Floats, right to some 1e-12,
    where the exact counts would be too large to be held.  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in shapley_shubik(game).items()}
    {'A': '2/3', 'B': '1/6', 'C': '1/6'}
    """
    return dict(zip(game.players, pivotal_shares(game), strict=True))
