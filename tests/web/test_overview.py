"""The page that an analyst opens before a meeting: what is cheap at once, the answer after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.standing_in import stand_in

from winset.brief.answer import answer
from winset.brief.index import Index
from winset.exchange.supposed import Supposed
from winset.pipeline.brief import compose_brief
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.scenarios import keep_scenario
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.progress import progress

AT = "2026-11-20T09:00:00Z"


def _answered(client: TestClient) -> str:
    return client.get("/cases/tokyo/overview/answer?version=0").text


def test_the_page_comes_before_the_answer_and_asks_for_it(desk_client: TestClient) -> None:
    page = desk_client.get("/cases/tokyo")
    assert page.status_code == 200
    assert "Open a NATO liaison office in Tokyo" in page.text
    assert "North Atlantic Council" in page.text
    assert "consensus under a silence procedure" in page.text
    assert 'hx-get="/cases/tokyo/overview/answer?version=' in page.text


def test_the_answer_is_the_briefs_own_sentence_with_links_to_what_it_cites(
    desk_client: TestClient, desk_case: Path
) -> None:
    with CaseStore.open(desk_case) as store:
        brief = compose_brief(store.spec(), kept_material(store))
    index = Index(brief)
    headline = answer(index)[0]
    told = _answered(desk_client)
    assert headline.text.replace("'", "&#39;") in told
    first = index.known(headline.cites)[0]
    assert f"/cases/tokyo/documents/{first.statement.document_id}?statement={first.id}#s-{first.id}" in told
    for title in ("What could still pass", "What we do not know"):
        assert title in told


def test_once_worked_out_it_is_part_of_the_page(desk_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    _answered(desk_client)
    for function in (compose_brief, kept_material):
        stand_in(monkeypatch, function, None)
    page = desk_client.get("/cases/tokyo").text
    assert "Blocked." in page
    assert "is being worked out" not in page


def test_what_is_left_and_what_changed_lately_are_counted(desk_client: TestClient, desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        before = progress(store)
        desk = Desk(store)
        row, other = desk.queue(coder="Grace", limit=2)
        desk.accept(row.statement.id, by="Grace", at=AT)
        desk.judge(other.statement.id, "wrong", by="Grace", at=AT)
        after = progress(store)
        keep_scenario(store, "France moves", Supposed(changes="France=60"), by="Grace")
    assert (after.coded, after.wrong, after.open) == (before.coded + 1, before.wrong + 1, before.open - 2)
    page = desk_client.get("/cases/tokyo").text
    assert f"<b>{after.open}</b> of {after.statements} statements" in page
    assert "Grace" in page
    assert "France moves" in page


def test_a_case_that_is_not_served_is_refused(desk_client: TestClient) -> None:
    assert desk_client.get("/cases/elsewhere").status_code == 404
