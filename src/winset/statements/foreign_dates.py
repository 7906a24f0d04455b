"""Dates in text of other languages than English: their words from dateparser, the anchoring ours.

dateparser knows the words of 200 languages and cannot be asked for whole expressions here: on 80 of them in 17
languages it did not read "am Mittwoch", "el miércoles", "vergangenen Dienstag" or the Chinese "6月6日", read the
Swedish "12 maj" as May 2012, gave every month a day, counted a weekday that is the day of publication as a week
before, and took a millisecond each. Its tables of months, weekdays and days relative to today read all of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from winset.ids import PartialDate
from winset.statements.date_mentions import DateMention, Now, iso, latest_or_next, months_away, week_from

_MONTH_KEYS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAY_KEYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AWAY = re.compile(r"(?P<count>\d) (?P<unit>day|week|month|year) ago")
_IN = (
    r"(?:en|au mois de|de|du mois de|im|in|em|a|ad|nel|nello|w|we|ve|v|в|у|во|i|ve|nel mese di|op|al|fin|fino|del"
    r"|dal|début"
    r"|anfang|ende|mitte|początku|końcu)"
)
_SHORT_MONTHS = frozenset(("mai", "mei", "maj", "май", "мая", "мае", "máj", "юни", "mayıs"))
_ONLY_AFTER_PREPOSITION = frozenset(
    ("ru", "uk", "pl", "cs", "sk", "bg", "sr", "hr", "be", "mk", "sl")
)  # "среда" is a milieu too
_CAPITALISED = frozenset(("de", "lb"))  # languages that write weekdays with a capital
_TO_COME = re.compile(
    r"(?:prochain|nächst|kommend|próxim|prossim|volgend|aanstaand|komend|przyszł|następn|следующ|наступн|nästa|下|来"
    r"|明)\w*\W{0,2}\Z",
    re.IGNORECASE,
)
_TO_COME_BEHIND = re.compile(
    r"\W{1,2}(?:prochain|próxim|que vi?ene|prossim|que vem|aanstaande|следующ|volgend)", re.IGNORECASE
)
_GAP = re.compile(r",?\s{0,3}(?:(?:den|der|dem|le|el|il|o|dia)\s)?")
_SAME_AS = {
    "no": "nb",
    "nn": "nb",
    "sh": "sr-Latn",
    "zh-cn": "zh",
    "zh-tw": "zh",
}  # of detectors, and what dateparser calls it
_FULL_WORD = 4  # letters; shorter ones are abbreviations, and "mer" is a sea
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<one>\d\d?)(?P<mark>[./-])(?P<two>\d\d?)(?P=mark)(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
)
_ISO = re.compile(
    r"(?<![\d/.-])(?P<year>(?:1[6-9]|20)\d\d)(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)"
)
_EAST_ASIAN = re.compile(
    r"(?:(?P<year>(?:1[6-9]|20)\d\d)\s?[年년]\s?)?(?<!\d)(?P<month>\d\d?)\s?[月월](?:份)?(?:\s?(?P<day>\d\d?)\s?[日号號일])?"
)
_YEAR = re.compile(
    rf"(?<![\w])(?:{_IN}\s+(?:l['’]année\s|jahre?\s|el año\s|rok\w*\s)?(?P<year>(?:1[6-9]|20)\d\d)(?![\d%.,/-]?\d))"
    r"|(?<!\d)(?P<other>(?:1[6-9]|20)\d\d)\s?[年년](?!\s?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a language for months, weekdays and days near today mean, and where they may stand."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]  # 0 is Monday
    away: Mapping[str, tuple[int, str]]  # "yesterday": (1, "day")
    day_first: bool
    capitalised: bool  # whether weekdays are written with a capital
    explicit: re.Pattern[str] | None  # 5. Mai 2020, 5 mai
    month: re.Pattern[str] | None  # Mai 2020, im Mai
    relative: re.Pattern[str] | None  # weekdays, yesterday, last week


def foreign_dates(
    text: str, start: int, end: int, *, language: str, published: PartialDate | None
) -> tuple[DateMention, ...]:
    """The dates named in `text[start:end]`, which is in that language, in order and without overlap.

    language: BCP 47; of one that dateparser does not know, only figures are read. Days and months without a year and
    weekdays are the latest not after `published`, as in `date_mentions`. 6.7.2023 is read in the order that the
    language writes it. Cost: linear; the tables of a language are read once, 0.2 s for the first.

    >>> found = foreign_dates("Sie sagte am Dienstag ab.", 0, 25, language="de", published=PartialDate("2021-05-05"))
    >>> [str(mention.date) for mention in found]
    ['2021-05-04']
    """
    words = _words(language.split("-", maxsplit=1)[0].lower())
    now = Now(published)
    found = sorted(_found(text, start, end, words, now), key=lambda mention: (mention.start, -mention.end))
    apart: list[DateMention] = []
    for mention in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
        elif len(mention.date.text) > len(apart[-1].date.text):
            apart[-1] = mention
        if len(apart) > 1 and _is_weekday_of(text, *apart[-2:]):
            del apart[-2]
    return tuple(apart)


def _is_weekday_of(text: str, weekday: DateMention, day: DateMention) -> bool:
    """Whether two mentions are one date: "mercredi 3 mai"."""
    both_days = weekday.date.precision == day.date.precision == "day" and text[day.start].isdecimal()
    return (
        both_days
        and not text[weekday.start : weekday.end][-1].isdecimal()
        and _GAP.fullmatch(text, weekday.end, day.start) is not None
    )


def _found(text: str, start: int, end: int, words: _Words, now: Now) -> Iterator[DateMention]:
    patterns: tuple[tuple[re.Pattern[str] | None, Callable[[re.Match[str]], str | None]], ...] = (
        (_ISO, lambda match: iso(int(match["year"]), int(match["month"]), int(match["day"]))),
        (_NUMERIC, lambda match: _numeric(match, words)),
        (_EAST_ASIAN, lambda match: _of_month(int(match["month"]), match, now)),
        (words.explicit, lambda match: _of_month(words.months[_plain(match["word"])], match, now)),
        (words.month, lambda match: _of_month(words.months[_plain(match["word"])], match, now)),
        (words.relative, lambda match: _relative(match, words, now)),
        (_YEAR, lambda match: match["year"] or match["other"]),
    )
    for pattern, resolve in patterns:
        for match in pattern.finditer(text, start, end) if pattern else ():
            resolved = resolve(match)
            if resolved:
                year = match.groupdict().get("year") or match.groupdict().get("other")
                yield DateMention(*match.span(), PartialDate(resolved), relative=not year)


def _numeric(match: re.Match[str], words: _Words) -> str | None:
    year, one, two = (int(match[name]) for name in ("year", "one", "two"))
    if one > 12 or words.day_first:  # noqa: PLR2004 - months
        return iso(year, two, one)
    if two > 12 or one == two:  # noqa: PLR2004 - months
        return iso(year, one, two)
    return iso(year) if min(one, two) else None


def _of_month(month: int, match: re.Match[str], now: Now) -> str | None:
    parts = match.groupdict()
    day = int(parts["day"]) if parts.get("day") else None
    if parts.get("year"):
        return iso(int(parts["year"]), month, day)
    if now.published is None or not 1 <= month <= 12:  # noqa: PLR2004 - months
        return None
    return latest_or_next(month, day, now.published)


def _relative(match: re.Match[str], words: _Words, now: Now) -> str | None:
    part = "away" if match["away"] else "weekday"
    at, word = match.start(part), _plain(match[part])
    if _TO_COME.search(match.string[max(0, at - 16) : at]):
        return None
    if _TO_COME_BEHIND.match(match.string, match.end()):
        return None
    if part == "away":
        return _away(*words.away[word], now)
    capital = match[part][0].isupper() and not words.capitalised and match.string[max(0, at - 1) : at] == " "
    if now.day is None or capital:
        return None  # "Domingo" is a name
    back = (now.day.weekday() - words.weekdays[word]) % 7
    return (now.day - timedelta(days=back)).isoformat()


def _away(count: int, unit: str, now: Now) -> str | None:
    if unit == "year":
        return iso(now.published.earliest.year - count) if now.published else None
    if unit == "month":
        return months_away(now.month, -count)
    if now.day is None:
        return None
    return (now.day - timedelta(days=count)).isoformat() if unit == "day" else week_from(now.day, -count)


def _plain(word: str) -> str:
    return " ".join(word.lower().replace("’", "'").split())


@cache
def _words(language: str) -> _Words:
    """Of a language, from dateparser's tables; empty where it has none."""
    from dateparser.languages.loader import default_loader

    try:
        table = default_loader.get_locale(_SAME_AS.get(language, language)).info
    except ValueError:  # it knows no such language
        table = {}
    months = {_plain(word): number for number, key in enumerate(_MONTH_KEYS, 1) for word in table.get(key, ())}
    weekdays = {
        _plain(word): number
        for number, key in enumerate(_WEEKDAY_KEYS)
        for word in table.get(key, ())
        if _is_full(_plain(word)) and not (language == "pt" and number < 5 and "feira" not in word.lower())  # noqa: PLR2004
    }
    away = {
        _plain(word): (int(told["count"]), told["unit"])
        for key, names in table.get("relative-type", {}).items()
        if (told := _AWAY.fullmatch(key))
        for word in names
        if _is_full(_plain(word), shortest=3 if told["unit"] == "day" else 6)
    }
    months = {word: number for word, number in months.items() if not word.isdecimal() and len(word) > 1}
    bare = [word for word in months if _is_full(word) or word in _SHORT_MONTHS]
    lead = rf"(?:(?<!\w)(?P<lead>{_IN})\s+){'' if language in _ONLY_AFTER_PREPOSITION else '?'}"
    return _Words(
        months=months,
        weekdays=weekdays,
        away=away,
        capitalised=language in _CAPITALISED,
        day_first=table.get("date_order") == "DMY",
        explicit=_pattern(
            months,
            r"(?<![\d.,/-])(?P<day>[0-3]?\d)(?:\.|er|º|ª|°|-?[ег]о?)?\s+(?:de\s+|d['’])?",
            r"\.?(?:\s+(?:de\s+|del\s+)?(?P<year>(?:1[6-9]|20)\d\d)(?!\d))?",
        ),
        month=_pattern(
            bare,
            rf"(?<!\w)(?:(?P<in>{_IN})\s+)?",
            r"(?:\s+(?:de\s+|del\s+)?(?P<year>(?:1[6-9]|20)\d\d)(?!\d)|(?(in)|(?!)))",
        ),
        relative=_relative_pattern(list(away), list(weekdays), lead),
    )


