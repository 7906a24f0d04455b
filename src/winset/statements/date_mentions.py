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
_OTHER_YEAR = (
    r"(?!,?\s+(?:of\s+)?(?:that|the)\s(?:\w+\s)?year\b)"  # "in May that year": not counted from the publication
)
_NO_YEAR = r"(?!\s+(?:of\s+)?\d{4})"  # "3 May 0000", "3 May 20233": a year, if a wrong one
_WHICH_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_Y}|(?P<which>this|last|next)\s+year)|{_NO_YEAR}){_OTHER_YEAR}"
_COUNTS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_N = rf"(?P<count>\d{{1,3}}|an?|{'|'.join(_COUNTS)}|several|a few|a couple of)"
_PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:to|due|set|scheduled|planned|expected)|due|set to|scheduled|plans?(?: to)?"
    r"|planning|expected to|expects?|hopes?)\b[^.;:!?]{0,80}\Z"
    r"|\b(?:upcoming|coming|ahead of|in advance of|deadline)\b[^.,;:!?]{0,60}\Z"
)
_WEEKDAY_BEFORE = re.compile(
    rf"\b(?P<weekday>{'|'.join(_WEEKDAY_NAMES)}),?\s(?:(?:morning|afternoon|evening|night),?\s)?(?:the\s)?\Z"
)
_MODAL = re.compile(r"\b(?:would|should|must|could|can|to)\b[^.;:!?]{0,80}\Z")  # "would leave by the end of March"
_LATEST_SHORT_YEAR = 2049  # of two digits in a text of unknown age
_MAY_BE_SURNAME = re.compile(r"(?:by|from|after|before)\s+May\Z")
_SPRING_TO_AUTUMN = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11}  # its last month, north of the equator
_BEGINS = {"spring": 2, "summer": 5, "autumn": 8, "fall": 8}  # the month before its first
_NO_WEEKDAY = re.compile(
    r"\b(?:every|each|most|any|many|Black|Good|Bloody|Super|Ash|Holy|Palm|Easter|Maundy|Cyber|Giving)\s\Z"
)
_ABOUT = re.compile(r"\b(?:more than|less than|over|under|about|around|nearly|almost|some)\s\Z", re.IGNORECASE)
_WITHIN = re.compile(r"\w\s")
_DURATION = re.compile(r"\bthe\s\Z", re.IGNORECASE)  # "over the past year", "the next month": not counted from today
_BEFORE_DATE = re.compile(r",?\s{1,3}(?:the\s)?")
_NOT_YET = re.compile(
    r"\b(?:by|until|till|before|from|towards?|beyond|after)\s+(?:the\s+)?(?:year\s+|end\s+of\s+)?\Z", re.I
)
_HAS_YEAR = re.compile(_Y)
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
class Now:
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
    now = Now(published or year_of_writing(text))
    found = sorted(_found(text, start, end, now), key=lambda mention: (mention.start, -mention.end))
    return tuple(_apart(text, found))


@lru_cache(maxsize=16)
def year_of_writing(text: str) -> PartialDate | None:
    """The latest year that a text names as past or present: when, at the earliest, it was written.

    >>> str(year_of_writing("It began in 2019 and should end by 2030."))
    '2019'
    """
    if not _HAS_YEAR.search(text):
        return None
    held = {sign for sign, pattern in _SIGNS.items() if pattern.search(text)}
    patterns = [_YEAR_ALONE, *(pattern for signs, (pattern, _) in _SIGNED[: len(_EXPLICIT)] if signs <= held)]
    found = (match for pattern in patterns for match in pattern.finditer(text))
    years = [match["year"] for match in found if match["year"] and not _ahead(text, match.start("year"))]
    return PartialDate(max(years)) if years else None


def _ahead(text: str, at: int) -> bool:
    before = text[max(0, at - 60) : at]
    return _NOT_YET.search(before) is not None or _PLANNED.search(before) is not None


