"""Quotations in two wordings, claims to be the first, corrections, references, addresses, dates of publication."""

from __future__ import annotations

from typing import Any

import pytest

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.sourcing.discrepancies import discrepancies
from winset.sourcing.types import MISSING, DiscrepancyKind, ReadDocument
from winset.statements.segmentation import segments

TRANSLATED = (
    'Chinese Foreign Ministry spokesperson Hua Chunying said on Monday: "Certain countries should stop meddling'
    ' in the internal affairs of their neighbours and do more for the stability of the strait."'
)
TRANSLATED_OTHERWISE = (
    "On Monday China's foreign ministry said that \"some countries must cease to meddle in neighbours' internal"
    ' affairs and should do more things that serve stability in the strait".'
)
TWO_SENTENCES = (
    'Minister Ada Park of Kenya said: "We will never accept a bridge that divides our two towns." She added:'
    ' "We will never accept a road that divides our two schools either."'
)


def test_one_utterance_in_two_translations(find: Any) -> None:
    (row,) = find(
        (TRANSLATED, "2016-02-10"),
        (TRANSLATED_OTHERWISE, "2016-02-10"),
    )
    assert row.kind is DiscrepancyKind.QUOTATION
    assert row.right is None


def test_one_utterance_with_another_word(find: Any) -> None:
    (row,) = find(
        ('Minister Ada Park of Kenya said: "We will never accept a bridge that divides our two towns."', "2016-02-10"),
        ('"We will never accept a wall that divides our two towns," said Ada Park, the Kenyan minister.', "2016-02-11"),
    )
    assert row.kind is DiscrepancyKind.QUOTATION
    assert "bridge" in row.tellings[0].value
    assert "wall" in row.tellings[1].value


def test_two_sentences_of_one_speech_are_two(find: Any) -> None:
    assert (
        find(
            (TWO_SENTENCES, "2016-02-10"),
        )
        == ()
    )


def test_the_first_in_a_region_and_not_the_first(find: Any) -> None:
    (row,) = find(
        "The bank will open a regional office in Dakar, its first in Africa, next year.",
        "The claim that this would be the bank's first regional office in Africa is wrong: it ran a regional office in"
        " Nairobi from 1988 to 1995.",
    )
    assert row.kind is DiscrepancyKind.FIRST
    assert row.right == 1
    assert "1988" in row.why


def test_firsts_of_other_things_or_places_do_not_meet(find: Any) -> None:
    assert (
        find(
            "The bank will open a regional office in Dakar, its first in Africa, next year.",
            "It is not the bank's first regional office in Asia: it ran one in Manila from 1988 to 1995.",
        )
        == ()
    )
    assert (
        find(
            "The airline will open a regional hangar in Dakar, its first in Africa, next year.",
            "This is not the first drought in Africa; one in 1984 was worse.",
        )
        == ()
    )


@pytest.mark.parametrize(
    ("notice", "wrong", "right"),
    [
        (
            "An earlier version of this article said that the ferry is run by the port of Aarhus. It is corrected.",
            "the ferry is run by the port of Aarhus",
            "Odense",
        ),
        (
            "Correction: This story misstated who runs the ferry. It is run by the port of Odense.",
            "who runs the ferry",
            "run by the port of Odense",
        ),
        (
            "Editor's note: A previous version incorrectly stated that the ferry was run by the port of Aarhus.",
            "the ferry was run by the port of Aarhus",
            "Odense",
        ),
        (
            "CORRECTION:\n\nAn article about the ferry misstated who runs it. It is run by the port of Odense.",
            "who runs it",
            "run by the port of Odense",
        ),
        (
            "Clarification, 4 May: the port that runs the ferry is Odense, not Aarhus, as first written.",
            "Aarhus",
            "Odense",
        ),
    ],
)
def test_a_stated_correction(find: Any, notice: str, wrong: str, right: str) -> None:
    body = (
        "The island has one link to the mainland.\n\nThe ferry is run by the port of Odense, which bought it in 2009."
    )
    rows = find(f"{body}\n\n{notice}")
    (row,) = [each for each in rows if each.kind is DiscrepancyKind.CORRECTION]
    assert wrong in row.tellings[0].anchor.exact
    assert right in row.tellings[row.right].anchor.exact


