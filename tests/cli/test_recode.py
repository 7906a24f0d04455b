"""`winset recode`: documents of a kept case coded again, and what people said of them stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from winset.store.case_store import CaseStore
from winset.store.recoding import begun

if TYPE_CHECKING:
    from tests.cli.conftest import Winset


@pytest.fixture
def case(read_once: Path, folder: Path) -> Path:
    """A case of two documents."""
    shutil.copy(read_once, folder)
    return folder / read_once.name


def queue(winset: Winset, case: Path) -> list[dict[str, object]]:
    return list(json.loads(winset("check", case, "--state", "all", "--json").out)["statements"])


def test_a_coded_statement_outlives_methods_that_do_not_find_it(winset: Winset, case: Path) -> None:
    first = queue(winset, case)
    assert winset("check", case, "code", str(first[0]["id"]), "oppose", "--by", "Ada").status == 0
    again = winset(
        "recode", case, "--attributor", "according-to", "--stance", "lexicon", "--processes", "1", "--by", "Ada"
    )
    assert (again.status, again.err) == (0, "")
    assert again.out.startswith("2 documents coded again: ")
    assert "1 statement that are no longer found" in again.out or "1 statement" in again.out
    rest = queue(winset, case)
    assert str(first[0]["id"]) in {str(each["id"]) for each in rest}
    assert len(rest) < len(first)
    assert "0 differ" not in winset("check", case, "replay").out
    assert winset("check", case, "replay").status == 0
    assert winset("brief", case, "-o", "a.html", "--draws", "50").status == 0


def test_status_tells_how_far_it_is_and_the_same_command_goes_on(winset: Winset, case: Path) -> None:
    assert "coding again" not in winset("status", case).out
    with CaseStore.open(case) as store:
        begun(store, by="Ada", at="2026-11-22T12:00:00Z", methods=["attitudes"], stance="lexicon")
    told = winset("status", case).out
    assert "coding again, begun by Ada on 2026-11-22T12:00:00Z, has come to 0 of 2 documents" in told
    assert "trained-model" in told
    other = winset("recode", case, "--stance", "combined", "--by", "Ben")
    assert (other.status, other.out) == (2, "")
    assert "--anew" in other.complaints[0]
    same = ["--attributor", "attitudes", "--stance", "lexicon", "--by", "Ben"]
    done = json.loads(winset("recode", case, *same, "--json").out)
    assert (done["documents"], done["methods"], done["left"]) == (2, ["attitudes"], [])
    assert json.loads(winset("status", case, "--json").out)["recoding"] is None


def test_nothing_begins_that_cannot_be_done(winset: Winset, case: Path) -> None:
    before = case.read_bytes()
    for wrong in (["--attributor", "nonesuch"], ["--stance", "nonesuch"], ["--attributor", ""], ["--by", " "]):
        ended = winset("recode", case, *wrong)
        assert (ended.status, ended.out, len(ended.complaints)) == (2, "", 1)
    assert winset("recode", "nowhere.winset").status == 2
    assert case.read_bytes() == before