def _found(text: str, start: int, end: int, now: Now) -> Iterator[DateMention]:
    held = {sign for sign, pattern in _SIGNS.items() if pattern.search(text, start, end)}
    for signs, (pattern, resolve) in _SIGNED if held else ():
        for match in pattern.finditer(text, start, end) if signs <= held else ():
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


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The date as text; None where there is no such day."""
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):  # noqa: PLR2004
        return None
    return f"{year:04}-{month:02}" + ("" if day is None else f"-{day:02}")


def _numeric(match: re.Match[str], _: Now) -> str | None:
    """Year first, or year last; of 6/7/2023 only the year is sure, of 6/6/2023 all of it."""
    year, one, two = (int(match[name]) for name in ("year", "one", "two"))
    if match["first"]:
        return iso(year, one, two)
    if one > 12 or two > 12 or one == two:  # noqa: PLR2004 - months
        return iso(year, min(one, two), max(one, two))
    return iso(year) if min(one, two) else None


def _short_numeric(match: re.Match[str], now: Now) -> str | None:
    """6/6/23, where the year is written with two digits."""
    one, two = int(match["one"]), int(match["two"])
    year = _century(int(match["short"]), now)
    if one > 12 or two > 12 or one == two:  # noqa: PLR2004 - months
        return iso(year, min(one, two), max(one, two))
    return iso(year) if min(one, two) else None


def _short_year(match: re.Match[str], now: Now) -> str | None:
    """June '23."""
    return iso(_century(int(match["short"]), now), _MONTHS[match["month"][:3]])


def _century(short: int, now: Now) -> int:
    """The year that two digits mean: the latest that is not far ahead of the text."""
    latest = now.published.latest.year + 5 if now.published else _LATEST_SHORT_YEAR
    return short + (2000 if short + 2000 <= latest else 1900)


def _named(match: re.Match[str], now: Now) -> str | None:
    """A month by name, with or without day and year."""
    parts = match.groupdict()
    month = _MONTHS[parts["month"][:3]]
    day = int(parts["day"]) if parts.get("day") and not parts.get("other") else None
    if parts.get("year"):
        return iso(int(parts["year"]), month, day)
    if now.published is None or _MAY_BE_SURNAME.search(match.group()):
        return None
    if parts.get("which"):
        return iso(now.published.earliest.year + {"last": -1, "this": 0, "next": 1}[parts["which"]], month, day)
    lead = (parts.get("lead") or "").lower()
    if lead in ("last", "next") and now.month is None:
        return None
    if day and (pinned := _on_its_weekday(match, month, day, now.published)):
        return pinned
    return _nearest(month, day, now.published, lead, announced=_announced(match))


def _on_its_weekday(match: re.Match[str], month: int, day: int, published: PartialDate) -> str | None:
    """The day of the year nearest to publication in which it falls on the weekday before it: "Monday, 9 November"."""
    weekday = _WEEKDAY_BEFORE.search(match.string[max(0, match.start("said") - 24) : match.start("said")])
    if weekday is None:
        return None
    number = _WEEKDAY_NAMES.index(weekday["weekday"])
    years = range(max(2, published.earliest.year - 1), min(9998, published.latest.year + 1) + 1)
    days = [date(year, month, day) for year in years if iso(year, month, day)]
    fitting = [each for each in days if each.weekday() == number]
    return min(fitting, key=lambda each: abs((each - published.latest).days)).isoformat() if fitting else None


def _announced(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start("said") - 120) : match.start("said")]
    ahead = match["said"][:3].lower() == "by " and _MODAL.search(before) is not None
    return ahead or _PLANNED.search(before) is not None


