from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.types import Outcome, Vote
from winset.errors import BadCase, BadQuota, UnknownMethod, UnknownName
from winset.ids import ActorId, PartialDate
from winset.issues import Seat, Threshold

A, B, C = ActorId("A"), ActorId("B"), ActorId("C")
ONE = Fraction(1)
ALL = ((Threshold(of="members", share=ONE),),)


def seats(*votes: int, population: int | None = None) -> tuple[Seat, ...]:
    weights = () if population is None else (("population", population),)
    return tuple(
        Seat(actor_id=ActorId(letter), name=letter, votes=n, weights=weights)
        for letter, n in zip("ABCDEFG", votes, strict=False)
    )


def own(*thresholds: Threshold, body: tuple[Seat, ...] | None = None) -> DecisionRule:
    return RULES["qualified-majority"](body or seats(1, 1, 1), thresholds)


def test_a_member_not_heard_yet_leaves_it_pending_and_a_silent_one_does_not() -> None:
    consensus = RULES["consensus-silence"](seats(1, 1, 1))
    heard = {A: Vote.YES, B: Vote.YES}
    assert consensus.outcome(heard) is Outcome.PENDING
    assert consensus.outcome({**heard, C: Vote.SILENT}) is Outcome.ADOPTED


def test_one_objection_decides_before_the_others_are_heard() -> None:
    assert RULES["consensus"](seats(1, 1, 1)).outcome({A: Vote.NO}) is Outcome.BLOCKED


def test_a_majority_reached_decides_before_the_others_are_heard() -> None:
    rule = RULES["absolute-majority"](seats(1, 1, 1))
    assert rule.outcome({A: Vote.YES, B: Vote.YES}) is Outcome.ADOPTED
    assert rule.outcome({A: Vote.NO, B: Vote.ABSENT}) is Outcome.BLOCKED
    assert rule.outcome({A: Vote.YES, B: Vote.NO}) is Outcome.PENDING


def test_three_thirds_meet_a_quota_of_one() -> None:
    body = seats(1, 1, 1)
    rule = own(Threshold(of="votes", share=Fraction(1, 3) * 3), body=body)
    assert rule.outcome(dict.fromkeys((A, B, C), Vote.YES)) is Outcome.ADOPTED


def test_weights_count_and_not_heads() -> None:
    rule = RULES["absolute-majority"](seats(5, 2, 2))
    assert rule.outcome({A: Vote.YES, B: Vote.NO, C: Vote.NO}) is Outcome.ADOPTED


def test_all_thresholds_must_hold() -> None:
    rule = own(
        Threshold(of="members", share=Fraction(2, 3)), Threshold(of="votes", share=Fraction(3, 5)), body=seats(8, 1, 1)
    )
    assert rule.outcome({A: Vote.NO, B: Vote.YES, C: Vote.YES}) is Outcome.BLOCKED
    assert rule.outcome({A: Vote.YES, B: Vote.NO, C: Vote.NO}) is Outcome.BLOCKED
    assert rule.outcome({A: Vote.YES, B: Vote.YES, C: Vote.NO}) is Outcome.ADOPTED


def test_who_blocks_alone_depends_on_the_rule_and_the_weight() -> None:
    assert RULES["consensus"](seats(1, 1, 1)).blocks_alone(C)
    majority = RULES["absolute-majority"](seats(5, 2, 2))
    assert [majority.blocks_alone(actor) for actor in (A, B, C)] == [True, False, False]


def body_for(rule: str) -> tuple[Seat, ...]:
    """Seats under which the rule can be had: some rules ask for a number of members, or of votes."""
    council = (10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2)
    sizes = {"unsc-seven-votes": 11}
    votes = {"eu-weighted-votes": council, "eu-weighted-votes-without-proposal": council}
    return tuple(
        Seat(actor_id=ActorId(f"M{n}"), name="member", votes=own, veto=n < 5, weights=(("population", 9),))
        for n, own in enumerate(votes.get(rule, (1,) * sizes.get(rule, 15)))
    )


