"""People named in the source: in full, or by surname after a first mention or because an office makes them known."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from winset.actors.clues.types import FIRST_OF_SEVERAL, Finding, Hearing, Source, joint
from winset.actors.people import Person
from winset.actors.person_names import bare
from winset.actors.places import Place
from winset.actors.portraits import actor_of_office
from winset.actors.tables import folded
from winset.actors.titles import FORMER, offices_in
from winset.actors.types import ActorKind, Office, SpeaksAs
from winset.ids import ActorId
from winset.statements.media import canonical_medium

_NAME_ENDS = re.compile(r"\s*[,(;:]|\s(?:of|from|at|with|for|in|and|who)\b|'s?\b")
_NEARLY = 0.85  # likeness from which a spelling is taken for a misprint of the holder's name
_SENTENCE_STATE = 0.45  # score of an office whose state is only named near by
_TITLE_SCORE = 0.6


def person_in_full(hearing: Hearing, source: Source) -> Finding | None:
    """French President N. N.; N. N., a fellow at the Hill Institute."""
    for named in hearing.reading.names_in(*source.span):
        words = folded(bare(hearing.reading.text[named.start : named.end]))
        person = hearing.people.get(words)
        if person is None:
            continue
        found = finding_of(hearing, person, source.start)
        if found.speaks_as is not SpeaksAs.UNRESOLVED or _ends_there(hearing, named, source):
            return _with_joint(hearing, source, (named.start, named.end), found)
    return None


def surname(hearing: Hearing, source: Source) -> Finding | None:
    """N., after N. N. was introduced anywhere in the document, or while N. holds a leading office."""
    for named in hearing.reading.single_names_in(*source.span):
        short = folded(bare(hearing.reading.text[named.start : named.end]))
        titled = actor_titled(hearing, source)
        person = _called(hearing, short, source.start)
        offices = hearing.reading.registry.holders.called(short, hearing.reading.on)
        if person and not (offices and _headline(person, short)):
            found = finding_of(hearing, person, source.start, rule="surname after first mention")
        elif offices:
            found = _holder(offices, "surname of an office holder on the date", 0.8)
        else:
            continue
        if titled in (None, found.actor_id):
            return _with_joint(hearing, source, (named.start, named.end), found)
    return None


def actor_titled(hearing: Hearing, source: Source) -> ActorId | None:
    """The state or body of an office in the source: whom "Danish minister N." speaks for, whoever else is called N."""
    for office in offices_in(hearing.reading.text, *source.span):
        if not FORMER.search(hearing.reading.text, source.start, office.start):
            return actor_of_office(hearing.reading, office, *source.span)
    return None


def _headline(person: Person, short: str) -> bool:
    """Whether a "name" is a surname and the next word of a headline in capitals: "Merkel Doubts Plan"."""
    return person.portrait is None and person.folded.split()[0] == short


def named_without_description(hearing: Hearing, source: Source) -> Finding | None:
    """A person's name of which neither the document nor the registry says more."""
    reading = hearing.reading
    for named in (*reading.names_in(*source.span), *reading.single_names_in(*source.span)):
        if not _ends_there(hearing, named, source):
            continue
        name = bare(reading.text[named.start : named.end])
        return Finding(speaks_as=SpeaksAs.UNRESOLVED, speaker=name, score=0.3, rule="person without a description")
    return None


def _ends_there(hearing: Hearing, named: Place, source: Source) -> bool:
    """Whether nothing goes on from the name: in "Elm Street residents" it is nobody's."""
    return named.end >= source.end or _NAME_ENDS.match(hearing.reading.text, named.end) is not None


