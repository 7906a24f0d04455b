"""Periods of which networks are made."""

from __future__ import annotations

from datetime import date

import pytest
from tests.positions.networks.made import discourse, referral

from winset.errors import BadCase
from winset.positions.networks.types import Discourse
from winset.positions.networks.windows import Period, periods


@pytest.fixture
def june() -> Discourse:
    """From the first to the twentieth."""
    return discourse(referral("i", "a", 1, n, on=on) for n, on in enumerate(("2024-06-01", "2024-06-11", "2024-06-20")))


def day(number: int, month: int = 6) -> date:
    return date(2024, month, number)


def test_without_anything_asked_one_period_holds_everything(june: Discourse) -> None:
    assert periods(june) == (Period(),)
    assert periods(june, as_of=day(11)) == (Period(until=day(11)),)


def test_a_window_ends_with_the_last_statement_or_the_day_asked_for(june: Discourse) -> None:
    assert periods(june, window=7) == (Period(since=day(14), until=day(20)),)
    assert periods(june, window=1, as_of=day(30)) == (Period(since=day(30), until=day(30)),)


def test_a_series_of_windows_begins_with_the_one_that_holds_the_first_statement(june: Discourse) -> None:
    found = periods(june, window=10, step=5)
    assert [each.until for each in found] == [day(10), day(15), day(20)]
    assert [each.since for each in found] == [day(1), day(6), day(11)]
    assert periods(june, window=30, step=5) == (Period(since=date(2024, 5, 22), until=day(20)),)


def test_a_series_without_a_window_grows(june: Discourse) -> None:
    assert periods(june, step=8) == tuple(Period(until=day(number)) for number in (4, 12, 20))


@pytest.mark.parametrize(
    ("window", "step", "said"),
    [(0, None, "window of 0 days"), (5, -1, "step of -1 days"), (5, 6, "--step 1 to 5")],
)
def test_senseless_days_are_refused(june: Discourse, window: int, step: int | None, said: str) -> None:
    with pytest.raises(BadCase, match=said):
        periods(june, window=window, step=step)


def test_there_is_no_window_over_statements_without_dates() -> None:
    with pytest.raises(BadCase, match="no statement has a date"):
        periods(discourse([referral("i", "a", 1)]), window=5)


def test_more_networks_than_anybody_reads_are_refused() -> None:
    centuries = discourse(referral("i", "a", 1, n, on=on) for n, on in enumerate(("1800", "2024")))
    with pytest.raises(BadCase, match="take longer steps"):
        periods(centuries, step=1)


def test_a_day_before_everything_gives_one_empty_period(june: Discourse) -> None:
    assert periods(june, window=5, step=5, as_of=day(1, month=1)) == (
        Period(since=date(2023, 12, 28), until=day(1, month=1)),
    )
