"""Tables as columns: Parquet and Arrow files, each column of one type, what it means in its field's metadata.

Rows are written as they are made, so many at a time: a large table is never held whole.
Source: Apache Parquet, "File format"; Apache Arrow, "Arrow columnar format", IPC files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from winset.errors import NotConfigured
from winset.exchange.table_files import BETWEEN, SCHEMA
from winset.exchange.tables import Cell, Row, Sheet

FORMS = ("parquet", "arrow")
_BATCH = 5_000  # rows between two writes
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # halves of a pair, which UTF-8 cannot hold
FLOAT, INT, FLAG, LIST, TEXT = "double", "int64", "bool", "list", "string"
TYPES = {  # of the columns that are no text, by name, in whatever table they stand
    FLOAT: """accepts_up_to adopted_if_no adopted_if_yes at confidence direction firmness high_90 low_90 moved objects
        passes position relevance salience salience_error speaks_for stance_confidence std_error weight""",
    INT: "characters end number origins start statements take telling undoes undone_by version votes",
    FLAG: "alone borne_out conditional hedged holds on_record ongoing planned",
    LIST: "authors content_at documents evidence objectors said ways",
}
_KINDS = {column: kind for kind, columns in TYPES.items() for column in columns.split()}
_OTHERWISE = {  # table and column, where the same name means something else
    ("codes", "at"): TEXT,
    ("judgements", "at"): TEXT,
    ("changes", "at"): TEXT,
    ("judgements", "statements"): LIST,
}


def kind_of(table: str, column: str) -> str:
    """The type of a column, as Arrow calls it; "list" is a list of strings."""
    return _OTHERWISE.get((table, column), _KINDS.get(column, TEXT))


def write_columns(sheet: Sheet, file: IO[bytes], *, form: str) -> None:
    """One table in one of FORMS.  Raises NotConfigured without pyarrow."""
    arrow = _arrow()
    schema = _schema(sheet, arrow)
    if form == "parquet":
        from pyarrow import parquet

        writer = parquet.ParquetWriter(file, schema, compression="zstd")
    else:
        from pyarrow import ipc

        writer = ipc.new_file(file, schema)
    with writer:
        for rows in _portions(iter(sheet.rows)):
            columns = zip(*rows, strict=True)
            arrays = [
                arrow.array([_cell(cell, kind_of(sheet.name, field.name)) for cell in column], type=field.type)
                for field, column in zip(schema, columns, strict=True)
            ]
            writer.write_batch(arrow.record_batch(arrays, schema=schema))


def write_column_folder(sheets: Iterator[Sheet], place: Path, *, form: str) -> None:
    """A file for each table into a folder that is there.  Raises NotConfigured without pyarrow."""
    for sheet in sheets:
        with (place / f"{sheet.name}.{form}").open("wb") as file:
            write_columns(sheet, file, form=form)


def _portions(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while portion := list(islice(rows, _BATCH)):
        yield portion


def _schema(sheet: Sheet, arrow: Any) -> Any:
    types = {
        FLOAT: arrow.float64(),
        INT: arrow.int64(),
        FLAG: arrow.bool_(),
        LIST: arrow.list_(arrow.string()),
        TEXT: arrow.string(),
    }
    fields = [
        arrow.field(name, types[kind_of(sheet.name, name)], metadata={"about": about} if about else None)
        for name, about in sheet.columns.items()
    ]
    return arrow.schema(fields, metadata={"schema": SCHEMA, "table": sheet.name, "about": sheet.about})


def _cell(cell: Cell, kind: str) -> Any:
    """As a column of that type holds it."""
    if cell is None:
        return None
    if kind == TEXT:
        return _text(BETWEEN.join(map(str, cell)) if isinstance(cell, tuple) else _plain(cell))
    if kind == LIST:
        return [_text(each) for each in cell] if isinstance(cell, tuple) else [_text(str(cell))]
    if kind == FLOAT and isinstance(cell, int):
        return float(cell)
    return cell


def _plain(cell: str | float | bool) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


def _text(words: str) -> str:
    return _SURROGATE.sub("\ufffd", words)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise NotConfigured("Parquet and Arrow need pyarrow: pip install 'winset[tables]'; or write .csv") from None
    return pyarrow
