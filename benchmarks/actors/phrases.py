"""Sources as texts name them, made of the registry's own names, offices and holders, and of invented experts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from winset.actors.names import NameKind
from winset.actors.registry import Registry

DISTINCT = 60_000
OFFICES = (
    *("president", "prime minister", "foreign minister", "defence minister", "deputy foreign minister"),
    *("ambassador to Oslo", "foreign ministry spokesperson", "trade envoy"),
)
UNNAMED = ("government", "foreign ministry", "officials", "diplomats", "negotiators", "lawmakers")
GIVEN = tuple(
    "Ana Bo Carla Dmitri Elena Farid Greta Hugo Ines Jonas Kaja Luis Mei Nuno Olga Pavel Rosa Sven Tara".split()
)
SURNAMES = tuple("Lind Berg Marek Okoro Petit Quist Rossi Sato Tamm Ueda Varga Weber Yilmaz Zorin Alvesson".split())
ROLES = ("senior fellow", "analyst", "director", "professor of law", "economist", "former diplomat")
PLACES = (
    *("Northern Institute", "Hill Institute", "Oak Foundation", "University of Riga", "Harbour Centre"),
    *("Lake School of Government", "Institute for Small States"),
)
MANY = (
    "some {} members",
    "several {} allies",
    "a {} official",
    "the {} chief",
    "{} leaders",
    "{} spokesperson Bo Lind",
)


def phrases(registry: Registry, *, count: int, distinct: int = DISTINCT, seed: int = 0) -> list[str]:
    """So many sources, `distinct` of them once and the rest drawn from these again, in a random order."""
    draw = random.Random(seed)
    pool = list(dict.fromkeys(_kinds(registry)))
    draw.shuffle(pool)
    once = pool[: min(distinct, count)]
    asked = once + draw.choices(once, k=count - len(once))
    draw.shuffle(asked)
    return asked


def _kinds(registry: Registry) -> Iterator[str]:
    aliases = [alias for group in registry.names.by_first_word.values() for alias in group]
    names = sorted(alias.words for alias in aliases if alias.kind is NameKind.NAME)
    demonyms = sorted(alias.words for alias in aliases if alias.kind is NameKind.DEMONYM)
    yield from sorted(alias.words for alias in aliases)
    for demonym, office in itertools.product(demonyms, OFFICES):
        yield f"the {demonym} {office}"
        yield from (
            f"{demonym} {office} {given} {surname}" for given, surname in zip(GIVEN, SURNAMES[::2], strict=False)
        )
    for demonym, unnamed in itertools.product(demonyms, UNNAMED):
        yield f"{demonym} {unnamed}"
    for tenure in registry.holders.tenures:
        held = tenure.office
        yield from (held.holder, held.holder.split()[-1], f"{held.title} {held.holder}")
        yield f"{held.holder}, the {held.title} of {registry.label(held.of)}"
    for given, surname, role, place in itertools.product(GIVEN, SURNAMES, ROLES, PLACES):
        yield f"{given} {surname}, {role} at the {place}"
    for first, second in itertools.product(names[::6], names[::9]):
        yield f"{first} and {second}"
    for actor in registry.actors.values():
        yield from (form.format(actor.name) for form in MANY)
    for given, surname in itertools.product(GIVEN, SURNAMES):
        yield f"{given} {surname}"
