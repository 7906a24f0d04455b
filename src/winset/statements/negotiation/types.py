"""Proposition: one actor, what it is told to have said or done, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]  # half-open, characters


class Role(StrEnum):
    """How the sentence brings the actor in."""

    LEADING = "leading"  # the subject, and those it speaks for
    SUPPORTING = "supporting"  # "supported by", "with"
    OPPOSING = "opposing"  # "opposed by"


class Polarity(StrEnum):
    """What the predicate says of the point."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    REPORT = "report"  # said, proposed, asked: for or against is in the point's own words

    @property
    def turned(self) -> Polarity:
        """Of the same predicate under a negation: "could not accept" opposes, "did not say" says nothing."""
        return {Polarity.SUPPORT: Polarity.OPPOSE, Polarity.OPPOSE: Polarity.SUPPORT}.get(self, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """An actor, a predicate and its point, as exact places in the text.

    Source: Ruiz Fabo, Plancq & Poibeau (2016): actor, predicate, point.
    """

    actor: Span
    role: Role
    cue: Span  # the words that bring the actor in: "opposed by"; for others the predicate with its auxiliaries
    predicate: Span  # the verb or noun itself
    words: str  # the predicate in lower case, "not" before it where the actor does not share it: "not preferred"
    point: Span | None  # None where the text leaves it out
    topic: Span | None  # the opening phrase that says what it is about: "On the budget, ..."
    polarity: Polarity
    negated: bool  # whether the sentence negates the predicate itself
    nominal: bool = False  # "Oslo's proposal to ..."
    spoken_for: bool = False  # whether it speaks for another or another speaks for it: "Oslo, on behalf of the union"
    told: bool = False  # inside what another says: "Oslo said Riga opposed it"
    strong: bool = True  # whether words that only such reports use bring it about, rather than "with" and "for"
