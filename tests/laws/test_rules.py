"""What every registered decision rule must obey, and any rule that can be made of the same clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from winset.decisions.counting import adopted, adopted_if_each
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.types import Outcome, Vote
from winset.errors import BadQuota
from winset.ids import ActorId
from winset.issues import Seat, Threshold

MADE_UP = "made-up"
EVERY_RULE = pytest.mark.parametrize("id", [*(rule.id for rule in RULES), MADE_UP])
LAW = settings(max_examples=40, deadline=None)
BETTER = {Vote.NO: (Vote.ABSTAIN, Vote.YES), Vote.ABSTAIN: (Vote.YES,)}
OWN_SIZE = 15  # the rules of bodies of a fixed or least size accept this one
SIZES = {"unsc-seven-votes": 11}  # except these
COUNCILS = (
    (4, 4, 4, 2, 2, 1),
    (10, 10, 10, 10, 8, 5, 5, 5, 5, 3, 3, 2),
    (*(29,) * 4, 27, 27, 13, *(12,) * 5, 10, 10, *(7,) * 5, *(4,) * 5, 3),
)
VOTES = {"eu-weighted-votes": COUNCILS, "eu-weighted-votes-without-proposal": COUNCILS}  # known by the votes of all


@st.composite
def rules(draw: st.DrawFn, id: str) -> DecisionRule:
    """That rule for a small body where it allows one, else for one of its own size."""
    if id == MADE_UP:
        return draw(made_up())
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
def made_up(draw: st.DrawFn, largest: int = 5) -> DecisionRule:
    """Any clauses that go together, for a small body; quotas that no sound rule can have are drawn again."""
    clauses = draw(clauses_of(draw(bodies(draw(st.integers(1, largest))))))
    try:
        return DecisionRule(**clauses)
    except BadQuota:
        assume(False)
        raise


@st.composite
def clauses_of(draw: st.DrawFn, seats: tuple[Seat, ...]) -> dict[str, Any]:
    """What a DecisionRule is made of; whether it is sound is not asked."""
    some = st.lists(st.sampled_from([seat.actor_id for seat in seats]), unique=True, max_size=len(seats) // 2).map(
        tuple
    )
    quotas = st.lists(any_threshold(), min_size=1, max_size=2).map(tuple)
    objection = draw(st.booleans())
    overrules = draw(st.integers(0, 2)) if objection else 0
    base: dict[str, Any] = {
        "id": MADE_UP,
        "name": MADE_UP,
        "source": MADE_UP,
        "seats": seats,
        "abstain_as": draw(st.sampled_from([Vote.ABSTAIN, Vote.ABSTAIN, Vote.YES, Vote.NO])),
        "silent_as": draw(st.sampled_from([Vote.YES, Vote.ABSTAIN, Vote.NO])),
        "absent_as": draw(st.sampled_from([Vote.YES, Vote.ABSTAIN, Vote.NO])),
    }
    own: dict[str, Any] = {
        "ways": tuple(draw(st.lists(quotas, max_size=2))),
        "of_votes_cast": draw(st.booleans()),
        "objection_blocks": objection,
        "overrules": overrules,
        "veto_blocks": draw(st.booleans()),
        "blocking_abstentions": draw(quotas) if objection and not overrules and draw(st.booleans()) else (),
        "quorum": draw(st.none() | any_threshold()),
        "must_abstain": draw(some),
        "not_taking_part": draw(some),
    }
    if not draw(st.booleans()):
        return base | own
    second: dict[str, Any] = {
        "ways": (draw(quotas),),
        "of_votes_cast": draw(st.booleans()),
        "veto_blocks": draw(st.booleans()),
    }
    try:
        return base | own | {"fallback": DecisionRule(**base, **second)}
    except BadQuota:
        return base | own


@st.composite
def any_threshold(draw: st.DrawFn) -> Threshold:
    share = Fraction(draw(st.integers(1, 12)), 12)
    of = draw(st.sampled_from(["members", "votes", "population"]))
    return Threshold(of=of, share=share, more_than=draw(st.booleans()) and share < 1)


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
    renamed = with_new_names(rule, shuffled)
    assert renamed.outcome({ActorId(f"new {actor}"): vote for actor, vote in votes.items()}) is rule.outcome(votes)


def with_new_names(rule: DecisionRule, order: list[Seat]) -> DecisionRule:
    return replace(
        rule,
        seats=tuple(replace(seat, actor_id=ActorId(f"new {seat.actor_id}")) for seat in order),
        must_abstain=tuple(ActorId(f"new {actor}") for actor in rule.must_abstain),
        not_taking_part=tuple(ActorId(f"new {actor}") for actor in rule.not_taking_part),
        fallback=None if rule.fallback is None else with_new_names(rule.fallback, order),
    )


@EVERY_RULE
@LAW
@given(data=st.data())
def test_many_profiles_at_once_give_what_each_gives_alone(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    drawn = data.draw(st.lists(profiles(rule), min_size=1, max_size=20))
    counted = [[rule.counted(votes[seat.actor_id]) for seat in rule.seats] for votes in drawn]
    yes = np.array([[vote is Vote.YES for vote in row] for row in counted])
    no = np.array([[vote is Vote.NO for vote in row] for row in counted])
    absent = np.array([[votes[seat.actor_id] is Vote.ABSENT for seat in rule.seats] for votes in drawn])
    alone = [rule.outcome(votes) is Outcome.ADOPTED for votes in drawn]
    assert adopted(rule, yes=yes, no=no, absent=absent).tolist() == alone
    asides = [np.asfortranarray(each).reshape(1, *each.shape) for each in (yes, no, absent)]
    assert adopted(rule, yes=asides[0], no=asides[1], absent=asides[2]).tolist() == [alone]


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


@pytest.mark.parametrize("id", [rule.id for rule in RULES])
@LAW
@given(data=st.data())
def test_a_rule_carries_its_own_id_and_source(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    assert (rule.id, rule.source) == (RULES[id].id, RULES[id].source)


@settings(max_examples=80, deadline=None)
@given(rule=made_up(largest=3), data=st.data())
def test_pending_means_that_the_votes_missing_could_go_either_way(rule: DecisionRule, data: st.DataObject) -> None:
    votes = data.draw(profiles(rule))
    heard = {actor: votes[actor] for actor in data.draw(st.sets(st.sampled_from(sorted(votes)), max_size=2))}
    missing = [seat.actor_id for seat in rule.seats if seat.actor_id not in heard]
    ends = {
        rule.outcome({**heard, **dict(zip(missing, rest, strict=True))}) for rest in product(Vote, repeat=len(missing))
    }
    assert {rule.outcome(heard)} == (ends if len(ends) == 1 else {Outcome.PENDING})


class Unchecked(DecisionRule):
    """A rule of which nobody asks whether a proposal and its opposite could both pass."""

    def _check_proper(self) -> None:
        pass


def passes(rule: DecisionRule, yes: tuple[bool, ...]) -> bool:
    votes = {seat.actor_id: Vote.YES if said else Vote.NO for seat, said in zip(rule.seats, yes, strict=True)}
    return rule.outcome(votes) is Outcome.ADOPTED


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_rule_is_refused_exactly_where_a_coalition_and_the_rest_could_both_win(data: st.DataObject) -> None:
    clauses: Mapping[str, Any] = data.draw(bodies(data.draw(st.integers(1, 5))).flatmap(clauses_of))
    assume(not clauses["of_votes_cast"] and clauses.get("fallback") is None and clauses["quorum"] is None)
    try:
        rule = Unchecked(**clauses)
    except BadQuota:  # nothing reaches it
        return
    both = any(
        passes(rule, yes) and passes(rule, tuple(not said for said in yes))
        for yes in product((True, False), repeat=len(rule.seats))
    )
    try:
        DecisionRule(**clauses)
    except BadQuota:
        assert both
    else:
        assert not both


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_of_two_sides_never_both_win_of_the_votes_cast_however_many_abstain(data: st.DataObject) -> None:
    quotas = st.lists(any_threshold(), min_size=1, max_size=2).map(tuple)
    ways = tuple(data.draw(st.lists(quotas, min_size=1, max_size=2)))
    body = data.draw(bodies(data.draw(st.integers(1, 5))))
    try:
        rule = DecisionRule(id="x", name="x", source="x", seats=body, ways=ways, of_votes_cast=True)
    except BadQuota:
        return
    votes = data.draw(profiles(rule, (Vote.YES, Vote.NO, Vote.ABSTAIN)))
    turned = {Vote.YES: Vote.NO, Vote.NO: Vote.YES, Vote.ABSTAIN: Vote.ABSTAIN}
    opposite = {actor: turned[vote] for actor, vote in votes.items()}
    assert Outcome.BLOCKED in {rule.outcome(votes), rule.outcome(opposite)}


@EVERY_RULE
@LAW
@given(data=st.data())
def test_one_members_vote_forced_is_that_vote_counted(id: str, data: st.DataObject) -> None:
    rule = data.draw(rules(id))
    size = len(rule.seats)
    said = np.array(data.draw(st.lists(st.sampled_from((-1, 0, 1)), min_size=size, max_size=size)))
    yes, no = said[None] > 0, said[None] < 0
    asked = data.draw(st.lists(st.integers(0, size - 1), min_size=1, unique=True))
    for says_yes in (True, False):
        found = adopted_if_each(rule, yes=yes, no=no, asked=asked, says_yes=says_yes)
        assert found.shape == (1, len(asked))
        for place, seat in enumerate(asked):
            forced = said.copy()
            forced[seat] = 1 if says_yes else -1
            assert found[0, place] == adopted(rule, yes=forced[None] > 0, no=forced[None] < 0)[0]
