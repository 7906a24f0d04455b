"""Space: members' ideal points and the alternatives between which they vote, in several dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from winset.decisions.rule import DecisionRule
from winset.errors import BadCase, OffScale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Metric(StrEnum):
    """How distances along several dimensions make one."""

    EUCLIDEAN = "euclidean"  # indifference curves are circles, or ellipses by salience
    CITY_BLOCK = "city-block"  # the dimensions are judged apart; indifference curves are diamonds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Space:
    """A committee over alternatives. Axes: n seats, k dimensions, a alternatives.

    Raises BadCase for shapes that do not fit or a point that is no number, OffScale for a negative salience.
    Source: Enelow and Hinich (1984, ch. 3), weighted distance.
    """

    rule: DecisionRule
    ideals: NDArray[np.float64]  # (n, k), in the order of rule.seats; NaN: nothing on record
    alternatives: NDArray[np.float64]  # (a, k), any unit
    salience: NDArray[np.float64] | None = None  # (k,) or (n, k), of each dimension; None: all equal
    metric: Metric = Metric.EUCLIDEAN

    def __post_init__(self) -> None:
        import numpy as np

        seats = len(self.rule.seats)
        listed = self.alternatives.shape
        if len(listed) != len(("a", "k")) or 0 in listed:
            raise BadCase(f"alternatives have shape {listed}: give one row for each, one column for each dimension")
        wanted = (seats, self.alternatives.shape[1])
        if self.ideals.shape != wanted:
            raise BadCase(f"ideal points have shape {self.ideals.shape}: {wanted} is needed, a row for each seat")
        if not np.isfinite(self.alternatives).all():
            row = int(np.argmin(np.isfinite(self.alternatives).all(axis=1)))
            raise BadCase(
                f"alternative {row} is {self.alternatives[row].tolist()}: every coordinate has to be a number"
            )
        half = np.isnan(self.ideals).any(axis=1) & ~np.isnan(self.ideals).all(axis=1)
        if half.any() or np.isinf(self.ideals).any():
            odd = int(np.argmax(half | np.isinf(self.ideals).any(axis=1)))
            raise BadCase(
                f"the ideal point of {self.rule.seats[odd].actor_id} is {self.ideals[odd].tolist()}: give a number for "
                "every dimension, or NaN for all where nothing is on record"
            )
        if self.salience is None:
            return
        if self.salience.shape not in {wanted, wanted[1:]}:
            raise BadCase(f"salience has shape {self.salience.shape}: allowed are {wanted[1:]} and {wanted}")
        if not (self.salience >= 0).all():
            raise OffScale(f"a salience is {np.nanmin(self.salience):g}: allowed is 0 or more")

    def distances(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each point lies from each ideal point, by a measure that orders points as the metric does.

        points: shape (p, k).  Returns shape (n, p): squared where Euclidean; NaN for a member not on record.
        """
        import numpy as np

        seats, dimensions = self.ideals.shape
        salience = np.broadcast_to(1.0 if self.salience is None else self.salience, (seats, dimensions))
        found = np.zeros((seats, len(points)))
        for place in range(dimensions):
            apart = points[None, :, place] - self.ideals[:, None, place]
            one = np.abs(apart) if self.metric is Metric.CITY_BLOCK else apart * apart
            found += salience[:, None, place] * one
        return found


def grid(*, low: float, high: float, step: float = 1.0, dimensions: int = 2) -> NDArray[np.float64]:
    """The points of a regular grid, the last dimension running fastest; shape (a, dimensions).

    Raises OffScale for a step that leads nowhere.

    >>> grid(low=0, high=1, step=0.5).tolist()[:4]
    [[0.0, 0.0], [0.0, 0.5], [0.0, 1.0], [0.5, 0.0]]
    """
    import numpy as np

    if not (step > 0 and high >= low):
        raise OffScale(
            f"a grid from {low:g} to {high:g} by {step:g}: the step is above 0 and the high end not below the low"
        )
    marks = low + step * np.arange(int(np.floor((high - low) / step + 1e-9)) + 1)
    axes = np.meshgrid(*[marks] * dimensions, indexing="ij")
    return np.stack([axis.ravel() for axis in axes], axis=-1)
