"""One cell of a table of positions: a number, exactly as written, or why it is none."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from numbers import Integral, Real

LONGEST_NUMBER = 30  # characters; 1e999999 is short too, so exponents have two digits at most
LONGEST_NAME = 200  # characters of an actor's or issue's name
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_NOTHING = frozenset({"", "na", "n/a", "nan", "none", "null", "inf", "+inf", "-inf", "infinity", "-infinity", "-"})


class NoNumber(ValueError):
    """A cell that holds no number; its words say what it holds, and what to write."""


def is_empty(cell: object) -> bool:
    """Whether nothing stands in it.

    >>> [is_empty(cell) for cell in ("", " ", None, float("nan"), "0", 0)]
    [True, True, True, True, False, False]
    """
    if isinstance(cell, str):
        return not cell.strip()
    return cell is None or str(cell) in ("nan", "NaN", "NaT", "<NA>")


def words(cell: object) -> str:
    """What stands in it, short enough for one line."""
    text = " ".join((cell if isinstance(cell, str) else repr(cell)).split())
    return text if len(text) <= LONGEST_NUMBER else f"{text[:LONGEST_NUMBER]}…"


def number(cell: object) -> Fraction:
    """The number in it, exactly as it is written in decimals.  Raises NoNumber.

    >>> number(" 0.1 "), number(0.1), number(60)
    (Fraction(1, 10), Fraction(1, 10), Fraction(60, 1))
    """
    if is_empty(cell):
        raise NoNumber("is empty")
    if isinstance(cell, bool):
        raise NoNumber(f"is {cell}, no number")
    if isinstance(cell, Integral):
        return Fraction(int(cell))
    if isinstance(cell, Real):
        value = float(cell)
        if not math.isfinite(value):
            raise NoNumber(f"is {value}, no finite number")
        return Fraction(repr(value))  # its shortest decimals: what the user wrote, not the nearest binary fraction
    return _written(str(cell).strip())


def _written(text: str) -> Fraction:
    if text.casefold() in _NOTHING:
        raise NoNumber(f"is {text!r}, no number")
    if _THOUSANDS.fullmatch(text):  # a thousand in one country, a one in another: the user has to say which
        whole, point = words(text.replace(",", "")), words(text.replace(",", "."))
        raise NoNumber(f"is {words(text)!r}: write {whole}, or {point} if the comma is a decimal one")
    if _COMMA.fullmatch(text):
        raise NoNumber(f"is {words(text)!r}: write {words(text.replace(',', '.'))}, with a decimal point")
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        raise NoNumber(f"is {words(text)!r}: write the number without %")
    if not _NUMBER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise NoNumber(f"is {words(text)!r}, no number")
    return Fraction(text)
