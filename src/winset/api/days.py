"""Days, as callers give them."""

from __future__ import annotations

from datetime import date


def day(on: date | str | None) -> date:
    """The day; a month or a year means its last day, None means today.  Raises BadDate.

    >>> day("2023-06")
    datetime.date(2023, 6, 30)
    """
    from winset.ids import PartialDate
    from winset.pipeline import now

    if isinstance(on, date):
        return on
    return PartialDate(now()[:10] if on is None else on).latest
