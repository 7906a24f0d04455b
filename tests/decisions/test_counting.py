from __future__ import annotations

import numpy as np

from winset.decisions.counting import adopted
from winset.decisions.rules import RULES
from winset.ids import ActorId
from winset.issues import Seat

HUGE = 2**61  # three of them do not fit into 64 bits


def test_weights_beyond_64_bits_are_still_added_exactly() -> None:
    votes = (HUGE, HUGE, 2 * HUGE - 1)
    rule = RULES["absolute-majority"](
        tuple(Seat(actor_id=ActorId(f"M{n}"), name="member", votes=weight) for n, weight in enumerate(votes))
    )
    yes = np.array([[True, True, False], [False, False, True], [True, False, True]])
    assert adopted(rule, yes=yes, no=~yes).tolist() == [True, False, True]


def test_votes_cast_by_nobody_adopt_nothing() -> None:
    rule = RULES["two-thirds-majority"](tuple(Seat(actor_id=ActorId(key), name=key) for key in "AB"))
    nobody = np.zeros((3, 2), dtype=bool)
    assert adopted(rule, yes=nobody, no=nobody).tolist() == [False] * 3


def test_who_is_away_counts_for_the_quorum_and_everybody_is_there_unless_told() -> None:
    rule = RULES["wto-consensus"](tuple(Seat(actor_id=ActorId(key), name=key) for key in "ABCD"))
    nobody = np.zeros((2, 3, 4), dtype=bool)
    away = nobody.copy()
    away[1, :, :2] = True  # two of four are no majority
    assert adopted(rule, yes=nobody, no=nobody).tolist() == [[True] * 3] * 2
    assert adopted(rule, yes=nobody, no=nobody, absent=away).tolist() == [[True] * 3, [False] * 3]


def test_many_draws_of_no_profile_are_none() -> None:
    rule = RULES["absolute-majority"](tuple(Seat(actor_id=ActorId(key), name=key) for key in "ABC"))
    assert adopted(rule, yes=np.zeros((0, 3), dtype=bool), no=np.zeros((0, 3), dtype=bool)).shape == (0,)
