"""Results of Wikidata's query service as a registry: SPARQL JSON in either form, or CSV.

One row is one office or membership of one actor, or one alias. Variables are known by the names in VARIABLES, in any
case; others are left aside. A 1 January is read as its year unless `startPrecision` says 10 (month) or 11 (day), as
the service writes years so.
Source: W3C (2013), SPARQL 1.1 Query Results JSON Format; Wikibase, RDF dump format, for values and precisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from winset.actors.additions import Addition, Entry, Line, NewMembership, NewOffice, Span
from winset.actors.types import ActorKind
from winset.errors import BadRegistry, InvalidValue
from winset.exchange.json_objects import objects
from winset.exchange.registry_csv import records
from winset.exchange.registry_rows import Mistakes, kind_of, names_of
from winset.ids import PartialDate

_ITEM = ("item", "person", "human", "officeholder", "holder", "actor", "politician", "head", "leader")
_OF = ("country", "of", "state", "jurisdiction", "organisation", "organization", "employer", "memberof", "member_of")
VARIABLES: dict[str, tuple[str, ...]] = {  # what is meant: names of variables, in small letters
    "item": _ITEM,
    "label": (*(f"{name}label" for name in _ITEM), "name", "label"),
    "aliases": ("aliases", "alias", *(f"{name}altlabel" for name in _ITEM), "altlabel"),
    "position": ("positionlabel", "officelabel", "postlabel", "position", "office", "post", "title"),
    "role": ("rolelabel", "role"),
    "of": (*_OF, "countryid", "country_id", *(f"{name}label" for name in _OF)),  # an id and a label, in any of them
    "iso": ("iso3", "iso", "iso2", "countrycode", "country_code"),
    "start": ("start", "starttime", "startdate", "start_year", "start_date", "start_time"),
    "end": ("end", "endtime", "enddate", "end_year", "end_date", "end_time"),
    "start_precision": ("startprecision", "start_precision"),
    "end_precision": ("endprecision", "end_precision"),
    "kind": ("kind", "type", "instance", "instanceof"),
}
_KINDS = {  # what an item is an instance of
    "Q5": ActorKind.PERSON,
    "Q6256": ActorKind.STATE,
    "Q3624078": ActorKind.STATE,
    "Q11032": ActorKind.MEDIUM,
    "Q192283": ActorKind.MEDIUM,
    "Q43229": ActorKind.ORGANISATION,
    "Q155271": ActorKind.ORGANISATION,
    "Q484652": ActorKind.ORGANISATION,
}
_ENTITY = re.compile(r"(?:\w+://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d{0,11})\Z")
_MOMENT = re.compile(r"[+]?(\d{4})(?:-(\d\d)-(\d\d))?(?:T[\d:.]+Z?)?\Z")
_UNKNOWN = re.compile(r"_:|t\d+\Z|\S*/\.well-known/genid/")  # Wikidata's "unknown value"
_YEAR, _MONTH, _DAY = "9", "10", "11"  # wikibase:timePrecision


def is_result(columns: Iterable[str]) -> bool:
    """Whether the columns of a table are variables of a query rather than those of our own CSV."""
    found = {column.lower() for column in columns}
    return "name" not in found and bool(found & {*_ITEM, *(f"{name}label" for name in _ITEM)})


def read_result_csv(text: str, *, name: str) -> Addition:
    """The result in `text`, as the service's CSV.  Raises BadRegistry with a line for each mistake."""
    rows = records(text, name=name)
    _, header = next(rows)
    return _addition(((number, dict(zip(header, cells, strict=False))) for number, cells in rows), name)


def read_result_json(text: str, *, name: str) -> Addition:
    """The result in `text`, as the service's JSON, verbose or plain.  Raises BadRegistry, a line for each mistake."""
    return _addition(((number, _plain(row)) for number, row in objects(text, name=name)), name)


def _plain(row: Mapping[str, Any]) -> dict[str, str]:
    """A binding, {"item": {"type": "uri", "value": ...}}, or a plain row, as words."""
    values = ((key, value.get("value", "") if isinstance(value, dict) else value) for key, value in row.items())
    return {key: " ".join(str(value).split()) for key, value in values if isinstance(value, str | int | float)}


