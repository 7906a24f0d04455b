"""Who the source of each statement is and whom it represents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from winset.actors.clues import CLUES
from winset.actors.clues.types import Finding, Hearing, Source
from winset.actors.joint_sources import apart, together
from winset.actors.people import Person, people
from winset.actors.reading import Reading, read
from winset.actors.registry import Registry
from winset.actors.rooms import Room, room_of
from winset.actors.types import Identification, SpeaksAs
from winset.corpus.types import Document
from winset.ids import ActorId
from winset.issues import CaseSpec
from winset.statements.date_mentions import year_of_writing
from winset.statements.types import Segment, Statement

_ONE_OF_MANY = re.compile(
    r"\b(?:an?|one|another|a single|certain)\b[\w' -]*"
    r"\b(?:ally|member|member[- ]state|country|state|government|capital|nation)\Z",
    re.I,
)
_EUROPEAN = re.compile(r"\bEuropean\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Statements, joint sources apart, and who each source is: two tuples in one order."""

    statements: tuple[Statement, ...]
    identifications: tuple[Identification, ...]


def resolve(
    document: Document,
    statements: Sequence[Statement],
    registry: Registry,
    *,
    spec: CaseSpec | None,
    parts: Sequence[Segment] | None = None,
) -> Resolved:
    """As `identify`, with a statement of several sources ("Hungary and Poland") made one for each, marked joint.

    parts: the document's segments, where they are known already.
    """
    room = room_of(registry, spec)
    hearing = _hearing(read(document, registry, on=_day(document, spec), body=room.body, parts=parts))
    each = tuple(part for statement in statements for part in apart(document, hearing, statement))
    return Resolved(statements=each, identifications=_identified(hearing, each, room))


def identify(
    document: Document, statements: Sequence[Statement], registry: Registry, *, spec: CaseSpec | None
) -> tuple[Identification, ...]:
    """Who the source of each statement is and whom it represents; one for each statement, in their order.

    Labels: a state's common name, a body's or group's name, "expert: <affiliation>" (a former official or an expert
    without one: "expert: <name>", without a name: what the text calls them), "media: <medium>", "author: <name>",
    "<body> members (some)" or "<words> (unspecified)" for many, "unspecified" for who is not named; None where
    unresolved.  A source that names several is taken for the first and marked joint; `resolve` sets them apart.
    Offices are those of the document's date, else of the issue's.  Standing is told by the seats of `spec`; without
    one there is no body to have a seat in, and every state and body is OUTSIDE.
    statements: of this document, in any order.  Raises what `Registry.seats` raises for the body and the date.
    Cost: linear in the document, and for each statement in its paragraph and the statements before.
    """
    room = room_of(registry, spec)
    hearing = _hearing(read(document, registry, on=_day(document, spec), body=room.body))
    return _identified(hearing, statements, room)


def _identified(hearing: Hearing, statements: Sequence[Statement], room: Room) -> tuple[Identification, ...]:
    in_order = sorted(range(len(statements)), key=lambda n: _at(statements[n]))
    found: dict[int, Finding] = {}
    for n in in_order:
        found[n] = _find(hearing, statements[n])
        hearing.earlier.append((statements[n], found[n]))
    pinned = _only_member_heard(hearing, room, [found[n] for n in in_order])
    joint = together(statements)
    return tuple(
        _identification(statement, _pin(statement, found[n], pinned, room), room, joint=joint[n])
        for n, statement in enumerate(statements)
    )


def _day(document: Document, spec: CaseSpec | None) -> date | None:
    """The day whose offices count: of publication, else the last that the text may be of, before the decision."""
    if document.published:
        return document.published.latest
    written = year_of_writing(document.text)
    days = [day for day in (written and written.latest, spec and spec.issue.on.latest) if day]
    return min(days, default=None)


def _at(statement: Statement) -> int:
    return statement.source.start if statement.source else statement.start


def _hearing(reading: Reading) -> Hearing:
    named = people(reading)
    by_short: dict[str, list[Person]] = {}
    for person in named:
        for short in person.short:
            by_short.setdefault(short, []).append(person)
    short_names = {short: tuple(persons) for short, persons in by_short.items()}
    by_name = {person.folded: person for person in named}
    return Hearing(reading=reading, people=by_name, by_short_name=short_names)


def _find(hearing: Hearing, statement: Statement) -> Finding:
    """The first clue's answer."""
    anchor = statement.source
    if anchor is None:
        return Finding(speaks_as=SpeaksAs.UNRESOLVED, score=1.0, rule="no source named")
    source = Source(anchor.start, anchor.end, hearing.reading.text[anchor.start : anchor.end])
    for clue in CLUES:
        finding = clue(hearing, source)
        if finding:
            return _in_anothers_name(hearing, source, finding)
    return Finding(speaks_as=SpeaksAs.UNRESOLVED, score=0.3, rule="no clue")


def _in_anothers_name(hearing: Hearing, source: Source, finding: Finding) -> Finding:
    """Who speaks on behalf of a group speaks for it: "Samoa, for the island states"."""
    group = hearing.reading.spoken_for(source.end) if finding.speaks_as is SpeaksAs.ACTOR else None
    return replace(finding, actor_id=group, rule="in the name of a group") if group else finding


def _only_member_heard(hearing: Hearing, room: Room, found: list[Finding]) -> ActorId | None:
    """The one member of the body heard in the document, where there is exactly one."""
    if not any(finding.rule == "collective" for finding in found):
        return None  # nobody asks
    heard = {finding.actor_id for finding in found if finding.speaks_as is SpeaksAs.ACTOR and finding.actor_id}
    members = heard & (room.members or _members_of_named(hearing))
    return members.pop() if len(members) == 1 else None


def _members_of_named(hearing: Hearing) -> frozenset[ActorId]:
    """Without a case: the members of the body that the document names most."""
    reading = hearing.reading
    kept = {body.organisation: body for body in reading.registry.bodies.values() if body.key != "unsc"}
    named = [(count, actor) for actor, count in reading.counts.items() if actor in kept]
    if not named or reading.on is None:
        return frozenset()
    return reading.registry.members(ActorId(kept[max(named)[1]].key), reading.on)


def _pin(statement: Statement, found: Finding, pinned: ActorId | None, room: Room) -> Finding:
    """A lone "ally" is the ally heard in the document, where only one is."""
    if found.rule != "collective" or pinned is None or statement.source is None:
        return found
    if not _ONE_OF_MANY.search(statement.source.exact):
        return found
    if _EUROPEAN.search(statement.source.exact) and room.registry.region(pinned) != "Europe":
        return found
    return replace(
        found, speaks_as=SpeaksAs.ACTOR, actor_id=pinned, label=None, score=0.5, rule="one of many, and only one heard"
    )


def _identification(statement: Statement, found: Finding, room: Room, *, joint: bool) -> Identification:
    return Identification(
        statement_id=statement.id,
        speaker=found.speaker,
        represents=room.registry.label(found.actor_id) if found.actor_id else found.label,
        actor_id=found.actor_id,
        standing=room.standing_of(found.speaks_as, found.actor_id),
        speaks_as=found.speaks_as,
        role=found.role,
        affiliation=found.affiliation,
        joint=joint or found.joint,
        score=round(found.score, 3),
        rule=found.rule,
    )
