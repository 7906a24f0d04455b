from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, text

from winset.brief.drawing import BETWEEN, CLASSES, INK, element, width, wrapped


@given(words=text(max_size=80), to=floats(30, 300), font=integers(9, 14))
def test_no_line_is_wider_than_it_may_be_and_nothing_is_added(words: str, to: float, font: int) -> None:
    lines = wrapped(words, to=to, font=font)
    assert 1 <= len(lines) <= 3
    assert all(width(line, font) <= to for line in lines)
    kept = " ".join(lines)
    assert kept == words or words.startswith(kept.removesuffix("…"))


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Norway", ("Norway",)),
        ("Bosnia and Herzegovina (assumed)", ("Bosnia and", "Herzegovina", "(assumed)")),
        ("Ana Berg (Institute of Northern Harbour Towns)", ("Ana Berg", "(Institute of", "Northern Harbour…")),
        ("Konstantinopolitanskaya", ("Konstantinopolit…",)),
        ("国際連合安全保障理事会", ("国際連合安全保障…",)),
    ],
)
def test_names_are_broken_where_a_reader_would_break_them(words: str, lines: tuple[str, ...]) -> None:
    assert wrapped(words, to=118, font=12) == lines


def test_marks_above_a_letter_take_no_room() -> None:
    assert width("e\u0301", 10) == width("e", 10)


def test_a_color_is_a_class_and_a_value_for_standing_alone() -> None:
    made = element("path", fill=INK, stroke=BETWEEN, stroke_width=2)
    assert made.attrib == {"fill": INK, "stroke": BETWEEN, "stroke-width": "2", "class": "fill-ink stroke-between"}
    assert len(set(CLASSES.values())) == len(CLASSES)


def test_numbers_are_written_to_a_tenth() -> None:
    assert element("line", x1=302.40000000000003, x2=24.0, y1=-0.04).attrib == {"x1": "302.4", "x2": "24", "y1": "-0"}
