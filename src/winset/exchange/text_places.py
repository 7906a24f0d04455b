"""Places in a text as another program counts them, found again in the text as winset keeps it: NFC, LF, code points.

Programs count code points or UTF-16 code units, a line end of two characters as two or as one, a byte order mark or
not; few say which. `counting` finds the way in which all places lie in the text and hold the words they are said to.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from winset.corpus.types import clean_text

BOM = "\ufeff"
LOOKED_AT = 200  # places by which the way of counting is found
_UNUSUAL = re.compile("[\U00010000-\U0010ffff]|\r\n?|\n")
_ELLIPSIS = re.compile(r"(?:\.{3}|…)$")


class LineEnds(StrEnum):
    """How CR LF, or a line end of any kind, is counted."""

    AS_THEY_ARE = "as they are"
    ONE = "CR LF as one"
    TWO = "every line end as two"


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count characters."""

    utf16: bool = False  # code units rather than code points
    line_ends: LineEnds = LineEnds.AS_THEY_ARE
    mark: bool = False  # a byte order mark that was there is counted


STANDARD = Counting()
WAYS = tuple(  # the standard's first, then what is seen most
    Counting(utf16=utf16, line_ends=line_ends, mark=mark)
    for mark in (False, True)
    for line_ends in LineEnds
    for utf16 in (False, True)
)


@dataclass(frozen=True, slots=True)
class Told:
    """A place as a file tells it: half-open, in the program's own counting, with the words it is said to hold."""

    start: int
    end: int
    words: str = ""  # the beginning of them will do; "": not told


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text as winset keeps it, and where each place of the text it was made of has gone."""

    text: str
    _raw: str = field(repr=False)
    _old: Sequence[int] = field(
        repr=False
    )  # where each run begins in the raw text; runs alternate with nothing left out
    _new: Sequence[int] = field(repr=False)  # and in the clean one
    _whole: Sequence[bool] = field(repr=False)  # whether the run is unchanged

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A place of the raw text, 0 <= start < end; what became one character with something beside it is all in."""
        return self._at(start, bisect_right(self._old, start) - 1, up=False), self._at(
            end, max(0, bisect_left(self._old, end) - 1), up=True
        )

    def _at(self, place: int, run: int, *, up: bool) -> int:
        if self._whole[run]:
            return self._new[run] + place - self._old[run]
        last = run + 1 == len(self._new)
        if place == self._old[run]:
            return self._new[run]
        if not up:
            return self._new[run]
        return len(self.text) if last else self._new[run + 1]


def cleaned(raw: str) -> CleanText:
    """The text with NFC and LF; a byte order mark at its start is no part of either text."""
    raw = raw.removeprefix(BOM)
    if "\r" not in raw and unicodedata.is_normalized("NFC", raw):
        return CleanText(raw, raw, (0,), (0,), (True,))
    old, new, whole, pieces, size = [0], [0], [True], [], 0
    for start, end in _runs(raw):
        piece = raw[start:end]
        made = unicodedata.normalize("NFC", piece.replace("\r\n", "\n").replace("\r", "\n"))
        same = made == piece
        if not (same and whole[-1]):
            if old[-1] == start:
                old.pop(), new.pop(), whole.pop()
            old.append(start)
            new.append(size)
            whole.append(same)
        pieces.append(made)
        size += len(made)
    text = "".join(pieces)
    whole_text = clean_text(BOM + raw)
    if text != whole_text:  # a character of a Unicode later than ours, say: then nothing is known of places inside
        return CleanText(whole_text, raw, (0,), (0,), (False,))
    return CleanText(text, raw, old, new, whole)


def counting(raw: str, places: Iterable[Told], *, marked: bool = True) -> Counting:
    """The way in which most places lie in the text and hold their words; the standard's where several do.

    raw: as it stands in the file, a byte order mark with it where there is one.  marked: it may be counted.
    Cost: one pass over the text for each way that could differ.
    """
    marked, text = marked and raw.startswith(BOM), raw.removeprefix(BOM)
    if not marked and not _UNUSUAL.search(text):
        return STANDARD
    known = _some(list(places))
    best, most = STANDARD, (-1, -1)
    for way in WAYS:
        if way.mark and not marked:
            break
        ruler = Ruler(text, way)
        inside = [each for each in known if 0 <= ruler.less(each.start) < each.end <= ruler.size + ruler.before]
        held = sum(1 for each in inside if each.words and _holds(text[slice(*ruler.span(each.start, each.end))], each))
        if (len(inside), held) > most:
            best, most = way, (len(inside), held)
        if most == (len(known), sum(1 for each in known if each.words)):
            break
    return best


