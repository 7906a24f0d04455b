"""A coding sheet as CSV: UTF-8 with its mark, which spreadsheets need to read it as such."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from winset.errors import BadSheet

DELIMITERS = ",;\t"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet may run
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CELL = 1_000_000  # characters


def csv_bytes(rows: Iterable[Sequence[str | float | None]]) -> bytes:
    r"""The table as a file. Text that a spreadsheet would take for a formula gets an apostrophe before it.

    Source: OWASP, "CSV Injection".

    >>> csv_bytes([["=1+1", -0.5, None]]).decode("utf-8-sig")
    "'=1+1,-0.5,\r\n"
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig", "backslashreplace")


def csv_rows(payload: bytes, *, name: str) -> Iterator[list[str]]:
    """The rows as they are, the header first; bytes that are no UTF-8 come as lone surrogates, for the row to be told.

    Raises BadSheet for broken UTF-16, and where quotation marks no longer pair up.
    """
    text = _decoded(payload, name)
    first, _, rest = text.partition("\n")
    delimiter = max(DELIMITERS, key=first.count)
    if first.strip().lower().startswith("sep=") and len(first.strip()) > len("sep="):  # as spreadsheets write it
        text, delimiter = rest, first.strip()[-1]
        yield []
    limit = csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise BadSheet(f"no valid CSV from line {reader.line_num} on: {error}") from None
    finally:
        csv.field_size_limit(limit)


def unquoted(cell: str) -> str:
    """A cell without the apostrophe that `csv_bytes` put before it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _cell(cell: str | float | None) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return f"{cell:g}"
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _decoded(payload: bytes, name: str) -> str:
    if payload.startswith(_UTF_16):
        try:
            return payload.decode("utf-16")
        except UnicodeDecodeError:
            raise BadSheet(f"{name}: broken UTF-16: save it as CSV in UTF-8") from None
    return payload.decode("utf-8-sig", "surrogateescape")
