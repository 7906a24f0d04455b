"""Intervals that hold as often as they say, whatever the model: conformal prediction, by group of issues.

A decided issue's score is how far an interval has to be opened until it holds the outcome. The interval of a new issue
is opened as far as was enough for the nominal share of the scores of issues that were left out of the fit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from winset.decisions.profile import Profile
from winset.errors import OffScale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K = TypeVar("K")  # names an issue
LEAST_GROUP = 100  # decided issues; a smaller group takes the opening of all
CLEARLY = 2.0  # standard errors by which that of all has to miss the nominal share in a group, before it takes its own
MANY_ACTORS = 20  # on record
TIED = 1e-9  # masses that differ by less are equal
POINTS = 101  # an outcome's distribution is told for every hundredth of the scale

ALL = "all decided issues"


def opening(scores: Sequence[float], nominal: float) -> float:
    """The least opening that is enough for a further score with at least the nominal chance.

    The ceil((n + 1) nominal)-th smallest; infinite where so few scores cannot promise it.
    Source: Vovk, Gammerman and Shafer (2005, ch. 2); Lei et al. (2018) for regression.

    >>> opening([3.0, 1.0, 2.0, 4.0], 0.8), opening([3.0, 1.0, 2.0], 0.8)
    (4.0, inf)
    """
    if not 0 < nominal < 1:
        raise OffScale(f"nominal coverage is {nominal}: allowed is above 0 and below 1")
    rank = math.ceil(round((len(scores) + 1) * nominal, 9))
    return sorted(scores)[rank - 1] if rank <= len(scores) else math.inf


def groups(profile: Profile) -> tuple[tuple[str, ...], ...]:
    """For each issue of the first draw the groups it belongs to, the narrowest first, as read aloud."""
    rule = "issues where one objection blocks" if profile.rule.objection_blocks else "issues decided by counting votes"
    found = []
    for heard in (profile.weight[0] > 0).sum(axis=-1).tolist():
        size = f"more than {MANY_ACTORS}" if heard > MANY_ACTORS else f"up to {MANY_ACTORS}"
        found.append((f"{rule} among {size} actors", rule, ALL))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How far an interval of one group is opened, and what that rests on."""

    group: str
    n: int
    by: float


def openings(scores: Mapping[K, float], paths: Mapping[K, Sequence[str]], nominal: float) -> dict[str, Opening]:
    """That of all issues together, and one for each group that needs its own, by the group's name.

    scores, paths: by issue.  A group needs its own where it has LEAST_GROUP issues, and where the opening of all
    holds a share of them that misses the nominal one CLEARLY: a quantile of few scores is less sure than
    one that is slightly another group's. `chosen` takes the narrowest there is.
    """
    every = Opening(group=ALL, n=len(scores), by=opening(list(scores.values()), nominal))
    found = {ALL: every}
    by_group: dict[str, list[float]] = {}
    for issue, score in scores.items():
        for name in paths[issue]:
            by_group.setdefault(name, []).append(score)
    for name, own in by_group.items():
        held = sum(score <= every.by for score in own) / len(own)
        error = math.sqrt(nominal * (1 - nominal) / len(own))
        if name != ALL and len(own) >= LEAST_GROUP and abs(held - nominal) > CLEARLY * error:
            found[name] = Opening(group=name, n=len(own), by=opening(own, nominal))
    return found


def chosen(found: Mapping[str, Opening], path: Sequence[str]) -> Opening:
    """The opening of the narrowest group that has one."""
    return next(found[name] for name in path if name in found)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nest:
    """Intervals of one issue, the shortest for every mass; shapes (k,), in points of the grid."""

    mass: NDArray[np.float64]  # that each holds, rising
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def at(self, mass: float) -> tuple[float, float]:
        """The shortest that holds more than that; the whole scale where none does."""
        import numpy as np

        place = int(np.searchsorted(self.mass, mass + TIED, side="right"))
        if place == len(self.mass):
            return 0.0, POINTS - 1.0
        return float(self.low[place]), float(self.high[place])

    def entry(self, outcome: float) -> float:
        """The mass beyond which the outcome always lies inside; outcome: points of the grid.

        The shortest intervals of two masses need not lie in one another: the last that leaves it out counts.
        """
        import numpy as np

        outside = np.flatnonzero((self.low > outcome + TIED) | (self.high < outcome - TIED))
        return float(self.mass[outside[-1]]) if len(outside) else 0.0


def nest(masses: NDArray[np.float64]) -> Nest:
    """The shortest interval for every mass of a distribution over the points of the grid; shape (101,).

    Among equally short ones that hold equally much all are taken in, so that no side is preferred.
    Source: Sesia and Romano (2021), conformal prediction with conditional histograms.
    """
    import numpy as np

    sums = np.concatenate([[0.0], masses.cumsum()])
    mass, low, high = np.empty(POINTS), np.empty(POINTS), np.empty(POINTS)
    for width in range(POINTS):
        held = sums[width + 1 :] - sums[: POINTS - width]
        best = np.flatnonzero(held >= held.max() - TIED)
        mass[width], low[width], high[width] = held.max(), best[0], best[-1] + width
    keep = np.concatenate(
        [[True], np.diff(np.maximum.accumulate(mass)) > TIED]
    )  # those that hold more than shorter ones
    return Nest(mass=mass[keep], low=low[keep], high=high[keep])
