"""How members vote on several issues at once: sincerely, by what they gain and lose on all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.counting import adopted
from winset.decisions.preferences import Ballots, gain
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Vote

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOTHING = 1e-9  # share of the scale: a sum of gains within this of nothing, or of the cost of objecting, is equal to it


def package_gains(profile: Profile, options: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a package is worth to every seat over the status quo on all issues; shape (d, seats).

    options: shape (d, m), the profile's scale. Salience-weighted distances are added up over issues (city blocks);
    an issue on which the member has nothing on record counts for nothing.
    Source: Enelow and Hinich (1984, ch. 3) for separable preferences over several issues.
    """
    import numpy as np

    worth = gain(
        profile.positions[..., profile.seated],
        salience=profile.salience[..., profile.seated],
        option=options[..., None],
        status_quo=profile.status_quo[..., None],
    )
    return np.asarray(np.where(profile.known[..., profile.seated], worth, 0.0).sum(axis=1))


def package_passes(profile: Profile, options: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the rule adopts a package over the status quo, in each draw; shape (d,).

    options: shape (d, m). Members vote on the whole, as in `package_ballots`.
    """
    import numpy as np

    cast = package_ballots(
        profile.rule,
        package_gains(profile, options),
        cost=profile.cost_of_objecting[:, None],
        heard=np.asarray(profile.known[..., profile.seated].any(axis=1)),
        nothing=NOTHING * (profile.high - profile.low),
    )
    return adopted(profile.rule, yes=cast.yes, no=cast.no)


def package_ballots(
    rule: DecisionRule,
    gains: NDArray[np.float64],
    *,
    cost: float | NDArray[np.float64],
    heard: NDArray[np.bool_],
    nothing: float,
) -> Ballots:
    """The sincere votes: YES who gains, NO who loses more than objecting costs; the others abstain, or are silent.

    gains: shape (..., seats).  heard: (..., seats), who has anything on record; the others are SILENT.
    """
    yes, no = gains > nothing, gains < -cost - nothing
    idle = ~(yes | no)
    silent, abstains = rule.counted(Vote.SILENT), rule.counted(Vote.ABSTAIN)
    said = []
    for side, cast in ((Vote.YES, yes), (Vote.NO, no)):
        quiet = (~heard & (silent is side)) | (heard & (abstains is side))
        said.append(cast | (idle & quiet))
    return Ballots(yes=said[0], no=said[1])
