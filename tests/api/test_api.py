"""The Python API: frames in, frames of the same library out, the same answers and messages as the command line."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair
import pandas as pd
import polars as pl
import pytest

import winset.api as ws
from winset.errors import BadCase, BadTable, NotConfigured, UnknownMethod, WinsetError

ROWS: list[dict[str, Any]] = [
    {"actor": "Ruritania", "issue": "mesh", "position": 80.0, "salience": 0.5, "capability": 4, "std_error": 5},
    {"actor": "Sylvania", "issue": "mesh", "position": 20.0, "salience": 1.0, "capability": 3, "std_error": 5},
    {"actor": "Borduria", "issue": "mesh", "position": 60.0, "salience": 0.25, "capability": 1, "std_error": 5},
]
LIBRARIES: list[Callable[[Any], Any]] = [pd.DataFrame, pl.DataFrame, list]
SETTINGS: dict[str, Any] = {"rule": "consensus", "proposal": 90, "status_quo": 10, "draws": 300}
TABLES = "summary positions blockers consents options hinges concessions models packages assumptions".split()


def rows_of(table: Any) -> list[dict[str, Any]]:
    """A table of any library as dicts."""
    if isinstance(table, pd.DataFrame):
        return [dict(row) for row in table.to_dict("records")]
    return list(table.to_dicts()) if isinstance(table, pl.DataFrame) else list(table)


@pytest.mark.parametrize("library", LIBRARIES)
def test_tables_come_back_in_the_library_they_came_in(library: Callable[[Any], Any]) -> None:
    frame = library(ROWS)
    decision = ws.decide(frame, **SETTINGS)
    for table in TABLES:
        assert type(getattr(decision, table)()) is type(frame), table
    (row,) = rows_of(decision.summary())
    assert (row["issue"], row["outcome"], row["winset_high"]) == ("mesh", "blocked", 30.0)
    assert [row["actor"] for row in rows_of(decision.blockers())] == ["Sylvania"]
    assert str(decision) == "mesh: blocked, over 99%"


def test_every_library_gives_the_answer_of_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    pd.DataFrame(ROWS).to_csv(path, index=False)
    answers = [ws.decide(frame, **SETTINGS).as_dict()["issues"][0] for frame in (*(f(ROWS) for f in LIBRARIES), path)]
    for answer in answers:
        del answer["run_id"], answer["positions"]  # they name the table
    assert all(answer == answers[0] for answer in answers)


def test_what_ifs_are_told_by_a_column() -> None:
    decision = ws.decide(
        pl.DataFrame(ROWS), what_if=[{"Sylvania": 80}, {"Sylvania.salience": 0.1, "cost": 9}], **SETTINGS
    )
    summary = decision.summary()
    assert summary["what_if"].to_list() == ["as given", "Sylvania=80", "Sylvania.salience=0.1; cost=9"]
    assert summary["outcome"].to_list() == ["blocked", "adopted", "adopted"]
    named = ws.decide(ROWS, what_if={"a softer Sylvania": {"Sylvania": 80}}, **SETTINGS)
    assert [row["what_if"] for row in named.summary()] == ["as given", "a softer Sylvania"]
    assert len(ws.decide(ROWS, what_if="Sylvania=20..80", **SETTINGS).summary()) == 6


def test_several_issues_come_with_packages() -> None:
    other = [{**row, "issue": "season", "position": 100 - row["position"]} for row in ROWS]
    found = ws.decide(pl.DataFrame(ROWS + other), **SETTINGS).packages()
    assert set(found["issue"]) == {"mesh", "season"}
    assert set(found.columns) == {"package", "issue", "value", "probability"}


def test_settings_are_those_of_the_command_line() -> None:
    frame = pd.DataFrame({"Actor": ["A", "B"], "Position": [7, 10]})
    decision = ws.decide(
        frame,
        issue="mesh",
        salience=1,
        capability=2,
        scale=(4, 10),
        proposal={"mesh": 10},
        options={"half": 7},
        models=["median"],
        rule="all of members",
        draws=50,
    )
    assert decision.options()["at"].to_list() == [7.0, 10.0]
    assert decision.models()["model"].to_list() == ["median"]
    assert any(line.startswith("the status quo: at 4") for line in decision.taken)


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "position": ({"position": [80.0, 120.0, 60.0]}, "the frame row 1, position: is 120: allowed is 0 to 100"),
    "missing": ({"salience": [0.5, None, 1.0]}, "the frame row 1, salience: is empty"),
    "NaN": ({"salience": [0.5, float("nan"), 1.0]}, "the frame row 1, salience: is empty"),
    "words": ({"capability": ["a", "b", "c"]}, "the frame row 0, capability: is 'a', no number"),
    "twice": ({"actor": ["Ruritania", "Ruritania", "Borduria"], "capability": [4, 4, 1]}, "the frame row 1, actor:"),
}


@pytest.mark.parametrize("library", [pd.DataFrame, pl.DataFrame])
@pytest.mark.parametrize("kind", BROKEN)
def test_bad_input_is_refused_in_the_words_of_the_command_line(kind: str, library: Callable[[Any], Any]) -> None:
    columns, words = BROKEN[kind]
    held = {name: [row[name] for row in ROWS] for name in ROWS[0]}
    with pytest.raises(ValueError, match=words) as refused:
        ws.decide(library(held | columns), **SETTINGS)
    assert isinstance(refused.value, BadTable)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scale": (10, 4)}, "lower end first"),
        ({"scale": 100}, "two ends"),
        ({"salience_out_of": 0}, "above 0"),
        ({"what_if": {"Sylvnia": 3}}, "did you mean 'Sylvania'?"),
        ({"what_if": [3]}, "write changes"),
        ({"models": ["medain"]}, "did you mean 'median'?"),
        ({"rule": "consenus"}, "did you mean 'consensus'?"),
        ({"outsiders": ["Syldavia"]}, "did you mean 'Sylvania'?"),
        ({"proposal": float("nan")}, "no number"),
        ({"salience": 1}, "leave out salience="),
        ({"what_if": 3}, "write changes"),
        ({"rule": 3}, "give text"),
        ({"issue": 3}, "give text"),
        ({"on": 5}, "no day"),
        ({"on": pd.NaT}, "no day"),
        ({"draws": 10**9}, "from 1 to 10,000,000"),
        ({"draws": 2.5}, "whole number"),
        ({"draws": "x"}, "whole number"),
        ({"seed": -1}, "0 or more"),
        ({"seed": None}, "whole number"),
    ],
)
def test_a_setting_that_cannot_be_is_one_line(change: dict[str, Any], words: str) -> None:
    with pytest.raises(WinsetError) as refused:
        ws.decide(ROWS, **(SETTINGS | change))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_day_may_be_a_time_stamp_and_whole_numbers_any_librarys() -> None:
    rows = [row | {"actor": name} for row, name in zip(ROWS, ("France", "Norway", "Japan"), strict=True)]
    asked = {"body": "nato", "draws": pd.Series([50])[0], "seed": pd.Series([1])[0]}
    stamped = ws.decide(rows, on=pd.Timestamp("2023-07-11 10:00"), **asked)
    assert stamped.as_dict() == ws.decide(rows, on="2023-07-11", **asked).as_dict()


def test_columns_named_by_numbers_are_told_by_them() -> None:
    with pytest.raises(BadTable, match="the header is 0, 1, 2, 3, 4, 5"):
        ws.decide(pd.DataFrame(ROWS).set_axis(range(6), axis=1), **SETTINGS)


@pytest.mark.parametrize("frame", [3, pl.DataFrame(ROWS).lazy(), [], {"actor": ["A"]}])
def test_what_is_no_frame_is_refused(frame: object) -> None:
    with pytest.raises(BadTable):
        ws.decide(frame, **SETTINGS)


def test_two_columns_of_one_name_are_refused() -> None:
    frame = pd.DataFrame(ROWS)
    with pytest.raises(BadTable, match=r"2 times|twice"):
        ws.decide(pd.concat([frame, frame[["actor"]]], axis=1), **SETTINGS)


@pytest.mark.parametrize("kind", ["positions", "what-if", "models"])
def test_plots_are_altairs(kind: str) -> None:
    decision = ws.decide(pd.DataFrame(ROWS), what_if={"Sylvania": 80}, **SETTINGS)
    chart = decision.plot(kind)
    assert isinstance(chart, altair.TopLevelMixin)
    assert chart.to_dict()["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_a_plot_there_is_none_of_is_refused() -> None:
    decision = ws.decide(ROWS, **SETTINGS)
    with pytest.raises(BadCase, match="there are positions"):
        decision.plot("pie")
    assert decision.svg().startswith("<svg")


def test_without_altair_or_narwhals_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    decision = ws.decide(ROWS, **SETTINGS)
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(NotConfigured, match=r"winset\[plots\]"):
        decision.plot()
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(NotConfigured, match=r"winset\[frames\]"):
        ws.decide(pd.DataFrame(ROWS), **SETTINGS)


def test_the_import_is_light() -> None:
    heavy = ["numpy", "narwhals", "pandas", "polars", "altair", "pydantic", "sqlalchemy", "yaml"]
    script = f"import sys, winset.api; print(*(name for name in {heavy} if name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "\n"


def test_power_of_a_game_a_frame_and_a_body() -> None:
    game = ws.power("[4; A=3, B=2, C=1]", indices=["banzhaf"], exact=True)
    assert [str(row["banzhaf"]) for row in game] == ["3/5", "1/5", "1/5"]
    frame = pd.DataFrame({"actor": ["A", "B", "C"], "votes": [3, 2, 1]})
    shares = ws.power(frame, rule="4 of votes", indices="banzhaf")
    assert isinstance(shares, pd.DataFrame)
    assert shares["banzhaf"].tolist() == [0.6, 0.2, 0.2]
    council = ws.power(body="unsc", on="2020-01-01", indices=["coleman-prevent"], library="polars")
    assert isinstance(council, pl.DataFrame)
    assert council["coleman-prevent"].to_list().count(1.0) == 5


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "nothing to measure"),
        ({"game": "[2; 1x4]"}, "both"),
        ({"game": "[4; 3, 2, 1]", "body": "nato"}, "leave out one"),
        ({"game": "[4; 3, 2, 1]", "rule": "consensus"}, "is a rule itself"),
        ({"game": "[4; 3, 2, 1]", "indices": ["banzaf"]}, "did you mean 'banzhaf'?"),
        ({"game": "[4; 3, 2, 1]", "library": "excel"}, "pandas, polars or pyarrow"),
        ({"game": pd.DataFrame({"actor": ["A"], "votes": [1]})}, "say by which one"),
        ({"game": pd.DataFrame({"votes": [1]}), "rule": "all of votes"}, "actor: the column is missing"),
        ({"game": [{"actor": "A", "votes": -1}], "rule": "all of votes"}, "row 0, votes: is -1"),
        ({"game": [{"actor": "A", "votes": 1}, {"actor": "A", "votes": 1}], "rule": "all of votes"}, "stands twice"),
    ],
)
def test_a_power_that_cannot_be_is_one_line(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(WinsetError) as refused:
        ws.power(**asked)
    assert words in str(refused.value)


def test_models_and_rules_are_listed() -> None:
    assert {"compromise", "median"} <= {each["id"] for each in ws.models()}
    assert {"consensus", "eu-qualified-majority"} <= {each["id"] for each in ws.rules()}
    assert all(each["summary"] and each["source"] for each in (*ws.models(), *ws.rules()))
    with pytest.raises(UnknownMethod):
        ws.decide(ROWS, **(SETTINGS | {"models": "tea-leaves"}))


def test_the_notebook_of_the_documentation_runs(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(project / "examples")
    monkeypatch.chdir(tmp_path)
    page = (project / "docs" / "how-to" / "notebooks.md").read_text(encoding="utf-8")
    known: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL):
        exec("\n".join(line for line in block.splitlines() if "decided/" not in line), known)  # noqa: S102 - our own
    assert len(known["decision"].summary()) == 6
    assert (tmp_path / "brief.html").is_file()


def test_a_backtest_of_a_folder_and_of_frames(tmp_path: Path) -> None:
    issues = pd.DataFrame(
        {
            "issue": [f"i{n}" for n in range(12)],
            "proposal": [f"p{n // 2}" for n in range(12)],
            "council_vote": "QMV",
            "intro": "2001-01-01",
            "final": "2001-06-01",
            "reference_point": 0,
            "outcome": [10.0 * (n % 10) for n in range(12)],
        }
    )
    positions = pd.DataFrame(
        [
            {"issue": f"i{n}", "actor": actor, "position": min(100, 10 * (n % 10) + place), "salience": 50}
            for n in range(12)
            for place, actor in enumerate(("fr", "de", "it", "nl", "com"))
        ]
    )
    found = ws.backtest((issues, positions), models=["compromise"], draws=0)
    assert isinstance(found, pd.DataFrame)
    assert {"compromise", "always the midpoint"} <= set(found["model"])
    issues.to_csv(tmp_path / "issues.csv", index=False)
    positions.to_csv(tmp_path / "positions.csv", index=False)
    again = ws.backtest(tmp_path, models=["compromise"], draws=0)
    assert [row["error"] for row in again] == found["error"].tolist()
    positions.loc[3, "position"] = 200
    with pytest.raises(BadTable, match=r"positions\.csv row 5"):
        ws.backtest((issues, positions))
    with pytest.raises(BadTable, match="give a folder, or"):
        ws.backtest(3)  # type: ignore[arg-type]
