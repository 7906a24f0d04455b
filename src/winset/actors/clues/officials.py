"""Offices and institutions without a person's name: "the French president", "Japanese officials", "the minister"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from winset.actors.affiliations import affiliation
from winset.actors.clues.bodies import body_in_context
from winset.actors.clues.collectives import COMMENTATORS, many
from winset.actors.clues.commentators import commentator
from winset.actors.clues.persons import finding_of
from winset.actors.clues.types import Finding, Hearing, Source
from winset.actors.offices import short_names
from winset.actors.people import Person
from winset.actors.portraits import actor_of_office
from winset.actors.tables import folded
from winset.actors.titles import COMMENTATOR, FORMER, OPPOSITION, PREPOSITION, PRESS, OfficeWord, offices_in
from winset.actors.types import SpeaksAs
from winset.ids import ActorId

_DEFINITE = re.compile(r"\A(?:the\s|[A-Z])", re.I)
_EU_TITLES = {
    "Commission": "commission president",
    "Parliament": "parliament president",
    "Council": "council president",
}
_OFFICERS = frozenset({"secretary general", "director general", "executive secretary", "high representative"})
_JUST_BEHIND = re.compile(r"[\s,]{1,2}(?:Sultan\s)?")
_ANY = frozenset("official officials diplomat leader envoy representative delegate head chief".split())
_TELLING = re.compile(r"\b(?!(?:the|this|that|his|her|same|senior|top|chief|former|new)\b)[a-z][\w-]+")
_OF_ANOTHER = re.compile(
    r"\s(?:of|at|for|from)\s(?:the\s)?[A-ZÀ-Þ]"
)  # and that one is no listed body, else it were found
_NEAR = 800  # characters back within which "the minister" may mean the official heard last
_INTRODUCED = re.compile(r"\b(?:an?|one)\s(?:[\w'-]+\s){0,3}\Z", re.I)
_AT = re.compile(r"\s(?:at|of|for|from)\s(?:the\s)?")
_BARE = re.compile(r"\A(?:the|this|that|his|her)\s(?:[\w'-]+\s){0,3}\Z|\A\Z", re.I)


def office_alone(hearing: Hearing, source: Source) -> Finding | None:
    """The French president; the NATO chief; a spokesman for the Chinese embassy; the alliance's secretary general."""
    reading = hearing.reading
    offices = offices_in(reading.text, *source.span)
    for number, office in enumerate(offices):
        if FORMER.search(reading.text, source.start, office.start) or OPPOSITION.search(
            reading.text, source.start, office.start
        ):
            return None
        of = (
            actor_of_office(reading, office, *source.span)
            or body_in_context(hearing, source)
            or _body_of_officer(hearing, source, office)
        )
        if of and number + 1 < len(offices) and reading.text.startswith("'s", office.end):
            office = offices[-1]  # noqa: PLW2901 - "the chancellor's spokesman": the last of them speaks
        if of:
            named = _named_behind(hearing, office, source.end)
            speaker = (
                _in_full(hearing, of, office, named)
                if named
                else _holder_of(hearing, source, office, of) or _named_elsewhere(hearing, source, office, of)
            )
            return Finding(
                speaks_as=SpeaksAs.ACTOR,
                speaker=speaker,
                role=office.words,
                actor_id=of,
                score=0.92,
                rule="title and name" if named else "office on the date",
            )
    return None


def _body_of_officer(hearing: Hearing, source: Source, office: OfficeWord) -> ActorId | None:
    """The body whose officer the document names, or that is named last before: "the Secretary-General", "the DG"."""
    titles = set(office.titles) & _OFFICERS
    reading = hearing.reading
    if not titles or _is_of_another(hearing, source, office):
        return None
    named = {
        tenure.office.of
        for person in hearing.people.values()
        for tenure in reading.registry.holders.tenures_of(person.name, reading.on)
        if tenure.office.title in titles
    }
    if len(named) == 1:
        return named.pop()  # the document names the officer
    if reading.body and reading.registry.holders.holders(reading.body.organisation, titles, reading.on):
        return reading.body.organisation
    for mention in hearing.named_before(source.start, body=True):
        body = reading.meant(mention)
        for actor in (body, reading.registry.part_of.get(body, body)):
            if reading.registry.holders.holders(actor, titles, reading.on):
                return actor
    return None


