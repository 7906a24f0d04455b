"""Paragraphs of a document and what each is: body, heading, caption, reference or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.statements.segment_kinds import Line, kinds
from winset.statements.sentence_ends import sentences
from winset.statements.types import Segment, SegmentKind

_LINE = re.compile(r"[^\n\f\u2028\u2029]+")
_OWN_LINE = re.compile(r"\s*(?:[-*•‣▪–—+]\s|#{1,6}\s|\[\^?\d{1,3}\]|\(?\d{1,3}[.)]\s|[-*_]{3,}\s*$|[|>]|<?https?://)")
_WRAPPED_WIDTH = (40, 130)  # characters; the widths at which pages and mails break lines
_FULL_LINE = 0.6  # of the block's widest line: a line shorter than this was ended on purpose
_SENTENCE_BROKEN_OFF = re.compile(r"[^\W_][,;]?\Z")
_CREDIT = re.compile(
    r"(?:Image|Photo|Picture|Photograph|Photo credit|Credit|Foto|Bild|Source)s?(?: by)?:\s*\S[^.!?]{0,120}\Z"
)


def segments(text: str) -> tuple[Segment, ...]:
    r"""The paragraphs of a text in order, with their kinds and their sentences; offsets into `text` as it is.

    A paragraph ends at a blank line; a long line is a paragraph of its own; lines broken at a page's width stay
    together, and so do two paragraphs when a sentence runs on from one into the other, as over a page break.
    Every character that is not white space lies in exactly one sentence of one segment. Cost: linear.

    >>> [(segment.kind.value, segment.sentences) for segment in segments("# A vote\n\nIt passed. Two abstained.")]
    [('heading', ((0, 8),)), ('body', ((10, 20), (21, 35)))]
    """
    paragraphs = list(_rejoined(text, list(_paragraphs(text))))
    return tuple(
        Segment(start, end, kind, _with_credit_apart(text, start, end, kind))
        for (start, end, _), kind in zip(paragraphs, kinds(text, paragraphs), strict=True)
    )


def _with_credit_apart(text: str, start: int, end: int, kind: SegmentKind) -> tuple[tuple[int, int], ...]:
    """Sentences; a picture's credit is one of its own, though no stop stands before it."""
    if kind is SegmentKind.CAPTION and (credit := _CREDIT.search(text, max(start, end - 200), end)):
        return sentences(text, start, credit.start()) + sentences(text, credit.start(), end)
    return sentences(text, start, end)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines that are not blank, each line without the white space around it."""
    block: list[tuple[int, int]] = []
    last_end = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if block and (not stripped or match.start() - last_end > 1):
            yield block
            block = []
        last_end = match.end()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            block.append((start, start + len(stripped)))
    if block:
        yield block


def _paragraphs(text: str) -> Iterator[Line]:
    """Each block as one paragraph or as its lines; the third field numbers the block."""
    for number, block in enumerate(_blocks(text)):
        widest = max(end - start for start, end in block)
        wrapped = _WRAPPED_WIDTH[0] <= widest <= _WRAPPED_WIDTH[1]
        begin, last = block[0]
        for start, end in block[1:]:
            full = end - start > 0 and last - _line_start(text, begin, last) >= _FULL_LINE * widest
            if wrapped and full and not _OWN_LINE.match(text, start, min(end, start + 40)):
                last = end
                continue
            yield begin, last, number
            begin, last = start, end
        yield begin, last, number


def _line_start(text: str, begin: int, end: int) -> int:
    """Where the last line of `text[begin:end]` starts; wrapped lines are short, so the look back is bounded."""
    low = max(begin, end - _WRAPPED_WIDTH[1] - 1)
    return max(low, text.rfind("\n", low, end) + 1)


def _rejoined(text: str, paragraphs: Sequence[Line]) -> Iterator[Line]:
    """The same, with a sentence that a page break cut in two made whole again."""
    held: Line | None = None
    for start, end, number in paragraphs:
        if held is not None and number > held[2] and _runs_on(text, held, start):
            held = (held[0], end, number)
            continue
        if held is not None:
            yield held
        held = (start, end, number)
    if held is not None:
        yield held


def _runs_on(text: str, before: Line, start: int) -> bool:
    long_enough = before[1] - before[0] > 2 * _WRAPPED_WIDTH[0]
    return (
        long_enough
        and text[start].islower()
        and _SENTENCE_BROKEN_OFF.search(text, before[1] - 2, before[1]) is not None
    )
