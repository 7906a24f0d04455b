"""Days, as callers give them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from winset.errors import BadDate

if TYPE_CHECKING:
    from winset.ids import PartialDate


def day(on: date | str | None) -> date:
    """The day; a month or a year means its last day, None means today.  Raises BadDate.

    >>> day("2023-06")
    datetime.date(2023, 6, 30)
    """
    from winset.pipeline.clock import now

    return partial(now()[:10] if on is None else on).latest


def partial(on: date | str) -> PartialDate:
    """A day, month or year, no more precise than it is given.  Raises BadDate.

    >>> partial("2023-06").text, partial(date(2023, 6, 30)).text
    ('2023-06', '2023-06-30')
    """
    from winset.ids import PartialDate

    if isinstance(on, datetime):  # a time stamp of pandas is one too
        if on != on:  # noqa: PLR0124 - pandas' NaT
            raise BadDate("on=NaT is no day: give a date, or text such as '2024-03-01'")
        return PartialDate(on.date().isoformat())
    if isinstance(on, date):
        return PartialDate(on.isoformat())
    if not isinstance(on, str):
        raise BadDate(f"on={on!r} is no day: give a date, or text such as '2024-03-01'")
    return PartialDate(on)
