"""States, bodies and groups by their names, and bodies named by a common noun: "Beijing", "the alliance"."""

from __future__ import annotations

import re

from winset.actors.clues.types import JOINT, Finding, Hearing, Source, Voice, joint
from winset.actors.names import NameKind
from winset.actors.titles import COLLECTIVE, OFFICIALS, PREPOSITION
from winset.ids import ActorId

_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (  # what a common noun may mean, where the document speaks of it
    (r"alliance", ("nato",)),
    (r"bloc|trading bloc", ("eu", "asean", "mercosur", "brics", "african-union", "gcc", "caricom", "ecowas")),
    (r"union", ("eu", "african-union")),
    (r"commission", ("eu", "african-union")),
    (r"council", ("unsc", "eu", "nato")),
    (r"world body|general assembly", ("un",)),
    (r"(?:un|world) health agency", ("who",)),
)
_COMMON = re.compile(
    r"\b(?:the|this|our)\s(?:[\w-]+\s){0,2}?(?P<noun>alliance|(?:trading )?bloc|union|commission|council|world body"
    r"|general assembly|(?:un|world) health agency|organi[sz]ation|pact|secretariat|group(?:ing)?|forum"
    r")\b(?P<owner>'s)?",
    re.I,
)
_COUNTRY = re.compile(
    r"\A(?:the|this|that)\s(?:[\w-]+\s){0,2}?(?:country|nation|kingdom|republic|government|ministry|embassy)\Z",
    re.I,
)
_AIMED_AT = re.compile(
    r"\b(?:to|against|on|about|towards?|over|with|regarding|for|around|near|like)\s(?:[\w'-]+\s){0,3}\Z"
)
_STATE_MEDIA = re.compile(r"\b(?:media|television|TV|broadcasters?|newspapers?|press|news agency|tabloids?)\Z", re.I)
_SCORES = {
    NameKind.NAME: (0.9, "state or body named"),
    NameKind.DEMONYM: (0.8, "demonym"),
    NameKind.PEOPLE: (0.75, "people of a state"),
    NameKind.CAPITAL: (0.85, "metonym"),
    NameKind.METONYM: (0.85, "metonym"),
}


def state_or_body(hearing: Hearing, source: Source) -> Finding | None:
    """France; Beijing's Foreign Ministry; Japanese officials; the Kremlin; the policies of Germany and others."""
    reading = hearing.reading
    for mention in reading.mentions_in(*source.span):
        if _AIMED_AT.search(reading.text[source.start : mention.start]):
            continue
        actor = reading.meant(mention)
        score, rule = _SCORES[mention.alias.kind]
        if mention.alias.kind is NameKind.DEMONYM and OFFICIALS.search(reading.text, mention.end, source.end):
            score, rule = 0.9, "demonym and officials"
        if mention.alias.ambiguous:
            score *= 0.75
        if joint(reading, source, (mention.start, mention.end), actor):
            score, rule = score * 0.7, rule + JOINT
        return Finding(voice=Voice.OFFICIAL, actor_id=actor, score=score, rule=rule)
    return None


def body_by_noun(hearing: Hearing, source: Source) -> Finding | None:
    """The alliance; the bloc; the organisation: which body that is, the document says."""
    actor = body_in_context(hearing, source)
    if actor is None:
        return None
    return Finding(voice=Voice.OFFICIAL, actor_id=actor, score=0.8, rule="body by a common noun")


def body_in_context(hearing: Hearing, source: Source) -> ActorId | None:
    """The body that a common noun in the source means: the one asked about, else the one named last before."""
    match = _COMMON.search(source.words)
    if match is None:
        return None
    reading, noun = hearing.reading, match.group("noun").lower()
    choices = next((ids for pattern, ids in _NOUNS if re.fullmatch(pattern, noun)), None)
    if reading.body and (choices is None or {reading.body.organisation, reading.body.key} & set(choices)):
        return reading.body.organisation
    for at in (source.start, len(reading.text)):  # named before, else behind
        for mention in hearing.named_before(at, body=True):
            if choices is None or reading.meant(mention) in choices:
                return reading.meant(mention)
    return None


def country_before(hearing: Hearing, source: Source) -> Finding | None:
    """The country; the government: the state named last."""
    reading = hearing.reading
    if not _COUNTRY.search(source.words) or reading.mentions_in(*source.span):
        return None
    state = next(hearing.named_before(source.start, body=False), None)
    if state is None:
        return None
    return Finding(voice=Voice.OFFICIAL, actor_id=reading.meant(state), score=0.5, rule="state named last")


def collective(hearing: Hearing, source: Source) -> Finding | None:
    """Some allies; EU member states; critics of China; the public: many, and nobody's position."""
    preposition = PREPOSITION.search(source.words, 1)
    head = source.words[: preposition.start() if preposition else None].rstrip(" ,'")
    head = head.split(",")[0]
    named = hearing.reading.mentions_in(*source.span)
    if any(mention.end == source.start + len(head) for mention in named):
        return None
    if _STATE_MEDIA.search(head) and named:
        label = re.sub(r"\A(?:the|some|a)\s", "", head, flags=re.I)
        return Finding(voice=Voice.MEDIUM, label=f"media: {label}", score=0.6, rule="media of a state")
    first = re.split(r"\sand\s", head)[0]
    if first != head and any(mention.end == source.start + len(first) for mention in named):
        return None  # "the United States and its allies": the first is meant
    return Finding(voice=Voice.NOBODY, score=0.6, rule="collective") if COLLECTIVE.search(head) else None
