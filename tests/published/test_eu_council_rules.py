"""The EU Council beyond the ordinary case: without a proposal, some members only, constructive abstention."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from winset.actors.registry import registry
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.types import Outcome, Vote
from winset.errors import BadCase, BadQuota
from winset.ids import ActorId
from winset.issues import Seat

EURO = (
    *("DEU", "FRA", "ITA", "ESP", "NLD", "BEL", "GRC", "PRT", "AUT", "FIN", "IRL", "SVK", "HRV", "LTU", "SVN", "LVA"),
    *("EST", "CYP", "LUX", "MLT"),
)


def council(day: date) -> tuple[Seat, ...]:
    return registry().seats("eu-council", day)


def outcome(rule: DecisionRule, yes: object, rest: Vote = Vote.NO) -> Outcome:
    assert isinstance(yes, (tuple, list, set))
    return rule.outcome({seat.actor_id: Vote.YES if seat.actor_id in yes else rest for seat in rule.seats})


def by_weight(seats: tuple[Seat, ...], of: str) -> list[ActorId]:
    return [seat.actor_id for seat in sorted(seats, key=lambda seat: seat.weight(of), reverse=True)]


@pytest.mark.published(
    "Treaty of Rome, Article 148(2), as amended by the Acts of Accession; CVCE (2016), table 3: states for a majority"
)
@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(1958, 1, 1), 4),
        (date(1973, 1, 1), 6),
        (date(1981, 1, 1), 6),
        (date(1986, 1, 1), 8),
        (date(1995, 1, 1), 10),
        (date(2004, 5, 1), 17),
        (date(2004, 11, 1), 17),
        (date(2007, 1, 1), 18),
        (date(2013, 7, 1), 19),
    ],
)
def test_without_a_proposal_more_members_had_to_agree(day: date, members: int) -> None:
    seats = council(day)
    rule = RULES["eu-weighted-votes-without-proposal"](seats)
    largest = by_weight(seats, "votes")
    assert outcome(rule, largest[:members]) is Outcome.ADOPTED
    assert outcome(rule, largest[: members - 1]) is Outcome.BLOCKED
    assert rule.name.endswith(f"cast by {members} members")
    assert RULES["eu-weighted-votes"](seats).ways[0][0] == rule.ways[0][0]


@pytest.mark.published("Treaty of Rome, Article 148(2): twelve votes, and four members where the Commission is silent")
def test_the_three_large_members_of_1958_decided_on_proposals_and_on_nothing_else() -> None:
    seats = council(date(1958, 1, 1))
    three = ["DEU", "FRA", "ITA"]
    assert outcome(RULES["eu-weighted-votes"](seats), three) is Outcome.ADOPTED
    assert outcome(RULES["eu-weighted-votes-without-proposal"](seats), three) is Outcome.BLOCKED
    assert outcome(RULES["eu-weighted-votes-without-proposal"](seats), [*three, "LUX"]) is Outcome.ADOPTED


@pytest.mark.published("TFEU (OJ C 202, 7.6.2016), Article 238(2): 72 % of members with 65 % of the population")
@pytest.mark.parametrize(("day", "members"), [(date(2016, 6, 1), 21), (date(2023, 6, 1), 20)])
def test_without_a_proposal_72_per_cent_of_members_are_needed(day: date, members: int) -> None:
    seats = council(day)
    rule = RULES["eu-qualified-majority-without-proposal"](seats)
    largest = by_weight(seats, "population")
    assert outcome(rule, largest[:members]) is Outcome.ADOPTED
    assert outcome(rule, largest[: members - 1]) is Outcome.BLOCKED
    assert outcome(rule, largest[3:]) is Outcome.BLOCKED  # no clause on four members here
    assert outcome(RULES["eu-qualified-majority"](seats), largest[3:]) is Outcome.ADOPTED


@pytest.mark.published("TFEU (OJ C 202, 7.6.2016), Article 238(3)(a): shares of the members taking part")
def test_of_the_twenty_of_the_euro_eleven_decide_and_two_never_block() -> None:
    seats = council(date(2023, 6, 1))
    outside = tuple(seat.actor_id for seat in seats if seat.actor_id not in EURO)
    rule = RULES["eu-qualified-majority"](seats, not_taking_part=outside)
    largest = [actor for actor in by_weight(seats, "population") if actor in EURO]
    people = {seat.actor_id: seat.weight("population") for seat in rule.taking_part}
    assert outcome(rule, largest[:11]) is Outcome.ADOPTED
    assert outcome(rule, largest[:10]) is Outcome.BLOCKED
    assert sum(people[actor] for actor in largest[:2]) > 0.35 * sum(people.values())
    assert outcome(rule, largest[2:]) is Outcome.ADOPTED  # two members are the least with so many, three may block
    assert outcome(rule, [largest[1], *largest[4:]]) is Outcome.BLOCKED
    assert outcome(rule, [*outside, *largest[:10]]) is Outcome.BLOCKED
    assert set(rule.not_bound({})) == set(outside)


@pytest.mark.published("TFEU (OJ C 202, 7.6.2016), Article 238(3)(b): 72 % of those taking part, without a proposal")
def test_of_the_twenty_of_the_euro_fifteen_decide_without_a_proposal() -> None:
    seats = council(date(2023, 6, 1))
    outside = tuple(seat.actor_id for seat in seats if seat.actor_id not in EURO)
    rule = RULES["eu-qualified-majority-without-proposal"](seats, not_taking_part=outside)
    largest = [actor for actor in by_weight(seats, "population") if actor in EURO]
    assert outcome(rule, largest[:15]) is Outcome.ADOPTED
    assert outcome(rule, largest[:14]) is Outcome.BLOCKED


@pytest.mark.published("TEU (OJ C 202, 7.6.2016), Article 16(4): any three members fail to block, whoever they are")
def test_no_three_members_block_the_double_majority() -> None:
    seats = council(date(2023, 6, 1))
    rule = RULES["eu-qualified-majority"](seats)
    everybody = {seat.actor_id for seat in seats}
    assert all(outcome(rule, everybody - set(three)) is Outcome.ADOPTED for three in combinations(EURO[:8], 3))


@pytest.mark.published("TFEU (OJ C 202, 7.6.2016), Article 330: unanimity of the members taking part")
def test_a_member_outside_the_cooperation_does_not_break_its_unanimity() -> None:
    rule = RULES["eu-unanimity"](council(date(2023, 6, 1)), not_taking_part=(ActorId("HRV"), ActorId("ESP")))
    agreed = {seat.actor_id: Vote.YES for seat in rule.seats}
    assert rule.outcome({**agreed, ActorId("ESP"): Vote.NO}) is Outcome.ADOPTED
    assert rule.outcome({**agreed, ActorId("IRL"): Vote.NO}) is Outcome.BLOCKED


@pytest.mark.published(
    "TEU (OJ C 202, 7.6.2016), Article 31(1): declared abstentions of a third with a third of the people"
)
def test_declared_abstentions_block_only_from_a_third_of_members_with_a_third_of_the_people() -> None:
    seats = council(date(2023, 6, 1))
    rule = RULES["eu-constructive-abstention"](seats)
    largest = by_weight(seats, "population")
    agreed = {seat.actor_id: Vote.YES for seat in seats}

    def with_declared(actors: list[ActorId]) -> Outcome:
        return rule.outcome({**agreed, **dict.fromkeys(actors, Vote.ABSTAIN)})

    assert with_declared([ActorId("CYP")]) is Outcome.ADOPTED  # as on the mission in Kosovo in 2008
    assert rule.not_bound({**agreed, ActorId("CYP"): Vote.ABSTAIN}) == ("CYP",)
    assert with_declared(largest[:8]) is Outcome.ADOPTED  # people enough, members not
    assert with_declared(largest[-9:]) is Outcome.ADOPTED  # members enough, people not
    assert with_declared(largest[:9]) is Outcome.BLOCKED
    plain = {**agreed, **dict.fromkeys(largest[:9], Vote.SILENT)}
    assert rule.outcome(plain) is Outcome.ADOPTED
    assert rule.outcome({**agreed, ActorId("CYP"): Vote.NO}) is Outcome.BLOCKED
    assert rule.outcome({**agreed, ActorId("CYP"): Vote.ABSENT}) is Outcome.BLOCKED


@pytest.mark.parametrize("id", ["eu-qualified-majority", "eu-qualified-majority-without-proposal", "eu-unanimity"])
def test_a_council_in_which_nobody_takes_part_is_refused(id: str) -> None:
    seats = council(date(2023, 6, 1))
    with pytest.raises((BadQuota, BadCase)):
        RULES[id](seats, not_taking_part=tuple(seat.actor_id for seat in seats))
