"""The date a text gives itself: in a line of its own or a dateline, never in running prose."""

from __future__ import annotations

import re
from datetime import datetime

from winset.errors import BadDate
from winset.ids import PartialDate

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - dateparser wants a base; month and year must be written, so it is unused
LONGEST = 160  # characters of a line that may still be a date line

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?:\d{1,2}[–-])?(?P<day>\d{1,2})(?:st|nd|rd|th)?"  # of several days the last
_COMMA = re.compile(r"[,:]\s+|\s[–—-]\s+")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}\b",  # June 15, 2023
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}\b",  # 15 June 2023
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",  # 2023-06-15, and what follows a T
        r"(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?!\d)",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)(?!\d)",  # 15.06.2023
        r"(?P<year>(?:19|20)\d\d)年\s?(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})日",
        r"(?P<year>(?:19|20)\d\d)년\s?(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일",
        rf"{_MONTH},?\s+{_YEAR}\b",  # June 2023
        r"(?P<year>(?:19|20)\d\d)年\s?(?P<month>\d{1,2})月",
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?![\d-])",
    )
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_LEAD = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|issued|released|date|publication date|dated?)\b"
    r"(?:\s+on)?\s*[:–—-]?\s*|on\s+)?" + _WEEKDAY,
    re.IGNORECASE,
)
_CLOSE = re.compile(r"[\s.)\]*_]*$|\s*[–—|·•@/(\[-]|\s*,?\s*(?:at\s+)?\d{1,2}[:.h]\d\d|\s*T\d\d:", re.IGNORECASE)
_FOREIGN_LEAD = re.compile(
    r"(?:publié|veröffentlicht|publicado|pubblicato|gepubliceerd|opublikowano|publicerad|udgivet|publisert)"
    r"(?:\s+(?:le|am|el|em|il|op|den|dnia|d\.))?\s*:?\s+",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Z][\w.'’ -]{1,30}(?:,\s[A-Z][\w.'’ -]{1,30}){0,2}(?:[,:]\s+|\s[–—-]\s+)")
_DATELINE_END = re.compile(r"\s*(?:\([^)]{1,30}\))?\s*[–—-]|\.?\s*/[A-Z][\w ]{1,20}/|\s*$")
_POSTED_BY = re.compile(
    r"(?:(?:first|originally) )?(?:posted|published|written|submitted|filed) by [^.!?]{3,100}?,? on ", re.I
)
_BAR = re.compile(r"\s*[|·•]\s*")


def stated_date(words: str) -> PartialDate | None:
    """The date that `words` begins with, as precise as written, or None: for fields that hold nothing else.

    >>> stated_date("2023-06-15T10:00:00Z"), stated_date("June 2023")
    (PartialDate(text='2023-06-15'), PartialDate(text='2023-06'))
    """
    found = _date_at(words.strip(), 0)
    return found[0] if found else None


def date_in_line(line: str, *, language: str | None = None) -> PartialDate | None:
    """The date of publication if that is what the line is there to say, else None.

    The line holds the date alone ("Published on 14 September 2023", a time or "| 5 min" may follow), closes
    a byline with it ("By Ana Lima | June 14, 2023"), or opens a dateline ("Oslo, 14 June 2023 - ...").

    >>> date_in_line("Posted on Wednesday, 14 June 2023 | 5 min read")
    PartialDate(text='2023-06-14')
    >>> date_in_line("On 14 June 2023 the ministers met.") is None
    True
    """
    bare = line.strip().strip("*_#> \t")
    if len(bare) <= LONGEST:
        told = _alone(bare) or _after_byline(bare) or _after_bar(bare) or _dateline(bare) or _posted_by(bare)
        return told or _in_other_words(bare, language)
    return _dateline(bare)


def _alone(bare: str) -> PartialDate | None:
    lead = _LEAD.match(bare)
    found = _date_at(bare, lead.end() if lead else 0)
    return found[0] if found and _CLOSE.match(bare, found[1]) else None


def _after_byline(bare: str) -> PartialDate | None:
    """Of "By Ana Lima, June 14, 2023" or "Ana Lima | 14 June 2023": what follows a short name."""
    name, mark, rest = _partition(bare)
    names_only = bool(name) and all(word[0].isupper() or word in {"and", "in", "by", "&"} for word in name.split())
    return _alone(rest) if mark and names_only and len(name) <= LONGEST // 2 else None


def _after_bar(bare: str) -> PartialDate | None:
    """Of "Comment by Ana Lima, Elm Institute | June 14, 2023": what follows the last bar."""
    *before, last = _BAR.split(bare)
    return _alone(last) if before and not re.search(r"[.!?]\s", " ".join(before)) else None


def _posted_by(bare: str) -> PartialDate | None:
    """Of "Posted by Ana Lima, economist, Oslo, on 14 June 2023": what follows the last "on"."""
    lead = _POSTED_BY.match(bare)
    return _alone(bare[bare.rindex(" on ") + 1 :]) if lead else None


def _partition(bare: str) -> tuple[str, str, str]:
    match = re.search(r"\s*(?:[|·•–—]|,(?=\s))\s*", bare)
    return (bare[: match.start()], match.group(), bare[match.end() :]) if match else (bare, "", "")


def _dateline(bare: str) -> PartialDate | None:
    """The date behind the place, which may have a comma in it: "Washington, D.C., Dec. 17, 2004 -"."""
    for comma in _COMMA.finditer(bare[:LONGEST]):
        found = _date_at(bare, comma.end()) if _PLACE.fullmatch(bare[: comma.end()]) else None
        if found and _DATELINE_END.match(bare, found[1]):
            return found[0]
    return None


def _date_at(words: str, start: int) -> tuple[PartialDate, int] | None:
    for form in _FORMS:
        match = form.match(words, start)
        date = _partial(match) if match else None
        if match and date:
            return date, match.end()
    return None


def _partial(match: re.Match[str]) -> PartialDate | None:
    parts = match.groupdict()
    month = MONTHS.get(parts["month"].lower()) or int(parts["month"])
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    try:
        return PartialDate(f"{parts['year']}-{month:02d}{day}")
    except BadDate:  # 31 June: a slip of the writer, and no date
        return None


def _in_other_words(bare: str, language: str | None) -> PartialDate | None:
    """A date line in another language than English, which dateparser knows the months of."""
    if language in {None, "en"} or not re.search(r"(?:19|20)\d\d", bare) or len(bare) > LONGEST // 3:
        return None
    from dateparser.date import DateDataParser

    settings = {"REQUIRE_PARTS": ["month", "year"], "PREFER_DAY_OF_MONTH": "first", "RELATIVE_BASE": ANY_DAY}
    try:
        parsed = DateDataParser(languages=[language], settings=settings).get_date_data(_FOREIGN_LEAD.sub("", bare))
    except ValueError:  # a language that dateparser does not know
        return None
    if parsed.date_obj is None or parsed.period not in {"day", "month"}:
        return None
    return PartialDate(parsed.date_obj.strftime("%Y-%m-%d")[: 10 if parsed.period == "day" else 7])
