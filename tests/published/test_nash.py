"""The Nash bargaining solution against worked-out examples and a search of the scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from winset.decisions.models import MODELS
from winset.decisions.models.nash import nash_over_status_quo
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import OffScale
from winset.ids import ActorId
from winset.issues import Seat

FINE = np.linspace(0, 100, 20_001)


def profile(positions: Sequence[float], weights: Sequence[float], *, status_quo: float = 0.0) -> Profile:
    club = tuple(Seat(actor_id=ActorId(f"M{place}"), name="member") for place in range(len(positions)))
    return Profile(
        rule=RULES["consensus"](club),
        actors=tuple(seat.actor_id for seat in club),
        issues=("issue",),
        positions=np.array(positions, dtype=float)[None, None],
        salience=np.where(np.isnan(positions), 0.0, 1.0)[None, None],
        capability=np.array(weights, dtype=float),
        status_quo=np.full((1, 1), status_quo),
        proposal=np.full((1, 1), np.nan),
        cost_of_objecting=np.zeros(1),
    )


@pytest.mark.published("Nash (1950); Kalai (1977): two sides divide what there is in proportion to their weights")
@pytest.mark.parametrize(("weights", "agreed"), [([1, 1], 50), ([3, 1], 25), ([1, 4], 80)])
def test_two_members_at_the_ends_of_the_scale_split_it_by_weight(weights: list[float], agreed: float) -> None:
    assert MODELS["nash-bargaining"](profile([0, 100], weights)).item() == pytest.approx(agreed, abs=1e-9)


@pytest.mark.published("Achen (2006): where no agreement is very bad, weighted bargaining needs no status quo")
def test_emission_standards_are_agreed_between_the_camps() -> None:
    positions = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
    weights = [6.4, 3.2, 0.6, 12.8, 9.6, 9.6, 14.4, 0.5, 5, 5.6]
    gains = 100 - np.abs(FINE[:, None] - np.array(positions))
    best = FINE[np.argmax(np.log(gains) @ np.array(weights))]
    assert MODELS["nash-bargaining"](profile(positions, weights)).item() == pytest.approx(best, abs=0.005)


@settings(max_examples=60, deadline=None)
@given(
    members=st.lists(
        st.tuples(st.integers(0, 100).map(float), st.sampled_from((0.5, 1.0, 3.0))), min_size=1, max_size=7
    ),
    no_agreement=st.sampled_from((1.0, 1.2, 3.0)),
)
def test_no_point_of_the_scale_has_a_larger_product(members: list[tuple[float, float]], no_agreement: float) -> None:
    positions, weights = (np.array(side) for side in zip(*members, strict=True))

    def logs(at: NDArray[np.float64]) -> NDArray[np.float64]:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(no_agreement * 100 - np.abs(at[:, None] - positions)) @ weights)

    found = MODELS["nash-bargaining"](profile(list(positions), list(weights)), no_agreement=no_agreement)
    assert logs(found.reshape(-1))[0] >= logs(FINE).max() - 1e-9


@settings(max_examples=60, deadline=None)
@given(
    positions=st.lists(st.integers(0, 100).map(float), min_size=1, max_size=6),
    status_quo=st.integers(0, 100).map(float),
)
def test_over_the_status_quo_all_gain_or_nothing_changes(positions: list[float], status_quo: float) -> None:
    found = nash_over_status_quo(profile(positions, [1.0] * len(positions), status_quo=status_quo)).item()
    gains = np.abs(status_quo - np.array(positions)) - np.abs(FINE[:, None] - np.array(positions))
    all_gain = (gains > 1e-9).all(axis=1)
    if not all_gain.any():
        assert found == pytest.approx(status_quo, abs=0.01)
        return
    best = FINE[all_gain][np.argmax(np.log(gains[all_gain]).sum(axis=1))]
    assert found == pytest.approx(best, abs=0.01)


def test_an_unknown_status_quo_gives_no_answer_over_it() -> None:
    assert np.isnan(nash_over_status_quo(profile([10, 20], [1, 1], status_quo=float("nan"))).item())
    assert nash_over_status_quo(profile([float("nan")], [1], status_quo=30.0)).item() == 30


@pytest.mark.parametrize("no_agreement", [0.5, float("nan"), float("inf")])
def test_no_agreement_within_the_scale_is_refused(no_agreement: float) -> None:
    with pytest.raises(OffScale, match="allowed is 1 or more"):
        MODELS["nash-bargaining"](profile([10], [1]), no_agreement=no_agreement)
