"""Single quotation marks, told from apostrophes: possessives, words that begin with one, feet and inches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 1_000  # characters: a single mark is an apostrophe more often than not, so its reach is bounded
CLOSED_BY = {"'": "'", "‘": "’", "‚": "‘’", "`": "'’"}
_EVENT = re.compile(r"['’‘‚`]")
_LEFT_OF_OPENING = '([{—–-/*_>"“„«'
_DOUBLED = ("''", "``", "‘‘")
_ELIDED = re.compile(  # '90s, 'tis, rock 'n' roll
    r"['’‘](?:\d\ds\b|\d\d(?!\w|[.,:]\d|%| ?per ?cent| of\b)"
    r"|n['’](?=\s)|(?:tis|twas|twere|twill|til|em|bout|cause|cos|round|neath|gainst|tween|ere|un)\b(?!['’]))",
    re.IGNORECASE,
)

Span = tuple[int, int]


@dataclass(slots=True)
class _Open:
    at: int
    glyph: str
    doubtful: int | None = None  # the first mark that may close it or may be a possessive's


def opens_single(text: str, at: int, start: int) -> bool:
    """Whether a quotation may open with the single mark at `at`, in a paragraph that begins at `start`."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    if not (before.isspace() or before in _LEFT_OF_OPENING) or not after or after.isspace():
        return False
    return text[at : at + 2] not in _DOUBLED and _ELIDED.match(text, at, at + 24) is None


def single_quotations(text: str, start: int, end: int, taken: Sequence[Span]) -> tuple[list[Span], int | None]:
    """Places of the opening and closing marks of each pair in `text[start:end]`, and where one stays open.

    taken: what stands inside double marks, in order; marks there are not looked at.
    A mark closes before anything but a letter or digit; behind an "s" it closes only where no surer one
    follows before the next opens: 'the workers' pay'. Cost: linear.
    """
    found: list[Span] = []
    stack: list[_Open] = []
    starts = [begin for begin, _ in taken]
    for match in _EVENT.finditer(text, start, end):
        at, glyph = match.start(), match.group()
        holder = bisect_right(starts, at) - 1
        if holder >= 0 and at < taken[holder][1]:
            continue
        if glyph in CLOSED_BY and opens_single(text, at, start):
            if stack and stack[-1].doubtful is not None:
                found.append(_doubtful_pair(stack.pop()))
            stack.append(_Open(at, glyph))
        elif stack and _may_close(text, at, end):
            _close(text, at, end, stack, found)
    left_open = stack[0].at if stack and stack[0].doubtful is None and not found else None
    found.extend(_doubtful_pair(each) for each in stack if each.doubtful is not None)
    return [pair for pair in found if pair[0] + 1 < pair[1] <= pair[0] + LIMIT and _holds(text, pair, taken)], left_open


def _may_close(text: str, at: int, end: int) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    return not text[at - 1].isspace() and not (after.isalnum() or after == "_")


def _close(text: str, at: int, end: int, stack: list[_Open], found: list[Span]) -> None:
    """Closes what is open with the mark at `at`, or notes that it may."""
    top = stack[-1]
    if text[at] not in CLOSED_BY[top.glyph]:
        return
    if _is_doubtful(text, at, end):
        top.doubtful = at if top.doubtful is None else top.doubtful
        return
    if top.doubtful is not None and len(stack) > 1:
        found.append(_doubtful_pair(stack.pop()))
    found.append((stack.pop().at, at))


def _is_doubtful(text: str, at: int, end: int) -> bool:
    """Whether it may be an apostrophe: "the workers' pay", "goin' home"."""
    if at + 2 >= end or not text[at + 1].isspace() or not text[at + 2].isalnum():
        return False
    return text[at - 1] in "sS" or text[at - 2 : at] == "in"


def _doubtful_pair(opening: _Open) -> Span:
    return opening.at, opening.doubtful if opening.doubtful is not None else opening.at


def _holds(text: str, pair: Span, taken: Sequence[Span]) -> bool:
    """Whether no double quotation speaks against it: what a possessive seems to close holds none."""
    if text[pair[1] - 1] not in "sS":
        return True
    return not any(pair[0] < begin < pair[1] for begin, _ in taken)
