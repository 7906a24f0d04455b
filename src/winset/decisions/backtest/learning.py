"""Learning a fit from decided agendas: what training/forecast writes down, and the shipped file holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from winset.decisions.backtest.conformal import chosen, openings
from winset.decisions.backtest.fitting import fitted, lesson
from winset.decisions.backtest.folds import DEFAULT, Told, held, left_out, told, told_by_smoothing
from winset.decisions.backtest.scoring import backtest, plain_models
from winset.decisions.backtest.shipped import Fit, Opened
from winset.decisions.backtest.types import Agenda

NOMINALS = (0.5, 0.8, 0.9, 0.95)


def learn(agendas: Sequence[Agenda], *, source: str, made_from: str, draws: int = 50, seed: int = 0) -> Fit:
    """A fit on all agendas, with the scores and coverages that each proposal had when it was left out.

    source: key in docs/bibliography.bib.  made_from: the decisions in words, with their licence.  Raises BadCase.
    """
    table = backtest(agendas, draws=draws, seed=seed)
    rows = {DEFAULT: told_by_smoothing(agendas, left_out(agendas).__getitem__)}
    rows |= {id: told(agendas, model) for id, model in plain_models(None).items()}
    heard = [int(n) for agenda in agendas for n in (agenda.profile.weight[0] > 0).sum(axis=-1)[agenda.decided]]
    return Fit(
        source=source,
        made_from=made_from,
        proposals=table.proposals,
        issues=table.issues,
        rules=tuple(sorted({agenda.profile.rule.id for agenda in agendas})),
        actors=(min(heard), max(heard)),
        smoothing=fitted(lesson(agendas)),
        opened={id: {nominal: _opened(each, nominal) for nominal in NOMINALS} for id, each in rows.items() if each},
        scores=table.scores,
    )


def _opened(rows: Mapping[tuple[str, int], Told], nominal: float) -> dict[str, Opened]:
    """For every group the opening that it takes, its own or that of a wider one, and what it covered in the group."""
    tested = held(rows, rows, nominal=nominal)
    scores = {issue: row.spread.entry(row.outcome) for issue, row in rows.items()}
    ready = openings(scores, {issue: row.path for issue, row in rows.items()}, nominal)
    found = {}
    for path in dict.fromkeys(row.path for row in rows.values()):
        for place, name in enumerate(path):
            own = [each.inside for each in tested if name in each.path]
            taken = chosen(ready, path[place:])
            found[name] = Opened(group=name, n=taken.n, by=taken.by, own_n=len(own), coverage=fmean(own))
    return found
