"""`winset power`: how much a rule lets each member decide."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset


def told(ended: Ended) -> dict[str, Any]:
    assert (ended.status, ended.err) == (0, "")
    found: dict[str, Any] = json.loads(ended.out)
    return found


def values(found: dict[str, Any], index: str) -> dict[str, Any]:
    (one,) = [each for each in found["indices"] if each["id"] == index]
    return {member["name"]: member.get("exact") or member["value"] for member in one["members"]}


def test_a_game_in_a_line(winset: Winset) -> None:
    ended = winset("power", "[39; 7x5, 1x10]")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "[39; 7x5, 1x10]",
        "Winning coalitions: 848 of 32,768; power to act 0.0258789",
        "member               shapley-shubik   banzhaf   penrose  coleman-prevent  coleman-initiate",
        "5 players, 1 to 5          0.196270  0.166929  0.051758         1.000000          0.026566",
        "10 players, 6 to 15        0.001865  0.016535  0.005127         0.099057          0.002632",
    ]


def test_exact_fractions_and_swings_in_json(winset: Winset) -> None:
    found = told(winset("power", "[39; 7x5, 1x10]", "--json"))
    assert (found["winning"], found["coalitions"], found["swings"]["player 15"]) == ("848", "32768", "84")
    assert values(found, "shapley-shubik")["player 1"] == "421/2145"
    assert values(found, "coleman-prevent")["player 15"] == "21/212"


def test_named_players_and_chosen_indices(winset: Winset) -> None:
    game = "[12; DE=4, FR=4, IT=4, BE=2, NL=2, LU=1]"
    found = told(winset("power", game, "--index", "banzhaf,holler", "--index", "deegan-packel", "--json"))
    assert [each["id"] for each in found["indices"]] == ["banzhaf", "holler", "deegan-packel"]
    assert values(found, "banzhaf") == {"DE": "5/21", "FR": "5/21", "IT": "5/21", "BE": "1/7", "NL": "1/7", "LU": "0"}


def test_a_body_on_a_day_by_its_own_rule(winset: Winset) -> None:
    lines = winset("power", "--body", "eu-council", "--on", "2019-01-01").out.splitlines()
    assert "2019-01-01: 28 members" in lines[0]
    assert lines[1].startswith("Rule: a qualified majority")
    assert lines[4].startswith("Germany ")  # the most powerful first
    assert lines[-1].startswith("Malta ")


def test_a_body_by_another_rule_and_by_words(winset: Winset) -> None:
    asked = ("power", "--body", "unsc", "--on", "2023-03-01", "--index", "penrose", "--json", "--rule")
    assert set(values(told(winset(*asked, "unsc-procedural")), "penrose").values()) == {"3003/16384"}
    assert set(values(told(winset(*asked, "more than 1/2 of members")), "penrose").values()) == {"429/2048"}


def test_with_abstention(winset: Winset) -> None:
    found = told(winset("power", "--body", "unsc", "--on", "2023-03-01", "--ternary", "--json"))
    assert (found["adopting"], found["divisions"]) == ("146796", "14348907")
    assert [each["id"] for each in found["indices"]] == [
        "ternary-shapley-shubik",
        "ternary-banzhaf",
        "ternary-penrose",
    ]
    lines = winset("power", "--body", "unsc", "--on", "2023-03-01", "--ternary").out.splitlines()
    assert lines[2].startswith("With abstention: 146,796 of 14,348,907 divisions adopt")


def test_an_estimate_is_named_one(winset: Winset) -> None:
    ended = winset("power", "[3; 2, 1, 1]", "--samples", "2000", "--seed", "7")
    assert ended.status == 0
    assert "Estimates from random draws" in ended.out
    assert " ± " in ended.out
    found = told(winset("power", "[3; 2, 1, 1]", "--samples", "2000", "--seed", "7", "--json"))
    assert all(each["estimate"] for each in found["indices"])
    assert "winning" not in found


def test_a_chart(winset: Winset, folder: Path) -> None:
    ended = winset("power", "[3; A=2, B=1, C=1]", "-o", "power.svg")
    assert ended.out.splitlines()[-1] == "chart: power.svg"
    words = re.findall("<text [^>]*>([^<]*)</text>", (folder / "power.svg").read_text(encoding="utf-8"))
    assert words == ["[3; A=2, B=1, C=1]: shapley-shubik", "A", "0.6667", "B", "0.1667", "C", "0.1667"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "nothing to measure"),
        (["[20; 7x5, 1x10]"], "could both pass"),
        (["[60; 7x5, 1x10]"], "nothing reaches it"),
        (["[39; 7x5, -1x10]"], "allowed is 0 or more"),
        (["[39; 7x5, 1x10"], "cannot read"),
        (["[3; 2, 1, 1] and [3; 1, 1, 1, 1]"], "4 weights for 3 members"),
        (["[3; 2, 1, 1]", "--body", "nato"], "leave out --body"),
        (["[3; 2, 1, 1]", "--on", "2020-01-01"], "leave out --on"),
        (["[3; 2, 1, 1]", "--index", "banzaf"], "did you mean 'banzhaf'"),
        (["[3; 2, 1, 1]", "--index", "banzhaf,"], "an empty name"),
        (["[3; 2, 1, 1]", "--samples", "0"], "allowed is 1 or more"),
        (["[3; 2, 1, 1]", "--samples", "9", "--index", "holler"], "--samples with holler"),
        (["[3; 2, 1, 1]", "--samples", "9", "--ternary"], "--samples with --ternary"),
        (["[3; 2, 1, 1]", "-o", "power.png"], "end its name with .svg"),
        (["--body", "nattoo"], "did you mean 'nato'"),
        (["--body", "nato", "--on", "Tuesday"], "write YYYY"),
        (["--body", "nato", "--rule", "consenus"], "did you mean"),
        (["--body", "nato", "--rule", "65% of population"], "has no 'population'"),
        (["--body", "g77", "--on", "2023-11-30"], "no rule of its own"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_one_line(winset: Winset, arguments: list[str], words: str) -> None:
    ended = winset("power", *arguments)
    assert (ended.status, ended.out) == (2, "")
    (line,) = ended.complaints
    assert words in line
