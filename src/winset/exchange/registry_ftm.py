"""Entities of FollowTheMoney as a registry: JSON lines, or a JSON array.

Read are people and organisations of several kinds, and who belongs to whom: Membership, Employment, Directorship,
Representation of offices by Occupancy and Position. Other schemata are counted and named in one line.
Source: FollowTheMoney, default model: {"id": ..., "schema": ..., "properties": {"name": [...], ...}}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from winset.actors.additions import Addition, Entry, Line, NewMembership, NewOffice, Span
from winset.actors.types import ActorKind
from winset.errors import BadRegistry, InvalidValue
from winset.exchange.ftm_marks import MARKED
from winset.exchange.json_objects import objects
from winset.exchange.registry_rows import Mistakes, names_of
from winset.ids import PartialDate

_ACTORS = {
    "Person": ActorKind.PERSON,
    "Organization": ActorKind.ORGANISATION,
    "PublicBody": ActorKind.ORGANISATION,
    "Company": ActorKind.ORGANISATION,
    "LegalEntity": ActorKind.ORGANISATION,
}
_LINKS = {  # schema: (who, in what, role where none is told)
    "Membership": ("member", "organization", "member"),
    "Employment": ("employee", "employer", "employee"),
    "Directorship": ("director", "organization", "director"),
}
_NAMES = ("alias", "weakAlias", "previousName")
_DAY = len("2023-07-11")


@dataclass(frozen=True, slots=True)
class _Entity:
    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    at: Line

    def first(self, name: str) -> str:
        """The first value of a property, in order of the letters, as the values have none; "" where there is none."""
        return min(self.properties.get(name, ("",)))


def read_ftm(text: str, *, name: str) -> Addition:
    """The registry in `text`; `name` is for messages.  Raises BadRegistry with a line for each mistake."""
    mistakes = Mistakes()
    entities: dict[str, _Entity] = {}
    for number, row in objects(text, name=name):
        at = Line(name, number)
        try:
            found = _entity(row, at)
        except BadRegistry as error:
            mistakes.add(at, str(error))
            continue
        if found.id in entities:
            first = entities[found.id].at
            mistakes.add(at, f"the id {found.id!r} stands twice, first on {first}: merge the two entities")
        entities[found.id] = found
    entries: list[Entry] = []
    left = Counter[str]()
    for entity in entities.values():
        try:
            made = list(_entries(entity, entities))
        except (InvalidValue, BadRegistry) as error:
            mistakes.add(entity.at, str(error))
            continue
        entries += made
        if not made and entity.schema != "Position":
            left[entity.schema] += 1
    mistakes.tell()
    return Addition(name, tuple(entries), downloaded=True, notes=tuple(_notes(left, name)))


def _notes(left: Counter[str], name: str) -> Iterator[str]:
    if left:
        told = ", ".join(f"{count:,} {schema}" for schema, count in sorted(left.items()))
        yield f"{name}: {left.total():,} entities were not read: {told}"


def _entity(row: Mapping[str, Any], at: Line) -> _Entity:
    id, schema, properties = row.get("id"), row.get("schema"), row.get("properties", {})
    if not (isinstance(id, str) and id and isinstance(schema, str) and isinstance(properties, dict)):
        raise BadRegistry("no entity of FollowTheMoney: it needs an id, a schema and properties")
    return _Entity(id, schema, {str(key): _values(value) for key, value in properties.items()} or {}, at)


def _values(value: Any) -> tuple[str, ...]:
    """Values of a property; an entity in place of its id, as nested exports have it, is its id."""
    values = value if isinstance(value, list) else [value]
    ids = (each.get("id") if isinstance(each, dict) else each for each in values)
    return tuple(" ".join(str(each).split()) for each in ids if each not in (None, "")) or ("",)


def _entries(entity: _Entity, entities: Mapping[str, _Entity]) -> Iterator[Entry]:
    if entity.schema in _ACTORS:
        yield _actor(entity)
    elif entity.schema in _LINKS:
        who, body, role = _LINKS[entity.schema]
        member, organisation = entity.first(who), entity.first(body)
        if _known(member, entities) and _known(organisation, entities):
            role = entity.first("role") or role
            membership = NewMembership(body=organisation, role=role, held=_held(entity), at=entity.at)
            yield Entry(at=entity.at, id=member, memberships=(membership,), refers=True)
    elif entity.schema == "Occupancy":
        holder, post = entity.first("holder"), entities.get(entity.first("post"))
        of = _of(post, entities) if post else ""
        if post and of and _known(holder, entities):
            office = NewOffice(title=post.first("name"), of=of, holder=None, held=_held(entity), at=entity.at)
            yield Entry(at=entity.at, id=holder, offices=(office,), refers=True)


def _known(id: str, entities: Mapping[str, _Entity]) -> bool:
    """Whether an entity that the file tells of can have a part in something."""
    return id in entities and entities[id].schema in _ACTORS


def _of(post: _Entity, entities: Mapping[str, _Entity]) -> str:
    """Whose office a position is: its organisation's, else its country's, where it has one name."""
    organisation, country = post.first("organization"), post.properties.get("country", ())
    if not post.first("name"):
        return ""
    if _known(organisation, entities):
        return organisation
    return country[0].upper() if len(country) == 1 else ""


def _actor(entity: _Entity) -> Entry:
    marks = (MARKED[mark] for mark in entity.properties.get("classification", ()) if mark in MARKED)
    kind = next(marks, _ACTORS[entity.schema])
    names = sorted(entity.properties.get("name", ()))
    if not names or not names[0]:
        raise BadRegistry(f"{entity.schema} {entity.id!r} has no name: give it one, or take it out")
    aliases = (alias for key in _NAMES for alias in sorted(entity.properties.get(key, ())))
    wikidata = entity.first("wikidataId")
    return Entry(
        at=entity.at,
        name=names[0],
        id=entity.id,
        kind=kind,
        names=names_of(names[0], (*names[1:], *aliases), Span(), kind),
        wikidata=wikidata if wikidata.startswith("Q") else "",
        ambiguous=kind is ActorKind.PERSON,
    )


def _held(entity: _Entity) -> Span:
    return Span(_date(entity.first("startDate")), _date(entity.first("endDate")))


def _date(value: str) -> PartialDate | None:
    return PartialDate(value[:_DAY]) if value else None
