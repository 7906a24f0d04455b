"""The names that a user's registries add to the index, and where they contradict each other or the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from winset.actors.additions import Entry, Span
from winset.actors.names import Alias, NameIndex, NameKind, index_by, name_index
from winset.actors.own_actors import Own, OwnActors
from winset.actors.shipped_rows import shipped_row
from winset.actors.tables import plain_quotes
from winset.actors.types import ActorKind
from winset.ids import ActorId

if TYPE_CHECKING:
    from winset.actors.registry import Registry

_WORD = re.compile(r"\w+")
_TABLES = ("organisations", "countries", "names")
_ARTICLE = re.compile(r"\A[Tt]he\s(?=\S)")


@dataclass(frozen=True, slots=True)
class _Claim:
    """That some words mean an actor for a time, by a row."""

    words: str
    own: Own
    entry: Entry
    used: Span


def own_aliases(found: OwnActors) -> tuple[Alias, ...]:
    """The new aliases of all that are no persons; contradictions are collected."""
    by_words: dict[str, list[_Claim]] = {}
    for own in found.owns:
        for claim in _claims(own):
            by_words.setdefault(claim.words if own.kind is not ActorKind.PERSON else f"\0{claim.words}", []).append(
                claim
            )
    made: list[Alias] = []
    for words, claims in sorted(by_words.items()):
        ambiguous = _among_themselves(claims, found)
        if not words.startswith("\0"):
            made += _aliases(claims, found, ambiguous=ambiguous)
    made += [Alias(plain_quotes(own.name), (own.id,), NameKind.NAME) for own in found.implied.values()]
    return tuple(made)


def with_aliases(index: NameIndex, new: tuple[Alias, ...]) -> NameIndex:
    """The index with further aliases, which go before those of the same words.  Cost: linear in the new ones."""
    more = name_index(new)
    words = dict(index.by_first_word)
    for word, entries in more.by_first_word.items():
        words[word] = tuple(sorted((*entries, *words.get(word, ())), key=lambda alias: -len(alias.words)))
    return index_by(words)


def aliases_of(registry: Registry, words: str) -> Iterator[Alias]:
    """What these very words mean in the index."""
    first = _WORD.match(words)
    for alias in registry.names.by_first_word.get(first.group(), ()) if first else ():
        if alias.words == words:
            yield alias


def _claims(own: Own) -> Iterator[_Claim]:
    for entry in own.entries:
        for name in entry.names:
            yield _Claim(_ARTICLE.sub("", plain_quotes(name.words)), own, entry, name.used)


def _among_themselves(claims: list[_Claim], found: OwnActors) -> bool:
    """Whether several of the user's own actors share the words, by their own word; a contradiction otherwise."""
    shared = False
    for place, claim in enumerate(claims):
        for other in claims[:place]:
            if claim.own is other.own or not _meet(claim.used, other.used):
                continue
            shared = True
            if not (claim.entry.ambiguous or other.entry.ambiguous):
                first, second = sorted((claim, other), key=lambda each: each.entry.at)
                found.contradictions.append(
                    f"{second.entry.at}: {claim.words!r} is {second.own.name} ({second.own.id}) here and "
                    f"{first.own.name} ({first.own.id}) in {first.entry.at}: take it out of one of them, "
                    "or write ambiguous: yes"
                )
    return shared


def _meet(one: Span, other: Span) -> bool:
    """Whether two names may have been in use on one day."""
    start, end = _days(one)
    first, last = _days(other)
    return (end is None or first is None or first <= end) and (last is None or start is None or start <= last)


def _days(used: Span) -> tuple[date | None, date | None]:
    return used.start.earliest if used.start else None, used.end.latest if used.end else None


def _aliases(claims: list[_Claim], found: OwnActors, *, ambiguous: bool) -> Iterator[Alias]:
    """New aliases for words; of several meanings the one not marked as ambiguous comes first."""
    ranked = sorted(claims, key=lambda claim: (claim.entry.ambiguous, claim.own.id))
    spans = sorted({claim.used for claim in claims}, key=str)
    shipped: list[ActorId] = []
    claimed = {claim.own.id for claim in claims}
    for alias in aliases_of(found.base, claims[0].words):
        others = [id for id in alias.actor_ids if id not in claimed]
        if not others or alias.kind is NameKind.CODE or not _alive(alias, claims):
            continue
        if any(claim.entry.overrides for claim in claims):
            claim = next(claim for claim in claims if claim.entry.overrides)
            found.notes.append(
                f"{claim.entry.at}: {claim.words!r} is {claim.own.name}, not {found.base.label(others[0])} as shipped"
            )
        elif any(claim.entry.ambiguous for claim in claims):
            shipped += others
        else:
            _contradicted(claims[0], others[0], found)
    for used in spans:
        ids = dict.fromkeys([*shipped, *(claim.own.id for claim in ranked if claim.used == used or ambiguous)])
        since, until = _days(used)
        known = {id for alias in aliases_of(found.base, claims[0].words) for id in alias.actor_ids}
        if len(ids) > 1 or not set(ids) <= known:
            yield Alias(claims[0].words, tuple(ids), NameKind.NAME, len(ids) > 1, since, until)


def _alive(alias: Alias, claims: list[_Claim]) -> bool:
    """Whether a shipped alias is in use when one of the claims is."""
    return any(
        (alias.until is None or start is None or start <= alias.until)
        and (alias.since is None or end is None or alias.since <= end)
        for start, end in (_days(claim.used) for claim in claims)
    )


def _contradicted(claim: _Claim, other: ActorId, found: OwnActors) -> None:
    actor = found.base.actors[other]
    row = shipped_row(_TABLES, claim.words, other)
    if row == "the shipped registry":
        row = shipped_row(_TABLES, claim.words)
    found.contradictions.append(
        f"{claim.entry.at}: {claim.words!r} is {claim.own.name} ({claim.own.id}) here "
        f"and {actor.name} ({other}) in {row}: take it out, "
        "write ambiguous: yes if it means both, or overrides: yes if only yours is meant"
    )
