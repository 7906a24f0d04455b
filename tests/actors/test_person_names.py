"""Names of people: in full and by one name, from the same words of a text."""

from __future__ import annotations

import pytest

from winset.actors.person_names import full_names, name_words, single_names
from winset.actors.places import NOWHERE, in_order
from winset.actors.titles import COMMENTATOR, OFFICE, offices_in


def found(text: str) -> tuple[list[str], list[str]]:
    """Full names, and names of one word."""
    words = name_words(text, NOWHERE, 0, len(text))
    full = in_order(full_names(text, words))
    single = single_names(text, words, NOWHERE, full, within=(0, len(text)))
    return [text[one.start : one.end] for one in full.entries], [text[one.start : one.end] for one in single]


@pytest.mark.parametrize(
    ("text", "full", "single"),
    [
        ("Ana Lind's plan pleased Okoro.", ["Ana Lind"], ["Okoro"]),
        ("It was Petra von der Tann who met de Groot.", ["Petra von der Tann"], ["de Groot"]),
        ("Omar al-Rashid and al-Rashid's aide", ["Omar al-Rashid"], ["al-Rashid"]),
        ("JD Berg wrote to J. R. Marek.", ["JD Berg", "J. R. Marek"], []),
        ("Lind-led talks; Berg- and", [], ["Lind-led"]),
        ("the E.C.Z. and Lind", [], ["C.Z.", "Lind"]),
        ("", [], []),
    ],
)
def test_names_in_full_and_alone(text: str, full: list[str], single: list[str]) -> None:
    assert found(text) == (full, single)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("Vice-President", ("vice president",)),
        ("president", ("president", "commission president", "council president", "parliament president")),
        ("the deputy foreign minister", ("deputy foreign minister",)),
        ("Federal Chancellor", ("chancellor",)),
        ("EU top diplomat", ("high representative", "top diplomat", "foreign minister")),
    ],
)
def test_offices_sorted_by_their_first_letters_mean_what_they_meant(words: str, titles: tuple[str, ...]) -> None:
    (office,) = offices_in(words, 0, len(words))
    assert office.titles == titles


def test_the_longer_of_words_that_begin_alike_is_found() -> None:
    match = COMMENTATOR.search("a Visiting senior research Fellow there")
    assert match is not None
    assert match.group() == "Visiting senior research Fellow"
    assert OFFICE.search("chief economist") is None
