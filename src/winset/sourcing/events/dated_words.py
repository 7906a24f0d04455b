"""The dates of a sentence as a timeline needs them: with ranges, decades, weeks and how the words bound the date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from winset.ids import PartialDate
from winset.statements.date_mentions import DateMention, date_mentions
from winset.statements.later_dates import later_dates

_MONTH = "|".join(calendar.month_name[1:])
_YEAR = r"(?:1[6-9]|20)\d\d"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DASH = r"\s?[-–—]\s?"
_HINT = re.compile(  # what every pattern below needs, so that most sentences are left at once
    rf"\d|\b(?:{_MONTH}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|{'|'.join(calendar.day_name)})\b"
    r"|\b(?:spring|summer|autumn|fall|weekend|yesterday|tomorrow|night|ago|week|month|year|day|later|same)\b",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"(?<![\w$£€.,/-])(?:(?:since|from|in|during|until|by|throughout|of)\s+)?(?:the\s+)?"
    r"(?:(?P<part>early|mid|late)(?:\s+to\s+late)?[\s-]+)?(?P<decade>(?:1[6-9]|20)\d0)['’]?s\b"
)
_YEARS = re.compile(
    rf"(?<![\w/.:$£€-])(?:(?:from|between|in|during|of|for)\s+)?(?:the\s+)?(?P<first>{_YEAR})"
    rf"(?:\s?[-–/]\s?(?P<last>{_YEAR}|\d\d)|\s(?:to|until|till|through)\s(?P<to>{_YEAR}))(?![\w/-]|\.\d)"
)
_BETWEEN_YEARS = re.compile(rf"\b[Bb]etween\s(?P<first>{_YEAR})\sand\s(?P<to>{_YEAR})\b")
_DAYS = re.compile(
    rf"(?<![\d.,/-])(?:(?:from|between|on)\s+(?:the\s+)?)?(?P<first>[0-3]?\d){_ORDINAL}"
    rf"(?:{_DASH}|\s(?:to|until|till|through|and)\s(?:the\s)?)(?P<last>[0-3]?\d){_ORDINAL}\s+(?:of\s+)?(?:{_MONTH})\b"
)
_MONTH_DAYS = re.compile(
    rf"\b(?:(?:from|between|on)\s+)?(?:{_MONTH})\s+(?P<first>[0-3]?\d){_ORDINAL}"
    rf"(?:{_DASH}|\s(?:to|until|till|through|and)\s)(?P<last>[0-3]?\d){_ORDINAL}(?![\d:%]|[.,]\d)"
)
_MONTHS = re.compile(rf"\b(?:{_MONTH})(?=(?:{_DASH}|\s(?:to|until|till|through|and)\s)(?:{_MONTH})\b)")
_JOINS = re.compile(rf",?(?:{_DASH}|\s(?:(?P<to>to|until|till|through)|and)\s)(?:the\s)?")
_FROM = re.compile(r"\b(?:from|between)\s(?:the\s)?\Z", re.IGNORECASE)
_WEEK = re.compile(r"(?:(?:earlier|later|early|late)\s)?(?P<lead>last|this|next|previous|past)\sweek\Z", re.IGNORECASE)
_WEEKEND = re.compile(r".*\bweekend\Z", re.IGNORECASE)
_LAST_WEEKEND = re.compile(r"\b(?:last|past)\b", re.IGNORECASE)
_WEEK_OF = re.compile(r"\b(?:the\s)?week\s(?:of|beginning|starting|commencing)\s(?:on\s)?\Z", re.IGNORECASE)
_WEEKS = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1}
_THAT_YEAR = re.compile(
    rf"\b(?:(?:in|on|by|since|early|late)\s)?(?:(?:(?P<before>[0-3]?\d){_ORDINAL}\s(?:of\s)?)?(?P<month>{_MONTH})"
    rf"(?:\s(?P<day>[0-3]?\d){_ORDINAL})?,?\s(?:of\s)?|(?:later|earlier)\s)?"
    r"(?P<that>(?:that|the\ssame|that\ssame)\syear)\b"
)
_FAR_YEAR = re.compile(
    rf"\b(?:(?:no|not)\slater\sthan|as\s(?:early|late)\sas|(?:as\sfar\s)?back\s(?:as|in)|around|circa)\s(?P<year>{_YEAR})(?![\d%-])"
)
_SINCE = re.compile(
    r"\b(?:ever\s)?since\s(?:the\s)?(?:early\s|late\s|mid-?\s?|(?:end|beginning|start|middle)\s(?:of\s)?)?\Z", re.I
)
_SINCE_IN = re.compile(r"(?:ever\s)?since\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up\sto|through)\s(?:the\s)?(?:(?:end|start|middle)\s(?:of\s)?)?\Z", re.IGNORECASE)
_UNTIL_IN = re.compile(r"(?:until|till|up to)\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:by|before|no(?:t)?\slater\sthan)\s(?:the\s)?(?:(?:end|start|middle)\s(?:of\s)?)?\Z", re.IGNORECASE
)
_BY_IN = re.compile(r"(?:by|before|no(?:t)?\slater\sthan)\b", re.IGNORECASE)
_BARE = re.compile(rf"\b(?:{_MONTH})\b")
_THIS = re.compile(r"\b(?:this|last|next)\b", re.IGNORECASE)
_LISTED = re.compile(r",?\s(?:and|or|&)\s(?:on\s|in\s)?(?:the\s)?|,\s|/")
_MONTH_BEFORE = 30  # characters from the first month of a range to the second
_LIFE = 30  # years of a range behind a name in brackets, from which it is a life
_CONTEXT = 40  # characters before a date that can bound it
_ATTACKS = r"(?:terror(?:ist)?\s)?(?:attacks?|massacre|atrocit(?:y|ies)|assault|bombings?)\b"
_NAMED_DAYS = (  # days that texts call by their date, without a year, and mean by it what happened then
    (re.compile(r"(?<![\w/.-])9/11(?![\w/]|\.\d)(?!\s(?:of|on|at|votes?|members?|points?)\b)"), "2001-09-11"),
    (
        re.compile(rf"\b(?:September\s11|11(?:th)?\sSeptember|Sept\.?\s11)(?:th)?(?=(?:['’]s)?,?\s{_ATTACKS})"),
        "2001-09-11",
    ),
    (re.compile(rf"\b(?:October\s7|7\sOctober)(?:th)?(?=(?:['’]s)?,?\s(?:Hamas\s)?{_ATTACKS})"), "2023-10-07"),
    (
        re.compile(r"\b(?:January\s6|6\sJanuary)(?:th)?(?=(?:['’]s)?,?\s(?:riots?|insurrection|Capitol)\b)"),
        "2021-01-06",
    ),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """Words of a text that name a date or a stretch of time, half-open."""

    start: int
    end: int
    date: PartialDate
    until: PartialDate | None = None  # the last part of it, where it is a stretch
    relative: bool = False  # its year, or more, was inferred
    bound: str = ""  # "since", "until", "by": it begins, ends or must be over then
    named_day: bool = False  # known by its date alone: "9/11"

    @property
    def ongoing(self) -> bool:
        """Whether something has begun then and goes on."""
        return self.bound == "since"


def dated_words(text: str, start: int, end: int, *, published: PartialDate | None) -> tuple[Dated, ...]:
    """The dates of a sentence, `text[start:end]`, in order and without overlap.

    Beside `date_mentions` and `later_dates`: ranges ("from 2013 to 2017", "18 to 23 June", "March-May 2021") and
    decades as date and `until`, weeks and weekends from Monday or Saturday to Sunday where the day of publication is
    known, "in May that year" from the year named before, days known by their date ("9/11").  Cost: linear.

    >>> [(str(each.date), str(each.until)) for each in dated_words("It ran from 2013 to 2017.", 0, 25, published=None)]
    [('2013', '2017')]
    """
    if not _HINT.search(text, start, end):
        return ()
    plain = _mentions(text, start, end, published)
    found = [
        *_named_days(text, start, end, published),
        *_decades(text, start, end),
        *(Dated(*match.span(), PartialDate(match["year"])) for match in _FAR_YEAR.finditer(text, start, end)),
        *_year_ranges(text, start, end),
        *_day_ranges(text, start, end, plain),
        *_month_ranges(text, plain),
        *_that_year(text, start, end),
        *_joined(text, plain),
        *(_weekly(text, mention, published) for mention in plain),
    ]
    kept: list[Dated] = []
    for each in sorted(found, key=lambda dated: (dated.start, -dated.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif each.until is not None and kept[-1].until is None and each.end > kept[-1].end:
            kept[-1] = replace(each, start=kept[-1].start)
    return tuple(_bounded(text, start, each) for each in _same_year(text, kept, published))


def _mentions(text: str, start: int, end: int, published: PartialDate | None) -> list[DateMention]:
    later = later_dates(text, start, end, published=published)
    plain = date_mentions(text, start, end, published=published)
    apart = [each for each in plain if not any(one.start < each.end and each.start < one.end for one in later)]
    return sorted((*apart, *later), key=lambda mention: mention.start)


def _named_days(text: str, start: int, end: int, published: PartialDate | None) -> Iterator[Dated]:
    for pattern, day in _NAMED_DAYS:
        for match in pattern.finditer(text, start, end):
            if published is None or published.latest > PartialDate(day).latest:
                yield Dated(*match.span(), PartialDate(day), named_day=True)


def _decades(text: str, start: int, end: int) -> Iterator[Dated]:
    for match in _DECADE.finditer(text, start, end):
        first = int(match["decade"])
        length = 99 if first % 100 == 0 and first < 2000 else 9  # noqa: PLR2004 - "the 1800s" are a century
        low, high = {"early": (0, 4), "mid": (3, 7), "late": (5, 9)}.get(match["part"] or "", (0, length))
        yield Dated(*match.span(), PartialDate(f"{first + low}"), PartialDate(f"{first + high}"))


def _year_ranges(text: str, start: int, end: int) -> Iterator[Dated]:
    for pattern in (_YEARS, _BETWEEN_YEARS):
        for match in pattern.finditer(text, start, end):
            parts = match.groupdict()
            last = parts.get("to") or parts.get("last") or ""
            first = match["first"]
            last = last if len(last) == 4 else first[:2] + last  # noqa: PLR2004 - digits of a year
            if int(last) > int(first) and not _is_a_life(text, match, int(last) - int(first)):
                yield Dated(*match.span(), PartialDate(first), PartialDate(last))


def _is_a_life(text: str, match: re.Match[str], years: int) -> bool:
    return (
        years > _LIFE and text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
    )


def _day_ranges(text: str, start: int, end: int, plain: Sequence[DateMention]) -> Iterator[Dated]:
    """Days of one month, whose year the plain mention of it tells."""
    for pattern in (_DAYS, _MONTH_DAYS):
        for match in pattern.finditer(text, start, end):
            within = [each for each in plain if each.start < match.end() and match.start() < each.end]
            if not within or within[-1].date.precision == "year":
                continue
            month = within[-1].date.text[:7]
            first, last = int(match["first"]), int(match["last"])
            days = _day(month, first), _day(month, last)
            if first + 1 < last and " and " in match.group() and not match.group().lower().startswith(("from", "betw")):
                continue  # "on 3 and 9 May"
            if days[0] and days[1] and first < last:
                low, high = min(match.start(), within[0].start), max(match.end(), within[-1].end)
                yield Dated(low, high, days[0], days[1], within[-1].relative)


def _day(month: str, day: int) -> PartialDate | None:
    year, number = int(month[:4]), int(month[5:7])
    return PartialDate(f"{month}-{day:02}") if 1 <= day <= calendar.monthrange(year, number)[1] else None


def _month_ranges(text: str, plain: Sequence[DateMention]) -> Iterator[Dated]:
    """Months of one range, the first of the year of the second: "March-May 2021"."""
    for mention in plain:
        low = max(0, mention.start - _MONTH_BEFORE)
        first = _MONTHS.search(text, low, mention.end) if mention.date.precision == "month" else None
        joined = _JOINS.fullmatch(text, first.end(), mention.start) if first and first.end() <= mention.start else None
        if first is None or joined is None:
            continue
        number = list(calendar.month_name).index(first.group())
        year = mention.date.earliest.year - (number > mention.date.earliest.month)
        if joined.group().strip() != "and" or _FROM.search(text, max(0, first.start() - 10), first.start()):
            begun = PartialDate(f"{year:04}-{number:02}")
            yield Dated(first.start(), mention.end, begun, mention.date, mention.relative)


def _that_year(text: str, start: int, end: int) -> Iterator[Dated]:
    """The year named last, in this sentence or shortly before: "in May that year", "later that year"."""
    for match in _THAT_YEAR.finditer(text, start, end):
        years = [
            found.group()
            for found in re.finditer(rf"(?<!\d){_YEAR}(?!\d)", text[max(0, match.start() - 400) : match.start()])
        ]
        if not years:
            continue
        day = match["before"] or match["day"]
        if match["month"] is None:
            yield Dated(*match.span(), PartialDate(years[-1]), relative=True)
            continue
        month = f"{years[-1]}-{list(calendar.month_name).index(match['month']):02}"
        named = _day(month, int(day)) if day else PartialDate(month)
        if named:
            yield Dated(*match.span(), named, relative=True)


def _joined(text: str, plain: Sequence[DateMention]) -> Iterator[Dated]:
    """Two dates that bound a stretch: "from May 2019 to June 2021", "June 28 - July 2"; "on 3 and 5 May" is none."""
    for first, last in pairwise(plain):
        joined = _JOINS.fullmatch(text, first.end, last.start)
        words = text[first.start : first.end].lower()
        from_there = words.startswith(("from ", "between ")) or _FROM.search(
            text, max(0, first.start - 10), first.start
        )
        if first.date.precision != last.date.precision and first.date.precision == "year" and not from_there:
            continue
        if joined is None:
            inside = text[last.start : last.end].lower()
            gap = text[first.end : last.start]
            if not (from_there and gap == " " and inside.startswith(("to ", "until ", "till "))):
                continue
        elif (
            not joined["to"]
            and not from_there
            and (
                ("and" in joined.group() and not _successive(first.date, last.date))
                or first.date.precision == "year"
                or " " not in joined.group()
            )
        ):
            continue
        begun = first.date
        if first.relative and not last.relative and first.date.precision != "year":
            year = last.date.earliest.year
            begun = _in_year(first.date, year) or begun
            if begun.earliest > last.date.latest:
                begun = _in_year(first.date, year - 1) or begun
        if begun.earliest < last.date.earliest:
            yield Dated(first.start, last.end, begun, last.date, first.relative and last.relative)


def _successive(one: PartialDate, other: PartialDate) -> bool:
    """Whether two months follow each other in a year, as in "May and June"."""
    both = one.precision == other.precision == "month"
    return both and other.earliest.month == one.earliest.month + 1


def _in_year(given: PartialDate, year: int) -> PartialDate | None:
    if given.precision == "day":
        return _day(f"{year:04}-{given.text[5:7]}", int(given.text[8:]))
    return PartialDate(f"{year:04}{given.text[4:]}")


def _weekly(text: str, mention: DateMention, published: PartialDate | None) -> Dated:
    """A week as its seven days, where it is known which; anything else as it stands."""
    plain = Dated(mention.start, mention.end, mention.date, relative=mention.relative)
    words = text[mention.start : mention.end]
    if _WEEK_OF.search(text, max(0, mention.start - 30), mention.start) and mention.date.precision == "day":
        monday = mention.date.earliest
        return replace(plain, until=_partial(monday + timedelta(days=6))) if monday.year < date.max.year else plain
    if published is None or published.precision != "day" or not 1 < published.earliest.year < 9998:  # noqa: PLR2004
        return plain
    monday = published.earliest - timedelta(days=published.earliest.weekday())
    if week := _WEEK.fullmatch(words):
        monday += timedelta(weeks=_WEEKS[week["lead"].lower()])
        return replace(plain, date=_partial(monday), until=_partial(monday + timedelta(days=6)))
    if _WEEKEND.fullmatch(words):
        saturday = published.earliest - timedelta(days=(published.earliest.weekday() - 5) % 7)
        if _LAST_WEEKEND.search(words) and (published.earliest - saturday).days <= 1:
            saturday -= timedelta(days=7)
        return replace(plain, date=_partial(saturday), until=_partial(saturday + timedelta(days=1)))
    return plain


def _partial(day: date) -> PartialDate:
    return PartialDate(day.isoformat())


def _same_year(text: str, found: Sequence[Dated], published: PartialDate | None) -> Iterator[Dated]:
    """A day or month without a year is of the year of one with it: before it, or listed behind it.

    "It met on 3 March 1956 and again on 5 June", "in May and June 2021": not of the year of publication.
    """
    known: PartialDate | None = None
    for number, each in enumerate(found):
        behind = found[number + 1] if number + 1 < len(found) else None
        listed = behind and not behind.relative and _LISTED.fullmatch(text, each.end, behind.start)
        year = behind.date if behind and listed else known
        words = text[each.start : each.end]
        bare = each.relative and each.until is None and not each.named_day and _BARE.search(words)
        moved = _in_year(each.date, year.earliest.year) if year and bare and not _THIS.search(words) else None
        late = moved is not None and published is not None and moved.earliest > published.latest
        if moved is None or late or (known is not None and moved.earliest < known.earliest and not listed):
            yield each
        else:
            yield replace(each, date=moved)
        if not each.relative:
            known = each.date if each.date.precision != "year" else None


def _bounded(text: str, start: int, dated: Dated) -> Dated:
    if text.startswith("to ", dated.start) and text.startswith("up ", max(start, dated.start - 3)):
        dated = replace(dated, start=dated.start - 3)  # "up | to 2015"
    low = max(start, dated.start - _CONTEXT)
    for bound, before, within in (("since", _SINCE, _SINCE_IN), ("until", _UNTIL, _UNTIL_IN), ("by", _BY, _BY_IN)):
        if within.match(text, dated.start, dated.end):
            return replace(dated, bound=bound)
        if found := before.search(text, low, dated.start):
            return replace(dated, start=found.start(), bound=bound)
    return dated
