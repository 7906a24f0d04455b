"""The documents of a share, as a worker reads them: files, lines of JSON, rows of Parquet, records of a web archive.

Source of the archives' form: ISO 28500:2017, WARC file format.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import logging
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from itertools import pairwise
from typing import IO, Any, BinaryIO, cast

from winset.cluster import places
from winset.cluster.sources import Piece, Share
from winset.corpus.document_lines import FIELDS, Line, document_of_line, document_or_refusal, lines
from winset.corpus.fetching import Fetched
from winset.corpus.reading import STANDARD, documents_at, read, read_payloads, rejected
from winset.corpus.sources import content_of, printable
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import Damaged, NotConfigured, NotText, TooLarge, Unreachable, Unreadable

ROWS = 200  # of Parquet, unpacked at a time
DOCUMENTS = ("response", "resource", "conversion")  # of the records of an archive, those that hold one
ANSWERED = 200  # with what was asked for. Source: RFC 9110, 15.3.1

_UNTELLABLE = (ValueError, OverflowError)  # of pyarrow, where Python has no such value; UnicodeDecodeError is the first

Read = Callable[[], Iterable[Document | Rejected]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be read, which has not been yet."""

    name: str
    read: Read


def entries(share: Share, *, limits: Limits = STANDARD) -> Iterator[Entry]:
    """What is in a share, in its order. What cannot be read on comes as an entry that is refused."""
    for piece in share.pieces:
        try:
            yield from _ENTRIES[piece.kind](piece, limits)
        except Unreadable as error:
            refusal = rejected(piece.name, error)
            yield Entry(piece.name, lambda refusal=refusal: (refusal,))  # type: ignore[misc]


def documents(entry: Entry) -> Iterator[Document | Rejected]:
    """What an entry holds."""
    try:
        yield from entry.read()
    except Unreadable as error:
        yield rejected(entry.name, error)


def cut(piece: Piece, size: int, *, limits: Limits = STANDARD) -> tuple[Piece, ...]:
    """The piece as several of about `size` bytes of text each, cut between two documents.  It is read through.

    One that cannot be read comes back as it is: whoever reads it will say why.
    """
    try:
        places_of_cuts = list(_CUTS[piece.kind](piece, size, limits))
    except Unreadable:
        return (piece,)
    if not places_of_cuts:
        return (piece,)
    ends = [(piece.start, piece.number), *places_of_cuts, (piece.end, 0)]
    return tuple(
        replace(piece, start=cast("int", start), number=number, end=end) for (start, number), (end, _) in pairwise(ends)
    )


def _file(piece: Piece, limits: Limits) -> Iterator[Entry]:
    def there() -> Iterable[Document | Rejected]:
        return read_payloads([(piece.name, _content(piece, limits))], limits=limits)

    yield Entry(piece.name, there)


def _content(piece: Piece, limits: Limits) -> bytes:
    if not places.is_address(piece.url):
        from pathlib import Path

        return content_of(Path(piece.url), name=piece.name, limits=limits)
    if piece.size > limits.file_bytes:
        most = f"at most {limits.file_bytes:,} are read: split it up"
        raise TooLarge(f"{piece.name}: {piece.size:,} bytes; {most}")
    return places.content(piece.url, most=limits.file_bytes + 1)


def _address(piece: Piece, limits: Limits) -> Iterator[Entry]:
    yield Entry(piece.name, partial(read, [piece.url], limits=limits))


def _refusal(piece: Piece, limits: Limits) -> Iterator[Entry]:  # noqa: ARG001 - one of a table of functions
    yield Entry(piece.name, lambda: (Rejected(name=piece.name, reason=piece.reason, kind=piece.fault),))


def _lines(piece: Piece, limits: Limits) -> Iterator[Entry]:
    def one(line: Line) -> Read:
        return lambda: (document_or_refusal(line, name=piece.name, limits=limits),)

    start = Line(piece.number, piece.start, None) if piece.start else None
    with _unpacked(piece) as stream:
        for line in lines(stream, name=piece.name, limits=limits, start=start):
            if piece.end is not None and line.end > piece.end:
                return
            yield Entry(f"{piece.name} line {line.number}", one(line))


