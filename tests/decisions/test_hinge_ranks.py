from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.decisions.test_deciding import case, stand

from winset.decisions.counting import adopted
from winset.decisions.forecasting import forecast
from winset.decisions.hinges import adopted_after
from winset.decisions.preferences import Ballots
from winset.decisions.rules import RULES
from winset.decisions.rules_in_force import rule_in_force
from winset.ids import ActorId
from winset.issues import Seat, Threshold


def test_members_are_won_over_in_the_order_of_their_ranks() -> None:
    votes = (33, 5, 1, 5, 1)
    found = case(90, 20, 15, 10, 30)
    seats = tuple(replace(seat, votes=weight) for seat, weight in zip(found.seats, votes, strict=True))
    found = replace(found, seats=seats, positions=tuple(stand(n, v) for n, v in enumerate((90, 20, 15, 10, 30))))
    rule = RULES["qualified-majority"](seats, (Threshold(of="votes", share=Fraction(40, 45)),))
    ranked = sorted(forecast(found, rule, draws=50).hinges, key=lambda hinge: hinge.rank)
    assert [hinge.actor_id for hinge in ranked] == ["M3", "M2", "M1", "M4", "M0"]
    held = [hinge.adopted_after > 0.5 for hinge in ranked]
    assert held == [False, False, True, True, True]  # 33 and 5, then 1, then 5 make 44


def test_of_members_equally_sure_the_heavier_comes_first() -> None:
    found = case(10, 10)
    seats = tuple(replace(seat, votes=weight) for seat, weight in zip(found.seats, (1, 9), strict=True))
    answer = forecast(replace(found, seats=seats), RULES["simple-majority"](seats), draws=50)
    assert [blocker.actor_id for blocker in answer.blockers] == ["M1", "M0"]
    assert {hinge.actor_id: hinge.rank for hinge in answer.hinges} == {"M1": 1, "M0": 2}


@pytest.mark.parametrize(
    "text",
    [
        "simple-majority", "two-thirds-majority", "wto-majority", "unfccc-consensus(overruled=2)",
        "eu-constructive-abstention", "osce-consensus(without=B)", "eu-unanimity(not_taking_part=C)",
    ],
)  # fmt: skip
def test_after_each_yes_it_is_counted_as_if_all_votes_were_counted_again(text: str) -> None:
    seats = tuple(Seat(actor_id=ActorId(letter), name=letter, weights=(("population", 10),)) for letter in "ABCDEFGH")
    rule = rule_in_force(text, seats)
    draw = np.random.default_rng(0).integers(0, 3, (200, 1, len(seats)))
    cast, order = Ballots(yes=draw == 0, no=draw == 1), (6, 1, 3, 0, 2)
    yes, no, expected = cast.yes.copy(), cast.no.copy(), []
    for seat in order:
        yes[..., seat], no[..., seat] = True, False
        expected.append(adopted(rule, yes=yes, no=no))
    found = adopted_after(rule, cast, order=order)
    assert found.shape == (len(order), 200, 1)
    assert (found == np.stack(expected)).all()