def _is_of_another(hearing: Hearing, source: Source, office: OfficeWord) -> bool:
    """Whether the words name an organisation whose office it is: "the head of the Coral Fund", "Coral Fund chief"."""
    reading = hearing.reading
    behind = _OF_ANOTHER.match(reading.text, office.end, source.end)
    return behind is not None or bool(reading.organisations_in(source.start, office.start))


def _named_behind(hearing: Hearing, office: OfficeWord, end: int) -> str | None:
    """The surname right behind an office: "Minister Lind"; not every capital in "an envoy from a Latin state"."""
    reading = hearing.reading
    for one in reading.single_names_in(office.end, end):
        if _JUST_BEHIND.fullmatch(reading.text, office.end, one.start):
            return reading.text[one.start : one.end]
    return None


def _in_full(hearing: Hearing, of: ActorId, office: OfficeWord, surname: str) -> str:
    """The full name of the holder of that office who goes by that surname; else the surname."""
    reading, short = hearing.reading, folded(surname)
    for tenure in reading.registry.holders.holders(of, office.titles, reading.on):
        if any(short in short_names(spelling) for spelling in tenure.spellings):
            return tenure.office.holder
    return surname


def _named_elsewhere(hearing: Hearing, source: Source, office: OfficeWord, of: ActorId) -> str | None:
    """The one person of the document who holds such an office: "the Danish minister", where Ana Lind is named so."""
    if not re.match(r"the\s", source.words, re.I) or office.words.endswith("s"):
        return None
    head = office.words.split()[-1]
    holders = hearing.reading.registry.holders
    found = {
        person.name
        for person in hearing.people.values()
        if (person.portrait and person.portrait.represents == of and head in (person.portrait.role or ""))
        or any(
            tenure.office.of == of and head in tenure.office.title
            for tenure in holders.tenures_of(person.name, hearing.reading.on)
        )
    }
    return found.pop() if len(found) == 1 else None


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
        return many(source.words, rule="opposition or party")
    head = COMMENTATOR.search(reading.text, source.start, head_end)
    if PRESS.search(reading.text, source.start, head_end):
        return _press(hearing, source)
    if head is None and not FORMER.search(reading.text, source.start, head_end):
        return None
    belongs = affiliation(reading.text, *source.span)
    if belongs and not reading.mentions_in(*belongs):
        role = head.group().lower() if head else None
        place = reading.text[belongs[0] : belongs[1]]
        return commentator(hearing, None, place, 0.8, "commentator of an organisation", role=role)
    if head and re.match(r"the\s", source.words, re.I) and (person := _introduced_as(hearing, source, head.group())):
        return finding_of(hearing, person, source.start, rule="description of a person introduced before")
    if _many(source.words):
        return many(source.words, rule=COMMENTATORS)
    found = commentator(hearing, None, None, 0.6, "commentator not named")
    told = re.sub(r"\A(?:an?|the|one)\s", "", source.words[: head_end - source.start].strip(" ,"), flags=re.I)
    return replace(found, role=told, label=f"expert: {told}") if told else found


def _head_end(source: Source) -> int:
    preposition = PREPOSITION.search(source.words)
    return source.start + (preposition.start() if preposition and preposition.start() else len(source.words))


def _press(hearing: Hearing, source: Source) -> Finding:
    """A journalist of a medium that the list of media does not know."""
    belongs = affiliation(hearing.reading.text, *source.span)
    words = hearing.reading.text[belongs[0] : belongs[1]] if belongs else None
    label = f"media: {words}" if words else None
    return Finding(
        speaks_as=SpeaksAs.MEDIUM, label=label, affiliation=words, score=0.7 if words else 0.5, rule="journalist"
    )


def _many(words: str) -> bool:
    return not re.match(
        r"(?:an?|one|the|another|this)\s(?!\w+\sof\b)[\w' -]*?(?:[^s]|ss)\b(?:\s(?:of|in|from|at|with)\b|\Z)",
        words,
        re.I,
    )


