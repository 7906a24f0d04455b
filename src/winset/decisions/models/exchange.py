"""The exchange model with equal gain: pairs of actors give way to each other on two issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.exchanges import traded
from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("exchange", source="Dijkstra2008")
def exchange(profile: Profile, *, rounds: int = 1) -> NDArray[np.float64]:
    """The compromise after the exchanges that are worth most to both sides have been made; shape (d, m).

    Issues of one profile are traded for each other; with a single one there is nothing to trade, and this is the
    compromise. Like it, it takes no account of the rule. Who has nothing on record on an issue does not trade it.
    rounds: 1 or more.  NaN where nobody is on record, or those who are care nothing.  Raises BadCase.
    """
    return traded(profile, rounds=rounds, programmed=False)
