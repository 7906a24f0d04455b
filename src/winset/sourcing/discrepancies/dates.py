"""One event, or one report, dated differently."""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from winset.actors.tables import folded
from winset.ids import PartialDate
from winset.sourcing.crediting.entries import Reference
from winset.sourcing.discrepancies.aligned import Pair, Told, pairs
from winset.sourcing.discrepancies.pages import Page, Span, meet, on_one_matter
from winset.sourcing.likeness import distance
from winset.sourcing.types import Discrepancy, DiscrepancyKind, Telling
from winset.statements.date_mentions import DateMention
from winset.statements.media import medium_at
from winset.statements.types import SegmentKind

_ADDRESS_SLIPS = 3  # characters
_LONG_ADDRESS = 40
_NEAR = 12  # characters between a medium and the date of its report
_CLOSE = 45  # days between two dates of one thing: a slip, not another time
_OWN_TITLE_WORDS, _HEAD = 5, 2_500  # of a document that others cite; characters in which it prints its date
_EVENT_DAYS = 7  # between two dates of one event
_TITLE_WORDS = 3
_PART_START = 0.5  # of the lighter sentence that two tellings of one first day share
_FAR = 100_000  # characters of a document in which days are looked for
_FROM = re.compile(r"\b(?:from|as of|starting|beginning|effective)\s(?:on\s)?(?:the\s)?(?=[A-Z\d])", re.I)
_DATELINE = re.compile(r"\s*[A-Z][^a-z\n]{2,40}[^\n]{0,60}?\s[-–—]{1,2}\s")
_DAY_NAMES = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_YESTERDAY = re.compile(r"\b(?:yesterday|last night|overnight|tomorrow)\b", re.I)
_LONGEST_HEAD = 400  # characters
_OCCASION = re.compile(
    r"\b(?:press conference|briefing|speech|address|remarks|interview|statement|hearing|meeting|session|summit"
    r"|readout)\b",
    re.I,
)
_PART_IN_HEAD, _HEAD_DAYS = 0.5, 3  # a head tells more than a sentence does, and its date is that of one occasion
_PART = 0.6  # of the lighter sentence that two tellings of one event share
_SHARED, _NAMES = 5, 2  # stems and names that they share
_DATED = re.compile(r"\d")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
_NEW_STYLE = 1925  # from here on every calendar in English print is the new one
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WEEKDAY = re.compile(
    r"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s(?:the\s)?"
    rf"(?P<day>(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS}),?\s\d{{4}})|(?:(?:{_MONTHS})\s\d{{1,2}}(?:st|nd"
    rf"|rd|th)?,\s\d{{4}}))\b"
)
_SAYS_WHEN = re.compile(
    r"\b(?:met|meets|meeting|talks|summit|signed|signing|visit(?:ed|s)?|arrived|voted|vote|adopted|announced"
    r"|launched|opened"
    r"|elected|inaugurated|resigned|died|killed|attacked|invaded|held|hosted|agreed|reported|published|revealed|said"
    r"|told"
    r"|confirmed|approved|rejected|ratified|founded|established|spoke|briefing|conference|interview|speech|took place"
    r"|proposed|presented|unveiled|submitted|tabled|decided|ordered|suspended|imposed|introduced|appointed|nominated"
    r"|dismissed|postponed|cancelled|granted|awarded|lifted|arrested|sentenced"
    r"|took office|joined|declared|issued|released|began|ended|closed|passed|struck|sank|landed|tested|fired)\b",
    re.IGNORECASE,
)