def _nearest(month: int, day: int | None, published: PartialDate, lead: str, *, announced: bool) -> str | None:
    """The month or day nearest to publication, before it unless announced."""
    reference = published.earliest if announced or lead == "next" else published.latest
    year = reference.year
    if lead == "this":
        return iso(year, month, day)
    behind = (month, day or 0) > (reference.month, reference.day if day else 0)
    same = month == reference.month and day is None
    if announced or lead == "next":
        passed = (month, day or 32) < (reference.month, reference.day) or (lead == "next" and same)
        return iso(year + passed, month, day)
    return iso(year - (behind or (lead == "last" and same)), month, day)


def _season(match: re.Match[str], now: Now) -> str | None:
    """The year of a season; winters lie in two years and are left out."""
    if match["year"]:
        return match["year"]
    if now.day is None:
        return None
    over = now.day.month > _SPRING_TO_AUTUMN[match["season"]]
    if match["lead"] is None:  # "in the spring": the latest one that has begun
        return None if _announced(match) else str(now.day.year - (now.day.month <= _BEGINS[match["season"]]))
    return str(now.day.year - (match["lead"].lower() == "last" and not over))


def _year_alone(match: re.Match[str], _: Now) -> str | None:
    return match["year"]


def _weekday(match: re.Match[str], now: Now) -> str | None:
    if now.day is None or _NO_WEEKDAY.search(match.string[max(0, match.start("said") - 12) : match.start("said")]):
        return None
    number = _WEEKDAY_NAMES.index(match["weekday"])
    if match["week"]:
        monday = now.day - timedelta(days=now.day.weekday())
        return (monday + timedelta(days=number, weeks=_STEPS[match["week"]])).isoformat()
    back = (now.day.weekday() - number) % 7
    if match["trail"] and back == 0:
        back = 7
    lead = (match["lead"] or "").lower()
    if match["trail"] or lead == "past":
        return (now.day - timedelta(days=back)).isoformat()
    if lead == "next" or (lead != "last" and _announced(match)):
        return (now.day + timedelta(days=7 - back if lead == "next" else -back % 7)).isoformat()
    if lead == "last" and back == 0:
        back = 7
    return (now.day - timedelta(days=back)).isoformat()


def _weekend(match: re.Match[str], now: Now) -> str | None:
    """The month of the latest Saturday and Sunday."""
    if now.day is None or _announced(match):
        return None
    back = (now.day.weekday() - 5) % 7  # 0 on a Saturday
    if match["lead"] and match["lead"].lower() == "last" and back <= 1:
        back += 7
    saturday = now.day - timedelta(days=back)
    return common(saturday, saturday + timedelta(days=1))


_STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "past": -1}
_DAYS_AWAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def _day_word(match: re.Match[str], now: Now) -> str | None:
    if now.day is None:
        return None
    before = match.string[max(0, match.start("said") - 2) : match.start("said")]
    if match["said"][0].isupper() and _WITHIN.fullmatch(before):
        return None  # a name: "Russia Today"
    words = " ".join(match["said"].lower().split())
    return (now.day + timedelta(days=_DAYS_AWAY.get(words, 0))).isoformat()


def _span_word(match: re.Match[str], now: Now) -> str | None:
    """Last, this or next week, month or year."""
    if _DURATION.search(match.string[max(0, match.start("said") - 4) : match.start("said")]):
        return None
    step = _STEPS[match["lead"].lower()]
    if match["unit"] == "year":
        return str(now.published.earliest.year + step) if now.published else None
    if match["unit"] == "month":
        return months_away(now.month, step)
    if now.day is None:
        return None
    return week_from(now.day, step)


