"""How far from the status quo an option still passes, in every draw; and what that leaves of the proposal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted
from winset.decisions.hinges import each_stops_it
from winset.decisions.preferences import ballots
from winset.decisions.profile import Profile
from winset.decisions.types import Concession
from winset.issues import Issue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHANCES = (0.5, 0.8, 0.95)  # as likely as not, likely, almost certain
STEPS = 12  # halvings: the scale to a fortieth of a point


def reach(profile: Profile) -> NDArray[np.float64]:
    """How far from the status quo towards the proposal an option still passes in each draw; shape (d, m).

    As a share of the way: 0 nothing passes, 1 the proposal itself does. Moving away from the status quo only
    loses votes and every rule is monotone, so what passes is one stretch from the status quo on.
    Exact where only objections count, else by halving, to 1/4096 of the way from below.
    """
    import numpy as np

    way = profile.proposal - profile.status_quo
    if each_stops_it(profile.rule):
        return np.asarray(_least_consent(profile, way))

    def passes(share: NDArray[np.float64]) -> NDArray[np.bool_]:
        cast = ballots(profile, option=profile.status_quo + share * way)
        return adopted(profile.rule, yes=cast.yes, no=cast.no)

    low, high = np.zeros(way.shape), np.ones(way.shape)
    whole = passes(high)
    for _ in range(STEPS):
        middle = (low + high) / 2
        held = passes(middle)
        low, high = np.where(held, middle, low), np.where(held, high, middle)
    return np.asarray(np.where(whole, 1.0, low))


def concessions(
    reached: NDArray[np.float64], *, issue: Issue, chances: Iterable[float] = CHANCES
) -> Iterable[Concession]:
    """For each chance the point nearest to the proposal that passes in that share of the draws.

    reached: `reach` of one issue, shape (d,).
    """
    import numpy as np

    ranked = np.sort(reached)[::-1]
    way = issue.proposal_value - issue.status_quo
    for chance in chances:
        share = float(ranked[max(0, int(np.ceil(chance * len(ranked))) - 1)])
        value = issue.proposal_value if share == 1 else issue.status_quo + share * way
        within = [rung for rung in issue.rungs if 0 < (rung.value - issue.status_quo) / way <= share]
        nearest = min(within, key=lambda rung: abs(rung.value - issue.proposal_value), default=None)
        yield Concession(
            chance=chance,
            value=value,
            points=abs(issue.proposal_value - value),
            rung=nearest.label if nearest else None,
        )


def _least_consent(profile: Profile, way: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of the way at which the first member objects: its loss, times salience, exceeds the cost."""
    import numpy as np

    ideals, salience = profile.positions[..., profile.seated], profile.salience[..., profile.seated]
    towards = np.sign(way)[..., None]
    free = np.maximum(2 * towards * (ideals - profile.status_quo[..., None]), 0.0)  # where its loss is still nothing
    cost = profile.cost_of_objecting[:, None, None]
    if cost.any():
        with np.errstate(divide="ignore", invalid="ignore"):
            free = free + np.where(cost > 0, cost / salience, 0.0)
    free = np.where(salience > 0, free, np.inf)  # NaN and indifferent members stop nothing
    return np.asarray(np.minimum(free.min(axis=-1) / np.abs(way), 1.0))
