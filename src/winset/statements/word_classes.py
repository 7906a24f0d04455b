"""The closed classes of English words that the rules go by, from `data/word_classes.csv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of a class, lower case; raises KeyError for a class that the table lacks.

    >>> "must" in word_class("auxiliaries")
    True
    """
    return _table()[name]


@cache
def _table() -> dict[str, frozenset[str]]:
    table = files("winset.statements") / "data" / "word_classes.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["class"]: frozenset(row["words"].split()) for row in rows}
