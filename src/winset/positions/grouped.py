"""One issue of a case too large to be held as values: each actor's statements as arrays, and what is asked of them.

Every figure is the one that `estimation`, `contributions` and `movement` would give of the same statements; only the
sums are made by numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.positions.aggregation import RELEVANT, Columns, emphasis, listed, sided, trust
from winset.positions.estimators import CENTRES
from winset.positions.observations import HALF_LIFE, LEAST, Observations, OriginSums, Weighed, moments
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.salience import beta_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEVER = 2**30  # ordinal of a day that is not known


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Own:
    """The statements of one actor for or against, those of one origin together; arrays of one length."""

    row: NDArray[Any]  # of the columns
    origin: NDArray[Any]
    trust: NDArray[Any]  # on the day itself
    weight: NDArray[Any]  # by the day of interest
    value: NDArray[Any]  # issue scale
    day: NDArray[Any]  # the last on which it may have been said, as an ordinal; NEVER: not known

    def origins(self, *, ordered: bool = True) -> tuple[Observations, NDArray[Any]]:
        """What each origin says, and which origin it is; ordered: as `observations.joined` has them."""
        import numpy as np

        starts = _starts(self.origin)
        if not len(starts):
            return Observations(values=[], weights=[], spreads=[]), starts
        total = np.add.reduceat(self.weight, starts)
        product = self.weight * self.value
        mean = np.clip(np.add.reduceat(product, starts) / total, 0.0, 100.0)
        spread = np.maximum(0.0, np.add.reduceat(product * self.value, starts) / total - mean**2)
        surest = np.maximum.reduceat(self.weight, starts)
        order: Any = slice(None)
        if ordered:
            order = np.lexsort((spread.round(6), surest.round(6), mean.round(6)))
        seen = Observations(values=listed(mean[order]), weights=listed(surest[order]), spreads=listed(spread[order]))
        return seen, self.origin[starts][order]

    def share(self) -> NDArray[Any]:
        """Of all that moved the position, of each statement: they sum to 1."""
        sums, of = self._sums()
        surest = sums[3]
        found: NDArray[Any] = self.weight / sums[0][of] * surest[of] / surest.sum()
        return found

    def moved(self, at: NDArray[Any], *, method: str, prior: Prior = ANYWHERE) -> list[float]:
        """Points by which each of these moved the position: it, less what it would be without; see `contributions`.

        at: places in these arrays.
        """
        centre = CENTRES[method]
        whole = moments(self.origins(ordered=False)[0])
        here = centre(whole, prior)
        sums, of = self._sums()
        alone = len(self.origin) == 1
        found = []
        for place in at.tolist():
            total, first, second, surest, next_surest = (float(column[of[place]]) for column in sums)
            origin = OriginSums(total=total, first=first, second=second, surest=(surest, next_surest))
            rest = whole.plus(*origin.row(), times=-1)
            left = origin.without(Weighed("", float(self.value[place]), float(self.weight[place])))
            if left is not None:
                rest = rest.plus(*left.row())
            found.append(here - (prior.mean if alone else centre(rest, prior)))
        return found

    def _sums(self) -> tuple[tuple[NDArray[Any], ...], NDArray[Any]]:
        """Sums of each origin as `OriginSums` has them; and of each statement which origin it is of."""
        import numpy as np

        starts = _starts(self.origin)
        counts = np.diff(starts, append=len(self.origin))
        ranked = self.weight[np.lexsort((-self.weight, self.origin))]
        following = np.where(counts > 1, ranked[np.minimum(starts + 1, len(ranked) - 1)], 0.0)
        product = self.weight * self.value
        sums = (*(np.add.reduceat(each, starts) for each in (self.weight, product, product * self.value)),)
        return (*sums, ranked[starts], following), np.repeat(np.arange(len(starts)), counts)

    def until(self, day: int) -> Own:
        """What is known to have been said by a day, its weight that of the day."""
        import numpy as np

        at = np.flatnonzero(self.day <= day)
        age = np.maximum(0, day - self.day[at])
        return Own(
            row=self.row[at],
            origin=self.origin[at],
            trust=self.trust[at],
            weight=np.maximum(LEAST, self.trust[at] * 0.5 ** (age / HALF_LIFE)),
            value=self.value[at],
            day=self.day[at],
        )


class Grouped:
    """The statements of one issue by actor."""

    def __init__(self, columns: Columns, issue: str, days: NDArray[Any]) -> None:
        """days: of each row the last day on which it may have been said, as an ordinal."""
        import numpy as np

        number = columns.issues.index(issue) if issue in columns.issues else -1
        about = columns.issue == number
        rows = np.flatnonzero(about)
        self._rows = rows[np.argsort(columns.actor[rows], kind="stable")]  # all, also what has no side
        used = np.flatnonzero(about & sided(columns))
        self._used = used[np.lexsort((columns.origin[used], columns.actor[used]))]
        self._actor_of_rows, self._actor_of_used = columns.actor[self._rows], columns.actor[self._used]
        self._weight, self._trust = trust(columns), trust(columns, aged=False)
        self._emphasis = np.where(columns.relevance >= RELEVANT, emphasis(columns), 0.0)
        self._columns, self._days = columns, days
        self._numbers = {id: at for at, id in enumerate(columns.actors)}

    def own(self, actor: str) -> Own:
        """The statements of one actor for or against."""
        columns = self._columns
        row = self._of(self._used, self._actor_of_used, actor)
        return Own(
            row=row,
            origin=columns.origin[row],
            trust=self._trust[row],
            weight=self._weight[row],
            value=columns.value[row],
            day=self._days[row],
        )

    def latest(self) -> dict[str, int]:
        """The day of the last word for or against of each actor of whom one is dated, as an ordinal."""
        import numpy as np

        day = self._days[self._used]
        dated = day != NEVER
        last = np.zeros(len(self._columns.actors), dtype="i4")
        np.maximum.at(last, self._actor_of_used[dated], day[dated])
        return {self._columns.actors[at]: int(last[at]) for at in np.flatnonzero(last).tolist()}

    def saliences(self, actor: str, days: Sequence[int]) -> list[tuple[float, float]]:
        """(salience, its standard error) by the end of each of these days, as `salience.salience` has them.

        days: ordinals; what has no date counts on none of them.
        """
        import numpy as np

        row = self._of(self._rows, self._actor_of_rows, actor)
        day, origin = self._days[row], self._columns.origin[row]
        order = np.argsort(day, kind="stable")
        given = np.cumsum(self._emphasis[row[order]])
        first = np.sort(day[order][np.unique(origin[order], return_index=True)[1]])  # of each origin
        many = np.searchsorted(day[order], days, side="right")
        origins = np.searchsorted(first, days, side="right")
        return [
            beta_share(float(given[count - 1]) if count else 0.0, count, looks)
            for count, looks in zip(many.tolist(), origins.tolist(), strict=True)
        ]

    def _of(self, rows: NDArray[Any], actors: NDArray[Any], actor: str) -> NDArray[Any]:
        import numpy as np

        number = self._numbers.get(actor, -1)
        begin, end = np.searchsorted(actors, [number, number + 1])
        return rows[begin:end]


def _starts(origin: NDArray[Any]) -> NDArray[Any]:
    """Where each origin begins, of rows in their order."""
    import numpy as np

    return np.flatnonzero(np.diff(origin, prepend=-1))


def heaviest(own: Own, *, number: int) -> tuple[int, ...]:
    """Which of an actor's statements to show, by their places in `own`.

    Of each origin at most one: for every two of those on the side on which most are one to the contrary, each the
    heaviest, and the latest of all.
    """
    import numpy as np

    if not len(own.row):
        return ()
    order = np.lexsort((own.row, -own.share()))
    with_most = (own.value[order] > own.value.mean()) == (np.median(own.value) > own.value.mean())
    latest = int(np.lexsort((own.row, np.where(own.day == NEVER, 0, own.day)))[-1])
    chosen, origins = [latest], {int(own.origin[latest])}

    def take(among: NDArray[Any], most: int) -> None:
        for at in among.tolist():
            if len(chosen) >= most:
                return
            if (origin := int(own.origin[at])) not in origins:
                origins.add(origin)
                chosen.append(at)

    take(order[with_most], 1 + -(-2 * (number - 1) // 3))
    take(order[~with_most], number)
    take(order, number)
    return tuple(chosen)
