"""What happened when, or is planned: dated clauses of the documents, told apart, and brought together where one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from winset.corpus.types import Document, anchor
from winset.ids import PartialDate
from winset.sourcing.crediting.places import place_of
from winset.sourcing.events.bearings import is_citation, is_figure, is_planned, turned
from winset.sourcing.events.clauses import Clause, clause_cuts, clause_of, is_title
from winset.sourcing.events.dated_words import Dated, dated_words
from winset.sourcing.events.furniture import tells_nothing
from winset.sourcing.events.kinds import MENTION, STATEMENT
from winset.sourcing.events.merging import MEDIUM, Telling, merged, named_in
from winset.sourcing.events.not_happened import did_not_happen, is_off
from winset.sourcing.types import Event, ReadDocument
from winset.statements.date_mentions import year_of_writing
from winset.statements.languages import foreign
from winset.statements.tokens import tokens
from winset.statements.types import Segment, SegmentKind, Statement

PUBLICATION, DEADLINE = "publication", "deadline"

_TELLINGS = (STATEMENT, "report")  # that something is not so can be said, too

Span = tuple[int, int]

_LONGEST = 1_500  # characters of a sentence that are read at once
_READ = (SegmentKind.BODY, SegmentKind.CAPTION)
_WILL = re.compile(r"\b(?:will|shall|(?:is|are) (?:to|due to|set to|expected to|scheduled to)|plans? to)\s")
_AHEAD_OF = re.compile(r"\b(?:before|ahead of|prior to|in advance of)\s(?:the\s|its\s|their\s|this\s|next\s)?\Z", re.I)
_EDGE = 20  # segments from either end of a document in which it may print its date
_HEADER = 10  # segments in which a transcript or page prints its day
_LONGEST_LINE = 200  # characters of such a line
_WEEK = 7  # days
_MOST_DATES = 30  # of a sentence; more are a table


def timeline(read: Sequence[ReadDocument]) -> tuple[Event, ...]:
    """Dated events of the documents, by date, then the less precise first, then in order of documents and place.

    Of each document: its publication; every clause or noun phrase of its English body and captions with a date that
    tells something (`event_clauses`, `date_furniture`); statements dated elsewhere, as by a transcript's header. A
    document without a date is read as of the one day that its first lines print, else of the latest year that it
    names as past.
    Passages that tell one event are one (`event_merging`), with the spread where they differ in the day. An event is
    planned where every passage has it after its document's own date or announces it ("will", "is to", "by 2030").
    Cost: linear in the text, and n log n in the events.
    """
    tellings = [telling for number, each in enumerate(read) for telling in _tellings(number, each)]
    return tuple(sorted(merged(tellings), key=_in_time))


def _in_time(event: Event) -> tuple[object, ...]:
    last = event.until.latest if event.until else event.date.latest
    return event.date.earliest, len(event.date.text), event.kind != PUBLICATION, last


def _tellings(number: int, read: ReadDocument) -> Iterator[Telling]:
    document = read.document
    published = _publication(number, document, read.segments)
    tongues = foreign(document.text, read.segments, tongue=document.language)
    written = document.published or _printed_above(document, read.segments)
    reading = _Reading(
        number=number,
        document=document,
        written=written,
        now=written or year_of_writing(document.text),
        said=sorted(((place_of(each), each.said_on) for each in read.statements if each.said_on), key=itemgetter(0)),
    )
    told: list[Telling] = [] if published is None else [published]
    for index, segment in enumerate(read.segments):
        if segment.kind not in _READ or index in tongues:
            continue
        for span in _stretches(segment):
            for telling in reading.told(span, caption=segment.kind is SegmentKind.CAPTION):
                if published is None or not _same_place(telling, published):
                    told.append(telling)
    yield from told
    yield from _said_then(number, document, read.statements, told)


def _same_place(one: Telling, other: Telling) -> bool:
    return one.date == other.date and one.anchor.start <= other.anchor.start < one.anchor.end


def _stretches(segment: Segment) -> Iterator[tuple[int, int]]:
    """Its sentences; an endless one in parts."""
    for start, end in segment.sentences:
        for low in range(start, end, _LONGEST):
            yield low, min(end, low + _LONGEST)


def _publication(number: int, document: Document, parts: Sequence[Segment]) -> Telling | None:
    """Anchored where the text prints the date, else on its first words."""
    if document.published is None or not parts:
        return None
    span = parts[0].sentences[0]
    span = span[0], min(span[1], span[0] + _LONGEST)
    for part in (*parts[:_EDGE], *parts[-_EDGE:]):
        low, high = part.start, min(part.end, part.start + _LONGEST)
        printed = [
            each
            for each in dated_words(document.text, low, high, published=document.published)
            if each.date == document.published and not each.relative and each.until is None
        ]
        if printed:
            span = printed[0].start, printed[0].end
            break
    names = frozenset({MEDIUM + document.publisher.casefold()}) if document.publisher else frozenset[str]()
    return Telling(
        document=number,
        document_id=document.id,
        date=document.published,
        anchor=anchor(document, *span),
        kind=PUBLICATION,
        names=names,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One document, with what its dates count from."""

    number: int
    document: Document
    written: PartialDate | None  # when, as far as it says
    now: PartialDate | None  # that, or the year it seems to be of
    said: Sequence[tuple[int, PartialDate]]  # places and days of its statements

    def told(self, span: Span, *, caption: bool) -> Iterator[Telling]:
        """The events that a sentence dates. In a caption only explicit dates count."""
        text, (start, end) = self.document.text, span
        found = dated_words(text, start, end, published=self.written)
        kept = [each for each in found if not (caption and each.relative) and not tells_nothing(text, start, end, each)]
        if not kept or len(kept) > _MOST_DATES:
            return
        words = tokens(text, start, end, ())
        cuts = clause_cuts(words)
        seen: set[tuple[int, int, PartialDate]] = set()
        for given in kept:
            clause = clause_of(words, given, [other for other in kept if other is not given], cuts)
            if clause is None or is_title(words, clause, given) or is_citation(text, given, clause):
                continue
            dated = turned(words, clause, given, self.now)
            if (clause.kind == MENTION and is_figure(text, clause, dated)) or (*clause.span, dated.date) in seen:
                continue
            seen.add((*clause.span, dated.date))
            telling = self._telling(span, dated, clause)
            yield telling
            whole = words[clause.pieces[0]].start
            ahead = _AHEAD_OF.search(text, whole, clause.start) if clause.noun and whole < clause.start else None
            if ahead and _WILL.search(text, whole, ahead.start()):  # "will sign it before the summit this July"
                lead = replace(clause, start=whole, kind=MENTION, head="", noun=False)
                yield replace(self._telling(span, dated, lead), planned=telling.planned)

    def _telling(self, span: Span, dated: Dated, clause: Clause) -> Telling:
        planned = is_planned(self.document.text, span[0], dated, self.now)
        names, places = named_in(self.document.text, *clause.span)
        kind = clause.kind
        if planned and dated.bound == "by" and not clause.noun:
            kind = DEADLINE
        elif kind == MENTION and self._is_stated(span, dated.date):
            kind = STATEMENT
        elif kind != MENTION and self._is_denied(clause, dated):
            kind = MENTION
        return Telling(
            document=self.number,
            document_id=self.document.id,
            date=dated.date,
            until=dated.until,
            anchor=anchor(self.document, min(clause.start, dated.start), max(clause.end, dated.end)),
            kind=kind,
            head=clause.head,
            noun=clause.noun,
            names=names,
            places=places,
            planned=planned,
            ongoing=dated.ongoing and not planned,
        )

    def _is_denied(self, clause: Clause, dated: Dated) -> bool:
        words = self.document.text[min(clause.start, dated.start) : max(clause.end, dated.end)]
        if clause.kind in _TELLINGS:
            return clause.head == "called" and is_off(words)
        return did_not_happen(words, head=clause.head, noun=clause.noun)

    def _is_stated(self, span: Span, day: PartialDate) -> bool:
        """Whether a statement made in the sentence has that date."""
        low, high = (bisect_left(self.said, place, key=itemgetter(0)) for place in span)
        return any(on == day for _, on in self.said[low:high])


