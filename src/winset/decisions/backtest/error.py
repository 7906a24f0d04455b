"""What a forecast has to admit: the interval its model's error on decisions of the past asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from winset.decisions.backtest.conformal import ALL, groups
from winset.decisions.backtest.folds import DEFAULT, GRID, nests, points
from winset.decisions.backtest.shipped import Fit, Opened, shipped
from winset.decisions.backtest.smoothing import smoothed_median
from winset.decisions.backtest.types import ErrorBand, Score
from winset.decisions.profile import Profile
from winset.errors import BadCase, UnknownMethod

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENOUGH_DRAWS = 400  # of positions, for the distribution of the outcome: more change no whole point


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How well the default forecasts, and every other model, on decisions with known outcomes."""

    default: str
    made_from: str  # in words
    source: str  # key in docs/bibliography.bib
    proposals: int
    issues: int
    scores: tuple[Score, ...]  # the best first

    def score(self, model: str) -> Score | None:
        """That of one model or baseline; None where it was never measured."""
        return next((score for score in self.scores if score.model == model), None)


def track_record() -> TrackRecord:
    """As measured when the shipped fit was made, each proposal forecast without itself."""
    fit = shipped()
    return TrackRecord(
        default=DEFAULT,
        made_from=fit.made_from,
        source=fit.source,
        proposals=fit.proposals,
        issues=fit.issues,
        scores=fit.scores,
    )


def model_error(
    profile: Profile, *, model: str = DEFAULT, nominal: float = 0.8, fit: Fit | None = None
) -> tuple[ErrorBand, ...]:
    """For each issue the model's forecast and the interval in which so many outcomes fell.

    Of a profile of many draws the interval holds both: what the positions leave open, and the model's error. For the
    default all draws make one distribution, of which the shortest interval is taken; for other models the two are
    added as independent errors are.
    nominal: one of the shares that the fit measured, 0.5, 0.8, 0.9 or 0.95.  fit: None: the shipped one.
    Raises BadCase for another nominal share; UnknownMethod for a model whose error was never measured.
    NaN for all where the model cannot say.
    """
    import numpy as np

    given = fit or shipped()
    if model not in given.opened:
        raise UnknownMethod(
            f"the error of {model!r} was never measured: measured are {', '.join(given.opened)}; take one of them"
        )
    if nominal not in given.opened[model]:
        measured = ", ".join(f"{each:g}" for each in given.opened[model])
        raise BadCase(f"intervals of {nominal:g} were not measured: take one of {measured}")
    answers = points(profile, _answers(profile, model, given))
    ready = given.opened[model][nominal]
    spread = nests(_thinned(profile), given.smoothing) if model == DEFAULT else None
    found = []
    for issue, path in enumerate(groups(profile)):
        told, borrowed, note = _group(profile, issue, path, ready, given)
        values = answers[:, issue][~np.isnan(answers[:, issue])]
        low = value = high = np.nan
        if len(values):
            value = float(np.median(values))
            if spread is not None:
                low, high = spread[issue].at(told.by)
            else:
                ends = np.quantile(values, [(1 - nominal) / 2, (1 + nominal) / 2])
                below, above = (float(np.hypot(told.by, value - end)) for end in ends)
                low, high = max(0.0, value - below), min(float(GRID), value + above)
            low, high = min(low, value), max(high, value)
        at = [profile.low + (profile.high - profile.low) * place / GRID for place in (value, low, high)]
        found.append(
            ErrorBand(
                model=model,
                value=at[0],
                low=at[1],
                high=at[2],
                nominal=nominal,
                coverage=told.coverage,
                n=told.own_n,
                group=told.group,
                borrowed=borrowed,
                note=note,
            )
        )
    return tuple(found)


def _answers(profile: Profile, model: str, fit: Fit) -> NDArray[np.float64]:
    from winset.decisions.models import MODELS

    return smoothed_median(profile, fit.smoothing) if model == DEFAULT else MODELS[model](profile)


def _group(
    profile: Profile, issue: int, path: tuple[str, ...], ready: Mapping[str, Opened], fit: Fit
) -> tuple[Opened, bool, str]:
    """The opening, whether it is borrowed, and what to say about that."""
    heard = int((profile.weight[0, issue] > 0).sum())
    few, many = fit.actors
    if profile.rule.id not in fit.rules:
        why = f"No decision under {profile.rule.name} was among the {fit.issues} on which the error was measured"
    elif not few <= heard <= many:
        why = f"The error was measured on issues with {few} to {many} actors on record, here there are {heard}"
    else:
        told = next(ready[name] for name in path if name in ready)
        return told, False, ""
    return ready[ALL], True, f"{why}: it is borrowed from all of them."


def _thinned(profile: Profile) -> Profile:
    """Evenly chosen draws, where there are more than enough."""
    draws = len(profile.positions)
    if draws <= ENOUGH_DRAWS:
        return profile
    import numpy as np

    kept = np.linspace(0, draws - 1, ENOUGH_DRAWS).astype(int)
    return replace(
        profile,
        positions=profile.positions[kept],
        salience=profile.salience[kept],
        status_quo=profile.status_quo[kept],
        proposal=profile.proposal[kept],
        cost_of_objecting=profile.cost_of_objecting[kept],
    )
