"""Positions of many actors on many issues from columns of a million statements: the same estimate, grouped by numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import CONDITIONAL, HALF_LIFE, HEDGED, LEAST, MANY, UNFIRM, Observations
from winset.positions.prior import ANYWHERE, Prior
from winset.positions.salience import SPEAKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RELEVANT, SURE, SIDED = 0.5, 0.3, 0.15  # as in `Stance.word`; a test holds both to be the same


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Statements with what was made of them, a row each; arrays of one length.

    Rows of nobody known are left out before. One statement has as many rows as there are issues it is read for.
    """

    actors: tuple[str, ...]  # ids, by the numbers in `actor`
    issues: tuple[str, ...]  # ids, by the numbers in `issue`
    actor: NDArray[np.int32]
    issue: NDArray[np.int32]
    origin: NDArray[np.int32]  # number of the independent origin, any from 0
    value: NDArray[np.float64]  # issue scale: the place the statement speaks for
    direction: NDArray[np.float32]  # -1 .. +1
    relevance: NDArray[np.float32]  # 0-1
    confidence: NDArray[np.float64]  # of the stance, 0-1
    score: NDArray[np.float64]  # of the identification, 0-1
    words: NDArray[np.float64]  # share of trust by whose words they are, `observations.WORDS`
    firmness: NDArray[np.float64]  # 0-1
    hedged: NDArray[np.bool_]
    conditional: NDArray[np.bool_]
    days: NDArray[np.int32]  # between it and the day of interest; below 0: none
    prominence: NDArray[np.float64]  # 0-1; NaN: not known
    rank: NDArray[np.float64]  # 0-1; NaN: nobody in particular


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aggregate:
    """A position for each actor and issue with something on record, by actor id and issue id; columns of one length."""

    actor_id: tuple[str, ...]
    issue_id: tuple[str, ...]
    value: NDArray[np.float64]  # issue scale
    std_error: NDArray[np.float64]  # same scale
    salience: NDArray[np.float64]  # 0-1
    salience_error: NDArray[np.float64]
    origins: NDArray[np.int64]  # independent ones
    statements: NDArray[np.int64]  # that moved the position


