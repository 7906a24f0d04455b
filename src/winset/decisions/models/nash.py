"""The Nash bargaining solution, asymmetric, with what no agreement is worth as its own parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.decisions.profile import Profile
from winset.decisions.winset import CELLS
from winset.errors import OffScale
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEWTON_STEPS = 60  # at most: each at least halves what is left of the scale
SETTLED = 1e-13  # of the scale


@method("nash-bargaining", source="Achen2006")
def nash_bargaining(profile: Profile, *, no_agreement: float = 1.0) -> NDArray[np.float64]:
    """The policy with the largest product of gains over no agreement, weighted by capability times salience; (d, m).

    Maximises  sum of w ln(no_agreement * range - |z - x|).  Utility is minus the distance from the ideal point x.
    no_agreement: how bad it is for everybody, in widths of the scale, 1 or more: at 1, the default, as a policy at the
    far end of the scale is for an actor at the other. Much larger, and the answer nears the weighted median.
    NaN where nobody on record has weight.  Raises OffScale.  Cost: a sort and a dozen passes.
    Source: Nash (1950); Achen (2006) for why the disagreement is worse than the status quo.
    """
    import numpy as np

    if not 1 <= no_agreement < float("inf"):
        raise OffScale(f"no agreement at {no_agreement:g} widths of the scale: allowed is 1 or more")
    reach = np.full(profile.positions.shape, no_agreement * (profile.high - profile.low))
    return _best(profile, reach)


def nash_over_status_quo(profile: Profile) -> NDArray[np.float64]:
    """The same over the status quo: where it stays without an agreement, so that all must gain; shape (d, m).

    The status quo where no policy is better for every actor with weight. No registered model: on issues with a
    known outcome it fails (the reference page says by how much), as somebody nearly always likes what is.
    NaN where the status quo is unknown.
    """
    import numpy as np

    start = profile.status_quo[..., None]
    heard = np.asarray(profile.weight > 0)
    ahead = ((profile.positions > start) | ~heard).all(axis=-1)
    behind = ((profile.positions < start) | ~heard).all(axis=-1)
    moves = np.asarray((ahead ^ behind) & heard.any(axis=-1))
    reach = np.where(moves[..., None], np.abs(profile.positions - start), profile.high - profile.low)
    return np.asarray(np.where(moves, _best(profile, reach), profile.status_quo))


def _best(profile: Profile, reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the product is largest, when an actor gains within its reach of its ideal point; shape (d, m)."""
    import numpy as np

    size = profile.positions.shape[-1]
    weight = profile.weight.reshape(-1, size)
    ideals = np.where(weight > 0, profile.positions.reshape(-1, size), np.inf)
    reach, found = reach.reshape(-1, size), np.full(len(ideals), np.nan)
    rows = max(1, CELLS // size)
    for first in range(0, len(ideals), rows):
        part = slice(first, first + rows)
        heard = np.asarray((weight[part] > 0).any(axis=-1))
        if not heard.any():
            continue
        found[part][heard] = _peak(ideals[part][heard], weight[part][heard], reach[part][heard])
    return found.reshape(profile.status_quo.shape)


def _peak(x: NDArray[np.float64], w: NDArray[np.float64], reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """The maximum of a concave function that bends at every ideal point: first between which two, then where.

    x: shape (rows, n), infinite without weight.
    """
    import numpy as np

    here = np.arange(len(x))
    order = np.argsort(x, axis=-1)
    x, w, reach = (np.take_along_axis(of, order, axis=-1) for of in (x, w, reach))
    count = (w > 0).sum(axis=-1)
    x = np.where(w > 0, x, x[here, count - 1][:, None])
    right_end = (x + reach + np.where(w > 0, 0, np.inf)).min(axis=-1)
    left_end = (x - reach - np.where(w > 0, 0, np.inf)).max(axis=-1)
    first, last = np.zeros(len(x), dtype=np.intp), count - 1  # the first ideal point from which it falls
    while (first < last).any():
        middle = (first + last) // 2
        at = x[here, middle]
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = _slope(x, w, reach, at, side=x > at[:, None])
        rises = (at <= left_end) | ((at < right_end) & (slope > 0))
        first, last = np.where(rises & (first < last), middle + 1, first), np.where(rises, last, middle)
    top = x[here, first]
    ahead = x >= top[:, None]
    low = np.maximum(np.where(ahead, -np.inf, x).max(axis=-1), left_end)
    high = np.minimum(top, right_end)
    with np.errstate(divide="ignore", invalid="ignore"):
        bends_there = (top < right_end) & (_slope(x, w, reach, top, side=ahead) >= 0)
    alone = ~np.isfinite(low)  # nobody to the left of it
    sure = bends_there | alone
    low, high = np.where(sure, top, low), np.where(sure, top, high)
    return _root(x, w, reach, ahead, (low, high))


def _slope(
    x: NDArray[np.float64],
    w: NDArray[np.float64],
    reach: NDArray[np.float64],
    at: NDArray[np.float64],
    *,
    side: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Of the sum of w ln(gain) at that point; side: whose ideal point counts as lying to the right."""
    import numpy as np

    away = at[:, None] - x
    pull = w / np.where(side, reach + away, away - reach)
    return np.asarray(pull.sum(axis=-1))


def _root(
    x: NDArray[np.float64],
    w: NDArray[np.float64],
    reach: NDArray[np.float64],
    ahead: NDArray[np.bool_],
    between: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Where the falling slope is 0 between two points without an ideal point between them: Newton, kept within them."""
    import numpy as np

    low, high = between
    middle = (low + high) / 2
    for _ in range(NEWTON_STEPS):
        away = middle[:, None] - x
        with np.errstate(divide="ignore", invalid="ignore"):
            pull = 1 / np.where(ahead, reach + away, away - reach)
            slope = (w * pull).sum(axis=-1)
            bend = -(w * pull * pull).sum(axis=-1)
            step = middle - slope / bend
        low, high = np.where(slope > 0, middle, low), np.where(slope > 0, high, middle)
        inside = (step >= low) & (step <= high)
        after = np.where(inside, step, (low + high) / 2)
        moved = np.abs(after - middle)
        middle = after
        if (moved <= SETTLED * reach.max()).all():
            break
    return middle
