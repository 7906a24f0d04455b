"""The passages of a document: what can be an answer to a question, and is shown as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.corpus.types import Document
from winset.statements.languages import foreign
from winset.statements.types import Segment, SegmentKind

Span = tuple[int, int]

LONGEST = 600  # characters; a longer sentence, a list as a rule, is cut at a semicolon or a space
_LEAST_WORDS = 3
_TOLD = frozenset({SegmentKind.BODY, SegmentKind.CAPTION})
_WORD = re.compile(r"[^\W\d_]{2,}")


def passages(document: Document, segments: Sequence[Segment]) -> tuple[Span, ...]:
    """The sentences of the body and of captions, in order, half-open; English ones of three words or more.

    Cost: linear.
    """
    abroad = foreign(document.text, segments, tongue=document.language)
    return tuple(
        span
        for number, segment in enumerate(segments)
        if segment.kind in _TOLD and number not in abroad
        for sentence in segment.sentences
        for span in _cut(document.text, *sentence)
        if _says_something(document.text, *span)
    )


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        reach, least = start + LONGEST, start + LONGEST // 3
        at = text.rfind("; ", least, reach) + 1 or text.rfind(" ", least, reach)
        at = at if at > start else reach
        yield start, at
        start = at
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _says_something(text: str, start: int, end: int) -> bool:
    found = _WORD.finditer(text, start, end)
    return sum(1 for _ in zip(range(_LEAST_WORDS), found, strict=False)) == _LEAST_WORDS
