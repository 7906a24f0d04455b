"""Where people are named: in full, or by one name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from winset.actors.places import Span, places
from winset.actors.reading import Reading
from winset.actors.tables import rows

_LETTERS = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'-]*[a-zß-öø-ÿā-ž]\w*"
_TOKEN = (
    rf"(?:(?:al|el|as|ad|ash|ul)-{_LETTERS}|{_LETTERS}|[A-Z]\.(?:-?[A-Z]\.)?|[A-Z]{{2}}(?=\s[A-Z][a-z])|U(?=\s[A-Z]))"
)
_PARTICLES = r"(?:(?:de|da|dos|del|della|di|du|van|von|der|den|ter|ten|bin|bint|ibn|al|el|la|le|zu|af|y|e)\s){0,3}"
_RUN = re.compile(rf"(?<![\w-]){_TOKEN}(?:\s{_PARTICLES}{_TOKEN})+(?:\s(?:Jr|Sr)\.|\s(?:II|III|IV|VI|XIV)\b)?")
_ONE = re.compile(_TOKEN)
_SURNAME = re.compile(
    rf"(?<![\w-])(?:(?:[Vv]on|[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Aa]l|[Dd]i|[Dd]el|[Ll]e)\s){{0,2}}{_TOKEN}(?![\w-])"
)
_NO_NAME = frozenset(row["word"] for row in rows("names/capitalised_words.csv"))  # titles, months, heads of sentences
_PARTICLE_FIRST = frozenset("Von Van De Der Den Del Di Le La El Al Du Bin".split())
_FEWEST, _MOST = 2, 5  # words of a full name: given name and surname, to double names


def names_in(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Places of full names in the stretch: two capitalised words at least, no title, state or organisation."""
    for run in _RUN.finditer(reading.text, start, end):
        tokens: list[Span] = []
        for token in _ONE.finditer(reading.text, run.start(), run.end()):
            if _no_name(reading, token.span()):
                yield from _full(reading.text, tokens)
                tokens = []
            else:
                tokens.append(token.span())
        yield from _full(reading.text, tokens)


def single_names(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Places of names of one word, with its particles: "Merkel", "von der Leyen"; parts of full names are left out."""
    full = places(names_in(reading, start, end))
    for match in _SURNAME.finditer(reading.text, start, end):
        if not _no_name(reading, match.span()) and not full.touches(*match.span()):
            yield match.span()


def bare(name: str) -> str:
    """A name without the possessive."""
    return name.removesuffix("'s").removesuffix("'")


def _full(text: str, tokens: list[Span]) -> Iterator[Span]:
    while tokens and text[tokens[0][0] : tokens[0][1]] in _PARTICLE_FIRST:
        tokens = tokens[1:]  # "Von der Leyen" at the head of a sentence is a surname
    if _FEWEST <= len(tokens) <= _MOST:
        yield tokens[0][0], tokens[-1][1]


def _no_name(reading: Reading, token: Span) -> bool:
    words = reading.text[token[0] : token[1]]
    return bare(words).rstrip(".") in _NO_NAME or reading.taken.touches(*token)
