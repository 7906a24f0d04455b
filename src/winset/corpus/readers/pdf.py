"""PDF: the text layer, columns one after the other, lines joined to paragraphs, broken words joined again."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import Counter
from typing import Any

from winset.corpus.documents import check_size, cleaned, document, paragraphs
from winset.corpus.language import language
from winset.corpus.metadata import Metadata, metadata_of, people
from winset.corpus.pages import Row, columns_in_order, joined, rows_of
from winset.corpus.types import Document, Limits
from winset.errors import Damaged, Encrypted, NoMainText, TooLarge
from winset.ids import PartialDate
from winset.registry import method

REPEATED = 0.5  # share of pages on which a first or last row must stand to be a running head
PAGES_FOR_HEADS = 3

_DATE = re.compile(r"(?:D:)?(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)")
_FILE_NAME = re.compile(r"microsoft word|untitled|powerpoint|\.(?:docx?|pdf|rtf|indd|qxd|tex)\s*$", re.IGNORECASE)
_STREAM = re.compile(rb"stream\r?\n")
_BROKEN = (  # what pdfminer lets through on a file that is not what it claims, besides its own errors
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError, EOFError),
    *(RecursionError, NotImplementedError, OSError, StopIteration, struct.error, zlib.error, RuntimeError),
)


@method("pdf", source="ISO32000")
def read_pdf(payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """The words of the text layer in reading order, paragraphs separated by a blank line, without running heads.

    Raises Encrypted (a password is wanted), Damaged, TooLarge, NoMainText where there is no text layer (a scan).
    Source: ISO 32000 (PDF), through pdfplumber.
    """
    _check_streams(payload, name=name, limits=limits)
    pages, properties = _opened(payload, name=name, limits=limits)
    text = cleaned(paragraphs(joined([row for page in _without_running_heads(pages) for row in page])))
    if not text.strip():
        raise NoMainText(f"{name}: no text layer in its {len(pages)} pages (a scan?); run it through OCR first")
    stated = metadata_of(text, language=language(text))
    metadata = properties.only("title").or_else(stated).or_else(properties)
    return (document(text, name=name, metadata=metadata, limits=limits, media_type="application/pdf", reader="pdf"),)


def _check_streams(payload: bytes, *, name: str, limits: Limits) -> None:
    """Raises TooLarge where compressed streams would unpack beyond the limit; pdfminer itself has none."""
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


def _opened(payload: bytes, *, name: str, limits: Limits) -> tuple[list[list[Row]], Metadata]:
    """The rows of each page in reading order, and the document information."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(payload)) as pdf:
            if len(pdf.pages) > limits.pdf_pages:
                raise TooLarge(f"{name}: {len(pdf.pages):,} pages; at most {limits.pdf_pages:,} are read: split it up")
            return _rows(pdf, name=name, limits=limits), _properties(pdf.metadata)
    except (PDFException, PSException, PdfminerException, MalformedPDFException, *_BROKEN) as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, (PDFEncryptionError, PDFPasswordIncorrect)):
            raise Encrypted(f"{name}: an encrypted PDF that wants a password; save it without one") from None
        short = " ".join(str(cause).split())[:80] or type(cause).__name__
        raise Damaged(f"{name}: a damaged PDF ({short}); fetch it again or print it to a new one") from None


def _rows(pdf: Any, *, name: str, limits: Limits) -> list[list[Row]]:
    pages, characters = [], 0
    for page in pdf.pages:
        words = page.extract_words(keep_blank_chars=False, use_text_flow=False, return_chars=False)
        rows = columns_in_order(rows_of(words, page_number=page.page_number))
        page.close()  # pdfplumber keeps every character of a page otherwise
        pages.append(rows)
        characters += sum(len(row.text) + 1 for row in rows)
        check_size(characters, name=name, limits=limits)
    return pages


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


def _shape(row: Row) -> str:
    return re.sub(r"\d+", "0", row.text)


def _properties(information: dict[str, Any]) -> Metadata:
    """Of the document information dictionary; a title that is a file name is none."""
    title, author, created = (str(information.get(key) or "").strip() for key in ("Title", "Author", "CreationDate"))
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