def aggregated(columns: Columns, *, method: str = "normal-shrinkage", prior: Prior = ANYWHERE) -> Aggregate:
    """Of every actor on every issue, what `estimation.positions` would find, not rounded, without what each moved.

    method: id of an estimator; each is called once for an actor and issue, on columns of origins.
    Raises UnknownMethod.  Cost: two sorts of all rows, then one pass over origins.
    """
    import numpy as np

    estimate = ESTIMATORS[method]
    pair = columns.actor.astype(np.int64) * max(1, len(columns.issues)) + columns.issue
    grouped = _origins(columns, pair)
    pairs, starts, origins = np.unique(grouped.pair, return_index=True, return_counts=True)
    estimates = [
        estimate(
            Observations(
                values=listed(grouped.value[start : start + count]),
                weights=listed(grouped.weight[start : start + count]),
                spreads=listed(grouped.spread[start : start + count]),
            ),
            prior=prior,
        )
        for start, count in zip(starts.tolist(), origins.tolist(), strict=True)
    ]
    cares, cares_error = _salience(columns, pair, pairs)
    statements = np.add.reduceat(grouped.statements, starts) if len(pairs) else np.zeros(0, dtype=np.int64)
    width = max(1, len(columns.issues))
    names = [(columns.actors[at // width], columns.issues[at % width]) for at in pairs.tolist()]
    order = sorted(range(len(names)), key=names.__getitem__)
    return Aggregate(
        actor_id=tuple(names[at][0] for at in order),
        issue_id=tuple(names[at][1] for at in order),
        value=np.array([estimates[at].value for at in order]),
        std_error=np.array([estimates[at].std_error for at in order]),
        salience=cares[order],
        salience_error=cares_error[order],
        origins=origins[order],
        statements=statements[order],
    )


def listed(column: NDArray[np.float64]) -> Sequence[float]:
    """A column of `Observations`: numbers of Python's own, unless there are many."""
    found: Sequence[float] = column.tolist() if len(column) <= MANY else column  # type: ignore[assignment]
    return found


def trust(columns: Columns, *, aged: bool = True) -> NDArray[np.float64]:
    """The weight of every row, as `Reading.weight` has it; not aged, as `Reading.trust`."""
    import numpy as np

    found = columns.words * columns.confidence * columns.score * (UNFIRM + (1 - UNFIRM) * columns.firmness)
    found *= np.where(columns.hedged, HEDGED, 1.0) * np.where(columns.conditional, CONDITIONAL, 1.0)
    if not aged:
        return found
    found *= 0.5 ** (np.maximum(0, columns.days) / HALF_LIFE)
    return np.maximum(LEAST, found)


def emphasis(columns: Columns) -> NDArray[np.float64]:
    """How much weight every row has been given, as `salience.emphasis` has it."""
    import numpy as np

    told = [(~np.isnan(cue), np.nan_to_num(cue)) for cue in (columns.prominence, columns.rank)]
    found: NDArray[np.float64] = np.full(len(columns.rank), SPEAKING)
    known = found.copy()
    for there, cue in told:
        found += cue
        known += there
    return found / known


def sided(columns: Columns) -> NDArray[np.bool_]:
    """Which rows are for or against, as `Stance.word` has it."""
    import numpy as np

    plain = (columns.relevance >= RELEVANT) & (columns.confidence >= SURE)
    return plain & (np.abs(columns.direction) >= SIDED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Origins:
    """One row for each origin of each actor and issue, those of one pair together, ordered by what they say."""

    pair: NDArray[np.int64]
    value: NDArray[np.float64]
    weight: NDArray[np.float64]
    spread: NDArray[np.float64]
    statements: NDArray[np.int64]


def _origins(columns: Columns, pair: NDArray[np.int64]) -> _Origins:
    import numpy as np

    used = np.flatnonzero(sided(columns))
    width = int(columns.origin.max(initial=0)) + 1
    key = pair[used] * width + columns.origin[used]
    by_key = np.argsort(key, kind="stable")
    used, key = used[by_key], key[by_key]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    keys, counts = key[starts], np.diff(starts, append=len(key))
    if not len(keys):
        none = np.zeros(0)
        return _Origins(pair=keys, value=none, weight=none, spread=none, statements=counts)
    weight, value = trust(columns)[used], columns.value[used]
    total = np.add.reduceat(weight, starts)
    mean = np.clip(np.add.reduceat(weight * value, starts) / total, 0.0, 100.0)
    spread = np.maximum(0.0, np.add.reduceat(weight * value**2, starts) / total - mean**2)
    surest, of = np.maximum.reduceat(weight, starts), keys // width
    order = np.lexsort((spread.round(6), surest.round(6), mean.round(6), of))
    return _Origins(
        pair=of[order], value=mean[order], weight=surest[order], spread=spread[order], statements=counts[order]
    )


def _salience(
    columns: Columns, pair: NDArray[np.int64], pairs: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(salience, standard error) of every pair, as `salience.salience` has them; also what has no side counts."""
    import numpy as np

    given = np.where(columns.relevance >= RELEVANT, emphasis(columns), 0.0)
    at = np.searchsorted(pairs, pair)
    at = np.where((at < len(pairs)) & (pairs[np.minimum(at, len(pairs) - 1)] == pair), at, -1) if len(pairs) else at
    inside = at >= 0 if len(pairs) else np.zeros(len(pair), dtype=bool)
    given_of: Any = np.bincount(at[inside], weights=given[inside], minlength=len(pairs))
    count = np.bincount(at[inside], minlength=len(pairs))
    width = int(columns.origin.max(initial=0)) + 1
    looks = np.unique(at[inside] * width + columns.origin[inside]) // width
    origins = np.bincount(looks, minlength=len(pairs))
    mean = (given_of + 1) / (count + 2)
    return mean, np.sqrt(mean * (1 - mean) / (origins + 3))
