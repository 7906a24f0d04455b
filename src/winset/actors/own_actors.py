"""Which actors a user's registries speak of: rows of one actor brought together, shipped ones recognised."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from winset.actors.additions import Addition, Entry, Line
from winset.actors.shipped_rows import shipped_row
from winset.actors.types import Actor, ActorKind
from winset.ids import ActorId, slug

if TYPE_CHECKING:
    from winset.actors.registry import Registry

Token = tuple[str, str]  # what two rows of one actor have in common: ("id", ...), ("wikidata", ...), ("name", ...)


@dataclass(slots=True)
class Own:
    """One actor of the user's, with every row about it, in the order of files and lines."""

    entries: list[Entry]
    shipped: Actor | None = None  # that it adds to
    id: ActorId = ActorId("")
    name: str = ""
    kind: ActorKind | None = None

    @property
    def at(self) -> Line:
        """The first line that names it."""
        return next((entry.at for entry in self.entries if not entry.refers), self.entries[0].at)

    def told_as(self, name: str) -> Line:
        """The first line that calls it so."""
        return next((entry.at for entry in self.entries if entry.name == name), self.at)


@dataclass(slots=True)
class OwnActors:
    """All of them, and what was found wrong."""

    base: Registry
    owns: list[Own] = field(default_factory=list)
    by_id: dict[ActorId, Own] = field(default_factory=dict)
    by_token: dict[Token, Own] = field(default_factory=dict)
    by_words: dict[str, list[Own]] = field(default_factory=dict)  # names and aliases without case
    contradictions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # rows of downloads that contradict the shipped registry
    folded_names: dict[ActorId, frozenset[str]] = field(default_factory=dict)  # of shipped actors, once asked for
    implied: dict[str, Own] = field(default_factory=dict)  # organisations that are only named as somebody's

    def meant(self, reference: str, *, file: str) -> ActorId | None:
        """The actor that a row names by id, ISO code, Wikidata id or name; the user's before the shipped ones."""
        for part in filter(None, (part.strip() for part in reference.split("|"))):
            own = self.by_token.get(("id", part)) or self.by_token.get((f"id in {file}", part))
            own = own or self.by_token.get(("wikidata", part))
            named = self.by_words.get(part.casefold(), [])
            if own is None and len(named) == 1:
                own = named[0]
            if own:
                return own.id
            known = _wikidata_ids().get(part) or self.base.known.get(part.casefold())
            if known:
                return known
            body = next((body for body in self.base.bodies.values() if part in (body.key, body.name)), None)
            if body:
                return body.organisation
        return None

    def implied_by(self, reference: str, at: Line) -> ActorId:
        """The id of an organisation that is told of only as somebody's: it becomes an actor of its own."""
        name = reference.rpartition("|")[2].strip()
        own = self.implied.setdefault(
            name.casefold(),
            Own([Entry(at=at, name=name)], id=ActorId(slug(name)), name=name, kind=ActorKind.ORGANISATION),
        )
        return own.id


def own_actors(base: Registry, additions: Iterable[Addition]) -> OwnActors:
    """The actors of these additions.  Cost: linear in the rows; contradictions are collected."""
    found = OwnActors(base)
    for group in _groups(additions):
        own = Own(group)
        own.shipped = _shipped(own, found)
        _name_and_kind(own, found)
        found.owns.append(own)
    _give_ids(found)
    return found


def _tokens(entry: Entry, downloaded: bool) -> list[Token]:
    """By what an entry is known; ids of a dump hold within its file."""
    scope = f"id in {entry.at.file}" if downloaded else "id"
    told = [(scope, entry.id), ("wikidata", entry.wikidata), ("iso", entry.iso)]
    return [token for token in told if token[1]]


def _groups(additions: Iterable[Addition]) -> list[list[Entry]]:
    """Entries of one actor together, whatever their order. One with a name alone joins the only actor so called."""
    groups: dict[Token, list[Entry]] = {}
    named: dict[str, list[tuple[Entry, Token]]] = {}
    for addition in additions:
        for entry in addition.entries:
            tokens = _tokens(entry, addition.downloaded)
            if tokens:
                _join(groups, tokens, entry)
            else:
                named.setdefault(entry.name.casefold(), []).append((entry, ("name", entry.name.casefold())))
    by_name: dict[str, list[list[Entry]]] = {}
    for group in {id(group): group for group in groups.values()}.values():
        for name in {entry.name.casefold() for entry in group if entry.name}:
            by_name.setdefault(name, []).append(group)
    for name, entries in named.items():
        homes = by_name.get(name, [])
        if len(homes) == 1:
            homes[0].extend(entry for entry, _ in entries)
        else:
            groups["name", name] = [entry for entry, _ in entries]
    unique = {id(group): group for group in groups.values()}.values()
    return sorted((sorted(group, key=lambda entry: entry.at) for group in unique), key=lambda group: group[0].at)


def _join(groups: dict[Token, list[Entry]], tokens: list[Token], entry: Entry) -> None:
    """Put an entry into the group of its tokens, and make one of groups that it connects."""
    homes = {id(groups[token]): groups[token] for token in tokens if token in groups}
    home = next(iter(homes.values()), [])
    for other in homes.values():
        if other is not home:
            home.extend(other)
    home.append(entry)
    for token, group in list(groups.items()) if len(homes) > 1 else ():
        if id(group) in homes:
            groups[token] = home
    for token in tokens:
        groups[token] = home


