"""Pronouns as sources: whoever was heard last, or named last, by recency."""

from __future__ import annotations

import re
from dataclasses import replace

from winset.actors.clues.persons import finding_of
from winset.actors.clues.types import Finding, Hearing, Source
from winset.actors.places import Place, Places, Span
from winset.actors.titles import offices_in
from winset.actors.types import NOBODY, SpeaksAs

_OWN = r"\s(?:own\s)?(?P<owned>.{1,60})"  # "his government", "its 2020 strategy"
_PERSON = re.compile(rf"(?:he|she|him|her|his|hers|himself|herself|(?:his|her){_OWN})\Z", re.I | re.S)
_MANY = re.compile(rf"(?:it|its|they|their|them|itself|themselves|both|(?:its|their){_OWN})\Z", re.I | re.S)
_SELF = re.compile(rf"(?:I|[Ww]e|[Oo]ur|us|me|[Mm]y|(?:[Oo]ur|[Mm]y){_OWN})\Z", re.S)
_RELATIVE = re.compile(r"(?:who|which|that|whose(?:\s[\w' -]{1,60})?)\Z", re.I)
_FIRST = frozenset(
    "he she him her hers his himself herself it its they their them itself themselves both i we our us me my who which"
    " that whose".split()
)
_COUNTERPART = re.compile(
    r"(?:his|her|their|its)\s(?:[\w-]+\s){0,4}?(?:counterpart|colleague|opposite number)s?\b", re.I
)
_EXPLETIVE = re.compile(  # "it was reported that", "it seems": nobody's "it"
    r"\s(?:(?:is|was|has been|had been|can be|could be|may be|will be|is being)\s(?:\w+ly\s)?(?:reported|said"
    r"|understood|believed|thought|expected|argued|noted|claimed|rumou?red|alleged|suggested|recalled|stated|announced|known"
    r"|clear|likely|possible)|seems|appears|emerged|transpired|turned out)\b"
)
_PARAGRAPHS_BACK = 3
_SENTENCES_BACK = 2


def pronoun(hearing: Hearing, source: Source) -> Finding | None:
    """He; they; who; we: the source or actor that the word stands for."""
    if source.words.split(maxsplit=1)[0].lower() not in _FIRST or hearing.reading.names_in(*source.span):
        return None  # "its director, Ana Lind" is named
    if _COUNTERPART.match(source.words):
        return _counterpart(hearing, source)
    if person := _PERSON.match(source.words):
        found = _person(hearing, source)
        return replace(found, speaker=None) if person.group("owned") else found
    if source.words.lower() == "it" and _EXPLETIVE.match(hearing.reading.text, source.end):
        return _nobody("it, for nobody")
    if _MANY.match(source.words):
        return _actor(hearing, source) or _nobody("pronoun without antecedent")
    if _SELF.match(source.words):
        return _own_words(hearing, source) or _author(hearing, source) or _nobody("first person without speaker")
    if _RELATIVE.match(source.words):
        return _antecedent(hearing, source) or _nobody("relative pronoun without antecedent")
    return None


def _nobody(rule: str) -> Finding:
    return Finding(speaks_as=SpeaksAs.UNRESOLVED, score=0.3, rule=rule)


def _person(hearing: Hearing, source: Source) -> Finding:
    """The speaker heard last in this paragraph or the ones before, unless somebody is named in a later sentence."""
    for start, end in _paragraphs_back(hearing, source):
        heard = [(at, found) for at, found in hearing.heard(start, end) if found.speaker or _one_person(found)]
        named = hearing.appearances.within(start, end)
        last_heard = max((at for at, _ in heard), default=-1)
        subject = _subject(hearing, [entry.start for entry in named])
        if heard and hearing.reading.sentence_at(last_heard)[0] >= (
            hearing.reading.sentence_at(subject)[0] if named else -1
        ):
            found = max(heard, key=lambda entry: entry[0])[1]
            return replace(found, score=found.score * 0.8, rule="pronoun for the speaker heard last")
        if named:
            person = next(entry.person for entry in named if entry.start == subject)
            found = finding_of(hearing, person, source.start)
            return replace(found, score=found.score * 0.7, rule="pronoun for the person named last")
    return _nobody("pronoun without antecedent")


def _one_person(found: Finding) -> bool:
    """Whether somebody speaks who is not named: "Algeria's ambassador", "an analyst"; not "diplomats"."""
    return found.speaks_as is SpeaksAs.ANONYMOUS or (found.role is not None and not found.role.endswith("s"))


def _subject(hearing: Hearing, places: list[int]) -> int:
    """The first of the places in the last sentence that has one: its subject, more often than not."""
    if not places:
        return -1
    start, _ = hearing.reading.sentence_at(places[-1])
    return min(place for place in places if place >= start)


