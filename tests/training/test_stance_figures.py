"""The figures kept beside the training: of the network that ships, and of files that are named."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from winset.positions.stance_network.network import stance_network

FITTED_ON = ("ibmclaims/dev.jsonl", "epcoal/sentences_dev.jsonl", "unscon/edu_dev.jsonl")


@pytest.fixture(scope="module")
def told(project: Path) -> dict[str, Any]:
    path = project / "training" / "stance" / "cross_validated.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_they_are_of_the_network_that_ships(told: dict[str, Any]) -> None:
    assert told["temperatures"] == dict(stance_network().temperatures)


def test_every_figure_is_a_share(told: dict[str, Any]) -> None:
    assert 0 <= told["held_out"]["calibration_error"] <= 1
    named = [each for each in told["held_out"].values() if isinstance(each, dict)]
    assert all(0 <= share <= 1 for each in [*named, *told["ablation"].values()] for share in each.values())


def test_a_figure_told_twice_is_the_same(told: dict[str, Any]) -> None:
    learned = told["ablation"]["epcoal, debate learned from other speakers"]["both"]
    assert learned == told["held_out"]["epcoal"]["macro_f1"]
    assert told["ablation"]["ibmclaims, motions never seen"]["both"] == told["held_out"]["ibmclaims"]["macro_f1"]


@pytest.mark.parametrize("name", FITTED_ON)
def test_the_files_fitted_on_are_those_that_are_measured(name: str, told: dict[str, Any], shared: Path) -> None:
    path = shared / "data" / name
    if not path.is_file():
        pytest.skip(f"needs {name} of ../shared/data")
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] in told["fitted_on"]
