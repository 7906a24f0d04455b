from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.decisions.counting import adopted
from winset.decisions.rule import DecisionRule
from winset.decisions.rule_expressions import read_rule
from winset.decisions.types import Outcome, Vote
from winset.errors import BadCase, BadQuota, InvalidValue
from winset.ids import ActorId
from winset.issues import Seat, Threshold

ROME = "[12; DE=4, FR=4, IT=4, BE=2, NL=2, LU=1]"


def body(*population: int) -> tuple[Seat, ...]:
    return tuple(
        Seat(actor_id=ActorId(key), name=f"state {key}", weights=(("population", people),))
        for key, people in zip("ABCDEFGHIJ", population, strict=False)
    )


def winning(rule: DecisionRule) -> int:
    """How many coalitions win."""
    yes = np.array(list(product((False, True), repeat=len(rule.seats))))
    return int(adopted(rule, yes=yes, no=~yes).sum())


@pytest.mark.published("UN Charter, Article 27(3), as [39; 7x5, 1x10]: 848 winning coalitions")
@pytest.mark.parametrize(
    "text", ["[39; 7x5, 1x10]", "[ 39 ;7,7,7,7,7, 1 × 10 ]", "[9; 1x15] and [5; 1x5, 0x10]", "[39;7 * 5,1*10]"]
)
def test_the_security_council_as_a_weighted_game(text: str) -> None:
    assert winning(read_rule(text)) == 848


@pytest.mark.published("Treaty of Rome, Article 148(2): [12; 4, 4, 4, 2, 2, 1]")
def test_names_are_the_members_in_the_order_written() -> None:
    rule = read_rule(ROME)
    assert [(seat.actor_id, seat.votes) for seat in rule.seats][-1] == ("LU", 1)
    assert rule.outcome({ActorId(key): Vote.YES for key in ("DE", "FR", "IT")}) is Outcome.ADOPTED
    assert rule.name == f"the rule {ROME}"
    assert rule.id == "qualified-majority"


def test_unnamed_members_are_numbered_and_further_games_are_vectors_of_their_own() -> None:
    rule = read_rule("[3; 1x4] and [10; 5, 4, 3, 2]")
    assert [seat.actor_id for seat in rule.seats] == ["player 1", "player 2", "player 3", "player 4"]
    assert [seat.weight("votes 2") for seat in rule.seats] == [5, 4, 3, 2]
    assert rule.ways == (
        (Threshold(of="votes", share=Fraction(3, 4)), Threshold(of="votes 2", share=Fraction(10, 14))),
    )


def test_named_games_may_list_the_members_in_any_order() -> None:
    rule = read_rule("[3; A=2, B=1, C=1] and [2; C=0, A=1, B=1]")
    assert [seat.weight("votes 2") for seat in rule.seats] == [1, 1, 0]


def test_and_binds_before_or() -> None:
    rule = read_rule("55% of members and 65% of population or 9 of members", body(*range(10, 20)))
    assert rule.ways == (
        (Threshold(of="members", share=Fraction(11, 20)), Threshold(of="population", share=Fraction(13, 20))),
        (Threshold(of="members", share=Fraction(9, 10)),),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more than 1/2 of votes", Threshold(of="votes", share=Fraction(1, 2), more_than=True)),
        ("a majority of the members", Threshold(of="members", share=Fraction(1, 2), more_than=True)),
        ("all of members", Threshold(of="members", share=Fraction(1))),
        ("At least 2/3 of population", Threshold(of="population", share=Fraction(2, 3))),
        ("0.62 of population", Threshold(of="population", share=Fraction(31, 50))),
        ("62.5 % of population", Threshold(of="population", share=Fraction(5, 8))),
        ("3 of members", Threshold(of="members", share=Fraction(3, 4))),
        ("more than 2 of members", Threshold(of="members", share=Fraction(1, 2), more_than=True)),
        ("70 of population", Threshold(of="population", share=Fraction(7, 10))),
    ],
)
def test_a_share_is_exact_however_it_is_written(text: str, expected: Threshold) -> None:
    assert read_rule(text, body(40, 30, 20, 10)).ways == ((expected,),)


