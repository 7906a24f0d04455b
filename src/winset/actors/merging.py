"""The shipped registry with a user's own registries: refused where they contradict, with both lines named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from winset.actors.additions import Addition
from winset.actors.names import Alias, NameKind
from winset.actors.own_actors import Own, OwnActors, own_actors
from winset.actors.own_names import own_aliases, with_aliases
from winset.actors.own_roles import own_offices, respelled, roles_of, with_offices, with_roles
from winset.actors.tables import folded
from winset.actors.types import Actor, ActorKind, Body
from winset.errors import Contradiction
from winset.ids import ActorId

if TYPE_CHECKING:
    from winset.actors.registry import Registry

_BEFORE_ALL = date(1, 1, 1)
MOST_TOLD = 20  # contradictions in one refusal


def merged(base: Registry, additions: tuple[Addition, ...]) -> Registry:
    """The registry with these additions; the shipped index is kept, and only what is new is put into it.

    Raises Contradiction with a line for each contradiction.  Cost: linear in the rows added.
    """
    found = own_actors(base, additions)
    found.owns = [own for own in found.owns if own.kind and own.name]  # what the others lack is told already
    told = own_offices(found, frozenset(addition.name for addition in additions if addition.downloaded))
    actors = {own.id: _actor(own, found) for own in found.owns}
    actors |= {own.id: _actor(own, found) for own in found.implied.values() if own.id not in actors}
    aliases = own_aliases(found)
    holders = with_offices(base.holders, told, found)
    for own in found.owns:
        if own.kind is ActorKind.PERSON:
            holders = respelled(base, own, holders)
    _refuse(found)
    return replace(
        base,
        actors={**base.actors, **actors},
        bodies={**base.bodies, **{body.key: body for body in _bodies(found)}},
        names=with_aliases(base.names, aliases),
        holders=holders,
        known=_known(base, actors, aliases),
        persons=_persons(found),
        commenting=base.commenting
        | {id for id, actor in actors.items() if actor.kind is ActorKind.ORGANISATION and id not in base.actors},
        notes=(*(note for addition in additions for note in addition.notes), *found.notes, *_left_out(found)),
    )


def _refuse(found: OwnActors) -> None:
    """Raises Contradiction, where there is one."""
    lines = list(dict.fromkeys(found.contradictions))
    if lines:
        more = len(lines) - MOST_TOLD
        raise Contradiction(*lines[:MOST_TOLD], *([f"and {more:,} more contradictions"] if more > 0 else []))


def _actor(own: Own, found: OwnActors) -> Actor:
    """The actor with all that its rows tell."""
    names = dict.fromkeys(name.words for entry in own.entries for name in entry.names)
    external = dict.fromkeys(("wikidata", entry.wikidata) for entry in own.entries if entry.wikidata)
    actor = own.shipped or Actor(id=own.id, name=own.name, kind=own.kind or ActorKind.ORGANISATION)
    actor = replace(
        actor,
        aliases=tuple(dict.fromkeys((*actor.aliases, *(words for words in names if words != actor.name)))),
        external_ids=tuple(dict.fromkeys((*actor.external_ids, *external))),
    )
    return with_roles(actor, roles_of(own, found), found)


def _bodies(found: OwnActors) -> Iterator[Body]:
    """Own bodies, and shipped ones that were none that decides, if they are given a rule."""
    for own in found.owns:
        rule = next((entry.rule for entry in own.entries if entry.rule), "")
        if own.kind is not ActorKind.BODY or (own.shipped and not rule):
            continue
        if any(body.organisation == own.id for body in found.base.bodies.values()):
            continue
        founded = [entry.founded.earliest for entry in own.entries if entry.founded]
        yield Body(
            key=own.id,
            name=own.name,
            organisation=own.id,
            rule=rule,
            founded=min(founded, default=_BEFORE_ALL),
            aliases=tuple(dict.fromkeys(name.words for entry in own.entries for name in entry.names)),
            source=str(own.at),
        )


def _known(base: Registry, actors: dict[ActorId, Actor], aliases: tuple[Alias, ...]) -> dict[str, ActorId]:
    """Every id and name without case; a name that the user's rows took over is theirs."""
    known = dict(base.known)
    for actor in actors.values():
        for words in (actor.id, actor.name, *actor.aliases, *(code for _, code in actor.external_ids)):
            known.setdefault(words.casefold(), actor.id)
    for alias in aliases:
        if alias.kind is NameKind.NAME:
            known[alias.words.casefold()] = alias.actor_ids[0]
    return known


def _persons(found: OwnActors) -> dict[str, tuple[ActorId, ...]]:
    """Persons by every spelling."""
    persons: dict[str, dict[ActorId, None]] = {}
    for own in found.owns:
        if own.kind is ActorKind.PERSON:
            for name in (own.name, *(name.words for entry in own.entries for name in entry.names)):
                persons.setdefault(folded(name), {})[own.id] = None
    return {name: tuple(ids) for name, ids in persons.items()}


def _left_out(found: OwnActors) -> Iterator[str]:
    """What of downloads was left out, and what was taken for an organisation as somebody belongs to it; a line each."""
    for line in found.left_out[:MOST_TOLD]:
        yield f"{line}: the shipped row stays"
    if len(found.left_out) > MOST_TOLD:
        yield f"and {len(found.left_out) - MOST_TOLD:,} more rows that contradict the shipped registry"
    if found.implied:
        first = next(iter(found.implied.values()))
        others = f" and {len(found.implied) - 1:,} others" if len(found.implied) > 1 else ""
        yield f"{first.at}: {first.name!r}{others} told of only as somebody's affiliation: taken for an organisation"
