"""What the rounds of challenges must do whatever the reading: a plain computation of one round, absentees, ties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.challenging import Choice, Reading, middle, positions_held
from winset.decisions.models import MODELS
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import BadCase
from winset.ids import ActorId
from winset.issues import Seat

READINGS: tuple[Reading, ...] = ("contest", "all-pairs")
CHOICES: tuple[Choice, ...] = ("least-move", "lowest")
EVERY_READING = pytest.mark.parametrize("reading", READINGS)


def room(positions: list[float], salience: list[float], capability: list[float]) -> Profile:
    actors = tuple(ActorId(f"A{number}") for number in range(len(positions)))
    unknown = np.full((1, 1), np.nan)
    return Profile(
        rule=RULES["consensus"](tuple(Seat(actor_id=actor, name=actor) for actor in actors)),
        actors=actors,
        issues=("it",),
        positions=np.array([[positions]], dtype=float),
        salience=np.array([[salience]], dtype=float),
        capability=np.array(capability, dtype=float),
        status_quo=unknown,
        proposal=unknown,
        cost_of_objecting=np.zeros(1),
    )


def one_round(profile: Profile, reading: Reading, choice: Choice) -> list[float]:
    """Written out actor by actor, straight from the equations; no ties."""
    x, s = profile.positions[0, 0].tolist(), profile.salience[0, 0].tolist()
    weight = profile.weight[0, 0].tolist()
    span, everybody = max(x) - min(x), range(len(x))
    risk = [1.0 for _ in everybody]

    def vote(k: int, one: float, other: float) -> float:
        bent = risk[k] if reading == "all-pairs" else 1.0
        return float(weight[k] * ((abs(x[k] - other) / span) ** bent - (abs(x[k] - one) / span) ** bent))

    def chance(i: int, j: int) -> float:
        won = sum(max(vote(k, x[i], x[j]), 0) for k in everybody)
        if reading == "contest":
            return won / sum(abs(vote(k, x[i], x[j])) for k in everybody)
        return won / sum(abs(vote(k, x[a], x[b])) for k in everybody for a in everybody for b in everybody)

    def expected(i: int, j: int, r: float) -> float:
        """Of i challenging j."""
        if x[i] == x[j]:
            return 0.0
        apart, p = abs(x[i] - x[j]) / span, chance(i, j)
        success, failure = 2 - 4 * (0.5 - 0.5 * apart) ** r, 2 - 4 * (0.5 + 0.5 * apart) ** r
        return float(s[j] * (p * success + (1 - p) * failure) + (1 - s[j]) * success - (2 - 4 * 0.5**r))

    danger = [sum(expected(j, i, 1.0) for j in everybody if j != i) for i in everybody]
    least, most = min(danger), max(danger)
    basis = [(2 * level - most - least) / (most - least) for level in danger]
    risk = [(1 - level / 3) / (1 + level / 3) for level in basis]
    found = []
    for i in everybody:
        offers = []
        for j in everybody:
            own, theirs = expected(i, j, risk[i]), expected(j, i, risk[i])
            if theirs > own > 0:
                offers.append((0, abs(x[j] - x[i]), x[j]))
            elif theirs > 0 > own and theirs > -own:
                met = x[i] + (x[j] - x[i]) * -own / theirs
                centre = (-own * x[i] + theirs * x[j]) / (theirs - own)
                offers.append((1, abs(met - x[i]) if choice == "least-move" else centre, met))
            elif theirs > 0 > own:
                offers.append((2, abs(x[j] - x[i]), x[j]))
        found.append(min(offers)[2] if offers else x[i])
    return found


@st.composite
def rooms(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(2, 6))
    numbers = np.random.default_rng(draw(st.integers(0, 10**6)))  # drawn finely: no ties
    return room(
        numbers.uniform(0, 100, size).tolist(),
        numbers.uniform(0.05, 1, size).tolist(),
        numbers.uniform(0.5, 9, size).tolist(),
    )


@EVERY_READING
@pytest.mark.parametrize("choice", CHOICES)
@settings(max_examples=60)
@given(profile=rooms())
def test_a_round_is_that_of_the_printed_equations(reading: Reading, choice: Choice, profile: Profile) -> None:
    found = positions_held(profile, reading=reading, rounds=1, choice=choice)[0, 0]
    assert found == pytest.approx(one_round(profile, reading, choice), abs=1e-6)


@EVERY_READING
@settings(max_examples=30)
@given(profile=rooms(), value=st.floats(0, 100))
def test_the_absent_and_those_without_weight_change_nothing(reading: Reading, profile: Profile, value: float) -> None:
    crowd = room(
        [*profile.positions[0, 0], np.nan, value, value],
        [*profile.salience[0, 0], 0.0, 0.0, 1.0],
        [*profile.capability, 5.0, 5.0, 0.0],
    )
    alone = positions_held(profile, reading=reading, rounds=4)
    among = positions_held(crowd, reading=reading, rounds=4)
    assert among[..., :-3] == pytest.approx(alone, abs=1e-6)
    assert among[0, 0, -3:] == pytest.approx([np.nan, value, value], nan_ok=True)


@EVERY_READING
def test_draws_that_settle_early_do_not_hold_up_or_hurry_the_others(reading: Reading) -> None:
    numbers = np.random.default_rng(5)
    one = room([0.0] * 7, [1.0] * 7, [3.0, 1, 4, 1, 5, 9, 2])
    many = replace(
        one,
        positions=numbers.uniform(0, 100, (300, 1, 7)),
        salience=numbers.uniform(0.05, 1, (300, 1, 7)),
        status_quo=np.full((300, 1), np.nan),
        proposal=np.full((300, 1), np.nan),
        cost_of_objecting=np.zeros(300),
    )
    together = positions_held(many, reading=reading, rounds=8)
    for draw in range(0, 300, 37):
        single = replace(one, positions=many.positions[[draw]], salience=many.salience[[draw]])
        assert positions_held(single, reading=reading, rounds=8)[0] == pytest.approx(together[draw], abs=1e-6)


@EVERY_READING
def test_nobody_moves_where_all_agree_or_nobody_is_heard(reading: Reading) -> None:
    agreed = room([40, 40, 40], [1, 1, 1], [1, 2, 3])
    assert positions_held(agreed, reading=reading)[0, 0].tolist() == [40, 40, 40]
    empty = room([np.nan, 10], [0, 0], [1, 1])
    assert np.isnan(MODELS["challenge"](empty)).all()


def test_between_two_equal_camps_nobody_gives_way() -> None:
    camps = room([0, 100], [0.7, 0.7], [1, 1])
    assert positions_held(camps, reading="contest")[0, 0].tolist() == [0, 100]
    assert MODELS["challenge"](camps).item() == 50


def test_a_weighted_median_of_two_middle_ones_lies_between_them() -> None:
    positions = np.array([[10.0, 40.0, 80.0], [10.0, 40.0, 80.0]])
    assert middle(positions, np.array([[1.0, 1.0, 2.0], [1.0, 1.0, 1.0]])).tolist() == [60, 40]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"rounds": -1}, "rounds is -1"),
        ({"choice": "nearest"}, "choice is 'nearest': allowed are least-move and lowest"),
        ({"report": "mode"}, "report is 'mode': allowed are median and mean"),
    ],
)
def test_settings_it_does_not_know_are_refused(settings: dict[str, object], says: str) -> None:
    with pytest.raises(BadCase, match=says):
        MODELS["challenge"](room([0, 100], [1, 1], [1, 1]), **settings)


@pytest.mark.parametrize(
    ("settings", "says"),
    [({"voting": "loud"}, "voting"), ({"process": "slow"}, "process"), ({"exponent": 0}, "exponent")],
)
def test_elections_it_does_not_know_are_refused(settings: dict[str, object], says: str) -> None:
    with pytest.raises(BadCase, match=f"{says} is"):
        MODELS["condorcet"](room([0, 100], [1, 1], [1, 1]), **settings)
