"""A text's attributions one after another, for corpora: the text may be of any length, memory stays the same."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from winset.statements.languages import foreign, left_out, quoted_speech
from winset.statements.segmentation import segments
from winset.statements.types import Proposal, SegmentKind

READ = frozenset({SegmentKind.BODY, SegmentKind.CAPTION, SegmentKind.HEADING})  # corpora code headlines too
SLICE = 200_000  # characters read at once
_BREAKS = ("\n\n", "\n", ". ", " ")  # paragraphs, lines, sentences, words
_WORDS = re.compile(r"\w")


def attributions(text: str, *, threads: int = 1) -> Iterator[Proposal]:
    """Who said what in a text, in its order; spans are half-open code points into `text` as it is.

    Paragraphs in another language than English are searched for quotations only, of nobody that could be named.
    threads: how many windows are read at once; the result is the same for every number. Memory: that of a
    slice of the text. Cost: linear. May be called from several threads.
    """
    from winset.statements.tagging.reading import proposals
    from winset.statements.tagging.tagger import tagger

    for start, end in _slices(text):
        part = text[start:end]
        if _WORDS.search(part) is None:
            continue
        blocks = segments(part)
        others = foreign(part, blocks)
        read = proposals(part, left_out(blocks, others), tagger(), kinds=READ, threads=threads)
        elsewhere = quoted_speech(part, blocks, others) if others else iter(())
        for found in heapq.merge(read, elsewhere, key=attrgetter("start")):
            yield _moved(found, start)


def _slices(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        whole = start + SLICE >= len(text)
        end = len(text) if whole else piece_end(text, start + SLICE // 2, start + SLICE)
        yield start, end
        start = end


def piece_end(text: str, low: int, high: int) -> int:
    """Where a piece of a long text may end: behind the best break between two places, at `high` where there is none.

    >>> piece_end("One. Two is longer.", 4, 10)
    9
    """
    for mark in _BREAKS:
        place = text.rfind(mark, low, high)
        if place >= 0:
            return place + len(mark)
    return high


def _moved(found: Proposal, by: int) -> Proposal:
    def moved(span: tuple[int, int]) -> tuple[int, int]:
        return span[0] + by, span[1] + by

    return replace(
        found,
        source=moved(found.source) if found.source else None,
        cue=moved(found.cue) if found.cue else None,
        contents=tuple(map(moved, found.contents)),
    )
