"""Pages of an answer: an assistant asks for the next one with the cursor of the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from winset.errors import BadCase

CURSOR = r"^\d{1,12}(\.\d{1,9})?$"
LAST = 2**31 - 1  # the largest place that a server keeps
BUDGET = 16_000  # characters of documents' words in one answer

T = TypeVar("T")


def place(cursor: str | None) -> int:
    """Behind which place of the case a page begins."""
    return min(int(cursor.partition(".")[0]), LAST) if cursor else 0


def offset(cursor: str | None, *, version: int) -> int:
    """How many rows of a list were shown already.  Raises BadCase where the case is another than the list was of.

    >>> offset("7.20", version=7)
    20
    """
    if not cursor:
        return 0
    if not re.fullmatch(CURSOR, cursor) or "." not in cursor:
        raise BadCase(f"cursor {cursor!r}: take that of the answer before, of the same tool")
    of, _, rows = cursor.partition(".")
    if int(of) != version:
        raise BadCase("the case has changed since that page: ask again without a cursor")
    return int(rows)


def page(rows: Sequence[T], *, cursor: str | None, limit: int, version: int) -> tuple[Sequence[T], str | None]:
    """The rows of a page of a list of this version, and the cursor of the next.  Raises BadCase."""
    start = offset(cursor, version=version)
    end = start + limit
    return rows[start:end], f"{version}.{end}" if end < len(rows) else None
