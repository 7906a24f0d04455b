"""The middle of the core: where a rule leaves several policies standing, halfway between the pivots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.core import pivots
from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("core-midpoint", source="Tsebelis2002")
def core_midpoint(profile: Profile) -> NDArray[np.float64]:
    """The midpoint between the two members whose consent a move needs; shape (d, m).

    Under majority rule the median, under unanimity halfway between the outermost members. Members vote for what
    lies nearer; salience and actors without a seat change nothing, nor does the status quo. NaN where no
    member is on record.  Cost: two sorts and about 2 log2(n) counts of votes.
    """
    import numpy as np

    left, right = pivots(profile)
    return np.asarray((left + right) / 2)
