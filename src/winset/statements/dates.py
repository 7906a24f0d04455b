"""On which day a statement was made: "on Wednesday" and "at a June 6 briefing", from the document's own date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.statements.date_mentions import DateMention, date_mentions, year_of_writing
from winset.statements.lexicon import cues
from winset.statements.media import find_media
from winset.statements.types import Segment, SegmentKind

__all__ = ["DateMention", "date_mentions", "said_on", "year_of_writing"]

Span = tuple[int, int]

_NEAR = 80  # characters between the date and the words that say who spoke
_OPENING = 45  # characters from the start of a sentence within which a date frames all of it
_FIRST_WORDS = 4  # "On 5 June, ..."
_LONGEST = 1_500  # characters of a sentence that are read
_BACK_SENTENCES = 8
_BACK_SEGMENTS = 2
_REPORT_LOOK_BACK = 20_000  # characters
_SEPARATES = re.compile(
    r"[;:“”\"]|,\s(?:and|but|while|whereas|although)\b|\b(?:which|who|whose|that|whether|because|although|while|if)\b"
)
_NO_OCCASION = re.compile(r"(?:since|until|till|by|before|after|to|from|for|of)\b", re.IGNORECASE)
_BEFORE_MENTION = re.compile(
    r"\b(?:since|until|till|by|before|after|for|between|from|as of)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_NOT_PAST = re.compile(r"(?:has|have|is|are|wants?|believes?|thinks?|says|keeps?|remains?|will|would)\b", re.IGNORECASE)
_OCCASION = re.compile(
    r"\b(?:asked|told|said|stated|spoke|speaking|answer\w*|announc\w+|declar\w+|reveal\w+|report\w*|publish\w+|briefing"
    r"|press conference|news conference|interview\w*|speech|address\w*|statement|remarks|testi\w+|hearing|tweet\w*"
    r"|letter|confirm\w+|emphasi[sz]\w+|urg\w+|warn\w+|critici[sz]\w+|accus\w+|oppos\w+|comment\w*|press release)\b",
    re.IGNORECASE,
)
_OF_ANOTHER_EVENT = re.compile(r"['’]s\s+(?P<event>[\w’'-]+(?:\s+[\w’'-]+){0,2})")
_PRONOUN = re.compile(r"(?:he|she|they|it)\Z", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w’'-]+")
_REPORT = re.compile(r"\b(?:report|article|story|interview|newspaper|paper|magazine)\b", re.IGNORECASE)


def said_on(
    document: Document,
    *,
    source: Span | None,
    cue: Span | None,
    contents: Sequence[Span],
    segments: Sequence[Segment],
) -> PartialDate | None:
    """When the words of a statement were said, as far as the text tells; None where it does not.

    A date counts when it stands outside the contents and either close to source or cue with no other clause between,
    or in the opening words of the sentence. Else a statement in the past tense inherits the dated occasion ("at a
    June 6 briefing", "on Wednesday he told ...") of the sentences before it: in its own paragraph, or in the two
    before when the speaker is named in each. "The NAME report" has the date given with that medium before.
    All spans are half-open, in the document's text. Cost: bounded by the sentences looked back on.
    """
    spans = [span for span in (cue, source) if span] or list(contents[:1])
    if not spans:
        return None
    place = _place(segments, spans[0][0])
    if place is None:
        return None
    segment, sentence = place
    reading = _Reading(document.text, segments, document.published)
    start, end = segments[segment].sentences[sentence]
    near = max(start, spans[0][0] - _LONGEST), min(end, spans[0][0] + _LONGEST)
    own = reading.mentions(*near, outside=contents)
    attached = _attached(document.text, own, spans, start)
    if attached is not None:
        return attached.date
    if source is not None and (reported := _report_before(reading, source)):
        return reported
    if cue is None or source is None or not _is_past(document.text[slice(*cue)]):
        return None
    return _inherited(reading, segment, sentence, document.text[slice(*source)])


def _is_past(cue: str) -> bool:
    """Whether the cue may tell of one past moment: "said", "to accuse"; not "has said", "challenges", "opposition"."""
    if _NOT_PAST.match(cue):
        return False
    tenses = {form.tense for word in cue.lower().split() for form in cues().get(word, ())}
    return bool(tenses - {"s"}) or cue.lower() == "according to"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document with its segments, and the dates that can be occasions in it."""

    text: str
    segments: Sequence[Segment]
    published: PartialDate | None

    def mentions(self, start: int, end: int, outside: Sequence[Span] = ()) -> list[DateMention]:
        """Dates on which something can have been said: not in the contents, not "since", not still to come."""
        latest = self.published.latest if self.published else None
        return [
            mention
            for mention in date_mentions(self.text, start, end, published=self.published)
            if not any(low < mention.end and mention.start < high for low, high in outside)
            and not _NO_OCCASION.match(self.text, mention.start, mention.end)
            and not _BEFORE_MENTION.search(self.text[max(start, mention.start - 20) : mention.start])
            and not (latest and mention.date.earliest > latest)
            and not self._dates_another_event(mention)
        ]

    def _dates_another_event(self, mention: DateMention) -> bool:
        """Whether it is "this week's summit", which says when the summit is; "Monday's speech" is an occasion."""
        event = _OF_ANOTHER_EVENT.match(self.text, mention.end)
        return event is not None and not _OCCASION.search(event["event"])


def _place(segments: Sequence[Segment], at: int) -> tuple[int, int] | None:
    """Number of the segment and of its sentence that hold a position."""
    segment = bisect_right(segments, at, key=lambda part: part.start) - 1
    if segment < 0 or not segments[segment].sentences:
        return None
    sentence = bisect_right(segments[segment].sentences, at, key=lambda span: span[0]) - 1
    return (segment, max(0, sentence))


def _attached(
    text: str, mentions: Sequence[DateMention], spans: Sequence[Span], start: int, *, opening: int = _OPENING
) -> DateMention | None:
    """The date that goes with the saying, the nearest first."""
    near = []
    for mention in mentions:
        gaps = [_gap(text, mention, span) for span in spans]
        distance = min((len(gap) for gap in gaps if len(gap) <= _NEAR and not _SEPARATES.search(gap)), default=None)
        if distance is not None:
            near.append((distance, mention.start, mention))
    if near:
        return min(near, key=lambda row: row[:2])[2]
    first = [mention for mention in mentions if mention.start - start <= opening]
    framing = [mention for mention in first if mention.end <= max(spans[0][0], spans[-1][0])]
    return framing[0] if framing and not _SEPARATES.search(text[start : framing[0].start]) else None


def _gap(text: str, mention: DateMention, span: Span) -> str:
    """The text between a date and a span; empty where they touch or overlap."""
    if mention.end <= span[0]:
        return text[mention.end : span[0]]
    return text[span[1] : mention.start] if span[1] <= mention.start else ""


def _report_before(reading: _Reading, source: Span) -> PartialDate | None:
    """The date of "the NAME report", where a report of that medium was dated before."""
    words = reading.text[slice(*source)]
    named = find_media(reading.text, *source)
    if not named or not _REPORT.search(words):
        return None
    low = max(0, source[0] - _REPORT_LOOK_BACK)
    for mention in reversed(find_media(reading.text, low, source[0])):
        place = _place(reading.segments, mention.start)
        if mention.name != named[0].name or place is None:
            continue
        sentence = reading.segments[place[0]].sentences[place[1]]
        dated = _attached(reading.text, reading.mentions(*sentence), [(mention.start, mention.end)], sentence[0])
        if dated is not None:
            return dated.date
    return None


def _inherited(reading: _Reading, segment: int, sentence: int, speaker: str) -> PartialDate | None:
    """The date of the occasion that the sentences before go on from."""
    names = [] if _PRONOUN.match(speaker) or speaker[:1].islower() else _NAME.findall(speaker)
    surname = names[-1] if names else None
    missing = 0
    for back, (number, span) in enumerate(_before(reading.segments, segment, sentence)):
        if back >= _BACK_SENTENCES or segment - number > _BACK_SEGMENTS + missing:
            return None
        span = (max(span[0], span[1] - _LONGEST), span[1])  # noqa: PLW2901 - an endless sentence is read at its end
        words = reading.text[slice(*span)]
        named = surname is None or surname in words
        occasions = [(span[0] + found.start(), span[0] + found.end()) for found in _OCCASION.finditer(words)]
        if named and occasions:
            dated = [mention for mention in reading.mentions(*span) if mention.date.precision != "year"]
            # "visited in April, and was reported to say": the date must go with the saying
            attached = _attached(reading.text, dated, occasions, span[0], opening=_FIRST_WORDS)
            if attached:
                return attached.date
        if not named and number != segment:
            return None
    return None


def _before(segments: Sequence[Segment], segment: int, sentence: int) -> Iterator[tuple[int, Span]]:
    """Sentences before one, backwards, until a heading; each with the number of its segment."""
    yield from ((segment, span) for span in reversed(segments[segment].sentences[:sentence]))
    for number in range(segment - 1, -1, -1):
        if segments[number].kind is not SegmentKind.BODY:
            return
        yield from ((number, span) for span in reversed(segments[number].sentences))
