"""Where a text points to its references: [5], [1, 3-5], ⁷, (2), "said.4", (Reed 2020), "Reed (2020) argues"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from winset.sourcing.crediting.entries import PLAIN_DIGITS, Reference
from winset.statements.sentence_ends import SUPERSCRIPTS
from winset.statements.types import Segment, SegmentKind

Span = tuple[int, int]

MOST_IN_A_RANGE = 50  # notes that "[5-50]" may stand for
_BRACKET = re.compile(
    r"\[(?:\^?(?P<one>\d{1,4})|\^(?P<word>[\w-]{1,12})|(?P<many>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){1,12}))\](?![(\w])"
)
_LINKED = re.compile(
    r"\[?\[\^?(?P<number>\d{1,3})\]?\]\((?:#|[^)\s]{0,300}#(?:cite|fn|note|ftn|ref|endnote))[^)\s]{0,100}\)"
)
_RAISED = re.compile(rf"(?<=[\w.,;:!?\"”’)\]])(?P<number>[{SUPERSCRIPTS}]{{1,3}})(?![\w{SUPERSCRIPTS}⁺⁻ᐟ])")
_UNIT = re.compile(r"(?:(?<![^\W\d_])(?:[kcdm]?m|ft|in|yd|mi|s|x|y|z|n|r|CO|10)|\d)\Z")  # "km²", "10⁶"
_ROUND = re.compile(r"(?:(?<=[\w.,;:!?\"”’)])|(?<=[\w.,;:!?\"”’)]\s))\((?P<number>\d{1,3})\)(?=[.,;:!?]|\s*(?:\n|\Z))")
_ROUND_GLUED = re.compile(r"(?<=[a-z.,;!?\"”’])\((?P<number>\d{1,3})\)(?=\s|\Z)")
_GLUED = re.compile(r"(?:(?<=[a-z]{3}[.,;:!?])|(?<=[.,!?][\"”’)]))(?P<number>\d{1,3})(?=\s|\Z)")
_SEE_NOTE = re.compile(
    r"\b(?:see|in|at|cf\.?)\s(?:also\s)?(?:(?:end|foot)?notes?|fn\.?)\s(?P<number>\d{1,3})\b", re.IGNORECASE
)
_SPEAKS_OF = re.compile(  # "at [45]" speaks of a paragraph
    r"(?:^|\W)(?:at|in|to|and|see|para|paras|paragraphs?|of|from|by)\.?\s\Z|\d\Z", re.IGNORECASE
)
_RANGE = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_NAME = r"[A-ZÀ-Þ][^\W\d_]*(?:[’'-][^\W\d_]+)*"
_NAMES = (
    rf"(?P<names>{_NAME}(?:\s(?:{_NAME}|of|for|the|de|van|von|der|on)){{0,6}}"
    rf"(?:,\s{_NAME}){{0,4}}(?:,?\s(?:&|and)\s{_NAME}(?:\s{_NAME}){{0,2}})?(?:,?\set\sal\.?)?)"
)
_CITED = re.compile(
    rf"{_NAMES}(?:[’']s?)?,?\s(?P<year>(?:1[89]|20)\d\d[a-z]?(?![\d-]))(?P<more>(?:,\s(?:1[89]|20)\d\d[a-z]?){{0,4}})"
)
_IN_BRACKETS = re.compile(r"\((?P<words>[^()\n]{4,300})\)")
_ARGUED = re.compile(rf"{_NAMES}(?:[’']s?)?\s\((?P<year>(?:1[89]|20)\d\d[a-z]?)(?:[,:]\s?[^()\n]{{0,30}})?\)")
_ARGUES = re.compile(
    r"\s(?:has |have |also |further |rightly |recently ){0,2}(?:argu|find|found|show|claim|contend|suggest|not"
    r"|propos|conclud"
    r"|demonstrat|observ|estimat|report|describ|hold|held|maintain|assert|writ|wrote|stat|point|analy[sz]|examin|defin"
    r"|identif|discuss|emphasi[sz]|call|see|document|warn|caution|posit|stress)\w*"
)
_AGAIN = re.compile(r"\((?:ibid(?:em)?|id)\.?(?:,?\s(?:pp?\.\s?)?\d{1,4}(?:[–-]\d{1,4})?)?\)", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d[a-z]?")
_SEVERAL = re.compile(r"\set\sal|&|\sand\s")
_HEAD = re.compile(
    r"(?:As|In|But|See|While|Since|For|And|Like|Following|Unlike|Here|Thus|However|Although|Though|When|Where|Later)\s"
)
_FIRST_NAME = re.compile(_NAME)
_LEAD = 12  # characters before a mark that show what it is


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place of the text that points to a reference, half-open; "[5, 7]" is two of them at one place."""

    start: int
    end: int
    marker: str  # "5", or "Reed 2020"
    sure: bool = True  # whether it is a pointer even where no entry answers it
    entry: Reference | None = None
    credits_somebody: bool = False  # "Reed (2020) argues" does, "(Bergen, 2020)" may not


def numbered_pointers(
    text: str, segments: Sequence[Segment], entries: Mapping[str, Sequence[Reference]]
) -> Iterator[Pointer]:
    """Notes by number, in text order of each paragraph; those that nothing answers only where they are surely notes.

    entries: by number.
    """
    forms = {entry.form for rows in entries.values() for entry in rows}
    seen = 0
    for segment in segments:
        if segment.kind is SegmentKind.REFERENCE:
            continue
        found = list(_brackets(text, segment, entries))
        if forms:
            found += _others(text, segment, entries, forms)
            for match in _GLUED.finditer(text, segment.start, segment.end) if forms & {"plain", "raised"} else ():
                number = match["number"]
                if number in entries and int(number) <= seen + 1:
                    seen = max(seen, int(number))
                    found.append(Pointer(*match.span(), number))
        yield from sorted(found, key=lambda pointer: pointer.start)


