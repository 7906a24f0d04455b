"""The people a document names in full, each with the best description it gives of them."""

from __future__ import annotations

from dataclasses import dataclass

from winset.actors.offices import short_names
from winset.actors.person_names import bare, names_in
from winset.actors.places import Span
from winset.actors.portraits import Portrait, portraits_at
from winset.actors.reading import Reading
from winset.actors.tables import folded


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in full in the document."""

    name: str  # as first written
    places: tuple[Span, ...]  # of the full name
    portrait: Portrait | None

    @property
    def short(self) -> frozenset[str]:
        """What they may be called after the first mention; folded."""
        return frozenset(short_names(folded(self.name)))

    def last_before(self, at: int) -> int:
        """Where their full name last stands before `at`; where it first stands, if only behind."""
        return max((start for start, _ in self.places if start < at), default=self.places[0][0])


def people(reading: Reading) -> tuple[Person, ...]:
    """Everybody named in full, in order of the first mention."""
    places: dict[str, list[Span]] = {}
    for start, end in names_in(reading, 0, len(reading.text)):
        places.setdefault(folded(bare(reading.text[start:end])), []).append((start, end))
    return tuple(_person(reading, spans) for spans in places.values())


def _person(reading: Reading, spans: list[Span]) -> Person:
    portraits = [portrait for span in spans for portrait in portraits_at(reading, span)]
    best = max(portraits, key=lambda portrait: portrait.score, default=None)
    return Person(bare(reading.text[spans[0][0] : spans[0][1]]), tuple(spans), best)
