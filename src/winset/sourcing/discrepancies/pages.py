"""The documents as the finders of discrepancies look at them: each view is made once, when it is first asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from winset.actors.people import Person, people
from winset.actors.reading import Reading
from winset.actors.reading import read as read_names
from winset.actors.registry import Registry, registry
from winset.corpus.types import Anchor, anchor
from winset.ids import ActorId, PartialDate
from winset.sourcing.crediting.places import place_of
from winset.sourcing.crediting.references import ReferenceList, references
from winset.sourcing.likeness import stems
from winset.sourcing.types import Credit, ReadDocument, Telling
from winset.statements.date_mentions import DateMention, date_mentions, year_of_writing
from winset.statements.media import MediumMention, find_media
from winset.statements.quotations import Quotation, quotations
from winset.statements.types import SegmentKind, Statement

Span = tuple[int, int]

LONGEST_SENTENCE = 1_200  # characters; what is longer is a table or a list
LONGEST_PASSAGE = 200  # characters of a telling
_READ_FOR_YEAR = 100_000  # characters
_MONTH = re.compile(
    r"(?:(?P<before>\d{1,2}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,2})?)\s(?:of\s)?)?"
    r"\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?:\s(?P<behind>\d{1,2}(?!\d)(?:\s?[-–]\s?\d{1,2}(?!\d))?))?"
)
_NO_DAY = re.compile(r"[^0-9-]")
_HEAD_LINES, _HEAD_LINE = 8, 24  # lines in which a document prints its date; words of one that does
_LONG_LINE = 400  # characters
_MATTER = 1_500  # characters that tell what a document is about
_MATTER_SHARED, _MATTER_PART = 12, 0.22  # stems of these that two documents on one matter share, and their part
_CLAUSE_ENDS = re.compile(r"(?<=[,;:—–.!?”])\s")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Page:
    """One document with what is asked of it."""

    number: int  # in the order given
    read: ReadDocument
    credits: tuple[Credit, ...]

    @property
    def text(self) -> str:
        """Of the document."""
        return self.read.document.text

    @property
    def published(self) -> PartialDate | None:
        """When it was published, as far as known."""
        return self.read.document.published

    @property
    def day(self) -> date | None:
        """The first day on which it may have been published, or that it prints at its head."""
        if self.published is not None:
            return self.published.earliest
        return self.printed.earliest if self.printed else None

    @cached_property
    def written(self) -> PartialDate | None:
        """When it was published; where nobody says, the latest year that it names as past or present."""
        return self.published or self.printed or year_of_writing(self.text[:_READ_FOR_YEAR])

    @cached_property
    def printed(self) -> PartialDate | None:
        """The day that it prints at its head: "Bergen, 3 May 2019"; None where that names several, or none in full."""
        found: set[PartialDate] = set()
        at = lines = 0
        while at < min(len(self.text), _MATTER) and lines < _HEAD_LINES:
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            lines += bool(self.text[at:end].strip())
            if end - at <= _LONG_LINE and len(self.text[at:end].split()) <= _HEAD_LINE:
                for mention in date_mentions(self.text, at, end, published=None):
                    beside = self.text[at : mention.start].split(), self.text[mention.end : end].split()
                    if mention.date.precision == "day" and not mention.relative and min(map(len, beside)) <= 2:  # noqa: PLR2004
                        found.add(mention.date)
            at = end + 1
        return found.pop() if len(found) == 1 else None

    @cached_property
    def matter(self) -> frozenset[str]:
        """Stems of its beginning, which tell what it is about."""
        return frozenset(stems(self.text[:_MATTER]))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Of the body, in order; a line as long as a table is none."""
        body = (part for part in self.read.segments if part.kind is SegmentKind.BODY)
        return tuple(span for part in body for span in part.sentences if span[1] - span[0] <= LONGEST_SENTENCE)

    @cached_property
    def _every(self) -> tuple[Span, ...]:
        return tuple(sorted(span for part in self.read.segments for span in part.sentences))

    def sentence_at(self, at: int) -> Span:
        """The sentence, of whatever segment, that holds a place; the place alone where none does."""
        number = bisect_right(self._every, at, key=itemgetter(0)) - 1
        span = self._every[number] if number >= 0 else (at, at)
        return span if span[0] <= at < span[1] else (at, min(at + 1, len(self.text)))

    @cached_property
    def names(self) -> Reading:
        """States, bodies, media, organisations and people named in it."""
        return read_names(self.read.document, known(), on=self.day, body=None, parts=self.read.segments)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody it names in full."""
        return people(self.names)

    @cached_property
    def media(self) -> tuple[MediumMention, ...]:
        """The media it names, reference list included."""
        return find_media(self.text)

    @cached_property
    def references(self) -> ReferenceList:
        """Its reference list."""
        return references(self.read.document, self.read.segments)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands in quotation marks in its body."""
        return tuple(quotations(self.text, [part for part in self.read.segments if part.kind is SegmentKind.BODY]))

    @cached_property
    def _placed(self) -> list[tuple[int, int]]:
        return sorted((place_of(row), number) for number, row in enumerate(self.read.statements))

    def said_in(self, start: int, end: int) -> Iterator[tuple[Statement, ActorId | None, str | None]]:
        """The statements whose saying stands in a stretch, each with its actor and speaker as far as known."""
        low = bisect_right(self._placed, (start, -1))
        for place, number in self._placed[low:]:
            if place >= end:
                return
            who = self.read.identifications[number] if number < len(self.read.identifications) else None
            yield self.read.statements[number], who.actor_id if who else None, who.speaker if who else None

    @cached_property
    def _quoted_parts(self) -> list[tuple[int, int, int]]:
        """Contents of the statements, in order: start, end, number of the statement."""
        rows = enumerate(self.read.statements)
        return sorted((part.start, part.end, number) for number, row in rows for part in row.contents)

    def saying(self, start: int, end: int) -> Iterator[tuple[Statement, ActorId | None, str | None]]:
        """The statements that have the words of a stretch as their content; those said around it, where none has."""
        parts = self._quoted_parts
        low = bisect_right(parts, start - LONGEST_SENTENCE, key=itemgetter(0))
        numbers = []
        for part_start, part_end, number in parts[low:]:
            if part_start >= end:
                break
            if part_end > start and number not in numbers:
                numbers.append(number)
        if not numbers:
            sentence = self.sentence_at(start)[0], self.sentence_at(max(start, end - 1))[1]
            yield from self.said_in(min(start, sentence[0]), max(end, sentence[1]))
            return
        for number in numbers:
            who = self.read.identifications[number] if number < len(self.read.identifications) else None
            yield self.read.statements[number], who.actor_id if who else None, who.speaker if who else None

    def around(self, start: int, end: int) -> Span:
        """From the sentence that holds the first character of a stretch to the one that holds its last."""
        return min(start, self.sentence_at(start)[0]), max(end, self.sentence_at(max(start, end - 1))[1])

    @cached_property
    def _dates(self) -> dict[Span, tuple[DateMention, ...]]:
        return {}

    def dates(self, start: int, end: int) -> tuple[DateMention, ...]:
        """The dates named in a stretch."""
        found = self._dates.get((start, end))
        if found is None:
            found = self._dates[start, end] = date_mentions(self.text, start, end, published=self.written)
        return found

    def passage(self, start: int, end: int) -> Anchor:
        """The sentence around a stretch, or as many of its clauses as make a telling."""
        sentence = self.sentence_at(start)
        low, high = min(sentence[0], start), max(sentence[1], end)
        if high - low > LONGEST_PASSAGE:
            low, high = self._cut(low, high, start, min(end, start + LONGEST_PASSAGE))
        while low < start and self.text[low].isspace():
            low += 1
        while high > end and self.text[high - 1].isspace():
            high -= 1
        return anchor(self.read.document, low, high)

    def _cut(self, low: int, high: int, start: int, end: int) -> Span:
        """The longest run of clauses around `start`-`end` that is short enough; of words, where clauses are long."""
        room = LONGEST_PASSAGE - (end - start)
        near = max(low, start - room), min(high, end + room)
        breaks = [match.end() for match in _CLAUSE_ENDS.finditer(self.text, *near)]
        if near[0] == low:
            breaks.append(low)
        stops = [match.start() for match in _CLAUSE_ENDS.finditer(self.text, end, near[1])]
        if near[1] == high:
            stops.append(high)
        starts = sorted((at for at in breaks if at <= start), reverse=True)
        best = start, end
        for side in range(2 * max(len(starts), len(stops))):  # in turn before and behind, as long as it fits
            at, stop = best
            if side % 2 == 0:
                at = next((each for each in starts if each < at), at)
            else:
                stop = next((each for each in sorted(stops) if each > stop), stop)
            if stop - at <= LONGEST_PASSAGE:
                best = at, stop
        if best[0] == start:
            words = [match.end() for match in _SPACE.finditer(self.text, near[0], start)]
            best = min((at for at in words if best[1] - at <= LONGEST_PASSAGE), default=start), best[1]
        if best[1] == end:
            ends = [match.start() for match in _SPACE.finditer(self.text, end, near[1])]
            best = best[0], max((at for at in ends if at - best[0] <= LONGEST_PASSAGE), default=end)
        return best

    def telling(self, value: str, start: int, end: int) -> Telling:
        """What differs, and the words around `start`-`end` that tell it."""
        return Telling(value=" ".join(value.split()), anchor=self.passage(start, end))