class Ruler:
    """Places of a text counted in some way, in code points."""

    def __init__(self, text: str, way: Counting) -> None:
        self.before = 1 if way.mark else 0
        self._units, self._points = [0], [0]  # of both, where an unusual character begins and ends
        unit = point = 0
        for found in _UNUSUAL.finditer(text):
            sign = found[0]
            points = len(sign)
            units = _width(sign, way)
            if units != points:
                unit += found.start() - point
                point = found.start()
                self._add(unit, point)
                unit, point = unit + units, point + points
                self._add(unit, point)
        self.size = unit + len(text) - point  # of the text, in units

    def less(self, place: int) -> int:
        """A place as told, a counted byte order mark taken off."""
        return place - self.before

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of a place that lies in the text; a character it begins or ends inside of is all in."""
        return self._point(start - self.before, up=False), self._point(end - self.before, up=True)

    def _add(self, unit: int, point: int) -> None:
        if self._units[-1] != unit or self._points[-1] != point:
            self._units.append(unit)
            self._points.append(point)

    def _point(self, unit: int, *, up: bool) -> int:
        at = (bisect_left if up else bisect_right)(self._units, unit)
        at = max(0, at if up and at < len(self._units) and self._units[at] == unit else at - 1)
        gone = unit - self._units[at]
        if at + 1 == len(self._units):
            return self._points[at] + gone
        units, points = self._units[at + 1] - self._units[at], self._points[at + 1] - self._points[at]
        if units == points:
            return self._points[at] + gone
        return self._points[at + 1] if up and gone else self._points[at]


def _width(sign: str, way: Counting) -> int:
    if sign[0] not in "\r\n":
        return 2 if way.utf16 else 1
    if way.line_ends is LineEnds.TWO:
        return 2
    return 1 if way.line_ends is LineEnds.ONE else len(sign)


def _holds(words: str, told: Told) -> bool:
    """Whether words begin as told, blanks aside."""
    wanted = " ".join(_ELLIPSIS.sub("", told.words).split())
    return bool(wanted) and " ".join(words.split()).startswith(wanted)


def _some(places: list[Told]) -> list[Told]:
    """At most so many of them, from all over the text."""
    places.sort(key=lambda each: (each.start, each.end))
    step = -(-len(places) // LOOKED_AT) or 1
    return places[::step] + ([places[-1]] if len(places) > 1 and (len(places) - 1) % step else [])


def _runs(raw: str) -> Iterator[tuple[int, int]]:
    """Pieces that normalise on their own: lines, their ends; characters with their marks in a line that is not NFC."""
    start = 0
    for found in re.finditer("\r\n?|\\Z", raw):
        for line in re.finditer("[^\n]+|\n+", raw[start : found.start()]):
            a, b = start + line.start(), start + line.end()
            if unicodedata.is_normalized("NFC", line[0]):
                yield a, b
            else:
                yield from _characters(raw, a, b)
        if found[0]:
            yield found.span()
        start = found.end()


def _characters(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    joining = _joining()
    for at in range(start + 1, end):
        sign = raw[at]
        if sign < "\u0300" or not (sign in joining or unicodedata.combining(sign)):
            yield start, at
            start = at
    yield start, end


@cache
def _joining() -> frozenset[str]:
    """Characters of class 0 that may become one with what stands before them, or that begin with such a one."""
    second = {chr(code) for code in range(0x1161, 0x1176)} | {chr(code) for code in range(0x11A8, 0x11C3)}
    parts = {}
    for code in range(0x300, 0x30000):
        parts[code] = unicodedata.decomposition(chr(code))
    for made in parts.values():
        if made and not made.startswith("<"):
            second.update(chr(int(each, 16)) for each in made.split()[1:])
    begins = {
        chr(code)
        for code, made in parts.items()
        if made and not made.startswith("<") and _first(code) in second | _marks(code)
    }
    return frozenset(second | begins)


def _first(code: int) -> str:
    return unicodedata.normalize("NFD", chr(code))[0]


def _marks(code: int) -> set[str]:
    first = _first(code)
    return {first} if unicodedata.combining(first) else set()