def _is_full(word: str, *, shortest: int = _FULL_WORD) -> bool:
    """Whether it is no abbreviation; a word of Chinese characters or kana is short."""
    least = 2 if word and word[0] > "\u2e7f" else shortest
    return len(word) >= least and not word.endswith(".") and any(letter.isalpha() for letter in word)


def _one_of(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+") for word in longest_first)


def _bounded(words: list[str]) -> str:
    """Words as such; those of scripts without spaces anywhere."""
    spaced = _one_of([word for word in words if word[0] <= "\u2e7f"])
    joined = _one_of([word for word in words if word[0] > "\u2e7f"])
    return "|".join(part for part in (rf"(?<!\w)(?:{spaced})(?!\w)" if spaced else "", joined) if part)


def _pattern(words: Mapping[str, int] | list[str], before: str, behind: str) -> re.Pattern[str] | None:
    spaced = [word for word in words if word[0] <= "\u2e7f" and not word[0].isdecimal()]
    return re.compile(rf"{before}(?P<word>{_one_of(spaced)})(?!\w){behind}", re.IGNORECASE) if spaced else None


def _relative_pattern(away: list[str], weekdays: list[str], lead: str) -> re.Pattern[str] | None:
    if not weekdays:
        return None
    days = rf"{lead}(?P<weekday>{_bounded(weekdays)})"
    near = f"(?P<away>{_bounded(away)})" if away else "(?P<away>(?!))"
    return re.compile(f"{days}|{near}", re.IGNORECASE)
