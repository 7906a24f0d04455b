"""The weighted median voter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDING = 1e-12  # shares of a half that differ by less are a half: the order of a sum must not choose the median


@method("median", source="Black1948")
def median(profile: Profile) -> NDArray[np.float64]:
    """The smallest position at which half of the weight, capability times salience, lies at or below; shape (d, m).

    No policy beats it by a majority of that weight in one dimension. NaN where nobody is on record, or those
    who are care nothing.  Cost: one sort.
    """
    import numpy as np

    order = np.argsort(np.where(profile.known, profile.positions, np.inf), axis=-1)
    ranked = np.take_along_axis(profile.positions, order, axis=-1)
    reached = np.take_along_axis(profile.weight, order, axis=-1).cumsum(axis=-1)
    whole = reached[..., -1:]
    at = np.argmax(2 * reached >= whole * (1 - ROUNDING), axis=-1, keepdims=True)
    found = np.take_along_axis(ranked, at, axis=-1)
    return np.asarray(np.where(whole > 0, found, np.nan)[..., 0])