def _paragraphs_back(hearing: Hearing, source: Source) -> list[Span]:
    """The paragraph up to the source, then whole ones before it, the nearest first."""
    start, _ = hearing.reading.paragraph_at(source.start)
    before = _last_before(hearing.reading.paragraphs, start, _PARAGRAPHS_BACK)
    return [(start, source.start), *before]


def _last_before(spans: Places[Place], at: int, count: int) -> list[Span]:
    """The last few before `at`, the nearest first."""
    found: list[Span] = []
    place = spans.before(at)
    while place and len(found) < count:
        found.append((place.start, place.end))
        place = spans.before(place.start)
    return found


def _actor(hearing: Hearing, source: Source) -> Finding | None:
    """The state or body first named in the sentence before the pronoun, else in the sentence before that one."""
    reading = hearing.reading
    unlikely = NOBODY if source.words.lower().startswith("it") else {SpeaksAs.UNRESOLVED}  # "they" may be many
    start, _ = reading.sentence_at(source.start)
    for low, high in [(start, source.start), *reading.sentences_before(start, _SENTENCES_BACK)]:
        named = [mention for mention in reading.mentions_in(low, high) if not reading.in_quotation(mention.start)]
        heard = [
            found for _, found in hearing.heard(low, high) if found.speaks_as not in unlikely and not found.speaker
        ]
        if named:
            return Finding(
                speaks_as=SpeaksAs.ACTOR,
                actor_id=reading.meant(named[0]),
                score=0.55,
                rule="pronoun for the actor named last",
            )
        if heard:
            return replace(heard[0], score=heard[0].score * 0.7, rule="pronoun for the source heard last")
    return None


def _own_words(hearing: Hearing, source: Source) -> Finding | None:
    """Whoever's words the pronoun is part of; else the speaker heard last."""
    for statement, found in reversed(hearing.earlier):
        if any(content.start <= source.start < content.end for content in statement.contents):
            return replace(found, score=found.score * 0.9, rule="first person of a speaker")
    quoted = _between_marks(hearing, source.start)
    begins, _ = hearing.reading.sentence_at(source.start)
    for statement, found in reversed(hearing.earlier):
        if not quoted and statement.start < begins:
            return None  # in the document's own voice the first person is its author
        if found.speaker:
            return replace(found, score=found.score * 0.6, rule="first person of the speaker heard last")
    return None


def _between_marks(hearing: Hearing, at: int) -> bool:
    """Whether quotation marks stand around the place, however few words they hold."""
    start, _ = hearing.reading.paragraph_at(at)
    before = hearing.reading.text[start:at]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")


def _counterpart(hearing: Hearing, source: Source) -> Finding:
    """Her Chilean counterpart; his colleague from Peru: the state is their own, the office that of the one before."""
    reading = hearing.reading
    named = reading.mentions_in(*source.span)
    if not named:
        return _nobody("counterpart of nobody named")
    actor = reading.meant(named[0])
    role = next((found.role for _, found in reversed(hearing.earlier) if found.role), None)
    offices = offices_in(role, 0, len(role)) if role else ()
    titles = offices[0].titles if offices else ()
    holders = {tenure.office.holder for tenure in reading.registry.holders.holders(actor, titles, reading.on)}
    speaker = holders.pop() if len(holders) == 1 else None
    return Finding(
        speaks_as=SpeaksAs.ACTOR, speaker=speaker, role=role, actor_id=actor, score=0.85, rule="counterpart of a state"
    )


def _author(hearing: Hearing, source: Source) -> Finding | None:
    """Who wrote the document, where the first person stands in its own voice."""
    if hearing.reading.in_quotation(source.start):
        return None
    names = hearing.reading.authors
    return Finding(
        speaks_as=SpeaksAs.AUTHOR,
        speaker=names[0] if len(names) == 1 else None,
        label=f"author: {', '.join(names)}" if names else "author",
        score=0.6,
        rule="first person of the document",
    )


def _antecedent(hearing: Hearing, source: Source) -> Finding | None:
    """The person, state or body that stands right before a relative pronoun."""
    reading = hearing.reading
    start, _ = reading.sentence_at(source.start)
    people = hearing.appearances.within(start, source.start)
    actors = reading.mentions_in(start, source.start)
    if people and (not actors or people[-1].start >= actors[-1].start):
        found = finding_of(hearing, people[-1].person, source.start)
        return replace(found, score=found.score * 0.8, rule="relative pronoun")
    if actors:
        return Finding(speaks_as=SpeaksAs.ACTOR, actor_id=reading.meant(actors[-1]), score=0.6, rule="relative pronoun")
    return None
