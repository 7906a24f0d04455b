"""What one statement, and one origin, say of an actor as a measurement: a place on the scale and the trust in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from winset.errors import BadCase
from winset.ids import StatementId
from winset.issues import Issue
from winset.positions.types import Voice

# Shares of trust that a statement keeps. They are declared, not estimated: no corpus tells them for every question.
WORDS = {Voice.OWN: 1.0, Voice.REPORTED: 0.8, Voice.ASCRIBED: 0.5}  # by whose words they are
HEDGED = 0.5  # "may", "reportedly"
CONDITIONAL = 0.5  # "if", "unless": holds only then
UNFIRM = 0.5  # what the faintest leaning keeps; a flat refusal keeps all
HALF_LIFE = 730  # days after which a word counts half: governments, and with them their lines, last about so long
MANY = 500  # origins from which on their sums are numpy's: its own overhead is that of as many
LEAST = 0.01  # what every statement counts at least, so that the only one on record is not lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One statement as a measurement of where an actor stands."""

    statement_id: StatementId
    origin: str  # key of the independent origin
    value: float  # issue scale: the place it speaks for
    confidence: float = 1.0  # that its stance is read rightly, 0-1
    score: float = 1.0  # that its source is who it is taken for, 0-1
    days: int = 0  # between it and the day of interest
    firmness: float = 1.0  # 0-1
    hedged: bool = False
    conditional: bool = False
    voice: Voice = Voice.OWN

    @property
    def trust(self) -> float:
        """Trust in it on the day itself, 0-1: whose words, how firm, how sure its reading."""
        trust = WORDS[self.voice] * self.confidence * self.score * (UNFIRM + (1 - UNFIRM) * self.firmness)
        return trust * (HEDGED if self.hedged else 1.0) * (CONDITIONAL if self.conditional else 1.0)

    @property
    def weight(self) -> float:
        """The same by now."""
        return aged(self.trust, self.days)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading of which only what an estimate needs is left; quicker where many estimates are made."""

    origin: str
    value: float  # issue scale
    weight: float  # 0-1


class Said(Protocol):
    """Either of the two."""

    @property
    def origin(self) -> str:
        """Key of the independent origin."""

    @property
    def value(self) -> float:
        """Issue scale."""

    @property
    def weight(self) -> float:
        """0-1."""


R = TypeVar("R", bound=Said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """What independent origins say of one actor: a column for each quantity, a row for each origin.

    Of many the columns are arrays, whose sums are numpy's.
    """

    values: Sequence[float]  # issue scale
    weights: Sequence[float]  # trust in each, 0-1; a weight w counts as w readings
    spreads: Sequence[float]  # variance of what each says within itself; issue scale, squared


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What an estimator makes of them."""

    value: float  # issue scale
    std_error: float  # same scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The weighted sums that every estimate is made of; leaving something out is a subtraction."""

    total: float = 0.0  # sum of the weights
    first: float = 0.0  # of weight times value
    second: float = 0.0  # of weight times value squared
    inner: float = 0.0  # of weight times spread

    @property
    def mean(self) -> float:
        """Weighted mean, 0-100.  total must be above 0."""
        return min(100.0, max(0.0, self.first / self.total))

    @property
    def variance(self) -> float:
        """Weighted variance between and within the origins."""
        between = self.second / self.total - (self.first / self.total) ** 2
        return max(0.0, between) + self.inner / self.total

    def plus(self, value: float, weight: float, spread: float, *, times: int = 1) -> Moments:
        """With one origin more; times -1: with that one less."""
        share = times * weight
        return Moments(
            total=self.total + share,
            first=self.first + share * value,
            second=self.second + share * value**2,
            inner=self.inner + share * spread,
        )


def moments(seen: Observations) -> Moments:
    """The sums over all origins."""
    if len(seen.values) > MANY:
        import numpy as np

        value, weight, spread = (np.asarray(each, dtype=float) for each in (seen.values, seen.weights, seen.spreads))
        first = weight * value
        return Moments(
            total=float(weight.sum()),
            first=float(first.sum()),
            second=float((first * value).sum()),
            inner=float((weight * spread).sum()),
        )
    rows = list(zip(seen.values, seen.weights, seen.spreads, strict=True))
    return Moments(
        total=sum(weight for _, weight, _ in rows),
        first=sum(weight * value for value, weight, _ in rows),
        second=sum(weight * value**2 for value, weight, _ in rows),
        inner=sum(weight * spread for _, weight, spread in rows),
    )


