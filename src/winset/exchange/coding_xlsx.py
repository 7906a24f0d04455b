"""A coding sheet as a workbook: text stays text, and what others wrote is opened with limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from winset.errors import BadSheet

MAGIC = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"  # a workbook of before 2007, or one with a password
UNPACKED = 300_000_000  # bytes
RATIO, SMALL = 200, 10_000_000  # unpacked to packed, and the bytes below which no ratio hurts
AS_TEXT = ("id", "text_hash")  # columns of ids
HEADER_WITHIN = 50  # rows; the widest of them is as wide as the table
LONGEST = 32_767  # characters of a cell. Source: Microsoft, "Excel specifications and limits"
WIDTHS = {"content": 60, "before": 40, "after": 40, "source": 24, "document": 24, "machine_reason": 24, "why": 30}
_CHUNK = 1 << 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (  # what zipfile, the XML parser and openpyxl raise on a file that is not what it claims
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError),
    *(IndexError, EOFError, OSError, NotImplementedError, RecursionError, SyntaxError),
)


def xlsx_bytes(
    rows: Iterable[Sequence[str | float | None]], *, header: Sequence[str], choices: Mapping[str, Sequence[str]]
) -> bytes:
    """The table as a workbook with one sheet; no cell of it is a formula.

    choices: for a column, the words among which the spreadsheet lets a coder choose.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("codes")
    sheet.freeze_panes = "B2"
    for place, column in enumerate(header, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDTHS.get(column, 14)
        listed = ",".join(choices.get(column, ()))
        if listed and len(listed) < 250 and '"' not in listed:  # noqa: PLR2004 - 255 with its marks is all it takes
            allowed = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
            allowed.add(f"{letter}2:{letter}100001")
            sheet.data_validations.append(allowed)

    def cell(value: str | float | None, column: str = "") -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, value=_CONTROL.sub("\ufffd", value)[:LONGEST])
        made.data_type = "s"  # else a text that begins with "=" would be run
        if column in AS_TEXT:
            made.number_format = "@"  # else an id of digits would be shown, and saved, as a number
        return made

    sheet.append([cell(column) for column in header])
    for row in rows:
        sheet.append(list(map(cell, row, header)))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xlsx_rows(payload: bytes, *, name: str, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """The rows of the first sheet as text, the header first; a formula stays its own text and is not worked out.

    Raises BadSheet for what is no workbook, unfolds to too much, or declares entities.
    """
    check_archive(payload, name=name)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(payload), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        first = sheet.iter_rows(max_row=HEADER_WITHIN, max_col=most_columns, values_only=True)
        filled = [place for row in first for place, value in enumerate(row, start=1) if value is not None]
        width = max(filled, default=1)
        for row in sheet.iter_rows(max_row=most_rows + 1, max_col=width, values_only=True):
            yield [as_text(value) for value in row]
    except _BROKEN as error:
        raise BadSheet(f"{name}: does not open as a workbook ({type(error).__name__}): save it anew as .xlsx") from None


def check_archive(payload: bytes, *, name: str) -> None:
    """Raises BadSheet on a zip bomb, counting what really comes out, and on XML that declares a type or entities."""
    limit = min(UNPACKED, max(SMALL, RATIO * len(payload)))
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    head = b""
                    while chunk := part.read(_CHUNK):
                        head = head or chunk
                        unpacked += len(chunk)
                        if unpacked > limit:
                            raise BadSheet(f"{name}: unpacks {len(payload):,} bytes to over {limit:,} (a zip bomb?)")
                if _DECLARES.search(head.replace(b"\0", b"")):  # UTF-16 is ASCII with NULs between
                    raise BadSheet(f"{name}: declares XML entities, as no spreadsheet does: save it anew as .xlsx")
    except BadSheet:
        raise
    except (*_BROKEN, RuntimeError) as error:  # RuntimeError: a part with a password
        raise BadSheet(f"{name}: a damaged workbook ({type(error).__name__}): save it anew as .xlsx") from None


def as_text(value: object) -> str:
    """A cell's value as a coder would have typed it.

    >>> as_text(True), as_text(1.0), as_text(-0.25), as_text(None), as_text("favour")
    ('yes', '1', '-0.25', '', 'favour')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
