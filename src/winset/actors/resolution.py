"""Who the source of each statement is and whom it represents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from winset.actors.clues import CLUES
from winset.actors.clues.types import Appearance, Finding, Hearing, Source, Voice
from winset.actors.people import Person, people
from winset.actors.person_names import bare, single_names
from winset.actors.places import in_order
from winset.actors.reading import Reading, read
from winset.actors.registry import Registry
from winset.actors.tables import folded
from winset.actors.types import ActorKind, Body, Identification, Standing
from winset.corpus.types import Document
from winset.errors import UnknownBody
from winset.ids import ActorId
from winset.issues import CaseSpec
from winset.statements.types import Statement

_ONE_OF_MANY = re.compile(
    r"\b(?:an?|one|another|a single|certain)\b[\w' -]*"
    r"\b(?:ally|member|member[- ]state|country|state|government|capital|nation)\Z",
    re.I,
)
_EUROPEAN = re.compile(r"\bEuropean\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """Before which body the issue lies, and who has what part in it."""

    body: Body | None
    members: frozenset[ActorId]
    partners: frozenset[ActorId]
    registry: Registry


def identify(
    document: Document, statements: Sequence[Statement], registry: Registry, *, spec: CaseSpec | None
) -> tuple[Identification, ...]:
    """Who the source of each statement is and whom it represents; one for each statement, in their order.

    Labels: a state's common name, a body's or group's name, "expert: <affiliation>" (a former official or an expert
    without one: "expert: <name>", without a name: "expert: unaffiliated"), "media: <medium>"; None where unresolved.
    A source that names several is taken for the first, with ", joint" in its rule.  Offices are those of the
    document's date, else of the issue's.  Standing is told by the seats of `spec`; without one there is no body to
    have a seat in, and every state and body is OUTSIDE.
    statements: of this document, in any order.  Raises what `Registry.seats` raises for the body and the date.
    Cost: linear in the document, and for each statement in its paragraph and the statements before.
    """
    room = _room(registry, spec)
    on = _day(document, spec)
    hearing = _hearing(read(document, registry, on=on, body=room.body))
    in_order = sorted(range(len(statements)), key=lambda n: _at(statements[n]))
    found: dict[int, Finding] = {}
    for n in in_order:
        found[n] = _find(hearing, statements[n])
        hearing.earlier.append((statements[n], found[n]))
    pinned = _only_member_heard(hearing, room, [found[n] for n in in_order])
    return tuple(
        _identification(statement, _pin(statement, found[n], pinned, room), room)
        for n, statement in enumerate(statements)
    )


def _room(registry: Registry, spec: CaseSpec | None) -> _Room:
    if spec is None:
        return _Room(body=None, members=frozenset(), partners=frozenset(), registry=registry)
    day = spec.issue.on.latest
    try:
        body: Body | None = registry.body(spec.issue.body)
    except UnknownBody:
        if not spec.seats:
            raise
        body = None  # an own body: its members are all that is known of it
    seats = spec.seats or (registry.seats(body.key, day) if body else ())
    partners = registry.partners(body.key, day) if body else frozenset()
    return _Room(body=body, members=frozenset(seat.actor_id for seat in seats), partners=partners, registry=registry)


def _day(document: Document, spec: CaseSpec | None) -> date | None:
    if document.published:
        return document.published.latest
    return spec.issue.on.latest if spec else None


def _at(statement: Statement) -> int:
    return statement.source.start if statement.source else statement.start


def _hearing(reading: Reading) -> Hearing:
    named = people(reading)
    by_short: dict[str, list[Person]] = {}
    for person in named:
        for short in person.short:
            by_short.setdefault(short, []).append(person)
    short_names = {short: tuple(persons) for short, persons in by_short.items()}
    appearances = in_order(_appearances(reading, named, short_names))
    by_name = {folded(person.name): person for person in named}
    return Hearing(reading=reading, people=by_name, by_short_name=short_names, appearances=appearances)


def _appearances(
    reading: Reading, named: tuple[Person, ...], by_short: dict[str, tuple[Person, ...]]
) -> Iterator[Appearance]:
    """Where somebody is named in the document's own voice, not in quoted words."""
    for person in named:
        for start, end in person.places:
            if not reading.in_quotation(start):
                yield Appearance(start, end, person)
    for start, end in single_names(reading, 0, len(reading.text)):
        persons = by_short.get(folded(bare(reading.text[start:end])), ())
        if persons and not reading.in_quotation(start):
            yield Appearance(start, end, persons[0])


