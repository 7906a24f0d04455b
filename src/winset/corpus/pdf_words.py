"""The words of a PDF with their places, as PDFium reads them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from winset.corpus.pages import Word
from winset.errors import Damaged, Encrypted

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

APART = 1.0  # times a letter's height: further apart, or further back, two letters make no word
ASKEW = 0.15  # of a quarter turn: 13 degrees, more than a crooked scan
UPSIDE_DOWN, SLANTED = 2, 4

_PDFIUM = Lock()  # PDFium keeps state outside its documents: one thread at a time
_QUARTER = math.pi / 2


@contextmanager
def pdf_of(payload: bytes, *, name: str) -> Iterator[PdfDocument]:
    """The PDF in these bytes, open, to no other thread. Raises Encrypted (a password is wanted), Damaged."""
    from pypdfium2 import PdfDocument, raw

    with _PDFIUM:
        opened = raw.FPDF_LoadMemDocument64(payload, len(payload), None)
        if not opened:  # only now does the last error speak of this file
            if raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
                raise Encrypted(f"{name}: an encrypted PDF that wants a password; save it without one")
            raise Damaged(f"{name}: a damaged PDF (its parts cannot be found); fetch it again or print it to a new one")
        pdf = PdfDocument(opened)
        try:
            yield pdf
        finally:
            pdf.close()


@contextmanager
def page_of(pdf: PdfDocument, number: int, *, name: str) -> Iterator[PdfTextPage]:
    """The letters of a page, from 1.  Raises Damaged: to leave out one page of many would be silent."""
    from pypdfium2 import PdfiumError

    try:
        page = pdf[number - 1]
        letters = page.get_textpage()
    except PdfiumError:
        raise Damaged(f"{name}: page {number} does not open; fetch it again or print it to a new one") from None
    try:
        yield letters
    finally:
        letters.close()
        page.close()


def words_of(page: PdfTextPage) -> tuple[list[Word], list[Word]]:
    """The words of a page: those that stand the way most of its letters do, and those turned otherwise."""
    words = list(_words(_letters(page)))
    ways: Counter[int] = Counter()
    for way, word in words:
        ways[way] += len(word.text)
    usual = max(ways, key=ways.__getitem__, default=0)
    return [word for way, word in words if way == usual], [word for way, word in words if way != usual]


def _words(letters: Iterable[_Letter | None]) -> Iterator[tuple[int, Word]]:
    """Each word, with the quarter turns of its letters; None stands for what separates two."""
    word: list[_Letter] = []
    for letter in letters:
        if word and (letter is None or not _goes_on(word[-1], letter)):
            yield word[0].way, _word(word)
            word = []
        if letter is not None:
            word.append(letter)
    if word:
        yield word[0].way, _word(word)


def _letters(page: PdfTextPage) -> Iterator[_Letter | None]:
    """Each letter of a page in PDFium's order; None for white space, which it also puts where words stand apart.

    A hyphen at the end of a row it shows as a control character, with nothing between it and the next row.
    """
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for place in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, place)
        broken = code < ord(" ") and raw.FPDFText_IsHyphen(page, place) == 1
        letter = "-" if broken else chr(code)
        if letter.isspace() or not code or not raw.FPDFText_GetLooseCharBox(page, place, box):
            yield None
            continue
        way = _way(raw.FPDFText_GetCharAngle(page, place))
        yield _Letter(letter, way, *_upright(box.left, box.bottom, box.right, box.top, way))
        if broken:
            yield None


class _Letter(NamedTuple):
    """One letter and its box, in points, as they are once the page is turned so that the letter stands upright."""

    text: str
    way: int  # clockwise quarter turns, 0-3; SLANTED
    left: float
    right: float
    top: float  # less is higher
    bottom: float


def _way(angle: float) -> int:
    """Of an angle, clockwise in radians, the nearest quarter turn; SLANTED where it is near none."""
    quarters = angle / _QUARTER
    return round(quarters) % 4 if abs(quarters - round(quarters)) < ASKEW else SLANTED


def _upright(left: float, bottom: float, right: float, top: float, way: int) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a box that is turned that way, counted down the page; a slanted one as it is."""
    if way in (0, SLANTED):
        return left, right, -top, -bottom
    if way == 1:
        return -top, -bottom, -right, -left
    return (-right, -left, bottom, top) if way == UPSIDE_DOWN else (bottom, top, left, right)


def _goes_on(before: _Letter, letter: _Letter) -> bool:
    """Whether the second letter stands beside the first: PDFium puts no space where a row begins after a hyphen."""
    reach = APART * (before.bottom - before.top)
    beside = before.left - reach < letter.left < before.right + reach
    return beside and before.way == letter.way and before.top <= (letter.top + letter.bottom) / 2 <= before.bottom


def _word(letters: Sequence[_Letter]) -> Word:
    text = "".join(letter.text for letter in letters)
    return Word(
        text=text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"),  # a letter may come in two halves
        left=min(letter.left for letter in letters),
        right=max(letter.right for letter in letters),
        top=min(letter.top for letter in letters),
        bottom=max(letter.bottom for letter in letters),
    )
