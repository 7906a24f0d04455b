"""Whom a name means in a case: a member, one who spoke, or a person who speaks for one of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.actors.registry import registry
from winset.actors.tables import folded
from winset.brief.wording import shown
from winset.errors import UnknownName, WinsetError
from winset.ids import ActorId
from winset.mcp import untrusted
from winset.store.actor_roll import actor_roll

if TYPE_CHECKING:
    from winset.mcp.cases import ServedCase, View

NEAR = 5  # names that are suggested
CUTOFF = 0.6  # how like they must be, as difflib measures it


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Whom a name means."""

    actor_id: ActorId
    name: str  # as a reader should see it; cleaned
    label: str  # as the case holds it
    speaker: str | None = None  # a person whose words alone are meant


def meant(case: ServedCase, view: View, words: str) -> Meant:
    """The one of that name, id or label.  Raises UnknownName with the nearest names."""
    wanted, known = folded(words).strip(), _names(case, view)
    for id, label in known.items():
        if wanted in {folded(id), folded(label), folded(shown(label))}:
            return Meant(actor_id=id, name=named(label), label=label)
    for speaker, id in _speakers(view):
        if wanted == folded(speaker):
            label = known.get(id, str(id))
            return Meant(actor_id=id, name=named(label), label=label, speaker=speaker)
    try:
        actor = registry(view.additions).actor(words.strip())
    except WinsetError:
        raise UnknownName(_near(words, view, known)) from None
    return Meant(actor_id=actor.id, name=named(known.get(actor.id, actor.name)), label=actor.name)


def named(label: str) -> str:
    """A label as a reader should see it, cleaned."""
    return untrusted.shown(shown(label), at_most=untrusted.NAME)


def _names(case: ServedCase, view: View) -> dict[ActorId, str]:
    """Everybody with a seat, a position or a voice."""
    found: dict[ActorId, str] = dict(view.estimated.names)
    if view.large:
        spoke = view.once("roll", lambda: {each.actor_id: each.name for each in actor_roll(case.store)})
        return {**spoke, **found}
    return found


def _speakers(view: View) -> Iterator[tuple[str, ActorId]]:
    """Persons who speak, with whom they speak for."""
    for each in view.estimated.evidence:
        if each.identification.speaker and each.actor_id is not None:
            yield each.identification.speaker, each.actor_id


def _near(words: str, view: View, known: dict[ActorId, str]) -> str:
    names = {folded(name): name for name in (*known.values(), *(each for each, _ in _speakers(view)))}
    wanted = folded(words).strip()
    near = [names[each] for each in difflib.get_close_matches(wanted, names, n=NEAR, cutoff=CUTOFF)]
    near += [name for key, name in names.items() if wanted and wanted in key.split() and name not in near][:NEAR]
    told = ", ".join(repr(named(name)) for name in near[:NEAR])
    hint = f"did you mean {told}?" if told else "positions lists everybody who has a vote or is on record"
    return f"nobody in this case is called {untrusted.shown(words, at_most=untrusted.NAME)!r}: {hint}"