def week_from(day: date, step: int) -> str | None:
    """The month or year that holds all of the week so many weeks after that of a day."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
    return common(monday, monday + timedelta(days=6))


def _ago(match: re.Match[str], now: Now) -> str | None:
    """So many days, weeks, months or years ago; "several" and a dozen years say no date."""
    words = match["count"].lower()
    if _ABOUT.search(match.string[max(0, match.start("said") - 12) : match.start("said")]):
        return None
    count = count_of(words)
    unit = match["unit"].lower()
    if not count or now.published is None:
        return None
    if unit == "year":
        return str(now.published.earliest.year - count)
    if unit == "month":
        return months_away(now.month, -count)
    if now.day is None or count > 400:  # noqa: PLR2004 - nobody counts further in days
        return None
    if unit == "day":
        return (now.day - timedelta(days=count)).isoformat()
    middle = now.day - timedelta(weeks=2 * count if unit == "fortnight" else count)
    return common(middle - timedelta(days=3), middle + timedelta(days=3))


def count_of(words: str) -> int:
    """The number that "a", "two", "12" or "a couple of" mean; 0 for "several"."""
    words = " ".join(words.lower().split())
    if words in ("a", "an", "a couple of"):
        return 1 + (words == "a couple of")
    return _COUNTS.get(words) or (int(words) if words.isdecimal() and len(words) < 4 else 0)  # noqa: PLR2004


def latest_or_next(month: int, day: int | None, published: PartialDate) -> str | None:
    """The latest such month or day that is not after `published`."""
    return _nearest(month, day, published, "", announced=False)


def months_away(month: date | None, step: int) -> str | None:
    """So many months from a month; None where that is unknown."""
    if month is None:
        return None
    count = month.year * 12 + month.month - 1 + step
    return iso(count // 12, count % 12 + 1) if count >= 12 else None  # noqa: PLR2004 - months


def common(first: date, last: date) -> str | None:
    """The month or year that holds both days."""
    if first.year != last.year:
        return None
    return iso(first.year, first.month) if first.month == last.month else str(first.year)


def _other_language(match: re.Match[str], _: Now) -> str | None:
    """Day, month word and year in another language, as dateparser reads it."""
    if match["word"][:3].title() in _MONTHS and match["word"].title() in _MONTH_NAMES:
        return None
    import dateparser

    words = f"{match['day']} {match['word']} {match['year']}"
    parsed = dateparser.parse(words, settings={"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"})
    return parsed.date().isoformat() if parsed and str(parsed.year) == match["year"] else None


_Resolver = Callable[[re.Match[str], Now], str | None]
_PART_OF = (
    r"(?i:(?:early|late|mid)[\s-]+(?:in\s+)?"
    r"|(?:(?:at|in|by|since|until)\s+)?(?:the\s+)?(?:beginning|start|end|middle|course|first half|second half)\s+of\s+)"
)
_PREPOSED = r"(?i:in|since|until|till|during|by|from|after|before)"
_EXPLICIT: tuple[tuple[re.Pattern[str], _Resolver], ...] = (
    (re.compile(rf"(?P<said>(?<![\d/.-])(?P<first>{_Y})[-/](?P<one>\d\d?)[-/](?P<two>\d\d?)(?!\d))"), _numeric),
    (re.compile(rf"(?P<said>(?<![\d/.-])(?P<one>\d\d?)[./](?P<two>\d\d?)[./](?P<first>){_Y})"), _numeric),
    (
        re.compile(
            rf"(?<![\d.,/-])(?P<said>(?:(?P<other>[0-3]?\d)(?:st|nd|rd|th)?\s?(?:-|–|to|and"
            rf"|until)\s?)?{_D}(?:\s+of)?\s+"
            rf"{_M}(?!\w){_WHICH_YEAR})"
        ),
        _named,
    ),
    (
        re.compile(
            rf"\b(?P<said>{_M}\s+(?:the\s+)?{_D}(?![\d:%]|[.,]\d)(?:\s?(?:-|–|to|and"
            rf"|until)\s?(?P<other>[0-3]?\d)(?:st|nd|rd|th)?"
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
    (
        re.compile(
            r"(?P<said>(?<![\d/.-])(?P<one>[0-3]?\d)(?P<mark>[./])(?P<two>[0-3]?\d)(?P=mark)(?P<short>\d\d))"
            r"(?![\d/]|\.\d)"
        ),
        _short_numeric,
    ),
    (re.compile(rf"\b(?P<said>{_M}\s+['’](?P<short>\d\d))(?![\d\w])"), _short_year),
    (re.compile(f"(?P<said>{_YEAR_ALONE.pattern})"), _year_alone),
    (
        re.compile(
            rf"\b(?P<said>(?:{_PREPOSED}\s+(?:(?:early|late|mid)[\s-]+)?|(?P<lead>(?i:last|this|next))\s+|{_PART_OF})"
            rf"{_M}(?!\w)(?:\s+(?:of\s+)?(?P<which>this|last|next)\s+year)?){_OTHER_YEAR}(?!\.?\s+(?:the\s+)?\d)"
        ),
        _named,
    ),
    (re.compile(rf"\b(?i:an?|the|his|her|its|their)\s(?P<said>{_M})(?=\s[a-z])"), _named),  # "at a June summit"
    (
        re.compile(
            r"\b(?P<said>(?:(?P<lead>(?i:last|this))\s+|(?<=\b[Ii]n\s)(?:the\s+)?(?:(?:early|late)\s+)?)"
            r"(?P<season>spring|summer|autumn|fall))\b(?P<year>)(?!\s+of\b|\s+\d)"
        ),
        _season,
    ),
    (
        re.compile(
            rf"\b(?P<said>(?:(?P<lead>(?i:last|next|this|past))\s+|(?i:on)\s+)?(?P<weekday>{'|'.join(_WEEKDAY_NAMES)})"
            r"(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week|\s+(?P<trail>last)(?=\s?[.,;:)]|\s+(?:and|that|in"
            r"|at)\b))?)\b"
            r"(?!\s+(?:week\b|Times|Telegraph|Express|Mail|Mirror|Post|Herald|Review))"
        ),
        _weekday,
    ),
    (
        re.compile(
            r"\b(?P<said>(?:(?:over|at|during|on)\s+)?(?:the\s+|this\s+)?(?:(?P<lead>last|past|this)\s+)?weekend)\b",
            re.IGNORECASE,
        ),
        _weekend,
    ),
    (
        re.compile(
            r"\b(?P<said>today(?! (?:show|programme)\b)|tonight|yesterday|tomorrow|last night"
            r"|this (?:morning|afternoon|evening))\b",
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
    (re.compile(rf"\b(?P<said>{_N}\s+(?P<unit>day|week|fortnight|month|year)s?\s+ago)\b", re.IGNORECASE), _ago),
)


def _signs(pattern: str) -> frozenset[str]:
    """What any match of a pattern holds: digits, a capitalised month or weekday, or one of the words that follow."""
    if "(?P<weekday>" in pattern:
        return frozenset(("weekday",))
    if "(?P<season>" in pattern or "(?P<unit>" in pattern or "weekend" in pattern or "tonight" in pattern:
        return frozenset(("word",))
    if "(?P<one>" in pattern:
        return frozenset(("figures",))
    needed = {"digit": _NEEDS_DIGIT.search(pattern), "month": "(?P<month>" in pattern}
    return frozenset(sign for sign, is_needed in needed.items() if is_needed)


_NEEDS_DIGIT = re.compile(r"\(\?P<(?:day|year|short)>")
_SIGNS = {  # a sentence without them is not searched further: most sentences name no date
    "digit": re.compile(r"\d"),
    "figures": re.compile(r"\d[-/.]\d"),
    "month": re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
    "weekday": re.compile("|".join(_WEEKDAY_NAMES)),
    "word": re.compile(
        r"\b(?:spring|summer|autumn|fall|weekend|to(?:day|night|morrow)|yesterday|ago|night|this|last|next|previous"
        r"|past)\b",
        re.IGNORECASE,
    ),
}
_SIGNED = tuple((_signs(pattern.pattern), (pattern, resolve)) for pattern, resolve in (*_EXPLICIT, *_RELATIVE))
