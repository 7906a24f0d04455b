"""Who has what part in the body before which an issue lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from winset.actors.registry import Registry
from winset.actors.types import Body, SpeaksAs, Standing
from winset.errors import UnknownBody
from winset.ids import ActorId
from winset.issues import CaseSpec

_WITHOUT_A_STATE = {
    SpeaksAs.EXPERT: Standing.COMMENTATOR,
    SpeaksAs.AUTHOR: Standing.COMMENTATOR,
    SpeaksAs.MEDIUM: Standing.MEDIUM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Before which body the issue lies, who votes there on the day of decision and who is its partner."""

    body: Body | None  # None: no case, or an own body of which only the members are known
    members: frozenset[ActorId]
    partners: frozenset[ActorId]
    registry: Registry

    def standing_of(self, speaks_as: SpeaksAs, actor: ActorId | None) -> Standing:
        """In what capacity a source speaks before the body; UNKNOWN for many, and for who is not identified."""
        if speaks_as in _WITHOUT_A_STATE:
            return _WITHOUT_A_STATE[speaks_as]
        return self.standing(actor) if actor else Standing.UNKNOWN

    def standing(self, actor: ActorId) -> Standing:
        """In what capacity a state, body or group speaks before the body; without a body all are OUTSIDE."""
        if actor in self.members:
            return Standing.MEMBER
        if self.body and actor in (self.body.organisation, self.body.key):
            return Standing.SECRETARIAT
        if actor in self.partners:
            return Standing.PARTNER
        states = _states_by_group(self.registry).get(actor, frozenset())
        if states & self.members:
            return Standing.UNKNOWN  # a group with members in it has no vote and no one position
        return Standing.PARTNER if states and states <= self.partners else Standing.OUTSIDE


@lru_cache(maxsize=4)
def _states_by_group(registry: Registry) -> dict[str, frozenset[ActorId]]:
    """The states that have, had or will have a role in each body, format or group."""
    found: dict[str, set[ActorId]] = {}
    for actor in registry.actors.values():
        for role in actor.memberships:
            found.setdefault(role.body, set()).add(actor.id)
    return {group: frozenset(states) for group, states in found.items()}


@lru_cache(maxsize=4)  # of one case, for each of its documents
def room_of(registry: Registry, spec: CaseSpec | None) -> Room:
    """The room of a case; of no case, an empty one.  Raises what `Registry.seats` raises for the body and the date."""
    if spec is None:
        return Room(body=None, members=frozenset(), partners=frozenset(), registry=registry)
    day = spec.issue.on.latest
    try:
        body: Body | None = registry.body(spec.issue.body)
    except UnknownBody:
        if not spec.seats:
            raise
        body = None  # an own body: its members are all that is known of it
    seats = spec.seats or (registry.seats(body.key, day) if body else ())
    partners = registry.partners(body.key, day) if body else frozenset()
    return Room(body=body, members=frozenset(seat.actor_id for seat in seats), partners=partners, registry=registry)
