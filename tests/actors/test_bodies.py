"""Bodies: what holds of every table, and what is refused."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from winset.actors.bodies import memberships, population, shipped_bodies
from winset.actors.registry import registry
from winset.actors.tables import rows
from winset.actors.types import Membership
from winset.decisions.rules import RULES
from winset.errors import BadCase, NotYetFounded
from winset.exchange.case_files import read_case
from winset.ids import ActorId
from winset.pipeline.stating import stated

BODIES = [body.key for body in shipped_bodies()]


def test_every_member_partner_and_group_of_the_tables_is_in_the_registry() -> None:
    known = registry().actors
    assert set(memberships()) <= set(known)
    named = {role.body for roles in memberships().values() for role in roles}
    assert named - set(registry().bodies) <= set(known)


def test_no_membership_ends_before_it_begins_and_none_overlaps_itself() -> None:
    for actor, roles in memberships().items():
        spells: dict[tuple[str, str], list[Membership]] = defaultdict(list)
        for role in roles:
            spells[role.body, role.role].append(role)
        for (body, _), entries in spells.items():
            ends = [(entry.start or date.min, entry.end or date.max) for entry in entries]
            assert all(start <= end for start, end in ends), (actor, body)
            ends.sort()
            assert all(one[1] < next_one[0] for one, next_one in pairwise(ends)), (actor, body)


def test_no_state_is_a_member_after_its_end() -> None:
    # dissolved in April 1992; on the roster until it was suspended in July, and until 2000
    on_the_roster = {("YUG", "osce"), ("YUG", "un-general-assembly")}
    for actor in registry().actors.values():
        for role in actor.memberships:
            if actor.until and (actor.id, role.body) not in on_the_roster:
                assert role.end is not None, (actor.id, role)
                assert role.end <= actor.until, (actor.id, role)


@pytest.mark.parametrize("key", BODIES)
def test_a_body_seats_its_members_on_its_first_day_covered_and_decides_by_its_rule(key: str) -> None:
    body = registry().bodies[key]
    first = max(body.founded, date(1946, 1, 12)) if key == "unsc" else body.founded
    for day in (first, date(2013, 1, 1) if key == "g8" else date(2025, 11, 10)):
        seats = registry().seats(key, day)
        assert RULES[registry().body_rule(key, day)](seats).seats == seats
    with pytest.raises(NotYetFounded):
        registry().seats(key, date(1940, 1, 1))


@pytest.mark.parametrize("key", BODIES)
def test_no_two_bodies_share_a_name(key: str) -> None:
    body = registry().bodies[key]
    for name in (body.key, body.name, *body.aliases):
        assert registry().body(name) == body, name


@pytest.mark.parametrize(("body", "table"), [("nato", "nato_members.csv"), ("eu-council", "eu_members.csv")])
def test_the_days_of_accession_are_those_of_another_table(body: str, table: str, shared: Path) -> None:
    with (shared / "data" / "actors" / "igo" / table).open(encoding="utf-8", newline="") as lines:
        other = {row["iso3"]: (date.fromisoformat(row["joined"]), row["left"]) for row in csv.DictReader(lines)}
    ours = {
        actor: role
        for actor, roles in memberships().items()
        for role in roles
        if (role.body, role.role) == (body, "member")
    }
    assert {actor: (role.start, str(role.end or "")) for actor, role in ours.items()} == other


def test_who_joined_or_left_on_a_day_was_not_or_was_a_member_the_day_before() -> None:
    for actor, roles in memberships().items():
        for role in roles:
            for day, inside in ((role.start, True), (role.end and role.end + timedelta(days=1), False)):
                if day is None or "member" not in role.role:
                    continue
                on_the_day = any(
                    each.holds_on(day) for each in roles if (each.body, each.role) == (role.body, role.role)
                )
                assert on_the_day is inside, (actor, role)


def test_every_past_rule_names_its_source(project: Path) -> None:
    keys = re.findall(r"^@\w+\{([^,\s]+),", (project / "docs" / "bibliography.bib").read_text(encoding="utf-8"), re.M)
    assert {row["source"] for row in rows("organisations/body_rules.csv")} <= set(keys)


def test_past_rules_do_not_overlap_and_are_rules() -> None:
    for body in shipped_bodies():
        past = sorted(body.past_rules, key=lambda rule: rule.start)
        assert all(one.end < next_one.start for one, next_one in pairwise(past))
        assert {rule.rule for rule in past} <= {rule.id for rule in RULES}


@pytest.mark.parametrize(
    ("body", "on", "rule"),
    [
        ("EU", "2010-05-01", "eu-weighted-votes"),
        ("EU", "2014-10", "eu-weighted-votes"),
        ("EU", "2014-11", "eu-qualified-majority"),
        ("unsc", "1965", "unsc-seven-votes"),
        ("nato", "1960", "consensus-silence"),
        ("osce", "2023-11-30", "osce-consensus"),
        ("wto", "2023-11-30", "wto-consensus"),
        ("unfccc", "2010-12-11", "unfccc-consensus"),
        ("african-union", "2023-11-30", "african-union"),
    ],
)
def test_a_case_of_a_day_is_decided_by_the_rule_of_that_day(body: str, on: str, rule: str) -> None:
    assert stated(proposal="open the talks", body=body, on=on).issue.rule == rule


def test_a_case_file_of_2010_gets_the_rule_of_2010() -> None:
    spec = read_case("proposal: open the talks\nbody: EU\non: 2010-05-01\n", name="case.yaml")
    assert spec.issue.rule == "eu-weighted-votes"


@pytest.mark.parametrize("day", [date(1945, 12, 1), date(2027, 6, 1)])
def test_a_security_council_not_known_in_full_is_refused(day: date) -> None:
    with pytest.raises(BadCase, match=rf"of {day} are not shipped: take a date from 1946-01-12 to 2026-12-31"):
        registry().seats("unsc", day)


def test_a_population_is_that_of_the_year_or_of_the_nearest_earlier_one() -> None:
    belgium = ActorId("BEL")
    assert population(belgium, date(2003, 12, 31)) is None
    assert population(belgium, date(2005, 6, 1)) == population(belgium, date(2004, 6, 1)) == 10_396_400
    assert population(belgium, date(2015, 6, 1)) == population(belgium, date(2014, 1, 1)) == 11_161_600
    assert population(belgium, date(2024, 1, 1)) == population(belgium, date(2016, 1, 1)) == 11_258_434


def test_the_members_of_an_organisation_are_those_of_its_bodies() -> None:
    day = date(2023, 7, 11)
    assert registry().members(ActorId("eu"), day) == {seat.actor_id for seat in registry().seats("eu-council", day)}
    assert len(registry().members(ActorId("un"), day)) == 193


def test_a_group_that_did_not_meet_for_years_had_no_members_then() -> None:
    quad = ActorId("quad")
    assert [len(registry().members(quad, date(year, 12, 31))) for year in (2007, 2012, 2017)] == [4, 0, 4]