def known() -> Registry:
    """The shipped registry."""
    return registry()


def pages(documents: Sequence[ReadDocument], credits: Sequence[Credit]) -> tuple[Page, ...]:  # noqa: A002
    """The documents, each text once, with their own credits."""
    by_document: dict[str, list[Credit]] = {}
    for credit in credits:
        by_document.setdefault(credit.document_id, []).append(credit)
    once = {row.document.id: row for row in reversed(documents)}
    ordered = [row for row in documents if once.pop(row.document.id, None) is not None]
    return tuple(Page(number, row, tuple(by_document.get(row.document.id, ()))) for number, row in enumerate(ordered))


def meet(one: PartialDate, two: PartialDate) -> bool:
    """Whether both may mean one day."""
    return one.earliest <= two.latest and two.earliest <= one.latest


def one_period(one: Page, two: Page, *, days: int) -> bool:
    """Whether two documents were published within so many days; of undated ones, about one year."""
    if one.day is not None and two.day is not None:
        return abs((one.day - two.day).days) <= days
    years = [page.written.latest.year for page in (one, two) if page.written is not None]
    return len(years) < 2 or abs(years[0] - years[1]) <= 1  # noqa: PLR2004 - both


def on_one_matter(one: Page, two: Page, *, days: int) -> bool:
    """Whether two documents of one time begin with so many of the same words that they are about one thing."""
    shared = len(one.matter & two.matter)
    part = shared / max(1, min(len(one.matter), len(two.matter)))
    return shared >= _MATTER_SHARED and part >= _MATTER_PART and one_period(one, two, days=days)


def one_day(one: Page, first: Span, two: Page, second: Span) -> bool:
    """Whether the dates that two sentences name leave it open that they tell of one day."""
    named = [_calendar(page.text[slice(*span)]) for page, span in ((one, first), (two, second))]
    if all(named) and not named[0] & named[1]:
        return False
    found = [page.dates(*span) for page, span in ((one, first), (two, second))]
    return not all(found) or any(meet(a.date, b.date) for a in found[0] for b in found[1])


def _calendar(words: str) -> set[str]:
    """The months that a sentence names, each with its days as they stand."""
    found = ((match["month"], match["before"] or match["behind"] or "") for match in _MONTH.finditer(words))
    return {f"{month} {_NO_DAY.sub('', days.replace('–', '-'))}" for month, days in found}
