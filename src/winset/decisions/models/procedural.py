"""The procedural model: a setter offers the best policy that can pass, the body takes it or leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.profile import Profile
from winset.decisions.winset import winsets
from winset.errors import UnknownName
from winset.ids import ActorId
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@method("procedural", source="RomerRosenthal1978", needs=("status_quo", "proposal"))
def procedural(profile: Profile, *, setter: ActorId | None = None) -> NDArray[np.float64]:
    """The point of the winset, ends included, that lies nearest to what the setter wants; shape (d, m).

    setter: an actor, with a seat or without one, whose position it wants; None: whoever tabled the proposal, which
    is taken for what it wants most, so that the answer is the proposal as far as it can pass. The status quo where
    nothing passes. Members vote by the rule, and object beyond the cost of objecting only.
    NaN where status quo or setter's wish is unknown.  Raises UnknownName for an actor not in the profile.
    """
    import numpy as np

    wanted = profile.proposal if setter is None else _position(profile, setter)
    low, high = winsets(profile)
    return np.asarray(np.minimum(np.maximum(wanted, low), high))


def _position(profile: Profile, setter: ActorId) -> NDArray[np.float64]:
    if setter not in profile.actors:
        raise UnknownName(f"no actor {setter} can set the agenda: there are {', '.join(profile.actors)}")
    return profile.positions[..., profile.actors.index(setter)]
