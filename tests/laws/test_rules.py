"""What every registered decision rule must obey."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.counting import adopted
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.types import Outcome, Vote
from winset.errors import BadQuota
from winset.ids import ActorId
from winset.issues import Seat, Threshold

EVERY_RULE = pytest.mark.parametrize("id", [rule.id for rule in RULES])
LAW = settings(max_examples=40, deadline=None)
BETTER = {Vote.NO: (Vote.ABSTAIN, Vote.YES), Vote.ABSTAIN: (Vote.YES,)}
OWN_SIZE = 15  # the rules of bodies of a fixed or least size accept this one
SIZES = {"unsc-seven-votes": 11}  # except these
VOTES = {  # and those that know a body by the votes of all
    "eu-weighted-votes": (
        (4, 4, 4, 2, 2, 1),
        (10, 10, 10, 10, 8, 5, 5, 5, 5, 3, 3, 2),
        (*(29,) * 4, 27, 27, 13, *(12,) * 5, 10, 10, *(7,) * 5, *(4,) * 5, 3),
    )
}


@st.composite
def rules(draw: st.DrawFn, id: str) -> DecisionRule:
    """That rule for a small body where it allows one, else for one of its own size."""
    size = draw(st.integers(1, 7))
    method = RULES[id]
    if id in VOTES:
        weights = draw(st.sampled_from(VOTES[id]))
        seats = draw(bodies(len(weights)))
        return method(tuple(replace(seat, votes=votes) for seat, votes in zip(seats, weights, strict=True)), ())
    thresholds = draw(own_thresholds()) if "thresholds" in method.needs else ()
    try:
        return method(draw(bodies(size)), thresholds)
    except BadQuota:
        return method(draw(bodies(SIZES.get(id, OWN_SIZE))), thresholds)


@st.composite
def bodies(draw: st.DrawFn, size: int) -> tuple[Seat, ...]:
    vetoes = draw(st.sets(st.integers(0, size - 1), min_size=1))
    return tuple(
        Seat(
            actor_id=ActorId(f"M{number}"),
            name=f"member {number}",
            votes=draw(st.integers(1, 9)),
            veto=number in vetoes,
            weights=(("population", draw(st.integers(1, 10**7))),),
        )
        for number in range(size)
    )


@st.composite
def own_thresholds(draw: st.DrawFn) -> tuple[Threshold, ...]:
    share = Fraction(draw(st.integers(26, 50)), 50)
    first = Threshold(of="votes", share=share, more_than=draw(st.booleans()) and share < 1)
    return (first, *draw(st.lists(st.just(Threshold(of="population", share=Fraction(1, 3))), max_size=1)))


def profiles(rule: DecisionRule, votes: Any = Vote) -> st.SearchStrategy[dict[ActorId, Vote]]:
    return st.fixed_dictionaries({seat.actor_id: st.sampled_from(list(votes)) for seat in rule.seats})


@EVERY_RULE
@LAW
@given(data=st.data())
def test_a_kinder_vote_never_blocks_what_was_adopted(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    votes = data.draw(profiles(rule))
    before = rule.outcome(votes)
    for actor, vote in votes.items():
        for kinder in BETTER.get(vote, ()):
            after = rule.outcome({**votes, actor: kinder})
            assert not (before is Outcome.ADOPTED and after is Outcome.BLOCKED)


@EVERY_RULE
@LAW
@given(data=st.data())
def test_renaming_and_reordering_seats_changes_nothing(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    votes = data.draw(profiles(rule))
    shuffled = data.draw(st.permutations(rule.seats))
    renamed = replace(rule, seats=tuple(replace(seat, actor_id=ActorId(f"new {seat.actor_id}")) for seat in shuffled))
    assert renamed.outcome({ActorId(f"new {actor}"): vote for actor, vote in votes.items()}) is rule.outcome(votes)


@EVERY_RULE
@LAW
@given(data=st.data())
def test_many_profiles_at_once_give_what_each_gives_alone(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    drawn = data.draw(st.lists(profiles(rule), min_size=1, max_size=20))
    counted = [[rule.counted(votes[seat.actor_id]) for seat in rule.seats] for votes in drawn]
    yes = np.array([[vote is Vote.YES for vote in row] for row in counted])
    no = np.array([[vote is Vote.NO for vote in row] for row in counted])
    alone = [rule.outcome(votes) is Outcome.ADOPTED for votes in drawn]
    assert adopted(rule, yes=yes, no=no).tolist() == alone


@EVERY_RULE
@LAW
@given(data=st.data())
def test_what_is_decided_early_stays_decided_however_the_rest_vote(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    votes = data.draw(profiles(rule))
    heard = data.draw(st.sets(st.sampled_from(sorted(votes))))
    early = rule.outcome({actor: vote for actor, vote in votes.items() if actor in heard})
    assert early in {Outcome.PENDING, rule.outcome(votes)}


@EVERY_RULE
@LAW
@given(data=st.data())
def test_all_yes_adopts_all_no_blocks_and_a_complete_vote_is_never_pending(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    actors = [seat.actor_id for seat in rule.seats]
    assert rule.outcome(dict.fromkeys(actors, Vote.YES)) is Outcome.ADOPTED
    assert rule.outcome(dict.fromkeys(actors, Vote.NO)) is Outcome.BLOCKED
    assert rule.outcome(data.draw(profiles(rule))) is not Outcome.PENDING


@EVERY_RULE
@LAW
@given(data=st.data())
def test_a_coalition_and_the_rest_never_both_win(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    votes = data.draw(profiles(rule, (Vote.YES, Vote.NO)))
    opposite = {actor: Vote.NO if vote is Vote.YES else Vote.YES for actor, vote in votes.items()}
    assert Outcome.BLOCKED in {rule.outcome(votes), rule.outcome(opposite)}


@EVERY_RULE
@LAW
@given(data=st.data())
def test_a_rule_carries_its_own_id_and_source(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    assert (rule.id, rule.source) == (RULES[id].id, RULES[id].source)