def test_rules_of_objection_are_told_from_rules_that_count_votes() -> None:
    own_quota = (Threshold(of="votes", share=Fraction(3, 4)),)
    made = [rule(body_for(rule.id), own_quota if "thresholds" in rule.needs else ()) for rule in RULES]
    assert {rule.id for rule in made if rule.by_objection} == {
        *("consensus-silence", "consensus", "osce-consensus", "unfccc-consensus", "wto-consensus"),
        *("eu-unanimity", "eu-constructive-abstention"),
    }


@pytest.mark.parametrize(
    ("share", "more_than"), [(Fraction(1, 2), False), (Fraction(1, 3), False), (Fraction(1, 3), True)]
)
def test_a_quota_two_disjoint_coalitions_could_reach_is_refused(share: Fraction, more_than: bool) -> None:
    with pytest.raises(BadQuota, match="could both pass"):
        own(Threshold(of="votes", share=share, more_than=more_than), body=seats(1, 1, 1, 1))


def test_half_of_an_odd_number_is_more_than_half() -> None:
    rule = own(Threshold(of="votes", share=Fraction(1, 2)))
    assert rule.outcome({A: Vote.YES, B: Vote.NO, C: Vote.NO}) is Outcome.BLOCKED


def test_a_low_quota_is_fine_beside_a_high_one() -> None:
    rule = own(Threshold(of="members", share=Fraction(1, 3)), Threshold(of="votes", share=Fraction(2, 3)))
    assert rule.outcome({A: Vote.YES, B: Vote.YES, C: Vote.NO}) is Outcome.ADOPTED


@pytest.mark.parametrize(
    ("share", "more_than"),
    [(Fraction(0), False), (Fraction(-1, 2), False), (Fraction(6, 5), False), (Fraction(1), True)],
)
def test_a_quota_that_can_never_decide_is_refused(share: Fraction, more_than: bool) -> None:
    with pytest.raises(BadQuota, match="can never decide"):
        own(Threshold(of="votes", share=share, more_than=more_than))


def test_a_weight_nobody_has_is_refused_by_name() -> None:
    with pytest.raises(BadQuota, match="A has no 'population'"):
        own(Threshold(of="population", share=Fraction(2, 3)))
    with pytest.raises(BadQuota, match="nobody has any population"):
        own(Threshold(of="population", share=Fraction(2, 3)), body=seats(1, 1, population=0))


def test_a_body_without_members_is_refused() -> None:
    with pytest.raises(BadCase, match="without members"):
        RULES["consensus"](())


def test_two_seats_of_one_member_are_refused() -> None:
    with pytest.raises(BadCase, match="A has two seats"):
        RULES["consensus"]((*seats(1, 1), *seats(1)))


def test_a_qualified_majority_without_thresholds_is_refused() -> None:
    with pytest.raises(BadQuota, match="give at least one"):
        RULES["qualified-majority"](seats(1, 1, 1))


@pytest.mark.parametrize("id", [rule.id for rule in RULES if "thresholds" not in rule.needs])
def test_thresholds_given_to_a_rule_that_has_its_own_are_refused_and_not_ignored(id: str) -> None:
    with pytest.raises(BadCase, match=f"{id} sets its own quota"):
        RULES[id](seats(1, 1, 1), (Threshold(of="votes", share=Fraction(2, 3)),))


def test_a_quota_above_the_number_of_members_is_refused() -> None:
    with pytest.raises(BadQuota, match="needs 15 yes votes, there are 3 members"):
        RULES["eu-qualified-majority"](seats(1, 1, 1, population=10))


@pytest.mark.parametrize("id", ["unsc-substantive", "unsc-procedural"])
def test_a_security_council_of_another_size_is_refused(id: str) -> None:
    with pytest.raises(BadQuota, match="15 members"):
        RULES[id](seats(1, 1, 1))


def test_a_vote_of_somebody_without_a_seat_is_refused_with_the_nearest_name() -> None:
    body = tuple(Seat(actor_id=ActorId(key), name=key) for key in ("FRA", "DEU"))
    rule = RULES["consensus"](body)
    with pytest.raises(UnknownName, match="did you mean FRA"):
        rule.outcome({ActorId("FRN"): Vote.NO})


def test_an_unknown_rule_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownMethod, match="did you mean 'consensus'"):
        RULES["concensus"]


def test_a_silence_cannot_count_as_a_silence() -> None:
    with pytest.raises(BadCase, match="cannot count as silent"):
        DecisionRule(id="x", name="x", source="x", seats=seats(1), objection_blocks=True, silent_as=Vote.SILENT)


