"""What a clue is given and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from winset.actors.names import Mention
from winset.actors.people import Person
from winset.actors.person_names import bare
from winset.actors.places import Places, Span, in_order
from winset.actors.reading import Reading
from winset.actors.tables import folded
from winset.actors.types import ActorKind, SpeaksAs
from winset.ids import ActorId
from winset.statements.types import Statement

FIRST_OF_SEVERAL = 0.7  # of the score of one who is named together with others
_AND = re.compile(r"(?:,|\band\b|\bas well as\b|\balong with\b|/)\s*(?:the\s)?\W{0,2}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Who a source is, in the document's terms; `resolution` turns it into an Identification."""

    speaks_as: SpeaksAs
    score: float
    rule: str
    speaker: str | None = None
    actor_id: ActorId | None = None
    label: str | None = None  # of those that are no actor of the registry: "expert: Hill Institute"
    role: str | None = None  # "foreign minister", "senior fellow"
    affiliation: str | None = None  # of one who speaks for no state
    joint: bool = False  # the source names others beside this one


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person named in the document's own voice, in full or by surname."""

    start: int
    end: int
    person: Person


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """The document, its people, and what was found of the statements whose sources stand before."""

    reading: Reading
    people: Mapping[str, Person]  # by folded full name, in order of the first mention
    by_short_name: Mapping[str, tuple[Person, ...]]
    earlier: list[tuple[Statement, Finding]] = field(default_factory=list)  # grows while the document is heard

    @cached_property
    def appearances(self) -> Places[Appearance]:
        """Where somebody is named in the document's own voice, not in quoted words; looked for when first asked."""
        return in_order(self._appearances())

    def _appearances(self) -> Iterator[Appearance]:
        reading = self.reading
        for person in self.people.values():
            for start, end in person.places:
                if not reading.in_quotation(start):
                    yield Appearance(start, end, person)
        for one in reading.single_names.entries:
            persons = self.by_short_name.get(folded(bare(reading.text[one.start : one.end])), ())
            if persons and not reading.in_quotation(one.start):
                yield Appearance(one.start, one.end, persons[0])

    def heard(self, start: int, end: int) -> Iterator[tuple[int, Finding]]:
        """What was found of the sources in the stretch, with where each stands, the last first."""
        for statement, finding in reversed(self.earlier):
            at = statement.source.start if statement.source else statement.start
            if at < start:
                return  # statements are heard in the order of their sources
            if statement.source and at < end:
                yield at, finding

    def named_before(self, at: int, *, body: bool) -> Iterator[Mention]:
        """The bodies (or the states) named before `at`, the last first."""
        mention = self.reading.mentions.before(at)
        while mention:
            state = self.reading.registry.actors[self.reading.meant(mention)].kind is ActorKind.STATE
            if state is not body:
                yield mention
            mention = self.reading.mentions.before(mention.start)


@dataclass(frozen=True, slots=True)
class Source:
    """The words that name the source, as a place in the document."""

    start: int
    end: int
    words: str  # with typewriter apostrophes

    @property
    def span(self) -> Span:
        """Half-open, in the document's text."""
        return self.start, self.end


def joint(reading: Reading, source: Source, first: Span, actor_id: ActorId | None) -> bool:
    """Whether the source names another actor or person beside the first: "France and Germany"."""
    return any(
        mention.start >= first[1]
        and reading.meant(mention) != actor_id
        and _AND.search(reading.text[first[1] : mention.start])
        for mention in reading.mentions_in(source.start, source.end)
    )
