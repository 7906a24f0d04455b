"""Dated events of the documents, what is planned told from what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document, clean_text
from winset.ids import PartialDate
from winset.sourcing.timeline import timeline
from winset.sourcing.types import Event

if TYPE_CHECKING:
    from tests.sourcing.conftest import Coded, Gold, Row, Say

RECALL_FLOOR = 0.70  # of the coded events, those without a date included; raise it, never lower it quietly
PRECISION_FLOOR = 0.77


def events(text: str, published: str | None = "2021-03-12") -> list[tuple[str, str, bool]]:
    document = Document(name="a.txt", text=text, published=PartialDate(published) if published else None)
    return [(str(event.date), event.kind, event.planned) for event in timeline([document], [])]


def test_events_are_sorted_by_date_and_planned_ones_marked() -> None:
    text = "It was built in 2004. It closed on 5 March. It will reopen in July and is to be sold on June 1."
    assert events(text) == [
        ("2004", "mention", False),
        ("2021-03-05", "mention", False),
        ("2021-03-12", "publication", False),
        ("2021-06-01", "mention", True),
        ("2021-07", "mention", True),
    ]


def test_a_publication_is_anchored_where_the_text_prints_it() -> None:
    text = "Port closes\n\nMarch 12, 2021\n\nIt closes."
    (event,) = timeline([Document(name="a.txt", text=text, published=PartialDate("2021-03-12"))], [])
    assert event.anchor.exact == "March 12, 2021"
    assert events("It closes.") == [("2021-03-12", "publication", False)]


def test_a_dated_statement_comes_before_the_mention_in_its_sentence(say: Say) -> None:
    document = Document(name="a.txt", text="On 5 March 2021 Reed said it closes.")
    statement = say(document, "Reed", "said", "it closes", on="2021-03-05")
    (event,) = timeline([document], [statement])
    assert (event.kind, event.anchor.exact) == ("statement", document.text)


def test_furniture_references_and_a_speakers_own_today_are_no_events() -> None:
    assert events("It closes.\n\n[1] Reuters, 5 March 2021, https://www.reuters.com/a", None) == []
    assert events('Reed said: "We close today or last night."', "2021-03-12") == [("2021-03-12", "publication", False)]


def test_a_date_twice_in_a_sentence_is_one_event() -> None:
    assert events("On 5 March 2021, yes on 5 March 2021, it closed.", None) == [("2021-03-05", "mention", False)]


@given(
    st.lists(
        st.sampled_from(["It closed ", "on 5 March. ", "in 2004. ", "It will open ", "in July 2022. ", "\n\n", '"'])
    )
)
def test_any_timeline_is_sorted_and_anchored(parts: list[str]) -> None:
    document = Document(name="a.txt", text=clean_text("".join(parts)), published=PartialDate("2021-03-12"))
    found = timeline([document], [])
    assert [event.date.earliest for event in found] == sorted(event.date.earliest for event in found)
    assert all(event.anchor.holds_in(document) for event in found)


def test_coded_events_are_found(gold: Gold, coded: Coded) -> None:
    documents, statements = coded
    name = {document.id: document.name for document in documents}
    rows = gold("events_dev")
    found = timeline(documents, list(statements.values()))

    def agree(row: Row, event: Event) -> bool:
        start, end = row["span"]
        if row["doc"] != name[event.document_id] or event.anchor.start >= end or start >= event.anchor.end:
            return False
        ends = str(row["date"]).split("/")  # an interval is met by either end, a week by its month
        return str(event.date) in ends or (row["date_precision"] == "week" and ends[0].startswith(str(event.date)))

    recall = sum(any(agree(row, event) for event in found) for row in rows) / len(rows)
    precision = sum(any(agree(row, event) for row in rows) for event in found) / len(found)
    assert recall >= RECALL_FLOOR
    assert precision >= PRECISION_FLOOR
