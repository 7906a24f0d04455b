"""The weighted median, smoothed: what the learned default forecast computes, and the distribution around it.

Every actor's weight, capability times salience, stands at its position, as in the weighted median. Some more weight is
spread over the scale, over the range of the positions held, around the compromise, at the middle of the scale, and
over the core of a three-quarters majority. The forecast is the median of all of it; the chance that the outcome lies
left of a point is the chance that the weight left of it beats that right of it, in a contest of a fitted strength.
How much is spread where, and the strength, are learned from decisions with known outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.decisions.profile import Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PULLS = ("scale", "range", "compromise", "middle", "core")
WIDTH = 0.2 / 1.7  # of the logistic weight around the compromise: a standard deviation of about a fifth of the scale
MARGIN = 0.005  # by which range and core reach beyond their ends, so that one single position is a range too
CORE_SHARE = 0.75  # of the capability with a vote
ROUNDING = 1e-9  # a share of the whole that is short of three quarters by less than this is three quarters
LEAST_SHARE = 1e-6  # keeps the odds finite
HALF = 0.5
HALVINGS = 50  # to a millionth of a billionth of the scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothing:
    """What is learned: the weights spread besides the actors', whose own sum is 1, and the strength of the contest."""

    pulls: tuple[float, ...]  # in the order of PULLS, each above 0
    strength: float  # exponent of the odds, above 0; the forecast does not depend on it, its spread does


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Where the weight of a profile stands, in shares of the scale: 0 is its low end, 1 its high end."""

    at: NDArray[np.float64]  # (d, m, n)
    share: NDArray[np.float64]  # (d, m, n), sums to 1; all NaN where nobody is heard
    least: NDArray[np.float64]  # (d, m); NaN where nobody is heard
    most: NDArray[np.float64]
    compromise: NDArray[np.float64]
    core_low: NDArray[np.float64]
    core_high: NDArray[np.float64]

    def left_of(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The actors' weight left of each point, half of that on it, and that of each pull.

        points: shape (t,) or (d, m, t), shares of the scale.  Returns shapes (d, m, t) and (5, d, m, t).
        """
        import numpy as np

        points = np.broadcast_to(points, (*self.least.shape, points.shape[-1]))
        own = np.stack(
            [
                (np.heaviside(points[..., place, None] - self.at, 0.5) * self.share).sum(axis=-1)
                for place in range(points.shape[-1])
            ],
            axis=-1,
        )
        pulls = np.stack(
            [
                points,
                _evenly(points, self.least[..., None], self.most[..., None]),
                1 / (1 + np.exp(-(points - self.compromise[..., None]) / WIDTH)),
                np.heaviside(points - 0.5, 0.5),
                _evenly(points, self.core_low[..., None], self.core_high[..., None]),
            ]
        )
        return own, pulls


def _evenly(points: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.asarray(np.clip((points - low + MARGIN) / (high - low + 2 * MARGIN), 0, 1))


def standing(profile: Profile) -> Standing:
    """Where the profile's weight stands.  Cost: one sort."""
    import numpy as np

    weight = profile.weight
    whole = weight.sum(axis=-1, keepdims=True)
    at = np.where(weight > 0, (profile.positions - profile.low) / (profile.high - profile.low), 0.0)
    share = weight / np.where(whole > 0, whole, np.nan)
    heard = whole[..., 0] > 0
    compromise = (share * at).sum(axis=-1)
    voted = np.where(profile.known, profile.capability, 0.0)[..., profile.seated]
    places = (profile.positions[..., profile.seated] - profile.low) / (profile.high - profile.low)
    core_low, core_high = _core(places, voted)
    seated = voted.sum(axis=-1) > 0
    return Standing(
        at=at,
        share=share,
        least=np.where(heard, np.where(weight > 0, at, np.inf).min(axis=-1), np.nan),
        most=np.where(heard, np.where(weight > 0, at, -np.inf).max(axis=-1), np.nan),
        compromise=compromise,
        core_low=np.where(seated, core_low, compromise),
        core_high=np.where(seated, core_high, compromise),
    )


def _core(places: NDArray[np.float64], votes: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The two points at which three quarters of the votes stand at or left, and at or right; lower one first."""
    import numpy as np

    order = np.argsort(np.where(votes > 0, places, np.inf), axis=-1)
    ranked = np.take_along_axis(np.where(votes > 0, places, 0.0), order, axis=-1)
    counted = np.take_along_axis(votes, order, axis=-1)
    left = counted.cumsum(axis=-1)
    needed = (CORE_SHARE - ROUNDING) * left[..., -1:]
    right_pivot = np.argmax(left >= needed, axis=-1)
    right = left[..., -1:] - left + counted  # at or right of each
    left_pivot = counted.shape[-1] - 1 - np.argmax(((right >= needed) & (counted > 0))[..., ::-1], axis=-1)
    found = [np.take_along_axis(ranked, at[..., None], axis=-1)[..., 0] for at in (left_pivot, right_pivot)]
    return np.minimum(*found), np.maximum(*found)


def joined(own: NDArray[np.float64], pulls: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of all weight, the actors' and what is spread, that lies left; shape of `own`."""
    import numpy as np

    return np.asarray((own + np.tensordot(weights, pulls, axes=1)) / (1 + weights.sum()))


def smoothed_median(profile: Profile, smoothing: Smoothing) -> NDArray[np.float64]:
    """Where half of all weight lies on either side, between the outermost positions; shape (d, m), its scale."""
    import numpy as np

    stands, weights = standing(profile), np.array(smoothing.pulls)
    low, high = np.zeros(stands.least.shape), np.ones(stands.least.shape)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        left = joined(*stands.left_of(middle[..., None]), weights)[..., 0]
        low, high = np.where(left <= HALF, middle, low), np.where(left >= HALF, middle, high)
    found = profile.low + (profile.high - profile.low) * (low + high) / 2
    return profile.within(np.where(np.isnan(stands.least), np.nan, found))


def chances_left(profile: Profile, smoothing: Smoothing, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance that the outcome lies left of each point; points: shape (t,), 0-1.  Returns shape (d, m, t)."""
    import numpy as np

    left = joined(*standing(profile).left_of(points), np.array(smoothing.pulls))
    left = np.clip(left, LEAST_SHARE, 1 - LEAST_SHARE)
    return np.asarray(1 / (1 + ((1 - left) / left) ** smoothing.strength))