def _shipped(own: Own, found: OwnActors) -> Actor | None:
    """The shipped actor that the rows speak of, if any; two are a contradiction."""
    base = found.base
    meant: dict[ActorId, Entry] = {}
    for entry in own.entries:
        ids = [
            ActorId(entry.id) if entry.id in base.actors else None,
            base.known.get(entry.iso.casefold()) if entry.iso else None,
            _wikidata_ids().get(entry.wikidata),
        ]
        for id in filter(None, ids):
            if id in base.actors:
                meant.setdefault(id, entry)
    if not meant:
        kinds = {entry.kind for entry in own.entries if entry.kind}
        for entry in own.entries:
            known = base.known.get(entry.name.casefold()) if entry.name else None
            if known and (not kinds or kinds == {base.actors[known].kind}):
                meant.setdefault(known, entry)
    if len(meant) > 1:
        (first, one), (second, other) = list(meant.items())[:2]
        found.contradictions.append(
            f"{one.at}: one actor here, but {base.label(first)} and {base.label(second)} in the shipped registry "
            f"({other.at}, {_row_of(base.actors[second])}): give each its own row and id"
        )
    return base.actors[next(iter(meant))] if meant else None


def _name_and_kind(own: Own, found: OwnActors) -> None:
    """One name and one kind for the actor; two are a contradiction, as is another kind than the shipped one."""
    names = {entry.name: entry for entry in reversed(own.entries) if entry.name}
    kinds = {entry.kind: entry for entry in reversed(own.entries) if entry.kind}
    for told, what in ((_distinct(names), "names"), (list(kinds), "kinds")):
        if len(told) > 1 and not (own.shipped and what == "names"):
            source: Mapping[object, Entry] = names if what == "names" else kinds  # type: ignore[assignment]
            first, second = sorted(told[:2], key=lambda value: source[value].at)
            found.contradictions.append(
                f"{source[first].at}: {_called(own)} has two {what}, {str(first)!r} here and {str(second)!r} in "
                f"{source[second].at}: keep one{', put the other into aliases' if what == 'names' else ''}, "
                "or give two ids"
            )
    own.name = own.shipped.name if own.shipped else next(reversed(names), "")
    own.kind = next(reversed(kinds), own.shipped.kind if own.shipped else None)
    if own.shipped and own.kind is not own.shipped.kind and own.kind:
        entry = kinds[own.kind]
        found.contradictions.append(
            f"{entry.at}: {own.shipped.name} is a {own.kind} here and a {own.shipped.kind} in "
            f"{_row_of(own.shipped)}: leave kind out to add to it, or give the row another id"
        )
    if own.shipped is None and not own.name:
        entry = own.entries[0]
        wanted = entry.id or entry.iso or entry.wikidata
        found.contradictions.append(f"{entry.at}: nobody is known as {wanted!r}: write a name and a kind too")
    elif own.kind is None:
        found.contradictions.append(
            f"{own.at}: {own.name!r} is not known yet: write its kind: person, state, body, organisation or medium"
        )


def _distinct(names: Iterable[str]) -> list[str]:
    return list({name.casefold(): name for name in names}.values())


def _called(own: Own) -> str:
    entry = own.entries[0]
    return repr(entry.id or entry.wikidata or entry.iso or entry.name)


def _row_of(actor: Actor) -> str:
    return shipped_row(("countries", "organisations"), actor.id, actor.name)


def _give_ids(found: OwnActors) -> None:
    """An id for every actor: the shipped one, the row's own, else one made of the name."""
    taken: dict[str, Own] = {}
    for own in sorted(found.owns, key=lambda own: (not own.shipped, not _own_id(own), own.name, own.at)):
        id = own.shipped.id if own.shipped else _own_id(own) or slug(own.name)
        if own.shipped is None and (id in taken or id in found.base.actors):
            id = next(
                made
                for made in (f"{slug(own.name)}-{own.kind}", *(f"{slug(own.name)}-{n}" for n in range(2, 10**6)))
                if made not in taken and made not in found.base.actors
            )
        own.id = ActorId(id)
        found.by_id[own.id] = own
        taken[id] = own
    for own in found.owns:
        for entry in own.entries:
            for scope, value in (("id", entry.id), (f"id in {entry.at.file}", entry.id), ("wikidata", entry.wikidata)):
                if value:
                    found.by_token.setdefault((scope, value), own)
        words = {name.words.casefold() for entry in own.entries for name in entry.names}
        for each in words | {own.name.casefold()} - {""}:
            found.by_words.setdefault(each, []).append(own)


def _own_id(own: Own) -> str:
    """The id that the user's own rows give; that of a dump is not one to show."""
    return next((entry.id for entry in own.entries if entry.id and not entry.ambiguous), "") or next(
        (entry.iso for entry in own.entries if entry.iso), ""
    )


@cache
def _wikidata_ids() -> dict[str, ActorId]:
    """Shipped actors by Wikidata id; read only where a registry names one."""
    table = files("winset.actors").joinpath("data/countries/wikidata_ids.csv")
    return {
        row["wikidata"]: ActorId(row["id"]) for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    }
