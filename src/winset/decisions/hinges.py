"""Whose vote the answer hangs on: the share of draws that are adopted with this member's yes, and with its no."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted
from winset.decisions.preferences import Ballots
from winset.decisions.rule import DecisionRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@lru_cache(maxsize=64)
def each_stops_it(rule: DecisionRule) -> bool:
    """Whether only objections count, and one objection of anybody is enough: such a draw needs no count of votes."""
    return rule.by_objection and all(rule.blocks_alone(seat.actor_id) for seat in rule.seats)


def adopted_if(rule: DecisionRule, cast: Ballots, *, asked: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each draw is adopted if that seat says yes, and if it says no; all other votes as cast.

    asked: numbers of seats, k.  Returns shape (2, k, ...draws).
    """
    import numpy as np

    if each_stops_it(rule):
        objections = cast.no.sum(axis=-1, dtype=np.int32)
        with_yes = np.stack([objections == cast.no[..., seat] for seat in asked])
        return np.stack([with_yes, np.zeros_like(with_yes)])
    return np.stack([np.stack([_with(rule, cast, [seat], yes=yes) for seat in asked]) for yes in (True, False)])


def adopted_after(rule: DecisionRule, cast: Ballots, *, order: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each draw is adopted once the first, the first two ... of these seats say yes; shape (k, ...draws)."""
    import numpy as np

    if each_stops_it(rule):
        left = cast.no.sum(axis=-1, dtype=np.int32)
        steps = []
        for seat in order:
            left = left - cast.no[..., seat]
            steps.append(left == 0)
        return np.stack(steps)
    return np.stack([_with(rule, cast, order[: last + 1], yes=True) for last in range(len(order))])


def _with(rule: DecisionRule, cast: Ballots, seats: Sequence[int], *, yes: bool) -> NDArray[np.bool_]:
    said = {True: cast.yes.copy(), False: cast.no.copy()}
    said[yes][..., list(seats)], said[not yes][..., list(seats)] = True, False
    return adopted(rule, yes=said[True], no=said[False])
