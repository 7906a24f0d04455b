"""Document, Anchor and what could not be read. The text of a document is never altered again."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from winset.errors import BadSpan
from winset.ids import DocumentId, PartialDate, content_id

CONTEXT = 32  # characters of prefix and suffix, as most Web Annotation clients store


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words of a text that lead somewhere; Markdown's stand in the text itself and are none."""

    start: int  # half-open, Unicode code points
    end: int
    target: str  # as written, absolute where the document's own address is known; "", "#" and "#x" lead nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was published, as text, with what is known of it and where that was found.

    Source of the field names: Dublin Core terms.
    """

    name: str  # file name or address, as the user knows it
    text: str  # NFC, line ends LF; offsets count its Unicode code points
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: PartialDate | None = None
    language: str | None = None  # BCP 47, "en"
    source_url: str | None = None
    retrieved_at: str | None = None  # ISO 8601, UTC; only for addresses
    media_type: str = "text/plain"
    reader: str = "text"  # id in corpus.readers.READERS
    found_in: tuple[tuple[str, str], ...] = ()  # (field, where): ("published", "meta article:published_time")
    links: tuple[Link, ...] = ()  # in text order, none inside another; not part of what the id is made of

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", self.text) or "\r" in self.text:
            raise BadSpan(f"text of {self.name!r} is not NFC with LF line ends: pass it through `clean_text`")
        reached = 0
        for link in self.links:
            if not reached <= link.start < link.end <= len(self.text):
                raise BadSpan(f"link {link.start}-{link.end} of {self.name!r}: outside its text, or inside another")
            reached = link.end

    @property
    def id(self) -> DocumentId:
        """The same text is the same document, whatever it is called."""
        return _text_id(self.text)


@lru_cache(maxsize=64)  # every anchor asks for it, and a long text takes milliseconds to hash
def _text_id(text: str) -> DocumentId:
    return DocumentId(content_id("document", text))


def clean_text(raw: str) -> str:
    """NFC and LF, before any offset exists: é may be one code point or two."""
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Exact words at an exact place: `document.text[start:end] == exact`.

    Source: W3C Web Annotation Data Model (2017), TextPositionSelector and TextQuoteSelector.
    """

    document_id: DocumentId
    start: int  # half-open, Unicode code points
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.exact):
            raise BadSpan(f"span {self.start}-{self.end} cannot hold {self.exact[:40]!r}")

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands, half-open."""
        return self.start, self.end

    def holds_in(self, document: Document) -> bool:
        """Whether the words stand where they are said to stand."""
        return self.document_id == document.id and document.text[self.start : self.end] == self.exact


def anchor(document: Document, start: int, end: int) -> Anchor:
    """The anchor on `document.text[start:end]`; raises BadSpan where that is nothing."""
    text = document.text
    if not 0 <= start < end <= len(text):
        raise BadSpan(f"span {start}-{end} in {document.name!r}: its text has {len(text)} characters")
    return Anchor(
        document_id=document.id,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What came in and could not be used, and why: one line, never dropped in silence."""

    name: str
    reason: str  # what came in, what is allowed, what to do
    kind: str  # class name of the error, "Encrypted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A document that is, or nearly is, another one."""

    name: str
    document_id: DocumentId  # of this document; equals `of` where the text is identical
    of: DocumentId  # the one that came first
    similarity: float  # Jaccard of word shingles, 1.0 where identical


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost. The defaults suit articles and reports, not archives."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000  # of a DOCX, all its parts together
    text_characters: int = 10_000_000
    pdf_pages: int = 2_000
    feed_entries: int = 1_000
    reading_seconds: float = 120.0  # of computing, in the process that parses; 2 more for each megabyte of the file
    reading_bytes: int = 2_000_000_000  # of memory, in that process
    fetch_seconds: float = 20.0
    redirects: int = 5
