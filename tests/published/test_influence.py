"""The Friedkin-Johnsen model against a printed example and groups solved by hand."""

from __future__ import annotations

import numpy as np
import pytest

from winset.decisions.models import MODELS
from winset.decisions.opinions import influence
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import BadCase
from winset.ids import ActorId
from winset.issues import Seat

FOUR = np.array(
    [[0.220, 0.120, 0.360, 0.300], [0.147, 0.215, 0.344, 0.294], [0, 0, 1, 0], [0.090, 0.178, 0.446, 0.286]]
)


@pytest.mark.published("Friedkin and Johnsen (1999): the effects of four members on each other")
def test_the_effects_of_four_members_on_each_other() -> None:
    printed = [[0.280, 0.045, 0.551, 0.124], [0.047, 0.278, 0.549, 0.126], [0, 0, 1, 0], [0.030, 0.048, 0.532, 0.390]]
    found = influence(np.eye(4), FOUR, 1 - FOUR.diagonal()).T  # each opinion alone, in turn
    assert found == pytest.approx(np.array(printed), abs=1e-3)  # from weights printed to three decimals


@pytest.mark.published(
    "Parsegov et al. (2017), section on the example of Friedkin and Johnsen (1999), two topics apart"
)
@pytest.mark.parametrize(
    ("first", "settled", "precision"),
    [([25, 25, 75, 85], [60, 60, 75, 75], 0.5), ([25, 15, -50, 5], [-19.3, -21.5, -50, -23.2], 0.05)],
)
def test_four_members_settle_where_printed(first: list[float], settled: list[float], precision: float) -> None:
    assert influence(first, FOUR, 1 - FOUR.diagonal()) == pytest.approx(settled, abs=precision)


def group(positions: list[float], salience: list[float], capability: list[float]) -> Profile:
    actors = tuple(ActorId(f"A{number}") for number in range(len(positions)))
    unknown = np.full((1, 1), np.nan)
    return Profile(
        rule=RULES["consensus"](tuple(Seat(actor_id=actor, name=actor) for actor in actors)),
        actors=actors,
        issues=("it",),
        positions=np.array([[positions]]),
        salience=np.array([[salience]]),
        capability=np.array(capability),
        status_quo=unknown,
        proposal=unknown,
        cost_of_objecting=np.zeros(1),
    )


def test_two_members_by_hand() -> None:
    """The first, at 0, is firm; the second, at 90 and half open, settles at y = (y/2 + 0)/2 + 90/2, that is 60."""
    pair = group([0, 90], [1.0, 0.5], [1.0, 1.0])
    assert MODELS["influence"](pair).item() == pytest.approx((1 * 0 + 0.5 * 60) / 1.5)


def test_where_all_care_fully_it_is_the_compromise() -> None:
    firm = group([0, 30, 100], [1.0, 1.0, 1.0], [5.0, 2.0, 3.0])
    assert MODELS["influence"](firm).item() == MODELS["compromise"](firm).item()


def test_own_weights_say_who_listens_to_whom() -> None:
    trio = group([0, 50, 100], [0.5, 0.5, 0.5], [1.0, 1.0, 1.0])
    deaf_to_the_last = MODELS["influence"](trio, weights=[[0, 1, 0], [1, 0, 0], [1, 1, 0]])
    assert deaf_to_the_last.item() < MODELS["influence"](trio).item() == pytest.approx(50)


def test_members_with_nobody_to_listen_to_keep_their_view() -> None:
    alone = group([20, np.nan], [0.3, 0.0], [1.0, 1.0])
    assert MODELS["influence"](alone).item() == 20


@pytest.mark.parametrize(
    ("weights", "susceptibility", "says"),
    [
        ([[0.5, 0.5], [0.5, 0.6]], [0.5, 0.5], "add up to 1"),
        ([[1.5, -0.5], [0.5, 0.5]], [0.5, 0.5], "negative"),
        ([[0.5, 0.5], [0.5, 0.5]], [0.5, 1.5], "outside 0-1"),
        ([[0.5, 0.5], [0.5, 0.5]], [1, 1], "wholly susceptible"),
        ([[0.3, 0.7], [0.1, 0.9]], [1, 1], "wholly susceptible"),  # singular but for rounding
        ([[0.5, 0.5], [0.5, 0.5]], [0.5, np.nan], "outside 0-1"),
    ],
)
def test_weights_that_lead_nowhere_are_refused(
    weights: list[list[float]], susceptibility: list[float], says: str
) -> None:
    with pytest.raises(BadCase, match=says):
        influence([0, 100], weights, susceptibility)


def test_parameters_of_another_shape_are_refused() -> None:
    with pytest.raises(BadCase, match="order of the actors"):
        MODELS["influence"](group([0, 100], [1.0, 1.0], [1.0, 1.0]), susceptibility=[0.5])


def test_members_that_hardly_care_settle_near_their_mean() -> None:
    [[value]] = MODELS["influence"](group([0, 90], [1e-12, 1e-12], [1, 1]))
    assert value == pytest.approx(45)
