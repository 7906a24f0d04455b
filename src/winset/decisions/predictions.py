"""Where the models of bargaining say it would end, beside each other and beside what the rule would adopt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from winset.decisions.backtest import model_error, track_record
from winset.decisions.backtest.scoring import MIDPOINT
from winset.decisions.counting import adopted
from winset.decisions.draws import drawn, electing, sober
from winset.decisions.models import MODELS
from winset.decisions.preferences import ballots
from winset.decisions.profile import Profile, profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case, Outlook, Prediction

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Those that say something of one issue by itself, in a second; exchange needs several, challenge a second of its own.
DEFAULT_MODELS = (
    *("smoothed-median", "compromise", "median", "core-midpoint", "nash-bargaining", "procedural"),
    *("baron-ferejohn", "condorcet", "influence"),
)
OF_SEVERAL = ("exchange", "exchange-program")  # they trade one issue for another
DRAWN = 1_000  # draws at most for the models' ranges: their tenths are told to a point of the scale
PAIRS = 3_000_000  # pairs of actors compared at most for them, down to LEAST draws: large bodies would take minutes
LEAST = 100
SIDES = 2
TAILS = (0.1, 0.9)


def predictions(
    cases: Sequence[Case], rule: DecisionRule, *, models: Sequence[str], draws: int, seed: int
) -> tuple[tuple[Prediction, ...], ...]:
    """For each case one of each model that can answer at the positions as estimated, in the order asked for.

    cases: issues decided together, of which models of exchange make one bargain; the others take each by itself.
    """
    import numpy as np

    estimate = profile(cases, rule)
    few = max(LEAST, min(DRAWN, PAIRS // len(estimate.actors) ** 2))
    some = list(drawn(cases, rule, draws=min(draws, few), seed=seed))
    found: list[list[Prediction]] = [[] for _ in cases]
    for id in models:
        values = MODELS[id](estimate)[0]
        if np.isnan(values).all():
            continue
        passes = _passes(some, values, seed=seed)
        each = np.concatenate([MODELS[id](drawing) for drawing in some])
        for issue in np.flatnonzero(~np.isnan(values)).tolist():
            value, heard = float(values[issue]), each[~np.isnan(each[:, issue]), issue]
            # in a draw in which nobody cares a model says nothing
            low, high = np.quantile(heard, TAILS).tolist() if len(heard) else (value, value)
            share = 1.0 if value == cases[issue].issue.status_quo else float(passes[issue])
            found[issue].append(Prediction(model=id, value=value, low=low, high=high, passes=sober(share, len(each))))
    return tuple(map(tuple, found))


def _passes(some: Sequence[Profile], values: NDArray[np.float64], *, seed: int) -> NDArray[np.float64]:
    """The share of draws in which the rule adopts those values, each issue by itself; values and share: shape (m,)."""
    import numpy as np

    votes = []
    for chunk, known in enumerate(some):
        voting = electing(known, seed=seed, chunk=chunk)
        cast = ballots(voting, option=np.broadcast_to(values, voting.proposal.shape))
        votes.append(adopted(known.rule, yes=cast.yes, no=cast.no))
    return np.asarray(np.concatenate(votes).mean(axis=0))


def outlook(case: Case, rule: DecisionRule, *, draws: int, seed: int) -> Outlook | None:
    """The default forecast with the error measured on decisions whose outcomes are known.

    None where nobody is on record, those who are care nothing, or it is one alone: no bargain has one side.
    """
    some = next(drawn([case], rule, draws=min(draws, DRAWN), seed=seed))
    estimate = profile([case], rule)
    if (estimate.weight[0] > 0).sum() < SIDES or not some.weight.any():
        return None
    [band] = model_error(some)
    value = float(MODELS[band.model](estimate)[0, 0])  # at the positions as estimated, as in `predictions`
    record = track_record()
    default, midpoint = record.score(record.default), record.score(MIDPOINT)
    return Outlook(
        model=band.model,
        value=value,
        low=min(band.low, value),
        high=max(band.high, value),
        nominal=band.nominal,
        coverage=band.coverage,
        decisions=band.n,
        group=band.group,
        borrowed=band.borrowed,
        note=band.note,
        error=default.error if default else math.nan,
        error_of_midpoint=midpoint.error if midpoint else math.nan,
    )
