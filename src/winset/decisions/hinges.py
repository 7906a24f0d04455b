"""Whose vote the answer hangs on: the share of draws that are adopted with this member's yes, and with its no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted_if_each, adopted_with_more
from winset.decisions.preferences import Ballots
from winset.decisions.rule import DecisionRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def adopted_if(rule: DecisionRule, cast: Ballots, *, asked: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each draw is adopted if that seat says yes, and if it says no; all other votes as cast.

    asked: numbers of seats, k.  Returns shape (2, k, ...draws).
    """
    import numpy as np

    if rule.one_no_decides:
        objections = cast.no.sum(axis=-1, dtype=np.int32)
        with_yes = np.stack([objections == cast.no[..., seat] for seat in asked])
        return np.stack([with_yes, np.zeros_like(with_yes)])
    each = (adopted_if_each(rule, yes=cast.yes, no=cast.no, asked=asked, says_yes=yes) for yes in (True, False))
    return np.stack([np.moveaxis(found, -1, 0) for found in each])


def adopted_after(rule: DecisionRule, cast: Ballots, *, order: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each draw is adopted once the first, the first two ... of these seats say yes; shape (k, ...draws)."""
    import numpy as np

    if rule.one_no_decides:
        left = cast.no.sum(axis=-1, dtype=np.int32)
        steps = []
        for seat in order:
            left = left - cast.no[..., seat]
            steps.append(left == 0)
        return np.stack(steps)
    return np.moveaxis(adopted_with_more(rule, yes=cast.yes, no=cast.no, order=order), -1, 0)
