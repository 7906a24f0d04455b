"""The weighted votes of the Council and of the Security Council of eleven, against the texts that lay them down."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest

from winset.actors.registry import registry
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
from winset.decisions.rules.eu_weighted_votes import QUOTAS
from winset.decisions.types import Outcome, Vote
from winset.errors import BadQuota
from winset.ids import ActorId
from winset.issues import Seat


def council(body: str, on: date) -> DecisionRule:
    """The rule of that day with the seats of that day."""
    return RULES[registry().body_rule(body, on)](registry().seats(body, on))


def votes(on: date) -> dict[str, int]:
    return {seat.actor_id: seat.votes for seat in registry().seats("eu-council", on)}


def outcome(rule: DecisionRule, yes: object) -> Outcome:
    assert isinstance(yes, (tuple, list, set))
    return rule.outcome({seat.actor_id: Vote.YES if seat.actor_id in yes else Vote.NO for seat in rule.seats})


@pytest.mark.published(
    "Treaty of Rome, Article 148(2); Acts of Accession of 1972 (adjusted 1973), 1979, 1985, 1994 (adjusted 1995), 2003 "
    "(Articles 12 and 26), 2005 and 2012 (Article 20); Treaty of Nice, Declarations 20 and 21"
)
@pytest.mark.parametrize(
    ("day", "members", "whole", "quota", "blocking"),
    [
        (date(1958, 1, 1), 6, 17, 12, 6),
        (date(1972, 12, 31), 6, 17, 12, 6),
        (date(1973, 1, 1), 9, 58, 41, 18),
        (date(1981, 1, 1), 10, 63, 45, 19),
        (date(1986, 1, 1), 12, 76, 54, 23),
        (date(1995, 1, 1), 15, 87, 62, 26),
        (date(2004, 4, 30), 15, 87, 62, 26),
        (date(2004, 5, 1), 25, 124, 88, 37),
        (date(2004, 10, 31), 25, 124, 88, 37),
        (date(2004, 11, 1), 25, 321, 232, 90),
        (date(2007, 1, 1), 27, 345, 255, 91),
        (date(2013, 6, 30), 27, 345, 255, 91),
        (date(2013, 7, 1), 28, 352, 260, 93),
        (date(2014, 10, 31), 28, 352, 260, 93),
    ],
)
def test_the_council_of_a_period_decides_by_its_quota(
    day: date, members: int, whole: int, quota: int, blocking: int
) -> None:
    rule = council("eu-council", day)
    assert rule.id == "eu-weighted-votes"
    assert (len(rule.seats), sum(seat.votes for seat in rule.seats)) == (members, whole)
    assert rule.thresholds[0].share == Fraction(quota, whole)
    assert whole - QUOTAS[whole] + 1 == blocking
    assert len(rule.thresholds) == (3 if whole >= 321 else 1)


@pytest.mark.published(
    "Treaty of Rome, Article 148(2); Treaty of Nice, Declaration 20 and Act of Accession of 2012, Article 20"
)
@pytest.mark.parametrize(
    ("day", "weights"),
    [
        (date(1958, 1, 1), {"DEU": 4, "FRA": 4, "ITA": 4, "BEL": 2, "NLD": 2, "LUX": 1}),
        (date(1973, 1, 1), {"GBR": 10, "BEL": 5, "DNK": 3, "IRL": 3, "LUX": 2}),
        (date(1986, 1, 1), {"ESP": 8, "PRT": 5, "GRC": 5}),
        (date(1995, 1, 1), {"AUT": 4, "SWE": 4, "FIN": 3, "DEU": 10, "LUX": 2}),
        (date(2004, 5, 1), {"POL": 8, "CZE": 5, "HUN": 5, "EST": 3, "MLT": 2}),
        (date(2004, 11, 1), {"DEU": 29, "POL": 27, "NLD": 13, "BEL": 12, "AUT": 10, "DNK": 7, "LVA": 4, "MLT": 3}),
        (date(2007, 1, 1), {"ROU": 14, "BGR": 10}),
        (date(2013, 7, 1), {"HRV": 7}),
    ],
)
def test_a_member_had_the_votes_of_the_treaty(day: date, weights: dict[str, int]) -> None:
    assert weights.items() <= votes(day).items()


@pytest.mark.published(
    "Gregersen, ed. (2011), Britannica Guide to Statistics and Probability: Banzhaf index, Council of 1958"
)
def test_luxembourg_turned_no_vote_in_1958_and_the_large_turned_ten_of_42() -> None:
    rule = council("eu-council", date(1958, 1, 1))
    everybody = [seat.actor_id for seat in rule.seats]
    winning = {
        frozenset(yes)
        for size in range(7)
        for yes in combinations(everybody, size)
        if outcome(rule, yes) is Outcome.ADOPTED
    }
    turned = {state: sum(state in yes and yes - {state} not in winning for yes in winning) for state in everybody}
    whole = sum(turned.values())
    big, middle = Fraction(5, 21), Fraction(1, 7)
    expected = {"DEU": big, "FRA": big, "ITA": big, "BEL": middle, "NLD": middle, "LUX": 0}
    assert {state: Fraction(n, whole) for state, n in turned.items()} == expected


@pytest.mark.published(
    "Treaty of Nice, Declaration 21 and Protocol on enlargement, Article 3: 62% of the population on request"
)
def test_three_large_members_had_too_few_votes_to_block_in_2007_and_people_enough() -> None:
    rule = council("eu-council", date(2007, 6, 1))
    three = {"DEU", "FRA", "GBR"}
    assert sum(votes(date(2007, 6, 1))[state] for state in three) < 91
    assert outcome(rule, {seat.actor_id for seat in rule.seats} - three) is Outcome.BLOCKED
    assert outcome(rule, {seat.actor_id for seat in rule.seats} - {"FRA", "GBR"}) is Outcome.ADOPTED


@pytest.mark.published("Treaty of Nice, Protocol on enlargement, Article 3(1): votes cast by a majority of the members")
def test_twelve_of_25_members_with_votes_enough_do_not_adopt_and_thirteen_do() -> None:
    day = date(2005, 1, 1)
    by_votes = sorted(votes(day), key=votes(day).__getitem__, reverse=True)
    assert sum(votes(day)[state] for state in by_votes[:12]) >= 232
    assert outcome(council("eu-council", day), by_votes[:12]) is Outcome.BLOCKED
    assert outcome(council("eu-council", day), by_votes[:13]) is Outcome.ADOPTED


@pytest.mark.published(
    "TEU (2012), Article 16(4) and Protocol (No 36), Article 3: the double majority from 1 November 2014"
)
def test_the_double_majority_begins_in_november_2014_and_the_old_votes_may_be_asked_for_until_march_2017() -> None:
    day = date(2014, 11, 1)
    assert registry().body_rule("EU", day - timedelta(days=1)) == "eu-weighted-votes"
    assert registry().body_rule("EU", day) == "eu-qualified-majority"
    assert set(votes(day).values()) == {1}
    for last, asked in ((date(2014, 11, 1), True), (date(2017, 3, 31), True), (date(2017, 4, 1), False)):
        seats = registry().seats("EU", last)
        assert ("weighted votes" in dict(seats[0].weights)) is asked
    on_request = RULES["eu-weighted-votes"](registry().seats("EU", date(2017, 3, 31)))
    assert on_request.thresholds[0].share == Fraction(260, 352)
    with pytest.raises(BadQuota, match="the votes given add up to 28"):
        RULES["eu-weighted-votes"](registry().seats("EU", date(2017, 4, 1)))


@pytest.mark.published("Council Decision 2013/746/EU, OJ L 333, 12.12.2013, p. 77: populations of 2014, in thousands")
@pytest.mark.parametrize(
    ("state", "thousands"),
    [
        ("DEU", 80523.7), ("FRA", 65633.2), ("GBR", 63730.1), ("ITA", 59685.2), ("ESP", 46704.3), ("POL", 38533.3),
        ("ROU", 20057.5), ("NLD", 16779.6), ("BEL", 11161.6), ("GRC", 11062.5), ("CZE", 10516.1), ("PRT", 10487.3),
        ("HUN", 9908.8),
    ],
)  # fmt: skip
def test_a_member_had_the_population_of_the_official_journal(state: str, thousands: float) -> None:
    seats = {seat.actor_id: seat for seat in registry().seats("EU", date(2014, 6, 1))}
    assert seats[ActorId(state)].weight("population") == round(1000 * thousands)


@pytest.mark.published(
    "Eurostat, population on 1 January 2008 to 2013: Belgium had more people than Portugal since then"
)
@pytest.mark.parametrize("year", range(2009, 2015))
def test_belgium_stands_before_portugal_since_2009(year: int) -> None:
    seats = {seat.actor_id: seat.weight("population") for seat in registry().seats("EU", date(year, 6, 1))}
    assert seats[ActorId("BEL")] > seats[ActorId("PRT")]


@pytest.mark.published("UN Charter, Article 27(3), as signed in 1945: seven members, permanent ones concurring")
def test_the_council_of_eleven_needs_seven_and_no_permanent_no() -> None:
    rule = council("unsc", date(1955, 12, 13))
    assert rule.id == "unsc-seven-votes"
    permanent = {seat.actor_id for seat in rule.seats if seat.veto}
    elected = sorted(seat.actor_id for seat in rule.seats if not seat.veto)
    assert permanent == {"TWN", "FRA", "GBR", "SUN", "USA"}
    assert outcome(rule, permanent | set(elected[:2])) is Outcome.ADOPTED
    assert outcome(rule, permanent | set(elected[:1])) is Outcome.BLOCKED
    assert outcome(rule, (permanent - {"SUN"}) | set(elected)) is Outcome.BLOCKED
    abstaining = {seat.actor_id: Vote.YES for seat in rule.seats} | {ActorId("SUN"): Vote.ABSTAIN}
    assert rule.outcome(abstaining) is Outcome.ADOPTED


def test_the_council_of_fifteen_begins_in_1966() -> None:
    assert registry().body_rule("unsc", date(1965, 12, 31)) == "unsc-seven-votes"
    assert registry().body_rule("unsc", date(1966, 1, 1)) == "unsc-substantive"
    assert council("unsc", date(1966, 1, 1)).least_yes == 9


def test_eleven_seats_without_a_veto_are_no_security_council() -> None:
    seats = tuple(Seat(actor_id=ActorId(f"S{number}"), name=f"S{number}") for number in range(11))
    with pytest.raises(BadQuota, match="had 11 members before 1966"):
        RULES["unsc-seven-votes"](seats)
