"""Sentence units: a quotation is never cut in two, and each unit knows its tokens and quotations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from winset.corpus.types import Document
from winset.statements.quotations import Quotation, quotations
from winset.statements.tokens import Token, tokens
from winset.statements.types import Segment, SegmentKind

STATING = frozenset({SegmentKind.BODY, SegmentKind.CAPTION})  # what stands elsewhere is no statement of the text
REMEMBERED = 200_000  # characters of a document whose units are kept while all attributors read them
LONGEST_UNIT = 4_000  # characters; a longer "sentence" is a list or noise and is read in pieces


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or several that one quotation spans."""

    document: Document
    paragraph: int  # number of its segment
    start: int
    end: int
    words: tuple[Token, ...]
    marks: tuple[Quotation, ...]  # those that touch it; Token.quote counts into this
    notes: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what is worked out from it, once

    @property
    def text(self) -> str:
        """Its words."""
        return self.document.text[self.start : self.end]


def units(document: Document, segments: Sequence[Segment]) -> Iterator[Unit]:
    """The document's sentence units in order, of body text and captions.

    Each attributor asks for them: those of the document at hand are kept, unless it is long.
    """
    if len(document.text) > REMEMBERED:
        return _units(document, segments)
    return iter(_kept(document, tuple(segments)))


@lru_cache(maxsize=2)
def _kept(document: Document, segments: tuple[Segment, ...]) -> tuple[Unit, ...]:
    return tuple(_units(document, segments))


def _units(document: Document, segments: Sequence[Segment]) -> Iterator[Unit]:
    marks = quotations(document.text, segments)
    starts = [mark.start for mark in marks]
    for number, segment in enumerate(segments):
        if segment.kind not in STATING:
            continue
        first, last = bisect_left(starts, segment.start), bisect_left(starts, segment.end)
        for start, end in _pieces(_joined(segment.sentences, marks[first:last])):
            here = marks[max(first, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
            touching = tuple(mark for mark in here if mark.end > start)
            words = tuple(tokens(document.text, start, end, touching))
            if words:
                yield Unit(document, number, start, end, words, touching)


def _joined(sentences: Sequence[tuple[int, int]], marks: Sequence[Quotation]) -> Iterator[tuple[int, int]]:
    """Sentences, those that one quotation spans put together."""
    mark = 0
    pending: tuple[int, int] | None = None
    for start, end in sentences:
        begin = pending[0] if pending else start
        while mark < len(marks) and marks[mark].end <= end:
            mark += 1
        if mark < len(marks) and marks[mark].start < end:
            pending = (begin, end)
            continue
        pending = None
        yield begin, end
    if pending:
        yield pending


def _pieces(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        for at in range(start, end, LONGEST_UNIT):
            yield at, min(at + LONGEST_UNIT, end)
