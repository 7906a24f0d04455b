"""The challenge model: Bueno de Mesquita's expected utility model, as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.challenging import Choice, Report, challenged
from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("challenge", source="Scholz2011")
def challenge(
    profile: Profile, *, rounds: int = 10, choice: Choice = "least-move", report: Report = "median"
) -> NDArray[np.float64]:
    """Where the median stands after rounds in which actors challenge each other and give way; shape (d, m).

    The chance that i wins against j is its share of the votes cast in that contest (equation 30 of the source).
    rounds: 0 or more; it ends before when nobody moves.  choice: of several compromises an actor takes the one that
    moves it least, or ("lowest") the one the source's program took.  report: median, or mean, of the last positions.
    NaN where nobody is on record, or those who are care nothing.  Raises BadCase.
    """
    return challenged(profile, reading="contest", rounds=rounds, choice=choice, report=report)
