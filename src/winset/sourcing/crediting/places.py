"""The sentences of a document's body, and which statements are made in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from winset.ids import StatementId
from winset.statements.media import find_media
from winset.statements.types import Segment, SegmentKind, Statement

Span = tuple[int, int]

_GOES_ON = re.compile(r"[“\"‘]|(?:He|She|They|It|The (?:same )?(?:newspaper|paper|report|article|agency|magazine))\b")


class Sentences:
    """The body's sentences in order, with the statements whose saying stands in each."""

    def __init__(self, segments: Sequence[Segment], statements: Sequence[Statement] = ()) -> None:
        body = [part for part in segments if part.kind is SegmentKind.BODY]
        self.spans = [span for part in body for span in part.sentences]
        self._paragraphs = [number for number, part in enumerate(body) for _ in part.sentences]
        self._said = sorted(((place_of(statement), statement.id) for statement in statements), key=itemgetter(0))

    def at(self, place: int) -> int | None:
        """Number of the sentence that holds a place; None outside the body."""
        number = bisect_right(self.spans, place, key=itemgetter(0)) - 1
        return number if number >= 0 and place < self.spans[number][1] else None

    def within(self, number: int) -> tuple[StatementId, ...]:
        """Statements that are made in a sentence."""
        start, end = self.spans[number]
        low = bisect_left(self._said, start, key=itemgetter(0))
        high = bisect_left(self._said, end, key=itemgetter(0))
        return tuple(id for _, id in self._said[low:high])

    def resting(self, text: str, number: int) -> tuple[StatementId, ...]:
        """Statements of a sentence, and of those after it in its paragraph that go on without a source of their own."""
        start, end = self.spans[number]
        later = number + 1
        while later < len(self.spans) and self._paragraphs[later] == self._paragraphs[number]:
            if not _GOES_ON.match(text, self.spans[later][0]) or find_media(text[slice(*self.spans[later])]):
                break
            end = self.spans[later][1]
            later += 1
        low = bisect_left(self._said, start, key=itemgetter(0))
        high = bisect_left(self._said, end, key=itemgetter(0))
        return tuple(id for _, id in self._said[low:high])


def place_of(statement: Statement) -> int:
    """Where it is said that it is said: at the cue, else the source, else the content."""
    return (statement.cue or statement.source or statement.contents[0]).start
