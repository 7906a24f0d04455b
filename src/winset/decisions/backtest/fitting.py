"""How much weight is spread where: the smoothing under which known outcomes are likeliest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.decisions.backtest.smoothing import LEAST_SHARE, PULLS, Smoothing, joined, standing
from winset.decisions.backtest.types import Agenda
from winset.errors import BadCase

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

# logarithms from which the data have to draw the estimate away: of the strength, then of the pulls, against the actors'
# weight of 1: a quarter of it over scale and range each, an eighth to a twentieth elsewhere
START = (0.0, -1.5, -1.5, -2.0, -3.0, -2.0)
RIDGE = (
    1.0  # of the squared distance from there, against the mean log loss of an issue's thresholds, summed over issues
)
THRESHOLDS = 20  # evenly over the scale, none at its ends or its middle
ROUNDS = 60
ENOUGH = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lesson:
    """Decided issues as the fit sees them; shapes (i, t), (5, i, t) and (i, t)."""

    own: NDArray[np.float64]
    pulls: NDArray[np.float64]
    left: NDArray[np.float64]  # 1 where the outcome lies left of the threshold

    def without(self, places: NDArray[np.bool_]) -> Lesson:
        """All but those issues."""
        return Lesson(own=self.own[~places], pulls=self.pulls[:, ~places], left=self.left[~places])


def lesson(agendas: Sequence[Agenda]) -> Lesson:
    """Every decided issue on which somebody is heard, in order; others teach nothing and are left out whole.

    Agendas have one draw.  Raises BadCase where none is left.
    """
    import numpy as np

    points = (np.arange(THRESHOLDS) + 0.5) / THRESHOLDS
    parts = []
    for agenda in agendas:
        own, pulls = standing(agenda.profile).left_of(points)
        told = agenda.decided
        parts.append((own[0, told], pulls[:, 0, told], agenda.shares[told, None] < points))
    if not sum(len(part[2]) for part in parts):
        raise BadCase("no decided issue was given: a fit needs outcomes")
    return Lesson(
        own=np.concatenate([part[0] for part in parts]),
        pulls=np.concatenate([part[1] for part in parts], axis=1),
        left=np.concatenate([part[2] for part in parts]).astype(float),
    )


def fitted(given: Lesson) -> Smoothing:
    """The smoothing that makes the outcomes' sides of the thresholds likeliest, drawn towards START.

    Gauss-Newton steps on the logarithms, halved until they gain.  Deterministic.
    Source: Foresi and Peracchi (1995), distribution regression, here with two kinds of parameters only.
    """
    import numpy as np

    start = np.array(START)
    at, here = start, _loss(start, given)
    for _ in range(ROUNDS):
        gradient, curvature = _slopes(at, given)
        step = np.linalg.solve(curvature, gradient)
        size = 1.0
        while (there := _loss(at - size * step, given)) > here and size > ENOUGH:
            size /= 2
        gained = here - there
        if gained <= ENOUGH:
            break
        at, here = at - size * step, there
    values = np.exp(at).tolist()
    return Smoothing(strength=values[0], pulls=tuple(values[1:]))


def _odds(at: NDArray[np.float64], given: Lesson) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log odds that the outcome lies left, and the share of weight there."""
    import numpy as np

    left = np.clip(joined(given.own, given.pulls, np.exp(at[1:])), LEAST_SHARE, 1 - LEAST_SHARE)
    return np.exp(at[0]) * np.log(left / (1 - left)), left


def _loss(at: NDArray[np.float64], given: Lesson) -> float:
    import numpy as np

    odds, _ = _odds(at, given)
    fit = (np.logaddexp(0, odds) - given.left * odds).mean(axis=-1).sum()
    return float(fit + RIDGE * ((at - np.array(START)) ** 2).sum())


def _slopes(at: NDArray[np.float64], given: Lesson) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    odds, left = _odds(at, given)
    pulls = np.exp(at[1:])
    moves = pulls[:, None, None] * (given.pulls - left) / (1 + pulls.sum())  # of the share, by each logarithm
    by = np.concatenate([odds[None], np.exp(at[0]) * moves / (left * (1 - left))]).reshape(len(PULLS) + 1, -1)
    chance = (1 / (1 + np.exp(-odds))).ravel()
    thresholds = given.left.shape[-1]
    gradient = by @ (chance - given.left.ravel()) / thresholds + 2 * RIDGE * (at - np.array(START))
    curvature = (by * (chance * (1 - chance))) @ by.T / thresholds + 2 * RIDGE * np.eye(len(at))
    return gradient, curvature
