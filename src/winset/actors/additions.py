"""What a registry of the user's own adds: actors with names, memberships and offices, each with its line."""

from __future__ import annotations

from dataclasses import dataclass

from winset.actors.types import ActorKind
from winset.errors import InvalidValue
from winset.ids import PartialDate

KINDS = {  # as users write them
    "person": ActorKind.PERSON,
    "expert": ActorKind.PERSON,
    "state": ActorKind.STATE,
    "country": ActorKind.STATE,
    "body": ActorKind.BODY,
    "organisation": ActorKind.ORGANISATION,
    "organization": ActorKind.ORGANISATION,
    "think tank": ActorKind.ORGANISATION,
    "university": ActorKind.ORGANISATION,
    "company": ActorKind.ORGANISATION,
    "party": ActorKind.ORGANISATION,
    "medium": ActorKind.MEDIUM,
    "media": ActorKind.MEDIUM,
}


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A place in a file of the user's."""

    file: str
    number: int  # from 1

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, as precise as the source; None: not told, at the end: still."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end.latest < self.start.earliest:
            raise InvalidValue(f"ends {self.end} before it starts {self.start}: correct one of the two dates")

    def surely_meets(self, other: Span) -> bool:
        """Whether both last at one time whatever the imprecise dates mean; to hand over on one day is not to meet.

        >>> first, second = Span(PartialDate("2019"), PartialDate("2022")), Span(PartialDate("2022"))
        >>> first.surely_meets(second), first.surely_meets(Span(PartialDate("2021")))
        (False, True)
        """
        starts = [span.start.latest for span in (self, other) if span.start]
        ends = [span.end.earliest for span in (self, other) if span.end]
        return not starts or not ends or max(starts) < min(ends)

    def __str__(self) -> str:
        return f"{self.start or '…'} to {self.end or 'now'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """A name or an alias."""

    words: str
    used: Span = Span()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMembership:
    """A role in a body, a state, an organisation or a medium."""

    body: str  # as the file names it: id, ISO code, Wikidata id or name; several of them parted by a bar
    role: str
    held: Span
    at: Line
    overrides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffice:
    """An office of a state, a body or an organisation."""

    title: str
    of: str  # as the file names it
    holder: str | None  # None: the actor of the entry
    held: Span
    at: Line
    overrides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one row says of one actor. Several rows may speak of the same."""

    at: Line
    name: str = ""  # empty: told elsewhere, or shipped
    id: str = ""
    kind: ActorKind | None = None  # None: told elsewhere, or shipped
    names: tuple[NewName, ...] = ()  # the name, if any, first
    memberships: tuple[NewMembership, ...] = ()
    offices: tuple[NewOffice, ...] = ()
    iso: str = ""
    wikidata: str = ""
    rule: str = ""  # of a body: key in decisions.rules.RULES
    founded: PartialDate | None = None  # of a body
    refers: bool = False  # names an actor that is told of elsewhere, and tells no new one
    ambiguous: bool = False  # its names mean other actors too
    overrides: bool = False


@dataclass(frozen=True, eq=False)
class Addition:
    """A registry of the user's own, read. Compared as an object: its size would make every comparison slow."""

    name: str  # of the file
    entries: tuple[Entry, ...]
    downloaded: bool = False  # a query's result or a dump: an end that it lacks was not told
    notes: tuple[str, ...] = ()  # what was left out of it, one line each
