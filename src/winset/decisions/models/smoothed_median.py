"""The learned default: the weighted median, smoothed as decisions with known outcomes ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.backtest import shipped
from winset.decisions.backtest.smoothing import Smoothing
from winset.decisions.backtest.smoothing import smoothed_median as smoothed
from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("smoothed-median", source="ArreguiPerarnaud2022")
def smoothed_median(profile: Profile, *, smoothing: Smoothing | None = None) -> NDArray[np.float64]:
    """The median of all weight: the actors' at their positions, and a learned part spread over the scale; shape (d, m).

    Capability times salience stands at each actor's position. Added are, in learned shares, weight spread evenly over
    the scale, evenly over the range held, around the compromise, at the middle, and evenly over what three quarters
    of the capability with a vote would not leave. It takes no account of vetoes and of the status quo.
    smoothing: None: as fitted on the decisions of the source.  NaN where nobody is on record, or those who are
    care nothing.  Cost: one sort and fifty passes.
    Our own; see docs/reference/forecast-model-card.md.
    """
    return smoothed(profile, smoothing or shipped.shipped().smoothing)