def _cut_lines(piece: Piece, size: int, limits: Limits) -> Iterator[tuple[int, int]]:
    reached = piece.start
    with _unpacked(piece) as stream:
        for line in lines(stream, name=piece.name, limits=limits):
            if line.end - reached >= size:
                reached = line.end
                yield line.end, line.number


def _rows(piece: Piece, limits: Limits) -> Iterator[Entry]:
    with places.opened(piece.url) as stream, _table(piece, stream) as table:
        for number, row in _records_of(table, piece):
            name = f"{piece.name} row {number}"
            yield Entry(name, partial(_of_row, row, number, limits))


def _of_row(row: dict[str, Any] | None, number: int, limits: Limits) -> tuple[Document]:
    """A row is taken as a line that says the same.  None: one that cannot be told."""
    if row is None:
        raise NotText("holds a string that is no UTF-8, or a date outside the years 1 to 9999: write it again")
    said = {field: value.isoformat() if isinstance(value, date) else value for field, value in row.items()}
    if isinstance(row.get("published"), datetime):
        said["published"] = row["published"].date().isoformat()
    try:
        raw = json.dumps(said).encode()
    except TypeError as error:
        raise NotText(f"{error}: write strings") from None
    return (document_of_line(Line(number, 0, raw), limits=limits),)


def _records_of(table: Any, piece: Piece) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Number, from 1, and fields of each row of the piece; groups of rows before it are not unpacked."""
    columns = [name for name in FIELDS if name in table.schema_arrow.names]
    for field in ("id", "text"):
        if field not in columns:
            raise NotText(f'{piece.name}: has no column "{field}": name the columns id and text')
    before, groups = 0, []
    for group in range(table.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        if before + rows > piece.start and (piece.end is None or before < piece.end):
            groups.append((group, before))
        before += rows
    if not groups:
        return
    number = groups[0][1]
    for batch in table.iter_batches(batch_size=ROWS, row_groups=[group for group, _ in groups], columns=columns):
        for row in _rows_of(batch):
            if number >= piece.start and (piece.end is None or number < piece.end):
                yield number + 1, row
            number += 1


def _rows_of(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows as values; None for one with a string that is no UTF-8, or a date of no calendar."""
    try:
        yield from batch.to_pylist()
    except _UNTELLABLE:
        for number in range(batch.num_rows):
            try:
                (row,) = batch.slice(number, 1).to_pylist()
            except _UNTELLABLE:
                row = None
            yield row


