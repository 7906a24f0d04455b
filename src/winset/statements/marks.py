"""The double quotation marks of a paragraph, and which way each one faces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# what each mark closes when it closes, by the mark that opened
CLOSES: dict[str, tuple[str, ...]] = {
    '"': ('"',),
    "”": ("“", "„", "‟", "”"),  # ”so” in Swedish and Finnish
    "“": ("„", "“"),  # „so“ in German; “so“ by mistake
    "»": ("«", "»"),  # »so» in Swedish
    "«": ("»",),  # »so« in German and Danish books
    "›": ("‹", "›"),
    "‹": ("›",),
    "''": ("``", "''", "‘‘"),
    "’’": ("‘‘", "’’"),
    "」": ("「",),
    "』": ("『",),
}
FACES_LEFT = frozenset("“„‟「『") | {"``", "‘‘"}  # open whatever stands around them
FACES_EITHER = frozenset('"«‹') | {"''"}  # open where they do not face the other way
_ALIKE = frozenset('"“”') | {"``", "''"}  # may close one another by mistake: “so"
_MARK = re.compile(r"''|``|‘‘|’’|[\"“”„‟«»‹›「」『』]")
_LEFT_OF_OPENING = frozenset("([{—–-/*_>“„‟‘'’`«‹:;,¿¡")
_DASHES = frozenset("—–-")
_RIGHT_OF_CLOSING = frozenset(".,;:!?…)]}[—–-/*_<>“”’'`»›%")
_MEASURE = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,2}|[ -]\d/\d)?['′]?\Z|\d['’′] ?\d{1,2}\Z")
_LOOK_BACK = 12  # characters; no measure is longer


class Side(StrEnum):
    """Which way a mark faces by what stands left and right of it."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: a character, or two for typewriters' doubles."""

    start: int
    end: int
    glyph: str
    side: Side
    measure: bool  # a straight mark behind a number may be inches or seconds


def marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """The double marks of `text[start:end]` in order. Cost: linear."""
    for match in _MARK.finditer(text, start, end):
        at, stop = match.span()
        left = text[at - 1] if at > start else " "
        right = text[stop] if stop < end else ""
        measure = match.group() == '"' and _MEASURE.search(text[max(start, at - _LOOK_BACK) : at]) is not None
        yield Mark(at, stop, match.group(), _side(left, right), measure)


def may_stand_in(opening: str, closing: str) -> bool:
    """Whether the one closes the other by mistake only: “so" but not «so"."""
    return opening in _ALIKE and closing in _ALIKE


def _side(left: str, right: str) -> Side:
    if not right or left == "=":  # an attribute of a tag quotes nobody
        return Side.CLOSES
    if left.isspace():
        return Side.EITHER if right.isspace() else Side.OPENS
    if right.isspace():
        return Side.CLOSES if left not in "([{" else Side.EITHER
    if left in "([{":
        return Side.OPENS
    closing = right in _RIGHT_OF_CLOSING
    opening = left in _LEFT_OF_OPENING and (right.isalnum() or not closing)
    if opening and left in ":;,":  # said:"No" opens and "No,"he closes
        return Side.EITHER
    if opening:
        return Side.OPENS
    return Side.CLOSES if closing and (left not in _DASHES or not right.isalnum()) else Side.EITHER
