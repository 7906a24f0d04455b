"""What every round of exchanges must obey, on random profiles with several issues."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.decisions.exchanges import exchanges, trading
from winset.decisions.models import MODELS
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.ids import ActorId
from winset.issues import Seat

LAW = settings(max_examples=60)
BOTH = pytest.mark.parametrize("programmed", [False, True])


def random_profile(seed: int, *, draws: int = 1, issues: int = 4, actors: int = 6, unknown: float = 0.0) -> Profile:
    rng = np.random.default_rng(seed)
    seats = tuple(Seat(actor_id=ActorId(f"M{number}"), name="member") for number in range(actors))
    shape = (draws, issues, actors)
    hidden = rng.random(shape) < unknown
    return Profile(
        rule=RULES["consensus"](seats),
        actors=tuple(seat.actor_id for seat in seats),
        issues=tuple(f"issue {number}" for number in range(issues)),
        positions=np.where(hidden, np.nan, rng.integers(0, 21, shape) * 5.0),
        salience=np.where(hidden, 0, rng.integers(1, 11, shape) / 10),
        capability=rng.integers(1, 6, actors).astype(float),
        status_quo=np.full(shape[:2], np.nan),
        proposal=np.full(shape[:2], np.nan),
        cost_of_objecting=np.zeros(draws),
    )


SEEDS = st.integers(0, 10**6)


@BOTH
@LAW
@given(seed=SEEDS)
def test_both_sides_of_every_exchange_gain_the_same(programmed: bool, seed: int) -> None:
    profile = random_profile(seed, unknown=0.1)
    (only,) = exchanges(profile, programmed=programmed)
    for exchange in only.exchanges:
        one, other = exchange.concessions
        for mine, its in ((one, other), (other, one)):
            actor = profile.actors.index(mine.actor_id)
            care = {issue: profile.salience[0, row, actor] for row, issue in enumerate(profile.issues)}
            worth = abs(its.shift) * care[its.issue] - abs(mine.shift) * care[mine.issue]
            assert worth == pytest.approx(exchange.gain, abs=1e-9)
        assert exchange.gain > 0


@BOTH
@LAW
@given(seed=SEEDS)
def test_a_concession_stops_at_the_partner_and_the_outcome_is_the_sum_of_all(programmed: bool, seed: int) -> None:
    profile = random_profile(seed, unknown=0.1)
    (only,) = exchanges(profile, programmed=programmed)
    assert len(only.exchanges) <= only.candidates
    sums = dict.fromkeys(profile.issues, 0.0)
    for exchange in only.exchanges:
        for mine, its in (exchange.concessions, exchange.concessions[::-1]):
            wanted = profile.positions[0, profile.issues.index(mine.issue), profile.actors.index(its.actor_id)]
            assert min(mine.start, wanted) - 1e-9 <= mine.end <= max(mine.start, wanted) + 1e-9
            sums[mine.issue] += mine.shift
    moved = [after - before for after, before in zip(only.after, only.before, strict=True)]
    assert moved == pytest.approx(list(sums.values()), abs=1e-9)


@LAW
@given(seed=SEEDS)
def test_exchanges_are_made_by_falling_gain(seed: int) -> None:
    (only,) = exchanges(random_profile(seed))
    gains = [exchange.gain for exchange in only.exchanges]
    assert all(later <= earlier * (1 + 1e-9) for earlier, later in pairwise(gains))


@BOTH
@LAW
@given(seed=SEEDS, rounds=st.integers(1, 3))
def test_names_and_order_of_actors_do_not_choose_among_equal_gains(programmed: bool, seed: int, rounds: int) -> None:
    profile = random_profile(seed, draws=2)
    order = np.random.default_rng(seed).permutation(len(profile.actors))
    seats = tuple(replace(profile.rule.seats[number], actor_id=ActorId(f"new {number}")) for number in order)
    other = replace(
        profile,
        rule=replace(profile.rule, seats=seats),
        actors=tuple(seat.actor_id for seat in seats),
        positions=profile.positions[..., order],
        salience=profile.salience[..., order],
        capability=profile.capability[order],
    )
    model = MODELS["exchange-program" if programmed else "exchange"]
    assert model(other, rounds=rounds) == pytest.approx(model(profile, rounds=rounds), abs=1e-6)


@BOTH
def test_a_draw_gets_the_same_answer_in_any_company(programmed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = random_profile(3, draws=7, unknown=0.1)
    model = MODELS["exchange-program" if programmed else "exchange"]
    whole = model(profile, rounds=2)
    for draw in range(7):
        found = exchanges(profile, draw=draw, rounds=2, programmed=programmed)
        assert whole[draw] == pytest.approx(found[-1].after, abs=1e-9)
    monkeypatch.setattr(trading, "PLACES", 1)
    assert model(profile, rounds=2) == pytest.approx(whole, abs=1e-12)


@BOTH
def test_with_one_issue_there_is_nothing_to_trade(programmed: bool) -> None:
    profile = random_profile(1, draws=5, issues=1)
    model = MODELS["exchange-program" if programmed else "exchange"]
    assert model(profile) == pytest.approx(MODELS["compromise"](profile))


@BOTH
def test_who_says_nothing_of_an_issue_does_not_trade_it(programmed: bool) -> None:
    profile = random_profile(5, issues=3)
    profile.positions[0, 1, 2], profile.salience[0, 1, 2] = np.nan, 0
    (only,) = exchanges(profile, programmed=programmed)
    traded = {(side.actor_id, side.issue) for exchange in only.exchanges for side in exchange.concessions}
    assert only.exchanges
    assert ("M2", "issue 1") not in traded


@BOTH
@pytest.mark.parametrize("hidden", [0, slice(None)])
def test_an_issue_of_which_nobody_says_anything_stays_unknown(programmed: bool, hidden: int | slice) -> None:
    profile = random_profile(5, draws=3, issues=3)
    profile.positions[:, hidden], profile.salience[:, hidden] = np.nan, 0
    found = MODELS["exchange-program" if programmed else "exchange"](profile, rounds=2)
    assert np.isnan(found[:, hidden]).all()
    assert np.isnan(found).sum() == np.isnan(profile.positions).all(axis=-1).sum()
