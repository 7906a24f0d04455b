"""Paragraphs, their kinds and their sentences, at exact offsets of a text that is left as it is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.statements.segmentation import segments
from winset.statements.types import Segment, SegmentKind

PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "[3]",
        ".",
        "?",
        "…",
        "\n",
        "\n\n",
        " ",
        "U.S.",
        "Mr.",
        "# ",
        "- ",
        "Image: A/B",
        "1.",
        "(a) ",
        "•\n",
        "¹",
        "[^a]: ",
        "said.1 ",
        "References\n",
        "\u202e",
        "\u2067",
        "\x00",
        "\x1f",
        "\x85",
        "\ud800",
        "\u200b",
        "\f",
        "\u2028",
        "https://x.org",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=12))).map("".join))

ARTICLE = """1. Skip to the article
  2. Skip to navigation
Home | Politics | Sport | Weather

Ferry talks stall again

The ferry line stays closed, the port authority said.

A crowd waits on the quay
Passengers want the line to openImage: Ada Lovelock/AFP

Who pays for it?

Lena Marsh asked for a vote. "Nobody objected," she said.

Edited by: Tom Reed

Dr Lena Marsh is a Senior Fellow at the Centre for Island Studies. She works in the field of ferry policy.

Subscribe to our newsletter
Leave a Reply
Your email address stays with us
"""


def kinds(text: str) -> dict[str, SegmentKind]:
    return {text[part.start : part.end]: part.kind for part in segments(text)}


def sentences(text: str) -> list[str]:
    return [text[start:end] for part in segments(text) for start, end in part.sentences]


def test_each_paragraph_of_an_article_gets_its_kind() -> None:
    found = kinds(ARTICLE)
    of_kind = {kind: [words for words, other in found.items() if other is kind] for kind in SegmentKind}
    assert of_kind[SegmentKind.HEADING] == ["Ferry talks stall again", "Who pays for it?"]
    assert of_kind[SegmentKind.CAPTION] == [
        "A crowd waits on the quay",
        "Passengers want the line to openImage: Ada Lovelock/AFP",
    ]
    assert of_kind[SegmentKind.BODY] == [
        "The ferry line stays closed, the port authority said.",
        'Lena Marsh asked for a vote. "Nobody objected," she said.',
    ]
    assert len(of_kind[SegmentKind.BOILERPLATE]) == 8


def test_a_credit_is_a_sentence_of_its_own_in_a_caption() -> None:
    caption = "Passengers want the line to openImage: Ada Lovelock/AFP"
    assert sentences(caption) == ["Passengers want the line to open", "Image: Ada Lovelock/AFP"]


@pytest.mark.parametrize(
    "reference",
    [
        "[1] Island Post, 3 May 2021, https://islandpost.example/ferry",
        "[2] ibid.",
        "[3] 2021/5/3 Island Post “Ferry stops”",
        "Marsh, L., & Reed, T. (2021, May 3). The ferry that stopped. Island Post.",
        "<https://islandpost.example/ferry-that-stopped>",
        "12. Island Post as above",
    ],
)
def test_a_line_that_points_to_a_source_is_a_reference_without_any_heading(reference: str) -> None:
    assert kinds(f"The line reopened on Monday.[1]\n\n{reference}")[reference] is SegmentKind.REFERENCE


def test_everything_below_a_reference_heading_is_reference_until_prose_or_furniture() -> None:
    prose = "The line reopened after all, as everybody on the island had expected it would do by then. " * 8
    text = f"It closed.\n\n## References\n\nIsland Post, Ferry stops\n\nTel.: +44 20 7946 0000\n\n{prose}"
    kind = list(kinds(text).values())
    assert kind == [
        SegmentKind.BODY,
        SegmentKind.REFERENCE,
        SegmentKind.REFERENCE,
        SegmentKind.BOILERPLATE,
        SegmentKind.BODY,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "An earlier version of this article misstated the year. It has been corrected.",
        "12 Quay Street, 4021 Porthaven, Freeland",
        "About | Contributors | Submissions",
        "The author is a lecturer at the University of Porthaven.",
        "All rights reserved",
    ],
)
def test_furniture_at_the_end_is_told_from_what_was_said(line: str) -> None:
    assert kinds(f"It closed in May.\n\nIt reopened in June.\n\n{line}")[line] is SegmentKind.BOILERPLATE


def test_what_only_looks_like_furniture_stays_body() -> None:
    for sentence in (
        "Reporting by the island's only paper was praised, and the minister is a fan of it.",
        "Mara Quill is the president of the port council and said it would not pay.",
        "The port closes.[4]",
        "Notes were passed between the two delegations during the session.",
    ):
        assert kinds(f"{sentence}\n\nThe vote is due on Monday.\n\nNobody knows.")[sentence] is SegmentKind.BODY


def test_one_paragraph_a_line_without_blank_lines_is_one_paragraph_a_line() -> None:
    lines = ["The council met for the third time this week and again it could not agree on a price. " * 2] * 3
    assert len(segments("\n".join(line.strip() for line in lines))) == 3


def test_lines_broken_at_the_width_of_a_page_stay_one_paragraph() -> None:
    text = (
        "The council met for the third time this week and\nagain it could not agree on a price for the line.\nIt will."
    )
    assert sentences(text) == [text[:98], "It will."]
    assert len(segments(text)) == 1


def test_lines_of_a_header_are_no_wrapped_sentence() -> None:
    header = (
        "Title: Harbour town confirms talks and rules out a levy\nAuthor: Desk of the harbour gazette\nDate: 2024-03-02"
    )
    text = f"{header}\n\nThe mayor said no."
    found = [(text[each.start : each.end], each.kind) for each in segments(text)]
    assert found == [
        *((line, SegmentKind.BOILERPLATE) for line in header.splitlines()),
        ("The mayor said no.", SegmentKind.BODY),
    ]


def test_a_sentence_that_runs_over_a_page_break_is_one_sentence() -> None:
    first = "The council met for the third time in one week. It was to speak of the price of the ferry and"
    text = f"{first}\n\nof nothing else. Nobody came."
    assert len(segments(text)) == 1
    assert sentences(text)[1].endswith("and\n\nof nothing else.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. J. K. Okoro of the U.S. Senate left.", 1),
        ("He left the U.S. The vote passed.", 2),
        ("It met at 9 a.m. on Jan. 3 in St. Mary. It ended.", 2),
        ("See No. 5. He said no. They left.", 3),
        ("It cost 3.5 million. Not 4.", 2),
        ("“It is over.” She left.", 2),
        ("“Is it over?” Marsh asked.", 1),
        ("“We waited… too long,” she said.", 1),
        ("It closed.[5] It opened. [6][7] It closed.", 3),
        ("They [the islands] “want [...] Money”.", 1),
        ("(It closed.) It opened.", 2),
        ("They chose plan B. The rest followed.", 2),
        ("2. Membership is open to all.", 1),
        ("Reed et al. (2020) agree, e.g. The Post does.", 1),
        ("賛成する。反対だ。", 2),
        ("He left . . . She came.", 2),
        ("Lt.-Gen. Reed left.", 1),
        ("The port said so.2 The council did not.", 2),
        ("It said “so.”3 The council did not.", 2),
        ("It closed.[^a] It opened.", 2),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


def test_a_closing_quotation_mark_or_footnote_marker_goes_with_its_stop() -> None:
    text = "She said: “It is over. We lost.”[5] He left. [6] They stayed."
    assert sentences(text) == ["She said: “It is over.", "We lost.”[5]", "He left. [6]", "They stayed."]


def test_a_list_is_no_row_of_headings() -> None:
    assert set(kinds("- First thing to do\n- Second thing to do").values()) == {SegmentKind.BODY}


@pytest.mark.parametrize(
    "text",
    [
        "1. Membership is open to all.\n2. Fees are due in May.\n3. The chair said no.",
        "(a) the council, which met for a long time, closed the line;\n(b) the port, which had met too, opened it;",
        "i. The council agreed to close the line for a year.\nii. The port did not agree to it at all.",
        "● The first minister said that the port was wrong.\n● The second minister said that it was right.",
        "1 The minister later denied that he had said any of it.\n2 The port told the press that he had said all.",
        "1.1 The council agreed to close the line for a year.\n1.2 The port did not agree to it, as it said in May.",
    ],
)
def test_each_line_of_a_list_is_a_paragraph_and_one_sentence(text: str) -> None:
    assert sentences(text) == text.split("\n")
    assert len(segments(text)) == text.count("\n") + 1


def test_a_number_or_bullet_on_a_line_of_its_own_belongs_to_the_next() -> None:
    text = (
        "The council decided:\n1.\nMembership is open to all states that wish it.\n2.\nFees are due.\n\n•\n\nNo more."
    )
    found = ["The council decided:", "1.\nMembership is open to all states that wish it.", "2.\nFees are due."]
    assert sentences(text) == [*found, "•\n\nNo more."]


def test_a_date_that_the_end_of_a_line_cuts_in_two_begins_no_list() -> None:
    text = (
        "The committee met at length on the price of the ferry on May\n"
        "12 and agreed that the line would stay open until the end of the\nyear, and no longer."
    )
    assert sentences(text) == [text]


@pytest.mark.parametrize("number", ["IV.", "iv.", "1.1.", "2.3.1.", "# 1.", "**2.", "> 3.", "b.", "[c].", "2021."])
def test_a_number_before_a_paragraph_is_no_sentence(number: str) -> None:
    assert sentences(f"{number} The council met in Porthaven. It left.") == [
        f"{number} The council met in Porthaven.",
        "It left.",
    ]


NOTES = [
    ("The line closed.¹", "¹ The minister later denied that he had said so."),
    ("The line closed.1 It opened.", "1 The minister later denied that he had said so to the press."),
    ("The line closed.[^a]", "[^a]: The minister later denied that he had said so."),
    ("The line closed.[1]", "[1] The minister later denied that he had said so."),
    ("The line closed [1]. It opened.", "[1] The minister later denied that he had said so."),
    ("The line closed.\n_________", "1 The minister later denied that he had said so."),
    ("The line closed.†", "† The minister later denied that he had said so."),
    ("The line closed.", "4 Interview with an official of the port, Porthaven."),
    ("The line closed.", "4. See also the letter of the port council."),
    ("The line closed.", "Marsh, Lena. 2021. “The ferry said no.” Journal of Islands 4 (2): 12–34."),
    ("The line closed.", "Marsh, L. and Reed, T., 2020. The line. Porthaven: Quay Press."),
    ("The line closed.", "Marsh L, Reed T. The ferry. J Islands. 2021;4(2):12-34."),
]


@pytest.mark.parametrize(("said", "note"), NOTES)
def test_notes_and_entries_are_references_wherever_they_stand(said: str, note: str) -> None:
    text = f"{said}\n\n{note}\n\nThe port said that it would open again in May."
    found = kinds(text)
    assert found[note] is SegmentKind.REFERENCE
    assert found["The port said that it would open again in May."] is SegmentKind.BODY


@pytest.mark.parametrize(
    "paragraph",
    [
        "3 ministers said that they would go.",
        "[12] The claimant said at [4] that he would go.",
        "12. The representative of Freeland said that he could not accept the text.[5]",
        "PORTHAVEN, Freeland, 2021. The council said no.",
        "Marsh, Reed and Quill said in 2021 that they would go.",
    ],
)
def test_numbered_paragraphs_of_the_text_are_no_notes(paragraph: str) -> None:
    text = f"The line closed.[5]\n\n{paragraph}\n\nThe line opened, as the court said at [12] above.\n\nIt closed."
    assert kinds(text)[paragraph] is SegmentKind.BODY


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "## Notes",
        "ENDNOTES",
        "Further reading:",
        "See also",
        "Notes and references",
        "Literaturverzeichnis",
    ],
)
def test_a_list_of_sources_ends_at_the_next_section(heading: str) -> None:
    entry = "2. " + "The minister said so again, as the paper of the island had it at the time. " * 10
    text = (
        f"It closed.\n\n{heading}\n\n1. The line, Island Post\n\n{entry.strip()}\n\nAnnex II\n\nThe port said no to it."
    )
    assert list(kinds(text).values())[1:] == [SegmentKind.REFERENCE] * 3 + [SegmentKind.HEADING, SegmentKind.BODY]


def test_prose_below_a_heading_such_as_notes_stays_body() -> None:
    prose = "The minister said that the line would stay open for the year to come, whatever it costs the island."
    assert kinds(f"Notes\n\n{prose}\n\nThe port council rejected it.") == {
        "Notes": SegmentKind.HEADING,
        prose: SegmentKind.BODY,
        "The port council rejected it.": SegmentKind.BODY,
    }


@pytest.mark.parametrize("line", ["Page 3 of 12", "- 4 -", "17", "[3]"])
def test_the_number_of_a_page_is_furniture(line: str) -> None:
    assert kinds(f"It closed in May.\n\n{line}\n\nIt opened in June.")[line] is SegmentKind.BOILERPLATE


def well_formed(text: str, found: tuple[Segment, ...]) -> None:
    assert all(one.end <= two.start for one, two in pairwise(found))
    spans = [span for part in found for span in part.sentences]
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all(part.start <= start < end <= part.end for part in found for start, end in part.sentences)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    said = "".join(text[start:end] for start, end in spans)
    assert "".join(said.split()) == "".join(text.split()), "some of the text is in no sentence"


@given(TEXTS)
def test_any_text_is_divided_in_order_without_overlap_and_without_loss(text: str) -> None:
    found = segments(text)
    well_formed(text, found)
    assert bool(found) == bool(text.strip())


@given(TEXTS)
def test_no_sentence_begins_with_what_closes_the_one_before(text: str) -> None:
    for part in segments(text):
        for (_, end), (start, _) in pairwise(part.sentences):
            assert end < start or text[start] not in "”’»"


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(["a b. C ", '"', "“Why? A ", ". ", ".", "\n", "ab\n", "[", "A. ", "http://", " ", "Photo: a "]))
def test_a_long_run_of_anything_is_divided_without_loss(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    found = segments(text)
    well_formed(text, found)
    assert bool(found) == bool(text.strip())


def test_ten_thousand_unclosed_quotations_are_one_paragraph() -> None:
    assert len(segments("“" * 10_000 + "It is over. " * 100)) == 1


def test_in_the_coded_documents_no_statement_lies_outside_body_caption_and_heading(shared: Path) -> None:
    import json

    gold = shared / "data" / "seeds_gold" / "statements_dev.jsonl"
    for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        text = (shared / "seeds" / row["doc"]).read_text(encoding="utf-8")
        for start, _ in row["contents"]:
            kind = next(part.kind for part in segments(text) if part.start <= start < part.end)
            assert kind in (SegmentKind.BODY, SegmentKind.CAPTION, SegmentKind.HEADING)
