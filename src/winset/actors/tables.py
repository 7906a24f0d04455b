"""The shipped tables: CSV files inside the package, read through its loader."""

from __future__ import annotations

import csv
import pkgutil
import re
import unicodedata
from datetime import date
from functools import cache, lru_cache

from winset.ids import PartialDate

_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_UNDECOMPOSED = re.compile(f"[{''.join(_LETTERS)}]")
_ACCENTS = re.compile("[\u0300-\u0314\u0323-\u0328]")  # the usual ones, all at once


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Every row of `data/<name>`, as text by column.  Raises FileNotFoundError."""
    # pkgutil, for importlib.resources loads more than all tables are; no DictReader, which takes twice as long
    source = pkgutil.get_data("winset.actors", f"data/{name}") or b""
    header, *lines = csv.reader(source.decode("utf-8").splitlines())
    return tuple([dict(zip(header, line, strict=True)) for line in lines if line])


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


@lru_cache(maxsize=16_384)  # texts name the same people again and again
def folded(name: str) -> str:
    """A name without case, accents, hyphens and dots, for comparing spellings.

    >>> folded("Radosław Sikorski") == folded("RADOSLAW SIKORSKI")
    True
    """
    letters = name.lower()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", _UNDECOMPOSED.sub(_instead, letters))
        letters = plain_quotes(_ACCENTS.sub("", apart))
        if not letters.isascii():
            letters = "".join([letter for letter in letters if not unicodedata.combining(letter)])
    return " ".join(letters.replace("-", " ").replace(".", " ").split())


def _instead(letter: re.Match[str]) -> str:
    return _LETTERS[letter.group()]