def test_a_note_of_the_editors_that_corrects_nothing(find: Any) -> None:
    assert find("The ferry sails at noon.\n\nEditor's note: The author said this in a speech in Riga in 2009.") == ()


def test_a_note_without_an_entry_and_an_entry_without_a_note(find: Any) -> None:
    missing, unused = find(
        "It began in 1990.[1] It ended in 1999.[3] Nobody knows.[2]\n\nNotes\n\n[1] Ana Reyes, A History, 2001.\n\n"
        "[2] Ben Otto, Another History, 2003.\n\n[4] Cem Aksoy, A Third History, 2004."
    )
    assert "note [3]" in missing.about
    assert missing.tellings[0].value == MISSING
    assert "note [4]" in unused.about


def test_links_to_nowhere_count_once(find: Any) -> None:
    (row,) = find("The [ministers](#) met in [Riga](#) and [agreed](#) on nothing. They will meet again.")
    assert "3 links" in row.why


def test_an_identifier_that_lost_a_digit(find: Any) -> None:
    good, bad = "9f1c2b34-0d5e-4a6b-8c7d-112233445566", "9f1c2b34-0d5e-4a6b-8c7d-11223344556"
    (row,) = find(
        f"See https://news.example.org/content/{bad} for more. It is long.",
        f"See https://news.example.org/content/{good} for more. It is long.",
    )
    assert row.kind is DiscrepancyKind.ADDRESS
    assert row.right == 1
    assert "12 digits in its last group, where the other has 11" in row.why


def test_schemes_trackers_and_final_slashes_are_no_other_address(find: Any) -> None:
    assert (
        find(
            "See http://www.example.org/news/harbour-council-rejects-terminal/ for more.",
            "See https://example.org/news/harbour-council-rejects-terminal?utm_source=feed for more.",
        )
        == ()
    )


def _dated(text: str, published: str, where: str) -> ReadDocument:
    document = Document(name="a.html", text=text, published=PartialDate(published), found_in=(("published", where),))
    return ReadDocument(document=document, segments=segments(text))


def test_a_printed_date_against_the_file_s() -> None:
    text = "The council meets\n\n12 March 2019\n\nThe council will meet again in Turku. It met in Oslo before that."
    (row,) = discrepancies([_dated(text, "2020-07-01", "meta article:published_time")])
    assert row.kind is DiscrepancyKind.PUBLICATION
    assert {telling.value for telling in row.tellings} == {"12 March 2019", "1 July 2020"}
    assert discrepancies([_dated(text, "2019-03-12", "meta article:published_time")]) == ()
    assert discrepancies([_dated(text, "2019-03-12", "line 3")]) == ()


def test_a_source_dated_after_the_document_that_cites_it(find: Any) -> None:
    text = (
        'The council met in Oslo.[1] It will meet.[2]\n\nNotes\n\n[1] The Guardian, "Council meets", 3 April 2019.'
        '\n\n[2] The Guardian, "Council to meet", 9 March 2019.'
    )
    (row,) = find((text, "2019-03-12"))
    assert row.kind is DiscrepancyKind.PUBLICATION
    assert "3 April 2019" in row.why


def test_hostile_texts_cost_little(find: Any) -> None:
    notes = "\n\n".join(f"[{number}] https://example.org/{number}/a-very-long-title-of-a-page" for number in range(400))
    assert (
        len(find("1" * 50_000 + " words.", "[" * 5_000 + "The first " * 3_000, f"It is so.[1]\n\nNotes\n\n{notes}"))
        <= 2
    )
