"""Where people are named: in full, or by one name. Asked through `Reading`, which has looked once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from winset.actors.places import Place, Places, Span
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


def full_names(text: str, taken: Places[Place], start: int, end: int) -> Iterator[Place]:
    """Places of full names in the stretch: two capitalised words at least, no title, state or organisation.

    text: with typewriter apostrophes.  taken: words that belong to no person's name.
    """
    for run in _RUN.finditer(text, start, end):
        tokens: list[Span] = []
        for token in _ONE.finditer(text, run.start(), run.end()):
            if _no_name(text, taken, token.span()):
                yield from _full(text, tokens)
                tokens = []
            else:
                tokens.append(token.span())
        yield from _full(text, tokens)


def single_names(text: str, taken: Places[Place], full: Places[Place], start: int, end: int) -> Iterator[Place]:
    """Places of names of one word, with its particles: "Merkel", "von der Leyen"; parts of full names are left out."""
    for match in _SURNAME.finditer(text, start, end):
        if not full.touches(*match.span()) and not _no_name(text, taken, match.span()):
            yield Place(match.start(), match.end() - _possessive(match.group()))


def bare(name: str) -> str:
    """A name without the possessive."""
    return name.removesuffix("'s").removesuffix("'")


def _full(text: str, tokens: list[Span]) -> Iterator[Place]:
    while tokens and text[tokens[0][0] : tokens[0][1]] in _PARTICLE_FIRST:
        tokens = tokens[1:]  # "Von der Leyen" at the head of a sentence is a surname
    if _FEWEST <= len(tokens) <= _MOST:
        start, end = tokens[0][0], tokens[-1][1]
        yield Place(start, end - _possessive(text[start:end]))


def _possessive(name: str) -> int:
    """How many characters of it are the possessive ending."""
    return len(name) - len(bare(name))


def _no_name(text: str, taken: Places[Place], token: Span) -> bool:
    return bare(text[token[0] : token[1]]).rstrip(".") in _NO_NAME or taken.touches(*token)
