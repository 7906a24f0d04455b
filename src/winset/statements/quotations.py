"""Where the quotation marks are: half-open regions of a paragraph, in one pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from winset.statements.types import Segment

DOUBLED = ("''", "``")  # typewriters' double marks
PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’"}
SINGLE_LIMIT = 1_000  # characters: a single mark is an apostrophe more often than not, so its search is bounded
SINGLE_TRIES = 8  # closing marks looked at: curly ones may close what straight ones did not open
_SINGLE_CLOSES = re.compile(r"(?<=\S)['’](?!\w)")  # before a space or a mark, else it is an apostrophe
SCARE_WORDS = 2  # up to so many quoted words name or mock a thing rather than report speech


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted region with its marks, and the words inside without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    words: int

    @property
    def is_scare(self) -> bool:
        """Too short to be speech on its own."""
        return self.words <= SCARE_WORDS


def quotations(text: str, segments: Iterable[Segment]) -> tuple[Quotation, ...]:
    """Every outermost quotation of the segments, in order; what never closes is no quotation.

    Straight and curly, double and single marks; a single mark opens only after a space or bracket and
    closes only before one, so that apostrophes stay apostrophes. A paragraph that opens with a mark and
    does not close it runs to its end when the next paragraph opens with one too (the printers' rule for
    quotations over several paragraphs, Chicago Manual of Style 13.32). Cost: linear.
    """
    blocks = list(segments)
    found: list[Quotation] = []
    for number, segment in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        goes_on = following is not None and text[following.start : following.start + 1] in ('"', "“")
        found.extend(_in_paragraph(text, segment.start, segment.end, goes_on=goes_on))
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int, *, goes_on: bool) -> Iterable[Quotation]:
    closers, last_doubled = _last_places(text, start, end), text.rfind("''", start, end)
    singles = [match.start() for match in _SINGLE_CLOSES.finditer(text, start, end)]
    at = start
    while at < end:
        opening = text[at]
        if text[at : at + 2] in DOUBLED:
            match = text.find("''", at + 2, end) if last_doubled >= at + 2 else -1
            if match > at + 2:
                yield Quotation(at, match + 2, at + 2, match, len(text[at + 2 : match].split()))
            at = max(match, at) + 2
            continue
        if opening not in "\"“„«‘'" or not _opens(text, at, start):
            at += 1
            continue
        closing = _closing(text, at, end, closers, singles)
        if closing is None and opening in '"“' and goes_on:
            closing = end
        if closing is None:
            at += 1
            continue
        if closing > at + 1:
            words = len(text[at + 1 : closing].split())
            yield Quotation(at, min(closing + 1, end), at + 1, closing, words)
        at = closing + 1


def _last_places(text: str, start: int, end: int) -> dict[str, int]:
    """Last place of each closing mark, so that a mark that never closes costs no search."""
    return {mark: text.rfind(mark, start, end) for mark in "\"”“»’'"}


def _opens(text: str, at: int, start: int) -> bool:
    if text[at] in "“„«":
        return True
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    return (before.isspace() or before in "([{—–-") and bool(after) and not after.isspace()


def _closing(text: str, at: int, end: int, last: dict[str, int], singles: Sequence[int]) -> int | None:
    mark = text[at]
    closers = PAIRS.get(mark, mark)
    if mark in "‘'":
        first = bisect_right(singles, at + 1)
        near = (place for place in singles[first : first + SINGLE_TRIES] if text[place] in closers)
        found = next(near, None)
        return found if found is not None and found - at <= SINGLE_LIMIT else None
    hits = [text.find(closer, at + 1, end) for closer in closers if last.get(closer, -1) > at]
    return min((hit for hit in hits if hit >= 0), default=None)


def covered(start: int, end: int, marks: Iterable[Quotation]) -> float:
    """Share of `start`-`end` that stands inside quotation marks, 0-1."""
    inside = sum(max(0, min(end, mark.end) - max(start, mark.start)) for mark in marks)
    return inside / (end - start) if end > start else 0.0
