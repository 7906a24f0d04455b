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
        assert {"id", "kind", "about", "tellings", "right", "why", "confidence", "settled"} == set(row)
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


def test_a_person_settles_one_of_a_kept_case_and_takes_it_back(winset: Winset, noted: Path) -> None:
    stated = ("--proposal", "Keep the accord", "--body", "nato", "--on", "2023-07-11")
    winset("new", "talks.winset", *stated)
    winset("add", "talks.winset", noted)
    first = json.loads(winset("discrepancies", "talks.winset", "--json").out)["discrepancies"][0]
    assert first["settled"] is None
    assert f"({first['id']})" in winset("discrepancies", "talks.winset").out

    ended = winset("discrepancies", "talks.winset", "settle", first["id"], "none", "--by", "Ada", "--why", "a misprint")
    assert (ended.status, ended.err) == (0, "")
    assert "settled by Ada: no discrepancy; to take it back: winset discrepancies talks.winset reopen" in ended.out
    found = json.loads(winset("discrepancies", "talks.winset", "--json").out)["discrepancies"]
    (told,) = [row["settled"] for row in found if row["id"] == first["id"]]
    assert (told["verdict"], told["right"], told["by"], told["why"]) == ("none", None, "Ada", "a misprint")
    assert "settled by Ada: no discrepancy: a misprint" in winset("discrepancies", "talks.winset").out

    assert winset("discrepancies", "talks.winset", "reopen", first["id"], "--by", "Ada").status == 0
    assert "settled by" not in winset("discrepancies", "talks.winset").out


def test_words_that_settle_nothing_are_refused_in_one_line(winset: Winset, noted: Path) -> None:
    winset("new", "talks.winset", "--proposal", "Keep the accord", "--body", "nato", "--on", "2023-07-11")
    winset("add", "talks.winset", noted)
    id = json.loads(winset("discrepancies", "talks.winset", "--json").out)["discrepancies"][0]["id"]
    for words, told in (
        ((id, "9"), "'9' settles nothing: write 1 for the telling that is right, both, neither or none"),
        (("0123456789abcdef", "1"), "no discrepancy '0123456789abcdef' in the case"),
        ((id,), "settle: write CASE settle ID SAID"),
    ):
        ended = winset("discrepancies", "talks.winset", "settle", *words, "--by", "Ada")
        assert ended.status == 2
        assert told in ended.err
    assert "--by and --why go with a kept case" in winset("discrepancies", noted, "--by", "Ada").err
