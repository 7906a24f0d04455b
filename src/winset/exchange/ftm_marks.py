"""How an actor's kind is told in FollowTheMoney, which has no states, bodies of states or media of its own."""

from __future__ import annotations

from winset.actors.types import ActorKind

MARKS = {kind: f"winset: {kind.value}" for kind in (ActorKind.STATE, ActorKind.BODY, ActorKind.MEDIUM)}
MARKED = {mark: kind for kind, mark in MARKS.items()}  # values of the property `classification`
