"""Who is criticised in a speech: for each of its units how likely somebody is, and which state it is aimed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from winset.actors.registry import Registry
from winset.actors.types import ActorKind
from winset.ids import ActorId
from winset.positions.stance_network.network import stance_network

OVER = 0.35  # probability from which a unit counts: chosen on held-out meetings, where it is best for both kinds


@dataclass(frozen=True, slots=True)
class Criticism:
    """What one unit of a speech says against somebody."""

    probability: float  # 0-1
    target: str | None  # the state's name as the registry has it; None: nobody told

    @property
    def found(self) -> bool:
        """Whether it counts."""
        return self.probability > OVER


def criticisms(units: Sequence[str], *, speaker: str, registry: Registry, on: date) -> tuple[Criticism, ...]:
    """One for each unit of a speech, in order.

    units: sentences or clauses.  speaker: the state that speaks, never a target.  on: the day of the speech.
    The target is the state that the unit names; else the one criticised last, as a speaker goes on; else the one
    that the speech names most.
    Source: the task and its coding, Zaczynska et al. (2024), UNSCon; the network, see its model card.
    """
    network = stance_network()
    own = frozenset(mention.actor_id for mention in registry.mentions(speaker, on=on))
    named = [_named(unit, own, registry, on) for unit in units]
    most = Counter(name for names in named for name in names).most_common(1)
    last = most[0][0] if most else None
    found = []
    for number, unit in enumerate(units):
        before = units[number - 1] if number else ""
        probability = network.read(proposal=speaker, context=before, statement=unit).conflict
        target = named[number][0] if named[number] else last
        if probability > OVER:
            last = target
        found.append(Criticism(round(probability, 4), target if probability > OVER else None))
    return tuple(found)


def _named(unit: str, own: frozenset[ActorId], registry: Registry, on: date) -> list[str]:
    """The states a unit names, the speaker's own left out."""
    actors = [registry.actor(mention.actor_id) for mention in registry.mentions(unit, on=on)]
    others = [actor.name for actor in actors if actor.kind is ActorKind.STATE and actor.id not in own]
    return list(dict.fromkeys(others))
