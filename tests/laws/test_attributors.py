"""What every attributor must obey, found by walking the family."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis.strategies import lists, sampled_from, text

from winset.corpus.types import Document, clean_text
from winset.statements.attributors import ATTRIBUTORS
from winset.statements.extraction import extract
from winset.statements.segmentation import segments

WORDS = [
    *("Oslo said that opposes the levy according to Mr. by was criticism from and adding (").split(),
    *("“", "”", '"', "'", ", ", ". ", "\n", "Ana: ", "\u202e", "é", "(", ")", "—", "[1]", "\U0001f600", " "),
]
FRAGMENTS = lists(sampled_from(WORDS), max_size=40).map(" ".join)


@given(raw=text() | FRAGMENTS)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_only_words_that_stand_in_it(raw: str) -> None:
    document = Document(name="any", text=clean_text(raw))
    for found in extract(document).statements:
        for part in (found.source, found.cue, *found.contents):
            assert part is None or part.holds_in(document)


@pytest.mark.parametrize("name", [attributor.id for attributor in ATTRIBUTORS if not attributor.needs])
@given(raw=FRAGMENTS)
@settings(max_examples=100, deadline=None)
def test_every_proposal_lies_in_the_text_and_says_something(name: str, raw: str) -> None:
    document = Document(name="any", text=clean_text(raw))
    for found in ATTRIBUTORS[name](document, segments(document.text)):
        assert found.contents or found.cue
        for start, end in (*found.contents, *(part for part in (found.source, found.cue) if part)):
            assert 0 <= start < end <= len(document.text)


def test_ten_thousand_unclosed_quotes_and_one_long_line_are_read() -> None:
    document = Document(name="long", text="“Oslo said " * 10_000)
    assert extract(document).refused == 0
