"""Where in a text names of a long list may begin: at the first words of names, looked for all at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-Ž"
_CAPITALISED = re.compile(rf"[{_CAPITAL}][^\W_]*")
_FEW = 32  # names that are looked for one by one


Found = tuple[int, str]  # where a word stands, and which it is


@dataclass(frozen=True, slots=True)
class FirstWords:
    """The first words of names: of those that begin with a Latin capital, as most do, and of the others."""

    capitalised: frozenset[str]
    others: tuple[tuple[str, str], ...]  # first word and name: "dpa", "10 Downing Street"

    def places(self, text: str, start: int, end: int, *, capitals: Sequence[Found] | None = None) -> Sequence[Found]:
        """Where each of the words stands as a whole word in `text[start:end]`, in order.  Cost: linear.

        capitals: the `capitalised_words` of the stretch, where they are known already: one pass over a text serves
        several lists.
        """
        if capitals is None:
            found = capitalised_words(text, start, end, self.capitalised)
        else:
            found = [each for each in capitals if each[1] in self.capitalised]
        others = self._others_in(text, start, end) if self.others else ()
        if others:
            found += [(at, word) for word in others for at in _places_of(word, text, start, end)]
            found.sort()
        return found

    def _others_in(self, text: str, start: int, end: int) -> Collection[str]:
        if len(self.others) <= _FEW:
            return {word for word, _ in self.others if text.find(word, start, end) >= 0}
        return {word for word, _ in self.others}.intersection(_WORD.findall(text, start, end))


def capitalised_words(text: str, start: int, end: int, wanted: Container[str]) -> list[Found]:
    """Where each of the wanted words that begin with a capital stands as a whole word in the stretch, in order."""
    return [
        (at, word)
        for match in _CAPITALISED.finditer(text, start, end)
        if (word := match.group()) in wanted and ((at := match.start()) == start or not text[at - 1].isalnum())
    ]


def first_word(name: str) -> str | None:
    """The word by which a name is looked for; None where it has none.

    >>> first_word("“De Standaard”")
    'De'
    """
    found = _WORD.search(name)
    return found.group() if found else None


def first_words(names: Iterable[str]) -> FirstWords:
    """Those of these names."""
    words = [(word, name) for name in names if (word := first_word(name))]
    capitalised = frozenset(word for word, _ in words if _CAPITALISED.match(word))
    return FirstWords(capitalised, tuple(sorted({each for each in words if each[0] not in capitalised})))


def _places_of(word: str, text: str, start: int, end: int) -> Iterator[int]:
    """Where no letter or digit goes before it or behind it."""
    at = text.find(word, start, end)
    while at >= 0:
        stop = at + len(word)
        if not (at > start and text[at - 1].isalnum()) and not (stop < end and text[stop].isalnum()):
            yield at
        at = text.find(word, stop, end)
