"""Intervals of made-up actors whose place is known: how many of them hold it."""

from __future__ import annotations

import numpy as np
import pytest

from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import Observations

ACTORS = 400
MISREAD = 0.1  # share of statements whose side the machine gets wrong
ENDS = 0.6  # share of actors at one end of the scale, as in coded positions of governments


def share_covered(method: str, origins: int, *, errors: float, seed: int = 0) -> float:
    """Of actors that speak for an end with a chance by their place, read as for or against with some force."""
    draw = np.random.default_rng(seed)
    places = np.where(draw.random(ACTORS) < ENDS, draw.choice([0.0, 100.0], ACTORS), draw.uniform(0, 100, ACTORS))
    held = 0
    for place in places:
        speaks_for = np.clip(0.5 + 1.6 * (place - 50) / 100, 0.02, 0.98)
        side = np.where(draw.random(origins) < speaks_for, 1, -1) * np.where(draw.random(origins) < MISREAD, -1, 1)
        force = draw.choice([1.0, 0.7, 0.5], origins, p=[0.4, 0.4, 0.2])
        seen = Observations(
            values=(50 + 50 * side * force).tolist(),
            weights=draw.uniform(0.3, 0.8, origins).tolist(),
            spreads=[0.0] * origins,
        )
        found = ESTIMATORS[method](seen)
        held += abs(found.value - place) < errors * found.std_error
    return held / ACTORS


@pytest.mark.parametrize("origins", [1, 2, 5, 10, 30])
@pytest.mark.parametrize("method", ["normal-shrinkage", "weighted-mean"])
def test_intervals_hold_the_place_as_often_as_they_say(method: str, origins: int) -> None:
    assert share_covered(method, origins, errors=1.96) >= 0.9


def test_the_logit_scale_holds_it_only_where_origins_are_few() -> None:
    assert share_covered("logit-scale", 5, errors=1.96) >= 0.9
    assert share_covered("logit-scale", 30, errors=1.96) < 0.9  # it knows no error that all readings share
