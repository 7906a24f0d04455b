"""The shipped tables: CSV files inside the package, read through importlib.resources."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from functools import cache
from importlib.resources import files

from winset.ids import PartialDate

_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Every row of `data/<name>`, as text by column."""
    source = files("winset.actors").joinpath("data").joinpath(*name.split("/"))
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def parts(cell: str) -> tuple[str, ...]:
    """A cell of several values, which the tables part with a bar."""
    return tuple(part for part in cell.split("|") if part)


def first_day(cell: str) -> date | None:
    """The first day a partial date may mean; None for an empty cell."""
    return PartialDate(cell).earliest if cell else None


def last_day(cell: str) -> date | None:
    """The last day a partial date may mean; None for an empty cell, which says: still."""
    return PartialDate(cell).latest if cell else None


def plain_quotes(text: str) -> str:
    """The text with typewriter apostrophes and spaces, at the same offsets.

    >>> plain_quotes("Côte d’Ivoire")
    "Côte d'Ivoire"
    """
    return text.replace("’", "'").replace("‘", "'").replace("\u00a0", " ").replace("\n", " ")


def folded(name: str) -> str:
    """A name without case, accents, hyphens and dots, for comparing spellings.

    >>> folded("Radosław Sikorski") == folded("RADOSLAW SIKORSKI")
    True
    """
    letters = name.lower()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", letters.translate(_UNDECOMPOSED))
        letters = plain_quotes("".join(letter for letter in apart if not unicodedata.combining(letter)))
    return " ".join(letters.replace("-", " ").replace(".", " ").split())
