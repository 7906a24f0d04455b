"""Days, as callers give them."""

from __future__ import annotations

from datetime import date, datetime

from winset.errors import BadDate


def day(on: date | str | None) -> date:
    """The day; a month or a year means its last day, None means today.  Raises BadDate.

    >>> day("2023-06")
    datetime.date(2023, 6, 30)
    """
    from winset.ids import PartialDate
    from winset.pipeline import now

    if isinstance(on, datetime):  # a time stamp of pandas is one too
        if on != on:  # noqa: PLR0124 - pandas' NaT
            raise BadDate("on=NaT is no day: give a date, or text such as '2024-03-01'")
        return on.date()
    if isinstance(on, date):
        return on
    if on is not None and not isinstance(on, str):
        raise BadDate(f"on={on!r} is no day: give a date, or text such as '2024-03-01'")
    return PartialDate(now()[:10] if on is None else on).latest