def _addition(rows: Iterable[tuple[int, Mapping[str, str]]], name: str) -> Addition:
    mistakes = Mistakes()
    entries: list[Entry] = []
    left_out = 0
    for number, row in rows:
        at = Line(name, number)
        try:
            found = _entry(_meant(row), at)
        except (InvalidValue, BadRegistry) as error:
            mistakes.add(at, str(error))
            continue
        if found is None:
            left_out += 1
        else:
            entries.append(found)
    mistakes.tell()
    if not entries:
        raise BadRegistry(f"{name}:1: no row names an item: ask for ?item and ?itemLabel")
    note = f"{name}: {left_out:,} rows without an item or a label were left out"
    return Addition(name, tuple(_told_once(entries)), downloaded=True, notes=(note,) if left_out else ())


def _meant(row: Mapping[str, str]) -> dict[str, str]:
    """The row by what its variables mean; the first variable that has a value counts."""
    given = {key.lower(): value for key, value in row.items() if value and not _UNKNOWN.match(value)}
    meant = {
        meaning: next((given[name] for name in names if name in given), "") for meaning, names in VARIABLES.items()
    }
    found = [given[name] for name in VARIABLES["of"] if name in given]
    ids = [entity[1] for entity in map(_ENTITY.match, found) if entity]
    labels = [value for value in found if not _ENTITY.match(value)]
    return {**meant, "of": "|".join([*([meant["iso"].upper()] if meant["iso"] else []), *ids[:1], *labels[:1]])}


def _entry(row: Mapping[str, str], at: Line) -> Entry | None:
    item = _ENTITY.match(row["item"])
    label = row["label"] or ("" if item else row["item"])
    if _ENTITY.match(label):
        label = ""  # the service gives the id where there is no label
    if not item and not label:
        return None
    of = row["of"]
    kind = _kind(row, of)
    if not label and kind is ActorKind.PERSON:
        return None
    held = Span(
        _date(row["start"], row["start_precision"]),
        _date(row["end"], row["end_precision"]),
    )
    offices: tuple[NewOffice, ...] = ()
    memberships: tuple[NewMembership, ...] = ()
    if of and row["position"] and not _ENTITY.match(row["position"]):
        offices = (NewOffice(title=row["position"], of=of, holder=None, held=held, at=at),)
    elif of and kind is not ActorKind.STATE:
        memberships = (NewMembership(body=of, role=row["role"] or "member", held=held, at=at),)
    parted = "|" if "|" in row["aliases"] else ", "  # GROUP_CONCAT with a bar, or the label service's way
    aliases = row["aliases"].split(parted) if row["aliases"] else []
    return Entry(
        at=at,
        name=label,
        kind=kind,
        names=names_of(label, [alias for alias in aliases if not _ENTITY.match(alias)], Span(), kind),
        memberships=memberships,
        offices=offices,
        iso="" if kind is ActorKind.PERSON else row["iso"].upper(),
        wikidata=item[1] if item else "",
        ambiguous=kind is ActorKind.PERSON,  # two of one name are two items
    )


def _kind(row: Mapping[str, str], of: str) -> ActorKind | None:
    instance = _ENTITY.match(row["kind"])
    if instance:
        return _KINDS.get(instance[1], ActorKind.ORGANISATION)
    if row["kind"]:
        return kind_of(row["kind"])
    return ActorKind.PERSON if row["position"] or of else None


def _date(value: str, precision: str) -> PartialDate | None:
    """A date no more precise than the service knows it.  Raises BadDate.

    >>> [str(_date(f"{day}T00:00:00Z", "")) for day in ("2017-05-14", "2019-01-01")]
    ['2017-05-14', '2019']
    """
    if not value:
        return None
    found = _MOMENT.match(value)
    if found is None or found[2] is None:
        return PartialDate(value)  # a year, or no date
    year, month, day = found.groups()
    if precision == _YEAR or (precision not in (_MONTH, _DAY) and (month, day) == ("01", "01")):
        return PartialDate(year)
    return PartialDate(f"{year}-{month}" if precision == _MONTH else f"{year}-{month}-{day}")


def _told_once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries whose offices, memberships and names were not all told by a row before: queries repeat rows."""
    seen: set[object] = set()
    for entry in entries:
        told = (
            entry.wikidata or entry.name,
            entry.names,
            tuple(replace(office, at=Line("", 0)) for office in entry.offices),
            tuple(replace(membership, at=Line("", 0)) for membership in entry.memberships),
        )
        if told not in seen:
            seen.add(told)
            yield entry
