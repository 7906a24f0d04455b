"""What a model is shown: every word of the body once, with the place where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis.strategies import lists, sampled_from, text

from winset.corpus.types import clean_text
from winset.statements.language_model.passages import LONGEST, chunks, passages
from winset.statements.segmentation import segments

PIECES = ["Oslo objects. ", "\n\n", "é", "\u200b", "\u00ad", "\t \u00a0", "\U0001f600", "\U000e0041", "“No”", "x" * 900]


@given(raw=text() | lists(sampled_from(PIECES), max_size=60).map("".join))
def test_every_shown_character_stands_at_its_place(raw: str) -> None:
    written = clean_text(raw)
    for passage in passages(written, segments(written)):
        assert len(passage.shown) == len(passage.places) <= LONGEST
        assert list(passage.places) == sorted(set(passage.places))
        for character, place in zip(passage.shown, passage.places, strict=True):
            assert character == written[place] or (character == " " and written[place].isspace())
        assert passage.shown == " ".join(passage.shown.split())
        assert "\n" not in passage.shown


@given(raw=lists(sampled_from(PIECES), max_size=200).map("".join))
def test_chunks_hold_every_passage_once_and_none_is_too_long(raw: str) -> None:
    written = clean_text(raw)
    blocks = segments(written)
    found = list(chunks(written, blocks))
    assert [passage for chunk in found for passage in chunk] == list(passages(written, blocks))
    assert all(sum(len(passage.shown) for passage in chunk) <= LONGEST for chunk in found)


def test_characters_that_no_reader_sees_are_not_shown_and_stay_in_the_span() -> None:
    written = "Riga ob\u00adjects\u200b to \U000e0049\U000e0047it,\t  it says."
    (passage,) = passages(written, segments(written))
    assert passage.shown == "Riga objects to it, it says."
    start, end = passage.span(5, 12)
    assert written[start:end] == "ob\u00adjects"


def test_a_very_long_paragraph_is_cut_between_its_sentences() -> None:
    sentence = "The envoy of Riga said that the levy on harbours would be paid by nobody at all. "
    written = sentence * 200
    found = list(passages(written, segments(written)))
    assert len(found) > 3
    assert all(passage.shown.endswith("at all.") for passage in found)
    assert sum(passage.shown.count("Riga") for passage in found) == 200


def test_references_are_not_shown() -> None:
    written = "Riga objects to the levy.\n\nReferences\n\nLind, A. (2019). Riga said no. Harbour Press, 12-14.\n"
    shown = [passage.shown for passage in passages(written, segments(written))]
    assert "Riga objects to the levy." in shown
    assert not any("Harbour Press" in line for line in shown)
