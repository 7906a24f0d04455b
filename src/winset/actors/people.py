"""The people a document names in full, each with the best description it gives of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from winset.actors.offices import short_names
from winset.actors.person_names import bare
from winset.actors.places import Span
from winset.actors.portraits import Portrait, portraits_at
from winset.actors.reading import Reading
from winset.actors.tables import folded


@dataclass(frozen=True)
class Person:
    """Somebody named in full in the document."""

    name: str  # as first written
    folded: str  # for comparing
    places: tuple[Span, ...]  # of the full name
    reading: Reading = field(repr=False, compare=False)

    @cached_property
    def portrait(self) -> Portrait | None:
        """The best description that the document gives; looked for when somebody first asks."""
        portraits = (portrait for span in self.places for portrait in portraits_at(self.reading, span))
        return max(portraits, key=lambda portrait: portrait.score, default=None)

    @property
    def short(self) -> tuple[str, ...]:
        """What they may be called after the first mention; folded."""
        return short_names(self.folded)

    def last_before(self, at: int) -> int:
        """Where their full name last stands before `at`; where it first stands, if only behind."""
        return max((start for start, _ in self.places if start < at), default=self.places[0][0])


def people(reading: Reading) -> tuple[Person, ...]:
    """Everybody named in full, in order of the first mention."""
    places: dict[str, list[Span]] = {}
    for name in reading.full_names.entries:
        places.setdefault(folded(bare(reading.text[name.start : name.end])), []).append((name.start, name.end))
    return tuple(
        Person(bare(reading.text[slice(*spans[0])]), name, tuple(spans), reading) for name, spans in places.items()
    )
