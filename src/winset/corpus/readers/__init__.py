"""The readers, one file a format; the list below is their table of contents."""

from __future__ import annotations

import logging

from winset.corpus.confined import parsing
from winset.corpus.formats import ALLOWED, format_of
from winset.corpus.readers.docx import read_docx
from winset.corpus.readers.feed import read_feed
from winset.corpus.readers.html import read_html
from winset.corpus.readers.markdown import read_markdown
from winset.corpus.readers.pdf import read_pdf
from winset.corpus.readers.text import read_text
from winset.corpus.types import Document, Limits
from winset.errors import Empty, NotText, TooLarge
from winset.registry import Family

READERS = Family("reader", [read_text, read_markdown, read_html, read_pdf, read_docx, read_feed])

OWN_MARKS = (b'<meta name="generator" content="winset ', b"<!-- winset brief -->")
OWN_MARK_WITHIN = 4_096  # bytes; a page that only quotes a brief does not open with its mark
_TALKATIVE = ("trafilatura", "htmldate", "courlan", "justext", "pypdfium2", "charset_normalizer")
_SILENT = logging.NullHandler()


def read_payload(payload: bytes, *, name: str, limits: Limits, suffix_of: str | None = None) -> tuple[Document, ...]:
    """The documents in these bytes, by the reader that their content asks for.

    name: what the documents will be called.  suffix_of: file name whose suffix breaks ties, if not `name`.
    What needs a parser is read in another process (`corpus.confined`); plain text and Markdown in this one.
    Raises the kinds of Unreadable.
    """
    if len(payload) > limits.file_bytes:
        raise TooLarge(f"{name}: {len(payload):,} bytes; at most {limits.file_bytes:,} are read: split it up")
    if not payload.strip():
        raise Empty(f"{name}: an empty file; give one with {ALLOWED} in it")
    if any(mark in payload[:OWN_MARK_WITHIN] for mark in OWN_MARKS):
        raise NotText(f"{name}: a brief that winset wrote; give the documents it was made from instead")
    for library in _TALKATIVE:  # their warnings go to whoever configures logging, not onto the user's screen
        logging.getLogger(library).addHandler(_SILENT)
    reader = format_of(payload, name=suffix_of or name)
    if reader in parsing.CONFINED:
        return parsing.documents(reader, payload, name=name, limits=limits)
    return READERS[reader](payload, name=name, limits=limits)
