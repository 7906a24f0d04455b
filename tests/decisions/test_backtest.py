"""How models are scored on decisions with known outcomes, and the error a forecast admits."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest
from tests.decisions.past_decisions import agendas, profile_of

from winset.decisions.backtest import DEFAULT, Agenda, backtest, learn, model_error, track_record
from winset.decisions.backtest.fitting import fitted, lesson
from winset.decisions.backtest.folds import left_out, told_by_smoothing
from winset.decisions.backtest.shipped import as_json, from_json, shipped
from winset.decisions.backtest.smoothing import Smoothing, smoothed_median
from winset.decisions.models import MODELS
from winset.errors import BadCase, OffScale, UnknownMethod

NAMED = ["median"]  # beside default, compromise and baselines, so that a test is quick


def test_the_error_of_a_model_is_that_of_its_forecasts() -> None:
    past = agendas(6)
    score = backtest(past, models=NAMED, draws=0).score("compromise")
    errors = [
        abs(forecast - outcome)
        for agenda in past
        for forecast, outcome in zip(MODELS["compromise"](agenda.profile)[0], agenda.outcomes, strict=True)
    ]
    assert score is not None
    assert score.error == pytest.approx(fmean(errors))
    assert (score.n, score.difference, score.difference_low, score.difference_high) == (12, 0, 0, 0)


def test_default_compromise_and_baselines_are_always_scored_and_the_best_comes_first() -> None:
    found = backtest(agendas(5), models=NAMED, draws=0)
    assert {score.model for score in found.scores} == {DEFAULT, "compromise", "median", "always the midpoint"}
    assert [score.error for score in found.scores] == sorted(score.error for score in found.scores)
    assert (found.proposals, found.issues) == (5, 10)


def test_a_model_that_needs_status_quo_and_proposal_is_scored_where_they_are_known() -> None:
    past = agendas(5)
    profile = past[0].profile
    known = replace(
        past[0], profile=replace(profile, status_quo=np.array([[0.0, np.nan]]), proposal=np.full((1, 2), 90.0))
    )
    found = backtest([known, *past[1:]], models=["procedural"], draws=0)
    counts = {score.model: score.n for score in found.scores}
    assert (counts["procedural"], counts["status quo"], counts["compromise"]) == (1, 1, 10)


def test_what_a_proposal_decided_does_not_change_its_own_forecast() -> None:
    past = agendas(8)
    other = [replace(past[0], outcomes=(100.0, 0.0)), *past[1:]]

    def forecasts(given: list[Agenda]) -> list[float]:
        told = told_by_smoothing(given, left_out(given).__getitem__)
        return [row.value for (key, _), row in told.items() if key == "P0"]

    assert forecasts(other) == forecasts(past)


def test_learning_elsewhere_takes_nothing_from_the_decisions_tested() -> None:
    past, others = agendas(4), [replace(each, key=f"other {each.key}") for each in agendas(9)[4:]]
    found = backtest(past, models=NAMED, fit=others, draws=0)
    assert found.fitted_on == "5 other proposals"
    smoothing = fitted(lesson(others))
    errors = [
        abs(value - outcome)
        for agenda in past
        for value, outcome in zip(smoothed_median(agenda.profile, smoothing)[0], agenda.outcomes, strict=True)
    ]
    default = found.score(DEFAULT)
    assert default is not None
    assert default.error == pytest.approx(fmean(errors))


def test_a_proposal_learned_from_as_well_is_told_without_itself() -> None:
    past = agendas(6)
    both, alone = (backtest(past, models=NAMED, fit=fit, draws=2) for fit in (past, None))
    assert both.scores == alone.scores
    assert both.fitted_on == "6 proposals, each that is tested too without itself"


def test_an_issue_without_an_outcome_or_without_anybody_heard_is_not_scored() -> None:
    past = agendas(4)
    silent = Agenda(key="silent", profile=profile_of([[np.nan] * 5, [10.0] * 5]), outcomes=(50.0, np.nan))
    assert backtest([*past, silent], models=NAMED, draws=0).issues == 8


def test_the_same_seed_gives_the_same_table_and_drawn_positions_are_overconfident() -> None:
    past = agendas(12)
    one, two = (backtest(past, models=NAMED, draws=40, position_error=5, seed=3) for _ in range(2))
    assert one == two
    score = one.score("compromise")
    assert score is not None
    assert score.input_coverage is not None
    assert score.input_coverage < score.coverage


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: backtest([], draws=0), "0 decided proposals"),
        (lambda: backtest(agendas(1), draws=0), "1 decided proposals"),
        (lambda: backtest([*agendas(2), *agendas(2)], draws=0), "two agendas have one key"),
        (lambda: backtest(agendas(3), draws=-1), "draws -1"),
        (lambda: backtest(agendas(3), models=["procedural"]), "procedural says nothing on any of these issues"),
        (lambda: replace(agendas(1)[0], outcomes=(1.0,)), "1 outcomes for 2 issues"),
    ],
)
def test_what_cannot_be_scored_is_refused(given: object, said: str) -> None:
    with pytest.raises(BadCase, match=said):
        given()  # type: ignore[operator]


def test_an_outcome_off_the_scale_is_refused() -> None:
    with pytest.raises(OffScale, match="outcome 130 of issue 0: its scale runs from 0 to 100"):
        replace(agendas(1)[0], outcomes=(130.0, 0.0))


def test_a_fit_survives_being_written_down() -> None:
    fit = learn(agendas(6), source="Invented2024", made_from="invented decisions", draws=0)
    told = as_json(fit, digits=12)
    assert as_json(from_json(told), digits=12) == told
    assert set(fit.opened[DEFAULT][0.8]) == {
        "issues decided by counting votes among up to 20 actors",
        "issues decided by counting votes",
        "all decided issues",
    }


def test_the_shipped_fit_holds_no_decision_and_says_what_it_was_made_from() -> None:
    fit, record = shipped(), track_record()
    assert "CC BY 4.0" in fit.made_from
    assert record.default == DEFAULT
    ours, compromise, midpoint = (record.score(model) for model in (DEFAULT, "compromise", "always the midpoint"))
    assert ours is not None
    assert compromise is not None
    assert midpoint is not None
    assert ours.error < compromise.error < midpoint.error
    assert ours.difference_high < 0
    assert record.score("agenda-control") is None


def council(positions: list[float], *, rule: str = "eu-unanimity") -> list[float]:
    band = model_error(profile_of([positions], rule=rule))[0]
    return [band.low, band.value, band.high]


def test_a_band_holds_the_forecast_and_is_narrower_where_all_agree() -> None:
    low, value, high = council([80.0, 85, 90, 80, 85])
    assert low <= value <= high
    apart = council([0.0, 100, 50, 0, 100])
    assert high - low < apart[2] - apart[0]


def test_a_band_is_turned_over_with_the_scale() -> None:
    low, value, high = council([10.0, 40, 100, 60, 30])
    assert council([90.0, 60, 0, 40, 70]) == pytest.approx([100 - high, 100 - value, 100 - low])


def test_a_rule_that_was_never_backtested_borrows_its_error_and_says_so() -> None:
    known, borrowed = (
        model_error(profile_of([[10.0, 40, 100, 60, 30]], rule=rule))[0]
        for rule in ("eu-unanimity", "consensus-silence")
    )
    assert (known.borrowed, known.note) == (False, "")
    assert borrowed.borrowed
    assert borrowed.note.startswith("No decision under ")
    assert (borrowed.group, borrowed.n) == ("all decided issues", shipped().issues)


def test_more_actors_than_were_ever_backtested_borrow_it_too() -> None:
    band = model_error(profile_of([[float(number) for number in range(60)]], rule="eu-unanimity"))[0]
    assert band.borrowed
    assert "here there are 60" in band.note


@pytest.mark.parametrize("model", [DEFAULT, "compromise"])
def test_uncertain_positions_widen_no_band_less_than_the_model_error_alone(model: str) -> None:
    one = profile_of([[70.0, 75, 80]], rule="eu-unanimity")
    drawn = np.clip(one.positions + np.random.default_rng(0).normal(0, 15, (600, 1, 3)), 0, 100)
    many = replace(
        one,
        positions=drawn,
        salience=np.ones_like(drawn),
        status_quo=np.full((600, 1), np.nan),
        proposal=np.full((600, 1), np.nan),
        cost_of_objecting=np.zeros(600),
    )
    alone, both = (model_error(each, model=model)[0] for each in (one, many))
    assert both.high - both.low > alone.high - alone.low


def test_a_higher_share_asks_for_no_narrower_band() -> None:
    profile = profile_of([[0.0, 20, 70, 100, 40]], rule="eu-unanimity")
    widths = [
        band.high - band.low
        for nominal in (0.5, 0.8, 0.9, 0.95)
        for band in model_error(profile, model="compromise", nominal=nominal)
    ]
    assert widths == sorted(widths)


def test_where_nobody_is_on_record_there_is_no_band() -> None:
    band = model_error(profile_of([[np.nan, np.nan]], rule="eu-unanimity"))[0]
    assert np.isnan([band.low, band.value, band.high]).all()


def test_a_share_or_model_that_was_not_measured_is_refused() -> None:
    profile = profile_of([[10.0, 90]], rule="eu-unanimity")
    with pytest.raises(BadCase, match=r"take one of 0\.5, 0\.8, 0\.9, 0\.95"):
        model_error(profile, nominal=0.7)
    with pytest.raises(UnknownMethod, match="the error of 'agenda-control' was never measured"):
        model_error(profile, model="agenda-control")


def test_the_fit_finds_the_strength_of_outcomes_that_follow_it() -> None:
    loose, tight = (
        fitted(
            lesson(
                [
                    Agenda(
                        key=f"P{number}",
                        profile=profile_of([[float(number % 90), float(number % 90) + 10]]),
                        outcomes=(min(100.0, max(0.0, number % 90 + 5 + sign * error)),),
                    )
                    for number, sign in enumerate([1, -1] * 60)
                ]
            )
        )
        for error in (40.0, 1.0)
    )
    assert tight.strength > loose.strength


def test_weight_over_the_scale_alone_sharpens_the_compromise() -> None:
    only_scale = Smoothing(pulls=(0.75, 1e-12, 1e-12, 1e-12, 1e-12), strength=1.0)
    forecast = smoothed_median(profile_of([[0.0, 0, 0, 100]]), only_scale)
    assert forecast[0, 0] == pytest.approx(100 * (0.5 - 0.25 / 0.75))  # 3/4 + 3/4 t = 1/2 of 7/4
