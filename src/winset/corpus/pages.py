"""Words with places on a page, put into rows, columns and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

SAME_ROW = 0.5  # of a word's height: baselines nearer than this are one row
PARAGRAPH_GAP = 1.6  # times the usual distance of rows
ROOM = 1.3  # times the estimated width of the next word: letters differ in width
OTHER_SIZE = 0.15  # of a row's height: a heading, a footnote
GUTTER = 10.0  # points; narrower gaps separate words, not columns
ROWS_OF_COLUMN = 6  # on each side of a gutter, before a page is taken to have two columns
COLUMN_SHARE = 0.6  # of a page's rows must respect the gutter
INDENT = 8.0  # points
LONGEST_WORD = 60  # characters looked back at for a broken word; a paragraph may be a book

_ENDS = re.compile(r"[.!?:…。」”’\"')\]]$")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word on a page, in points; `top` and `bottom` grow down the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of words on a page, measured as they are."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    column: int = 0  # rows of one column of one page may belong to one paragraph
    gaps: tuple[tuple[float, float, int], ...] = ()  # (from, to, index in text) of the spaces between its words


def rows_of(words: Sequence[Word], *, page_number: int) -> list[Row]:
    """The words in rows, from top to bottom and left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        height = max(1.0, word.bottom - word.top)
        if rows and abs(word.bottom - rows[-1][0].bottom) < SAME_ROW * height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_row(sorted(row, key=lambda word: word.left), page_number) for row in rows]


def _row(words: list[Word], page_number: int) -> Row:
    text, gaps = words[0].text, []
    for before, word in pairwise(words):
        gaps.append((before.right, word.left, len(text)))
        text += " " + word.text
    return Row(
        text=text,
        left=words[0].left,
        right=max(word.right for word in words),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        page=page_number,
        gaps=tuple(gaps),
    )


def columns_in_order(rows: list[Row]) -> list[Row]:
    """The rows as they are read: of a page in two columns the left one first, between rows that span both."""
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    ordered: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    block = 1
    for row in rows:
        before, after = _split(row, gutter, block)
        if before is None and after is None:
            ordered += [*left, *right, row]
            left, right, block = [], [], block + 2
        left += [before] if before else []
        right += [after] if after else []
    return ordered + left + right


def _gutter(rows: list[Row]) -> float | None:
    """Where the space between two columns runs, or None: the place near the middle that most rows leave free."""
    if len(rows) < 2 * ROWS_OF_COLUMN:
        return None
    start, end = min(row.left for row in rows), max(row.right for row in rows)
    places = [start + (end - start) * step / 100 for step in range(35, 66)]
    score, best = max((_columns_at(rows, place), -abs(place - (start + end) / 2), place) for place in places)[0::2]
    return best if score >= COLUMN_SHARE * len(rows) else None


def _columns_at(rows: list[Row], place: float) -> int:
    """Rows that have a gutter at `place`, or end before it or begin after it; 0 unless both sides are columns."""
    both = sum(1 for row in rows if any(a < place < b and b - a >= GUTTER for a, b, _ in row.gaps))
    left, right = sum(1 for row in rows if row.right < place), sum(1 for row in rows if row.left > place)
    return both + left + right if min(both + left, both + right) >= ROWS_OF_COLUMN else 0


def _split(row: Row, gutter: float, block: int) -> tuple[Row | None, Row | None]:
    """The row's part in each column; two Nones where it spans both."""
    if row.right < gutter:
        return _part(row, row.text, row.left, row.right, block), None
    if row.left > gutter:
        return None, _part(row, row.text, row.left, row.right, block + 1)
    for a, b, index in row.gaps:
        if a < gutter < b and b - a >= GUTTER:
            before = _part(row, row.text[:index], row.left, a, block)
            return before, _part(row, row.text[index + 1 :], b, row.right, block + 1)
    return None, None


def _part(row: Row, text: str, left: float, right: float, column: int) -> Row:
    return Row(text=text, left=left, right=right, top=row.top, bottom=row.bottom, page=row.page, column=column)


def joined(rows: Sequence[Row]) -> list[str]:
    """The paragraphs that the rows make up, also over the end of a column or a page.

    A paragraph ends at a wide gap, at a change of letter size, after a row into which the next word would have
    fitted, or before an indented row. A word broken by a hyphen at a row's end is one word again if its second
    half is in lower case.
    """
    if not rows:
        return []
    distances = [b.top - a.top for a, b in pairwise(rows) if _same_column(a, b) and b.top > a.top]
    usual = median(distances) if distances else 0.0
    widths: dict[tuple[int, int], tuple[float, float]] = {}
    for row in rows:
        left, right = widths.get((row.page, row.column), (row.left, row.right))
        widths[(row.page, row.column)] = (min(left, row.left), max(right, row.right))
    paragraphs = [rows[0].text]
    for before, row in pairwise(rows):
        if _new_paragraph(before, row, usual, widths):
            paragraphs.append(row.text)
        else:
            paragraphs[-1] = _joined_rows(paragraphs[-1], row.text)
    return paragraphs


def _same_column(a: Row, b: Row) -> bool:
    return (a.page, a.column) == (b.page, b.column)


def _new_paragraph(before: Row, row: Row, usual: float, widths: dict[tuple[int, int], tuple[float, float]]) -> bool:
    left, right = widths[(before.page, before.column)]
    height = before.bottom - before.top
    if abs(height - (row.bottom - row.top)) > OTHER_SIZE * height or _room_left(before, row, right):
        return True
    if not _same_column(before, row):  # from a row over both columns into one of them, or back
        return before.page == row.page and 0 in {before.column, row.column}
    if row.top - before.top > PARAGRAPH_GAP * usual or row.top < before.top:
        return True
    return bool(_ENDS.search(before.text)) and row.left - left > INDENT and before.left - left <= INDENT


def _room_left(before: Row, row: Row, right: float) -> bool:
    """Whether the next row's first word would still have fitted: then its writer ended the row on purpose."""
    first = row.text.split(" ", 1)[0]
    letter = (row.right - row.left) / max(1, len(row.text))
    return before.right + ROOM * letter * (len(first) + 1) < right


def _joined_rows(above: str, below: str) -> str:
    if _BROKEN_WORD.search(above[-LONGEST_WORD:]) and below[:1].islower():
        return above[:-1] + below
    return f"{above} {below}"