@pytest.mark.parametrize(
    ("clauses", "complaint"),
    [
        ({"overrules": -1, "objection_blocks": True}, "overrules 0 or more"),
        ({"overrules": 1, "ways": ALL}, "only where an objection blocks"),
        ({"deadline": PartialDate("2024-05-01"), "ways": ALL}, "a deadline goes with"),
        ({"blocking_abstentions": ALL[0], "ways": ALL}, "else no would be better"),
        ({"blocking_abstentions": ALL[0], "objection_blocks": True, "overrules": 1}, "else no would be better"),
    ],
)
def test_clauses_that_do_not_go_together_are_refused(clauses: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadCase, match=complaint):
        DecisionRule(id="x", name="x", source="x", seats=seats(1, 1, 1), **clauses)


@pytest.mark.parametrize(
    ("clauses", "complaint"),
    [
        ({"ways": ((),)}, "lets everything pass"),
        ({"ways": ALL, "must_abstain": (A,)}, "nothing is ever adopted"),
        ({"objection_blocks": True, "overrules": 2}, "could both pass"),
        ({"objection_blocks": True, "must_abstain": (A, B, C)}, "could both pass"),
        ({"ways": ALL, "not_taking_part": (A, B, C)}, "nobody has any members"),
        ({"objection_blocks": True, "quorum": Threshold(of="members", share=Fraction(2))}, "can never decide"),
    ],
)
def test_clauses_that_leave_no_sound_quota_are_refused(clauses: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadQuota, match=complaint):
        DecisionRule(id="x", name="x", source="x", seats=seats(1, 1, 1), **clauses)


@pytest.mark.parametrize("clause", ["must_abstain", "not_taking_part"])
def test_a_clause_on_somebody_without_a_seat_is_refused(clause: str) -> None:
    named: dict[str, Any] = {clause: (ActorId("D"),)}
    with pytest.raises(UnknownName, match="D has no seat"):
        DecisionRule(id="x", name="x", source="x", seats=seats(1, 1, 1), objection_blocks=True, **named)


def test_a_fallback_of_other_seats_or_with_a_quorum_of_its_own_is_refused() -> None:
    for after in (RULES["absolute-majority"](seats(1, 1)), RULES["wto-consensus"](seats(1, 1, 1))):
        with pytest.raises(BadCase, match="its fallback has the same seats"):
            replace(RULES["consensus"](seats(1, 1, 1)), silent_as=Vote.ABSTAIN, absent_as=Vote.ABSTAIN, fallback=after)


def test_one_way_of_two_is_enough() -> None:
    by_weight, by_heads = Threshold(of="votes", share=Fraction(4, 5)), Threshold(of="members", share=Fraction(2, 3))
    rule = RULES["qualified-majority"](
        seats(5, 1, 1), ways=((by_weight, by_heads), (Threshold(of="members", share=ONE),))
    )
    assert rule.outcome({A: Vote.YES, B: Vote.YES, C: Vote.NO}) is Outcome.ADOPTED
    assert rule.outcome({A: Vote.NO, B: Vote.YES, C: Vote.YES}) is Outcome.BLOCKED
    assert rule.name == "a qualified majority of at least 80% of votes and at least 2/3 of members, or all members"


def test_two_ways_that_could_pass_against_each_other_are_refused_though_each_alone_is_sound() -> None:
    heavy = (Threshold(of="votes", share=Fraction(2, 3)),)
    many = (Threshold(of="members", share=Fraction(2, 3)),)
    assert all(RULES["qualified-majority"](seats(5, 1, 1), ways=(way,)) for way in (heavy, many))
    with pytest.raises(BadQuota, match="5 of 7 votes or 2 of 3 members"):
        RULES["qualified-majority"](seats(5, 1, 1), ways=(heavy, many))


def test_a_dictator_s_low_quota_is_sound_for_nobody_else_reaches_it() -> None:
    rule = own(Threshold(of="votes", share=Fraction(2, 7)), body=seats(5, 1, 1)[:2])
    assert rule.outcome({A: Vote.NO, B: Vote.YES}) is Outcome.BLOCKED
    with pytest.raises(BadQuota, match="2 of 7 votes"):
        own(Threshold(of="votes", share=Fraction(2, 7)), body=seats(5, 1, 1))


