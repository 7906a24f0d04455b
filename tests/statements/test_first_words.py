"""First words of names: looked for all at once, by capitals or one by one."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis.strategies import lists, sampled_from, text

from winset.statements.first_words import capitalised_words, first_word, first_words

NAMES = ("Elm Post", "Oak", "taz", "10 Hill Street", "Åland", "Новости")


def test_words_are_found_whole_and_in_order() -> None:
    words = first_words(NAMES)
    said = "Oaks and McOak left; Oak-led Elm, taz and 10 Hill Street; Новости; Åland"
    found = words.places(said, 0, len(said))
    assert [said[at : at + len(word)] for at, word in found] == ["Oak", "Elm", "taz", "10", "Новости", "Åland"]


def test_a_stretch_ends_words() -> None:
    words = first_words(NAMES)
    assert words.places("The Oaks", 4, 7) == [(4, "Oak")]
    assert words.places("McOak", 2, 5) == [(2, "Oak")]


def test_a_stretch_costs_no_more_in_a_long_text() -> None:
    words = first_words(NAMES)
    said = "nothing of note. " * 200_000 + "taz"

    def seconds(text: str) -> float:
        begun = time.perf_counter()
        for start in range(0, 20_000, 10):
            assert not words.places(text, start, start + 10)
        return time.perf_counter() - begun

    assert seconds(said) < 20 * seconds(said[:20_010]) + 0.1


@given(lists(sampled_from([*NAMES, "Elms", "x", " ", ". ", "-", "_", "7"]), max_size=12).map("".join))
def test_one_pass_for_several_lists_finds_what_each_finds_alone(said: str) -> None:
    one, other = first_words(NAMES[:3]), first_words(NAMES[3:])
    capitals = capitalised_words(said, 0, len(said), one.capitalised | other.capitalised)
    for words in (one, other):
        assert words.places(said, 0, len(said), capitals=capitals) == words.places(said, 0, len(said))


@given(text(max_size=30))
def test_every_place_holds_its_word(said: str) -> None:
    names = [name for name in re.split(r"\s", said) if first_word(name)]
    for at, word in first_words(names).places(said, 0, len(said)):
        assert said.startswith(word, at)
