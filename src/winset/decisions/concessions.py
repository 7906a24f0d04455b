"""How far from the status quo an option still passes, in every draw; and what that leaves of the proposal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted
from winset.decisions.preferences import TIED, ballots, consent_limits
from winset.decisions.profile import Profile
from winset.decisions.types import Concession
from winset.decisions.winset import winsets
from winset.issues import Issue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHANCES = (0.5, 0.8, 0.95)  # as likely as not, likely, almost certain


def reach(profile: Profile) -> NDArray[np.float64]:
    """How far from the status quo towards the proposal an option still passes in each draw; shape (d, m).

    As a share of the way: 0 nothing passes, 1 the proposal itself does. Moving away from the status quo only
    loses votes and every rule is monotone, so what passes is one stretch from the status quo on.
    Where votes are counted the last member needed is indifferent at the end, so an option there does not pass.
    """
    import numpy as np

    way = profile.proposal - profile.status_quo
    if profile.rule.one_no_decides:
        return first_objection(consent_limits(profile, option=profile.proposal), way)
    low, high = winsets(profile)
    share = (np.where(way > 0, high, low) - profile.status_quo) / way
    cast = ballots(profile, option=profile.proposal)
    whole = adopted(profile.rule, yes=cast.yes, no=cast.no)
    return np.where(whole, 1.0, np.nextafter(np.minimum(share, 1.0), 0.0))


def first_objection(limits: NDArray[np.float64], way: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of the way at which the first member objects, from `consent_limits` of the proposal; shape (d, m)."""
    import numpy as np

    least = np.fmin.reduce(limits, axis=-1, initial=np.inf)
    return np.where(least >= np.abs(way) - TIED, 1.0, least / np.abs(way))


def concessions(
    reached: NDArray[np.float64], *, issue: Issue, chances: Iterable[float] = CHANCES
) -> Iterable[Concession]:
    """For each chance the point nearest to the proposal that passes in that share of the draws.

    reached: `reach` of one issue, shape (d,).
    """
    import numpy as np

    way = issue.proposal_value - issue.status_quo
    last = {chance: len(reached) - max(1, int(np.ceil(chance * len(reached)))) for chance in chances}
    ranked = np.partition(reached, sorted(set(last.values())))
    for chance, place in last.items():
        share = float(ranked[place])
        value = issue.proposal_value if share == 1 else issue.status_quo + share * way
        within = [rung for rung in issue.rungs if 0 < (rung.value - issue.status_quo) / way <= share]
        nearest = min(within, key=lambda rung: abs(rung.value - issue.proposal_value), default=None)
        yield Concession(
            chance=chance,
            value=value,
            points=abs(issue.proposal_value - value),
            rung=nearest.label if nearest else None,
        )
