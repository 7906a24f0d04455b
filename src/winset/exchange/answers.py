"""What is answered to a question: a forecast for each issue, as given and with each what-if."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from winset.decisions.draws import drawn, sober
from winset.decisions.forecasting import forecast, voted
from winset.decisions.package_votes import package_passes
from winset.decisions.packages import Package, Packages, packages
from winset.decisions.predictions import DEFAULT_MODELS, OF_SEVERAL, predictions
from winset.decisions.profile import profile
from winset.decisions.types import Assumption, Case, Forecast
from winset.errors import BadQuota
from winset.exchange.position_cases import NO_RULE, OTHER_RULE, Question, rule_maker
from winset.exchange.what_ifs import Scenario, changed
from winset.ids import ActorId

FORMAT = "winset-decision-1"
DIGITS = 8  # that count, of a number in JSON
MOST_TOGETHER = 6  # issues of one table that are put to the vote as a package: more take minutes
DRAWN = 2_000  # draws at most in which a package is put to the vote: to a percent
CHOSEN = ("total", "product", "nearest")  # the packages told, by their names in `Packages`


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question with its forecasts."""

    question: Question
    forecasts: tuple[Forecast, ...]  # one for each case
    packages: Packages | None = None  # of several issues in one vote, at the positions as estimated
    chances: tuple[tuple[str, float], ...] = ()  # "total", "product", "nearest": that this package passes
    what_if: Scenario | None = None  # None: as given

    @property
    def words(self) -> str:
        """By what it differs from what was given."""
        return self.what_if.words if self.what_if else "as given"


def answered(of: Question, *, draws: int, seed: int, models: Sequence[str] | None = None) -> Answer:
    """The forecast of every case.  models: whose predictions are wanted; None: those of the default.

    Where nobody named the rule, the answer by the other one is among the assumptions.
    Raises BadCase, UnknownMethod.
    """
    named = DEFAULT_MODELS if models is None else tuple(models)
    found = []
    for case in of.cases:
        told = forecast(case, of.rule, draws=draws, seed=seed, models=named)
        if of.rule_taken:
            told = replace(told, assumptions=(_of_the_rule(of, case, told, draws=draws, seed=seed), *told.assumptions))
        found.append(told)
    found = _bargained(of, found, models=named, draws=draws, seed=seed)
    together, chances = _together(of, draws=draws, seed=seed)
    return Answer(question=of, forecasts=tuple(found), packages=together, chances=chances)


def answered_at_once(of: Question, *, draws: int, seed: int) -> Answer:
    """The votes alone, for who waits while something is moved: no models, no assumptions, no packages."""
    return Answer(question=of, forecasts=tuple(voted(case, of.rule, draws=draws, seed=seed) for case in of.cases))


def answered_if(
    of: Question, scenarios: Sequence[Scenario], *, draws: int, seed: int, models: Sequence[str] | None = None
) -> tuple[Answer, ...]:
    """The same with each scenario's changes, in the same draws.  Raises what `changed` and `answered` raise."""
    return tuple(
        replace(answered(changed(of, each), draws=draws, seed=seed, models=models), what_if=each) for each in scenarios
    )


def _bargained(of: Question, told: list[Forecast], *, models: Sequence[str], draws: int, seed: int) -> list[Forecast]:
    """The same with what models of exchange say where all issues are one bargain; one issue, or many, as they are."""
    several = [model for model in models if model in OF_SEVERAL]
    if not several or not 1 < len(of.cases) <= MOST_TOGETHER:
        return told
    traded = predictions(of.cases, of.rule, models=several, draws=draws, seed=seed)
    return [
        replace(each, predictions=tuple({one.model: one for one in (*each.predictions, *others)}.values()))
        for each, others in zip(told, traded, strict=True)
    ]


def _together(of: Question, *, draws: int, seed: int) -> tuple[Packages | None, tuple[tuple[str, float], ...]]:
    """What could be decided on all issues at once, and how surely each package passes; None for one issue, or many."""
    if not 1 < len(of.cases) <= MOST_TOGETHER:
        return None, ()
    import numpy as np

    found = packages(profile(of.cases, of.rule))
    chances = []
    for name in CHOSEN:
        package = getattr(found, name)
        if package is not None:
            passed = [
                package_passes(each, np.tile(package.values, (len(each.positions), 1)))
                for each in drawn(of.cases, of.rule, draws=min(draws, DRAWN), seed=seed)
            ]
            votes = np.concatenate(passed)
            chances.append((name, sober(float(votes.mean()), len(votes))))
    return found, tuple(chances)


def _of_the_rule(of: Question, case: Case, told: Forecast, *, draws: int, seed: int) -> Assumption:
    other = rule_maker(OTHER_RULE)(of.rule.seats)
    try:
        otherwise = forecast(case, other, draws=draws, seed=seed, models=()).probability_adopted
    except BadQuota:  # seats without votes
        otherwise = told.probability_adopted
    return Assumption(
        name=f"the rule is {NO_RULE}",
        text=f"No rule was named, so {NO_RULE} is taken.",
        otherwise=f"it is {other.name}",
        adopted_if_held=told.probability_adopted,
        adopted_otherwise=otherwise,
    )


def as_dict(answer: Answer, others: Sequence[Answer] = ()) -> dict[str, Any]:
    """The answer, and those with something changed, as plain values for JSON; positions on the user's own scale."""
    of = answer.question
    first = answer.forecasts[0]
    told = {
        "format": FORMAT,
        "source": of.name,
        "rule": {"id": of.rule.id, "name": of.rule.name, "source": of.rule.source},
        "scale": [float(of.scale.low), float(of.scale.high)],
        "members": [{"actor_id": seat.actor_id, "actor": of.names[seat.actor_id]} for seat in of.rule.seats],
        "outsiders": [of.names[actor] for actor in of.outsiders],
        "taken": list(of.taken),
        "draws": first.draws,
        "seed": first.seed,
        "issues": _issues(answer),
        "packages": packages_dict(answer),
        "what_if": [
            {"what_if": other.words, "issues": _issues(other), "packages": packages_dict(other)} for other in others
        ],
    }
    rounded: dict[str, Any] = _rounded(told)
    return rounded


