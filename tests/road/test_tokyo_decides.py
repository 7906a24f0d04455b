"""What the rule makes of the founding case: blocked by whom, what Germany changes, what survives, what France needs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RunWinset = Callable[..., "subprocess.CompletedProcess[str]"]
QUESTION = ("--proposal", "Open a NATO liaison office in Tokyo", "--body", "nato", "--on", "2023-07-11")

VARIED = (0, 25, 50, 75, 100)
EXAMPLE, SEEDS = "the shipped example", "five published texts"


@pytest.fixture(scope="module", params=[EXAMPLE, SEEDS])
def decided(
    request: pytest.FixtureRequest, run_winset: RunWinset, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The answer as given, and with Germany put anywhere on the scale."""
    if request.param == EXAMPLE:
        source = project / "examples" / "tokyo-office" / "case.yaml"
    else:
        shared = request.getfixturevalue("shared")
        source = tmp_path_factory.mktemp("case") / "tokyo.winset"
        for line in (
            ("new", source, *QUESTION, "--option", "contact point embassy=20"),
            ("add", source, shared / "seeds"),
        ):
            done = run_winset(*line)
            assert done.returncode == 0, done.stderr
    done = run_winset("decide", source, "--what-if", "Germany=0..100", "--json", "--draws", "5000")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def only(answer: dict[str, Any]) -> dict[str, Any]:
    [issue] = answer["issues"]
    found: dict[str, Any] = issue
    return found


def test_it_is_blocked_by_france_whose_objection_is_enough(decided: dict[str, Any]) -> None:
    answer = only(decided)
    assert (answer["outcome"], answer["probability"] > 0.9) == ("blocked", True)
    first = answer["blockers"][0]
    assert (first["actor"], first["alone"], first["probability"] > 0.9) == ("France", True, True)
    assert "China" not in {blocker["actor"] for blocker in answer["blockers"]}


def test_wherever_germany_stands_it_stays_blocked_and_only_the_second_objection_changes(
    decided: dict[str, Any],
) -> None:
    answers = [only(answer) for answer in decided["what_if"]]
    assert [answer["what_if"] for answer in decided["what_if"]] == [f"Germany={value}" for value in VARIED]
    assert {answer["outcome"] for answer in answers} == {"blocked"}
    objects = [{blocker["actor"] for blocker in answer["blockers"]} for answer in answers]
    assert ["Germany" in names for names in objects] == [True, True, False, False, False]
    after = [_if_france_let_it_pass(answer) for answer in answers]
    assert max(after[:2]) < 0.05  # then it is Germany that decides
    assert min(after[2:]) > 0.5


def _if_france_let_it_pass(answer: dict[str, Any]) -> float:
    return float(next(hinge["adopted_if_yes"] for hinge in answer["hinges"] if hinge["actor"] == "France"))


def test_the_contact_point_survives_longest(decided: dict[str, Any]) -> None:
    options = {option["option"]: option for option in only(decided)["options"]}
    assert options["contact point embassy"]["objectors"] == []
    best = max(options.values(), key=lambda option: float(option["probability"]))
    assert best["option"] == "contact point embassy"


def test_what_france_would_need_is_told(decided: dict[str, Any]) -> None:
    france = only(decided)["blockers"][0]
    ways = {consent["way"]: consent for consent in france["consents"]}
    assert set(ways) == {"abstain", "move"}
    assert ways["move"]["to"] == france["consents_up_to"]
    assert 20 <= ways["move"]["to"] <= 50
    assert ways["move"]["points"] == pytest.approx(100 - ways["move"]["to"])
    steps = only(decided)["concessions"]
    assert steps[0]["chance"] == 0.5
    assert 0 < steps[0]["to"] < ways["move"]["to"] + 5


def test_the_forecast_says_that_its_error_is_borrowed(decided: dict[str, Any]) -> None:
    forecast = only(decided)["forecast"]
    if forecast is None:
        pytest.fail("two members are on record, so there is a forecast")
    assert forecast["borrowed"]
    assert "No decision under consensus" in forecast["note"]
    assert forecast["error"] < forecast["error_of_midpoint"]
