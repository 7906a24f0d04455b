from __future__ import annotations

import sys
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("He called it « a bad idea » twice.", [" a bad idea "]),
        ("He called it »a bad idea« twice, »so« he did.", ["a bad idea", "so"]),
        ("He called it »a bad idea» twice, »so» he did.", ["a bad idea", "so"]),
        ("He called it ”a bad idea” twice, ”so” he did.", ["a bad idea", "so"]),
        ("He called it „a bad idea“ twice.", ["a bad idea"]),
        ("He called it „a bad idea” twice.", ["a bad idea"]),
        ("He called it ‹a bad idea› twice.", ["a bad idea"]),
        ("He called it ‚a bad idea‘ twice.", ["a bad idea"]),
        ("He called it `a bad idea' twice.", ["a bad idea"]),
        ("He called it ''a bad idea'' twice.", ["a bad idea"]),
        ("He called it ``a bad idea'' twice.", ["a bad idea"]),
        ("「悪い考えだ」と『彼』は言った。", ["悪い考えだ", "彼"]),
        ("(“A bad idea”) and [“so”] — “on”—", ["A bad idea", "so", "on"]),
        ("“No!” “Yes!”", ["No!", "Yes!"]),
        ('He said:"no",and then,"yes".', ["no", "yes"]),
        ('the so-called"agreement"was signed', ["agreement"]),
        ('"Fine"-labelled and "odd"-looking "things."', ["Fine", "odd", "things."]),
        ('He wrote " a bad idea " twice.', [" a bad idea "]),
    ],
)
def test_marks_of_every_kind_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“She called it ‘odd’ and left,” he said.", ["She called it ‘odd’ and left,"]),
        ("'She called it \"odd\" and left,' he said.", ['She called it "odd" and left,']),
        ("“He said “no” to me,” she said. “Fine.”", ["He said “no” to me,", "Fine."]),
        ('He said, "I heard her say "no" to you." They left.', ['I heard her say "no" to you.']),
        ("'I heard her say 'no' to you,' he said.", ["I heard her say 'no' to you,"]),
        ("“‘No’ is no answer,” she said.", ["‘No’ is no answer,"]),
        ("She said, '\"No\" is no answer.' They left.", ['"No" is no answer.']),
        ("“One [the “first”] reason,” he said.", ["One [the “first”] reason,"]),
    ],
)
def test_nested_quotations_are_part_of_the_one_around_them(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A quote that “never closes goes nowhere.", []),
        ('"unclosed start. He said "yes" and left.', ["yes"]),
        ("An “unclosed start. He said “yes” and left.", ["yes"]),
        ('He said "yes" and then "no and left.', ["yes"]),
        ("``We go, he said. ``Now.''", ["Now."]),
        ("'old guard said 'no' to it, and left", ["no"]),
        ('I would go," he said. "We go," she said.', ["We go,"]),
        ('"I like it, "he said, "and so do we."', ["I like it, ", "and so do we."]),
        ('“Closed with a straight mark," he said. “Yes.”', ["Closed with a straight mark,", "Yes."]),
        ('"Closed with a curly mark,” he said. "Yes."', ["Closed with a curly mark,", "Yes."]),
        ("“Closed with the wrong mark,“ he said. “Yes.”", ["Closed with the wrong mark,", "Yes."]),
        ('“” empty, "" empty, “yes”', ["yes"]),
    ],
)
def test_a_mark_left_open_costs_no_more_than_its_own_quotation(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's the members' own fault, and that isn't news to us.", []),
        ("In the '90s, the ministers' view was clear.", []),
        ("In the ‘90s, the ministers’ view was clear, in '98 too.", []),
        ("'Tis the season and 'twas ever thus, said the 'Cause'.", ["Cause"]),
        ("rock 'n' roll, the workers' and the bosses' pay", []),
        ("O'Neill said 'it's the ministers' view that we can't go', and left.",
         ["it's the ministers' view that we can't go"]),
        ("‘It’s the ministers’ view,’ she said.", ["It’s the ministers’ view,"]),
        ("He said 'the workers' pay' is low.", ["the workers' pay"]),
        ("He said 'yes' and the ministers' view was 'no'.", ["yes", "no"]),
        ("'We can't', said O'Brien; 'we won't.'", ["We can't", "we won't."]),
        ('He is 5\' 10" tall and said "fine" twice.', ["fine"]),
        ('A 12" gun and a 15" gun, an "old" one.', ["old"]),
        ('She said "the 12" gun was old" and left.', ['the 12" gun was old']),
        ("It lies at 40° 26' 46\" N and 79° 58' 56\" W.", []),
        ('<post id="778" author="someone">She "liked" it</post>', ["liked"]),
    ],
)  # fmt: skip
def test_apostrophes_measures_and_tags_quote_nobody(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("``", "''"), ("''", "''"), ("‘", "’"), ("'", "'")],
)
def test_a_paragraph_left_open_runs_on_where_the_next_opens_again(opening: str, closing: str) -> None:
    first, second, third = "One reason is the cost of it.", "Another is the law of it.", "A third is time,"
    text = f"She said so.\n\n{opening}{first}\n\n{opening}{second}\n\n{opening}{third}{closing} she said."
    assert quoted(text) == [first, second, third]