def _rounded(told: Any) -> Any:
    """The same with every number to DIGITS, so that 21.7732 is not told as 21.773199999999996."""
    if isinstance(told, dict):
        return {name: _rounded(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_rounded(value) for value in told]
    return float(f"{told:.{DIGITS}g}") if isinstance(told, float) else told


def _issues(answer: Answer) -> list[dict[str, Any]]:
    of = answer.question
    return [issue_dict(of, case, told) for case, told in zip(of.cases, answer.forecasts, strict=True)]


def packages_dict(answer: Answer) -> dict[str, Any] | None:
    """What could be decided on all issues at once as plain values; None where that was not asked."""
    found, of = answer.packages, answer.question
    if found is None:
        return None
    far, chances = of.scale.own_points, dict(answer.chances)

    def plain(name: str) -> dict[str, Any] | None:
        package: Package | None = getattr(found, name)
        if package is None:
            return None
        return {
            "values": {issue: of.scale.own(value) for issue, value in zip(found.issues, package.values, strict=True)},
            "probability": chances[name],
            "objectors": [of.names[id] for id in package.objectors],
            "gains": {of.names[id]: far(worth) for id, worth in package.gains},
            "given_up": package.given_up,
        }

    return {
        "alone": dict(zip(found.issues, found.alone, strict=True)),
        "together": found.together,
        **{name: plain(name) for name in CHOSEN},
        "bundles": [{"issues": list(each.issues), "carried": list(each.carried)} for each in found.bundles],
        "logrolls": [
            {
                "values": {issue: of.scale.own(at) for issue, at in zip(roll.issues, roll.values, strict=True)},
                "bargains": [
                    {
                        "actor": of.names[each.actor_id],
                        "gets": each.gets,
                        "worth": far(each.worth),
                        "gives": each.gives,
                        "costs": far(each.costs),
                    }
                    for each in roll.bargains
                ],
            }
            for roll in found.logrolls
        ],
    }


def issue_dict(of: Question, case: Case, told: Forecast) -> dict[str, Any]:
    """One issue of the answer as plain values."""
    at, far = of.scale.own, of.scale.own_points

    def actor(id: ActorId) -> dict[str, str]:
        return {"actor_id": id, "actor": of.names[id]}

    def span(ends: tuple[float, float] | None) -> list[float] | None:
        return None if ends is None else [at(end) for end in ends]

    def known(points: float) -> float | None:
        return None if math.isnan(points) else far(points)  # JSON has no NaN

    held = {position.actor_id: position for position in case.positions}
    outlook = told.outlook
    return {
        "issue": case.issue.proposal,
        "proposal": at(case.issue.proposal_value),
        "status_quo": at(case.issue.status_quo),
        "outcome": told.outcome.value,
        "probability": told.probability,
        "probability_adopted": told.probability_adopted,
        "adopted_range": list(told.adopted_range),
        "positions": [
            {
                **actor(id),
                "position": at(each.value),
                "std_error": far(each.std_error),
                "salience": each.salience,
                "assumed": each.assumed,
                "evidence": list(each.evidence),
            }
            for id, each in held.items()
            if id in of.names
        ],
        "blockers": [
            {
                **actor(each.actor_id),
                "probability": each.probability,
                "alone": each.alone,
                "consents_up_to": at(each.consents_up_to),
                "consents": [
                    {"way": way.way.value, "points": far(way.points), "to": at(way.to), "loss": far(way.loss)}
                    for way in each.consents
                ],
            }
            for each in told.blockers
        ],
        "unknown": [actor(id) for id in told.unknown],
        "options": [
            {
                "option": each.option.label,
                "at": at(each.option.value),
                "probability": each.probability,
                "objectors": [of.names[id] for id in each.objectors],
            }
            for each in told.rungs
        ],
        "winset": span(told.winset),
        "core": span(told.core),
        "hinges": [
            {
                **actor(each.actor_id),
                "objects": each.objects,
                "adopted_if_yes": each.adopted_if_yes,
                "adopted_if_no": each.adopted_if_no,
                "rank": each.rank,
                "adopted_after": each.adopted_after,
                "flips": each.flips,
            }
            for each in told.hinges
        ],
        "concessions": [
            {"chance": each.chance, "to": at(each.value), "points": far(each.points), "option": each.rung}
            for each in told.concessions
        ],
        "forecast": None
        if outlook is None
        else {
            "model": outlook.model,
            "value": at(outlook.value),
            "low": at(outlook.low),
            "high": at(outlook.high),
            "nominal": outlook.nominal,
            "coverage": outlook.coverage,
            "decisions": outlook.decisions,
            "group": outlook.group,
            "borrowed": outlook.borrowed,
            "note": outlook.note,
            "error": known(outlook.error),
            "error_of_midpoint": known(outlook.error_of_midpoint),
        },
        "models": [
            {
                "model": each.model,
                "value": at(each.value),
                "low": at(each.low),
                "high": at(each.high),
                "passes": each.passes,
            }
            for each in told.predictions
        ],
        "assumptions": [
            {
                "name": each.name,
                "text": each.text,
                "otherwise": each.otherwise,
                "adopted_if_held": each.adopted_if_held,
                "adopted_otherwise": each.adopted_otherwise,
            }
            for each in told.assumptions
        ],
        "run_id": told.run_id,
    }
