"""Which state an office belongs to where its own words do not say: "Environment Minister Ana Lind"."""

from __future__ import annotations

import re

from winset.actors.clues.types import Hearing
from winset.actors.names import Mention, NameKind
from winset.actors.people import Person
from winset.actors.types import ActorKind
from winset.ids import ActorId

_DATELINE = re.compile(r"(?:\s?[,(—–:-]|\s\()")
_FAR_MORE = 2  # times as often as the next


def nearest_state(hearing: Hearing, person: Person, at: int) -> tuple[ActorId, bool] | None:
    """The state of an office that names none, and whether the sentence names it: that named last in the sentence, that
    in whose capital the document is dated, that named last in the paragraph, that which is named most by far.
    """
    reading = hearing.reading
    first = person.places[0][0] if person.places else at
    if near := _states_in(hearing, reading.sentence_at(first)[0], first):
        return near[-1], True
    if (dated := next(iter(reading.mentions.entries), None)) and _is_dateline(hearing, dated):
        return reading.meant(dated), False
    if near := _states_in(hearing, reading.paragraph_at(first)[0], first):
        return near[-1], False
    most = _most_named(hearing)
    return (most, False) if most else None


def _states_in(hearing: Hearing, start: int, end: int) -> list[ActorId]:
    """The states, not the bodies, named in the stretch."""
    reading = hearing.reading
    meant = (reading.meant(mention) for mention in reading.mentions_in(start, end))
    return [actor for actor in meant if reading.registry.actors[actor].kind is ActorKind.STATE]


def _is_dateline(hearing: Hearing, mention: Mention) -> bool:
    """Whether a capital opens the document as the place that it is written from."""
    text = hearing.reading.text
    opens = mention.start == 0 or text[mention.start - 1] in "\n("
    return mention.alias.kind is NameKind.CAPITAL and opens and _DATELINE.match(text, mention.end) is not None


def _most_named(hearing: Hearing) -> ActorId | None:
    """The state that a document speaks of far more than of any other."""
    actors = hearing.reading.registry.actors
    states = [
        (count, actor) for actor, count in hearing.reading.counts.most_common() if actors[actor].kind is ActorKind.STATE
    ][:2]
    if not states or (len(states) > 1 and states[0][0] < _FAR_MORE * states[1][0]):
        return None
    return states[0][1] if states[0][0] > 1 else None
