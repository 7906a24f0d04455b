"""Where a fact of the shipped registry stands, to be named beside a line of the user's that contradicts it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from winset.actors.tables import parts, plain_quotes, rows

SOMEWHERE = "the shipped registry"


def shipped_row(folders: Iterable[str], *wanted: str) -> str:
    """The first row of these folders of `data` that holds all the wanted values, each as a cell or a part of one.

    Cost: a pass over the tables, as it is asked only of what is refused or told.

    >>> shipped_row(["countries"], "FRA", "France").startswith("shipped countries/countries.csv line ")
    True
    """
    values = [plain_quotes(value) for value in wanted]
    for folder in folders:
        tables = files("winset.actors").joinpath("data").joinpath(folder).iterdir()
        for table in sorted(each.name for each in tables if each.name.endswith(".csv")):
            for line, row in enumerate(rows(f"{folder}/{table}"), start=2):
                if all(_holds(row, value) for value in values):
                    return f"shipped {folder}/{table} line {line}"
    return SOMEWHERE


def _holds(row: dict[str, str], value: str) -> bool:
    cells = [plain_quotes(cell) for cell in row.values() if isinstance(cell, str)]  # a row too long has a list
    return any(cell == value or (value in cell and value in parts(cell)) for cell in cells)