def test_a_quotation_goes_on_behind_speech_a_page_break_and_a_word_in_marks() -> None:
    assert quoted("“So it is,” she said. “One reason is cost.\n\n“Another is law,” she said.") == [
        "So it is,",
        "One reason is cost.",
        "Another is law,",
    ]
    assert quoted("“One reason is cost.\n\n- 4 -\n\n“Another is law,” she said.")[0] == "One reason is cost."
    assert quoted('"One is the "cost" of it.\n\n"Another is law," she said.')[0] == 'One is the "cost" of it.'


def test_a_quotation_opened_once_and_closed_paragraphs_later_is_one() -> None:
    text = "He wrote: “One reason is cost.\n\nAnother is the law of it.\n\nA third is time.” He left."
    assert quoted(text) == ["One reason is cost.", "Another is the law of it.", "A third is time."]
    assert quoted(text.replace("time.”", "time.")) == []


@pytest.mark.parametrize("mark", ["“", '"', "'", "‘", "``"])
def test_a_heading_that_opens_a_mark_quotes_nothing(mark: str) -> None:
    assert quoted(f"{mark}Ports to close\n\n“No,” she said. He said nothing at all.") == ["No,"]


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


def calls(text: str) -> int:
    """How many Python functions and methods run while the text is divided and its quotations are paired."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    blocks = segments(text)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        quotations(text, blocks)
        segments(text)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize(
    "piece",
    [
        '"word ', "“word ", "word ‘", "word '", "word' ", "words' x ", "``word ", "''word ", '"', "'", "”", "« ", "» ",
        '“a "b ', "“no” “", '12" "', "“One thing is this.\n\n", '"One thing is this.\n\n', "One thing is this.\n\n",
        "‘One thing is this.\n\n", "1. One thing.\n", "1 One thing.\n\n", "said [1]. [1] One.\n\n", "1.\n", "•\n",
        "[1]\n\n", "References\n\n", "word.1 One ", ". . ", "A. ",
    ],
)  # fmt: skip
def test_ten_times_the_text_costs_ten_times_the_steps(piece: str) -> None:
    assert calls(piece * 1_000) <= 12 * calls(piece * 100)


PIECES = st.sampled_from(
    [*"\"'“”„‟«»‹›‘’‚`「」『』", "''", "``", "‘‘", "’’", " ", "\n", "\n\n", "\xa0", "no", "s", "12", ".", ",", "(", "—",
     "=", "> ", "**", "\u202e", "\x00", "\ud800", "和", "لا", "# ", "- ", "1. ", "[1]"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_quotations_of_any_text_stand_in_order_within_their_paragraphs(text: str) -> None:
    blocks = segments(text)
    found = quotations(text, blocks)
    assert all(one.end <= two.start for one, two in pairwise(found))
    for mark in found:
        assert mark.start <= mark.inner_start < mark.inner_end <= mark.end
        assert any(block.start <= mark.start and mark.end <= block.end for block in blocks)
    assert found == quotations(text, blocks)


def test_ten_megabytes_in_one_line_are_one_paragraph() -> None:
    text = ("He said “yes” and 'no' to it. " + "And so it was, " * 120) * 6_000
    (block,) = segments(text)
    assert len(block.sentences) == 6_001
    assert len(quotations(text, (block,))) == 6_000 * 2
