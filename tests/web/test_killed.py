"""The desk killed while people write: the case opens, nothing acknowledged is lost, nothing is half applied."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from benchmarks.desk.cases import made
from benchmarks.desk.killing import killed
from benchmarks.desk.serving import PASSWORD, Forked, with_accounts
from tests.firedrill.running import FULL

from winset.store.addresses import CaseAddress

pytestmark = pytest.mark.firedrill

STATEMENTS = 25


def test_a_file_holds_all_that_was_acknowledged_when_the_desk_is_killed(tmp_path: Path) -> None:
    kept = tmp_path / "killed.winset"
    made(kept, statements=STATEMENTS, worked=0)
    start = partial(Forked, places=(str(kept),), single_user="ada")
    people = {"names": ["ada"] * 3, "uploader": "ada"}
    found = killed(str(kept), "/cases/killed", start, times=20 if FULL else 5, longest=0.3, **people)  # type: ignore[arg-type]
    assert found.wrong == []
    assert found.kept
    assert found.documents


def test_a_server_holds_all_that_was_acknowledged_when_the_desk_is_killed(served: str, tmp_path: Path) -> None:
    address = CaseAddress.read(served)
    made(address, statements=STATEMENTS, worked=0)
    accounts = str(tmp_path / "team.winset-accounts")
    with_accounts(accounts, ("ada", "bela"))
    start = partial(Forked, places=(served,), accounts=accounts)
    people = {"names": ("ada", "bela", "ada"), "password": PASSWORD}
    found = killed(served, f"/cases/{address.name}", start, times=5 if FULL else 2, longest=0.3, **people)  # type: ignore[arg-type]
    assert found.wrong == []
    assert found.kept
