"""Change: one act of one person that changed a case, with its effects; Subject: a thing as all changes left it.

The changes of a case are its audit trail: they are never altered, and played from the first they come to the state
that the case is in (`desk.replayed`). Source: Fowler (2005), "Event Sourcing": state as a function of what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Value = Mapping[str, Any]  # as JSON holds it

KINDS = ("document", "statement", "codes", "judgement", "discrepancy", "scenario", "registry", "suggestion")


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a change is about: a statement, one coder's codes of it, a document, a discrepancy, a scenario."""

    kind: str  # one of KINDS
    about: str  # its id
    coder: str = ""  # of codes and suggestions: whose

    def __str__(self) -> str:
        return ":".join(part for part in (self.kind, self.about, self.coder) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change did to one thing."""

    key: Key
    version: int  # of the thing after it: 1, 2, 3 ...
    before: Value | None  # None: nothing was said of it
    after: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One act of one person. It is never altered; a later one may take it back."""

    number: int  # 1, 2, 3 ... in the order in which they were made
    by: str  # "": not known, from before there was a trail
    at: str  # ISO 8601, UTC
    act: str  # "add", "take", "accept", "code", "wrong", "right", "mark", "reshape", "settle", "keep", "drop", "undo",
    # "suggest", or a judgement's verb
    why: str = ""
    undoes: int | None = None
    take: int | None = None  # number of the take of codes that it kept
    judgement: int | None = None
    effects: tuple[Effect, ...] = ()
    undone_by: int | None = None  # the later change that takes it back and holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing as it is now."""

    key: Key
    version: int
    value: Value | None
    change: int  # number of the last change that touched it


def replay(changes: Iterable[Change]) -> dict[Key, Subject]:
    """The state that changes come to, played in order from the first.

    >>> made = Effect(key=Key("scenario", "s1"), version=1, before=None, after={"name": "Berlin yields"})
    >>> replay([Change(number=1, by="Ada", at="", act="keep", effects=(made,))])[Key("scenario", "s1")].value
    {'name': 'Berlin yields'}
    """
    state: dict[Key, Subject] = {}
    for change in changes:
        for effect in change.effects:
            state[effect.key] = Subject(
                key=effect.key, version=effect.version, value=effect.after, change=change.number
            )
    return state
