"""Backtest: every model on the same decided issues, with the error it would have had to admit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from winset.decisions.backtest.conformal import ALL
from winset.decisions.backtest.fitting import fitted, lesson
from winset.decisions.backtest.folds import (
    DEFAULT,
    GRID,
    Held,
    Model,
    Told,
    held,
    left_out,
    points,
    told,
    told_by_smoothing,
)
from winset.decisions.backtest.smoothing import Smoothing, smoothed_median
from winset.decisions.backtest.types import Agenda, Backtest, GroupScore, Score
from winset.decisions.profile import Profile
from winset.errors import BadCase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOMINAL = 0.8
COMPROMISE, MIDPOINT, STATUS_QUO = "compromise", "always the midpoint", "status quo"
RESAMPLES = 2000
NEAR = 5.0  # points
POSITION_ERROR = 20.0  # points; how far experts' placements of one actor typically lie apart is less
ISSUE = tuple[str, int]
KNOWABLE = {"status_quo", "proposal"}  # what a profile may hold of an issue


def backtest(
    agendas: Sequence[Agenda],
    *,
    models: Sequence[str] | None = None,
    fit: Sequence[Agenda] | None = None,
    draws: int = 50,
    position_error: float = POSITION_ERROR,
    seed: int = 0,
) -> Backtest:
    """How every model does on decided issues.

    models: ids; None: all that need nothing beyond status quo and proposal, and are asked where these are known.
    The default and the compromise, to which all are compared, are always among them, and so are two baselines.
    fit: decisions from which error and smoothing are learned; None: the agendas themselves. The proposal in
    question, known by its key, is left out of either.  draws: of positions with a standard deviation of
    position_error points, to show what intervals from the inputs alone would cover; 0: none.
    Raises BadCase where there is nothing to test or learn from, UnknownMethod.
    Source: Efron and Tibshirani (1993, ch. 8) for drawing whole proposals; `conformal` for the intervals.
    """
    _check(agendas, fit, draws)
    lessons = agendas if fit is None else fit
    without = left_out(lessons)
    smoothing = dict(without)  # a proposal that is learned from as well is told without itself
    if fit is not None:
        whole = fitted(lesson(lessons))
        smoothing |= {agenda.key: whole for agenda in agendas if agenda.key not in without}
    learned_by = {DEFAULT: told_by_smoothing(lessons, without.__getitem__)}
    tested_by = {DEFAULT: learned_by[DEFAULT] if fit is None else told_by_smoothing(agendas, smoothing.__getitem__)}
    others = plain_models(models)
    for id, model in others.items():
        tested_by[id] = told(agendas, model)
        learned_by[id] = tested_by[id] if fit is None else told(lessons, model)
    for id in models or ():
        if not tested_by[id]:
            raise BadCase(f"{id} says nothing on any of these issues: it needs {_needs(id)}")
    intervals = {id: held(tested_by[id], learned_by[id], nominal=NOMINAL) for id in tested_by}
    found = []
    for id, tested in tested_by.items():
        if tested:
            found.append(_score(id, tested, tested_by[COMPROMISE], intervals[id], seed=seed))
    if draws:
        asked: dict[str, Callable[[str], Model]] = {id: _always(model) for id, model in others.items()}
        asked[DEFAULT] = lambda key: _smoothed(smoothing[key])
        for place, score in enumerate(found):
            inside, width = _drawn(
                agendas,
                asked[score.model],
                tested_by[score.model],
                draws=draws,
                position_error=position_error,
                seed=seed,
            )
            found[place] = replace(score, input_coverage=inside, input_width=width)
    return Backtest(
        scores=tuple(sorted(found, key=lambda score: (score.error, score.model))),
        groups=_group_scores(intervals[DEFAULT]),
        proposals=len({row.proposal for row in tested_by[DEFAULT].values()}),
        issues=len(tested_by[DEFAULT]),
        fitted_on="the same decisions, without the proposal in question"
        if fit is None
        else _taught(tested_by, learned_by),
        position_error=position_error,
        draws=draws,
        seed=seed,
    )


def _taught(tested_by: Mapping[str, Mapping[ISSUE, Told]], learned_by: Mapping[str, Mapping[ISSUE, Told]]) -> str:
    """What was learned from, in words."""
    tested, learned = ({key for key, _ in rows[DEFAULT]} for rows in (tested_by, learned_by))
    if tested & learned:
        return f"{len(learned)} proposals, each that is tested too without itself"
    return f"{len(learned)} other proposals"


def _check(agendas: Sequence[Agenda], fit: Sequence[Agenda] | None, draws: int) -> None:
    for which, given in (("to test on", agendas), ("to learn from", agendas if fit is None else fit)):
        keys = [agenda.key for agenda in given if agenda.decided.any()]
        if len(set(keys)) < 2:  # noqa: PLR2004 - one to leave out, one to learn from
            raise BadCase(f"{len(set(keys))} decided proposals {which}: at least 2 are needed")
        if len(set(keys)) < len(keys):
            raise BadCase("two agendas have one key: join the issues of one proposal in one agenda")
    if draws < 0:
        raise BadCase(f"draws {draws}: take 0 or more")


def plain_models(wanted: Sequence[str] | None) -> dict[str, Model]:
    """Those that learn nothing, by id, asked only where what they need is known."""
    from winset.decisions.models import MODELS

    ids = [model.id for model in MODELS if set(model.needs) <= KNOWABLE] if wanted is None else list(wanted)
    found: dict[str, Model] = {}
    for id in dict.fromkeys([COMPROMISE, *ids]):
        if id != DEFAULT:
            found[id] = _where_known(MODELS[id].function, MODELS[id].needs)
    return {**found, MIDPOINT: _midpoint, STATUS_QUO: _status_quo}


def _needs(id: str) -> str:
    from winset.decisions.models import MODELS

    return " and ".join(need.replace("_", " ") for need in MODELS[id].needs) or "positions"


def _where_known(model: Model, needs: Sequence[str]) -> Model:
    import numpy as np

    def asked(profile: Profile) -> NDArray[np.float64]:
        answers = model(profile)
        for need in needs:
            if hasattr(profile, need):
                answers = np.where(np.isnan(getattr(profile, need)), np.nan, answers)
        return answers

    return asked


def _midpoint(profile: Profile) -> NDArray[np.float64]:
    import numpy as np

    return np.full(profile.status_quo.shape, (profile.low + profile.high) / 2)


def _status_quo(profile: Profile) -> NDArray[np.float64]:
    return profile.status_quo


def _always(model: Model) -> Callable[[str], Model]:
    return lambda _key: model


def _smoothed(smoothing: Smoothing) -> Model:
    return lambda profile: smoothed_median(profile, smoothing)


def _score(
    id: str, tested: Mapping[ISSUE, Told], compromise: Mapping[ISSUE, Told], intervals: Sequence[Held], *, seed: int
) -> Score:
    both = [issue for issue in tested if issue in compromise]
    differences = {issue: tested[issue].error - compromise[issue].error for issue in both}
    low, high = _bootstrap(differences, seed=seed)
    return Score(
        model=id,
        n=len(tested),
        error=fmean(row.error for row in tested.values()),
        difference=fmean(differences.values()),
        difference_low=low,
        difference_high=high,
        within_five=fmean(row.error <= NEAR for row in tested.values()),
        coverage=fmean(each.inside for each in intervals),
        width=fmean(each.width for each in intervals),
    )


def _bootstrap(differences: Mapping[ISSUE, float], *, seed: int) -> tuple[float, float]:
    """95% interval of the mean: issues of one proposal are drawn together, for they are no independent news."""
    import numpy as np

    by: dict[str, list[float]] = {}
    for (proposal, _), difference in differences.items():
        by.setdefault(proposal, []).append(difference)
    sums = np.array([sum(each) for each in by.values()])
    counts = np.array([len(each) for each in by.values()])
    drawn = np.random.default_rng(seed).integers(len(by), size=(RESAMPLES, len(by)))
    low, high = np.quantile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [0.025, 0.975]).tolist()
    return low, high


def _drawn(
    agendas: Sequence[Agenda],
    model: Callable[[str], Model],
    tested: Mapping[ISSUE, Told],
    *,
    draws: int,
    position_error: float,
    seed: int,
) -> tuple[float, float]:
    """Coverage and mean width of the middle 80% of a model's answers to drawn positions."""
    import numpy as np

    inside, widths = [], []
    for number, agenda in enumerate(agendas):
        answers = points(
            agenda.profile, model(agenda.key)(_drawn_profile(agenda.profile, draws, position_error, [seed, number]))
        )
        low, high = np.quantile(answers, [(1 - NOMINAL) / 2, (1 + NOMINAL) / 2], axis=0)
        for issue in range(len(agenda.outcomes)):
            if (agenda.key, issue) in tested:
                inside.append(low[issue] <= tested[agenda.key, issue].outcome <= high[issue])
                widths.append(high[issue] - low[issue])
    return float(np.mean(inside)), float(np.mean(widths))


def _drawn_profile(profile: Profile, draws: int, position_error: float, seed: Sequence[int]) -> Profile:
    import numpy as np

    error = position_error / GRID * (profile.high - profile.low)
    shape = (draws, *profile.positions.shape[1:])
    drawn = profile.positions + error * np.random.default_rng(seed).standard_normal(shape)
    return replace(
        profile,
        positions=np.clip(drawn, profile.low, profile.high),
        salience=np.broadcast_to(profile.salience, shape),
        status_quo=np.broadcast_to(profile.status_quo, shape[:2]),
        proposal=np.broadcast_to(profile.proposal, shape[:2]),
        cost_of_objecting=np.broadcast_to(profile.cost_of_objecting, shape[:1]),
    )


def _group_scores(intervals: Sequence[Held]) -> tuple[GroupScore, ...]:
    """Coverage and width in every group, all together last."""
    names = sorted({group for each in intervals for group in each.path} - {ALL})
    found = []
    for name in (*names, ALL):
        own = [each for each in intervals if name in each.path]
        found.append(
            GroupScore(
                group=name,
                n=len(own),
                coverage=fmean(each.inside for each in own),
                width=fmean(each.width for each in own),
            )
        )
    return tuple(found)
