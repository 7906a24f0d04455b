"""Power estimated from random coalitions and orders of voting, for what cannot be counted: always named so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.decisions.simple_games.game import SimpleGame
from winset.errors import BadCase, Uncountable
from winset.ids import ActorId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 1 << 22  # weights held at once
WIDEST = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share among random draws, and its standard error."""

    value: float
    std_error: float


def estimated_shapley_shubik(game: SimpleGame, *, samples: int, seed: int) -> Mapping[ActorId, Estimate]:
    """The share of random orders in which each player is the pivot.  Raises BadCase, Uncountable.

    Source: Mann and Shapley (1960).
    """
    import numpy as np

    n = len(game.players)
    chance, pivots = np.random.default_rng(seed), np.zeros(n, dtype=np.int64)
    for size in _batches(game, samples):
        orders = np.argsort(chance.random((size, n)), axis=1)
        wins = _wins(game, lambda weights: np.cumsum(weights[orders], axis=1))  # noqa: B023 (called at once)
        pivots += np.bincount(orders[np.arange(size), wins.argmax(axis=1)], minlength=n)
    return _shares(game, pivots, samples)


def estimated_penrose(game: SimpleGame, *, samples: int, seed: int) -> Mapping[ActorId, Estimate]:
    """The share of random coalitions of the others in which each player is critical.  Raises BadCase, Uncountable.

    Source: Bachrach et al. (2010).
    """
    import numpy as np

    n = len(game.players)
    chance, swings = np.random.default_rng(seed), np.zeros(n, dtype=np.int64)
    for size in _batches(game, samples):
        inside = chance.integers(0, 2, (size, n), dtype=np.int64)
        out, own = 1 - inside, inside
        with_it = _wins(game, lambda weights: (own @ weights)[:, None] + out * weights)  # noqa: B023
        without = _wins(game, lambda weights: (own @ weights)[:, None] - own * weights)  # noqa: B023
        swings += (with_it & ~without).sum(axis=0)
    return _shares(game, swings, samples)


def _batches(game: SimpleGame, samples: int) -> list[int]:
    if samples < 1:
        raise BadCase(f"{samples} samples: allowed is 1 or more; 100,000 give two sure figures")
    if any(sum(quota.weights) >= WIDEST for way in game.binary for quota in way):
        raise Uncountable("weights that add up to 2^62 or more: round them")
    most = max(1, AT_ONCE // len(game.players))
    whole, rest = divmod(samples, most)
    return [most] * whole + [rest] * (rest > 0)


def _wins(game: SimpleGame, reached: Any) -> NDArray[np.bool_]:
    import numpy as np

    held = {quota.weights: reached(np.array(quota.weights)) for way in game.binary for quota in way}
    ways = [np.logical_and.reduce([held[quota.weights] >= quota.least for quota in way]) for way in game.binary]
    return np.asarray(np.logical_or.reduce(ways))


def _shares(game: SimpleGame, hits: NDArray[np.int64], samples: int) -> dict[ActorId, Estimate]:
    shares = [int(many) / samples for many in hits]
    return {
        player: Estimate(value=share, std_error=(share * (1 - share) / samples) ** 0.5)
        for player, share in zip(game.players, shares, strict=True)
    }
