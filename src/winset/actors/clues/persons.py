"""People named in the source: in full, or by surname after a first mention or because an office makes them known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from winset.actors.clues.commentators import commentator
from winset.actors.clues.states_near_by import nearest_state
from winset.actors.clues.types import FIRST_OF_SEVERAL, Finding, Hearing, Source, joint
from winset.actors.offices import Tenure
from winset.actors.people import Person
from winset.actors.person_names import bare
from winset.actors.places import Place
from winset.actors.portraits import actor_of_office
from winset.actors.tables import folded
from winset.actors.titles import FORMER, offices_in
from winset.actors.types import Office, SpeaksAs
from winset.ids import ActorId

_NAME_ENDS = re.compile(r"\s*[,(;:]|\s(?:of|from|at|with|for|in|and|who)\b|'s?\b")
_CLOSE_TO = re.compile(
    r"\b(?:aides?|spokes\w+|advis[eo]rs?|office|administration|government|cabinet|team|camp|allies|ally|wife|husband|sister"
    r"|brother|daughter|son|lawyers?|chief of staff|close|loyal)\s(?:to|of|for|with)\s(?:[\w.'-]+\s){0,4}\Z",
    re.I,
)
_CLOSE_BEHIND = re.compile(
    r"(?:'s?)?\s(?:\w+\s)?(?:office|administration|government|cabinet|team|camp|aides?|spokes\w+|advis[eo]rs?|allies|ally|wife"
    r"|husband|sister|brother|daughter|son|lawyers?|party|coalition)\b",
    re.I,
)
_INITIAL = re.compile(r"\s[A-Z]\.\s")
_THEN = re.compile(r"\bthen[- ](?:[\w-]+,?\s){1,5}\Z")
_THEN_NEAR = 60  # characters before a name
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
        if _beside(hearing, named, source):
            found = replace(found, speaker=None, role=None)
        if found.speaks_as is not SpeaksAs.UNRESOLVED or _ends_there(hearing, named, source):
            return _with_joint(hearing, source, (named.start, named.end), found)
    return None


def surname(hearing: Hearing, source: Source) -> Finding | None:
    """N., after N. N. was introduced anywhere in the document, or while N. holds a leading office."""
    for named in hearing.reading.single_names_in(*source.span):
        short = folded(bare(hearing.reading.text[named.start : named.end]))
        person = _called(hearing, short, source.start)
        offices = hearing.reading.registry.holders.called(short, hearing.reading.on)
        if person and not (offices and _headline(person, short)):
            found = finding_of(hearing, person, source.start, rule="surname after first mention")
        elif offices:
            found = _holder(offices, "surname of an office holder on the date", 0.8)
        else:
            continue
        if _beside(hearing, named, source):
            found = replace(found, speaker=None, role=None)
        if actor_titled(hearing, source) in (None, found.actor_id):
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


def _beside(hearing: Hearing, named: Place, source: Source) -> bool:
    """Whether somebody close to the person speaks: "an aide to Lind", "Lind's office"."""
    text = hearing.reading.text
    return bool(_CLOSE_TO.search(text[source.start : named.start]) or _CLOSE_BEHIND.match(text, named.end, source.end))


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
    on = None if _then(hearing, person) else reading.on
    held = _as_described(person, _held(hearing, person.name, on))
    if held and len({tenure.office.of for tenure in held}) == 1:
        score = 0.85 if any(tenure.certain_on(reading.on) for tenure in held) else 0.7
        return _holder([tenure.office for tenure in held], "office held on the date", score)
    if not held and (offices := reading.registry.holders.called(person.name, on)):
        return _holder(offices, "surname of an office holder on the date", 0.8)
    if belongs := reading.registry.belongs_to(person.name, reading.on):
        return commentator(hearing, person.name, belongs.name, 0.85, "role on the date")
    if portrait and (near := nearest_state(hearing, person, at)):
        score = _TITLE_SCORE if near[1] else _SENTENCE_STATE
        return Finding(
            speaks_as=SpeaksAs.ACTOR,
            speaker=person.name,
            role=portrait.role,
            actor_id=near[0],
            score=score,
            rule="title, state named near by",
        )
    if past := _held(hearing, person.name, None):
        role = f"former {past[-1].office.title}" if reading.on and past[-1].ended_before(reading.on) else None
        return commentator(hearing, person.name, None, 0.6, "held an office, not on the date", role=role)
    return Finding(speaks_as=SpeaksAs.UNRESOLVED, speaker=person.name, score=0.3, rule="person without a description")


def _then(hearing: Hearing, person: Person) -> bool:
    """Whether the document calls them what they then were: "the then president, Ana Lind"."""
    text = hearing.reading.text
    return any(_THEN.search(text[max(0, start - _THEN_NEAR) : start]) for start, _ in person.places)


def _as_described(person: Person, held: tuple[Tenure, ...]) -> tuple[Tenure, ...]:
    """Of several offices that of the description: "Commission president" of one who led a government, too."""
    titles = set(person.portrait.titles) if person.portrait else set()
    return tuple(tenure for tenure in held if tenure.office.title in titles) or held


def _held(hearing: Hearing, name: str, on: date | None) -> tuple[Tenure, ...]:
    """What a person of that name held that day, without middle initials where they hide it: "Ana B. Lind"."""
    holders = hearing.reading.registry.holders
    return holders.tenures_of(name, on) or holders.tenures_of(_INITIAL.sub(" ", name), on)


def _with_joint(hearing: Hearing, source: Source, first: tuple[int, int], found: Finding) -> Finding:
    if not joint(hearing.reading, source, first, found.actor_id):
        return found
    return replace(found, score=found.score * FIRST_OF_SEVERAL, joint=True)


def _called(hearing: Hearing, short: str, at: int) -> Person | None:
    """The person of that short name mentioned last before, else first after; a surname before a given name."""
    candidates = hearing.by_short_name.get(short, ())
    by_surname = [person for person in candidates if person.folded.split()[0] != short] or list(candidates)
    before = [person for person in by_surname if person.places[0][0] <= at]
    if len(before) == 1:
        return before[0]
    if before:
        return max(
            before,
            key=lambda person: (
                bool(_held(hearing, person.name, hearing.reading.on)),
                person.portrait is not None,
                max(s for s, _ in person.places if s <= at),
            ),
        )
    return min(by_surname, key=lambda person: person.places[0][0], default=None)


def _holder(offices: Sequence[Office], rule: str, score: float) -> Finding:
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
            if len(name.split()) == len(spelling.split()) and _alike(name, spelling):
                return tenure.office.holder, f", spelt like {tenure.office.holder}"
    return person.name, ""


def _alike(one: str, other: str) -> bool:
    """Whether one spelling may be a misprint of the other; the cheap bounds are asked first."""
    matcher = difflib.SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= _NEARLY and matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY
