"""Dates in running text, explicit and relative, never more precise than the words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from winset.ids import PartialDate

_MONTH_NAMES = tuple(calendar.month_name)[1:]
_WEEKDAY_NAMES = tuple(calendar.day_name)
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)}
_M = rf"(?P<month>{'|'.join(_MONTH_NAMES)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=[.\s])\.?)"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_Y = r"(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
_WHICH_YEAR = rf"(?:,?\s+(?:{_Y}|(?P<which>this|last|next)\s+year))?"
_COUNTS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_N = rf"(?P<count>\d{{1,3}}|an?|{'|'.join(_COUNTS)}|several|a few)"
_PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:to|due|set|scheduled|planned|expected)|due|set to|scheduled|plans?(?: to)?"
    r"|planning|expected to|upcoming|coming|ahead of)\b[^.;:!?]{0,80}\Z"
)
_MAY_BE_SURNAME = re.compile(r"(?:by|from|after|before)\s+May\Z")
_SPRING_TO_AUTUMN = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11}  # its last month, north of the equator
_BEFORE_DATE = re.compile(r",?\s{1,3}(?:the\s)?")
_NOT_YET = re.compile(
    r"\b(?:by|until|till|before|from|towards?|beyond|after)\s+(?:the\s+)?(?:year\s+|end\s+of\s+)?\Z", re.I
)
_YEAR_ALONE = re.compile(
    r"(?:(?<=\()|(?i:\b(?:in|since|by|until|till|from|to|during|of|early|late|mid|before|after|between|and|year|its|the"
    r"|their|his|her|a)[\s-]+|[’']s\s))"
    rf"\[?{_Y}(?!s\b|[%,.]\d|[-/–]\d|\s?(?:%|percent|km|miles|people|soldiers|troops))"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words of a text that name a date, half-open."""

    start: int
    end: int
    date: PartialDate
    relative: bool  # its year, or more, was inferred from when the text was published


@dataclass(frozen=True, slots=True)
class _Now:
    """When the text was published, as far as known."""

    published: PartialDate | None

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day."""
        return self.published.earliest if self.published and self.published.precision == "day" else None

    @property
    def month(self) -> date | None:
        """The first of its month, where the month is known."""
        known = self.published and self.published.precision != "year"
        return self.published.earliest.replace(day=1) if self.published and known else None


def date_mentions(
    text: str, start: int = 0, end: int | None = None, *, published: PartialDate | None
) -> tuple[DateMention, ...]:
    """The dates named in `text[start:end]`, in order and without overlap.

    A day or month without a year is the latest one not after `published`, or the first one from then on where the
    words announce it ("will meet on June 30"). Weekdays, "yesterday" and the like need the day of publication;
    "last week" gives a month or year only where all of the week lies in it. Where `published` is None, the latest
    year that the text names without looking ahead stands for it. What cannot be resolved is left out. Cost: linear.

    >>> published = PartialDate("2021-05-05")
    >>> [str(found.date) for found in date_mentions("On 3 May it met; it will meet on Friday.", published=published)]
    ['2021-05-03', '2021-05-07']
    """
    end = len(text) if end is None else end
    now = _Now(published or year_of_writing(text))
    found = sorted(_found(text, start, end, now), key=lambda mention: (mention.start, -mention.end))
    return tuple(_apart(text, found))


@lru_cache(maxsize=16)
def year_of_writing(text: str) -> PartialDate | None:
    """The latest year that a text names as past or present: when, at the earliest, it was written.

    >>> str(year_of_writing("It began in 2019 and should end by 2030."))
    '2019'
    """
    patterns = (_YEAR_ALONE, *(pattern for pattern, _ in _EXPLICIT))
    found = (match for pattern in patterns for match in pattern.finditer(text))
    years = [match["year"] for match in found if match["year"] and not _ahead(text, match.start("year"))]
    return PartialDate(max(years)) if years else None


def _ahead(text: str, at: int) -> bool:
    before = text[max(0, at - 60) : at]
    return _NOT_YET.search(before) is not None or _PLANNED.search(before) is not None


def _found(text: str, start: int, end: int, now: _Now) -> Iterator[DateMention]:
    for pattern, resolve in (*_EXPLICIT, *_RELATIVE):
        for match in pattern.finditer(text, start, end):
            resolved = resolve(match, now)
            if resolved:
                yield DateMention(*match.span("said"), PartialDate(resolved), not match.groupdict().get("year"))


def _apart(text: str, found: list[DateMention]) -> Iterator[DateMention]:
    """Without what lies inside another, and without the weekday of a date: "Friday, 4 June"."""
    reached = -1
    plain = {mention.start for mention in found if text[mention.start].isdecimal() or text[mention.start] in "JFMASOND"}
    for mention in found:
        if mention.start < reached:
            continue
        gap = _BEFORE_DATE.match(text, mention.end)
        if gap and gap.end() in plain and text[mention.start : mention.end].endswith(_WEEKDAY_NAMES):
            continue
        reached = mention.end
        yield mention


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The date as text; None where there is no such day."""
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):  # noqa: PLR2004
        return None
    return f"{year:04}-{month:02}" + ("" if day is None else f"-{day:02}")


def _numeric(match: re.Match[str], _: _Now) -> str | None:
    """Year first, or year last; of 6/7/2023 only the year is sure."""
    year, one, two = (int(match[name]) for name in ("year", "one", "two"))
    if match["first"]:
        return _iso(year, one, two)
    if one > 12 or two > 12:  # noqa: PLR2004 - months
        return _iso(year, min(one, two), max(one, two))
    return _iso(year)


def _named(match: re.Match[str], now: _Now) -> str | None:
    """A month by name, with or without day and year."""
    parts = match.groupdict()
    month = _MONTHS[parts["month"][:3]]
    day = int(parts["day"]) if parts.get("day") and not parts.get("other") else None
    if parts.get("year"):
        return _iso(int(parts["year"]), month, day)
    if now.published is None or _MAY_BE_SURNAME.search(match.group()):
        return None
    if parts.get("which"):
        return _iso(now.published.earliest.year + {"last": -1, "this": 0, "next": 1}[parts["which"]], month, day)
    lead = parts.get("lead") or ""
    if lead in ("last", "next") and now.month is None:
        return None
    return _nearest(month, day, now.published, lead, announced=_announced(match))


def _announced(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start("said") - 120) : match.start("said")]
    return _PLANNED.search(before) is not None


def _nearest(month: int, day: int | None, published: PartialDate, lead: str, *, announced: bool) -> str | None:
    """The month or day nearest to publication, before it unless announced."""
    reference = published.earliest if announced or lead == "next" else published.latest
    year = reference.year
    if lead == "this":
        return _iso(year, month, day)
    behind = (month, day or 0) > (reference.month, reference.day if day else 0)
    same = month == reference.month and day is None
    if announced or lead == "next":
        passed = (month, day or 32) < (reference.month, reference.day) or (lead == "next" and same)
        return _iso(year + passed, month, day)
    return _iso(year - (behind or (lead == "last" and same)), month, day)


def _season(match: re.Match[str], now: _Now) -> str | None:
    """The year of a season; winters lie in two years and are left out."""
    if match["year"]:
        return match["year"]
    if now.day is None:
        return None
    over = now.day.month > _SPRING_TO_AUTUMN[match["season"]]
    return str(now.day.year - (match["lead"] == "last" and not over))


def _year_alone(match: re.Match[str], _: _Now) -> str | None:
    return match["year"]


def _weekday(match: re.Match[str], now: _Now) -> str | None:
    if now.day is None:
        return None
    back = (now.day.weekday() - _WEEKDAY_NAMES.index(match["weekday"])) % 7
    if match["lead"] == "next" or (match["lead"] != "last" and _announced(match)):
        return (now.day + timedelta(days=7 - back)).isoformat()
    if match["lead"] == "last" and back == 0:
        back = 7
    return (now.day - timedelta(days=back)).isoformat()


_DAYS_AWAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def _day_word(match: re.Match[str], now: _Now) -> str | None:
    if now.day is None:
        return None
    words = " ".join(match["said"].lower().split())
    return (now.day + timedelta(days=_DAYS_AWAY.get(words, 0))).isoformat()


def _span_word(match: re.Match[str], now: _Now) -> str | None:
    """Last, this or next week, month or year."""
    step = {"last": -1, "this": 0, "next": 1, "previous": -1, "past": -1}[match["lead"].lower()]
    if match["unit"] == "year":
        return str(now.published.earliest.year + step) if now.published else None
    if match["unit"] == "month":
        return _months_away(now.month, step)
    if now.day is None:
        return None
    monday = now.day - timedelta(days=now.day.weekday()) + timedelta(weeks=step)
    return _common(monday, monday + timedelta(days=6))


def _ago(match: re.Match[str], now: _Now) -> str | None:
    """So many days, weeks, months or years ago; "several" and a dozen years say no date."""
    words = match["count"].lower()
    count = 1 if words in ("a", "an") else _COUNTS.get(words) or (int(words) if words.isdecimal() else 0)
    unit = match["unit"]
    if not count or now.published is None:
        return None
    if unit == "year":
        return str(now.published.earliest.year - count)
    if unit == "month":
        return _months_away(now.month, -count)
    if now.day is None or count > 400:  # noqa: PLR2004 - nobody counts further in days
        return None
    if unit == "day":
        return (now.day - timedelta(days=count)).isoformat()
    middle = now.day - timedelta(weeks=count)
    return _common(middle - timedelta(days=3), middle + timedelta(days=3))


