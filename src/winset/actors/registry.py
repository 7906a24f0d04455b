"""Registry: states, bodies, offices and their names, with dates, from the shipped tables."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from winset.actors.additions import Addition
from winset.actors.bodies import check_covered, memberships, seat, shipped_bodies
from winset.actors.names import Alias, Mention, NameIndex, NameKind, name_index, shipped_aliases
from winset.actors.offices import Offices, shipped_offices
from winset.actors.states import STATE_TABLES, existences
from winset.actors.tables import folded, rows
from winset.actors.types import Actor, ActorKind, Body, Membership, Office
from winset.errors import NotYetFounded, UnknownBody, UnknownName
from winset.ids import ActorId
from winset.issues import Seat
from winset.statements.first_words import Found

_Roles = Mapping[ActorId, tuple[Membership, ...]]
_KINDS = {"body": ActorKind.BODY, "organisation": ActorKind.ORGANISATION}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registry:
    """Who exists: asked by id, by name, by body and day, or for the names in a text."""

    actors: Mapping[ActorId, Actor]
    bodies: Mapping[str, Body]
    names: NameIndex
    holders: Offices
    part_of: Mapping[ActorId, ActorId]  # an organ or format -> its organisation
    regions: Mapping[ActorId, str]
    known: Mapping[str, ActorId]  # every id and name without case -> actor
    persons: Mapping[str, tuple[ActorId, ...]] = field(default_factory=dict)  # a user's own, by folded name
    commenting: frozenset[ActorId] = frozenset()  # a user's own organisations, which speak for no state
    notes: tuple[str, ...] = ()  # what a user's own registries left out or overruled, one line each

    def actor(self, id: str) -> Actor:
        """The actor of that id, ISO code, name or alias; raises UnknownName with the nearest names."""
        found = self.actors.get(ActorId(id)) or self.actors.get(self.known.get(id.strip().casefold(), ActorId("")))
        if found is None:
            raise UnknownName(f"no actor named {id!r}: {_nearest(id, {actor.name for actor in self.actors.values()})}")
        return found

    def body(self, name: str) -> Body:
        """The body of that key, name or alias, in any case; raises UnknownBody with the nearest names."""
        wanted = name.strip().casefold()
        keys = {
            alias.casefold(): body for body in self.bodies.values() for alias in (*body.aliases, body.name, body.key)
        }
        if wanted not in keys:
            raise UnknownBody(f"no body named {name!r}: {_nearest(wanted, set(keys), listed=self.bodies)}")
        return keys[wanted]

    def seats(self, body_key: str, on: date) -> tuple[Seat, ...]:
        """Who votes in the body that day, by name, each with its votes, veto and further weights.

        EU Council: before November 2014 the votes of that time, then one each; the weights ("weighted votes", n) to
        March 2017, and ("population", n) as in the Official Journal of that year, where `bodies.population` has it.
        Security Council: five vetoes and six elected members, ten since 1966.
        Raises UnknownBody, NotYetFounded, and BadCase where the members of that year are not shipped.
        """
        body = self.body(body_key)
        if on < body.founded:
            raise NotYetFounded(
                f"{body.key} did not exist on {on}: it was founded on {body.founded}, choose a later date"
            )
        check_covered(body.key, on)
        found = [
            seat(body.key, membership.role, actor.id, actor.name, on)
            for actor, membership in self._roles(body.key, on)
            if "member" in membership.role
        ]
        return tuple(sorted(found, key=lambda entry: entry.name))

    def body_rule(self, name: str, on: date) -> str:
        """The rule by which the body decided that day, a key of `decisions.rules.RULES`; raises UnknownBody."""
        return self.body(name).rule_on(on)

    def partners(self, body_key: str, on: date) -> frozenset[ActorId]:
        """States in a partner format of the body that day, members left out; raises UnknownBody."""
        key = self.body(body_key).key
        roles = [(actor.id, membership.role) for actor, membership in self._roles(key, on)]
        members = {actor for actor, role in roles if "member" in role}
        return frozenset(actor for actor, role in roles if role.startswith("partner")) - members

    def members(self, group: ActorId, on: date) -> frozenset[ActorId]:
        """The states of a body, an organisation or a group that day; empty where its list is not shipped.

        Of an organisation they are the members of its bodies: of the EU those of its Council.
        """
        keys = {group, *(body.key for body in self.bodies.values() if body.organisation == group)}
        found = ((actor.id, membership) for key in keys for actor, membership in self._roles(key, on))
        return frozenset(actor for actor, membership in found if "member" in membership.role)

    def mentions(
        self,
        text: str,
        start: int = 0,
        end: int | None = None,
        on: date | None = None,
        *,
        capitals: Sequence[Found] | None = None,
    ) -> tuple[Mention, ...]:
        """The names of states and bodies in `text[start:end]`, in order; case counts, the longest name wins.

        Names that the words around show to be another's (the Jordan river, New Jersey) are left out.
        on: leaves out bodies founded later.  Cost: linear.
        capitals: the `capitalised_words` of the stretch, where they are known already.
        """
        return tuple(self.names.mentions(text, start, len(text) if end is None else end, on, capitals=capitals))

    def offices(self, on: date) -> tuple[Office, ...]:
        """Every office of the shipped lists held that day."""
        return self.holders.on(on)

    def belongs_to(self, person: str, on: date | None) -> Actor | None:
        """The one organisation or medium that a person of that full name had a role in that day, by a user's registry.

        None where the person is not known, has two such roles, or a role in a state or body, which `holders` tells.
        """
        found = {
            membership.body
            for id in self.persons.get(folded(person), ())
            for membership in self.actors[id].memberships
            if on is None or membership.holds_on(on)
        }
        known = [self.actors[ActorId(body)] for body in found if body in self.actors]
        kept = [actor for actor in known if actor.kind is ActorKind.MEDIUM or actor.id in self.commenting]
        return kept[0] if len(kept) == len(found) == 1 else None

    def label(self, actor_id: ActorId) -> str:
        """The name by which a brief calls it."""
        return self.actors[actor_id].name

    def region(self, actor_id: ActorId) -> str:
        """The part of the world a state lies in, as the United Nations groups them; "" for what is no state."""
        return self.regions.get(actor_id, "")

    def _roles(self, body: str, on: date) -> Iterator[tuple[Actor, Membership]]:
        for actor, membership in _roles_by_body(self).get(body, ()):
            if membership.holds_on(on):
                yield actor, membership


@lru_cache(maxsize=4)
def _roles_by_body(registry: Registry) -> dict[str, tuple[tuple[Actor, Membership], ...]]:
    """Every role in each body, format or group, in order of the actors."""
    found: dict[str, list[tuple[Actor, Membership]]] = {}
    for actor in registry.actors.values():
        for membership in actor.memberships:
            found.setdefault(membership.body, []).append((actor, membership))
    return {body: tuple(roles) for body, roles in found.items()}


@lru_cache(maxsize=4)
def registry(additions: tuple[Addition, ...] = ()) -> Registry:
    """The shipped registry, or it with a user's own; built once in a process, without network, in well under 0.2 s.

    Raises Contradiction where an addition contradicts another, itself or the shipped registry.
    """
    if not additions:
        return _shipped()
    from winset.actors.merging import merged  # only here: it takes a sixth of the time that all takes without it

    return merged(registry(), additions)


def _shipped() -> Registry:
    aliases = tuple(shipped_aliases())
    spellings, roles = _spellings(aliases), memberships()
    actors = {actor.id: actor for actor in (*_states(spellings, roles), *_organisations(spellings, roles))}
    return Registry(
        actors=actors,
        bodies={body.key: body for body in shipped_bodies()},
        names=name_index(aliases),
        holders=shipped_offices(),
        part_of={ActorId(row["key"]): ActorId(row["part_of"]) for row in _organisation_rows() if row["part_of"]},
        regions={ActorId(row["iso3"]): row["region"] for table in STATE_TABLES for row in rows(table)},
        known=_known(actors.values()),
    )


def _organisation_rows() -> tuple[dict[str, str], ...]:
    return rows("organisations/organisations.csv")


def _spellings(aliases: tuple[Alias, ...]) -> dict[ActorId, tuple[str, ...]]:
    found: dict[ActorId, dict[str, None]] = {}
    for alias in aliases:
        if alias.kind is NameKind.NAME and alias.until is None:
            found.setdefault(alias.actor_ids[0], {})[alias.words] = None
    return {actor: tuple(words) for actor, words in found.items()}


def _states(spellings: Mapping[ActorId, tuple[str, ...]], roles: _Roles) -> Iterator[Actor]:
    existence = existences()
    for row in (row for table in STATE_TABLES for row in rows(table)):
        id = ActorId(row["iso3"])
        since, until = existence.get(id, (None, None))
        codes = (("iso3166-1-alpha-2", row.get("iso2")), ("iso3166-3", row.get("alpha4")))
        yield Actor(
            id=id,
            name=row["name"],
            kind=ActorKind.STATE,
            aliases=tuple(words for words in spellings.get(id, ()) if words != row["name"]),
            memberships=roles.get(id, ()),
            external_ids=tuple((scheme, code) for scheme, code in codes if code),
            since=since,
            until=until,
        )


def _organisations(spellings: Mapping[ActorId, tuple[str, ...]], roles: _Roles) -> Iterator[Actor]:
    for row in _organisation_rows():
        id = ActorId(row["key"])
        aliases = tuple(words for words in spellings[id] if words != row["name"])
        yield Actor(id=id, name=row["name"], kind=_KINDS[row["kind"]], aliases=aliases, memberships=roles.get(id, ()))


def _known(actors: Iterable[Actor]) -> dict[str, ActorId]:
    known: dict[str, ActorId] = {}
    for actor in actors:
        codes = tuple(code for _, code in actor.external_ids)
        for words in (actor.id, actor.name, *actor.aliases, *codes):
            known.setdefault(words.casefold(), actor.id)
    return known


def _nearest(wanted: str, names: set[str], listed: Mapping[str, object] | None = None) -> str:
    near = difflib.get_close_matches(wanted, sorted(names), n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(listed)}" if listed else "use an ISO code or an English name"
