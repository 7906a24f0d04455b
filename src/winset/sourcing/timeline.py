"""What happened when, or is planned: dated sentences, dated statements and publications."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from winset.corpus.types import Document, anchor
from winset.ids import PartialDate
from winset.sourcing.places import place_of
from winset.sourcing.types import Event
from winset.statements.dates import DateMention, date_mentions
from winset.statements.segmentation import segments
from winset.statements.types import Segment, SegmentKind, Statement

_RANK = {"publication": 0, "statement": 1, "mention": 2}
_QUOTED_WITHIN = 1_000  # characters; a longer quotation is none
_PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:to|due|set|scheduled|planned|expected|working on)|due|set to|scheduled|plans? to"
    r"|planning to|intends? to|expected to|upcoming|coming)\b[^.;!?]{0,120}\Z"
)
_PLANNED_BY = re.compile(r"\b(?:plan|propos|consider|discuss|aim|intend|project)\w*\b[^.;!?]{0,120}\bby\s+\Z")
_SPEAKERS_NOW = re.compile(r"(?:today|tonight|tomorrow|yesterday|last night|this \w+)\Z", re.IGNORECASE)
_VAGUE = re.compile(r"(?:today|tonight|(?:earlier |later )?this year)\Z", re.IGNORECASE)


def timeline(documents: Sequence[Document], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """Dated events of the documents, by date, then the less precise first, then document and place.

    Of each document: its publication, its statements with a date, and every date in its body text that is not one
    of a speaker's "today" or "this week". One sentence gives one event for a date, a statement before a mention.
    An event is planned when it lies after the publication of its document or is announced ("will", "is to").
    """
    events = [event for document in documents for event in _events(document, statements)]
    return tuple(sorted(events, key=lambda event: (event.date.earliest, len(event.date.text), _RANK[event.kind])))


def _events(document: Document, statements: Sequence[Statement]) -> Iterator[Event]:
    parts = segments(document.text)
    seen: set[tuple[PartialDate, int]] = set()
    for event in (*_publication(document, parts), *_said(document, parts, statements), *_mentioned(document, parts)):
        if (event.date, event.anchor.start) not in seen:
            seen.add((event.date, event.anchor.start))
            yield event


def _publication(document: Document, parts: Sequence[Segment]) -> Iterator[Event]:
    """Anchored where the text prints the date, else on its first words."""
    if document.published is None or not parts:
        return
    printed = [
        mention
        for mention in date_mentions(document.text, published=document.published)
        if mention.date == document.published and not mention.relative
    ]
    span = (printed[0].start, printed[0].end) if printed else parts[0].sentences[0]
    yield Event(date=document.published, anchor=anchor(document, *span), document_id=document.id, kind="publication")


def _said(document: Document, parts: Sequence[Segment], statements: Sequence[Statement]) -> Iterator[Event]:
    spans = [span for part in parts for span in part.sentences]
    for statement in statements:
        if statement.document_id == document.id and statement.said_on is not None:
            number = bisect_right(spans, place_of(statement), key=itemgetter(0)) - 1
            yield Event(
                date=statement.said_on,
                anchor=anchor(document, *spans[number]),
                document_id=document.id,
                kind="statement",
            )


def _mentioned(document: Document, parts: Sequence[Segment]) -> Iterator[Event]:
    for part in parts:
        if part.kind is not SegmentKind.BODY:
            continue
        for start, end in part.sentences:
            for mention in _first_of_each_date(document, start, end):
                yield Event(
                    date=mention.date,
                    anchor=anchor(document, start, end),
                    document_id=document.id,
                    kind="mention",
                    planned=_is_planned(document, start, mention),
                )


def _first_of_each_date(document: Document, start: int, end: int) -> Iterable[DateMention]:
    """The dates of a sentence, each once: an anchor on a very long sentence costs its length."""
    mentions = date_mentions(document.text, start, end, published=document.published)
    events = [mention for mention in mentions if _is_event(document.text, start, mention)]
    return {mention.date: mention for mention in reversed(events)}.values()


def _is_event(text: str, start: int, mention: DateMention) -> bool:
    """Not "today" for nowadays, and not a speaker's own "this week", counted from another day than the text's."""
    words = text[mention.start : mention.end]
    before = text[max(start, mention.start - _QUOTED_WITHIN) : mention.start]
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return not _VAGUE.match(words) and not (quoted and _SPEAKERS_NOW.match(words))


def _is_planned(document: Document, start: int, mention: DateMention) -> bool:
    if document.published is not None and mention.date.earliest > document.published.latest:
        return True
    if document.published is not None and mention.date.latest < document.published.earliest:
        return False
    before = document.text[max(start, mention.start - 160) : mention.start]
    by = document.text[mention.start : mention.end].lower().startswith("by ")
    return _PLANNED.search(before) is not None or (by and _PLANNED_BY.search(f"{before}by ") is not None)