def _months_away(month: date | None, step: int) -> str | None:
    if month is None:
        return None
    count = month.year * 12 + month.month - 1 + step
    return _iso(count // 12, count % 12 + 1)


def _common(first: date, last: date) -> str | None:
    """The month or year that holds both days."""
    if first.year != last.year:
        return None
    return _iso(first.year, first.month) if first.month == last.month else str(first.year)


def _other_language(match: re.Match[str], _: _Now) -> str | None:
    """Day, month word and year in another language, as dateparser reads it."""
    if match["word"][:3].title() in _MONTHS and match["word"].title() in _MONTH_NAMES:
        return None
    import dateparser

    words = f"{match['day']} {match['word']} {match['year']}"
    parsed = dateparser.parse(words, settings={"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"})
    return parsed.date().isoformat() if parsed and str(parsed.year) == match["year"] else None


_Resolver = Callable[[re.Match[str], _Now], str | None]
_PREPOSED = r"(?:in|since|until|till|during|by|from|after|before)"
_EXPLICIT: tuple[tuple[re.Pattern[str], _Resolver], ...] = (
    (re.compile(rf"(?P<said>(?<![\d/.-])(?P<first>{_Y})[-/](?P<one>\d\d?)[-/](?P<two>\d\d?)(?!\d))"), _numeric),
    (re.compile(rf"(?P<said>(?<![\d/.-])(?P<one>\d\d?)[./](?P<two>\d\d?)[./](?P<first>){_Y})"), _numeric),
    (
        re.compile(
            rf"(?<![\d.,/-])(?P<said>(?:(?P<other>[0-3]?\d)(?:st|nd|rd|th)?\s?(?:-|–|to|and|until)\s?)?{_D}(?:\s+of)?\s+"
            rf"{_M}(?!\w){_WHICH_YEAR})"
        ),
        _named,
    ),
    (
        re.compile(
            rf"\b(?P<said>{_M}\s+{_D}(?![\d:%]|[.,]\d)(?:\s?(?:-|–|to|and|until)\s?(?P<other>[0-3]?\d)(?:st|nd|rd|th)?"
            rf"(?![\d:%]))?{_WHICH_YEAR})"
        ),
        _named,
    ),
    (re.compile(rf"\b(?P<said>(?:(?:early|mid|late)[\s-]+)?{_M},?\s+(?:of\s+)?{_Y})"), _named),
    (re.compile(rf"(?P<said>(?<!\d){_Y},\s+{_M}(?:\s+{_D}(?!\d))?)"), _named),  # as bibliographies write it
    (
        re.compile(rf"\b(?P<said>(?:(?P<lead>last|the)\s+)?(?P<season>spring|summer|autumn|fall)(?:\s+of)?\s+{_Y})"),
        _season,
    ),
    (
        re.compile(
            r"(?<![\d.,])(?P<said>(?P<day>[0-3]?\d)\.?(?:er|º|ª)?\s+(?:de\s+)?(?P<word>[^\W\d_]{3,12})\.?\s+"
            rf"(?:de\s+|del\s+)?{_Y})"
        ),
        _other_language,
    ),
)
_RELATIVE: tuple[tuple[re.Pattern[str], _Resolver], ...] = (
    (re.compile(f"(?P<said>{_YEAR_ALONE.pattern})"), _year_alone),
    (
        re.compile(
            rf"\b(?P<said>(?:{_PREPOSED}\s+|(?P<lead>last|this|next)\s+)(?:(?:early|late|mid)[\s-]+)?{_M}"
            r"(?!\w)(?:\s+(?P<which>this|last|next)\s+year)?)(?!\.?\s+\d)"
        ),
        _named,
    ),
    (re.compile(r"\b(?P<said>(?P<lead>last|this)\s+(?P<season>spring|summer|autumn|fall))\b(?P<year>)"), _season),
    (
        re.compile(rf"\b(?P<said>(?:(?P<lead>last|next|this)\s+|on\s+)?(?P<weekday>{'|'.join(_WEEKDAY_NAMES)}))\b"),
        _weekday,
    ),
    (
        re.compile(
            r"\b(?P<said>today|tonight|yesterday|tomorrow|last night|this (?:morning|afternoon|evening))\b",
            re.IGNORECASE,
        ),
        _day_word,
    ),
    (
        re.compile(
            r"\b(?P<said>(?:(?:earlier|later|early|late)\s+)?(?P<lead>last|this|next|previous|past)\s+"
            r"(?P<unit>week|month|year))\b",
            re.IGNORECASE,
        ),
        _span_word,
    ),
    (re.compile(rf"\b(?P<said>{_N}\s+(?P<unit>day|week|month|year)s?\s+ago)\b", re.IGNORECASE), _ago),
)
