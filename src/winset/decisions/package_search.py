"""Searches for packages that pass: all of them where they can be counted through, else step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from winset.decisions.counting import adopted
from winset.decisions.package_votes import NOTHING, package_ballots
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Score: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]  # packages (k, m) to marks (k,)

STEPS = 200  # of a search step by step; it ends earlier, where no step is better
HALVINGS = 14  # of the step on the scale, from an eighth of it: to less than a hundredth of a point of 100
MOST_IN_FRONT = 50


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """One draw of a profile, seen from the seats. Axes: m issues, n seats."""

    rule: DecisionRule
    positions: NDArray[np.float64]  # (m, n); where there is none, the status quo
    salience: NDArray[np.float64]  # (m, n); 0 where there is no position
    status_quo: NDArray[np.float64]  # (m,)
    proposal: NDArray[np.float64]  # (m,); NaN: none
    cost: float
    heard: NDArray[np.bool_]  # (n,) who has anything on record
    low: float
    high: float

    @property
    def nothing(self) -> float:
        """Sums of gains nearer to nothing than this are nothing."""
        return NOTHING * (self.high - self.low)

    def gains(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """What packages are worth; values (k, m), returns (k, n)."""
        import numpy as np

        found = np.zeros((len(values), self.positions.shape[1]))
        for issue in range(len(self.status_quo)):
            found += self.worth(issue, values[:, issue])
        return found

    def worth(self, issue: int, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """What points of one issue are worth; values (k,), returns (k, n)."""
        import numpy as np

        held = self.positions[issue]
        return np.asarray(
            self.salience[issue] * (np.abs(self.status_quo[issue] - held) - np.abs(values[:, None] - held))
        )

    def passes(self, gains: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether packages with such gains are adopted; (k, n) to (k,)."""
        cast = package_ballots(self.rule, gains, cost=self.cost, heard=self.heard, nothing=self.nothing)
        return adopted(self.rule, yes=cast.yes, no=cast.no)

    def objects(self, gains: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Who says no; same shape."""
        return package_ballots(self.rule, gains, cost=self.cost, heard=self.heard, nothing=self.nothing).no

    def total(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of all seats' gains; values (k, m), returns (k,)."""
        import numpy as np

        return np.asarray(self.gains(values).sum(axis=-1))

    def product(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logarithm of the product of the gains of all who care; minus infinity where one of them gains nothing."""
        import numpy as np

        concerned = self.heard & (self.salience > 0).any(axis=0)
        theirs = self.gains(values)[:, concerned]
        wins = (theirs > self.nothing).all(axis=-1) & concerned.any()
        safe = np.where(theirs > self.nothing, theirs, 1.0)
        return np.where(wins, np.log(safe).sum(axis=-1), -np.inf)

    def kept(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Minus the shares of the way to the proposals that are given up, added over issues; (k,)."""
        import numpy as np

        way = np.abs(self.proposal - self.status_quo)
        asked = way > 0  # NaN is not
        short = np.abs(self.proposal[asked] - values[:, asked]) / way[asked]
        return np.asarray(-short.sum(axis=-1))


def stakes(profile: Profile, draw: int) -> Stakes:
    """What is at stake for the seats in one draw."""
    import numpy as np

    known = profile.known[draw][:, profile.seated]
    status_quo = profile.status_quo[draw]
    return Stakes(
        rule=profile.rule,
        positions=np.where(known, profile.positions[draw][:, profile.seated], status_quo[:, None]),
        salience=np.where(known, profile.salience[draw][:, profile.seated], 0.0),
        status_quo=status_quo,
        proposal=profile.proposal[draw],
        cost=float(profile.cost_of_objecting[draw]),
        heard=known.any(axis=0),
        low=profile.low,
        high=profile.high,
    )


def all_that_pass(at: Stakes, rungs: Sequence[NDArray[np.float64]], *, limit: int) -> NDArray[np.float64] | None:
    """Every package of these rungs that passes, in order of the rungs; shape (k, m). None: more than `limit` to hold.

    Issue by issue; what would fail even if all got their best on the issues still open is dropped, which loses
    nothing, since more consent never hurts under any rule.
    """
    import numpy as np

    worth = [at.worth(issue, values) for issue, values in enumerate(rungs)]
    best = np.array([table.max(axis=0) for table in worth])
    hope = best[::-1].cumsum(axis=0)[::-1]  # by issue: the most that it and those after it can bring
    values, gains = np.empty((1, 0)), np.zeros((1, at.positions.shape[1]))
    for issue, choices in enumerate(rungs):
        if len(values) * len(choices) > limit:
            return None
        values = np.column_stack([np.repeat(values, len(choices), axis=0), np.tile(choices, len(values))])
        gains = (gains[:, None, :] + worth[issue]).reshape(-1, gains.shape[1])
        left = hope[issue + 1] if issue + 1 < len(rungs) else np.zeros(gains.shape[1])
        open_ = at.passes(gains + left)
        values, gains = values[open_], gains[open_]
    changes = (values != at.status_quo).any(axis=1)
    return np.asarray(values[changes])


def best(at: Stakes, values: NDArray[np.float64], score: Score) -> int | None:
    """Which package scores most; of equal ones the greatest sum of gains, the least given up, the first."""
    import numpy as np

    if not len(values):
        return None
    first = score(values)
    rows = np.flatnonzero(np.isfinite(first))
    for marks in (first, at.total(values), at.kept(values)):
        if len(rows):
            rows = rows[marks[rows] >= marks[rows].max() - at.nothing]
    return int(rows[0]) if len(rows) else None


def by_pairs(
    at: Stakes, rungs: Sequence[NDArray[np.float64]], start: NDArray[np.float64], score: Score
) -> NDArray[np.float64]:
    """The package that no change on one issue or two makes better: a coordinate search over pairs of issues.

    start: a package that passes, or the status quo.
    """
    import numpy as np

    def steps(held: NDArray[np.float64]) -> NDArray[np.float64]:
        found = []
        for pair in combinations(range(len(rungs)), min(2, len(rungs))):
            grid = np.array(np.meshgrid(*(rungs[issue] for issue in pair), indexing="ij")).reshape(len(pair), -1).T
            some = np.tile(held, (len(grid), 1))
            some[:, pair] = grid
            found.append(some)
        return np.concatenate(found)

    return _climbed(at, start, steps, score)


def along_the_scale(at: Stakes, start: NDArray[np.float64], score: Score) -> NDArray[np.float64]:
    """The package moved to wherever on the scale it scores more: a compass search over single issues and pairs."""
    import numpy as np

    ways = np.where(at.proposal < at.status_quo, -1.0, 1.0)
    count = len(start)
    moves = [np.eye(count), -np.eye(count)]
    for one, other in combinations(range(count), 2):
        for first in (1.0, -1.0):
            for second in (1.0, -1.0):
                row = np.zeros((1, count))
                row[0, one], row[0, other] = first, second
                moves.append(row)
    compass = np.concatenate(moves) * ways
    held, size = start, (at.high - at.low) / 8
    for _ in range(HALVINGS):

        def steps(here: NDArray[np.float64], size: float = size) -> NDArray[np.float64]:
            return np.clip(here + size * compass, at.low, at.high)

        held = _climbed(at, held, steps, score)
        size /= 2
    return held


def _climbed(
    at: Stakes,
    start: NDArray[np.float64],
    steps: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    score: Score,
) -> NDArray[np.float64]:
    import numpy as np

    held = start
    for _ in range(STEPS):
        tried = steps(held)
        tried = tried[at.passes(at.gains(tried)) & (tried != at.status_quo).any(axis=1)]
        place = best(at, tried, score)
        if place is None:
            return held
        found = tried[[place]]
        now = score(held[None])[0] if (held != at.status_quo).any() else -np.inf
        if not score(found)[0] > now + 10 * at.nothing:
            return held
        held = found[0]
    return held


def front(at: Stakes, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Packages to which no other of these is better for one member and worse for none, by falling sum of gains.

    The first fifty; of packages that are the same for all, the first. What is better for all has the greater sum, so
    each package found rules out some of those behind it, and none before.
    """
    import numpy as np

    gains = at.gains(values)
    order = np.argsort(-np.round(gains.sum(axis=1) / at.nothing), kind="stable")
    values, gains = values[order], gains[order]
    found: list[NDArray[np.float64]] = []
    while len(values) and len(found) < MOST_IN_FRONT:
        found.append(values[0])
        beaten = (gains[0] >= gains - at.nothing).all(axis=1)
        values, gains = values[~beaten], gains[~beaten]
    return np.array(found).reshape(-1, len(at.status_quo))
