"""Swings where members may abstain: every one of them says yes, abstains or says no."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from winset.decisions.simple_games.by_layers import ABSTAIN, NO, YES, Choice, count
from winset.decisions.simple_games.game import SimpleGame
from winset.decisions.simple_games.swings import KEPT

FREE = tuple(Choice(vote=vote, plain=1) for vote in (NO, ABSTAIN, YES))
# a mark: the member votes before the one looked at; those that follow all say no, or all say yes
THEN_NO = (Choice(vote=NO, plain=1, marked=1), Choice(vote=ABSTAIN, marked=1), Choice(vote=YES, marked=1))
THEN_YES = (Choice(vote=NO, marked=1), Choice(vote=ABSTAIN, marked=1), Choice(vote=YES, plain=1, marked=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Divisions:
    """Ways in which all may vote, of 3^n."""

    players: int
    adopting: int
    swings: tuple[int, ...]  # of each player: votes of the others that adopt with its yes and not with its no


@lru_cache(maxsize=KEPT)
def divisions(game: SimpleGame) -> Divisions:
    """How many divisions into yes, abstention and no adopt, and each player's swings.  Raises Uncountable.

    Source: Felsenthal and Machover (1998, ch. 8).
    """
    found = count(game.players, game.ways, FREE, marks=False)
    return Divisions(
        players=found.n, adopting=found.winning, swings=tuple(after[YES] - after[NO] for after in found.after)
    )


@lru_cache(maxsize=KEPT)
def pivots(game: SimpleGame) -> tuple[tuple[int, ...], ...]:
    """Of each player, by the number k of those that voted before it, 0 to n-1: votes of these and of it that decide.

    They decide when with them the outcome no longer depends on those that follow, and did before.
    Raises Uncountable.  Source: Felsenthal and Machover (1998, ch. 8).
    """
    for_it = count(game.players, game.ways, THEN_NO, marks=True)
    against = count(game.players, game.ways, THEN_YES, marks=True)
    return tuple(
        tuple(
            gained + lost
            for gained, lost in zip(
                for_it.coefficients(up[YES] + up[ABSTAIN] - 2 * up[NO])[:-1],
                against.coefficients(2 * down[YES] - down[ABSTAIN] - down[NO])[:-1],
                strict=True,
            )
        )
        for up, down in zip(for_it.after, against.after, strict=True)
    )
