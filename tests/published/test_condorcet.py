"""The probabilistic Condorcet election against a worked example and small cases done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from winset.decisions.models import MODELS
from winset.decisions.models.condorcet import Process, Voting, lottery
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.ids import ActorId
from winset.issues import Seat


def room(
    positions: list[float], weights: list[float], *, salience: list[float] | None = None, start: float = np.nan
) -> Profile:
    actors = tuple(ActorId(f"A{number}") for number in range(len(positions)))
    return Profile(
        rule=RULES["consensus"](tuple(Seat(actor_id=actor, name=actor) for actor in actors)),
        actors=actors,
        issues=("it",),
        positions=np.array([[positions]]),
        salience=np.array([[salience or [1.0] * len(positions)]]),
        capability=np.array(weights),
        status_quo=np.array([[start]]),
        proposal=np.full((1, 1), np.nan),
        cost_of_objecting=np.zeros(1),
    )


EMISSION = room(
    [4, 7, 4, 4, 10, 10, 10, 7, 4, 7],
    [8, 8, 3, 16, 16, 16, 16, 5, 5, 8],
    salience=[0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7],
)


@pytest.mark.published("KTAB's election on Bueno de Mesquita (1994), table 1: proportional votes, exponent 1, uniform")
def test_emission_standards_by_a_uniform_process() -> None:
    chances = lottery(EMISSION)[0, 0]
    assert chances[chances > 0] == pytest.approx([0.24594, 0.39205, 0.36201], abs=5e-6)  # at 4, 7 and 10
    assert MODELS["condorcet"](EMISSION).item() == pytest.approx(7.34822, abs=5e-6)


@pytest.mark.published("KTAB's election on Bueno de Mesquita (1994), table 1: conditional")
def test_emission_standards_given_that_one_wins_all() -> None:
    assert MODELS["condorcet"](EMISSION, process="conditional").item() == pytest.approx(7.51291, abs=5e-6)


@pytest.mark.parametrize(("exponent", "chance"), [(1, 0.75), (2, 0.9), (4, 81 / 82), (8, 6561 / 6562)])
@pytest.mark.parametrize("process", ["uniform", "conditional"])
def test_of_two_options_the_better_supported_wins_by_its_power_of_votes(
    exponent: int, chance: float, process: Process
) -> None:
    pair = room([0, 100], [3, 1])  # 3 votes to 1; 3^v to 1
    assert lottery(pair, exponent=exponent, process=process)[0, 0] == pytest.approx([chance, 1 - chance], abs=1e-6)


@pytest.mark.parametrize(
    (
        "voting",
        "middle",
        "end",
    ),  # votes for the middle against an end, those at the middle and the other end's, and back
    [
        ("proportional", 0.5 + 0.5, 0.5),
        ("binary", 1 + 1, 1),
        ("cubic", 0.125 + 0.125, 0.125),
        ("proportional-binary", 0.8 * 1 + 0.2 * 2, 0.8 * 0.5 + 0.2 * 1),
        ("proportional-cubic", 0.5 * 1 + 0.5 * 0.25, 0.5 * 0.5 + 0.5 * 0.125),
    ],
)
@pytest.mark.parametrize("exponent", [1, 2])
def test_the_five_ways_to_vote(voting: Voting, middle: float, end: float, exponent: int) -> None:
    low, centre, high = lottery(room([0, 50, 100], [1, 1, 1]), voting=voting, exponent=exponent)[0, 0]
    wins = middle**exponent / (middle**exponent + end**exponent)
    assert low == pytest.approx(high)
    assert centre * 2 * (1 - wins) == pytest.approx((low + high) * wins, abs=1e-6)  # as much leaves it as comes


def test_an_option_held_by_two_stands_once() -> None:
    together = lottery(room([0, 0, 100], [1, 2, 1]))[0, 0]
    assert together == pytest.approx([0.75, 0, 0.25], abs=1e-6)


def test_the_status_quo_may_stand_too() -> None:
    with_it = lottery(room([60, 100], [1, 1], start=0.0), status_quo=True)[0, 0]
    assert with_it.sum() == pytest.approx(1)
    assert 0 < with_it[2] < 1e-3  # both prefer each other's position
    unknown = lottery(room([60, 100], [1, 1]), status_quo=True)[0, 0]
    assert unknown == pytest.approx([0.5, 0.5, 0])
