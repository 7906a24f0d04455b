"""A text's proposals by the shipped network: spans of words become spans of characters, with their form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from winset.statements.proposals import (
    Span,
    form_of,
    is_attitude,
    is_hedged,
    names_somebody,
    quoted_share,
    unquoted,
)
from winset.statements.quotations import Quotation, covered, quotations, touching
from winset.statements.tagging.linking import Linked
from winset.statements.tagging.tagger import Tagger
from winset.statements.tagging.windows import Window, windows
from winset.statements.types import Proposal, Segment, SegmentKind

HALF = 0.5  # share of what follows that must be quoted for a content to go on into the next sentence
LEAST = 0.05  # confidence; nothing proposed is impossible
MOST = 0.99  # nor certain


def proposals(
    text: str,
    segments: Sequence[Segment],
    tagger: Tagger,
    *,
    kinds: Container[SegmentKind],
    threads: int = 1,
) -> Iterator[Proposal]:
    """What the network reads in the segments of these kinds, in text order. Offsets count `text` as it is."""
    marks = quotations(text, segments)
    ends = [end for segment in segments for _, end in segment.sentences]
    read = (segment.sentences for segment in segments if segment.kind in kinds)
    cut = (window for window in windows(text, read, marks, tagger.pieces) if _has_words(text, window))
    for window, found in tagger.read(cut, threads=threads):
        here = touching(marks, window.spans[0][0], window.spans[-1][1])
        for linked, confidence in sorted(found, key=lambda each: _start(each[0])):
            yield _proposal(text, window, linked, confidence, marks=here, ends=ends)


def _has_words(text: str, window: Window) -> bool:
    """Whether there is a letter in it; endless dashes cost no run of the network."""
    return any(text[start].isalpha() for start, _ in window.spans)


def _start(linked: Linked) -> int:
    return min(part[0] for part in (linked.source, linked.cue, *linked.contents) if part)


def _proposal(
    text: str, window: Window, linked: Linked, confidence: float, *, marks: Sequence[Quotation], ends: Sequence[int]
) -> Proposal:
    def span(words: tuple[int, int]) -> Span:
        return window.spans[words[0]][0], window.spans[words[1] - 1][1]

    cue = _trimmed(text, span(linked.cue))
    contents = tuple(unquoted(_within_sentence(span(part), ends, marks), marks) for part in linked.contents)
    said = [text[start:end].lower() for start, end in window.spans[linked.cue[0] : linked.cue[1]]]
    source = _trimmed(text, span(linked.source)) if linked.source else None
    return Proposal(
        source=source,
        cue=cue,
        contents=contents,
        form=form_of(quoted_share(contents, marks), attitude=is_attitude(said)),
        hedged=is_hedged(said),
        confidence=round(min(MOST, max(LEAST, confidence)), 3),
        names=source is not None and names_somebody(text[slice(*source)].split(maxsplit=1)[0].lower()),
    )


def _trimmed(text: str, span: Span) -> Span:
    """Without the signs around it: "said:", "Ana Lind,"; a sign that is all there is stays."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if end < span[1] and text[end] == ")" and "(" in text[start:end]:
        end += 1  # it closes what was opened inside: "Ana Lind (Riga)"
    return (start, end) if start < end else span


def _within_sentence(span: Span, ends: Sequence[int], marks: Sequence[Quotation]) -> Span:
    """Up to the end of the sentence that it begins in, unless what follows is quoted as well.

    Of the contents that people marked in PolNeAR, one in 200 goes on into another sentence without quotation marks.
    """
    end = ends[bisect_right(ends, span[0])]
    return (span[0], end) if end < span[1] and covered(end, span[1], marks) < HALF else span