DEADLINE = PartialDate("2024-05-14")


@pytest.mark.parametrize(
    ("on", "dates", "expected"),
    [
        ("2024-05-13", {}, Outcome.BLOCKED),
        ("2024-05-13", {B: "2024-05-14"}, Outcome.PENDING),  # not heard yet
        ("2024-05-15", {B: "2024-05-14"}, Outcome.BLOCKED),
        ("2024-05-15", {B: "2024-05-15"}, Outcome.ADOPTED),  # too late
        ("2024-05-15", {B: "2024-05"}, Outcome.BLOCKED),  # not certainly too late
        (None, {B: "2024-05-15"}, Outcome.PENDING),  # A may have objected in time
    ],
)
def test_an_objection_counts_until_the_deadline(on: str | None, dates: dict[ActorId, str], expected: Outcome) -> None:
    rule = RULES["consensus-silence"](seats(1, 1, 1), deadline=DEADLINE)
    votes = {B: Vote.NO, C: Vote.YES}
    days = {actor: PartialDate(day) for actor, day in dates.items()}
    assert rule.outcome(votes, on=None if on is None else PartialDate(on), dates=days) is expected


@pytest.mark.parametrize(
    ("on", "expected"), [("2024-05-14", Outcome.PENDING), ("2024-05-15", Outcome.ADOPTED), ("2024", Outcome.ADOPTED)]
)
@pytest.mark.parametrize("said", [{}, dict.fromkeys((A, B, C), Vote.SILENT), dict.fromkeys((A, B, C), Vote.YES)])
def test_silence_is_consent_only_when_the_deadline_has_passed(
    on: str, expected: Outcome, said: dict[ActorId, Vote]
) -> None:
    rule = RULES["consensus-silence"](seats(1, 1, 1), deadline=DEADLINE)
    assert rule.outcome(said, on=PartialDate(on)) is expected


def test_a_date_of_somebody_without_a_seat_is_refused() -> None:
    with pytest.raises(UnknownName, match="D has no seat"):
        RULES["consensus-silence"](seats(1), deadline=DEADLINE).outcome({}, dates={ActorId("D"): DEADLINE})


def test_without_a_quorum_nothing_is_decided_by_consensus_or_by_the_vote_after_it() -> None:
    rule = RULES["wto-majority"](seats(1, 1, 1, 1))
    one = {A: Vote.YES, **dict.fromkeys((B, C, ActorId("D")), Vote.ABSENT)}
    assert rule.outcome(one) is Outcome.BLOCKED
    assert rule.outcome({**one, B: Vote.ABSTAIN}) is Outcome.BLOCKED  # two of four are no majority
    assert rule.outcome({**one, B: Vote.ABSTAIN, C: Vote.SILENT}) is Outcome.ADOPTED
    assert rule.outcome({A: Vote.YES, B: Vote.YES}) is Outcome.PENDING


def test_who_does_not_take_part_is_no_part_of_the_whole_and_who_must_abstain_is() -> None:
    two_thirds = own(Threshold(of="votes", share=Fraction(2, 3)), body=seats(1, 1, 1, 1))
    votes = {A: Vote.YES, B: Vote.YES, C: Vote.NO, ActorId("D"): Vote.YES}
    outside = replace(two_thirds, not_taking_part=(ActorId("D"),))
    assert outside.outcome(votes) is Outcome.ADOPTED  # two of three
    assert outside.not_bound(votes) == ("D",)
    barred = replace(two_thirds, must_abstain=(ActorId("D"),))
    assert barred.outcome(votes) is Outcome.BLOCKED  # two of four
    assert not barred.blocks_alone(ActorId("D"))


def test_a_rule_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(BadQuota, match="none"):
        DecisionRule(id="x", name="x", source="x", seats=seats(1, 1))


def test_an_own_quota_is_read_aloud_in_per_cent_where_it_is_whole() -> None:
    rule = own(
        Threshold(of="members", share=Fraction(55, 100)), Threshold(of="votes", share=Fraction(2, 3), more_than=True)
    )
    assert rule.name == "a qualified majority of at least 55% of members and more than 2/3 of votes"
