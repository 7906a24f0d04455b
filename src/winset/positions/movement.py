"""Positions over time: where an actor stood on each day it spoke, and since when it stands elsewhere."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from statistics import NormalDist
from typing import TypeAlias, TypeVar

from winset.ids import ActorId, PartialDate, StatementId
from winset.issues import Issue
from winset.positions.estimation import METHOD, Evidence, by_actor, heard, stated, until
from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import Estimate, Weighed, aged, joined
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.types import Position, Shift

LEVEL = 0.05  # chance of calling chance a shift, for one actor
MOST_DAYS = 40  # tried of a long history, for one shift
ROUNDING = 1e-9  # else a layer's last stretch could end after the last day
LEAST_ORIGINS = 2  # independent ones on either side: one report turns nobody round

D = TypeVar("D")
Dated: TypeAlias = tuple[date, StatementId, Weighed]


def course(
    coded: Sequence[Evidence],
    *,
    issue: Issue,
    method: str = METHOD,
    as_of: PartialDate | None = None,
    prior: Prior = ANYWHERE,
    most_days: int | None = None,
) -> tuple[Position, ...]:
    """For each actor its position on every day on which it said something for or against, by actor and day.

    `as_of` of each is that day; only what was said until then counts. Statements without a date are left out, and
    what each statement did is not told.
    most_days: of one actor, evenly picked, the last one among them; None: all.
    Raises UnknownMethod, BadCase.  Cost: days times statements.
    """
    ESTIMATORS[method]
    found = []
    for actor_id, rows in sorted(by_actor(until(coded, as_of)).items()):
        dated = _by_day(rows)
        signs = [heard(row) for _, row in dated]
        said = [(day, row.reading(issue, day)) for day, row in dated if row.counts]
        trusted = [(day.toordinal(), reading, reading.trust) for day, reading in said]
        for day in picked(sorted({day for day, _ in said}), most_days):
            at, known = day.toordinal(), bisect_right(dated, day, key=itemgetter(0))
            by_then = trusted[: bisect_right(trusted, at, key=itemgetter(0))]
            seen = joined(Weighed(each.origin, each.value, aged(trust, at - on)) for on, each, trust in by_then)
            evidence = tuple(each.statement_id for _, each, _ in by_then)
            then = stated(actor_id, issue, evidence, seen, signs[:known], method=method, prior=prior)
            found.append(replace(then, as_of=PartialDate(day.isoformat())))
    return tuple(found)


def picked(days: Sequence[D], most: int | None) -> Sequence[D]:
    """The days themselves, or so many of them, evenly picked, the last one always.

    >>> picked(list(range(10)), 3), picked([1, 2], 3)
    ([2, 5, 9], [1, 2])
    """
    if most is None or len(days) <= most:
        return days
    return [days[(number + 1) * len(days) // most - 1] for number in range(most)]


def shifts(
    coded: Sequence[Evidence],
    *,
    issue: Issue,
    method: str = METHOD,
    as_of: PartialDate | None = None,
    prior: Prior = ANYWHERE,
) -> tuple[Shift, ...]:
    """From when on an actor stood elsewhere than before, by more than both estimates' uncertainty; by actor and day.

    Seeded binary segmentation: of all days, within the whole history and within stretches of it, the one that parts
    what was said best is a shift when the estimates before and since differ by more standard errors than chance
    makes in one of 20 histories, the level shared among the days (Bonferroni); then both sides are searched in the
    same way. Of a long history only 40 days are tried, evenly spread. Either side needs two independent origins. Both
    estimates carry the error that all readings share, so that few words never make a shift; the age of words does
    not count here, since each side is what was said then.
    Raises UnknownMethod, BadCase.  Cost: days tried times statements, some ten times over.
    Source: Kovacs, Buehlmann, Li & Munk (2023), Biometrika 110, 249-256, definition 1, for the stretches.
    """
    ESTIMATORS[method]
    found: list[Shift] = []
    for actor_id, rows in sorted(by_actor(until(coded, as_of)).items()):
        readings = [(day, row.reading(issue, day)) for day, row in _by_day(rows) if row.counts]
        said = [
            (day, each.statement_id, Weighed(each.origin, each.value, aged(each.trust, 0))) for day, each in readings
        ]
        found += _shifts(said, actor_id=actor_id, method=method, prior=prior)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Parting:
    """A history parted at a day."""

    day: date
    before: Estimate
    since: Estimate

    @property
    def error(self) -> float:
        return math.hypot(self.before.std_error, self.since.std_error)

    @property
    def errors(self) -> float:
        """The difference, in its standard errors."""
        return abs(self.since.value - self.before.value) / self.error


def _shifts(said: Sequence[Dated], *, actor_id: ActorId, method: str, prior: Prior) -> Iterator[Shift]:
    """The shifts within what an actor said, in order of time; said: in order of time, too."""
    days = _tried(sorted({day for day, _, _ in said}))
    best = max(
        (
            parting
            for part, end in _stretches(days)
            for parting in _partings([each for each in said if part[0] <= each[0] < end], part[1:], method, prior)
        ),
        key=lambda each: each.errors,
        default=None,
    )
    if best is None or best.errors <= NormalDist().inv_cdf(1 - LEVEL / 2 / (len(days) - 1)):
        return
    earlier = [each for each in said if each[0] < best.day]
    since = [each for each in said if each[0] >= best.day]
    yield from _shifts(earlier, actor_id=actor_id, method=method, prior=prior)
    later = list(_shifts(since, actor_id=actor_id, method=method, prior=prior))
    until_next = later[0].on.earliest if later else date.max
    yield Shift(
        actor_id=actor_id,
        on=PartialDate(best.day.isoformat()),
        before=round(best.before.value, 1),
        after=round(best.since.value, 1),
        std_error=round(best.error, 1),
        statements=tuple(id for day, id, _ in since if day < until_next),
    )
    yield from later


def _partings(said: Sequence[Dated], days: Sequence[date], method: str, prior: Prior) -> Iterator[_Parting]:
    """What was said, parted at each of the days, each side with enough origins."""
    for day in days:
        sides = [joined(each for on, _, each in said if (on >= day) is later) for later in (False, True)]
        if min(len(side.values) for side in sides) >= LEAST_ORIGINS:
            before, since = (ESTIMATORS[method](side, prior=prior) for side in sides)
            yield _Parting(day, before, since)


def _tried(days: list[date]) -> list[date]:
    """The days themselves, or MOST_DAYS of them."""
    if len(days) <= MOST_DAYS:
        return days
    return [days[number * len(days) // MOST_DAYS] for number in range(MOST_DAYS)]


def _stretches(days: Sequence[date]) -> Iterator[tuple[Sequence[date], date]]:
    """(days, day after which nothing belongs to them): the whole, then ever more and shorter stretches.

    Each layer is evenly spaced, its stretches overlap by half or more.
    """
    length, layer = float(len(days)), 0
    while length >= 2:  # noqa: PLR2004 - a stretch that can be parted
        count = 2 * math.ceil(math.sqrt(2) ** layer) - 1
        step = (len(days) - length) / (count - 1) if count > 1 else 0.0
        for number in range(count):
            end = math.ceil(number * step + length - ROUNDING)
            yield days[math.floor(number * step) : end], days[end] if end < len(days) else date.max
        length, layer = length / math.sqrt(2), layer + 1


def _by_day(rows: Sequence[Evidence]) -> list[tuple[date, Evidence]]:
    """With the last day on which each may have been said, in order; without those that have no date."""
    dated = [(row.known_by, row) for row in rows]
    return sorted(((day, row) for day, row in dated if day is not None), key=lambda each: each[0])