def aged(trust: float, days: int) -> float:
    """What is left of it after so many days."""
    return max(LEAST, trust * recency(days))


def recency(days: int) -> float:
    """Share of trust after so many days.

    >>> recency(0), recency(HALF_LIFE), recency(-3)
    (1.0, 0.5, 1.0)
    """
    return float(0.5 ** (max(0, days) / HALF_LIFE))


def place(direction: float, issue: Issue, *, rung: str | None = None) -> float:
    """The point of the issue's scale for which a stance speaks.

    Wholly for an option is its place, wholly against it is the status quo, in proportion between; against the
    status quo is the proposal.  direction: -1 against .. +1 for.  rung: the option's label; None: the proposal.
    Raises BadCase for an option that the issue does not have.

    >>> from winset.ids import PartialDate
    >>> from winset.issues import Option
    >>> issue = Issue(proposal="Adopt a levy", body="league", rule="consensus", on=PartialDate("2024"),
    ...               options=(Option(label="a pilot", value=40),))
    >>> place(0.5, issue), place(1, issue, rung="a pilot"), place(-1, issue, rung="a pilot")
    (75.0, 40.0, 0.0)
    """
    return _between(direction, _rung_value(rung, issue), issue)


def _rung_value(rung: str | None, issue: Issue) -> float:
    if rung is None:
        return issue.proposal_value
    values = {option.label: option.value for option in issue.rungs}
    if rung not in values:
        raise BadCase(f"a stance speaks of option {rung!r}: the issue has {', '.join(map(repr, values))}")
    return values[rung]


def _between(direction: float, option: float, issue: Issue) -> float:
    if option == issue.status_quo:
        option, direction = issue.proposal_value, -direction
    return issue.status_quo + (option - issue.status_quo) * (1 + direction) / 2


def joined(readings: Iterable[Said]) -> Observations:
    """One row an origin: the weighted mean of what it carries, the trust in its surest statement.

    Ordered by what they say, so that the names of origins decide nothing.
    """
    rows = sorted((OriginSums.of(rows).row() for rows in by_origin(readings).values()), key=rounded)
    return Observations(
        values=[value for value, _, _ in rows],
        weights=[weight for _, weight, _ in rows],
        spreads=[spread for _, _, spread in rows],
    )


def rounded(row: tuple[float, float, float]) -> tuple[float, ...]:
    """By what the rows of origins are ordered: sums in another order differ in their last digits."""
    return tuple(round(part, 6) for part in row)


def by_origin(readings: Iterable[R]) -> dict[str, list[R]]:
    """The readings of each origin, in their order."""
    found: dict[str, list[R]] = {}
    for reading in readings:
        found.setdefault(reading.origin, []).append(reading)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSums:
    """The readings of one origin as sums, from which one can be left out at no cost."""

    total: float
    first: float
    second: float
    surest: tuple[float, float]  # the largest weight and the next

    @classmethod
    def of(cls, readings: Sequence[Said]) -> OriginSums:
        """Of one reading or more."""
        weights = [reading.weight for reading in readings]
        ranked = sorted(weights, reverse=True)
        said = list(zip(weights, readings, strict=True))
        return cls(
            total=sum(weights),
            first=sum(weight * reading.value for weight, reading in said),
            second=sum(weight * reading.value**2 for weight, reading in said),
            surest=(ranked[0], ranked[1] if len(ranked) > 1 else 0.0),
        )

    def row(self) -> tuple[float, float, float]:
        """(value, weight, spread) of the origin."""
        mean = min(100.0, max(0.0, self.first / self.total))
        return mean, self.surest[0], max(0.0, self.second / self.total - mean**2)

    def without(self, reading: Said) -> OriginSums | None:
        """The same without one of its readings; None where nothing is left."""
        weight = reading.weight
        if not self.surest[1]:
            return None
        first, second = self.surest
        return OriginSums(
            total=self.total - weight,
            first=self.first - weight * reading.value,
            second=self.second - weight * reading.value**2,
            surest=(second, second) if weight == first else (first, second),
        )
