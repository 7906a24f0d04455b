from __future__ import annotations

import pytest

from winset.decisions.rules_in_force import rule_id, rule_in_force
from winset.errors import BadCase, BadDate, UnknownMethod, UnknownName
from winset.ids import ActorId, PartialDate
from winset.issues import Seat

SEATS = tuple(
    Seat(actor_id=ActorId(code), name=name) for code, name in (("FRA", "France"), ("DEU", "Germany"), ("X", "X"))
)


def test_an_id_words_and_an_id_with_arguments_are_each_a_rule() -> None:
    assert rule_in_force("consensus", SEATS).id == "consensus"
    assert rule_in_force("2/3 of members", SEATS).ways[0][0].share.numerator == 2
    late = rule_in_force("consensus-silence(deadline=2023-07-05)", SEATS)
    assert late.deadline == PartialDate("2023-07-05")
    outside = rule_in_force("eu-unanimity(not_taking_part=france, DEU)", SEATS)
    assert outside.not_taking_part == ("FRA", "DEU")
    both = rule_in_force("osce-consensus(deadline=2023; without=Germany)", SEATS)
    assert both.deadline == PartialDate("2023")


def test_the_id_is_told_without_its_arguments() -> None:
    assert rule_id("unfccc-consensus(overruled=1)") == "unfccc-consensus"
    assert rule_id("2/3 of members") == "2/3 of members"


@pytest.mark.parametrize(
    ("text", "refusal", "words"),
    [
        ("consensu", UnknownMethod, "did you mean 'consensus'"),
        ("consensu(overruled=1)", UnknownMethod, "did you mean 'consensus'"),
        ("consensus(overruled=1)", BadCase, "is no argument of consensus: it has none"),
        ("unfccc-consensus(overrule=1)", BadCase, "it has overruled"),
        ("unfccc-consensus(overruled)", BadCase, "write NAME=VALUE"),
        ("unfccc-consensus(overruled=-1)", BadCase, "write a whole number"),
        ("consensus-silence(deadline=soon)", BadDate, "soon"),
        ("eu-unanimity(not_taking_part=Frence)", UnknownName, "did you mean france"),
        ("qualified-majority(ways=1)", BadCase, "it has none"),
    ],
)
def test_what_is_no_rule_is_refused_in_one_line(text: str, refusal: type[Exception], words: str) -> None:
    with pytest.raises(refusal, match=words) as told:
        rule_in_force(text, SEATS)
    assert "\n" not in str(told.value)
