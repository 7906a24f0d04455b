"""Dated events of the documents: tight clauses, what is planned told from what was, one event told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document, clean_text
from winset.ids import PartialDate
from winset.sourcing.events.timeline import timeline
from winset.sourcing.types import Event, ReadDocument
from winset.statements.segmentation import segments
from winset.statements.types import Statement

if TYPE_CHECKING:
    from tests.sourcing.conftest import Say

PUBLISHED = "2021-03-12"  # a Friday
Row = tuple[str, str, str]


def read(text: str, published: str | None = PUBLISHED, *statements: Statement) -> ReadDocument:
    document = Document(name="a.txt", text=text, published=PartialDate(published) if published else None)
    return ReadDocument(document=document, segments=segments(text), statements=statements)


def told(*documents: ReadDocument) -> list[Event]:
    return [event for event in timeline(documents) if event.kind != "publication"]


def rows(text: str, published: str | None = PUBLISHED) -> list[Row]:
    """Date, marks ("P" planned, "O" going on) and words of each event."""
    return [
        (
            f"{event.date}/{event.until}" if event.until else str(event.date),
            "P" * event.planned + "O" * event.ongoing,
            event.anchor.exact,
        )
        for event in told(read(text, published))
    ]


def test_a_sentence_with_four_dates_gives_four_events_with_their_own_clauses() -> None:
    text = (
        "Ministers met in Lisbon on 4 February, the committee voted on 9 February, the report came out on"
        " 11 February 2021 and the port will close in July."
    )
    assert rows(text) == [
        ("2021-02-04", "", "Ministers met in Lisbon on 4 February"),
        ("2021-02-09", "", "the committee voted on 9 February"),
        ("2021-02-11", "", "the report came out on 11 February 2021"),
        ("2021-07", "P", "the port will close in July"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("They came to the March 2019 Fisheries Summit, which failed.", "summit", "the March 2019 Fisheries Summit"),
        ("The plan, its 2018 Arctic Strategy, calls for patrols.", "decision", "its 2018 Arctic Strategy"),
        ("It has been there (since 2017), in Fiji (since 2019) too.", "mention", "Fiji (since 2019)"),
        (
            "The accord will lapse before the summit in Quito this May, we hear.",
            "summit",
            "the summit in Quito this May",
        ),
        ("She resigned on 2 March.", "appointment", "She resigned on 2 March"),
        ("The embargo was lifted in 1996.", "decision", "The embargo was lifted in 1996"),
        ("Voters elected a new council on 3 May 2020.", "election", "Voters elected a new council on 3 May 2020"),
        ("The exercise ran until 9 March.", "exercise", "The exercise ran until 9 March"),
        ("On 10 May, envoy Lind (once a judge) confirmed that talks go on.", "statement", "On 10 May, envoy Lind"),
        ("The office, opened in 1962, is small.", "opening", "opened in 1962"),
        ("It was wound up and closed in 2004.", "closing", "closed in 2004"),
    ],
)
def test_kind_and_words(text: str, kind: str, words: str) -> None:
    found = told(read(text))
    assert any(event.kind == kind and words in event.anchor.exact for event in found), rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Under the 1951 Convention, states may not return refugees.",  # called by its year; nothing is done to it
        "Resolution 1325 (2000) calls on members to act.",
        "He bought the 2022 World Cup sticker.",
        "In fiscal year 2020 the budget was cut.",
        "Turnout was lower than in 2017.",
        "Emissions fell 7 per cent in 2020.",
        "Nobody believes it today.",
        'Lind said: "We close this week or last night."',
        "Lind (2019) argues that quotas failed (Berg et al., 2020, p. 14).",
        "(c) 2020 The Herald.",
        "See https://example.org/2020/12/05/story or doi 10.1000/2020.12.5 for more.",
        "Last updated on 5 March 2021.",
        "Born in 1958, she is a judge.",
        "OSLO, March 11 (Reuters) - The ministry is silent.",
        "It is a decade old.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert rows(text) == []


def test_a_law_is_an_event_where_it_is_made() -> None:
    assert rows("The 1951 Convention was signed in Geneva.") == [
        ("1951", "", "The 1951 Convention was signed in Geneva")
    ]


def test_what_is_planned() -> None:
    assert rows("The council is to meet on 30 March.") == [("2021-03-30", "P", "The council is to meet on 30 March")]
    assert rows("By 2025 the court is to move.") == [("2025", "P", "By 2025 the court is to move")]
    assert rows("Riga hosts the games in December.") == [("2020-12", "", "Riga hosts the games in December")]
    assert rows("Riga hosts the games in October.") == [("2021-10", "P", "Riga hosts the games in October")]
    assert rows("They will vote on it, she said on Thursday.") == [("2021-03-11", "", "she said on Thursday")]
    assert rows("It was put off until September.") == [("2021-09", "P", "It was put off until September")]


def test_what_goes_on_and_what_lasted() -> None:
    assert rows("It has had staff in Peru since 2010.") == [("2010", "O", "It has had staff in Peru since 2010")]
    assert rows("It was run from Tunis between 2003 and 2014.") == [
        ("2003/2014", "", "It was run from Tunis between 2003 and 2014")
    ]


def test_an_undated_document_counts_from_the_day_it_prints_else_from_its_latest_year() -> None:
    assert ("2020-03-04", "", "We met yesterday in Oslo with the mayors") in rows(
        "MINUTES\n\n5 March 2020\n\nWe met yesterday in Oslo with the mayors.", None
    )
    dates = [row[0] for row in rows("The strike ended in March 2019. In May the union split.", None)]
    assert dates == ["2019-03", "2019-05"]


def test_a_publication_is_anchored_where_the_text_prints_it() -> None:
    (event,) = timeline([read("Port closes\n\nMarch 12, 2021\n\nIt closes.")])
    assert (event.kind, event.anchor.exact) == ("publication", "March 12, 2021")
    (event,) = timeline([read("It closes.")])
    assert (str(event.date), event.kind) == (PUBLISHED, "publication")


def test_a_statement_that_no_passage_dates_is_an_event(say: Say) -> None:
    text = "Remarks\n\nMR REED: The port closes."
    document = Document(name="a.txt", text=text)
    statement = say(document, "MR REED", ":", "The port closes", on="2021-03-05")
    (event,) = timeline([ReadDocument(document=document, segments=segments(text), statements=(statement, statement))])
    assert (str(event.date), event.kind, event.anchor.exact) == ("2021-03-05", "statement", "MR REED: The port closes")


def test_one_event_in_two_documents_has_both_passages() -> None:
    one = read("The Fisheries Summit in Quito in June 2020 was brief.", "2020-08-01")
    other = read("It will be taken up at the summit in Quito this June.", "2020-02-01")
    (event,) = told(one, other)
    assert [str(passage.date) for passage in event.passages] == ["2020-06", "2020-06"]
    assert (event.planned, event.spread, len({passage.anchor.document_id for passage in event.passages})) == (
        False,
        None,
        2,
    )


def test_days_that_differ_are_a_spread() -> None:
    one = read("On 5 June 2020 minister Lind visited Quito to see Captain Okoro.", "2020-08-01")
    other = read("Minister Lind visited Quito on 6 June 2020 and met Captain Okoro.", "2020-08-02")
    (event,) = told(one, other)
    assert event.spread == (PartialDate("2020-06-05"), PartialDate("2020-06-06"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The summit in Quito in June 2020 failed.", "The summit in Lima in June 2020 failed."),
        ("The council met in Oslo in May 2019.", "The court met in Oslo in July 2019."),
        ("Lind visited Riga in 2019.", "Okoro visited Riga in 2019."),
        ("Lind has led it since 2010.", "Lind joined it in 2010."),
        ("On 5 May 2020 Lind resigned.", "On 5 May 2020 Okoro visited Peru."),
    ],
)
def test_two_things_stay_two(one: str, other: str) -> None:
    assert len(told(read(one), read(other))) == 2


def test_other_languages_yield_nothing() -> None:
    text = (
        "Der Rat trat am 5. Mai 2020 in Wien zusammen und beschloss, das Büro in Lima im Jahr 2022 zu schließen. " * 3
    )
    assert told(read(text.strip())) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "It closed ",
                "on 5 March. ",
                "in 2004. ",
                "It will open ",
                "in July 2022. ",
                "\n\n",
                '"',
                "(since 2010) ",
                "from 2013 to 2017, ",
                "the 1990s ",
                "and ",
                "Peru ",
                "’s summit ",
            ]
        )
    )
)
def test_any_timeline_is_sorted_and_anchored(parts: list[str]) -> None:
    document = Document(name="a.txt", text=clean_text("".join(parts)), published=PartialDate(PUBLISHED))
    given_twice = [ReadDocument(document=document, segments=segments(document.text))] * 2
    found = timeline(given_twice)
    assert [event.date.earliest for event in found] == sorted(event.date.earliest for event in found)
    assert all(passage.anchor.holds_in(document) for event in found for passage in event.passages)
    assert found == timeline(given_twice)


def test_an_empty_corpus_has_no_events() -> None:
    assert timeline([]) == ()
    assert timeline([read("", None)]) == ()
