"""What a clue is given and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from winset.actors.names import Mention
from winset.actors.people import Person
from winset.actors.places import Places, Span
from winset.actors.reading import Reading
from winset.actors.types import ActorKind
from winset.ids import ActorId
from winset.statements.types import Statement

JOINT = ", joint"  # added to the rule where the source names several and the first is taken
_AND = re.compile(r"(?:,|\band\b|\bas well as\b|\balong with\b|/)\s*(?:the\s)?\W{0,2}\Z")


class Voice(StrEnum):
    """For whom a source speaks."""

    OFFICIAL = "official"  # a state, a body or a group of states
    COMMENTATOR = "commentator"
    MEDIUM = "medium"
    NOBODY = "nobody"  # a collective, or not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Who a source is, in the document's terms; `resolution` turns it into an Identification."""

    voice: Voice
    score: float
    rule: str
    speaker: str | None = None
    actor_id: ActorId | None = None
    label: str | None = None  # of those that are no actor of the registry: "expert: Hill Institute"


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person named in the document's own voice, in full or by surname."""

    start: int
    end: int
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """The document, its people, and what was found of the statements whose sources stand before."""

    reading: Reading
    people: Mapping[str, Person]  # by folded full name, in order of the first mention
    by_short_name: Mapping[str, tuple[Person, ...]]
    appearances: Places[Appearance]
    earlier: list[tuple[Statement, Finding]] = field(default_factory=list)  # grows while the document is heard

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
