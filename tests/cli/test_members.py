"""`winset members`: who sits where on a day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset


def told(ended: Ended) -> dict[str, Any]:
    assert (ended.status, ended.err) == (0, "")
    found: dict[str, Any] = json.loads(ended.out)
    return found


@pytest.mark.parametrize(("day", "count"), [("2023-04-03", 30), ("2023-04-04", 31), ("2024-03-07", 32)])
def test_nato_on_the_days_of_its_last_accessions(winset: Winset, day: str, count: int) -> None:
    found = told(winset("members", "nato", "--on", day, "--json"))
    assert (found["key"], found["on"], len(found["members"])) == ("nato", day, count)


def test_names_first_days_and_the_rule_with_its_source(winset: Winset) -> None:
    ended = winset("members", "NATO", "--on", "2023-04-04")
    assert (ended.status, ended.err) == (0, "")
    head, rule, *members = ended.out.splitlines()
    assert "2023-04-04: 31 members" in head
    assert rule.startswith("Rule: ")
    assert rule.endswith("]")
    assert any(line.split()[:2] == ["FIN", "Finland"] and "since 2023-04-04" in line for line in members)
    assert not any("Sweden" in line for line in members)


def test_vetoes_of_the_security_council(winset: Winset) -> None:
    members = told(winset("members", "unsc", "--on", "2023-03-01", "--json"))["members"]
    assert len(members) == 15
    assert {each["actor_id"] for each in members if each["veto"]} == {"CHN", "FRA", "GBR", "RUS", "USA"}
    assert sum(line.endswith("veto") for line in winset("members", "unsc", "--on", "2023-03-01").out.splitlines()) == 5


def test_weights_of_the_council_of_the_eu(winset: Winset) -> None:
    members = told(winset("members", "eu", "--on", "2012-01-01", "--json"))["members"]
    assert len(members) == 27
    assert all(each["weights"]["population"] > 0 for each in members)


@pytest.mark.parametrize(
    ("day", "rule"), [("1970-01-01", "eu-weighted-votes"), ("2014-11-01", "eu-qualified-majority")]
)
def test_the_rule_is_that_of_the_day(winset: Winset, day: str, rule: str) -> None:
    assert told(winset("members", "eu", "--on", day, "--json"))["rule"]["id"] == rule


def test_votes_of_the_day(winset: Winset) -> None:
    lines = winset("members", "eu", "--on", "1970-01-01").out.splitlines()
    assert [line.split()[-2:] for line in lines if "Germany" in line or "Luxembourg" in line] == [
        ["4", "votes"],
        ["1", "vote"],
    ]


def test_partners_only_where_asked_for(winset: Winset) -> None:
    assert "partners" not in told(winset("members", "nato", "--on", "2023-07-11", "--json"))
    found = told(winset("members", "nato", "--on", "2023-07-11", "--partners", "--json"))
    formats = {each["actor_id"]: each["formats"] for each in found["partners"]}
    assert "Indo-Pacific Four" in formats["JPN"]
    assert "FRA" not in formats
    lines = winset("members", "nato", "--on", "2023-07-11", "--partners").out.splitlines()
    assert any(line.startswith("  JPN ") and "Indo-Pacific Four" in line for line in lines)


def test_a_group_has_members_and_no_rule(winset: Winset) -> None:
    found = told(winset("members", "AUKUS", "--on", "2023-07-11", "--json"))
    assert (found["rule"], found["source"]) == (None, None)
    assert [each["name"] for each in found["members"]] == ["Australia", "United Kingdom", "United States"]
    assert "Rule" not in winset("members", "weimar", "--on", "2023-07-11").out


def test_without_a_day_it_is_today(winset: Winset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577880000")  # noon of 1 January 2020
    found = told(winset("members", "nato", "--json"))
    assert (found["on"], len(found["members"])) == ("2020-01-01", 29)


def test_a_body_of_ones_own(winset: Winset, folder: Path) -> None:
    own = """kind,name,id,body,start,rule
body,Harbour Board,harbour-board,,,simple-majority
state,Ruritania,RUR,Harbour Board,1990,
,France,,Harbour Board,1995,
"""
    (folder / "own.csv").write_text(own, encoding="utf-8")
    asked = ("members", "Harbour Board", "--registry", "own.csv", "--json", "--on")
    found = told(winset(*asked, "1996-01-01"))
    assert [each["name"] for each in found["members"]] == ["France", "Ruritania"]
    assert found["rule"]["id"] == "simple-majority"
    assert [each["name"] for each in told(winset(*asked, "1994-12-31"))["members"]] == ["Ruritania"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nato", "--on", "1939-09-01"], "founded on 1949"),
        (["aukus", "--on", "1939-09-01"], "begins on 2021-09-15"),
        (["natto", "--on", "2023-07-11"], "did you mean"),
        (["France", "--on", "2023-07-11"], "France is a state"),
        (["nato", "--on", "Tuesday"], "write YYYY"),
        (["nato", "--on", ""], "write YYYY"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(winset: Winset, arguments: list[str], words: str) -> None:
    ended = winset("members", *arguments)
    assert (ended.status, ended.out) == (2, "")
    (line,) = ended.complaints
    assert words in line
