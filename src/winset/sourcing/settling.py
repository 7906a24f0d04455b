"""What a person says of a discrepancy: which telling is right, or why none is. The machine's view stays beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from winset.errors import BadJudgement
from winset.sourcing.types import MISSING, Discrepancy

LONGEST_VALUE = 80  # characters of a telling's value in a sentence


class Verdict(StrEnum):
    """What a person says of what is told differently."""

    RIGHT = "right"  # one telling is
    BOTH = "both"  # each is right: of another thing, day or way to count
    NEITHER = "neither"  # no telling is
    NONE = "none"  # nothing is told differently: the machine was wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A person's word on one discrepancy."""

    discrepancy_id: str
    verdict: Verdict
    right: int | None = None  # number of the telling, from 0, where the verdict is RIGHT
    by: str
    at: str = ""  # ISO 8601, UTC
    why: str = ""
    kind: str = ""  # the discrepancy's, and what it is about: told where it is no longer found
    about: str = ""

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.RIGHT) is (self.right is None):
            raise BadJudgement(f"discrepancy {self.discrepancy_id}: a telling's number goes with the verdict right")
        if not self.by.strip():
            raise BadJudgement(f"discrepancy {self.discrepancy_id}: name who settles it")

    def value(self) -> dict[str, Any]:
        """As plain values, for the case."""
        return {
            "verdict": self.verdict.value,
            "right": self.right,
            "by": self.by,
            "at": self.at,
            "why": self.why,
            "kind": self.kind,
            "about": self.about,
        }


def settlement(discrepancy_id: str, value: Mapping[str, Any]) -> Settlement:
    """The settlement of which `value` was made."""
    return Settlement(
        discrepancy_id=discrepancy_id,
        verdict=Verdict(value["verdict"]),
        right=value.get("right"),
        by=value["by"],
        at=value.get("at", ""),
        why=value.get("why", ""),
        kind=value.get("kind", ""),
        about=value.get("about", ""),
    )


def settled(found: Discrepancy, said: str, *, by: str, at: str = "", why: str = "") -> Settlement:
    """What a person says of a discrepancy, in words: the number of the right telling from 1, both, neither or none.

    Raises BadJudgement for other words, and for a number that no telling has.

    >>> from winset.corpus.types import Anchor
    >>> from winset.sourcing.types import DiscrepancyKind, Telling
    >>> words = Anchor(document_id="d", start=0, end=5, exact="6 May")
    >>> one = Telling(value="6 May", anchor=words)
    >>> told = Discrepancy(kind=DiscrepancyKind.DATE, about="the vote", tellings=(one, one), why="nothing decides it")
    >>> settled(told, "2", by="Ada").right, settled(told, "both", by="Ada").verdict.value
    (1, 'both')
    """
    word = said.strip().lower()
    right = int(word) - 1 if word.isdecimal() and word.isascii() else None
    allowed = [verdict.value for verdict in Verdict if verdict is not Verdict.RIGHT]
    if (right is None and word not in allowed) or (right is not None and not 0 <= right < len(found.tellings)):
        numbers = " or ".join(str(number + 1) for number in range(len(found.tellings)))
        raise BadJudgement(f"{said!r} settles nothing: write {numbers} for the telling that is right, {_or(allowed)}")
    return Settlement(
        discrepancy_id=found.id,
        verdict=Verdict(word) if right is None else Verdict.RIGHT,
        right=right,
        by=by,
        at=at,
        why=" ".join(why.split()),
        kind=found.kind.value,
        about=found.about,
    )


def in_words(found: Settlement, told: Discrepancy) -> str:
    """What it says, without who and why: “6 May” is right."""
    if found.verdict is Verdict.BOTH:
        return "each telling is right" if len(told.tellings) > 2 else "both are right"  # noqa: PLR2004 - both are two
    if found.verdict is Verdict.NEITHER:
        return "no telling is right" if len(told.tellings) != 2 else "neither is right"  # noqa: PLR2004
    if found.verdict is Verdict.NONE:
        return "no discrepancy"
    value = told.tellings[found.right or 0].value
    if len(told.tellings) == 1:
        return "it is so"
    if value == MISSING:
        return "it is not there"
    if len(value) <= LONGEST_VALUE:
        return f"“{value}” is right"
    return f"telling {(found.right or 0) + 1} is right"


def _or(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
