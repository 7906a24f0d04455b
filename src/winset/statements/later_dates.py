"""Dates counted from another date of the text: "the day after", "two weeks later", "the same day"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from winset.ids import PartialDate
from winset.statements.date_mentions import DateMention, count_of, date_mentions, week_from

_LOOK_BACK = 1_500  # characters in which the date stands that is counted from
_COUNT = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of"
_UNIT = r"(?P<{}>day|week|fortnight|month|year)"
_COUNTED_FROM = re.compile(
    rf"\b(?:(?P<count>{_COUNT})\s{_UNIT.format('unit')}s?\s(?P<way>later|afterwards?|thereafter|after|earlier"
    rf"|before|previously)"
    r"|(?:on\s|in\s)?the\s(?P<lead>next|following|previous|preceding)\s(?:day|week|month|year|morning|afternoon"
    r"|evening)"
    r"|(?:on\s)?the\s(?:day|week|month|year)\s(?P<side>after|before)"
    r"|(?:on\s|in\s)?(?:the\s|that\s|this\s)(?:very\s)?same\s(?:day|week|month|year|morning|afternoon|evening|night)"
    r"|(?:on\s|later\s|earlier\s)that\s(?:day|morning|afternoon|evening|night)\b)(?!\w)",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:over|within|during|for|until|by|from)\s\Z", re.IGNORECASE)
_UNITS = re.compile(r"\b(?:day|week|fortnight|month|year|morning|afternoon|evening|night)", re.IGNORECASE)
_OF_AN_EVENT = re.compile(r"\s(?P<event>(?:the|his|her|its|their|an?|this|that|[A-Z][\w’'-]+)\s?[^.,;:!?“”\"]{0,60})")
_NO_ANCHOR = re.compile(r"\b(?:since|until|till|by|of|deadline)\s(?:the\s)?\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")
_COMMON = frozenset(
    ("after", "before", "that", "this", "their", "with", "from", "news", "said", "were", "which", "first")
)
_STEM = 6  # letters by which words of one stem are told: "summit", "summits"
_NEAR = 200  # characters of a sentence on either side of a date
_STOPS = (". ", "\n", "? ", "! ")
_SINGLE_DAYS = ("morning", "afternoon", "evening", "night")


@dataclass(frozen=True, slots=True)
class _Phrase:
    start: int
    end: int
    unit: str
    steps: int  # of that unit, from the anchor
    event: str  # "the vote", where the words name what they count from


def later_dates(text: str, start: int, end: int, *, published: PartialDate | None) -> tuple[DateMention, ...]:
    """The dates in `text[start:end]` that count from the dated event before them, none later than `published`.

    "The day after" counts from the last day named in the 1,500 characters before, "the day after the vote" from the
    date that stands nearest to one of those words. Precision is that of the coarser of both: a month
    after a day is a month, a day after a month is nothing. Cost: linear in `end - start`.

    >>> text = "They voted on 3 May. The day after, nobody spoke."
    >>> [str(found.date) for found in later_dates(text, 21, len(text), published=PartialDate("2021-06-01"))]
    ['2021-05-04']
    """
    if not _COUNTED_FROM.search(text, start, end):
        return ()
    low = max(0, start - _LOOK_BACK)
    known = [
        mention
        for mention in date_mentions(text, low, end, published=published)
        if _can_anchor(text, mention, published)
    ]
    found: list[DateMention] = []
    for phrase in _phrases(text, low, end):
        behind = known[: bisect_right(known, phrase.start, key=lambda mention: mention.end)]
        anchor = _event_before(text, phrase, behind) if phrase.event else (behind[-1] if behind else None)
        told = _stepped(anchor.date, phrase) if anchor and phrase.start - anchor.end <= _LOOK_BACK else None
        if told is None or (published and PartialDate(told).earliest > published.latest):
            continue
        mention = DateMention(phrase.start, phrase.end, PartialDate(told), relative=True)
        known.insert(bisect_right(known, mention.start, key=lambda each: each.start), mention)
        found.append(mention)
    return tuple(mention for mention in found if mention.start >= start)


def _can_anchor(text: str, mention: DateMention, published: PartialDate | None) -> bool:
    """Whether something happened then: not "since", not a deadline, not still to come."""
    if published and mention.date.earliest > published.latest:
        return False
    words = text[mention.start : mention.end]
    before = text[max(0, mention.start - 20) : mention.start]
    return not _NO_ANCHOR.search(before) and not re.match(r"(?:since|until|till|by)\b", words, re.IGNORECASE)


def _phrases(text: str, start: int, end: int) -> Iterator[_Phrase]:
    for match in _COUNTED_FROM.finditer(text, start, end):
        if _OVER.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        unit_match = _UNITS.search(match.group())
        unit = unit_match.group().lower() if unit_match else "day"
        back = (match["way"] or "") in ("earlier", "before", "previously") or match["side"] == "before"
        back = back or (match["lead"] or "").lower() in ("previous", "preceding")
        forward = match["way"] or match["side"] or match["lead"]
        count = count_of(match["count"]) if match["count"] else int(bool(forward))
        event = _OF_AN_EVENT.match(text, match.end()) if match["side"] or match["way"] in ("after", "before") else None
        yield _Phrase(
            match.start(),
            match.end(),
            "day" if unit in _SINGLE_DAYS else unit,
            -count if back else count,
            event["event"] if event else "",
        )


def _event_before(text: str, phrase: _Phrase, known: list[DateMention]) -> DateMention | None:
    """The date that stands nearest to one of the words of the event, in one sentence with it; of two the later."""
    stems = {
        word.lower()[:_STEM] for word in _WORD.findall(phrase.event.split(" that ")[0]) if word.lower() not in _COMMON
    }
    nearest = None
    for mention in known:
        low, high = max(0, mention.start - _NEAR), min(phrase.start, mention.end + _NEAR)
        start = max(text.rfind(stop, low, mention.start) for stop in _STOPS)
        stops = [at for stop in _STOPS if (at := text.find(stop, mention.end, high)) >= 0]
        around = slice(max(low, start + 1), min([high, *stops]))
        gaps = [
            min(abs(around.start + found.start() - mention.end), abs(mention.start - around.start - found.end()))
            for found in _WORD.finditer(text[around])
            if found.group().lower()[:_STEM] in stems
        ]
        if gaps and (nearest is None or min(gaps) <= nearest[0]):
            nearest = min(gaps), mention
    return nearest[1] if nearest else None


def _stepped(anchor: PartialDate, phrase: _Phrase) -> str | None:
    """So many units from a date, no more precise than either."""
    step = _STEPS[phrase.unit]
    return step(anchor, phrase.steps)


def _days(anchor: PartialDate, steps: int) -> str | None:
    if anchor.precision != "day":
        return None
    try:
        return (anchor.earliest + timedelta(days=steps)).isoformat()
    except OverflowError:
        return None


def _weeks(anchor: PartialDate, steps: int) -> str | None:
    """The month or year that holds all of that week; "the same week" is that of the anchor."""
    if anchor.precision != "day" or not 1 < anchor.earliest.year < 9998:  # noqa: PLR2004 - of Python's dates
        return None
    return week_from(anchor.earliest, steps)


def _months(anchor: PartialDate, steps: int) -> str | None:
    if anchor.precision == "year":
        return None
    count = anchor.earliest.year * 12 + anchor.earliest.month - 1 + steps
    return f"{count // 12:04}-{count % 12 + 1:02}" if 12 <= count < 9999 * 12 else None  # noqa: PLR2004 - months


def _years(anchor: PartialDate, steps: int) -> str | None:
    year = anchor.earliest.year + steps
    return f"{year:04}" if 1 <= year <= 9999 else None  # noqa: PLR2004 - of Python's dates


_STEPS: dict[str, Callable[[PartialDate, int], str | None]] = {
    "day": _days,
    "week": _weeks,
    "fortnight": lambda anchor, steps: _weeks(anchor, 2 * steps),
    "month": _months,
    "year": _years,
}
