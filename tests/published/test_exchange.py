"""The exchange model, equal gain, against figures recomputed from the paper's formulas and by the authors' program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from winset.decisions.exchanges import Round, exchanges
from winset.decisions.models import MODELS
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.errors import BadCase
from winset.exchange.decide_files import read_decide
from winset.ids import ActorId, slug
from winset.issues import Seat

INPUTS = {"sample_data.txt": "emission/decide_sample_data.txt", "copenhagen.csv": "climate/decide_copenhagen.csv"}
PROGRAM = "Stokman and Van Oosten (1994); figures of decide-exchange-model 2022.1.28 without its lots for equal gains"


def of_two_issues(positions: list[list[float]], salience: list[list[float]]) -> Profile:
    """One draw; rows are issues, columns actors of equal capability."""
    seats = tuple(Seat(actor_id=ActorId(f"M{number}"), name="member") for number in range(len(positions[0])))
    return Profile(
        rule=RULES["consensus"](seats),
        actors=tuple(seat.actor_id for seat in seats),
        issues=tuple(f"issue {number}" for number in range(len(positions))),
        positions=np.array([positions], dtype=float),
        salience=np.array([salience], dtype=float),
        capability=np.ones(len(seats)),
        status_quo=np.full((1, len(positions)), np.nan),
        proposal=np.full((1, len(positions)), np.nan),
        cost_of_objecting=np.zeros(1),
    )


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, Any]:
    text = (shared / "data" / "decision" / "reference" / "exchange_deterministic.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def made(shared: Path, name: str, *, rounds: int = 1) -> tuple[Profile, tuple[Round, ...]]:
    profile = read_decide(shared / "data" / "decision" / INPUTS[name]).profile()
    return profile, exchanges(profile, rounds=rounds, programmed=True)


@pytest.mark.published("Stokman and Van Oosten (1994), the formulas of equal gain, worked by hand")
def test_two_mirrored_actors_each_gain_twelve() -> None:
    profile = of_two_issues([[100, 0], [0, 100]], [[0.8, 0.2], [0.2, 0.8]])
    (only,) = exchanges(profile)
    assert only.before == pytest.approx((80, 80))  # .8 x 100 + .2 x 0, and .8 of 1.0
    (exchange,) = only.exchanges
    assert exchange.gain == pytest.approx(0.8 * 20 - 0.2 * 20)
    assert MODELS["exchange"](profile)[0] == pytest.approx([100, 100])
    assert MODELS["exchange-program"](profile)[0] == pytest.approx([100, 100])


@pytest.mark.published(PROGRAM)
def test_the_first_exchange_of_the_sample_is_that_of_the_formulas(shared: Path) -> None:
    _, (first,) = made(shared, "sample_data.txt")
    assert first.candidates == 240
    best, second, *_ = first.exchanges
    on_q, on_p = best.concessions
    assert (on_q.actor_id, on_p.actor_id) == ("willems", "wcentr")
    assert on_p.shift == pytest.approx(10.38781, abs=5e-6)
    assert on_q.shift == pytest.approx(13.15789, abs=5e-6)
    assert on_p.end - on_p.start == pytest.approx(61.05117, abs=5e-6)
    assert best.gain == pytest.approx(1.973684, abs=5e-7)
    assert second.gain == pytest.approx(1.792636, abs=5e-7)


@pytest.mark.published(PROGRAM)
@pytest.mark.parametrize(("name", "count"), [("sample_data.txt", 39), ("copenhagen.csv", 48)])
def test_every_exchange_of_the_first_round_is_the_program_s(
    name: str, count: int, shared: Path, figures: dict[str, Any]
) -> None:
    profile, (first,) = made(shared, name)
    wanted = figures[name]["round1"]
    assert len(first.exchanges) == len(wanted["realised"]) == count
    for exchange, row in zip(first.exchanges, wanted["realised"], strict=True):
        for concession, (actor, issue, start, end) in zip(exchange.concessions, (row[:4], row[4:8]), strict=True):
            assert (concession.actor_id, concession.issue) == (slug(actor), issue)
            assert (concession.start, concession.end) == pytest.approx((start, end), abs=1e-9)
        assert exchange.gain == pytest.approx(row[8], abs=1e-11)
    for figure, values in (("nbs_pref", first.before), ("nbs_vote", first.after)):
        assert values == pytest.approx([wanted[figure][issue] for issue in profile.issues], abs=1e-9)
    assert MODELS["exchange-program"](profile)[0] == pytest.approx(first.after, abs=1e-9)


@pytest.mark.published(PROGRAM)
@pytest.mark.parametrize(("name", "rounds"), [("sample_data.txt", 4), ("copenhagen.csv", 1)])
def test_rounds_agree_until_the_program_s_own_rounding_decides(
    name: str, rounds: int, shared: Path, figures: dict[str, Any]
) -> None:
    # two exchanges of mathematically equal gain, or an outcome exactly at a position: there its 28th decimal decides
    profile, found = made(shared, name, rounds=rounds + 1)
    wanted = figures[name]["rounds10"]["nbs"]
    for number, each in enumerate(found):
        pairs = [(each.before, wanted[2 * number][2])]
        if number < rounds:
            pairs.append((each.after, wanted[2 * number + 1][2]))
            assert len(each.exchanges) == figures[name]["rounds10"]["n_realised"][number]
        for values, figure in pairs:
            assert values == pytest.approx([figure[issue] for issue in profile.issues], abs=1e-9)
    whole = MODELS["exchange-program"](profile, rounds=rounds)[0]
    assert whole == pytest.approx(found[rounds - 1].after, abs=1e-9)


@pytest.mark.published("Dijkstra, Van Assen and Stokman (2008): outcomes are not carried past the position they serve")
def test_the_two_readings_part_only_where_an_outcome_has_arrived(shared: Path) -> None:
    profile = read_decide(shared / "data" / "decision" / INPUTS["sample_data.txt"]).profile()
    (strict,), (program,) = exchanges(profile), exchanges(profile, programmed=True)
    assert strict.exchanges[:14] == program.exchanges[:14]
    assert strict.exchanges[14] != program.exchanges[14]


def test_a_round_that_is_none_is_refused() -> None:
    profile = of_two_issues([[0, 100], [0, 100]], [[1, 1], [1, 1]])
    with pytest.raises(BadCase, match="0 rounds of exchanges: take 1 or more"):
        MODELS["exchange"](profile, rounds=0)
    with pytest.raises(BadCase, match="draw 1 of a profile with 1: count from 0"):
        exchanges(profile, draw=1)
