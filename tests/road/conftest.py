"""Whole cases through the command line, as a user runs them: documents in, brief.json out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

WINSET = Path(sys.executable).with_name("winset")
FIXED_TIME = "1700000000"  # SOURCE_DATE_EPOCH, so that two runs can be compared byte for byte
QUESTION = ("--proposal", "Open a NATO liaison office in Tokyo", "--body", "nato", "--on", "2023-07-11")

RunWinset = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """One case's brief.json, asked the questions that the tests ask."""

    brief: dict[str, Any]

    @property
    def statements(self) -> dict[str, dict[str, Any]]:
        """By id."""
        return {row["id"]: row for row in self.brief["statements"]}

    @property
    def members(self) -> dict[str, dict[str, Any]]:
        """By name, "France"."""
        return {row["actor"]: row for row in self.brief["members"]}

    @property
    def positions(self) -> dict[str, dict[str, Any]]:
        """By the actor's id, "FRA"."""
        return {row["actor_id"]: row for row in self.brief["positions"]}

    def evidence(self, member: dict[str, Any]) -> list[dict[str, Any]]:
        """The statements that a member's position rests on."""
        position = self.positions.get(member["actor_id"])
        return [self.statements[key] for key in position["evidence"]] if position else []


def _run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SOURCE_DATE_EPOCH": FIXED_TIME, "NO_COLOR": "1"}
    line = [str(part) for part in (WINSET, *arguments)]
    return subprocess.run(
        line, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def run_winset() -> RunWinset:
    """`winset` in a new process, with a fixed time and no terminal."""
    return _run


def _road(folder: Path, *arguments: str | Path) -> Road:
    out = folder / "brief.json"
    done = _run("brief", *arguments, "-o", folder / "brief.html", "--json", out)
    assert done.returncode == 0, done.stdout + done.stderr
    return Road(brief=json.loads(out.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def example(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Road:
    """The shipped example, by its case file."""
    return _road(tmp_path_factory.mktemp("example"), project / "examples" / "tokyo-office" / "case.yaml")


@pytest.fixture(scope="session")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Road:
    """Five published texts, where the folder of measuring data lies beside the checkout."""
    return _road(tmp_path_factory.mktemp("seeds"), shared / "seeds", *QUESTION)


@pytest.fixture(params=["example", "seeds"])
def road(request: pytest.FixtureRequest) -> Road:
    """Each of the two in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Road)
    return found
