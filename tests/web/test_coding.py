"""How far a case is coded, by whom, and how far the coders agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html  # type: ignore[import-untyped]

from winset.pipeline.clock import now
from winset.pipeline.coding import coded
from winset.positions.agreement.reports import report
from winset.positions.rulings import Codes
from winset.store.case_store import CaseStore
from winset.store.coding_progress import case_progress, coded_statements, document_progress
from winset.store.desk import Desk

HERE = "/cases/tokyo/coding"


@pytest.fixture
def coded_case(desk_case: Path) -> Path:
    """Twelve statements coded by Ada, eight by Ben, four of them otherwise; one of Ada's is wrong, one taken back."""
    with CaseStore.open(desk_case) as store:
        desk = Desk(store)
        rows = desk.queue(coder="Ada", limit=14)
        for number, row in enumerate(rows):
            if number < 14:
                desk.code(row.statement.id, Codes(stance="favour"), by="Ada", at=now())
            if number < 8:
                word = "oppose" if number < 4 else "favour"
                desk.code(row.statement.id, Codes(stance=word), by="Ben", at=now(), why="so it reads")
        desk.undo(by="Ada", at=now())
        desk.judge(rows[12].statement.id, "wrong", by="Ada", at=now())
    return desk_case


def test_progress_counts_what_counts(coded_case: Path) -> None:
    with CaseStore.open(coded_case) as store:
        whole, rows = case_progress(store), document_progress(store)
        statements = sum(len(coding.statements) for coding in store.codings())
    assert [(each.coder, each.coded, each.alone) for each in whole.coders] == [("Ada", 12, 4), ("Ben", 8, 0)]
    assert (whole.statements, whole.by_anyone, whole.by_several) == (statements, 12, 8)
    assert sum(row.statements for row in rows) == statements
    assert sum(row.by_anyone for row in rows) == 12
    assert sum(row.by_several for row in rows) == 8
    assert sum(row.by_coder.get("Ben", 0) for row in rows) == 8


def test_progress_comes_in_parts(coded_case: Path) -> None:
    with CaseStore.open(coded_case) as store:
        every = document_progress(store)
        first = document_progress(store, limit=4)
        rest = document_progress(store, after=first[-1].rank)
    assert first + rest == every


def test_agreement_is_that_of_the_command_line(coded_case: Path) -> None:
    with CaseStore.open(coded_case) as store:
        found, whole = coded_statements(store), coded(store)
        there = {each.statement.id: each.stance for each in whole.statements}
        held = {id: said for id, said in whole.held.items() if id in there}
        by_command = report(held, there, whole.machine_actors)
        by_desk = report(found.rulings, found.stances, found.actors)
    assert by_desk == by_command
    assert by_desk.shared == 8


def test_the_page_tells_who_coded_what_and_what_is_left(coded_case: Path, desk_client: TestClient) -> None:
    page = html.fromstring(desk_client.get(HERE).text)
    rows = [" ".join(row.text_content().split()) for row in page.cssselect("table.coders tbody tr")]
    assert rows[0].startswith("Ada 12 ")
    assert rows[1].startswith("Ben 8 ")
    assert "12 coded by people, 8 of them by two or more" in page.text_content()
    assert len(page.cssselect("table.by-document tbody tr")) == 9
    left = [link.get("href") for link in page.cssselect("table.by-document td a")]
    assert left
    assert all(href.startswith("/cases/tokyo/check?document=") for href in left)


def test_agreement_has_its_interval_and_its_word(coded_case: Path, desk_client: TestClient) -> None:
    answer = desk_client.get(f"{HERE}/agreement", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    told = " ".join(html.fromstring(answer.text).text_content().split())
    assert "2 coders; 12 statements coded, 8 by two people or more" in told
    assert "People among each other" in told
    assert "95% interval" in told
    assert "low" in told
    assert "<html" in desk_client.get(f"{HERE}/agreement").text


def test_disagreements_show_both_codes_and_open_the_statement(coded_case: Path, desk_client: TestClient) -> None:
    page = html.fromstring(desk_client.get(f"{HERE}/differing").text)
    cards = page.cssselect("#differing li.card")
    assert len(cards) == 4
    for card in cards:
        codes = [" ".join(each.text_content().split()) for each in card.cssselect(".codes > li")]
        assert codes[0] == "Ada for, firmly"
        assert codes[1] == "Ben against, firmly: so it reads"
        assert codes[2].startswith("machine ")
        assert "Counts: unclear, because nobody has the most" in " ".join(card.text_content().split())
        (link,) = card.cssselect("a.opens")
        assert "?statement=" in link.get("href")
        assert card.cssselect("mark.content")


def test_a_case_that_nobody_coded_says_so(desk_client: TestClient) -> None:
    page = desk_client.get(HERE).text
    assert "Nobody has coded yet" in page
    assert "Nothing was coded by two people yet" in desk_client.get(f"{HERE}/agreement").text
    assert desk_client.get(f"{HERE}/differing").status_code == 200