def _brackets(text: str, segment: Segment, entries: Mapping[str, Sequence[Reference]]) -> Iterator[Pointer]:
    if text.find("[", segment.start, segment.end) < 0:
        return
    for match in _LINKED.finditer(text, segment.start, segment.end):
        yield Pointer(*match.span(), match["number"])
    for match in _BRACKET.finditer(text, segment.start, segment.end):
        number = match["one"] or match["word"]
        before = text[max(segment.start, match.start() - _LEAD) : match.start()]
        if not before.strip("[ ") or (text[match.end() : match.end() + 2] == "](" and before.endswith("[")):
            continue  # the number of the paragraph itself; or a link
        if number and len(number) > 3 and number.isdecimal() and number not in entries:  # noqa: PLR2004 - a year
            continue
        if number:
            sure = _SPEAKS_OF.search(before) is None
            if sure or number in entries:
                yield Pointer(*match.span(), number, sure)
        else:
            several = list(_numbers(match["many"]))
            if any(each in entries for each in several):
                yield from (Pointer(*match.span(), each) for each in several)


def _numbers(words: str) -> Iterator[str]:
    """The numbers of "1, 3-5"; a range that runs backwards or far is its two ends.

    >>> list(_numbers("1, 3-5"))
    ['1', '3', '4', '5']
    """
    for match in _RANGE.finditer(words):
        low, high = int(match[1]), int(match[2] or match[1])
        if low <= high <= low + MOST_IN_A_RANGE:
            yield from map(str, range(low, high + 1))
        else:
            yield from (match[1], match[2])


def _others(
    text: str, segment: Segment, entries: Mapping[str, Sequence[Reference]], forms: set[str]
) -> Iterator[Pointer]:
    for match in _RAISED.finditer(text, segment.start, segment.end):
        number = match["number"].translate(PLAIN_DIGITS)
        unit = _UNIT.search(text[max(segment.start, match.start() - 4) : match.start()])
        if not unit and (number in entries or "raised" in forms):
            yield Pointer(*match.span(), number)
    for match in _SEE_NOTE.finditer(text, segment.start, segment.end):
        if match["number"] in entries:
            yield Pointer(*match.span(), match["number"])
    if "round" in forms:
        for pattern in (_ROUND, _ROUND_GLUED):
            for match in pattern.finditer(text, segment.start, segment.end):
                if match["number"] in entries:
                    yield Pointer(*match.span(), match["number"])


def name_pointers(text: str, segments: Sequence[Segment], entries: Mapping[str, Reference]) -> Iterator[Pointer]:
    """References by author and year, in the text's order.

    entries: by "surname year", case folded; where there are none, only "Reed (2020) argues" is one.
    """
    for segment in segments:
        if segment.kind is SegmentKind.REFERENCE:
            continue
        for match in _ARGUED.finditer(text, segment.start, segment.end):
            head = _HEAD.match(match["names"])
            names = match["names"][head.end() :] if head else match["names"]
            entry = _meant(names, match["year"], entries)
            argued = _ARGUES.match(text, match.end()) is not None
            if entry or argued:
                start = match.start() + (head.end() if head else 0)
                marker, sure = f"{names} {match['year']}", bool(entries) and argued
                yield Pointer(start, match.end(), marker, sure, entry, credits_somebody=argued)
        for outer in _IN_BRACKETS.finditer(text, segment.start, segment.end) if entries else ():
            yield from _in_brackets(text, outer, entries)


def again_pointers(text: str, segments: Sequence[Segment], named: Sequence[Pointer]) -> Iterator[Pointer]:
    """What "(ibid., p. 9)" in the text means: the entry of the author and year before it.  named: in text order."""
    starts = [pointer.start for pointer in named]
    for segment in segments:
        if segment.kind is SegmentKind.REFERENCE:
            continue
        for match in _AGAIN.finditer(text, segment.start, segment.end):
            at = bisect_left(starts, match.start()) - 1
            if at >= 0 and named[at].entry is not None:
                yield Pointer(*match.span(), named[at].marker, sure=False, entry=named[at].entry)


def _in_brackets(text: str, outer: re.Match[str], entries: Mapping[str, Reference]) -> Iterator[Pointer]:
    for match in _CITED.finditer(text, outer.start("words"), outer.end("words")):
        for year in (match["year"], *_YEAR.findall(match["more"])):
            entry = _meant(match["names"], year, entries)
            sure = _SEVERAL.search(match["names"]) is not None
            yield Pointer(match.start(), match.end(), f"{match['names']} {year}", sure, entry, credits_somebody=sure)


def _meant(names: str, year: str, entries: Mapping[str, Reference]) -> Reference | None:
    """The entry by the first of its authors, or by the name of an organisation, and the year."""
    first = _FIRST_NAME.match(names)
    heads = [names, _SEVERAL.split(names)[0].split(",")[0].strip(), first.group() if first else names]
    words = heads[1].split()
    heads += [" ".join(words[at:]) for at in range(1, len(words))]  # "As Reed (2020)"
    for head in heads:
        for when in (year, year.rstrip("abcdefghijklmnopqrstuvwxyz")):
            if entry := entries.get(f"{head} {when}".casefold()):
                return entry
    return None
