"""The roll of a body or group of states on a day: who sits there, since when, and who is tied to it as a partner."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from winset.actors.registry import Registry
from winset.actors.types import Actor, ActorKind, Body, Membership
from winset.errors import BadCase, NotYetFounded, UnknownBody, UnknownName
from winset.ids import ActorId
from winset.issues import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A member on the day."""

    seat: Seat
    role: str  # "member", "permanent member", "elected member"
    since: date | None  # first day of this membership; None: not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A state in partner formats of a body on the day."""

    actor: Actor
    formats: tuple[str, ...]  # "Indo-Pacific Four", in alphabetical order


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Who sits in a body or group on a day."""

    key: str
    name: str
    body: Body | None  # None: a group, which has members and no rule
    on: date
    members: tuple[Sitting, ...]  # by name
    partners: tuple[Partner, ...]  # by name; members left out


def roll(name: str, registry: Registry, *, on: date) -> Roll:
    """The roll of that body or group; a body where the name is both's.

    name: key, name or alias, in any case.  Raises UnknownBody with the nearest name, NotYetFounded, and BadCase where
    the members of that body, group or year are not shipped.
    """
    found = _body(name, registry) or _group(name, registry)
    body = found if isinstance(found, Body) else None
    key = found.key if isinstance(found, Body) else str(found.id)
    seats = registry.seats(key, on) if body else _seats(key, registry, on)
    roles = dict(_roles(key, registry, on, partner=False))
    members = (
        Sitting(seat=seat, role=roles[seat.actor_id][0].role, since=roles[seat.actor_id][0].start) for seat in seats
    )
    return Roll(
        key=key,
        name=found.name,
        body=body,
        on=on,
        members=tuple(members),
        partners=tuple(_partners(key, registry, on, members=frozenset(roles))),
    )


def groups(registry: Registry) -> tuple[ActorId, ...]:
    """Groups and organisations whose members are shipped and that are no bodies with a rule, in their order."""
    ruled = {body.key for body in registry.bodies.values()}
    with_members = {
        membership.body
        for actor in registry.actors.values()
        for membership in actor.memberships
        if _is_member(membership)
    }
    return tuple(id for id in registry.actors if id in with_members and id not in ruled)


def _body(name: str, registry: Registry) -> Body | None:
    try:
        return registry.body(name)
    except UnknownBody:
        return None


def _group(name: str, registry: Registry) -> Body | Actor:
    """The group of that name; for another name of a body's organisation ("the European Commission"), the body."""
    try:
        actor = registry.actor(name)
    except UnknownName:
        raise UnknownBody(f"no body or group named {name!r}: {_nearest(name, registry)}") from None
    if actor.kind is ActorKind.STATE:
        raise UnknownBody(f"{actor.name} is a state: name a body or group of states, nato or g77 say")
    return _body(actor.name, registry) or actor


def _seats(key: str, registry: Registry, on: date) -> tuple[Seat, ...]:
    """The members of a group as seats, by name."""
    members = registry.members(ActorId(key), on)
    if not members:
        _explain(key, registry, on)
    seats = (Seat(actor_id=actor, name=registry.label(actor)) for actor in members)
    return tuple(sorted(seats, key=lambda seat: seat.name))


def _explain(key: str, registry: Registry, on: date) -> None:
    """Raises where a group has no members that day because there was none yet, or because none are shipped."""
    label = registry.label(ActorId(key))
    starts = [
        membership.start
        for actor in registry.actors.values()
        for membership in actor.memberships
        if membership.body == key and _is_member(membership)
    ]
    if not starts:
        raise BadCase(f"{label}: its members are not shipped: list them in a case, or in a registry of your own")
    first = min((start for start in starts if start), default=None)
    if first and on < first:
        raise NotYetFounded(f"{label} had no members on {on}: it begins on {first}, choose a later date")


def _roles(
    key: str, registry: Registry, on: date, *, partner: bool
) -> Iterator[tuple[ActorId, tuple[Membership, ...]]]:
    for actor in registry.actors.values():
        held = tuple(
            membership
            for membership in actor.memberships
            if membership.body == key and membership.holds_on(on) and _is_member(membership) is not partner
        )
        if held:
            yield actor.id, held


def _partners(key: str, registry: Registry, on: date, *, members: frozenset[ActorId]) -> Iterator[Partner]:
    found = [
        Partner(
            actor=registry.actors[id],
            formats=tuple(sorted({membership.role.removeprefix("partner: ") for membership in held})),
        )
        for id, held in _roles(key, registry, on, partner=True)
        if id not in members
    ]
    yield from sorted(found, key=lambda partner: partner.actor.name)


def _is_member(membership: Membership) -> bool:
    return "member" in membership.role


def _nearest(name: str, registry: Registry) -> str:
    names = {
        words.casefold(): words
        for id in (*registry.bodies, *groups(registry))
        for words in (id, registry.bodies[id].name if id in registry.bodies else registry.label(ActorId(id)))
    }
    near = difflib.get_close_matches(name.strip().casefold(), sorted(names), n=1, cutoff=0.5)
    if near:
        return f"did you mean {names[near[0]]!r}?"
    return f"there are {', '.join((*registry.bodies, *groups(registry)))}"
