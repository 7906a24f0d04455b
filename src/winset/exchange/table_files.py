"""Tables as files: a workbook with one sheet each, CSV files in a folder or one archive, or JSON.

No cell is ever run: in a workbook text is stored as text, in CSV what begins like a formula gets an apostrophe.
Rows are written as they are made, so that a large table is never held whole.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from winset.errors import CannotWrite
from winset.exchange.coding_csv import FORMULA
from winset.exchange.coding_export import as_id
from winset.exchange.coding_xlsx import LONGEST
from winset.exchange.tables import Cell, Sheet

SCHEMA = "winset-tables/1"  # grows by new tables and columns; one that changes or goes makes it winset-tables/2
MOST_ROWS = 1_048_575  # of a worksheet below its header. Source: Microsoft, "Excel specifications and limits"
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # of every file in an archive: the same case gives the same bytes
BETWEEN = "; "  # of several values in one cell
WIDE = frozenset({"content", "exact", "name", "title", "why", "about", "reason", "before", "after", "evidence"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BATCH = 500  # rows between two writes


def csv_parts(sheet: Sheet) -> Iterator[bytes]:
    r"""The table as CSV: UTF-8 with its mark, which spreadsheets need to read it as such.

    Source of the guard against formulas: OWASP, "CSV Injection".

    >>> odd = Sheet(name="t", about="", columns={"said": "", "at": ""}, rows=[("=1+1", 3), ("no", None)])
    >>> b"".join(csv_parts(odd)).decode("utf-8-sig")
    "said,at\r\n'=1+1,3\r\nno,\r\n"
    """
    ids = [_is_id(column) for column in sheet.columns]
    yield "\ufeff".encode()
    yield _lines([list(sheet.columns)])
    batch: list[list[str]] = []
    for row in sheet.rows:
        batch.append([_guarded(cell, id=id) for cell, id in zip(row, ids, strict=True)])
        if len(batch) == _BATCH:
            yield _lines(batch)
            batch = []
    yield _lines(batch)


def write_zip(sheets: Iterable[Sheet], file: IO[bytes]) -> None:
    """One archive with a CSV file for each table, and one that says what the columns mean."""
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        known = []
        for sheet in sheets:
            known.append(sheet)
            _add(archive, sheet)
        _add(archive, columns_sheet(known))


def write_folder(sheets: Iterable[Sheet], place: Path) -> None:
    """A CSV file for each table into a folder that is there, and one that says what the columns mean."""
    known = []
    for sheet in sheets:
        known.append(sheet)
        _write(place, sheet)
    _write(place, columns_sheet(known))


def write_xlsx(sheets: Iterable[Sheet], file: IO[bytes]) -> None:
    """A workbook with a sheet for each table and one that says what the columns mean; no cell is a formula.

    Raises CannotWrite for a table of more rows than a worksheet takes.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    known = []
    try:
        for sheet in sheets:
            known.append(sheet)
            _fill(book.create_sheet(sheet.name), sheet)
        _fill(book.create_sheet("columns"), columns_sheet(known))
    except BaseException:
        for page in book.worksheets:  # each is a file of its own that is still open
            page.close()
        raise
    book.save(file)


def write_json(sheets: Iterable[Sheet], file: IO[bytes]) -> None:
    """One object: each table under its name as a list of objects; several values of one cell are a list."""
    file.write(f'{{\n"schema": {json.dumps(SCHEMA)}'.encode())
    for sheet in sheets:
        file.write(f",\n{json.dumps(sheet.name)}: [".encode())
        for number, row in enumerate(sheet.rows):
            found = {name: _json(cell) for name, cell in zip(sheet.columns, row, strict=True)}
            line = json.dumps(found, ensure_ascii=False, allow_nan=False)
            file.write(f"{',' if number else ''}\n{line}".encode("utf-8", "backslashreplace"))
        file.write(b"\n]")
    file.write(b"\n}\n")


def columns_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """What the columns of these tables mean."""
    rows = ((sheet.name, name, about or None) for sheet in sheets for name, about in sheet.columns.items())
    return Sheet(name="columns", about="What the columns mean.", columns=_COLUMNS, rows=rows)


_COLUMNS = {"table": "", "column": "", "about": ""}


def _write(place: Path, sheet: Sheet) -> None:
    with (place / f"{sheet.name}.csv").open("wb") as file:
        file.writelines(csv_parts(sheet))


def _add(archive: zipfile.ZipFile, sheet: Sheet) -> None:
    entry = zipfile.ZipInfo(f"{sheet.name}.csv", date_time=SAME_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as part:
        for each in csv_parts(sheet):
            part.write(each)


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "B2"
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = 44 if column in WIDE else 16

    def text(words: str) -> Any:
        made = WriteOnlyCell(page, value=_CONTROL.sub("\ufffd", words)[:LONGEST])
        made.data_type = "s"  # else a text that begins with "=" would be run
        made.number_format = "@"  # else an id of digits would be shown, and saved, as a number
        return made

    heads = [text(column) for column in sheet.columns]
    for head in heads:
        head.font = Font(bold=True)
    page.append(heads)
    for number, row in enumerate(sheet.rows, start=1):
        if number > MOST_ROWS:
            raise CannotWrite(
                f"{sheet.name}: over {MOST_ROWS:,} rows, more than a worksheet takes: write .zip, .json or a folder"
            )
        cells = map(_plain, row)
        page.append([text(cell) if isinstance(cell, str) else cell for cell in cells])


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8", "backslashreplace")


def _plain(cell: Cell) -> str | float | None:
    """As a spreadsheet holds it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return BETWEEN.join(cell) if isinstance(cell, tuple) else cell


def _guarded(cell: Cell, *, id: bool) -> str:
    """As CSV holds it: nothing that a spreadsheet would run, and no id that it would take for a number."""
    plain = _plain(cell)
    if plain is None:
        return ""
    if not isinstance(plain, str):
        return str(plain) if isinstance(plain, int) else f"{plain:.12g}"
    if id:
        plain = BETWEEN.join(map(as_id, plain.split(BETWEEN)))
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def _is_id(column: str) -> bool:
    return column in {"id", "evidence", "said", "statements", "documents"} or column.endswith("_id")


def _json(cell: Cell) -> object:
    return list(cell) if isinstance(cell, tuple) else cell
