"""Those who speak for no state: of a medium, of an organisation, or on their own."""

from __future__ import annotations

import re

from winset.actors.clues.types import Finding, Hearing
from winset.actors.types import ActorKind, SpeaksAs
from winset.ids import ActorId
from winset.statements.media import canonical_medium


def commentator(
    hearing: Hearing, name: str | None, affiliation: str | None, score: float, rule: str, *, role: str | None = None
) -> Finding:
    """One who speaks for no state: of a medium, of an organisation, or on their own ("expert: <name>")."""
    medium = _medium(hearing, affiliation) if affiliation else None
    belongs = medium or (re.sub(r"\A[Tt]he\s", "", affiliation) if affiliation else None)
    return Finding(
        speaks_as=SpeaksAs.MEDIUM if medium else SpeaksAs.EXPERT,
        speaker=name,
        role=role,
        label=f"media: {medium}" if medium else f"expert: {belongs or name or 'unaffiliated'}",
        affiliation=belongs,
        score=score,
        rule=rule,
    )


def _medium(hearing: Hearing, words: str) -> str | None:
    """The medium of that name, the user's own included."""
    registry = hearing.reading.registry
    own = registry.actors.get(registry.known.get(words.casefold(), ActorId("")))
    return own.name if own and own.kind is ActorKind.MEDIUM else canonical_medium(words)
