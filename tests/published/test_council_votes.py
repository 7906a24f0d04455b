"""The weighted votes of the Council and of the Security Council of eleven, against the texts that lay them down."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest

from winset.actors.registry import registry
from winset.decisions.council_votes import QUOTAS
from winset.decisions.rule import DecisionRule
from winset.decisions.rules import RULES
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
    assert rule.ways[0][0].share == Fraction(quota, whole)
    assert whole - QUOTAS[whole] + 1 == blocking
    assert len(rule.ways[0]) == (3 if whole >= 321 else 1)


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
    assert on_request.ways[0][0].share == Fraction(260, 352)
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
    "Council Decision (EU, Euratom) 2015/2393, OJ L 332, 18.12.2015, p. 133; Agence Europe, bulletin 11449, "
    "10 December 2015: the Union's total and the share of each member in per cent"
)
def test_the_populations_of_2016_add_up_to_the_total_and_have_the_shares_that_were_reported() -> None:
    shares = {
        "DEU": "15.93", "FRA": "13.04", "GBR": "12.73", "ITA": "12.07", "ESP": "9.12", "POL": "7.47", "ROU": "3.90",
        "NLD": "3.37", "BEL": "2.21", "GRC": "2.13", "CZE": "2.05", "PRT": "2.04", "HUN": "1.94", "SWE": "1.92",
        "AUT": "1.69", "BGR": "1.42", "DNK": "1.11", "FIN": "1.08", "SVK": "1.06", "IRL": "0.91", "HRV": "0.83",
        "LTU": "0.57", "SVN": "0.41", "LVA": "0.39", "EST": "0.26", "CYP": "0.17", "LUX": "0.11", "MLT": "0.08",
    }  # fmt: skip
    people = {seat.actor_id: seat.weight("population") for seat in registry().seats("EU", date(2016, 6, 1))}
    whole = sum(people.values())
    assert whole == 508_940_955
    assert {state: f"{100 * number / whole:.2f}" for state, number in people.items()} == shares


@pytest.mark.published(
    "Council Decision amending its Rules of Procedure for 2006, as printed by dirittoue.info, in thousands"
)
def test_the_populations_of_2006_are_those_of_the_decision() -> None:
    printed = {
        "DEU": 82500.8, "FRA": 62370.8, "GBR": 60063.2, "ITA": 58462.4, "ESP": 43038.0, "POL": 38173.8, "NLD": 16305.5,
        "GRC": 11073.0, "PRT": 10529.3, "BEL": 10445.9, "CZE": 10220.6, "HUN": 10097.5, "SWE": 9011.4, "AUT": 8206.5,
        "DNK": 5411.4, "SVK": 5384.8, "FIN": 5236.6, "IRL": 4109.2, "LTU": 3425.3, "LVA": 2306.4, "SVN": 1997.6,
        "EST": 1347.0, "CYP": 749.2, "LUX": 455.0, "MLT": 402.7,
    }  # fmt: skip
    people = {seat.actor_id: seat.weight("population") for seat in registry().seats("EU", date(2006, 6, 1))}
    assert people == {state: round(1000 * thousands) for state, thousands in printed.items()}
    assert abs(sum(people.values()) - 461_324_000) <= 100  # the total printed, rounded on its own


@pytest.mark.published(
    "CVCE (2016), Evolution of qualified majority voting in the Council, table 1: all members, all dates"
)
def test_every_member_had_the_votes_of_the_table_in_every_period() -> None:
    table = {
        "BEL": (2, 5, 5, 5, 5, 5, 12, 12), "NLD": (2, 5, 5, 5, 5, 5, 13, 13), "LUX": (1, 2, 2, 2, 2, 2, 4, 4),
        "FRA": (4, 10, 10, 10, 10, 10, 29, 29), "DEU": (4, 10, 10, 10, 10, 10, 29, 29),
        "ITA": (4, 10, 10, 10, 10, 10, 29, 29), "GBR": (0, 10, 10, 10, 10, 10, 29, 29),
        "DNK": (0, 3, 3, 3, 3, 3, 7, 7), "IRL": (0, 3, 3, 3, 3, 3, 7, 7), "GRC": (0, 0, 5, 5, 5, 5, 12, 12),
        "ESP": (0, 0, 0, 8, 8, 8, 27, 27), "PRT": (0, 0, 0, 5, 5, 5, 12, 12), "SWE": (0, 0, 0, 0, 4, 4, 10, 10),
        "FIN": (0, 0, 0, 0, 3, 3, 7, 7), "AUT": (0, 0, 0, 0, 4, 4, 10, 10), "POL": (0, 0, 0, 0, 0, 8, 27, 27),
        "ROU": (0, 0, 0, 0, 0, 0, 0, 14), "HUN": (0, 0, 0, 0, 0, 5, 12, 12), "CZE": (0, 0, 0, 0, 0, 5, 12, 12),
        "BGR": (0, 0, 0, 0, 0, 0, 0, 10), "LTU": (0, 0, 0, 0, 0, 3, 7, 7), "SVK": (0, 0, 0, 0, 0, 3, 7, 7),
        "CYP": (0, 0, 0, 0, 0, 2, 4, 4), "EST": (0, 0, 0, 0, 0, 3, 4, 4), "LVA": (0, 0, 0, 0, 0, 3, 4, 4),
        "SVN": (0, 0, 0, 0, 0, 3, 4, 4), "MLT": (0, 0, 0, 0, 0, 2, 3, 3),
    }  # fmt: skip
    days = (
        date(1958, 1, 1), date(1973, 1, 1), date(1981, 1, 1), date(1986, 1, 1), date(1995, 1, 1), date(2004, 5, 1),
        date(2004, 11, 1), date(2007, 1, 1),
    )  # fmt: skip
    for column, day in enumerate(days):
        assert votes(day) == {state: row[column] for state, row in table.items() if row[column]}, day


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
    assert council("unsc", date(1966, 1, 1)).ways[0][0].quota(15) == 9


def test_eleven_seats_without_a_veto_are_no_security_council() -> None:
    seats = tuple(Seat(actor_id=ActorId(f"S{number}"), name=f"S{number}") for number in range(11))
    with pytest.raises(BadQuota, match="had 11 members before 1966"):
        RULES["unsc-seven-votes"](seats)