def _cut_rows(piece: Piece, size: int, limits: Limits) -> Iterator[tuple[int, int]]:  # noqa: ARG001 - as _rows
    with places.opened(piece.url) as stream, _table(piece, stream) as table:
        about = [table.metadata.row_group(number) for number in range(table.num_row_groups)]
        rows, length = sum(each.num_rows for each in about), sum(each.total_byte_size for each in about)
        step = max(1, rows * size // max(length, 1))
        yield from ((row, row) for row in range(step, rows, step))


@contextlib.contextmanager
def _table(piece: Piece, stream: IO[bytes]) -> Iterator[Any]:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise NotConfigured(f"{piece.name}: Parquet needs pyarrow: pip install 'winset[cluster]'") from None
    try:
        with parquet.ParquetFile(stream) as table:
            yield table
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:  # the last of names of columns
        raise Damaged(f"{piece.name}: no Parquet, or damaged ({_line(error)}); fetch or write it again") from None


def _archived(piece: Piece, limits: Limits) -> Iterator[Entry]:
    with places.opened(piece.url) as stream:
        stream.seek(piece.start)
        for record, payload, offset in _records(piece, stream, limits):
            if piece.end is not None and offset >= piece.end:
                return
            if payload is not None:
                address = record.rec_headers.get_header("WARC-Target-URI") or f"{piece.name} byte {offset}"
                name = printable(address.strip("<>"))
                yield Entry(name, _of_record(record, payload, name, limits))


def _of_record(record: Any, payload: bytes, name: str, limits: Limits) -> Read:
    answer = record.http_headers.get_statuscode() if record.http_headers else str(ANSWERED)
    fetched_at = record.rec_headers.get_header("WARC-Date") or ""

    def there() -> Iterable[Document | Rejected]:
        if answer != str(ANSWERED):
            raise Unreachable(f"{name}: the server answered {answer} when it was archived; nothing to be done here")
        return documents_at(Fetched(payload=payload, url=name, retrieved_at=fetched_at), name=name, limits=limits)

    return there


def _payload(record: Any, limits: Limits) -> bytes:
    """At most one byte more than is read of a file: that it is too large is then said by who reads it."""
    stream, parts, length = record.content_stream(), [], 0
    while length <= limits.file_bytes and (part := stream.read(min(1_000_000, limits.file_bytes + 1 - length))):
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def _cut_archive(piece: Piece, size: int, limits: Limits) -> Iterator[tuple[int, int]]:
    length = 0
    with places.opened(piece.url) as stream:
        for _, payload, offset in _records(piece, stream, limits):
            if length >= size:
                yield offset, 0
                length = 0
            length += len(payload or b"")


def _records(piece: Piece, stream: IO[bytes], limits: Limits) -> Iterator[tuple[Any, bytes | None, int]]:
    """Each record, its content where it holds a document, and where it begins, which is known once it is read."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise NotConfigured(f"{piece.name}: web archives need warcio: pip install 'winset[cluster]'") from None
    try:
        archive = _quiet(ArchiveIterator)(stream)
        while (record := _next(archive)) is not None:
            payload = _payload(record, limits) if record.rec_type in DOCUMENTS else None
            while record.raw_stream.read(1_000_000):  # what is over the limit, or behind the last chunk
                pass
            if getattr(record.raw_stream, "limit", 0) > 0:  # one that says no length goes on to the end
                raise EOFError("it breaks off in a record")
            yield record, payload, archive.get_record_offset()
        if archive.offset < stream.tell():
            raise EOFError("it breaks off in a record")
    except (ArchiveLoadFailed, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Damaged(f"{piece.name}: a damaged web archive ({_line(error)}); fetch it again") from None


@cache
def _quiet(iterator: type[Any]) -> type[Any]:
    """An iterator that does not write a stranger's bytes to the screen: what is wrong is told in a line of ours."""
    logging.getLogger("warcio").setLevel(logging.ERROR)
    return type("Quiet", (iterator,), {"INC_RECORD": ""})


def _next(archive: Any) -> Any:
    """The next record, or None.  Raises Damaged where the library fails at what no record looks like."""
    try:
        return next(archive, None)
    except (AttributeError, TypeError, ValueError, LookupError) as error:
        raise EOFError(f"a record without what each must have: {error}") from error


@contextlib.contextmanager
def _unpacked(piece: Piece) -> Iterator[BinaryIO]:
    """The bytes of a file of lines, unpacked where its name says that they are packed."""
    with places.opened(piece.url) as stream:
        if piece.url.lower().endswith(".gz"):
            with gzip.GzipFile(fileobj=stream, mode="rb") as unpacked:
                yield cast("BinaryIO", unpacked)
        else:
            yield cast("BinaryIO", stream)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


_ENTRIES: dict[str, Callable[[Piece, Limits], Iterator[Entry]]] = {
    "file": _file,
    "address": _address,
    "lines": _lines,
    "rows": _rows,
    "records": _archived,
    "refusal": _refusal,
}
_CUTS: dict[str, Callable[[Piece, int, Limits], Iterator[tuple[int, int]]]] = {
    "lines": _cut_lines,
    "rows": _cut_rows,
    "records": _cut_archive,
}
