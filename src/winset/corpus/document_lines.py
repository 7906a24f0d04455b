"""One document a line: JSON lines of {"id", "text", ...}, packed by gzip or not, of any size, read in little memory.

What a line states of its text is taken as stated; the rest the text may state itself, as a plain text file may.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from winset.corpus.datelines import stated_date
from winset.corpus.documents import cleaned, document
from winset.corpus.language import language
from winset.corpus.metadata import Metadata, metadata_of
from winset.corpus.sources import printable, unopened
from winset.corpus.types import Document, Limits, Rejected, clean_text
from winset.errors import BadDate, Damaged, Empty, NotText, TooLarge, Unreadable
from winset.ids import PartialDate

SHAPE = '{"id": ..., "text": ...}'
FIELDS = ("id", "text", "title", "authors", "publisher", "published", "language", "source_url")  # others are ignored
LONGEST_ID = 1_000  # characters
CHUNK = 1_000_000  # bytes read at a time

_ADDRESS = re.compile(r"https?://\S+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    number: int  # from 1, blank lines counted
    end: int  # bytes of the stream up to its end, unpacked
    raw: bytes | None  # None: longer than is read


def documents_of_lines(
    path: Path, *, name: str, limits: Limits, start: Line | None = None
) -> Iterator[Document | Rejected]:
    """Every document of a file of lines, in order; a bad line as Rejected.

    start: the line behind which to begin.  Raises the kinds of Unreadable where the file itself cannot be read on.
    """
    with opened(path, name=name) as stream:
        for line in lines(stream, name=name, limits=limits, start=start):
            yield document_or_refusal(line, name=name, limits=limits)


def document_or_refusal(line: Line, *, name: str, limits: Limits) -> Document | Rejected:
    """The document of a line, or why there is none.  name: of the file."""
    try:
        return document_of_line(line, limits=limits)
    except Unreadable as error:
        where = f"{name} line {line.number}"
        reason = printable(f"{where}: {' '.join(str(error).split())}")
        return Rejected(name=where, reason=reason, kind=type(error).__name__)


def opened(path: Path, *, name: str) -> BinaryIO:
    """The file's bytes, unpacked where they are packed.  Raises the kinds of Unreadable."""
    try:
        stream = path.open("rb")
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
    except OSError as error:
        raise unopened(name, error) from None
    return cast("BinaryIO", _Unpacked(stream)) if packed else stream


def lines(stream: BinaryIO, *, name: str, limits: Limits, start: Line | None = None) -> Iterator[Line]:
    """Each line that is not blank.  Line ends are LF or CR LF; a byte order mark at the very start is left out.

    start: the line behind which to begin; the stream stands at its own beginning.
    Raises Empty where there is no line, Damaged where a packed stream breaks off.
    """
    number, end = (start.number, start.end) if start else (0, 0)
    empty = start is None
    try:
        stream.seek(end)  # a packed one is unpacked up to there
        while True:
            raw, size = bytearray(), 0
            while chunk := stream.readline(CHUNK):
                size += len(chunk)
                if size <= limits.file_bytes:
                    raw += chunk
                else:
                    raw = bytearray()
                if chunk.endswith(b"\n"):
                    break
            if not size:
                break
            if not end and raw.startswith(codecs.BOM_UTF8):
                del raw[: len(codecs.BOM_UTF8)]
            number, end = number + 1, end + size
            if size > limits.file_bytes or (raw and not raw.isspace()):
                empty = False
                yield Line(number, end, bytes(raw) if size <= limits.file_bytes else None)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Damaged(
            f"{name}: a damaged gzip file, unpacked as far as line {number} ({error}); fetch or pack it again"
        ) from None
    except OSError as error:
        raise unopened(name, error) from None
    if empty:
        raise Empty(f"{name}: no line in it; write {SHAPE} in each")


def document_of_line(line: Line, *, limits: Limits) -> Document:
    """The document that a line holds; it is named by its id.

    Raises NotText for what is no {"id", "text"}, or states something in a way that is not understood; TooLarge, Empty.
    """
    if line.raw is None:
        raise TooLarge(f"over {limits.file_bytes:,} bytes, the most that are read of a line: split it up")
    found = _parsed(line.raw)
    for field in ("id", "text"):
        if field not in found:
            raise NotText(f'has no "{field}": write {SHAPE}')
    name = _name(found["id"])
    if not isinstance(found["text"], str):
        raise NotText(f'"text" is no string: write {SHAPE}')
    text = cleaned(found["text"])
    stated = _stated(found)
    return document(
        text,
        name=name,
        metadata=stated.or_else(metadata_of(text, language=language(text))),
        limits=limits,
        media_type="text/plain",
        reader="text",
        tongue=_tongue(found),
    )


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotText(f"is not UTF-8 (byte {error.object[error.start]:#04x}): save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotText(f"is not JSON: {error.msg.removesuffix(' at')} (character {error.pos + 1:,})") from None
    except RecursionError:
        raise NotText(f"is nested too deeply: write {SHAPE} alone") from None
    except ValueError:  # thousands of digits
        raise NotText(f"holds a number too long to read: write {SHAPE} alone") from None
    if not isinstance(found, dict):
        raise NotText(f"is no object: write {SHAPE}")
    return found


def _name(id: object) -> str:
    if isinstance(id, bool) or not isinstance(id, int | str):
        raise NotText('"id" is no string and no integer: write one of them')
    name = printable(" ".join(clean_text(str(id)).split()))
    if not name:
        raise NotText('"id" is empty: give each document a name of its own')
    if len(name) > LONGEST_ID:
        raise TooLarge(f'"id" is longer than {LONGEST_ID:,} characters: shorten it')
    return name


def _stated(found: dict[str, Any]) -> Metadata:
    title, publisher, address = (_words(found, field) for field in ("title", "publisher", "source_url"))
    if address and not _ADDRESS.fullmatch(address):
        raise NotText('"source_url" is no address: write http(s)://..., or leave it out')
    authors, published = _authors(found), _published(found)
    given = {"title": title, "authors": authors, "publisher": publisher, "published": published, "source_url": address}
    return Metadata(
        title=title,
        authors=authors,
        publisher=publisher,
        published=published,
        source_url=address,
        found_in=tuple((field, f"JSON {field!r}") for field, value in given.items() if value),
    )


def _words(found: dict[str, Any], field: str) -> str | None:
    value = found.get(field)
    if value is not None and not isinstance(value, str):
        raise NotText(f'"{field}" is no string: write one, or leave it out')
    return (value or "").strip() or None


def _authors(found: dict[str, Any]) -> tuple[str, ...]:
    value = found.get("authors") or ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise NotText('"authors" is no list of strings: write ["NAME", ...], or leave it out')
    return tuple(name.strip() for name in names if name.strip())


def _published(found: dict[str, Any]) -> PartialDate | None:
    value = _words(found, "published")
    if value is None:
        return None
    try:
        return PartialDate(value)
    except BadDate:
        day = stated_date(value)
    if day is None:
        raise NotText('"published" is no date: write YYYY, YYYY-MM or YYYY-MM-DD, or leave it out')
    return day


def _tongue(found: dict[str, Any]) -> str | None:
    value = _words(found, "language")
    if value is not None and not _LANGUAGE.fullmatch(value):
        raise NotText('"language" is no language tag: write one as in "en" or "pt-BR", or leave it out')
    return value


class _Unpacked(gzip.GzipFile):
    """A packed file that is closed with what unpacks it."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed

    def close(self) -> None:
        """Close both."""
        super().close()
        self._packed.close()
