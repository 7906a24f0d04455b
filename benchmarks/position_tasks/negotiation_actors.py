"""Who a name in a negotiation report is, spelled as a coded set spells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from winset.actors.registry import registry
from winset.ids import ActorId

# organisations of the registry that are no side of a negotiation: they convene, serve or finance it
NO_SIDE = frozenset(
    "un unsc unfccc ipcc unhcr unicef who iaea imf world-bank wto osce oecd council-of-europe icc icj opcw icrc".split()
)
_HYPHEN = re.compile(r"(?<=[A-Za-z])-\s+(?=\d)|(?<=\d)\s*/\s*(?=[A-Z])")
_NOTE = re.compile(r"\s?\(([\w/&-]{2,20})\)")
_PLURAL = re.compile(r"(?<=[A-Z])s\Z")


@cache
def actor(name: str) -> ActorId | None:
    """The side of the negotiation that a name means; None for anything else."""
    words = _HYPHEN.sub(lambda match: match.group().strip(), name.strip())
    words = re.sub(r"-\s+", "-", words)
    for spelling in (words, _PLURAL.sub("", words), words.title(), words.upper()):
        found = [
            mention
            for mention in registry().mentions(f"{spelling} said that", 0, len(spelling))
            if mention.end - mention.start >= len(spelling)
        ]
        if found:
            return None if found[0].actor_id in NO_SIDE else found[0].actor_id
        known = registry().known.get(spelling.casefold())
        if known is not None and len(spelling) > 3:
            return None if known in NO_SIDE else known
    return None


def noted(text: str, at: int) -> ActorId | None:
    """The side whose short name stands in brackets behind a place: "the Least Developed Countries (LDCs)"."""
    note = _NOTE.match(text, at)
    return actor(note.group(1)) if note else None


def spelled(id: ActorId, spellings: Mapping[str, str]) -> str:
    """The set's own spelling where it differs, else winset's name."""
    return spellings.get(id, registry().label(id))