def dates(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Reports and events with two dates that cannot be one; not where a document itself tells both."""
    yield from _reports(pages)
    yield from _events(pages)
    yield from _starts(pages)
    for page in pages:
        yield from _weekdays(page)


# --- reports


@dataclass(frozen=True)
class _Dated:
    page: Page
    date: PartialDate
    start: int
    end: int
    entry: Reference
    in_text: bool  # dated in the body rather than in the list


def _reports(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    groups: dict[tuple[str, str], list[_Dated]] = {}
    for page in pages:
        for row in _entries(page):
            groups.setdefault(_work(row.entry), []).append(row)
    for page in pages:
        title = page.read.document.title
        words = re.findall(r"\w+", (title or "").casefold())
        rows = groups.get(("title", " ".join(words))) if len(words) >= _OWN_TITLE_WORDS else None
        if title and rows and page.published and rows[0].entry.medium and not any(row.page is page for row in rows):
            at = max(0, page.text.find(title))
            printed = next((row for row in page.dates(0, _HEAD) if row.date == page.published), None)
            span = (printed.start, printed.end) if printed else (at, at + len(title))
            rows.append(_Dated(page, page.published, *span, replace(rows[0].entry, url=None), True))
    for rows in _joined(groups):
        values = sorted({row.date for row in rows}, key=lambda date: (date.earliest, -len(date.text)))
        precise = [date for date in values if date.precision == "day"]
        if any(not meet(one, two) for one in precise for two in precise) and _is_slip(precise):
            yield _report(rows)


def _is_slip(values: Sequence[PartialDate]) -> bool:
    return (values[-1].earliest - values[0].earliest).days <= _CLOSE or len({date.text[4:] for date in values}) == 1


def _entries(page: Page) -> Iterator[_Dated]:
    for entry in page.references.entries:
        if entry.dated is not None and not (entry.refers_back and entry.dated.text not in _told(page, entry)):
            yield _Dated(page, entry.dated, entry.start, min(entry.end, entry.start + 160), entry, False)
    for pointer in page.references.pointers:
        meant = pointer.entry
        if meant is None or meant.medium is None or meant.dated is None:
            continue
        sentence = page.sentence_at(pointer.start)
        for mention in page.media:
            if mention.name == meant.medium and sentence[0] <= mention.start < pointer.start:
                for date in page.dates(*sentence):
                    if 0 <= date.start - mention.end <= _NEAR and date.date.precision == "day":
                        yield _Dated(page, _of_its_year(date, meant.dated), mention.start, date.end, meant, True)


def _of_its_year(mention: DateMention, dated: PartialDate) -> PartialDate:
    """The day with the year of the entry, where the text names a day and month only."""
    if not mention.relative or mention.date.text[5:] == "02-29":
        return mention.date
    return PartialDate(f"{dated.text[:4]}{mention.date.text[4:]}")


def _told(page: Page, entry: Reference) -> set[str]:
    return {mention.date.text for mention in page.dates(entry.start, entry.end)}


def _work(entry: Reference) -> tuple[str, str]:
    """What an entry stands for: a title at a medium, else its address."""
    words = re.findall(r"\w+", (entry.title or "").casefold())
    if len(words) >= _TITLE_WORDS:
        return "title", " ".join(words)
    return "address", (entry.url or f"{entry.start}").casefold()


def _joined(groups: dict[tuple[str, str], list[_Dated]]) -> Iterator[list[_Dated]]:
    """The groups, those of nearly one address together."""
    by_address: dict[str, list[_Dated]] = {}
    for key, rows in groups.items():
        url = next((row.entry.url for row in rows if row.entry.url), None)
        address = (url or f"{key}").casefold().rstrip("/")
        same = next((each for each in _like(address, by_address)), address)
        by_address.setdefault(same, []).extend(rows)
    yield from by_address.values()


def _like(address: str, known: dict[str, list[_Dated]]) -> Iterator[str]:
    if address in known:
        yield address
    elif len(address) >= _LONG_ADDRESS and len(known) <= 2_000:  # noqa: PLR2004 - 5,000 notes of one document
        host = address.split("/")[2:3]
        for other in known:
            if (
                other.split("/")[2:3] == host
                and _letters(other)
                and distance(address, other, _ADDRESS_SLIPS) <= _ADDRESS_SLIPS
            ):
                yield other


@lru_cache(maxsize=4_096)
def _letters(address: str) -> bool:
    """Whether an address tells one page by a long id or title rather than by a number."""
    return sum(letter.isalpha() for letter in address.rpartition("/")[2]) >= 8  # noqa: PLR2004


def _report(rows: Sequence[_Dated]) -> Discrepancy:
    by_date: dict[str, list[_Dated]] = {}
    for row in sorted(rows, key=lambda row: (row.page.number, row.start)):
        if row.date.precision == "day":
            by_date.setdefault(row.date.text, []).append(row)
    values = sorted(by_date.values(), key=lambda each: (each[0].page.number, each[0].start))
    tellings: list[Telling] = []
    first: list[int] = []
    for each in values:
        first.append(len(tellings))
        shown = list({(row.page.number, row.in_text): row for row in reversed(each)}.values())[::-1]
        tellings += [row.page.telling(row.date.in_words, row.start, row.end) for row in shown[:3]]
    right, why = _right_date(values)
    entry = rows[0].entry
    medium = entry.medium or (medium_at(entry.url) if entry.url else None)
    title = next((row.entry.title for row in rows if row.entry.title), None)
    named = f"“{title}”" if title else "a report"
    return Discrepancy(
        kind=DiscrepancyKind.DATE,
        about=f"the date of {named}" + (f" ({medium})" if medium else ""),
        tellings=tuple(tellings),
        right=None if right is None else first[right],
        why=why,
        confidence=0.85,
    )


def _right_date(values: Sequence[Sequence[_Dated]]) -> tuple[int | None, str]:
    """The date that the address itself holds, else the one that most documents tell."""
    for rows in values:
        for row in rows:
            found = _IN_ADDRESS.search(row.entry.url or "")
            if found:
                told = "-".join(found.groups())
                for number, other in enumerate(values):
                    if other[0].date.text == told:
                        return number, f"The address of the report itself holds {other[0].date.in_words}."
    counts = [len({row.page.number for row in rows}) for rows in values]
    best = max(range(len(values)), key=lambda number: counts[number])
    if counts[best] > 1 and sorted(counts)[-2] < counts[best]:
        others = ", ".join(rows[0].date.in_words for number, rows in enumerate(values) if number != best)
        return best, f"{_count(counts[best])} documents tell {values[best][0].date.in_words}; only one tells {others}."
    return None, "The documents do not decide it: each date is told by as many."


def _count(number: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five"}.get(number, str(number))


# --- events


def _events(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    if len(pages) < 2:  # noqa: PLR2004 - two documents that tell it
        return
    seen: set[tuple[str, str]] = set()
    heads = tuple(_heads(pages))
    for pair in pairs(pages, _is_dated, also=heads):
        in_head = pair.one in heads or pair.two in heads
        if pair.part < (_PART_IN_HEAD if in_head else _PART) or len(pair.shared) < _SHARED or pair.names < _NAMES:
            continue
        one, two = (_only_day(row) for row in (pair.one, pair.two))
        if one is not None and two is not None:
            first, second = one, two
            one, two = _of_one_year(pair.one, first, second), _of_one_year(pair.two, second, first)
        if (
            one is None
            or two is None
            or not _same_people(pair)
            or (one.relative or two.relative) * (one.date.text[5:] == two.date.text[5:])
        ):
            continue  # the year was inferred: 5 March of which year is not told
        if meet(one.date, two.date) or not _is_slip(sorted((one.date, two.date), key=str)):
            continue
        if not _near(one.date, two.date, _HEAD_DAYS if in_head else _EVENT_DAYS):
            continue
        if _tells_both(pair, one, two):
            continue
        key = (min(one.date.text, two.date.text), max(one.date.text, two.date.text))
        if key not in seen:
            seen.add(key)
            yield _event(pair, one, two, heads)


def _of_one_year(row: Told, mention: DateMention, other: DateMention) -> DateMention | None:
    """The day with the year of the other where its own year is not told, and with the weekday behind a dateline.

    None where the dateline names the day of writing, and the weekday behind it is no day of that week.
    """
    date = mention.date
    if mention.relative and row.page.day is None and date.text[5:] != "02-29":
        date = PartialDate(f"{other.date.text[:4]}{date.text[4:]}")
    line = _DATELINE.match(row.page.text, row.start, row.end)
    if line is not None and mention.end <= line.end():
        weekdays = {match.group() for match in _DAY_NAMES.finditer(row.page.text, line.end(), row.end)}
        if len(weekdays) > 1 or _YESTERDAY.search(row.page.text, line.end(), row.end):
            return None
        if weekdays:
            back = (date.earliest.weekday() - list(day_name).index(weekdays.pop())) % 7
            date = PartialDate((date.earliest - timedelta(days=back)).isoformat())
    return replace(mention, date=date)


def _near(one: PartialDate, two: PartialDate, days: int) -> bool:
    """Whether one may be a slip for the other: few days apart, or the same day of another month or year."""
    return abs((one.earliest - two.earliest).days) <= days or (
        one.text[5:] == two.text[5:] or (one.text[:4], one.text[8:]) == (two.text[:4], two.text[8:])
    )


def _same_people(pair: Pair) -> bool:
    """Whether neither sentence names somebody in full whose surname the other lacks, while the other names another."""
    lacking = []
    for row, other in ((pair.one, pair.two), (pair.two, pair.one)):
        words = set(folded(other.page.text[other.start : other.end]).split())
        names = row.page.names.names_in(row.start, row.end)
        lacking.append(
            [name for name in names if not words & set(folded(row.page.text[name.start : name.end]).split()[1:])]
        )
    return not all(lacking)


def _heads(pages: Sequence[Page]) -> Iterator[Told]:
    """The lines above the body, where a transcript or release tells what it is of, where and when."""
    for page in pages:
        body = next((part for part in page.read.segments if part.kind is SegmentKind.BODY), None)
        first = page.read.segments[0] if page.read.segments else None
        if first is None or body is None:
            continue
        end = min(body.end, first.start + _LONGEST_HEAD)
        found = page.dates(first.start, end)
        if len({row.date for row in found}) == 1 and _OCCASION.search(page.text, first.start, end):
            yield Told(page, first.start, end)


def _is_dated(page: Page, span: Span) -> bool:
    words = page.text[slice(*span)]
    return _DATED.search(words) is not None and _SAYS_WHEN.search(words) is not None


def _only_day(row: Told) -> DateMention | None:
    """The one day that a sentence names; None where it names none, or several dates."""
    found = row.page.dates(row.start, row.end)
    days = {mention.date.text for mention in found}
    plain = [
        mention
        for mention in found
        if mention.date.precision == "day" and row.page.text[mention.start : mention.end].strip()
    ]
    return plain[0] if len(days) == 1 and plain and _DATED.search(row.page.text, plain[0].start, plain[0].end) else None


def _tells_both(pair: Pair, one: DateMention, two: DateMention) -> bool:
    """Whether one of the documents names the other's date too: then these are two occasions."""
    return _tells(pair.one.page, two) or _tells(pair.two.page, one)


def _tells(page: Page, day: DateMention) -> bool:
    """Whether a document names that day, its references left aside; where it tells no year, the day and month."""
    parts = [part for part in page.read.segments if part.kind is not SegmentKind.REFERENCE and part.start < _FAR]
    return any(
        mention.date == day.date or (mention.relative and mention.date.text[5:] == day.date.text[5:])
        for part in parts
        for mention in page.dates(part.start, min(part.end, _FAR))
    )


# --- first days


def _starts(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """From which day on a measure holds, told in documents on one matter and of one time."""
    seen: set[tuple[str, str]] = set()
    for pair in pairs(pages, _has_start):
        one, two = _start(pair.one), _start(pair.two)
        if one is None or two is None or pair.part < _PART_START or len(pair.shared) < _SHARED or pair.names < _NAMES:
            continue
        if not on_one_matter(pair.one.page, pair.two.page, days=_CLOSE) or not _same_people(pair):
            continue
        year = next((row.date.text[:4] for row in (one, two) if not row.relative), one.date.text[:4])
        days = [
            PartialDate(f"{year}{row.date.text[4:]}") if row.relative and row.date.text[5:] != "02-29" else row.date
            for row in (one, two)
        ]
        one, two = (replace(row, date=day) for row, day in zip((one, two), days, strict=True))
        if meet(one.date, two.date) or not _near(one.date, two.date, _EVENT_DAYS):
            continue
        if abs((one.date.earliest - two.date.earliest).days) > 2 * _CLOSE or _tells_both(pair, one, two):
            continue
        key = (min(days[0].text, days[1].text), max(days[0].text, days[1].text))
        if key not in seen:
            seen.add(key)
            also = {row: sum(_tells(page, day) for page in pages) for row, day in enumerate((one, two))}
            yield _start_told(pair, one, two, also)


def _start_told(pair: Pair, one: DateMention, two: DateMention, also: dict[int, int]) -> Discrepancy:
    right = None if also[0] == also[1] else max(also, key=lambda row: also[row])
    if right is not None and also[right] < 2:  # noqa: PLR2004 - one against none
        right = None
    why = "The documents do not decide it: each tells one day, and neither names the other."
    if right is not None:
        day = (one, two)[right].date.in_words
        why = f"{_count(also[right])} documents name {day}; only {also[1 - right]} the other day."
    return Discrepancy(
        kind=DiscrepancyKind.DATE,
        about=f"from which day on, {one.date.in_words} or {two.date.in_words}",
        tellings=tuple(
            row.page.telling(mention.date.in_words, mention.start, mention.end)
            for row, mention in ((pair.one, one), (pair.two, two))
        ),
        right=right,
        why=why,
        confidence=0.7,
    )


def _has_start(page: Page, span: Span) -> bool:
    words = page.text[slice(*span)]
    return _DATED.search(words) is not None and _FROM.search(words) is not None


def _start(row: Told) -> DateMention | None:
    """The one day of a sentence that stands behind "from"."""
    ends = {match.end() for match in _FROM.finditer(row.page.text, row.start, row.end)}
    found = [
        mention
        for mention in row.page.dates(row.start, row.end)
        if mention.date.precision == "day"
        and _DATED.search(row.page.text, mention.start, mention.end)
        and any(mention.start <= end <= mention.end or end == mention.start for end in ends)
    ]
    return found[0] if len(found) == 1 else None


def _event(pair: Pair, one: DateMention, two: DateMention, heads: Sequence[Told]) -> Discrepancy:
    right: int | None = None
    why = "The documents do not decide it: each tells one day, and neither names the other."
    for number, row in enumerate((pair.one, pair.two)):
        if row in heads:
            right = number
            why = f"The {('first', 'second')[number]} is the record of the occasion itself and is dated at its head."
    return Discrepancy(
        kind=DiscrepancyKind.DATE,
        about=f"the day of one event, told on {one.date.in_words} and on {two.date.in_words}",
        tellings=tuple(
            row.page.telling(mention.date.in_words, mention.start, mention.end)
            for row, mention in ((pair.one, one), (pair.two, two))
        ),
        right=right,
        why=why,
        confidence=round(min(0.85, 0.3 + 0.5 * pair.part), 2),
    )


# --- weekdays


def _weekdays(page: Page) -> Iterator[Discrepancy]:
    """Days that the document gives a weekday which they did not have."""
    for match in _WEEKDAY.finditer(page.text):
        day = next((row.date for row in page.dates(match.end("weekday"), match.end()) if not row.relative), None)
        if day is None or day.precision != "day" or day.earliest.year < _NEW_STYLE:
            continue
        real = day_name[day.earliest.weekday()]
        if real.casefold() != match["weekday"].casefold():
            yield Discrepancy(
                kind=DiscrepancyKind.DATE,
                about=f"the weekday of {day.in_words}",
                tellings=(
                    page.telling(match["weekday"], *match.span()),
                    page.telling(day.in_words, *match.span("day")),
                ),
                why=f"{day.in_words} was a {real}; whether the day or the weekday is wrong is not told.",
                confidence=0.9,
            )
