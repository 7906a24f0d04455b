"""From words to places: what stands in the paragraph is found, what does not is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, none, sampled_from, text

from winset.corpus.types import Document, clean_text
from winset.errors import BadSpan
from winset.ids import RunId
from winset.statements.language_model.anchoring import REACH, anchored
from winset.statements.language_model.answer import Told
from winset.statements.language_model.passages import passages
from winset.statements.quotations import quotations
from winset.statements.segmentation import segments
from winset.statements.types import Form, Proposal
from winset.statements.verifier import verify


def proposal(written: str, source: str | None, cue: str | None, *contents: str, paragraph: int = 1) -> Proposal:
    blocks = segments(written)
    found = list(passages(written, blocks))[paragraph - 1]
    told = Told(paragraph=paragraph, source=source, cue=cue, contents=list(contents))
    return anchored(told, found, quotations(written, blocks))


def words(written: str, found: Proposal) -> list[str]:
    return [written[span[0] : span[1]] for span in (found.source, found.cue, *found.contents) if span]


SAID = "The envoy of Riga said on Monday that the levy would stay. Oslo disagrees."


def test_words_are_found_where_they_stand() -> None:
    found = proposal(SAID, "The envoy of Riga", "said", "the levy would stay")
    assert (found.source, found.cue, found.contents) == ((0, 17), (18, 22), ((38, 57),))
    assert (found.form, found.hedged, found.names) == (Form.INDIRECT, False, True)


@pytest.mark.parametrize(
    ("source", "cue", "contents"),
    [
        ("The envoy of Oslo", "said", ["the levy would stay"]),  # nobody of that name
        ("The envoy of Riga", "promised", ["the levy would stay"]),
        ("The envoy of Riga", "said", ["the levy would go"]),
        ("The envoy of Riga", "said", ["The Levy Would Stay"]),
        ("The envoy of Riga", "said", ["the levy would stay", "and rise"]),
        ("envoy of Rig", "said", ["the levy would stay"]),  # ends inside a word
        ("The envoy of Riga", "aid", ["the levy would stay"]),
        ("The envoy of Riga", "said", ["the ... levy"]),
        ("The envoy of Riga", "said", ["the levy would stay", "the levy would stay"]),  # stands once
        ("The envoy of Riga", "said", ["said on Monday that the levy would stay"]),  # holds its own cue
        ("The envoy of Riga", "envoy", ["the levy would stay"]),
        ("The envoy of Riga", None, ["the levy would stay"]),  # nothing attributes it
        (None, None, ["the levy would stay"]),
        (None, "said", []),
        ("The envoy of Riga", None, []),
        (None, None, []),
        ("…", "said", ["the levy would stay"]),
        ("The envoy of Riga", "said", ["."]),
        ("The envoy of Riga", "said", [" "]),
    ],
)
def test_words_that_do_not_stand_there_or_play_no_part_are_refused(
    source: str | None, cue: str | None, contents: list[str]
) -> None:
    with pytest.raises(BadSpan):
        proposal(SAID, source, cue, *contents)


def test_a_source_of_another_paragraph_is_refused() -> None:
    written = "Riga welcomed the guests.\n\nIt was said that the levy would stay."
    assert proposal(written, None, "was said", "the levy would stay", paragraph=2).source is None
    with pytest.raises(BadSpan):
        proposal(written, "Riga", "was said", "the levy would stay", paragraph=2)


def test_parts_far_apart_are_refused() -> None:
    near, far = (f"Riga said {'and so on ' * many}that it objects." for many in (20, REACH // 10 + 1))
    assert words(near, proposal(near, "Riga", "said", "it objects")) == ["Riga", "said", "it objects"]
    with pytest.raises(BadSpan, match="apart"):
        proposal(far, "Riga", "said", "it objects")


def test_of_several_places_those_nearest_to_one_another_are_taken() -> None:
    written = "Riga said no. Oslo said yes. Riga said yes to that too, Oslo said."
    assert proposal(written, "Oslo", "said", "yes").cue == (19, 23)
    assert proposal(written, "Riga", "said", "yes").source == (29, 33)
    assert proposal(written, "Oslo", "said", "yes to that too").source == (56, 60)


def test_white_space_and_the_shape_of_quotation_marks_are_no_difference() -> None:
    written = "“We   don’t\u00a0agree,” Riga’s envoy\tsaid."
    found = proposal(written, "Riga's envoy", "said", '"We don\'t agree,"')
    assert words(written, found) == ["Riga’s envoy", "said", "We   don’t\u00a0agree,"]
    assert found.form is Form.DIRECT
    assert words(written, proposal(written, "Riga’s envoy", "said", "We don’t\n agree")) == [
        "Riga’s envoy",
        "said",
        "We   don’t\u00a0agree",
    ]


def test_letters_count_however_they_are_composed() -> None:
    written = "Zoë Müller said it could wait."
    found = proposal(written, "Zoe\u0308 Mu\u0308ller", "said", "it could wait")
    assert words(written, found) == ["Zoë Müller", "said", "it could wait"]
    with pytest.raises(BadSpan):
        proposal(written, "Zoe Muller", "said", "it could wait")


def test_quoted_words_need_no_cue() -> None:
    written = "Riga was blunt. “We shall not pay a single coin of it.”"
    found = proposal(written, "Riga", None, "We shall not pay a single coin of it.")
    assert (found.form, found.cue) == (Form.DIRECT, None)


def test_form_hedge_and_name_are_found_in_the_text() -> None:
    written = "It is said to oppose the levy. Riga told us it was “a tax on patience” and unfair."
    attitude = proposal(written, "It", "is said to oppose", "the levy")
    assert (attitude.form, attitude.hedged, attitude.names) == (Form.ACT, True, False)
    mixed = proposal(written, "Riga", "told", "it was “a tax on patience” and unfair")
    assert (mixed.form, mixed.hedged, mixed.names) == (Form.MIXED, False, True)


def test_a_passage_is_no_name() -> None:
    written = f"The envoy who {'walked and ' * 40}waited said no."
    with pytest.raises(BadSpan, match="source"):
        proposal(written, written.removesuffix(" said no."), "said", "no")


def test_an_answer_of_many_parts_that_all_stand_everywhere_takes_no_time() -> None:
    written = "no " * 1_300
    with pytest.raises(BadSpan, match="at most"):
        proposal(written, "no", "no", *["no"] * 5_000)
    assert len(proposal(written + "said", "no", "said", *["no"] * 9).contents) == 9


FRAGMENTS = ["Riga", "said", "“no”", "no", "that", '"', "’", "é", " ", ".", "\u200b", "the levy", ":", "said no"]
PARTS = sampled_from(FRAGMENTS) | text(max_size=5)


@given(
    raw=lists(sampled_from(FRAGMENTS), min_size=1, max_size=30).map(" ".join),
    source=none() | PARTS,
    cue=none() | PARTS,
    contents=lists(PARTS, max_size=3),
    skip=integers(0, 3),
)
def test_whatever_a_model_answers_only_words_of_the_text_pass_the_verifier(
    raw: str, source: str | None, cue: str | None, contents: list[str], skip: int
) -> None:
    document = Document(name="any", text=clean_text(raw))
    blocks = segments(document.text)
    marks = quotations(document.text, blocks)
    told: Any = Told(paragraph=1, source=source or None, cue=cue or None, contents=contents)
    for passage in list(passages(document.text, blocks))[skip:]:
        try:
            found = anchored(told, passage, marks)
        except BadSpan:
            continue
        stated = verify(document, found, coder="machine: test", run_id=RunId("r"))
        for part in (stated.source, stated.cue, *stated.contents):
            assert part is None or part.holds_in(document)
            assert part is None or passage.places[0] <= part.start < part.end <= passage.places[-1] + 1
