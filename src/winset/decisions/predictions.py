"""Where the models of bargaining say it would end, beside each other and beside what the rule would adopt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from winset.decisions.backtest import model_error, track_record
from winset.decisions.backtest.scoring import MIDPOINT
from winset.decisions.counting import adopted
from winset.decisions.draws import drawn, electing, sober
from winset.decisions.models import MODELS
from winset.decisions.preferences import ballots
from winset.decisions.profile import Profile, profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case, Outlook, Prediction

# Those that say something of one issue by itself, in a second; exchange needs several, challenge a second of its own.
DEFAULT_MODELS = (
    *("smoothed-median", "compromise", "median", "core-midpoint", "nash-bargaining", "procedural"),
    *("baron-ferejohn", "condorcet", "influence"),
)
DRAWN = 1_000  # draws at most for the models' ranges: their tenths are told to a point of the scale
PAIRS = 3_000_000  # pairs of actors compared at most for them, down to LEAST draws: large bodies would take minutes
LEAST = 100
SIDES = 2
TAILS = (0.1, 0.9)


def predictions(
    case: Case, rule: DecisionRule, *, models: Sequence[str], draws: int, seed: int
) -> tuple[Prediction, ...]:
    """One for each model that can answer at the positions as estimated, in the order asked for."""
    import numpy as np

    estimate = profile([case], rule)
    few = max(LEAST, min(DRAWN, PAIRS // len(estimate.actors) ** 2))
    some = list(drawn([case], rule, draws=min(draws, few), seed=seed))
    found = []
    for id in models:
        value = float(MODELS[id](estimate)[0, 0])
        if np.isnan(value):
            continue
        each = np.concatenate([MODELS[id](drawing)[:, 0] for drawing in some])
        low, high = np.nanquantile(each, TAILS).tolist()
        passes = 1.0 if value == case.issue.status_quo else _passes(some, value, seed=seed)
        found.append(Prediction(model=id, value=value, low=low, high=high, passes=sober(passes, len(each))))
    return tuple(found)


def _passes(some: Sequence[Profile], value: float, *, seed: int) -> float:
    import numpy as np

    votes = []
    for chunk, known in enumerate(some):
        voting = electing(known, seed=seed, chunk=chunk)
        cast = ballots(voting, option=np.full(voting.proposal.shape, value))
        votes.append(adopted(known.rule, yes=cast.yes, no=cast.no))
    return float(np.concatenate(votes).mean())


def outlook(case: Case, rule: DecisionRule, *, draws: int, seed: int) -> Outlook | None:
    """The default forecast with the error measured on decisions whose outcomes are known.

    None where nobody is on record, those who are care nothing, or it is one alone: no bargain has one side.
    """
    some = next(drawn([case], rule, draws=min(draws, DRAWN), seed=seed))
    if (some.weight[0] > 0).sum() < SIDES:
        return None
    [band] = model_error(some)
    value = float(MODELS[band.model](profile([case], rule))[0, 0])  # at the positions as estimated, as in `predictions`
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
