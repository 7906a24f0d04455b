"""Places of other programs' texts, found again in the text as winset keeps it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import clean_text
from winset.exchange.text_places import STANDARD, WAYS, Counting, LineEnds, Ruler, Told, cleaned, counting

ODD = "ab\r\n é e\u0301\u0323ﬁ한\u1112\u1161\u11ab🐟\u0f73\u0f71\u0f72\u09c7\u09be\u212b\U00011099\U000110ba"
texts = st.text(st.sampled_from(ODD), max_size=14)


@given(raw=texts)
def test_a_text_is_cleaned_as_everywhere_and_every_place_of_it_stays_one(raw: str) -> None:
    made = cleaned(raw)
    assert made.text == clean_text(raw)
    for start in range(len(raw)):
        for end in range(start + 1, len(raw) + 1):
            a, b = made.span(start, end)
            assert 0 <= a < b <= len(made.text)


@given(before=texts, words=st.text("abcé ", min_size=1), after=texts)
def test_words_that_need_no_cleaning_are_held_exactly(before: str, words: str, after: str) -> None:
    raw = f"{before}.{words}.{after}"
    a, b = cleaned(raw).span(len(before) + 1, len(before) + 1 + len(words))
    assert cleaned(raw).text[a:b] == words


@given(text=texts, way=st.sampled_from([way for way in WAYS if not way.mark]))
def test_a_place_in_any_counting_is_one_in_code_points(text: str, way: Counting) -> None:
    ruler = Ruler(text, way)
    for start in range(ruler.size):
        for end in range(start + 1, ruler.size + 1):
            a, b = ruler.span(start, end)
            assert 0 <= a < b <= len(text)
    if way == STANDARD:
        assert ruler.size == len(text)
    if way.utf16 and way.line_ends is LineEnds.AS_THEY_ARE:
        assert ruler.size == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("way", [Counting(), Counting(utf16=True), Counting(line_ends=LineEnds.ONE)])
def test_the_way_of_counting_is_found_by_the_words(way: Counting) -> None:
    raw = "🐟 first\r\nsecond 🐟\r\nthird line"
    counted = raw.replace("\r\n", "\n") if way.line_ends is LineEnds.ONE else raw
    start = counted.index("third")
    start += sum(1 for sign in counted[:start] if sign > "\uffff") if way.utf16 else 0
    assert counting(raw, [Told(start, start + 5, "third")]) == way
    a, b = Ruler(raw, way).span(start, start + 5)
    text = cleaned(raw)
    assert text.text[slice(*text.span(a, b))] == "third"


def test_line_ends_counted_as_two_and_a_counted_mark_are_found() -> None:
    two = counting("one\ntwo\nthree", [Told(10, 15, "three")])
    assert two.line_ends is LineEnds.TWO
    assert counting("\ufeffone two", [Told(5, 8, "two")]).mark


def test_where_nothing_tells_the_standard_holds() -> None:
    assert counting("🐟 one\r\ntwo", [Told(0, 3)]) == STANDARD
    assert counting("plain", [Told(0, 99, "else")]) == STANDARD


def test_a_place_inside_of_a_character_takes_all_of_it() -> None:
    assert Ruler("a🐟b", Counting(utf16=True)).span(2, 3) == (1, 2)
    made = cleaned("xe\u0301y")
    assert made.text == "x\u00e9y"
    assert made.span(2, 3) == (1, 2)
    assert unicodedata.is_normalized("NFC", made.text)
