"""The actors' list and pages: all it said, what moved it, what it rests on, and who it is, said by a person."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from winset.brief.page import Page
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.web.cases import View

LIST = "/cases/tokyo/actors"
FRANCE = f"{LIST}/FRA"
ENOUGH = 20.0  # seconds for what a fresh server works out


def ready(client: TestClient, address: str) -> str:
    """The page, once what it shows is worked out."""
    until = time.monotonic() + ENOUGH
    while "being computed" in (page := client.get(address).text):
        assert time.monotonic() < until, page
    return unescape(page)


def said(client: TestClient, **form: str | list[str]) -> str:
    """What a person says, sent as the page's form sends it; the page that follows."""
    answer = client.post(f"{LIST}/say", data=form)
    assert answer.status_code == 200, answer.text
    address = str(answer.url)
    return ready(client, address)


def test_the_list_finds_by_name_without_regard_to_accents(read_client: TestClient) -> None:
    page = ready(read_client, f"{LIST}?q=turk")
    assert "/cases/tokyo/actors/TUR" in page
    assert "/cases/tokyo/actors/FRA" not in page
    assert "Nobody of that name" in ready(read_client, f"{LIST}?q=zzzz")


def test_sources_that_a_person_should_check_are_listed_with_their_words(read_client: TestClient) -> None:
    page = ready(read_client, LIST)
    checks = page.partition("Sources to check")[2]
    assert "machine: nobody" in checks
    assert re.search(r"/documents/[0-9a-f]{16}\?statement=[0-9a-f]{16}#s-[0-9a-f]{16}", checks)


def test_an_actor_page_has_all_it_said_and_what_its_position_rests_on(
    read_client: TestClient, example_view: View
) -> None:
    page = ready(read_client, FRANCE)
    read = Page(example_view.brief)
    row = next(row for row in read.actors if row.name == "France")
    assert row.account is not None
    for each in (*row.about, *row.other):
        assert f"/documents/{each.document_id}?statement={each.coded.id}#s-{each.coded.id}" in page
    for mover in row.account.movers:
        assert mover.moved in page.partition("Which words moved it")[2].partition("What would change it")[0]
    for change in row.account.changes:
        assert change.text in page
    for label in {each.coded.origin.label for each in row.about if each.coded.id in row.account.position.evidence}:
        assert label in page.partition("What it rests on")[2]
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page.partition("Over time")[2]
    for step in row.account.party.course:
        assert f"?as-of={step.as_of.text}" in page


def test_a_member_with_nothing_on_record_is_unknown(read_client: TestClient) -> None:
    page = ready(read_client, f"{LIST}/ALB")
    assert "<b>unknown</b>: nothing on record" in page
    assert "What if it stood at" in page


def test_an_actor_that_is_not_there_is_told_in_one_line(read_client: TestClient) -> None:
    ready(read_client, LIST)
    answer = read_client.get(f"{LIST}/nobody-of-that-id")
    assert answer.status_code == 404
    assert "has a seat or a voice" in answer.text


def test_a_person_says_who_a_source_is_and_takes_it_back(desk_client: TestClient, desk_case: Path) -> None:
    ready(desk_client, LIST)
    page = said(desk_client, verb="is", subject="the newspaper", whom="media: Evening Ledger", why="named above")
    assert "“the newspaper” is media: Evening Ledger" in page
    assert "5 statements" in page
    assert "winset actors" in page
    assert "--why 'named above'" in page
    with CaseStore.open(str(desk_case)) as store:
        [judgement] = store.judgements()
        [change] = Desk(store).changes(limit=1)
    assert (judgement.by, judgement.why) == ("ada", "named above")
    assert (change.act, change.by, change.judgement) == ("is", "ada", 1)
    assert "Evening Ledger" in ready(desk_client, f"{LIST}?q=ledger")
    page = said(desk_client, verb="undo", number="1")
    assert "takes back 1" in page
    assert "Nobody of that name" in ready(desk_client, f"{LIST}?q=evening+ledger")
    with CaseStore.open(str(desk_case)) as store:
        assert Desk(store).changes(limit=1)[0].act == "undo"


def test_the_command_that_is_shown_says_the_same(desk_client: TestClient) -> None:
    ready(desk_client, LIST)
    page = said(desk_client, verb="merge", subject="CHN", whom="RUS", why="")
    assert re.search(r"winset actors \S*tokyo.winset merge CHN RUS", page)


def test_statements_are_split_off(desk_client: TestClient, desk_case: Path) -> None:
    page = ready(desk_client, FRANCE)
    ticked = re.findall(r'name="statement" value="([0-9a-f]{16})"', page)
    page = said(
        desk_client, verb="split", subject="FRA", whom="Some Envoy", document="", statement=ticked[:2], back="FRA"
    )
    assert "of France, 2 statements go to expert: Some Envoy" in page
    assert "--as 'Some Envoy'" in page
    assert "<h1><bdi>France</bdi></h1>" in page
    assert ticked[0] not in re.findall(r'name="statement" value="([0-9a-f]{16})"', page)
    with CaseStore.open(str(desk_case)) as store:
        assert store.judgements()[0].scope.statements == tuple(ticked[:2])


@pytest.mark.parametrize(
    "form",
    [
        {"verb": "is", "subject": "the newspaper", "whom": "Frnace"},
        {"verb": "is", "subject": "he", "whom": "France"},
        {"verb": "split", "subject": "FRA", "whom": "Some Envoy"},
        {"verb": "merge", "subject": "FRA", "whom": "FRA"},
        {"verb": "undo", "number": "7"},
        {"verb": "undo"},
    ],
)
def test_what_cannot_be_said_is_refused_in_one_line_and_nothing_is_kept(
    desk_client: TestClient, desk_case: Path, form: dict[str, str]
) -> None:
    answer = desk_client.post(f"{LIST}/say", data=form)
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text
    with CaseStore.open(str(desk_case)) as store:
        assert store.judgements() == ()


def test_words_of_a_form_are_never_markup(desk_client: TestClient) -> None:
    answer = desk_client.post(
        f"{LIST}/say", data={"verb": "is", "subject": "<img src=x>", "whom": "expert: <b>x</b>", "why": "<script>"}
    )
    assert "<img" not in answer.text
    assert "<b>x" not in answer.text
    assert "&lt;img" in answer.text


def test_a_big_case_pages_what_an_actor_said(big_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winset.web.pages.actors.SAID_AT_ONCE", 10)
    assert "whom the machine names" in ready(big_client, LIST)
    page = ready(big_client, FRANCE)
    first = re.findall(r'<p class="words"><a href="([^"]+)"', page)
    [following] = re.findall(r'href="([^"]+\?after=\d+)"', page)
    second = re.findall(r'<p class="words"><a href="([^"]+)"', ready(big_client, following))
    assert (len(first), len(second)) == (10, 7)
    assert not set(first) & set(second)
    expert = re.findall(r'/actors/([0-9a-f]{16})"><bdi>Janne Leino', ready(big_client, LIST))[0]
    assert len(re.findall(r'<p class="words">', ready(big_client, f"{LIST}/{expert}"))) == 3
