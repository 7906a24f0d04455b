"""`winset positions`: where everybody stands, as a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import STATED

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset


def told(ended: Ended) -> dict[str, Any]:
    assert ended.status == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_a_table_of_who_stands_where(winset: Winset, reports: Path) -> None:
    ended = winset("positions", reports, *STATED)
    assert (ended.status, ended.err) == (0, "")
    head, *rows = ended.out.splitlines()
    assert head.split()[:4] == ["actor", "position", "90%", "interval"]
    assert any(row.startswith("France") for row in rows)
    assert any(row.startswith("China") and row.endswith("no vote") for row in rows)


def test_json_has_for_each_value_its_error_and_its_sources(winset: Winset, reports: Path) -> None:
    found = told(winset("positions", reports, *STATED, "--json"))
    france = next(row for row in found["positions"] if row["actor_id"] == "FRA")
    assert france["value"] < 50
    assert france["low"] <= france["value"] <= france["high"]
    assert france["std_error"] > 0
    assert 0 < france["salience"] < 1
    assert (france["member"], france["assumed"], france["method"]) == (True, None, "normal-shrinkage")
    assert france["statements"] >= france["origins"] >= 1


def test_csv_has_the_same_rows(winset: Winset, reports: Path) -> None:
    ended = winset("positions", reports, *STATED, "--csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    found = told(winset("positions", reports, *STATED, "--json"))
    assert [row["actor_id"] for row in rows] == [row["actor_id"] for row in found["positions"]]
    assert float(rows[0]["value"]) == found["positions"][0]["value"]


@pytest.mark.parametrize("estimator", ["normal-shrinkage", "weighted-mean", "logit-scale"])
def test_any_estimator_may_be_asked_for(winset: Winset, reports: Path, estimator: str) -> None:
    found = told(winset("positions", reports, *STATED, "--estimator", estimator, "--json"))
    assert {row["method"] for row in found["positions"]} == {estimator}


@pytest.mark.parametrize("verb", ["positions", "network"])
def test_the_stance_method_may_be_chosen(winset: Winset, reports: Path, verb: str) -> None:
    assert winset(verb, reports, *STATED, "--stance", "lexicon").status == 0
    refused = winset(verb, reports, *STATED, "--stance", "tea-leaves")
    assert refused.status == 2
    assert "tea-leaves" in refused.complaints[0]


def test_as_of_a_day_only_what_was_said_by_then_counts(winset: Winset, reports: Path) -> None:
    ended = winset("positions", reports, *STATED, "--as-of", "2023-07-03", "--json")
    actors = {row["actor_id"] for row in told(ended)["positions"]}
    assert "FRA" in actors
    assert "DEU" not in actors
    (complaint,) = ended.complaints
    assert complaint.startswith("--as-of 2023-07-03: ")


def test_members_that_say_nothing_are_shown_as_assumed_where_asked_for(winset: Winset, reports: Path) -> None:
    found = told(winset("positions", reports, *STATED, "--silent", "--json"))
    norway = next(row for row in found["positions"] if row["actor_id"] == "NOR")
    assert norway["assumed"].startswith("nothing on record")
    assert norway["statements"] == 0


def test_over_time_has_a_row_for_each_day(winset: Winset, reports: Path) -> None:
    found = told(winset("positions", reports, *STATED, "--over-time", "--json"))
    assert len(found["positions"]) == len({(row["actor_id"], row["as_of"]) for row in found["positions"]})
    assert found["shifts"] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--estimator", "logit"], "logit-scale"),
        (["--as-of", "July"], "YYYY-MM-DD"),
        (["--json", "--csv"], "leave one out"),
        (["--over-time", "--silent"], "leave out"),
    ],
)
def test_what_is_not_allowed_is_refused_in_one_line(
    winset: Winset, reports: Path, options: list[str], words: str
) -> None:
    ended = winset("positions", reports, *STATED, *options)
    assert (ended.status, ended.out) == (2, "")
    (complaint,) = ended.complaints
    assert words in complaint


def test_nothing_to_decide_is_refused(winset: Winset, reports: Path) -> None:
    ended = winset("positions", reports)
    assert ended.status == 2
    assert "--proposal" in ended.complaints[0]


def test_the_brief_takes_the_same_options(winset: Winset, reports: Path) -> None:
    ended = winset("brief", reports, *STATED, "--estimator", "weighted-mean", "--as-of", "2023-07-03", "--json", "-")
    found = told(ended)
    assert {row["method"] for row in found["positions"]} == {"weighted-mean"}
    assert "--estimator weighted-mean --as-of 2023-07-03" in json.dumps(found["run"])
