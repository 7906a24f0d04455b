"""The Friedkin-Johnsen model: members influence each other, then settle on the weighted mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions import opinions
from winset.decisions.profile import Profile
from winset.errors import BadCase
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

TOGETHER = 4096  # systems solved at once
MOST_OPEN = 1 - 1e-6  # where salience sets it: members that hardly care, among themselves, settle nowhere in particular


@method("influence", source="FriedkinJohnsen1999")
def influence(
    profile: Profile, *, weights: ArrayLike | None = None, susceptibility: ArrayLike | None = None
) -> NDArray[np.float64]:
    """The mean of the positions that mutual influence leads to, weighted by capability times salience; shape (d, m).

    weights: shape (actors, actors), 0 or more; what each gives the word of each other one, in any unit, its own
    not counted.  None: the other's capability times salience.  susceptibility: shape (actors,), 0-1; the share of
    its position that an actor leaves to others.  None: 1 less its salience, but a millionth.  An actor with nobody
    to listen to keeps its position.  NaN where nobody is on record, or those who are care nothing.  Raises BadCase.
    """
    import numpy as np

    actors = len(profile.actors)
    power = profile.weight.reshape(-1, actors)
    heard = power > 0
    start = np.where(heard, profile.positions.reshape(-1, actors), 0.0)
    salience = np.where(heard, profile.salience.reshape(-1, actors), 1.0)
    given = None if weights is None else _shaped(weights, (actors, actors), "weights")
    own = (
        np.minimum(1 - salience, MOST_OPEN)
        if susceptibility is None
        else _shaped(susceptibility, (actors,), "susceptibility") * heard
    )
    settled = np.empty_like(start)
    for first in range(0, len(start), TOGETHER):
        some = slice(first, first + TOGETHER)
        heed = np.where(np.eye(actors, dtype=bool), 0.0, power[some, None, :] if given is None else given)
        heed = heed * heard[some, None, :]
        whole = heed.sum(axis=-1)
        open_to = np.where(whole > 0, own[some], 0.0)
        heed *= (open_to / np.where(whole > 0, whole, 1.0))[..., None]
        heed[:, range(actors), range(actors)] = 1 - open_to
        heed /= heed.sum(axis=-1, keepdims=True)
        settled[some] = opinions.influence(start[some], heed, open_to)
    whole = power.sum(axis=-1)
    mean = (power * settled).sum(axis=-1) / np.where(whole > 0, whole, np.nan)
    return profile.within(mean.reshape(profile.status_quo.shape))


def _shaped(given: ArrayLike, shape: tuple[int, ...], what: str) -> NDArray[np.float64]:
    import numpy as np

    found = np.asarray(given, dtype=float)
    if found.shape != shape or not (found >= 0).all():
        raise BadCase(f"{what} of shape {found.shape}: give {shape} numbers of 0 or more, in the order of the actors")
    return found
