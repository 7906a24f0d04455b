"""People named in the source: in full, or by surname after a first mention or because an office makes them known."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from winset.actors.clues.types import JOINT, Finding, Hearing, Source, Voice, joint
from winset.actors.people import Person
from winset.actors.person_names import bare, names_in, single_names
from winset.actors.portraits import actor_of_office
from winset.actors.tables import folded
from winset.actors.titles import FORMER, offices_in
from winset.actors.types import Office
from winset.ids import ActorId
from winset.statements.media import canonical_medium

_NEARLY = 0.85  # likeness from which a spelling is taken for a misprint of the holder's name
_SENTENCE_STATE = 0.45  # score of an office whose state is only named near by
_TITLE_SCORE = 0.6


def person_in_full(hearing: Hearing, source: Source) -> Finding | None:
    """French President N. N.; N. N., a fellow at the Hill Institute."""
    for start, end in names_in(hearing.reading, *source.span):
        words = folded(bare(hearing.reading.text[start:end]))
        person = hearing.people.get(words)
        if person:
            return _with_joint(hearing, source, (start, end), finding_of(hearing, person, source.start))
    return None


def surname(hearing: Hearing, source: Source) -> Finding | None:
    """N., after N. N. was introduced anywhere in the document, or while N. holds a leading office."""
    for start, end in single_names(hearing.reading, *source.span):
        short = folded(bare(hearing.reading.text[start:end]))
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
            return _with_joint(hearing, source, (start, end), found)
    return None


def actor_titled(hearing: Hearing, source: Source) -> ActorId | None:
    """The state or body of an office in the source: whom "Danish minister N." speaks for, whoever else is called N."""
    for office in offices_in(hearing.reading.text, *source.span):
        if not FORMER.search(hearing.reading.text, source.start, office.start):
            return actor_of_office(hearing.reading, office, *source.span)
    return None


def _headline(person: Person, short: str) -> bool:
    """Whether a "name" is a surname and the next word of a headline in capitals: "Merkel Doubts Plan"."""
    return person.portrait is None and folded(person.name).split()[0] == short


def named_without_description(hearing: Hearing, source: Source) -> Finding | None:
    """A person's name of which neither the document nor the registry says more."""
    for start, end in (*names_in(hearing.reading, *source.span), *single_names(hearing.reading, *source.span)):
        name = bare(hearing.reading.text[start:end])
        return Finding(voice=Voice.NOBODY, speaker=name, score=0.3, rule="person without a description")
    return None


def finding_of(hearing: Hearing, person: Person, at: int, *, rule: str | None = None) -> Finding:
    """Whom a person of the document speaks for: by description, by office on the date, by a former office."""
    portrait, reading = person.portrait, hearing.reading
    if portrait and portrait.represents:
        name, spelling = _corrected(hearing, person, portrait.represents)
        words = (rule or portrait.rule) + spelling
        return Finding(
            voice=Voice.OFFICIAL, speaker=name, actor_id=portrait.represents, score=portrait.score, rule=words
        )
    if portrait and portrait.comments:
        return commentator(person.name, portrait.affiliation, portrait.score, rule or portrait.rule)
    held = reading.registry.holders.named(person.name, reading.on)
    if held and len({office.of for office in held}) == 1:
        return _holder(held, "office held on the date", 0.85)
    if portrait and (near := _nearest_state(hearing, person, at)):
        score = _TITLE_SCORE if near[1] else _SENTENCE_STATE
        return Finding(
            voice=Voice.OFFICIAL, speaker=person.name, actor_id=near[0], score=score, rule="title, state named near by"
        )
    if reading.registry.holders.named(person.name, None):
        return commentator(person.name, None, 0.6, "held an office, not on the date")
    return Finding(voice=Voice.NOBODY, speaker=person.name, score=0.3, rule="person without a description")


def commentator(name: str | None, affiliation: str | None, score: float, rule: str) -> Finding:
    """One who speaks for no state: of a medium, of an organisation, or on their own ("expert: <name>")."""
    medium = canonical_medium(affiliation) if affiliation else None
    if medium:
        return Finding(voice=Voice.MEDIUM, speaker=name, label=f"media: {medium}", score=score, rule=rule)
    belongs = re.sub(r"\A[Tt]he\s", "", affiliation) if affiliation else name or "unaffiliated"
    return Finding(voice=Voice.COMMENTATOR, speaker=name, label=f"expert: {belongs}", score=score, rule=rule)


def _with_joint(hearing: Hearing, source: Source, first: tuple[int, int], found: Finding) -> Finding:
    if not joint(hearing.reading, source, first, found.actor_id):
        return found
    return replace(found, score=found.score * 0.7, rule=found.rule + JOINT)


def _called(hearing: Hearing, short: str, at: int) -> Person | None:
    """The person of that short name mentioned last before, else first after; a surname before a given name."""
    candidates = hearing.by_short_name.get(short, ())
    by_surname = [person for person in candidates if folded(person.name).split()[0] != short] or list(candidates)
    before = [person for person in by_surname if person.places[0][0] <= at]
    if before:
        return max(
            before, key=lambda person: (person.portrait is not None, max(s for s, _ in person.places if s <= at))
        )
    return min(by_surname, key=lambda person: person.places[0][0], default=None)


def _holder(offices: tuple[Office, ...], rule: str, score: float) -> Finding:
    office = offices[0]
    return Finding(voice=Voice.OFFICIAL, speaker=office.holder, actor_id=office.of, score=score, rule=rule)


def _corrected(hearing: Hearing, person: Person, of: ActorId) -> tuple[str, str]:
    """The name as the holder of the office spells it, and what to add to the rule."""
    titles = person.portrait.titles if person.portrait else ()
    name = folded(person.name)
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
