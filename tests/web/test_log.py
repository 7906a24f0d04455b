"""The log: who changed what, when, before and after; by person; taken back from there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import HTTPException
from fastapi.testclient import TestClient

from winset.positions.rulings import Codes
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed
from winset.web.access.roles import Person, Role
from winset.web.cases import OpenCase
from winset.web.pages.log import AT_ONCE
from winset.web.pages.statements import undone


@pytest.fixture
def desk(desk_case: Path) -> Desk:
    return Desk(CaseStore.open(desk_case))


def numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<tr id="c-(\d+)"', page)]


def test_changes_are_told_newest_first_with_before_and_after(desk_client: TestClient, desk: Desk) -> None:
    id = desk.queue(coder="ada", limit=1)[0].statement.id
    desk.code(id, Codes(stance="favour"), by="ada", at="2023-07-01T10:00:00Z")
    desk.code(id, Codes(stance="oppose"), by="ada", at="2023-07-01T11:00:00Z", why="read again")
    page = desk_client.get("/cases/tokyo/log").text
    assert numbers(page) == [change.number for change in desk.changes(limit=AT_ONCE)]
    assert "<del>favour</del> → <ins>oppose: read again</ins>" in page
    assert '<time datetime="2023-07-01T11:00:00Z">2023-07-01 11:00:00</time>' in page
    assert f"?statement={id}#s-{id}" in page


def test_one_persons_changes(desk_client: TestClient, desk: Desk) -> None:
    rows = desk.queue(coder="ada", limit=3)
    for row, by in zip(rows, ("ben", "cy", "ben"), strict=True):
        desk.judge(row.statement.id, "wrong", by=by, at="2023-07-01T10:00:00Z")
    page = desk_client.get("/cases/tokyo/log", params={"by": "ben"}).text
    assert len(numbers(page)) == 2
    assert "<option>cy</option>" in page
    assert "<option selected>ben</option>" in page


def test_older_changes_are_on_further_pages(desk_client: TestClient, desk: Desk) -> None:
    row = desk.queue(coder="ada", limit=1)[0]
    for number in range(AT_ONCE + 5):
        desk.judge(row.statement.id, "wrong" if number % 2 else "right", by="ada", at="2023-07-01T10:00:00Z")
    seen, address = [], "/cases/tokyo/log"
    while address:
        page = desk_client.get(address).text
        seen += numbers(page)
        onward = re.search(r'href="\?([^"]*before=\d+)">Older', page)
        address = f"/cases/tokyo/log?{onward[1].replace('&amp;', '&')}" if onward else ""
    assert seen == list(range(desk.version(), 0, -1))


def test_a_change_is_taken_back_from_the_log_and_the_trail_replays(desk_client: TestClient, desk: Desk) -> None:
    id = desk.queue(coder="ada", limit=1)[0].statement.id
    change = desk.judge(id, "wrong", by="ben", at="2023-07-01T10:00:00Z")
    answer = desk_client.post("/cases/tokyo/log/undo", data={"number": str(change.number)}, follow_redirects=False)
    assert answer.status_code == 303
    page = desk_client.get(answer.headers["location"]).text
    assert f"took back {change.number}" in page
    assert f"(taken back by {change.number + 1})" in page
    assert desk.row(id, coder="ada").counts
    assert replayed(desk.store) == ()


def test_what_stays_has_no_undo(desk_client: TestClient, desk: Desk) -> None:
    page = desk_client.get("/cases/tokyo/log").text
    assert "added a document" in page
    assert "<button aria-label" not in page
    assert desk_client.post("/cases/tokyo/log/undo", data={"number": "1"}).status_code == 400


def test_a_coder_takes_back_only_what_is_her_own(desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        case = OpenCase("tokyo", store)
        id = case.desk.queue(coder="ada", limit=1)[0].statement.id
        change = case.desk.judge(id, "wrong", by="ben", at="2023-07-01T10:00:00Z")
        with pytest.raises(HTTPException) as refused:
            undone(case, Person(name="ada", role=Role.CODER), change.number)
        assert refused.value.status_code == 403
        assert "an editor may" in refused.value.detail
        assert not case.desk.row(id, coder="ada").counts
        undone(case, Person(name="ben", role=Role.CODER), change.number)
        assert case.desk.row(id, coder="ada").counts
        again = case.desk.judge(id, "wrong", by="ben", at="2023-07-01T10:00:00Z")
        undone(case, Person(name="eve", role=Role.EDITOR), again.number)
        assert case.desk.row(id, coder="ada").counts
