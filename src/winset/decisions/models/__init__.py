"""Forecast models: what a body will decide. One file each; this list is the table of contents.

Each takes a Profile and returns a policy for every draw of every issue, shape (d, m), on its scale: the status
quo where the model says that nothing changes, NaN where it cannot say. Uncertainty is drawn outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.models.baron_ferejohn import baron_ferejohn
from winset.decisions.models.challenge import challenge
from winset.decisions.models.challenge_all_pairs import challenge_all_pairs
from winset.decisions.models.compromise import compromise
from winset.decisions.models.condorcet import condorcet
from winset.decisions.models.core_midpoint import core_midpoint
from winset.decisions.models.exchange import exchange
from winset.decisions.models.exchange_program import exchange_program
from winset.decisions.models.influence import influence
from winset.decisions.models.median import median
from winset.decisions.models.nash import nash_bargaining
from winset.decisions.models.procedural import procedural
from winset.decisions.models.sincere_voting import sincere_voting
from winset.decisions.models.smoothed_median import smoothed_median
from winset.registry import Family

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODELS: Family[..., NDArray[np.float64]] = Family(
    "forecast model",
    [
        sincere_voting,
        smoothed_median,
        compromise,
        median,
        core_midpoint,
        nash_bargaining,
        baron_ferejohn,
        procedural,
        challenge,
        challenge_all_pairs,
        condorcet,
        influence,
        exchange,
        exchange_program,
    ],
)

__all__ = ["MODELS"]
