"""The compromise model: everybody pulls with capability times salience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("compromise", source="VanDenBos1991")
def compromise(profile: Profile) -> NDArray[np.float64]:
    """The mean of the actors' positions, weighted by capability times salience; shape (d, m).

    Approximates the Nash bargaining solution where no agreement is very bad for all (Achen 2006). It takes
    no account of the rule: under one with vetoes read it as where talks would settle. NaN where nobody is on
    record, or those who are care nothing.  Cost: one pass.
    """
    import numpy as np

    weight = profile.weight
    whole = weight.sum(axis=-1)
    pull = np.where(weight > 0, weight * profile.positions, 0.0).sum(axis=-1)
    return profile.within(pull / np.where(whole > 0, whole, np.nan))
