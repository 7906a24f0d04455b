"""The whole timeline and the precedents on the five articles: read at run time, nothing of them stands in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from winset.corpus.reading import read
from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.sourcing.events.timeline import timeline
from winset.sourcing.precedents.finding import precedents
from winset.sourcing.types import Event, Precedent, ReadDocument
from winset.statements.segmentation import segments

PROPOSAL = "Open a NATO liaison office in Tokyo"


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[ReadDocument]:
    paths = sorted(str(path) for path in (shared / "seeds").glob("*.txt"))
    found = [document for document in read(paths) if isinstance(document, Document)]
    assert len(found) == 5
    return [ReadDocument(document=document, segments=segments(document.text)) for document in found]


@pytest.fixture(scope="module")
def events(articles: list[ReadDocument]) -> tuple[Event, ...]:
    return timeline(articles)


@pytest.fixture(scope="module")
def rows(articles: list[ReadDocument]) -> dict[str, Precedent]:
    return {row.place: row for row in precedents(articles, PROPOSAL)}


def on(events: tuple[Event, ...], date: str) -> list[Event]:
    return [event for event in events if event.date == PartialDate(date)]


def test_one_report_in_two_articles_is_one_event(events: tuple[Event, ...]) -> None:
    (event,) = on(events, "2023-05-03")
    assert (event.kind, event.planned) == ("report", False)
    assert len({passage.anchor.document_id for passage in event.passages}) == 2


def test_the_coming_summit_is_told_in_three_articles(events: tuple[Event, ...]) -> None:
    (event,) = [event for event in on(events, "2023-07") if event.kind == "summit"]
    assert len({passage.anchor.document_id for passage in event.passages}) == 3
    assert any(each.planned for each in on(events, "2023-07") if each is not event)  # what is to be signed before it


def test_ranges_weeks_decades_and_known_days(events: tuple[Event, ...]) -> None:
    spans = {(str(event.date), str(event.until)) for event in events if event.until}
    assert spans == {
        ("1990", "1999"),
        ("2013", "2017"),
        ("2023-06-12", "2023-06-18"),
        ("2023-06-18", "2023-06-23"),
    }
    assert len(on(events, "2001-09-11")) == 2
    assert {str(event.date) for event in events if event.ongoing} == {"1990", "2010", "2017"}


def test_planned_things_are_marked(events: tuple[Event, ...]) -> None:
    assert {str(event.date) for event in events if event.planned} == {"2023-06-12", "2023-07", "2024"}
    assert all(event.kind in {"deadline", "opening"} for event in on(events, "2024"))


def test_anchors_are_clauses(events: tuple[Event, ...]) -> None:
    assert max(len(passage.anchor.exact) for event in events for passage in event.passages) <= 240


def test_earlier_offices_have_place_and_years(rows: dict[str, Precedent]) -> None:
    years = {row.place: (row.since, row.until) for row in rows.values()}
    assert years["Georgia"] == ("2010", "")
    assert years["Moldova"] == ("2017", "")
    assert years["Bosnia and Herzegovina"] == ("", "")
    assert years["Kyiv, Ukraine"] == ("the 1990s", "")
    assert years["Tashkent, Uzbekistan"] == ("2013", "2017")
    assert {"New York", "Vienna, Austria", "Kuwait"} <= set(years)
    assert not any("Tokyo" in place or "Japan" in place for place in years)
    assert all("office" in row.kind for row in rows.values())


def test_what_became_of_them(rows: dict[str, Precedent]) -> None:
    assert rows["Tashkent, Uzbekistan"].fate == "closed"
    assert len(rows["Tashkent, Uzbekistan"].anchors) >= 3
    kuwait = rows["Kuwait"]
    assert kuwait.fate == "remained open"
    assert kuwait.since == ""
    assert "2004" in kuwait.detail
    assert "financed" in kuwait.detail
    assert len({anchor.document_id for anchor in kuwait.anchors}) == 2
