"""`winset discrepancies`: the same thing told differently, both passages side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

NOTED = """\
The harbour accord

The talks began in the spring [1] and broke off in the autumn [3].

References
[1] Harbour Board, minutes, 4 April 2019.
[2] Harbour Board, minutes, 9 May 2019.
"""


@pytest.fixture
def noted(folder: Path) -> Path:
    """A document whose notes do not add up."""
    path = folder / "noted.txt"
    path.write_text(NOTED, encoding="utf-8")
    return path


def test_both_passages_are_told_with_kind_and_reason(winset: Winset, noted: Path) -> None:
    ended = winset("discrepancies", noted)
    assert (ended.status, ended.err) == (0, "")
    assert "notes and references: " in ended.out
    assert "   noted.txt (not there): “" in ended.out


def test_every_telling_holds_in_its_document(winset: Winset, noted: Path) -> None:
    told = json.loads(winset("discrepancies", noted, "--json").out)
    assert told["discrepancies"]
    for row in told["discrepancies"]:
        assert {"kind", "about", "tellings", "right", "why", "confidence"} == set(row)
        assert row["right"] is None or 0 <= row["right"] < len(row["tellings"])
        for telling in row["tellings"]:
            assert NOTED[telling["start"] : telling["end"]] == telling["exact"]
            assert telling["doc"] == "noted.txt"


def test_nothing_found_says_what_was_compared(winset: Winset, folder: Path) -> None:
    Path("plain.txt").write_text("The ferry left at noon.\n", encoding="utf-8")
    ended = winset("discrepancies", "plain.txt")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("no discrepancy found in 1 document; compared: names")
    assert "a miss is possible" in ended.out
    assert json.loads(winset("discrepancies", "plain.txt", "--json").out)["discrepancies"] == []
