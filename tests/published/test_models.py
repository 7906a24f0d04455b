"""Forecast models and the winset against printed and recomputed examples."""

from __future__ import annotations

import pytest

from winset.decisions.models import MODELS
from winset.decisions.profile import profile
from winset.decisions.rules import RULES
from winset.decisions.types import Case
from winset.decisions.winset import Interval, acceptable, winset
from winset.ids import ActorId, EvidenceId, PartialDate
from winset.issues import Issue, Seat
from winset.positions.types import Position

EMISSION = {  # capability in hundredths, position in years of delay, salience
    "NLD": (8, 4, 0.8),
    "BEL": (8, 7, 0.4),
    "LUX": (3, 4, 0.2),
    "DEU": (16, 4, 0.8),
    "FRA": (16, 10, 0.6),
    "ITA": (16, 10, 0.6),
    "GBR": (16, 10, 0.9),
    "IRL": (5, 7, 0.1),
    "DNK": (5, 4, 1.0),
    "GRC": (8, 7, 0.7),
}


@pytest.fixture
def emission_standards() -> Case:
    on = PartialDate("1989")
    issue = Issue(
        proposal="late", body="Council", rule="consensus", on=on, proposal_value=10, status_quo=4
    )  # the printed scale fits into 0-100 as it is
    return Case(
        issue=issue,
        seats=tuple(Seat(actor_id=ActorId(key), name=key, votes=votes) for key, (votes, _, _) in EMISSION.items()),
        positions=tuple(
            Position(
                actor_id=ActorId(key),
                issue_id=issue.id,
                value=value,
                std_error=0,
                salience=salience,
                as_of=on,
                evidence=(EvidenceId("BuenoDeMesquita1994"),),
            )
            for key, (_, value, salience) in EMISSION.items()
        ),
    )


def predicted(model: str, case: Case, *, rule: str = "consensus") -> float:
    return MODELS[model](profile([case], RULES[rule](case.seats))).item()


@pytest.mark.published("Bueno de Mesquita (1994), Table 1, inputs; the mean of Van den Bos (1991) recomputed from them")
def test_the_compromise_on_emission_standards_is_7_38996_years(emission_standards: Case) -> None:
    assert predicted("compromise", emission_standards) == pytest.approx(7.38996, abs=5e-6)


@pytest.mark.published("Bueno de Mesquita (1994), Table 1, inputs; their weighted median recomputed")
def test_the_weighted_median_on_emission_standards_is_7_years(emission_standards: Case) -> None:
    assert predicted("median", emission_standards) == 7.0


@pytest.mark.published("Black (1948): the median motion can get a simple majority against any other")
@pytest.mark.parametrize("rival", [0, 10, 29, 31, 60, 100])
def test_the_median_of_five_equal_members_is_the_core(rival: float) -> None:
    ideals = [5, 10, 30, 70, 95]
    assert winset(ideals, status_quo=30, quota=3) is None
    if rival != 30:
        beaten = winset(ideals, status_quo=rival, quota=3)
        assert beaten is not None
        assert beaten.low < 30 < beaten.high


@pytest.mark.published("Tsebelis (2002), ch. 1-2: the winset of veto players is where their indifference circles meet")
def test_the_veto_player_nearest_the_status_quo_bounds_the_winset() -> None:
    players = {ActorId("near"): 20.0, ActorId("middle"): 50.0, ActorId("far"): 90.0}
    seats = tuple(Seat(actor_id=actor, name=actor) for actor in players)
    assert winset([20, 50, 90], status_quo=10, quota=3) == Interval(10, 30)
    assert acceptable(RULES["eu-unanimity"](seats), players, status_quo=10) == Interval(10, 30)
    assert acceptable(RULES["absolute-majority"](seats), players, status_quo=10) == Interval(10, 90)


@pytest.mark.published("Enelow & Hinich (1984), ch. 2: a voter votes for the nearer of two alternatives")
def test_the_heavier_side_nearer_to_the_proposal_carries_it(emission_standards: Case) -> None:
    assert (
        predicted("sincere-voting", emission_standards, rule="simple-majority") == 10
    )  # France, Italy and Britain outvote Germany, the Netherlands, Denmark and Luxembourg, 48 to 32
    assert predicted("sincere-voting", emission_standards) == 4  # no change
