"""What the rules find by themselves; the trained model has tests of its own."""

from __future__ import annotations

import pytest

from winset.corpus.types import Document, clean_text
from winset.statements.extraction import RULES, extract
from winset.statements.types import Form, Statement


def statements(text: str) -> tuple[Statement, ...]:
    return extract(Document(name="text", text=clean_text(text)), methods=RULES).statements


def triples(text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) in words; an empty string where a part is missing."""
    return [
        (
            found.source.exact if found.source else "",
            found.cue.exact if found.cue else "",
            found.words if found.contents else "",
        )
        for found in statements(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Oslo said the pipeline was dead.",
            ("Oslo", "said", "the pipeline was dead"),
        ),
        (
            "Finance Minister Ana Lind told reporters that the tax would wait.",
            ("Finance Minister Ana Lind", "told", "the tax would wait"),
        ),
        (
            "The tax would wait, Finance Minister Ana Lind said on Friday.",
            ("Finance Minister Ana Lind", "said", "The tax would wait"),
        ),
        (
            "“We will not sign this treaty,” said Ana Lind, the envoy.",
            ("Ana Lind", "said", "We will not sign this treaty,"),
        ),
        (
            "“We will not sign,” Ana Lind said. “It is a bad treaty for the coast.”",
            ("Ana Lind", "said", "We will not sign, […] It is a bad treaty for the coast."),
        ),
        (
            "According to the Harbour Gazette, two members want more time.",
            ("the Harbour Gazette", "According to", "two members want more time"),
        ),
        (
            "Riga opposes the levy.",
            ("Riga", "opposes", "the levy"),
        ),
        (
            "The levy was rejected by the Latvian delegation.",
            ("the Latvian delegation", "was rejected by", "The levy"),
        ),
        (
            "Lisbon is not happy with the draft text.",
            ("Lisbon", "is not happy with", "the draft text"),
        ),
        (
            "The draft drew sharp criticism from Lisbon.",
            ("Lisbon", "criticism", "The draft"),
        ),
        (
            "Latvian opposition to the levy grew over the summer.",
            ("Latvian", "opposition", "the levy grew over the summer"),
        ),
        (
            "Ana Lind, an economist at the Northern Institute, believes that the levy will fail.",
            ("Ana Lind, an economist at the Northern Institute", "believes that", "the levy will fail"),
        ),
        (
            "The minister welcomed the plan, adding that talks would go on.",
            ("The minister", "adding that", "talks would go on"),
        ),
        (
            "Mr. Berg accused the commission of hiding the report.",
            ("Mr. Berg", "accused", "the commission of hiding the report"),
        ),
        (
            "Officials warn that the bridge may close.",
            ("Officials", "warn that", "the bridge may close"),
        ),
    ],
)
def test_who_said_what_is_found(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(text)


def test_signed_words_and_words_behind_a_colon_have_their_speaker() -> None:
    assert ("Ana Lind", "—", "This levy takes the bread from our tables, and nobody asked.") in triples(
        "“This levy takes the bread from our tables, and nobody asked.” — Ana Lind, Riga."
    )
    assert ("Ana Lind", ":", "This levy takes the bread from our tables.") in triples(
        "Ana Lind: “This levy takes the bread from our tables.”"
    )


def test_a_hedged_attitude_is_marked_as_hedged() -> None:
    (found,) = statements("Paris is understood to oppose the levy.")
    assert (found.hedged, found.source and found.source.exact) == (True, "Paris")


def test_a_reported_rumour_has_no_source() -> None:
    (found,) = statements("It was reported that the levy would be dropped.")
    assert found.source is None
    assert found.hedged is False


@pytest.mark.parametrize(
    "text",
    [
        "The proposed office would cost two million.",
        "Macro claims are paid within a week of the request.",
        "The report was long and the comments were few.",
        "Nobody was in the room when the lights went out.",
        "There is no denying that winters are cold.",
    ],
)
def test_what_only_looks_like_a_statement_is_none(text: str) -> None:
    assert triples(text) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“This levy will never pass in its present form,” Ana Lind said.", Form.DIRECT),
        ("Ana Lind said the levy was “a cheap trick” on farmers.", Form.MIXED),
        ("Ana Lind said the levy was a trick.", Form.INDIRECT),
        ("Ana Lind opposes the levy.", Form.ACT),
    ],
)
def test_the_form_follows_from_what_is_quoted(text: str, form: Form) -> None:
    assert [found.form for found in statements(text)] == [form]


def test_a_verbatim_record_is_read_by_its_speaker_labels() -> None:
    record = "\n\n".join(
        [
            "The President: I give the floor to the first speaker on my list today.",
            "Mr. Berg (Norway): My delegation cannot accept this draft as it stands.",
            "Ms. Lind (Sweden): We thank the authors and will vote in favour of it.",
        ]
    )
    sources = [found.source.exact for found in statements(record) if found.source]
    assert {"The President", "Mr. Berg (Norway)", "Ms. Lind (Sweden)"} <= set(sources)
    assert {found.coder for found in statements(record)} >= {"machine: speaker-labels"}


def test_what_stands_in_a_reference_list_is_no_statement() -> None:
    text = "The levy passed in spring.\n\nReferences\n\nBerg, A. (2020). Minister says levy is dead. Harbour Gazette.\n"
    assert triples(text) == []


def test_a_credited_medium_is_kept_as_via() -> None:
    (found, *_) = statements("Quoted by the Financial Times newspaper, Ana Lind said the levy was dead.")
    assert found.via == ("Financial Times",)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Riga opposes the levy.", "reporting-verbs"),
        ("“We will not sign this,” Ana Lind said.", "quotation-marks"),
        ("According to the Harbour Gazette, two members want time.", "according-to"),
        ("Lisbon is wary of the draft text.", "attitudes"),
    ],
)
def test_every_method_names_itself_as_coder(text: str, method: str) -> None:
    assert [found.coder for found in statements(text)] == [f"machine: {method}"]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Oslo, Riga and Lisbon oppose the levy.", ["Oslo", "Riga", "Lisbon"]),
        ("Ana Lind, the envoy, opposes the levy.", ["Ana Lind, the envoy"]),
        ("Bosnia and Herzegovina opposes the levy.", ["Bosnia and Herzegovina"]),
        ("In Paris, Oslo and Riga said no to the levy.", ["Oslo", "Riga"]),
    ],
)
def test_what_several_say_together_each_says(text: str, sources: list[str]) -> None:
    assert [found.source.exact for found in statements(text) if found.source] == sources


def test_a_markdown_link_does_not_part_words() -> None:
    assert ("Riga", "supported by", "Dutch objections") in triples(
        "Due to [Dutch objections](#), supported by [Riga](#), it fell."
    )


def test_the_same_text_gives_the_same_ids() -> None:
    text = "Riga opposes the levy. Oslo said it was undecided."
    assert [found.id for found in statements(text)] == [found.id for found in statements(text)]
