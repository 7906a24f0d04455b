"""Which reader a document is for: its content decides, its suffix breaks ties."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import PurePath

from winset.errors import Damaged, Encrypted, NotText, TooLarge

SUFFIXES = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
    **dict.fromkeys((".rss", ".atom", ".xml", ".feed"), "feed"),
}
LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")  # one document a line: see `document_lines`
ALLOWED = "plain text, Markdown, HTML, PDF, DOCX, RSS or Atom"
BEGINNING = 4096  # bytes in which a format shows itself
MOST_PARTS = 20_000  # of a ZIP archive; a Word document with a picture on each of a thousand pages has a tenth
PDF_HEADER = 1024  # bytes in which a PDF's header may stand (ISO 32000-1, annex H.3.4.1)

_PART = b"PK\x01\x02"  # how an archive's list begins each entry
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # Word before 2007; also the wrapper of an encrypted DOCX
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BEFORE_MARKUP = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^>\[]*>)*", re.DOTALL | re.IGNORECASE)
_HTML = re.compile(
    r"<(?:(?P<page>!doctype\s+html|html|head|body)|title|meta|script|article|main|div|section|p|h1|h2)\b", re.IGNORECASE
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|\w{1,20}:feed)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def format_of(payload: bytes, *, name: str) -> str:
    """The id of the reader for these bytes: "text", "markdown", "html", "pdf", "docx" or "feed".

    Content first: %PDF, a ZIP with word/document.xml, <html or <!doctype html, <rss, <feed or <rdf:RDF.
    The suffix of `name` decides between text and Markdown, and where the content is unclear.
    Raises NotText for a format that winset does not read, Encrypted or Damaged for a DOCX that shows it, TooLarge.
    """
    claimed = SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    if payload.lstrip()[:5] == b"%PDF-" or (claimed == "pdf" and b"%PDF-" in payload[:PDF_HEADER]):
        return "pdf"
    if payload.startswith(b"PK\x03\x04") or (claimed == "docx" and payload.startswith(b"PK")):
        return _zip_format(payload, claimed, name=name)
    _refuse_known(payload, name=name)
    beginning = _beginning(payload)
    if "\x00" in beginning:
        if claimed in {"pdf", "docx"}:
            raise Damaged(f"{name}: does not begin like a {claimed.upper()} file; fetch or save it again")
        raise NotText(f"{name}: binary, not text (it holds NUL bytes); give {ALLOWED}")
    markup = beginning[_BEFORE_MARKUP.match(beginning).end() :]  # type: ignore[union-attr] # it matches nothing too
    if _FEED.match(markup):
        return "feed"
    html = _HTML.match(markup)
    if html and (html["page"] or claimed != "markdown"):  # Markdown may open with a piece of HTML
        return "html"
    if claimed == "html" and _ANY_TAG.search(beginning):
        return "html"
    return claimed if claimed in {"markdown", "feed"} and (claimed == "markdown" or markup[:1] == "<") else "text"


def holds_lines(name: str) -> bool:
    """Whether a file of this name holds one document a line.

    >>> holds_lines("corpus.jsonl"), holds_lines("CORPUS.NDJSON.GZ"), holds_lines("notes.txt")
    (True, True, False)
    """
    return name.lower().endswith(LINES)


def _beginning(payload: bytes) -> str:
    """The first characters, roughly: enough to see markup in any encoding."""
    start = payload[:BEGINNING]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[: len(start) // 2 * 2].decode("utf-16", "replace")
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return start[: len(start) // 4 * 4].decode("utf-32", "replace")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _zip_format(payload: bytes, claimed: str, *, name: str) -> str:
    if payload.count(_PART) > MOST_PARTS:
        raise TooLarge(
            f"{name}: a ZIP archive of more than {MOST_PARTS:,} parts (a bomb?); unpack it, add what is in it"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        if claimed == "docx":
            raise Damaged(f"{name}: a damaged Word document ({error}); fetch or save it again") from None
        raise NotText(f"{name}: a damaged ZIP archive, no document; give {ALLOWED}") from None
    if "word/document.xml" in names:
        return "docx"
    raise NotText(f"{name}: a ZIP archive that is no Word document; unpack it and add the documents in it")


def _refuse_known(payload: bytes, *, name: str) -> None:
    """One clear line for formats that people do try."""
    if payload.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in payload:
            raise Encrypted(f"{name}: an encrypted Office document that wants a password; save it without one")
        raise NotText(f"{name}: a Word file of the old kind (.doc) or another Office file; save it as .docx")
    if payload.startswith(b"{\\rtf"):
        raise NotText(f"{name}: an RTF file; save it as .docx or as plain text")
    if payload.startswith((b"\x1f\x8b", b"BZh", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ")):
        raise NotText(f"{name}: a compressed archive; unpack it and add the documents in it")
    if payload.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        raise NotText(f"{name}: a picture; run it through OCR and add the text")
