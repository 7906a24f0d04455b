"""What is asked once of members alike is what the rule says of each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from winset.decisions.dissent import Dissent
from winset.decisions.rule import DecisionRule
from winset.decisions.rules_in_force import rule_in_force
from winset.decisions.types import Outcome, Vote
from winset.errors import UnknownName
from winset.ids import ActorId
from winset.issues import Seat, Threshold

SEATS = tuple(
    Seat(
        actor_id=ActorId(f"A{n:02}"), name=f"A{n}", votes=1 + n % 3, veto=n % 5 == 0, weights=(("population", 10 + n),)
    )
    for n in range(20)
)
ALIKE = tuple(replace(seat, votes=1, veto=False, weights=(("population", 10),)) for seat in SEATS)


def _by_each(rule: DecisionRule) -> list[list[Outcome]]:
    """The plain way: the rule asked of every member, all others saying yes."""
    all_yes = {seat.actor_id: Vote.YES for seat in rule.seats}
    return [[rule.outcome(all_yes | {seat.actor_id: vote}) for vote in Vote] for seat in rule.seats]


@pytest.mark.parametrize("seats", [SEATS, ALIKE])
@pytest.mark.parametrize(
    "text",
    [
        "consensus", "consensus-silence", "simple-majority", "two-thirds-majority", "wto-majority",
        "unfccc-consensus(overruled=1)", "eu-unanimity(not_taking_part=A01, A02)", "osce-consensus(without=A03)",
        "eu-constructive-abstention", "19/20 of votes", "2/3 of members",
    ],
)  # fmt: skip
def test_of_members_alike_it_is_asked_once_and_tells_of_each_what_the_rule_tells(
    text: str, seats: tuple[Seat, ...]
) -> None:
    rule = rule_in_force(text, seats)
    dissent = Dissent(rule)
    assert [[dissent.outcome(seat.actor_id, vote) for vote in Vote] for seat in seats] == _by_each(rule)
    assert [dissent.blocks(seat.actor_id) for seat in seats] == [rule.blocks_alone(seat.actor_id) for seat in seats]


def test_who_must_abstain_or_has_a_veto_is_of_another_kind() -> None:
    first = rule_in_force("simple-majority", SEATS)
    rule = replace(
        first, veto_blocks=True, must_abstain=(SEATS[0].actor_id,), not_taking_part=(SEATS[5].actor_id,),
        fallback=None, ways=((Threshold(of="votes", share=first.ways[0][0].share, more_than=True),),),
    )  # fmt: skip
    dissent = Dissent(rule)
    assert [[dissent.outcome(seat.actor_id, vote) for vote in Vote] for seat in SEATS] == _by_each(rule)
    assert [dissent.blocks(seat.actor_id) for seat in SEATS[::5]] == [False, False, True, True]


def test_somebody_without_a_seat_is_refused() -> None:
    with pytest.raises(UnknownName, match="has no seat"):
        Dissent(rule_in_force("consensus", SEATS)).outcome(ActorId("XXX"), Vote.NO)
