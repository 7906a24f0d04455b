"""Which paragraphs are not English, and what can be read in them all the same: quotation marks and speaker labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from winset.corpus.language import ENGLISH, SAMPLE, language, mostly_other_script, plainly_english
from winset.corpus.types import Document
from winset.statements.quotations import quotations
from winset.statements.types import Form, Proposal, Segment, SegmentKind

READ = ENGLISH  # the language whose words the rules and the trained model know
ANY_LANGUAGE = ("quotation-marks", "speaker-labels")  # what needs no words to find something
LONG = 160  # characters from which a paragraph's own words say its language
LOOKED_AT = 2_000  # characters of it
SPEECH_WORDS = 4  # fewer quoted words are a title or a term rather than speech
UNTOLD = "und"  # BCP 47 for a language that is not determined
COUNTED = frozenset({SegmentKind.BODY, SegmentKind.CAPTION, SegmentKind.HEADING})  # what else may be in any language


def foreign(text: str, segments: Sequence[Segment], *, tongue: str | None = None) -> dict[int, str]:
    """The segments of running text that are not English, by number, each with its language as BCP 47.

    tongue: the document's language where it is known. A paragraph full of English words is English in any
    document. Another one of LONG characters says its language itself; a shorter one, or one that does not say,
    has that of its neighbours where those on both sides agree, else the document's. What nobody can tell is English.
    Cost: linear, 0.1 microseconds a character of English text, which needs no detector; for other paragraphs
    py3langid is asked, half a millisecond each and half a second once to load it.
    """
    told = [_told(text, segment) if segment.kind in COUNTED else None for segment in segments]
    if all(each in (None, READ) for each in told) and tongue in (None, READ) and READ in told:
        return {}
    usual = tongue or _usual(text)
    before: list[str | None] = []
    last: str | None = None
    for each in told:
        before.append(last)
        last = each or last
    found: dict[int, str] = {}
    behind: str | None = None
    for number in range(len(told) - 1, -1, -1):
        inherited = behind if behind is not None and behind == before[number] else usual
        own = told[number] or inherited
        if own != READ and segments[number].kind in COUNTED:
            found[number] = own
        behind = told[number] or behind
    return dict(sorted(found.items()))


def is_whole(segments: Sequence[Segment], numbers: Mapping[int, str]) -> bool:
    """Whether these are all segments of running text that there are."""
    return len(numbers) == sum(segment.kind in COUNTED for segment in segments)


def untold(document: Document) -> bool:
    """Whether a text that is long enough does not say its language; it is read as English."""
    return document.language is None and len(document.text) >= LONG and not plainly_english(document.text)


def left_out(segments: Sequence[Segment], numbers: Mapping[int, str]) -> tuple[Segment, ...]:
    """The same segments for methods that know English words only: those of these numbers state nothing."""
    if not numbers:
        return tuple(segments)
    return tuple(
        replace(segment, kind=SegmentKind.BOILERPLATE) if number in numbers else segment
        for number, segment in enumerate(segments)
    )


def read_elsewhere(
    document: Document, segments: Sequence[Segment], numbers: Mapping[int, str], methods: Sequence[str]
) -> list[tuple[Proposal, str]]:
    """What quotation marks and speaker labels say in the segments of these numbers, each with its method's id."""
    if not numbers:
        return []
    from winset.statements.attributors import ATTRIBUTORS

    allowed = [name for name in methods if name in ANY_LANGUAGE] or ANY_LANGUAGE
    found = [(each, "quotation-marks") for each in quoted_speech(document.text, segments, numbers)]
    starts = {segments[number].start for number in numbers}
    labelled = [
        (each, "speaker-labels")
        for each in ATTRIBUTORS["speaker-labels"](document, segments)
        if each.source is not None and each.source[0] in starts
    ]
    return [(each, name) for each, name in (*labelled, *found) if name in allowed]


def quoted_speech(text: str, segments: Sequence[Segment], numbers: Mapping[int, str]) -> Iterator[Proposal]:
    """Each longer quotation in the segments of these numbers, as direct speech of nobody that could be named."""
    spoken = [
        segments[number] for number in numbers if segments[number].kind in (SegmentKind.BODY, SegmentKind.CAPTION)
    ]
    at = 0
    for mark in quotations(text, segments):
        while at < len(spoken) and spoken[at].end <= mark.start:
            at += 1
        if at == len(spoken):
            return
        if spoken[at].start <= mark.start and mark.words >= SPEECH_WORDS:
            start, end = _stripped(text, mark.inner_start, mark.inner_end)
            yield Proposal(source=None, cue=None, contents=((start, end),), form=Form.DIRECT, confidence=0.4)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _told(text: str, segment: Segment) -> str | None:
    """The language that its own words say; None where they are too few."""
    words = text[segment.start : min(segment.end, segment.start + LOOKED_AT)]
    if plainly_english(words):
        return READ
    if len(words) >= LONG:
        return language(words)
    return (language(words) or UNTOLD) if mostly_other_script(words) else None


def _usual(text: str) -> str:
    return language(text[:SAMPLE]) or READ
