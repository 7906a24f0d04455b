"""`winset backtest`: a table of models on decisions with known outcomes; these are invented."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

FIFTEEN = "at be dk fi fr de el ie it lu nl pt es se uk".split()


def past(folder: Path, *, first: int, count: int) -> Path:
    """Proposals of the Council of fifteen whose outcomes lie near the mean."""
    chance = random.Random(first)  # noqa: S311 - invented decisions
    issues, positions = [], []
    for number in range(first, first + count):
        for issue in (1, 2):
            held = [chance.choice((0, 30, 70, 100)) for _ in FIFTEEN]
            outcome = min(100, max(0, round(sum(held) / len(held) + chance.gauss(0, 15))))
            name = f"p{number}i{issue}"
            issues.append(f"{name},p{number},QMV,1999-01-01,2000-01-01,0,{outcome}")
            positions += [f"{name},{actor},{value},50" for actor, value in zip(FIFTEEN, held, strict=True)]
    folder.mkdir()
    header = "issue,proposal,council_vote,intro,final,reference_point,outcome"
    (folder / "issues.csv").write_text("\n".join([header, *issues, ""]), encoding="utf-8")
    (folder / "positions.csv").write_text(
        "\n".join(["issue,actor,position,salience", *positions, ""]), encoding="utf-8"
    )
    return folder


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    return past(tmp_path / "decided", first=0, count=6)


def test_a_table_of_models_with_error_and_coverage(winset: Winset, decided: Path) -> None:
    ended = winset("backtest", str(decided), "--model", "median", "--draws", "5")
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith("12 decided issues of 6 proposals; error and default learned from the same decisions")
    models = [line[:20].strip() for line in lines[4 : lines.index("", 4)]]
    assert set(models) == {"smoothed-median", "compromise", "median", "always the midpoint", "status quo"}
    assert any("issues decided by counting votes among up to 20 actors" in line for line in lines)
    assert "leave out the model's error" in lines[-1]


def test_json_and_learning_elsewhere(winset: Winset, decided: Path, tmp_path: Path) -> None:
    kept_back = past(tmp_path / "kept_back", first=20, count=3)
    target = tmp_path / "found.json"
    options = ["--model", "median", "--draws", "0", "--json", "-o", str(target)]
    ended = winset("backtest", str(kept_back), "--fit", str(decided), *options)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    found = json.loads(target.read_text(encoding="utf-8"))
    assert (found["proposals"], found["issues"], found["fitted_on"]) == (3, 6, "6 other proposals")
    default = next(score for score in found["scores"] if score["model"] == "smoothed-median")
    assert default["n"] == 6
    assert default["input_coverage"] is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--model", "medain"], "no forecast model named 'medain': did you mean 'median'?"),
        (["--model", ","], "--model names none"),
        (["--fit", "nowhere"], "nowhere/issues.csv: no such file"),
    ],
)
def test_bad_input_is_one_line(winset: Winset, decided: Path, options: list[str], said: str) -> None:
    ended = winset("backtest", str(decided), "--draws", "0", *options)
    assert (ended.status, ended.out) == (2, "")
    assert len(ended.complaints) == 1
    assert said in ended.complaints[0]


def test_a_bad_row_is_told_with_its_column(winset: Winset, decided: Path) -> None:
    path = decided / "positions.csv"
    path.write_text(path.read_text(encoding="utf-8") + "p0i1,com,50,140\n", encoding="utf-8")
    ended = winset("backtest", str(decided))
    assert ended.complaints == ["positions.csv row 182, column salience: is 140: allowed is 0 to 100"]
    assert ended.status == 2


def test_it_writes_over_nothing_that_it_reads(winset: Winset, decided: Path) -> None:
    ended = winset("backtest", str(decided), "-o", str(decided / "issues.csv"))
    assert ended.status == 2
    assert "choose another name" in ended.err
