"""Forecasts of decided issues, each made without what was decided in its own proposal.

Its interval too: opened by the scores of other proposals only. Source: Vovk (2015), cross-conformal prediction; its
promise is weaker than its practice, which is why the coverage measured stands beside every interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from winset.decisions.backtest.conformal import Nest, Opening, chosen, groups, nest, openings
from winset.decisions.backtest.fitting import fitted, lesson
from winset.decisions.backtest.smoothing import Smoothing, chances_left, smoothed_median
from winset.decisions.backtest.types import Agenda
from winset.decisions.profile import Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRID = 100  # points of the scale; the outcome's distribution is told for 0, 1 ... 100
DEFAULT = "smoothed-median"


class Spread(Protocol):
    """Ever wider intervals around one forecast, in points of the scale."""

    def at(self, by: float) -> tuple[float, float]:
        """The interval opened so far."""

    def entry(self, outcome: float) -> float:
        """How far it has to be opened until it holds the outcome."""


@dataclass(frozen=True, slots=True)
class Around:
    """Intervals of equal length on both sides of a value, cut off at the ends of the scale."""

    value: float

    def at(self, by: float) -> tuple[float, float]:
        """From `by` points below to `by` above."""
        return max(0.0, self.value - by), min(float(GRID), self.value + by)

    def entry(self, outcome: float) -> float:
        """The absolute error."""
        return abs(outcome - self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was forecast of one decided issue, and what was decided; points of the scale."""

    proposal: str
    path: tuple[str, ...]  # groups it belongs to, the narrowest first
    value: float
    spread: Spread
    outcome: float

    @property
    def error(self) -> float:
        """Absolute."""
        return abs(self.outcome - self.value)


Model = Callable[[Profile], "NDArray[np.float64]"]


def told(agendas: Iterable[Agenda], model: Model) -> dict[tuple[str, int], Told]:
    """The forecasts of a model that learns nothing, by proposal and issue; none where it cannot say."""
    found = {}
    for agenda in agendas:
        values = points(agenda.profile, model(agenda.profile))[0]
        for issue, (value, path) in enumerate(zip(values.tolist(), groups(agenda.profile), strict=True)):
            if agenda.decided[issue] and not math.isnan(value):
                outcome = float(GRID * agenda.shares[issue])
                found[agenda.key, issue] = Told(
                    proposal=agenda.key, path=path, value=value, spread=Around(value), outcome=outcome
                )
    return found


def told_by_smoothing(agendas: Iterable[Agenda], smoothing: Callable[[str], Smoothing]) -> dict[tuple[str, int], Told]:
    """The default's forecasts with their distributions; smoothing: which one for the proposal of that key."""
    found = {}
    for agenda in agendas:
        learned = smoothing(agenda.key)

        def model(profile: Profile, learned: Smoothing = learned) -> NDArray[np.float64]:
            return smoothed_median(profile, learned)

        spreads = nests(agenda.profile, learned)
        for (key, issue), row in told([agenda], model).items():
            found[key, issue] = replace(row, spread=spreads[issue])
    return found


def left_out(agendas: Sequence[Agenda]) -> dict[str, Smoothing]:
    """For each proposal the smoothing fitted on all others."""
    import numpy as np

    whole = lesson(agendas)
    keys = np.array([agenda.key for agenda in agendas for _ in range(int(agenda.decided.sum()))])
    return {agenda.key: fitted(whole.without(keys == agenda.key)) for agenda in agendas}


def nests(profile: Profile, smoothing: Smoothing) -> list[Nest]:
    """The shortest intervals of each issue's distribution, that of all draws together."""
    import numpy as np

    between = (np.arange(GRID) + 0.5) / GRID
    each = chances_left(profile, smoothing, between)
    heard = ~np.isnan(each)  # in a draw in which nobody cares there is no distribution
    total = np.where(heard, each, 0.0).sum(axis=0)
    left = np.where(heard.any(axis=0), total / np.maximum(heard.sum(axis=0), 1), between)
    ends = np.ones((len(left), 1))
    return [nest(masses) for masses in np.diff(np.concatenate([0 * ends, left, ends], axis=1), axis=1)]


def points(profile: Profile, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values of the profile's scale in points, 0-100."""
    return GRID * (values - profile.low) / (profile.high - profile.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Whether an interval held the outcome, and how wide it was; points of the scale."""

    issue: tuple[str, int]
    path: tuple[str, ...]
    inside: bool
    width: float


def held(
    tested: Mapping[tuple[str, int], Told], learned: Mapping[tuple[str, int], Told], *, nominal: float
) -> list[Held]:
    """The intervals of every tested issue, opened by the scores of learned issues of other proposals."""
    scores = {issue: row.spread.entry(row.outcome) for issue, row in learned.items()}
    opened: dict[str, dict[str, Opening]] = {}  # by the proposal that is left out; "" where none needs to be
    shared = {row.proposal for row in learned.values()} & {row.proposal for row in tested.values()}
    found = []
    for issue, row in tested.items():
        out = row.proposal if shared else ""
        if out not in opened:
            kept = {each: score for each, score in scores.items() if learned[each].proposal != out}
            opened[out] = openings(kept, {each: learned[each].path for each in kept}, nominal)
        low, high = row.spread.at(chosen(opened[out], row.path).by)
        inside = low - 1e-9 <= row.outcome <= high + 1e-9
        found.append(Held(issue=issue, path=row.path, inside=inside, width=high - low))
    return found