def office_before(hearing: Hearing, source: Source) -> Finding | None:
    """The minister; the spokesman; the ambassador: whoever was last introduced with that office."""
    reading = hearing.reading
    if reading.names_in(*source.span) or reading.single_names_in(*source.span):
        return None  # somebody is named, and is not whoever was introduced before
    for office in offices_in(reading.text, *source.span):
        before = reading.text[source.start : office.start]
        if not _BARE.search(before) or "'" in before:
            continue
        told = _TELLING.findall(before.lower())  # "joint" of "the joint envoy"
        person = _introduced_as(hearing, source, office.words, office.titles, told)
        if person:
            return finding_of(hearing, person, source.start, rule="office of a person introduced before")
        return None if told else _official_before(hearing, source, office)
    return None


def _introduced_as(
    hearing: Hearing, source: Source, word: str, titles: tuple[str, ...] = (), told: Sequence[str] = ()
) -> Person | None:
    """The person named last before whose description has that word or title, and the words told beside it."""
    ends = re.compile(rf"(?<!cabinet )\b{re.escape(word)}\b", re.I)
    known = [
        person
        for person in hearing.people.values()
        if person.places[0][0] < source.start
        and person.portrait
        and (ends.search(person.portrait.words) or set(titles) & set(person.portrait.titles))
        and all(each in person.portrait.words.lower() for each in told)
    ]
    return max(known, key=lambda person: person.last_before(source.start), default=None)


def _same_kind(role: str, words: str) -> bool:
    """Whether "the minister" may be the one called "foreign minister" before, as "the foreign minister" may not be a
    "president".
    """
    return role.rsplit(maxsplit=1)[-1] == words.rsplit(maxsplit=1)[-1] or words in _ANY


def _official_before(hearing: Hearing, source: Source, office: OfficeWord) -> Finding | None:
    """The official heard last, near by; else the body's own officer; else the state named last in the sentence."""
    reading = hearing.reading
    if set(office.titles) & _OFFICERS and _is_of_another(hearing, source, office):
        return None
    if reading.body and set(office.titles) & {"secretary general", "high representative"}:
        of = reading.body.organisation
        speaker = _holder_of(hearing, source, office, of)
        return Finding(
            speaks_as=SpeaksAs.ACTOR,
            speaker=speaker,
            role=office.words,
            actor_id=of,
            score=0.75,
            rule="officer of the body",
        )
    for _, found in hearing.heard(source.start - _NEAR, source.start):
        if found.speaks_as is SpeaksAs.ACTOR:
            same = found.role is None or _same_kind(found.role, office.words)
            if not same and set(office.titles) & _OFFICERS:
                return None  # "the Secretary General" is no state's
            return Finding(
                speaks_as=found.speaks_as,
                speaker=found.speaker if same else None,
                role=found.role if same and found.role else office.words,
                actor_id=found.actor_id,
                score=0.55,
                rule="official heard last",
            )
    if introduced := _introduced_official(hearing, source, office):
        return introduced
    start, _ = reading.sentence_at(source.start)
    named = reading.mentions_in(start, source.start)
    if named:
        return Finding(
            speaks_as=SpeaksAs.ACTOR, actor_id=reading.meant(named[-1]), score=0.45, rule="office, state named near by"
        )
    return None


def _introduced_official(hearing: Hearing, source: Source, office: OfficeWord) -> Finding | None:
    """The official introduced last near by who has said nothing yet: "an envoy of Peru came. The envoy said"."""
    reading = hearing.reading
    for earlier in reversed(offices_in(reading.text, max(0, source.start - _NEAR), source.start)):
        start, end = reading.sentence_at(earlier.start)
        if not _INTRODUCED.search(reading.text, start, earlier.start) or not _same_kind(earlier.words, office.words):
            continue
        behind = reading.mentions_in(earlier.end, min(end, source.start))
        if behind and _AT.fullmatch(reading.text, earlier.end, behind[0].start):
            of: ActorId | None = reading.meant(behind[0])  # "an official at the Elysee"
        else:
            of = actor_of_office(reading, earlier, start, min(end, source.start))
        if of:
            return Finding(
                speaks_as=SpeaksAs.ACTOR, role=earlier.words, actor_id=of, score=0.5, rule="official introduced before"
            )
    return None