def finding_of(hearing: Hearing, person: Person, at: int, *, rule: str | None = None) -> Finding:
    """Whom a person of the document speaks for: by description, by office on the date, by a former office."""
    portrait, reading = person.portrait, hearing.reading
    if portrait and portrait.represents:
        name, spelling = _corrected(hearing, person, portrait.represents)
        words = (rule or portrait.rule) + spelling
        return Finding(
            speaks_as=SpeaksAs.ACTOR,
            speaker=name,
            role=portrait.role,
            actor_id=portrait.represents,
            score=portrait.score,
            rule=words,
        )
    if portrait and portrait.comments:
        return commentator(
            hearing, person.name, portrait.affiliation, portrait.score, rule or portrait.rule, role=portrait.role
        )
    held = reading.registry.holders.named(person.name, reading.on)
    if held and len({office.of for office in held}) == 1:
        return _holder(held, "office held on the date", 0.85)
    if belongs := reading.registry.belongs_to(person.name, reading.on):
        return commentator(hearing, person.name, belongs.name, 0.85, "role on the date")
    if portrait and (near := _nearest_state(hearing, person, at)):
        score = _TITLE_SCORE if near[1] else _SENTENCE_STATE
        return Finding(
            speaks_as=SpeaksAs.ACTOR,
            speaker=person.name,
            role=portrait.role,
            actor_id=near[0],
            score=score,
            rule="title, state named near by",
        )
    if reading.registry.holders.named(person.name, None):
        return commentator(hearing, person.name, None, 0.6, "held an office, not on the date")
    return Finding(speaks_as=SpeaksAs.UNRESOLVED, speaker=person.name, score=0.3, rule="person without a description")


def commentator(
    hearing: Hearing, name: str | None, affiliation: str | None, score: float, rule: str, *, role: str | None = None
) -> Finding:
    """One who speaks for no state: of a medium, of an organisation, or on their own ("expert: <name>")."""
    medium = _medium(hearing, affiliation) if affiliation else None
    if medium:
        return Finding(
            speaks_as=SpeaksAs.MEDIUM,
            speaker=name,
            role=role,
            label=f"media: {medium}",
            affiliation=medium,
            score=score,
            rule=rule,
        )
    belongs = re.sub(r"\A[Tt]he\s", "", affiliation) if affiliation else None
    return Finding(
        speaks_as=SpeaksAs.EXPERT,
        speaker=name,
        role=role,
        label=f"expert: {belongs or name or 'unaffiliated'}",
        affiliation=belongs,
        score=score,
        rule=rule,
    )


def _medium(hearing: Hearing, words: str) -> str | None:
    """The medium of that name, the user's own included."""
    registry = hearing.reading.registry
    own = registry.actors.get(registry.known.get(words.casefold(), ActorId("")))
    return own.name if own and own.kind is ActorKind.MEDIUM else canonical_medium(words)


def _with_joint(hearing: Hearing, source: Source, first: tuple[int, int], found: Finding) -> Finding:
    if not joint(hearing.reading, source, first, found.actor_id):
        return found
    return replace(found, score=found.score * FIRST_OF_SEVERAL, joint=True)


def _called(hearing: Hearing, short: str, at: int) -> Person | None:
    """The person of that short name mentioned last before, else first after; a surname before a given name."""
    candidates = hearing.by_short_name.get(short, ())
    by_surname = [person for person in candidates if person.folded.split()[0] != short] or list(candidates)
    before = [person for person in by_surname if person.places[0][0] <= at]
    if before:
        return max(
            before, key=lambda person: (person.portrait is not None, max(s for s, _ in person.places if s <= at))
        )
    return min(by_surname, key=lambda person: person.places[0][0], default=None)


def _holder(offices: tuple[Office, ...], rule: str, score: float) -> Finding:
    office = offices[0]
    return Finding(
        speaks_as=SpeaksAs.ACTOR, speaker=office.holder, role=office.title, actor_id=office.of, score=score, rule=rule
    )


def _corrected(hearing: Hearing, person: Person, of: ActorId) -> tuple[str, str]:
    """The name as the holder of the office spells it, and what to add to the rule."""
    titles = person.portrait.titles if person.portrait else ()
    name = person.folded
    tenures = hearing.reading.registry.holders.holders(of, titles, hearing.reading.on)
    if any(name in tenure.spellings for tenure in tenures):
        return person.name, ""
    for tenure in tenures:
        for spelling in tenure.spellings:
            likeness = difflib.SequenceMatcher(None, name, spelling).ratio()
            if likeness >= _NEARLY and len(name.split()) == len(spelling.split()):
                return tenure.office.holder, f", spelt like {tenure.office.holder}"
    return person.name, ""


def _nearest_state(hearing: Hearing, person: Person, at: int) -> tuple[ActorId, bool] | None:
    """The state named last before the person's title, and whether in the same sentence."""
    reading = hearing.reading
    first = person.places[0][0] if person.places else at
    for (start, _), same in ((reading.sentence_at(first), True), (reading.paragraph_at(first), False)):
        named = reading.mentions_in(start, first)
        if named:
            return reading.meant(named[-1]), same
    return None
