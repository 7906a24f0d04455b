"""The challenge model in the reading that reproduces the table its source prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.challenging import Choice, Report, challenged
from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("challenge-all-pairs", source="Scholz2011")
def challenge_all_pairs(
    profile: Profile, *, rounds: int = 10, choice: Choice = "least-move", report: Report = "median"
) -> NDArray[np.float64]:
    """As `challenge`, but votes are divided by those of all contests together; shape (d, m).

    So every chance of winning is small, and actors give way because they care little, not because they would lose.
    Votes are curved by each actor's risk exponent. With choice "lowest" it gives the printed rounds.
    rounds, choice, report, NaN: as `challenge`.  Raises BadCase.
    """
    return challenged(profile, reading="all-pairs", rounds=rounds, choice=choice, report=report)
