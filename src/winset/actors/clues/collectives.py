"""Sources that are many, or one whom nobody names: kept as such, and nobody's position."""

from __future__ import annotations

import re

from winset.actors.clues.types import Finding, Hearing, Source
from winset.actors.titles import ANONYMOUS, COLLECTIVE, PREPOSITION
from winset.actors.types import ActorKind, SpeaksAs
from winset.ids import ActorId

COMMENTATORS = "commentators not named"
_STATE_MEDIA = re.compile(r"\b(?:media|television|TV|broadcasters?|newspapers?|press|news agency|tabloids?)\Z", re.I)
_QUANTIFIER = re.compile(r"\A(?:the|these|those|(?:some|many|most)(?!\sof\b))\s", re.I)
_DIPLOMATS = re.compile(  # "three EU diplomats": of members, who do not speak for the body
    r"(?:two|three|four|five|several|some|many|most)\s(?:\w+\s){0,2}(?:diplomats|ambassadors|envoys)\b", re.I
)
_OWNED = re.compile(r"(?:state|state-run|government|official|local)\s", re.I)
_ALL = re.compile(
    r"(?:the\s|all\s)?(?:heads of (?:state|government)|participating states|states parties|contracting parties"
    r"|high contracting parties|member states|parties)\b",
    re.I,
)
_MEMBERS = re.compile(r"\b(?:ally|allies|members?(?:[- ](?:states?|countr(?:y|ies)|governments?|nations?))?)\b", re.I)
_SOME_OF = re.compile(r"(?:one|some|many|most|several|few|both|two|three)\sof\s(?:them|these|those|the)\b", re.I)
_A_FEW = re.compile(
    r"(?:an?|one|two|three|four|five|several|a few|some)\s(?:\w+\s)?(?:people|persons?|sources?|officials?"
    r"|diplomats?|individuals?)\s(?:who|familiar|close|with|briefed|involved|present)\b",
    re.I,
)


def collective(hearing: Hearing, source: Source) -> Finding | None:
    """Some allies; EU member states; critics of China; the public: many, and nobody's position."""
    preposition = PREPOSITION.search(source.words, 1)
    head = source.words[: preposition.start() if preposition else None].rstrip(" ,'")
    head = head.split(",")[0]
    named = hearing.reading.mentions_in(*source.span)
    if any(mention.end == source.start + len(head) for mention in named):
        return None
    if _STATE_MEDIA.search(head) and (named or _OWNED.match(head)):
        label = re.sub(r"\A(?:the|some|a)\s", "", head, flags=re.I)
        return Finding(speaks_as=SpeaksAs.MEDIUM, label=f"media: {label}", score=0.6, rule="media of a state")
    first = re.split(r"\sand\s", head)[0]
    if first != head and any(mention.end == source.start + len(first) for mention in named):
        return None  # "the United States and its allies": the first is meant
    if _ALL.match(source.words):
        return _members(hearing, source, "all") or many(source.words, rule="collective")
    if not COLLECTIVE.search(head) and not _SOME_OF.match(source.words):
        return None
    return _members(hearing, source) or many(source.words, rule="collective")


def many(words: str, *, rule: str) -> Finding:
    """A collective, kept as such: nobody's position."""
    who = "experts" if rule == COMMENTATORS else _QUANTIFIER.sub("", words)
    return Finding(speaks_as=SpeaksAs.COLLECTIVE, label=f"{who} (unspecified)", score=0.6, rule=rule)


def _members(hearing: Hearing, source: Source, how_many: str = "some", *, asked: bool = True) -> Finding | None:
    """Some NATO members; other allies: some of a body's members, and no saying which."""
    if asked and how_many == "some" and not _MEMBERS.search(source.words):
        return None
    reading = hearing.reading
    named = [reading.meant(each) for each in reading.mentions_in(*source.span)]
    bodies = [actor for actor in named if reading.registry.actors[actor].kind is ActorKind.BODY]
    if not bodies and named:
        return None
    body = bodies[0] if bodies else reading.body.organisation if reading.body else _body_of(hearing)
    if body is None:
        return None
    label = f"{reading.registry.label(body)} members ({how_many})"
    return Finding(speaks_as=SpeaksAs.COLLECTIVE, label=label, score=0.6, rule="collective")


def _body_of(hearing: Hearing) -> ActorId | None:
    """The body that a document without a case is about: the first that it names, as its title mostly does."""
    reading = hearing.reading
    named = (reading.meant(mention) for mention in reading.mentions.entries)
    return next((actor for actor in named if reading.registry.actors[actor].kind is ActorKind.BODY), None)


def a_few(hearing: Hearing, source: Source) -> Finding | None:
    """Two people who saw a draft; three officials familiar with the talks, where no state is named."""
    named = hearing.reading.mentions_in(*source.span)
    if _DIPLOMATS.match(source.words) and named:
        return _members(hearing, source, "some", asked=False)
    if not _A_FEW.match(source.words) or named:
        return None
    return unnamed(hearing, source)


def unnamed(hearing: Hearing, source: Source) -> Finding | None:  # noqa: ARG001 - one signature for all clues
    """A person familiar with the talks; three diplomats: not named, and nothing ties them to anybody."""
    if not ANONYMOUS.search(source.words):
        return None
    return Finding(speaks_as=SpeaksAs.ANONYMOUS, label="unspecified", score=0.6, rule="not named")
