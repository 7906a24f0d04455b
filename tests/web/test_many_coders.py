"""Several coders on the same statements of a case on a server, at the same time: nobody's work is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.desk.browsing import Browser, cards
from benchmarks.desk.cases import made
from benchmarks.desk.checks import wrong_in
from benchmarks.desk.coders import at_work
from benchmarks.desk.serving import PASSWORD, Forked, with_accounts

from winset.store.addresses import CaseAddress
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

PEOPLE = ("ada", "bela", "cleo", "dino", "edda", "femi", "gyan", "hana")
SECONDS = 3.0
STATEMENTS = 25


@pytest.fixture
def case(served: str) -> str:
    """The address of a case on a server that nobody has worked on."""
    made(CaseAddress.read(served), statements=STATEMENTS, worked=0)
    return served


@pytest.fixture
def team(case: str, tmp_path: Path) -> Iterator[Forked]:
    """The desk over it, with eight accounts."""
    accounts = str(tmp_path / "team.winset-accounts")
    with_accounts(accounts, PEOPLE)
    with Forked(places=(case,), accounts=accounts) as server:
        yield server


def test_eight_coders_at_once_lose_no_update(case: str, team: Forked) -> None:
    at = f"/cases/{CaseAddress.read(case).name}"
    with Browser(team.address) as ada, Browser(team.address) as bela:
        ada.log_in("ada", PASSWORD)
        bela.log_in("bela", PASSWORD)
        shown = cards(ada.page(f"{at}/check?state=all", kind="page"))
        seen_by_bela = cards(bela.page(f"{at}/check?state=all", kind="page"))
        assert [card.id for card in shown] == [card.id for card in seen_by_bela]
        assert ada.act(shown[0], "verdict", kind="act", verdict="wrong").status == 200
        refused = bela.act(seen_by_bela[0], "verdict", kind="act", verdict="right")
        assert refused.status == 409
        assert refused.card is not None
        assert "ada was faster" in refused.card.words
        assert refused.card.state == "conflict"
        assert bela.act(refused.card, "verdict", kind="act", verdict="right").status == 200  # having seen it
    coders = at_work(team.address, at, PEOPLE, shown, seconds=SECONDS, password=PASSWORD)
    kept = [act for coder in coders for act in coder.kept]
    assert [line for coder in coders for line in coder.wrong] == []
    assert not any(status >= 500 for coder in coders for status in coder.answers)
    assert "Traceback" not in team.said()
    assert len(kept) >= len(PEOPLE)
    with CaseStore.open(case) as store:
        assert wrong_in(store, kept) == []
        made_by_people = [change for change in Desk(store).changes(limit=10_000) if change.by]
        assert len(made_by_people) == len(kept) + 2  # nothing is there that nobody was told of
