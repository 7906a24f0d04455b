"""Whose a statement is: names to choose from while somebody types, and what typed words mean."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from winset.actors.judgements import is_label, whom
from winset.actors.registry import Registry, registry
from winset.actors.tables import folded
from winset.actors.types import Identification
from winset.brief.wording import shown
from winset.ids import ActorId
from winset.pipeline.registries import own_registries
from winset.store import checking
from winset.web.cases import OpenCase

OFFERED = 12  # names offered at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody whose statement it may be."""

    key: str  # what is kept: an id in the registry, a label, or a speaker's name
    name: str
    note: str  # "state", "speaks for France", ...
    statements: int  # of the case, by the machine's word
    words: tuple[str, ...]  # folded names by which it is found


class Names:
    """All names that a case may mean: its own speakers first, then the registry."""

    def __init__(self, known: Registry, heard: tuple[checking.Heard, ...]) -> None:
        self.registry = known
        self._heard: tuple[Identification, ...] = tuple(each.identification for each in heard)
        self._choices = (*_heard(known, heard), *_registered(known))

    def key(self, words: str) -> str:
        """What the words mean, as a code keeps it.  Raises UnknownName with the nearest names, BadJudgement."""
        return whom(words, self.registry, self._heard).key

    def label(self, key: str) -> str:
        """A kept key as people read it."""
        return self.registry.label(ActorId(key)) if key in self.registry.actors else shown(key)

    def offered(self, words: str) -> tuple[Choice, ...]:
        """Names that begin with the words, then those one of whose words does, then those that hold them.

        No words: those heard most often.  Cost: linear in the names, some milliseconds.
        """
        wanted = folded(words).strip()
        if not wanted:
            return self._choices[:OFFERED]
        ranked = [(rank, number) for number, each in enumerate(self._choices) if (rank := _rank(each, wanted)) < 3]  # noqa: PLR2004
        found: dict[str, Choice] = {}
        for _, number in sorted(ranked):
            found.setdefault(self._choices[number].key, self._choices[number])
            if len(found) == OFFERED:
                break
        return tuple(found.values())


_KNOWN: WeakKeyDictionary[OpenCase, tuple[tuple[int, int], Names]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def names(case: OpenCase) -> Names:
    """The names of a case; worked out again only when documents or registries were added."""
    kept = case.store.registries()
    now = (checking.last_document(case.store), len(kept))
    with _LOCK:
        known = _KNOWN.get(case)
        if known is None or known[0] != now:
            known = (now, Names(registry(own_registries(case.store)), checking.heard(case.store)))
            _KNOWN[case] = known
        return known[1]


def _rank(choice: Choice, wanted: str) -> int:
    """0 where a name begins with the words, 1 where one of its words does, 2 where they are in it, 3 where not."""
    best = 3
    for words in choice.words:
        if words.startswith(wanted):
            return 0
        if f" {wanted}" in words:
            best = min(best, 1)
        elif wanted in words:
            best = min(best, 2)
    return best


def _heard(known: Registry, heard: tuple[checking.Heard, ...]) -> Iterator[Choice]:
    """Actors and labels of the case, each once with all its statements, then the people who speak for them."""
    often: dict[str, int] = {}
    speakers: dict[str, tuple[str, int]] = {}
    for each in heard:
        who = each.identification
        label = who.actor_id if who.actor_id in known.actors else who.represents
        if label and (label in known.actors or is_label(label)):  # else it is no name that a code can keep
            often[label] = often.get(label, 0) + each.statements
            if who.speaker and who.speaker not in speakers:
                speakers[who.speaker] = (who.represents or "", each.statements)
    for key, number in sorted(often.items(), key=lambda pair: -pair[1]):
        actor = known.actors.get(ActorId(key))
        said = (actor.name, *actor.aliases, actor.id) if actor else (key, shown(key))
        yield Choice(
            key=key,
            name=actor.name if actor else shown(key),
            note=str(actor.kind) if actor else key.partition(":")[0],
            statements=number,
            words=tuple(dict.fromkeys(map(folded, said))),
        )
    for speaker, (represents, number) in speakers.items():
        note = f"for {shown(represents)}" if represents else "for nobody known"
        yield Choice(key=speaker, name=speaker, note=note, statements=number, words=(folded(speaker),))


def _registered(known: Registry) -> Iterator[Choice]:
    for actor in known.actors.values():
        said = (actor.name, *actor.aliases, actor.id)
        yield Choice(
            key=actor.id,
            name=actor.name,
            note=str(actor.kind),
            statements=0,
            words=tuple(dict.fromkeys(map(folded, said))),
        )
