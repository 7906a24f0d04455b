"""What happened when: every line opens the words that tell it; kinds and planned ones are chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html  # type: ignore[import-untyped]

from winset.pipeline.kept_cases import kept_material
from winset.pipeline.material import accounted
from winset.store.case_store import CaseStore

HERE = "/cases/tokyo/timeline"


@pytest.fixture
def page(desk_client: TestClient) -> html.HtmlElement:
    answer = desk_client.get(HERE)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def links(page: html.HtmlElement) -> Iterator[tuple[str, int, int, str]]:
    for link in page.cssselect("a.opens"):
        found = re.fullmatch(r"/cases/tokyo/documents/(\w+)\?words=(\d+)-(\d+)#words", link.get("href"))
        assert found, link.get("href")
        yield found[1], int(found[2]), int(found[3]), link.text_content().strip()


def test_every_line_opens_the_words_that_tell_it(page: html.HtmlElement, desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        texts = {str(document.id): document.text for document in store.documents()}
        titles = {document.title for document in store.documents()}
    told = list(links(page))
    assert len(told) > 40
    for document_id, start, end, words in told:
        assert words.rstrip("… ")[:40] in texts[document_id][start:end] or words in titles


def test_every_event_precedent_and_question_of_the_account_is_there(page: html.HtmlElement, desk_case: Path) -> None:
    with CaseStore.open(desk_case) as store:
        account = accounted(store.spec(), kept_material(store))
    assert len(page.cssselect("li.event")) == len(account.events)
    assert len(page.cssselect("li.event.planned")) == sum(event.planned for event in account.events)
    for each in account.precedents:
        assert each.place in page.text_content()
    for question in account.questions:
        assert question.anchor.exact in page.text_content()
    assert "day of decision" in page.text_content()


def test_kinds_and_planned_ones_are_chosen(desk_client: TestClient) -> None:
    planned = html.fromstring(desk_client.get(HERE, params={"when": "planned"}).text)
    assert planned.cssselect("li.event.planned") == planned.cssselect("li.event")
    assert planned.cssselect("li.event")
    meetings = html.fromstring(desk_client.get(HERE, params={"kind": ["meeting", "vote"]}).text)
    assert {each.text for each in meetings.cssselect("li.event .kind")} == {"meeting"}
    assert meetings.cssselect("input[value=meeting]")[0].get("checked") is not None
    nothing = desk_client.get(HERE, params={"kind": "no such kind"})
    assert "None of these kinds" in nothing.text


def test_a_changed_filter_gets_the_list_alone(desk_client: TestClient) -> None:
    part = desk_client.get(HERE, headers={"HX-Request": "true", "HX-Target": "events"}).text
    assert "<html" not in part
    assert part.strip().startswith('<section id="events"')


def test_a_long_timeline_comes_in_parts(desk_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winset.web.pages.timeline.AT_ONCE", 10)
    first = html.fromstring(desk_client.get(HERE).text)
    assert len(first.cssselect("li.event")) == 10
    (later,) = [link.get("href") for link in first.cssselect("a.button") if link.text == "Later"]
    second = html.fromstring(desk_client.get(later).text)
    assert second.cssselect("li.event")[0].text_content() != first.cssselect("li.event")[0].text_content()


def test_a_big_case_is_told_the_command_instead(big_client: TestClient) -> None:
    for name in ("timeline", "discrepancies"):
        answer = big_client.get(f"/cases/tokyo/{name}")
        assert answer.status_code == 200
        assert f"winset {name} " in answer.text
        assert "too many statements" in answer.text
    assert big_client.get("/cases/tokyo/coding").status_code == 200
