"""Bargaining in a legislature: whoever is recognised makes an offer, and delay costs everybody."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from winset.decisions.core import pivots
from winset.decisions.profile import Profile
from winset.decisions.winset import CELLS
from winset.errors import BadQuota, OffScale
from winset.registry import method

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SETTLED = 1e-11  # of the scale: ends of the acceptance set that move by less are found


def shares(n: int, *, discount: float | Fraction = 1, quota: int | None = None) -> tuple[float | Fraction, ...]:
    """How n equal members divide one dollar under a closed rule: the proposer, its partners, those left out.

    discount: what a dollar of the next session is worth in this, 0-1.  quota: votes needed, the proposer's
    included, 1 to n; None: a bare majority. The proposer pays quota - 1 partners what waiting is worth to them,
    discount / n. Exact where the discount is a whole number or a Fraction.
    Raises OffScale, BadQuota.  Source: Baron and Ferejohn (1989, proposition 3), stationary equilibrium.

    >>> [str(share) for share in shares(3)]
    ['2/3', '1/3', '0']
    """
    if not 0 <= discount <= 1:
        raise OffScale(f"discount {discount}: allowed is 0 to 1")
    needed = n // 2 + 1 if quota is None else quota
    if not 1 <= needed <= n:
        raise BadQuota(f"quota {needed} of {n} members: allowed is 1 to {n}")
    paid = discount * Fraction(1, n) if isinstance(discount, int | Fraction) else discount / n
    return (1 - (needed - 1) * paid, *[paid] * (needed - 1), *[type(paid)(0)] * (n - needed))


@method("baron-ferejohn", source="BaronFerejohn1989")
def baron_ferejohn(profile: Profile, *, discount: float = 0.9, no_agreement: float = 1.0) -> NDArray[np.float64]:
    """The mean of what the actors would offer, each recognised in proportion to capability times salience; (d, m).

    Utility is minus the squared distance. A member accepts what is at least as good to it as waiting: with
    probability `discount` another session, where somebody else may be recognised, else the end of the talks, as
    bad for everybody as a policy `no_agreement` widths of the scale away. Everyone offers the point nearest to its
    ideal point that the two pivots under the rule accept. As the discount nears 1 that is the core.

    discount: 0 or more, below 1.  no_agreement: 1 or more, so that no offer is worse than none; then whoever accepts
    with a pivot is everybody on one side of it.  Members without a position are silent.
    The fixed point is unique: a pivot's reach is a length in the space of offers, so that moving the ends of the
    acceptance set by h moves it by at most h times the root of `discount`; iteration converges at that rate or better.
    NaN where no member is on record or nobody has weight.  Raises OffScale.
    Source: Baron and Ferejohn (1989) for the procedure; Banks and Duggan (2000), Cho and Duggan (2003) on a line.
    """
    import numpy as np

    if not 0 <= discount < 1:
        raise OffScale(f"discount {discount:g}: allowed is 0 or more, below 1")
    if not 1 <= no_agreement < float("inf"):
        raise OffScale(f"no agreement at {no_agreement:g} widths of the scale: allowed is 1 or more")
    weight = profile.weight
    whole = weight.sum(axis=-1, keepdims=True)
    chance = weight / np.where(whole > 0, whole, np.nan)
    ideals = np.where(weight > 0, profile.positions, profile.low)  # of who is never recognised it does not matter
    left, right = pivots(profile)
    wide = profile.high - profile.low
    ending = (1 - discount) * (no_agreement * wide) ** 2
    found = np.empty(left.size)
    size = ideals.shape[-1]
    rows = max(1, CELLS // size)
    for first in range(0, left.size, rows):
        part = slice(first, first + rows)
        x, p = ideals.reshape(-1, size)[part], chance.reshape(-1, size)[part]
        accepting = left.reshape(-1)[part], right.reshape(-1)[part]
        low, high = np.full(len(x), profile.low), np.full(len(x), profile.high)
        moved = np.inf
        while moved > SETTLED * wide:  # from the whole scale inwards
            offers = _nearest(x, low, high)
            reach = [np.sqrt(discount * (p * (offers - of[:, None]) ** 2).sum(axis=-1) + ending) for of in accepting]
            before = low, high
            low = np.maximum(accepting[1] - reach[1], profile.low)
            high = np.minimum(accepting[0] + reach[0], profile.high)
            moved = float(np.nan_to_num(np.abs([low - before[0], high - before[1]])).max(initial=0.0))
        found[part] = (p * _nearest(x, low, high)).sum(axis=-1)
    return profile.within(found.reshape(left.shape))


def _nearest(x: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """The point of the acceptance set nearest to each ideal point; NaN where nothing is known of the set."""
    import numpy as np

    return np.asarray(np.minimum(np.maximum(x, low[:, None]), high[:, None]))
