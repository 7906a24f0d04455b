"""Windows: every word in exactly one, none wider than the network reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from winset.statements.quotations import quotations
from winset.statements.segmentation import segments
from winset.statements.tagging.tagger import tagger
from winset.statements.tagging.windows import CASES, WIDTH, Window, windows


def read(text: str, first_width: int = WIDTH) -> list[Window]:
    blocks = segments(text)
    paragraphs = [block.sentences for block in blocks]
    return list(windows(text, paragraphs, quotations(text, blocks), tagger().pieces, first_width=first_width))


def words(text: str) -> list[tuple[int, int]]:
    return [(word.start, word.end) for word in tagger().pieces.words(text, 0, len(text))]


@given(st.lists(st.text('ab. \n“”"', max_size=200), max_size=8), st.integers(8, WIDTH))
def test_each_word_lies_in_one_window(parts: list[str], first_width: int) -> None:
    text = "\n\n".join(parts)
    found = read(text, first_width)
    assert [span for window in found for span in window.spans] == words(text)


def test_no_window_is_too_wide_and_all_its_lists_agree() -> None:
    text = "\n\n".join(["Oslo said it would wait. " * 40, "Riga agreed.", "word " * 2_000, "x" * 5_000])
    found = read(text)
    assert max(len(window.pieces) for window in found) <= WIDTH
    for window in found:
        assert len(window.pieces) == len(window.types)
        assert len(window.firsts) == len(window.spans) == len(window.paragraphs)
        assert window.firsts == sorted(set(window.firsts))


def test_a_paragraph_that_fits_is_not_cut() -> None:
    text = "\n\n".join(["Riga said that it would agree to the text if Oslo did. " * 6] * 5)
    for window in read(text):
        assert len(set(window.paragraphs)) >= 1
    held = [set(window.paragraphs) for window in read(text)]
    assert sum(map(len, held)) == len(set().union(*held))


def test_quoted_words_are_marked() -> None:
    text = "“We object,” Oslo said."
    (window,) = read(text)
    quoted = [window.types[first] >= CASES for first in window.firsts]
    assert quoted == [True] * 5 + [False] * 3
