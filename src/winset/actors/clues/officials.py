"""Offices and institutions without a person's name: "the French president", "Japanese officials", "the minister"."""

from __future__ import annotations

import re

from winset.actors.affiliations import affiliation
from winset.actors.clues.bodies import body_in_context
from winset.actors.clues.persons import commentator, finding_of
from winset.actors.clues.types import Finding, Hearing, Source, Voice
from winset.actors.people import Person
from winset.actors.person_names import single_names
from winset.actors.portraits import actor_of_office
from winset.actors.titles import COMMENTATOR, FORMER, OPPOSITION, PREPOSITION, PRESS, OfficeWord, offices_in
from winset.ids import ActorId

_DEFINITE = re.compile(r"\A(?:the\s|[A-Z])", re.I)
_EU_TITLES = {
    "Commission": "commission president",
    "Parliament": "parliament president",
    "Council": "council president",
}
_NEAR = 800  # characters back within which "the minister" may mean the official heard last
_BARE = re.compile(r"\A(?:the|this|that|his|her)\s(?:[\w'-]+\s){0,3}\Z|\A\Z", re.I)


def office_alone(hearing: Hearing, source: Source) -> Finding | None:
    """The French president; the NATO chief; a spokesman for the Chinese embassy; the alliance's secretary general."""
    reading = hearing.reading
    for office in offices_in(reading.text, *source.span):
        if FORMER.search(reading.text, source.start, office.start) or OPPOSITION.search(
            reading.text, source.start, office.start
        ):
            return None
        of = actor_of_office(reading, office, *source.span) or body_in_context(hearing, source)
        if of:
            named = [reading.text[start:end] for start, end in single_names(reading, office.end, source.end)]
            speaker = named[0] if named else _holder_of(hearing, source, office, of)
            rule = "title and name" if named else "office on the date"
            return Finding(voice=Voice.OFFICIAL, speaker=speaker, actor_id=of, score=0.92, rule=rule)
    return None


def _holder_of(hearing: Hearing, source: Source, office: OfficeWord, of: ActorId) -> str | None:
    """The one person who held that office on the date, where the source means one."""
    if not _DEFINITE.search(source.words) or re.match(r"an?\s", source.words, re.I):
        return None
    titles = office.titles
    for institution, title in _EU_TITLES.items():
        if of == "eu" and institution in source.words:
            titles = (title,)
    holders = {
        tenure.office.holder for tenure in hearing.reading.registry.holders.holders(of, titles, hearing.reading.on)
    }
    return holders.pop() if len(holders) == 1 else None


def unnamed_commentator(hearing: Hearing, source: Source) -> Finding | None:
    """A former diplomat; an analyst at the Hill Institute; experts in Oslo; critics; an opposition leader."""
    reading = hearing.reading
    head_end = _head_end(source)
    if OPPOSITION.search(reading.text, source.start, head_end):
        return Finding(voice=Voice.COMMENTATOR, score=0.6, rule="opposition or party")
    head = COMMENTATOR.search(reading.text, source.start, head_end)
    if PRESS.search(reading.text, source.start, head_end):
        return _press(hearing, source)
    if head is None and not FORMER.search(reading.text, source.start, head_end):
        return None
    belongs = affiliation(reading.text, *source.span)
    if belongs and not reading.mentions_in(*belongs):
        return commentator(None, reading.text[belongs[0] : belongs[1]], 0.8, "commentator of an organisation")
    if head and re.match(r"the\s", source.words, re.I) and (person := _introduced_as(hearing, source, head.group())):
        return finding_of(hearing, person, source.start, rule="description of a person introduced before")
    if _many(source.words):
        return Finding(voice=Voice.COMMENTATOR, score=0.6, rule="commentators not named")
    return commentator(None, None, 0.6, "commentator not named")


def _head_end(source: Source) -> int:
    preposition = PREPOSITION.search(source.words)
    return source.start + (preposition.start() if preposition and preposition.start() else len(source.words))


def _press(hearing: Hearing, source: Source) -> Finding:
    """A journalist of a medium that the list of media does not know."""
    belongs = affiliation(hearing.reading.text, *source.span)
    words = hearing.reading.text[belongs[0] : belongs[1]] if belongs else None
    label = f"media: {words}" if words else None
    return Finding(voice=Voice.MEDIUM, label=label, score=0.7 if words else 0.5, rule="journalist")


def _many(words: str) -> bool:
    return not re.match(
        r"(?:an?|one|the|another|this)\s(?!\w+\sof\b)[\w' -]*?(?:[^s]|ss)\b(?:\s(?:of|in|from|at|with)\b|\Z)",
        words,
        re.I,
    )


def office_before(hearing: Hearing, source: Source) -> Finding | None:
    """The minister; the spokesman; the ambassador: whoever was last introduced with that office."""
    reading = hearing.reading
    for office in offices_in(reading.text, *source.span):
        if not _BARE.search(reading.text[source.start : office.start]):
            continue
        person = _introduced_as(hearing, source, reading.text[office.start : office.end], office.titles)
        if person:
            return finding_of(hearing, person, source.start, rule="office of a person introduced before")
        return _official_before(hearing, source, office)
    return None


def _introduced_as(hearing: Hearing, source: Source, word: str, titles: tuple[str, ...] = ()) -> Person | None:
    """The person named last before whose description has that word or title."""
    known = [
        person
        for person in hearing.people.values()
        if person.places[0][0] < source.start
        and person.portrait
        and (word.lower() in person.portrait.words.lower() or set(titles) & set(person.portrait.titles))
    ]
    return max(known, key=lambda person: person.last_before(source.start), default=None)


def _official_before(hearing: Hearing, source: Source, office: OfficeWord) -> Finding | None:
    """The official heard last, near by; else the body's own officer; else the state named last in the sentence."""
    reading = hearing.reading
    if reading.body and set(office.titles) & {"secretary general", "high representative"}:
        of = reading.body.organisation
        speaker = _holder_of(hearing, source, office, of)
        return Finding(voice=Voice.OFFICIAL, speaker=speaker, actor_id=of, score=0.75, rule="officer of the body")
    for _, found in hearing.heard(source.start - _NEAR, source.start):
        if found.voice is Voice.OFFICIAL:
            return Finding(
                voice=found.voice,
                speaker=found.speaker,
                actor_id=found.actor_id,
                score=0.55,
                rule="official heard last",
            )
    start, _ = reading.sentence_at(source.start)
    named = reading.mentions_in(start, source.start)
    if named:
        return Finding(
            voice=Voice.OFFICIAL, actor_id=reading.meant(named[-1]), score=0.45, rule="office, state named near by"
        )
    return None
