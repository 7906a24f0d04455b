from __future__ import annotations

import pytest

from winset.statements.quotations import covered, quotations
from winset.statements.segmentation import segments


def quoted(text: str) -> list[str]:
    return [text[mark.inner_start : mark.inner_end] for mark in quotations(text, segments(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He called it “a bad idea” twice.", ["a bad idea"]),
        ('He called it "a bad idea" twice.', ["a bad idea"]),
        ("He called it ‘a bad idea’ twice.", ["a bad idea"]),
        ("He called it 'a bad idea' twice.", ["a bad idea"]),
        ("He called it «a bad idea» twice.", ["a bad idea"]),
        ("It's the members' own fault, and that isn't news to us.", []),
        ("“She called it ‘odd’ and left,” he said.", ["She called it ‘odd’ and left,"]),
        ("He called it ''a bad idea'' twice.", ["a bad idea"]),
        ("He called it ``a bad idea'' twice.", ["a bad idea"]),
        ("A quote that “never closes goes nowhere.", []),
    ],
)
def test_quotation_marks_are_paired_and_apostrophes_left_alone(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_over_two_paragraphs_keeps_both() -> None:
    text = (
        "“The first reason is the cost, which nobody has put on the table so far in these talks.\n\n"
        "“The second reason is the law,” she said on leaving the building late that evening."
    )
    assert len(quoted(text)) == 2


def test_the_share_that_is_quoted() -> None:
    text = 'ab "cd" ef and a few more words to make this a sentence of its own.'
    marks = quotations(text, segments(text))
    assert covered(3, 7, marks) == 1.0
    assert covered(0, 3, marks) == 0.0
    assert covered(1, 1, marks) == 0.0


def test_ten_thousand_marks_that_never_close_cost_little() -> None:
    text = "word ‘" * 10_000 + "."
    assert quotations(text, segments(text)) == ()
