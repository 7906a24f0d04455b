"""PDF: the text layer, columns one after the other, lines joined to paragraphs, broken words joined again."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Mapping

from winset.corpus.documents import check_size, cleaned, document, paragraphs
from winset.corpus.language import language
from winset.corpus.metadata import Metadata, metadata_of, people
from winset.corpus.pages import Row, columns_in_order, joined, rows_of
from winset.corpus.pdf_words import page_of, pdf_of, words_of
from winset.corpus.types import Document, Limits
from winset.errors import NoMainText, TooLarge
from winset.ids import PartialDate
from winset.registry import method

REPEATED = 0.5  # share of pages on which a first or last row must stand to be a running head
PAGES_FOR_HEADS = 3

_DATE = re.compile(r"(?:D:)?(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)")
_FILE_NAME = re.compile(r"microsoft word|untitled|powerpoint|\.(?:docx?|pdf|rtf|indd|qxd|tex)\s*$", re.IGNORECASE)
_STREAM = re.compile(rb"stream\r?\n")


@method("pdf", source="ISO32000")
def read_pdf(payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """The words of the text layer in reading order, paragraphs separated by a blank line, without running heads.

    Words turned otherwise than most of their page, such as a stamp in its margin, come last.
    Raises Encrypted (a password is wanted), Damaged, TooLarge, NoMainText where there is no text layer (a scan).
    Source: ISO 32000 (PDF), through PDFium.
    """
    _check_streams(payload, name=name, limits=limits)
    pages, turned, properties = _opened(payload, name=name, limits=limits)
    upright = joined([row for page in _without_running_heads(pages) for row in page])
    text = cleaned(paragraphs([*upright, *(paragraph for rows in turned for paragraph in joined(rows))]))
    if not text.strip():
        raise NoMainText(f"{name}: no text layer in its {len(pages)} pages (a scan?); run it through OCR first")
    stated = metadata_of(text, language=language(text))
    metadata = properties.only("title").or_else(stated).or_else(properties)
    return (document(text, name=name, metadata=metadata, limits=limits, media_type="application/pdf", reader="pdf"),)


def _check_streams(payload: bytes, *, name: str, limits: Limits) -> None:
    """Raises TooLarge where compressed streams would unpack beyond the limit, before any is unpacked."""
    unpacked = 0
    for match in _STREAM.finditer(payload):
        unpacked += _inflated(memoryview(payload)[match.end() :], limits.unpacked_bytes - unpacked)
        if unpacked >= limits.unpacked_bytes:
            raise TooLarge(
                f"{name}: its streams unpack to over {limits.unpacked_bytes:,} bytes; print it to a plainer PDF"
            )


def _inflated(packed: memoryview, most: int) -> int:
    """Bytes that a zlib stream unpacks to, counted in pieces; 0 where it is none."""
    inflater, count, pending = zlib.decompressobj(), 0, bytes(packed[: 1 << 12])
    place = len(pending)
    try:
        while pending and count < most and not inflater.eof:
            count += len(inflater.decompress(pending, 1 << 20))
            pending = inflater.unconsumed_tail
            if not pending:
                pending = bytes(packed[place : place + (1 << 16)])
                place += len(pending)
    except zlib.error:  # no zlib stream, or one that ends in something else: what came out so far counts
        return count
    return count


def _opened(payload: bytes, *, name: str, limits: Limits) -> tuple[list[list[Row]], list[list[Row]], Metadata]:
    """The rows of each page in reading order, those turned otherwise than the rest, and the document information."""
    pages: list[list[Row]] = []
    turned: list[list[Row]] = []
    characters = 0
    with pdf_of(payload, name=name) as pdf:
        if len(pdf) > limits.pdf_pages:
            raise TooLarge(f"{name}: {len(pdf):,} pages; at most {limits.pdf_pages:,} are read: split it up")
        for number in range(1, len(pdf) + 1):
            with page_of(pdf, number, name=name) as page:
                characters += page.count_chars()
                check_size(characters, name=name, limits=limits)
                upright, others = words_of(page)
            pages.append(columns_in_order(rows_of(upright, page_number=number)))
            turned.append(rows_of(others, page_number=number))
        return pages, turned, _properties(pdf.get_metadata_dict())


def _without_running_heads(pages: list[list[Row]]) -> list[list[Row]]:
    """The pages without first and last rows that stand on most of them but for a number: heads, feet, page numbers."""
    if len(pages) < PAGES_FOR_HEADS:
        return pages
    edges = [{_shape(row) for row in (*page[:2], *page[-2:])} for page in pages]
    counts = Counter(shape for shapes in edges for shape in shapes)
    heads = {shape for shape, count in counts.items() if count >= max(PAGES_FOR_HEADS, REPEATED * len(pages))}
    return [
        [row for place, row in enumerate(page) if 2 <= place < len(page) - 2 or _shape(row) not in heads]  # noqa: PLR2004
        for page in pages
    ]


def _shape(row: Row) -> tuple[str, int]:
    """Its words but for numbers, and its height: a title is no running head because the heads repeat it."""
    return re.sub(r"\d+", "0", row.text), round(row.bottom - row.top)


def _properties(information: Mapping[str, str]) -> Metadata:
    """Of the document information dictionary; a title that is a file name is none."""
    title, author, created = (information.get(key, "").strip() for key in ("Title", "Author", "CreationDate"))
    title = "" if _FILE_NAME.search(title) else title
    day = _DATE.match(created)
    published = _valid_day(day) if day else None
    authors = people(author) if author else ()
    places = (("title", title, "Title"), ("authors", authors, "Author"), ("published", published, "CreationDate"))
    found_in = tuple((field, f"PDF {which}") for field, value, which in places if value)
    return Metadata(title=title or None, authors=authors, published=published, found_in=found_in)


def _valid_day(day: re.Match[str]) -> PartialDate | None:
    try:
        return PartialDate(f"{day['year']}-{day['month']}-{day['day']}")
    except ValueError:  # BadDate: the 39th of a month
        return None
