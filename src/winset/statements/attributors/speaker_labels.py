"""Speaker labels of verbatim records: "The President: I give the floor to ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.corpus.types import Document
from winset.registry import method
from winset.statements.types import Form, Proposal, Segment, SegmentKind

FEWEST = 3  # labelled paragraphs before a text counts as a record rather than prose with a colon
_LABEL = re.compile(
    r"(?P<name>(?:(?:The|Mr|Mrs|Ms|Dr|Sir|Lord|Ambassador|President|Chair)\.?\s+)?[A-ZÀ-Þ][\w.'’\-]*"
    r"(?:\s+[A-ZÀ-Þ][\w.'’\-]*){0,4}(?:\s+\([^()\n]{2,60}\))?)\s*:\s+(?=\S)"
)


@method("speaker-labels", source="UNJournal")
def speaker_labels(document: Document, segments: Sequence[Segment]) -> Iterator[Proposal]:
    """Each paragraph of a record that opens with a speaker's name and a colon."""
    body = [segment for segment in segments if segment.kind is SegmentKind.BODY]
    labels = [_LABEL.match(document.text, segment.start, segment.end) for segment in body]
    if sum(label is not None for label in labels) < FEWEST:
        return
    for segment, label in zip(body, labels, strict=True):
        if label is not None and label.end() < segment.end:
            yield Proposal(
                source=label.span("name"),
                cue=(label.end("name"), label.end("name") + 1 + document.text[label.end("name") :].index(":")),
                contents=((label.end(), segment.end),),
                form=Form.DIRECT,
                confidence=0.85,
            )
