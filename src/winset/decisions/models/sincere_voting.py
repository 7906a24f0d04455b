"""Sincere voting: each member compares the proposal with the status quo, and the rule counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.counting import adopted
from winset.decisions.preferences import ballots
from winset.decisions.profile import Profile
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("sincere-voting", source="EnelowHinich1984", needs=("proposal", "status_quo"))
def sincere_voting(profile: Profile) -> NDArray[np.float64]:
    """The proposal where the rule adopts it when members vote for what lies nearer, else the status quo; shape (d, m).

    A member objects when the proposal is farther from its ideal point than the status quo, times salience,
    by more than the cost of objecting. Members with nothing on record are silent, as the rule counts it.
    NaN where proposal or status quo is unknown.
    """
    import numpy as np

    said = ballots(profile, option=profile.proposal)
    passes = adopted(profile.rule, yes=said.yes, no=said.no)
    unknown = np.isnan(profile.proposal) | np.isnan(profile.status_quo)  # then nobody loses, which is no consent
    return np.where(unknown, np.nan, np.where(passes, profile.proposal, profile.status_quo))
