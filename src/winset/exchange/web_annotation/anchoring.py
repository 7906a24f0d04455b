"""Where an annotation stands: by its position where that holds its words, else by its words and what is around them.

Source: W3C Web Annotation Data Model (2017), 4.2.4 TextQuoteSelector, 4.2.5 TextPositionSelector.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from winset.exchange.text_places import CleanText, Ruler

LONGEST_LOOSE = 5_000  # characters of a quote that is looked for whatever its blanks
MOST = 1_000  # places of the same words


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """What an annotation tells of its place; positions as the program counts them."""

    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Unanchored:
    """Why an annotation has no place."""

    reason: str


def anchored(selector: Selector, text: CleanText, raw: str, ruler: Ruler) -> tuple[int, int] | Unanchored:
    """The place in the clean text, half-open.

    raw: the text as it was annotated, without a byte order mark.  ruler: its positions, as they are counted.
    """
    start, end = selector.start, selector.end
    if start is not None and end is not None and 0 <= ruler.less(start) < ruler.less(end) <= ruler.size:
        a, b = ruler.span(start, end)
        if not selector.exact or raw[a:b] == selector.exact or _same(raw[a:b], selector.exact):
            return text.span(a, b)
    if not selector.exact.strip():
        return Unanchored("its position is outside of the text, and no words are quoted: annotate it anew")
    return _by_words(selector, text.text)


def _by_words(selector: Selector, text: str) -> tuple[int, int] | Unanchored:
    exact = _normal(selector.exact)
    places = list(_found(re.compile(re.escape(exact)), text))
    if not places and len(exact) <= LONGEST_LOOSE:
        loose = r"\s+".join(map(re.escape, exact.split()))
        places = list(_found(re.compile(loose), text))
    if not places:
        return Unanchored("its words are not in the text: is it another version of the document?")
    if len(places) == 1:
        return places[0]
    prefix, suffix = _squeezed(selector.prefix), _squeezed(selector.suffix)
    scored = sorted(((_context(text, place, prefix, suffix), place) for place in places), reverse=True)
    if len(places) >= MOST or scored[0][0] == scored[1][0]:
        return Unanchored(
            f"its words are in the text {len(places)} times, and what stands around them does not tell which"
        )
    return scored[0][1]


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for _ in range(MOST):
        match = pattern.search(text, at)
        if match is None or match.start() == match.end():
            return
        yield match.span()
        at = match.start() + 1


def _context(text: str, place: tuple[int, int], prefix: str, suffix: str) -> int:
    """How many characters before and after are as told, blanks aside."""
    before = _squeezed(text[max(0, place[0] - 4 * len(prefix) - 8) : place[0]])
    after = _squeezed(text[place[1] : place[1] + 4 * len(suffix) + 8])
    return _common(prefix[::-1], before[::-1]) + _common(suffix, after)


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _same(words: str, exact: str) -> bool:
    return _squeezed(words) == _squeezed(exact)


def _squeezed(text: str) -> str:
    return "".join(_normal(text).split())


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
