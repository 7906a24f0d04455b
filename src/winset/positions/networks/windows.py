"""Networks over time: of the last days, in steps, or growing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from winset.errors import BadCase
from winset.positions.networks.building import network
from winset.positions.networks.kinds import Duplicates, Kind, Normalisation
from winset.positions.networks.types import Discourse, Network

MOST_WINDOWS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What is counted together: from the first to the last day, both inclusive; None: as far as anything is known."""

    since: date | None = None
    until: date | None = None


def periods(
    discourse: Discourse, *, window: int | None = None, step: int | None = None, as_of: date | None = None
) -> tuple[Period, ...]:
    """The periods that networks are made of, in order of time; the last ends on `as_of`.

    window: days; None: each begins with the first day known.  step: days from one to the next; None: the last alone.
    as_of: the last day that counts; None: that of the last statement.  A series begins with the period that holds
    the earliest statement.  Without any of them one period holds everything, statements without a date too.
    Raises BadCase for days that are not positive, steps longer than the window, a series without any date, and more
    periods than anybody reads.
    """
    for name, days in (("window", window), ("step", step)):
        if days is not None and days < 1:
            raise BadCase(f"a {name} of {days} days: write 1 or more")
    if window is not None and step is not None and step > window:
        raise BadCase(f"steps of {step} days leave days out between windows of {window}: write --step 1 to {window}")
    dates = [each.on for each in discourse.referrals if each.on is not None]
    if window is None and step is None:
        return (Period(until=as_of),)
    if not dates:
        raise BadCase("no statement has a date, so there is nothing to move a window over: leave out window and step")
    last = as_of or max(each.latest for each in dates)
    ends = [last] if step is None else _ends(last, min(each.earliest for each in dates), step, window)
    return tuple(Period(since=_start(end, window), until=end) for end in ends)


def _ends(last: date, first: date, step: int, window: int | None) -> list[date]:
    """The last days of a series, in order of time; the first of its periods holds the first day."""
    days = (last - first).days
    steps = days // step if window is None else -(-(days - window + 1) // step)
    number = max(0, steps) + 1
    if number > MOST_WINDOWS:
        raise BadCase(f"{number:,} networks, from {first} to {last}: at most {MOST_WINDOWS:,}: take longer steps")
    return [last - timedelta(days=step * back) for back in reversed(range(number))]


def _start(end: date, window: int | None) -> date | None:
    return None if window is None else end - timedelta(days=window - 1)


def networks(
    discourse: Discourse,
    over: tuple[Period, ...],
    *,
    kind: Kind = Kind.CONGRUENCE,
    normalisation: Normalisation = Normalisation.NONE,
    duplicates: Duplicates = Duplicates.ORIGIN,
) -> Iterator[Network]:
    """One network for each period, made as it is asked for."""
    for period in over:
        yield network(
            discourse,
            kind=kind,
            normalisation=normalisation,
            duplicates=duplicates,
            since=period.since,
            until=period.until,
        )