def test_a_game_goes_with_shares_of_the_members_given() -> None:
    rule = read_rule("[3; A=2, state B=1, C=1, D=1] and 70% of population", body(40, 30, 20, 10))
    assert [seat.votes for seat in rule.seats] == [2, 1, 1, 1]
    assert [seat.weight("population") for seat in rule.seats] == [40, 30, 20, 10]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[20; 7x5, 1x10]", r"20 of 45 votes\) a proposal and its opposite could both pass"),
        ("[2; 1, 1, 1] or [3; 3, 1, 1]", r"2 of 3 votes or 3 of 5 votes 2\) .* could both pass"),
        ("[46; 7x5, 1x10]", "nothing reaches it; write 1 to 45"),
        ("[0; 1, 1]", "everything passes; write 1 to 2"),
        ("[2; 1, -1, 3]", "a weight is -1; allowed is 0 or more"),
        ("[-2; 1, 1]", "a quota is -2; allowed"),
        ("[2; 1, one]", "'one' is no number"),
        ("[two; 1, 1]", "'two' is no number"),
        ("[1.5; 1, 1]", "take whole numbers"),
        ("[2; 1, 1/2]", "take whole numbers"),
        ("[2; 1x2] and [3; 1x4]", "4 weights for 2 members"),
        ("[2; A=1, B=1] and [2; A=1, C=1]", "no weight of B: use the same names"),
        ("[2; A=1, 1]", "names 1 of 2 members"),
        ("[2; A=1, A=1]", "A has two weights"),
        ("[2; A=1x2]", "gives one name to several members"),
        ("[2; 1x0, 1]", "'1x0' is not between 1 and 10,000 members"),
        ("[2; 1x99999999999]", "not between 1 and 10,000 members"),
        ("[2; ]", "'' is no weight"),
        ("[; 1]", "'' is no number"),
    ],
)
def test_a_game_that_cannot_be_is_refused_in_one_line(text: str, complaint: str) -> None:
    with pytest.raises(BadQuota, match=complaint) as refused:
        read_rule(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("40% of members", r"2 of 4 members\) .* could both pass"),
        ("5 of members", "of all members there are 4"),
        ("120% of members", "of all members there are 4"),
        ("more than all of members", "nothing reaches it"),
        ("more than 100% of members", "nothing reaches it"),
        ("0% of members", "everything passes"),
        ("-5% of members", "everything passes"),
        ("1/0 of members", "'1/0' is no share"),
        ("65% of populaton", "has no 'populaton'"),
        ("[3; 1x3] and 65% of population", "3 weights for 4 members"),
    ],
)
def test_a_share_that_cannot_be_is_refused_in_one_line(text: str, complaint: str) -> None:
    with pytest.raises((BadQuota, BadCase), match=complaint):
        read_rule(text, body(40, 30, 20, 10))


@pytest.mark.parametrize(
    "text", ["", "  ", "unanimity", "55% of members", "[12, 4, 4]", "[5; 1x9] [5; 1x9]", "and", "[[3; 1x3]]"]
)
def test_what_is_no_rule_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadCase, match=r"\[39; 7x5, 1x10\]"):
        read_rule(text)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.integers(1, 40))
def test_a_game_counts_weights_as_written(weights: list[int], quota: int) -> None:
    text = f"[{quota}; {', '.join(map(str, weights))}]"
    try:
        rule = read_rule(text)
    except BadQuota:
        return
    for said in product((0, 1), repeat=len(weights)):
        votes = {seat.actor_id: Vote.YES if yes else Vote.NO for seat, yes in zip(rule.seats, said, strict=True)}
        reached = sum(w * yes for w, yes in zip(weights, said, strict=True)) >= quota
        assert (rule.outcome(votes) is Outcome.ADOPTED) is reached


@given(st.text(alphabet="[]; ,=x0123456789./%-abofndrlmesthv", max_size=40))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    seats = body(4, 3, 2, 1)
    try:
        rule = read_rule(text, seats)
    except (BadCase, InvalidValue):
        return
    assert rule.outcome({seat.actor_id: Vote.YES for seat in rule.seats}) is Outcome.ADOPTED
    assert rule.outcome({seat.actor_id: Vote.NO for seat in rule.seats}) is Outcome.BLOCKED
