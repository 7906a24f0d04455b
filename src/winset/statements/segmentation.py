"""Paragraphs of a document and what each is: body, heading, caption, reference or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.statements.segment_kinds import BULLETS, HEADER_LINE, Line, kinds
from winset.statements.sentence_ends import SUPERSCRIPTS, sentences
from winset.statements.types import Segment, SegmentKind

_LINE = re.compile(r"[^\n\f\u2028\u2029]+")
_OWN_LINE = re.compile(
    rf"\s*(?:[-–—*+{BULLETS}](?:\s|\Z)|#{{1,6}}\s|\[(?:\^?\d{{1,3}}|\^[\w-]{{1,12}})\]|\((?:\d{{1,3}}|[a-z]|[ivx]{{2,5}})\)(?:\s|\Z)|[{SUPERSCRIPTS}†‡]"
    r"|[-*_=]{3,}\s*$|[|>]|<?https?://)"
)
_NUMBERED = re.compile(r"(\d{1,3}|[a-zA-Z]|[ivx]{2,5})(?:\.\d{1,2}){0,3}(?:[.)](?:\s|\Z)| (?=[\"“]?[^\W\d_]))")
_FIRST = frozenset(("1", "a", "A", "i"))
_CLOSED_OFF = re.compile(r"(?:[.:;!?…)\]\"”’]|[;,] (?:and|or))\Z")
_MARKER_ALONE = re.compile(rf"\(?(?:\d{{1,3}}|[a-zA-Z]|[ivx]{{2,5}})[.)]|[-–—*+{BULLETS}]")
_LONGEST_MARKER = 7
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
    found = list(_rejoined(text, list(_paragraphs(text))))
    return tuple(
        Segment(start, end, kind, _with_credit_apart(text, start, end, kind))
        for (start, end, _), kind in zip(found, kinds(text, found), strict=True)
    )


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The places of the segments alone, in a fifth of the time."""
    return ((start, end) for start, end, _ in _rejoined(text, list(_paragraphs(text))))


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
        header = number == 0 and HEADER_LINE.match(text[begin:last]) is not None
        for start, end in block[1:]:
            header = header and HEADER_LINE.match(text[start:end]) is not None  # "Key: value": never one wrapped line
            full = last - _line_start(text, begin, last) >= _FULL_LINE * widest
            goes_on = wrapped and full and not header and not _begins_paragraph(text, begin, last, start, end)
            if goes_on or _is_marker(text, begin, last):
                last = end
                continue
            yield begin, last, number
            begin, last = start, end
        yield begin, last, number


def _begins_paragraph(text: str, begin: int, last: int, start: int, end: int) -> bool:
    """Whether the line `text[start:end]` is a list's or note's next one rather than more of `text[begin:last]`.

    "12. It" may also be a date that a line's end cut in two: a number counts where what stands before it is
    closed off, where it is the first, or where it follows the one that this paragraph begins with.
    """
    if _OWN_LINE.match(text, start, min(end, start + 40)):
        return True
    number = _NUMBERED.match(text, start, min(end, start + 40))
    if number is None:
        return False
    stopped = number.group()[-1] not in " \t" or number.group()[-2] in ".)"  # "3.", not "3 ministers"
    if not stopped and not number[1].isdecimal():
        return False
    if _CLOSED_OFF.search(text, max(begin, last - 6), last):
        return stopped or text[number.end()].isupper()
    before = _NUMBERED.match(text, begin, min(last, begin + 40))
    return (stopped and number[1] in _FIRST) or (before is not None and _follows(before[1], number[1]))


def _follows(one: str, two: str) -> bool:
    if one.isdecimal() and two.isdecimal():
        return int(two) == int(one) + 1
    return len(one) == len(two) == 1 and ord(two) == ord(one) + 1


def _is_marker(text: str, start: int, end: int) -> bool:
    """Whether it is the number or bullet of a list alone, as PDFs set them apart."""
    return end - start <= _LONGEST_MARKER and _MARKER_ALONE.fullmatch(text, start, end) is not None


def _line_start(text: str, begin: int, end: int) -> int:
    """Where the last line of `text[begin:end]` starts; wrapped lines are short, so the look back is bounded."""
    low = max(begin, end - _WRAPPED_WIDTH[1] - 1)
    return max(low, text.rfind("\n", low, end) + 1)


def _rejoined(text: str, paragraphs: Sequence[Line]) -> Iterator[Line]:
    """The same, with a sentence that a page break cut in two made whole again."""
    held: Line | None = None
    for start, end, number in paragraphs:
        if held is not None and number > held[2] and (_runs_on(text, held, start) or _is_marker(text, *held[:2])):
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