def _printed_above(document: Document, parts: Sequence[Segment]) -> PartialDate | None:
    """The one day that the short lines before the text print, as a transcript or page does."""
    days: set[PartialDate] = set()
    for part in parts[:_HEADER]:
        if part.end - part.start > _LONGEST_LINE:
            break
        found = dated_words(document.text, part.start, part.end, published=None)
        days.update(
            each.date for each in found if each.date.precision == "day" and not each.until and not each.relative
        )
    return days.pop() if len(days) == 1 else None


def _said_then(
    number: int, document: Document, statements: Sequence[Statement], told: Sequence[Telling]
) -> Iterator[Telling]:
    """The first statement of every day that no passage dates: of a transcript, which prints it above the turns."""
    spans = [(each.first, each.last) for each in told if (each.last - each.first).days <= _WEEK]
    for statement in sorted(statements, key=place_of):
        on = statement.said_on
        if on is None or on.precision != "day" or any(low <= on.earliest <= high for low, high in spans):
            continue
        spans.append((on.earliest, on.earliest))
        parts = [part.span for part in (statement.source, statement.cue, *statement.contents[:1]) if part]
        low = min(parts)[0]
        high = min(max(parts)[1], low + _LONGEST)
        names, places = named_in(document.text, low, high)
        yield Telling(
            document=number,
            document_id=document.id,
            date=on,
            anchor=anchor(document, low, high),
            kind=STATEMENT,
            names=names,
            places=places,
        )
