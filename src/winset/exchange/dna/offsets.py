"""Places in a text: UTF-16 code units of a file, its code points, and those of the text as winset keeps it.

A file may hold CR LF, or é as two code points; a document's text is NFC with LF. What a place covers stays covered: one
in the middle of what has become one character takes all of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from winset.corpus.types import clean_text

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CHUNK = re.compile(r"\r\n?|[\x00-\x0c\x0e-\x7f]+(?=[\x00-\x7f]|\Z)|[\x00-\x7f]?[^\x00-\x7f]+|[\x00-\x7f]")


class Units:
    """A text's code points as UTF-16 code units, and back."""

    def __init__(self, text: str) -> None:
        self._points = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]
        self.size = len(text) + len(self._points)  # in units

    def unit(self, point: int) -> int:
        """Where a code point begins, in units."""
        return point + bisect_left(self._points, point)

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Half-open code points of half-open units; half a character counts as a whole one."""
        return self._point(start, up=False), self._point(stop, up=True)

    def _point(self, unit: int, *, up: bool) -> int:
        before = bisect_left(self._units, unit)
        halved = before > 0 and self._units[before - 1] == unit - 1
        return unit - before + (1 if halved and up else 0)


class Cleaned:
    """A raw text as winset keeps it, and where its places have gone."""

    def __init__(self, raw: str, *, clean: bool = False) -> None:
        """clean: winset has kept it before, whatever it begins with."""
        raw = raw if clean else raw.replace("\x00", "\ufffd")  # as long, and a database can hold it
        self.text = raw if clean else clean_text(raw)
        self._same = self.text == raw
        self._raw: list[int] = []  # where pieces begin in the raw text
        self._kept: list[int] = []  # and in the clean one
        self._whole: list[bool] = []  # whether a piece is kept as it is
        if not self._same:
            self._follow(raw)

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Half-open places in the clean text of half-open ones in the raw."""
        if self._same:
            return start, stop
        return self._place(start, up=False), self._place(stop, up=True)

    def _follow(self, raw: str) -> None:
        at = kept = 0
        for piece, clean in _pieces(raw):
            same = piece == clean
            if not (same and self._whole and self._whole[-1]):  # what is kept as it is makes one piece
                self._raw.append(at)
                self._kept.append(kept)
                self._whole.append(same)
            at += len(piece)
            kept += len(clean)
        self._raw.append(at)
        self._kept.append(kept)
        self._whole.append(True)

    def _place(self, at: int, *, up: bool) -> int:
        piece = bisect_right(self._raw, at) - 1
        if self._whole[piece] or at == self._raw[piece]:
            return self._kept[piece] + at - self._raw[piece]
        return self._kept[piece + 1] if up else self._kept[piece]


def _pieces(raw: str) -> Iterator[tuple[str, str]]:
    """The text in pieces that can be cleaned one by one, each with what becomes of it.

    No ASCII character joins what stands before it, so that every piece may begin with one.
    Source: Unicode Standard Annex 15, stream-safe and quick-check properties.
    """
    if raw.startswith("\ufeff"):
        yield "\ufeff", ""
        raw = raw[1:]
    for match in _CHUNK.finditer(raw):
        piece = match[0]
        if piece.startswith("\r"):
            yield piece, "\n"
        elif piece.isascii() or unicodedata.is_normalized("NFC", piece):
            yield piece, piece
        else:
            yield from _clusters(piece)


def _clusters(piece: str) -> Iterator[tuple[str, str]]:
    """A piece in parts, as small as those that join one another allow."""
    parts: list[str] = []
    for letter in piece:
        last = parts[-1] if parts else ""
        alone = not unicodedata.combining(letter) and _nfc(last + letter) == _nfc(last) + _nfc(letter)
        if parts and not alone:
            parts[-1] += letter
        else:
            parts.append(letter)
    if "".join(map(_nfc, parts)) == _nfc(piece):
        yield from ((part, _nfc(part)) for part in parts)
    else:
        yield piece, _nfc(piece)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
