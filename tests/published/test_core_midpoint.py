"""The middle of the core against textbook cores."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest

from winset.decisions.core import cores
from winset.decisions.models import MODELS
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.winset import winset
from winset.ids import ActorId
from winset.issues import Seat, Threshold


def profile(rule: DecisionRule, positions: Sequence[float]) -> Profile:
    return Profile(
        rule=rule,
        actors=tuple(seat.actor_id for seat in rule.seats),
        issues=("issue",),
        positions=np.array(positions, dtype=float)[None, None],
        salience=np.ones((1, 1, len(positions))),
        capability=np.ones(len(positions)),
        status_quo=np.zeros((1, 1)),
        proposal=np.full((1, 1), np.nan),
        cost_of_objecting=np.zeros(1),
    )


def seats(*votes: int) -> tuple[Seat, ...]:
    return tuple(Seat(actor_id=ActorId(f"M{place}"), name="member", votes=own) for place, own in enumerate(votes))


@pytest.mark.published("Tsebelis (2002), ch. 2: five of seven leave the third to the fifth member as the core")
def test_the_core_of_five_sevenths_lies_between_the_third_and_the_fifth_of_seven() -> None:
    ideals = [0, 10, 25, 40, 65, 80, 100]
    rule = RULES["qualified-majority"](seats(*[1] * 7), (Threshold(of="members", share=Fraction(5, 7)),))
    made = profile(rule, ideals)
    assert [end.item() for end in cores(made)] == [25, 65]
    assert MODELS["core-midpoint"](made).item() == 45
    for status_quo in (25, 40, 65):
        assert winset(ideals, status_quo=status_quo, quota=5) is None


@pytest.mark.published("Bueno de Mesquita (1994), Table 1, inputs; the core of emission standards recomputed from them")
def test_emission_standards_under_consensus_and_under_the_council_s_majority() -> None:
    positions, votes = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7], (8, 8, 3, 16, 16, 16, 16, 5, 5, 8)
    assert MODELS["core-midpoint"](profile(RULES["consensus"](seats(*votes)), positions)).item() == 7
    quota = Threshold(of="votes", share=Fraction(1, 2), more_than=True)
    majority = profile(RULES["qualified-majority"](seats(*votes), (quota,)), positions)
    assert [end.item() for end in cores(majority)] == [7, 7]  # 32 to the left, 48 to the right, of 101