def _find(hearing: Hearing, statement: Statement) -> Finding:
    """The first clue's answer."""
    anchor = statement.source
    if anchor is None:
        return Finding(voice=Voice.NOBODY, score=1.0, rule="no source named")
    source = Source(anchor.start, anchor.end, hearing.reading.text[anchor.start : anchor.end])
    for clue in CLUES:
        finding = clue(hearing, source)
        if finding:
            return finding
    return Finding(voice=Voice.NOBODY, score=0.3, rule="no clue")


def _only_member_heard(hearing: Hearing, room: _Room, found: list[Finding]) -> ActorId | None:
    """The one member of the body heard in the document, where there is exactly one."""
    heard = {finding.actor_id for finding in found if finding.voice is Voice.OFFICIAL and finding.actor_id}
    members = {actor for actor in heard if actor in (room.members or _members_of_named(hearing))}
    return members.pop() if len(members) == 1 else None


def _members_of_named(hearing: Hearing) -> frozenset[ActorId]:
    """Without a case: the members of the body that the document names most."""
    reading = hearing.reading
    kept = {body.organisation: body for body in reading.registry.bodies.values() if body.key != "unsc"}
    named = [(count, actor) for actor, count in reading.counts.items() if actor in kept]
    if not named or reading.on is None:
        return frozenset()
    return reading.registry.members(ActorId(kept[max(named)[1]].key), reading.on)


def _pin(statement: Statement, found: Finding, pinned: ActorId | None, room: _Room) -> Finding:
    """A lone "ally" is the ally heard in the document, where only one is."""
    if found.rule != "collective" or pinned is None or statement.source is None:
        return found
    if not _ONE_OF_MANY.search(statement.source.exact):
        return found
    if _EUROPEAN.search(statement.source.exact) and room.registry.region(pinned) != "Europe":
        return found
    return replace(found, voice=Voice.OFFICIAL, actor_id=pinned, score=0.5, rule="one of many, and only one heard")


def _identification(statement: Statement, found: Finding, room: _Room) -> Identification:
    return Identification(
        statement_id=statement.id,
        speaker=found.speaker,
        represents=room.registry.label(found.actor_id) if found.actor_id else found.label,
        actor_id=found.actor_id,
        standing=_standing(found, room),
        score=round(found.score, 3),
        rule=found.rule,
    )


def _standing(found: Finding, room: _Room) -> Standing:
    """In what capacity it speaks before the body."""
    if found.voice is Voice.COMMENTATOR:
        return Standing.COMMENTATOR
    if found.voice is Voice.MEDIUM:
        return Standing.MEDIUM
    if found.actor_id is None:
        return Standing.UNKNOWN
    return _standing_of(found.actor_id, room)


def _standing_of(actor: ActorId, room: _Room) -> Standing:
    if actor in room.members:
        return Standing.MEMBER
    if room.body and actor in (room.body.organisation, room.body.key):
        return Standing.SECRETARIAT
    if actor in room.partners:
        return Standing.PARTNER
    states = _states_of(actor, room)
    if states & room.members:
        return Standing.UNKNOWN  # a group with members in it has no vote and no one position
    return Standing.PARTNER if states and states <= room.partners else Standing.OUTSIDE


def _states_of(actor: ActorId, room: _Room) -> frozenset[ActorId]:
    if room.registry.actors[actor].kind is ActorKind.STATE:
        return frozenset()
    return frozenset(
        state.id for state in room.registry.actors.values() if any(role.body == actor for role in state.memberships)
    )
