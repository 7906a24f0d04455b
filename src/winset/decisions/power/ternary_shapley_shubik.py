"""The Shapley-Shubik index where members may abstain."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from winset.decisions.simple_games.abstentions import pivots
from winset.decisions.simple_games.game import Shares, SimpleGame
from winset.decisions.simple_games.swings import pivotal_shares
from winset.registry import method


@method("ternary-shapley-shubik", source="FelsenthalMachover1998")
def ternary_shapley_shubik(game: SimpleGame) -> Shares:
    """The share of roll calls, all orders and all votes of yes, abstention and no, that the player's vote decides.

    A vote decides a roll call when after it the outcome is settled whatever those that follow say, and was not before:
    sum over k of k! (n - 1 - k)! / n! / 3^(k + 1) times the votes of k others and its own that do so; sums to 1.
    Where abstentions count as no, or all as yes, this is the binary index (Mann and Shapley 1964).  Raises Uncountable.

    >>> game = SimpleGame.weighted({"A": 3, "B": 2, "C": 1}, quota=4)
    >>> {player: str(share) for player, share in ternary_shapley_shubik(game).items()}
    {'A': '2/3', 'B': '1/6', 'C': '1/6'}
    """
    if game.abstentions_take_sides:  # then every roll call is one of two votes, and their odds do not matter
        return dict(zip(game.players, pivotal_shares(game), strict=True))
    n = len(game.players)
    whole = factorial(n) * 3**n
    calls = [factorial(k) * factorial(n - 1 - k) * 3 ** (n - 1 - k) for k in range(n)]
    return {
        player: Fraction(sum(call * many for call, many in zip(calls, own, strict=True)), whole)
        for player, own in zip(game.players, pivots(game), strict=True)
    }
