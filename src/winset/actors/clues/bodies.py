"""States, bodies and groups by their names, and bodies named by a common noun: "Beijing", "the alliance"."""

from __future__ import annotations

import re

from winset.actors.clues.collectives import many
from winset.actors.clues.types import FIRST_OF_SEVERAL, Finding, Hearing, Source, joint
from winset.actors.names import Mention, NameKind
from winset.actors.titles import OFFICIALS, PRIVATE
from winset.actors.types import SpeaksAs
from winset.ids import ActorId

_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (  # what a common noun may mean, where the document speaks of it
    (r"alliance", ("nato",)),
    (r"bloc|trading bloc", ("eu", "asean", "mercosur", "brics", "african-union", "gcc", "caricom", "ecowas")),
    (r"union", ("eu", "african-union")),
    (r"commission", ("eu", "african-union")),
    (r"council", ("unsc", "eu", "nato")),
    (r"world body|general assembly", ("un",)),
    (r"(?:un|world) health agency", ("who",)),
    (r"summit", ("g7", "g20", "brics", "asean", "quad", "african-union", "apec", "sco", "gcc", "eu", "nato")),
)
_COMMON = re.compile(
    r"\b(?:(?:the|this|our)\s(?:[\w-]+\s){0,2}?|(?=[\w ]{5,14}\s(?:officials?|diplomats?|sources?|spokes\w+|chief"
    r"|leaders?|ambassadors?|headquarters)\b))(?P<noun>alliance|(?:trading )?bloc|union|commission|council|world body"
    r"|general assembly|(?:un|world) health agency|organi[sz]ation|pact|summit|secretariat|group(?:ing)?|forum"
    r")\b(?P<owner>'s)?",
    re.I,
)
_COUNTRY = re.compile(
    r"\A(?:the|this|that|its|a|an)\s(?:[\w-]+\s){0,2}?(?P<noun>country|nation|kingdom|republic|government|ministry|embassy"
    r"|junta|regime|presidency|authorities|military|army|administration)(?:\s(?:spokes\w+|officials?|statement))?\Z",
    re.I,
)
_SOME_COUNTRYS = re.compile(r"\b(?:junta|regime|military|army|authorities)\b", re.I)  # hardly of the state named last
_OF_OTHERS = re.compile(r"-(?:based|born|educated|trained|listed|registered)\b")  # "a US-born gunman"
_AIMED_AT = re.compile(
    r"\b(?:to|against|on|about|towards?|over|with|regarding|for|around|near|like)\s(?:[\w'-]+\s){0,3}\Z"
)
_SCORES = {
    NameKind.NAME: (0.9, "state or body named"),
    NameKind.DEMONYM: (0.8, "demonym"),
    NameKind.PEOPLE: (0.75, "people of a state"),
    NameKind.CAPITAL: (0.85, "metonym"),
    NameKind.METONYM: (0.85, "metonym"),
    NameKind.CODE: (0.8, "code"),
}


def state_or_body(hearing: Hearing, source: Source) -> Finding | None:
    """France; Beijing's Foreign Ministry; Japanese officials; the Kremlin; the policies of Germany and others."""
    reading = hearing.reading
    for mention in reading.mentions_from(*source.span):
        if _OF_OTHERS.match(reading.text, mention.end) or PRIVATE.search(reading.text, mention.end, source.end):
            return many(source.words, rule="people of a place")
        if _AIMED_AT.search(reading.text[source.start : mention.start]):
            continue
        actor = reading.meant(mention)
        score, rule = _SCORES[mention.alias.kind]
        if mention.alias.kind is NameKind.DEMONYM and OFFICIALS.search(reading.text, mention.end, source.end):
            score, rule = 0.9, "demonym and officials"
        if mention.alias.ambiguous:
            score *= 0.75
        spoken_for = reading.spoken_for(mention.end)
        if spoken_for:
            actor, rule = spoken_for, "in the name of a group"
        several = joint(reading, source, (mention.start, mention.end), actor)
        if several:
            score *= FIRST_OF_SEVERAL
        return Finding(speaks_as=SpeaksAs.ACTOR, actor_id=actor, score=score, rule=rule, joint=several)
    return None


def body_by_noun(hearing: Hearing, source: Source) -> Finding | None:
    """The alliance; the bloc; the organisation: which body that is, the document says."""
    actor = body_in_context(hearing, source)
    if actor is None:
        return None
    return Finding(speaks_as=SpeaksAs.ACTOR, actor_id=actor, score=0.8, rule="body by a common noun")


def body_in_context(hearing: Hearing, source: Source) -> ActorId | None:
    """The body that a common noun in the source means: the one asked about, else the one named last before."""
    match = _COMMON.search(source.words)
    if match is None:
        return None
    reading, noun = hearing.reading, match.group("noun").lower()
    choices = next((ids for pattern, ids in _NOUNS if re.fullmatch(pattern, noun)), None)
    if (
        reading.body
        and noun != "summit"
        and (choices is None or {reading.body.organisation, reading.body.key} & set(choices))
    ):
        return reading.body.organisation
    for at in (source.start, len(reading.text)):  # named before, else behind
        for mention in hearing.named_before(at, body=True):
            if choices is None or reading.meant(mention) in choices:
                return reading.meant(mention)
    return None


def country_before(hearing: Hearing, source: Source) -> Finding | None:
    """The country; the government: the state named last."""
    reading = hearing.reading
    country = _COUNTRY.search(source.words)
    if country is None or reading.mentions_in(*source.span):
        return None
    state = _owner(hearing, source, country["noun"])
    if state is None and not _SOME_COUNTRYS.search(source.words):
        state = next(hearing.named_before(source.start, body=False), None)
    if state is None:
        return None
    return Finding(speaks_as=SpeaksAs.ACTOR, actor_id=reading.meant(state), score=0.5, rule="state named last")


def _owner(hearing: Hearing, source: Source, noun: str) -> Mention | None:
    """The state whose junta, army or ministry was named as such before: "Niger's junta"."""
    named = re.compile(rf"(?:'s?)?\s(?:\w+\s)?{noun}\b", re.I)
    return next(
        (
            mention
            for mention in hearing.named_before(source.start, body=False)
            if named.match(hearing.reading.text, mention.end, source.start)
        ),
        None,
    )
