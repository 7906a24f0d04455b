"""Invented decisions with known outcomes."""

from __future__ import annotations

import numpy as np

from winset.decisions.backtest import Agenda
from winset.decisions.profile import Profile
from winset.decisions.rules import RULES
from winset.ids import ActorId
from winset.issues import Seat


def profile_of(
    positions: list[list[float]], *, rule: str = "simple-majority", votes: list[int] | None = None
) -> Profile:
    """One draw; a row for each issue, a column for each member; NaN: not on record."""
    cells = np.array([positions], dtype=float)
    _, issues, members = cells.shape
    seats = tuple(Seat(actor_id=ActorId(f"M{number}"), name=f"member {number}") for number in range(members))
    return Profile(
        rule=RULES[rule](seats),
        actors=tuple(seat.actor_id for seat in seats),
        issues=tuple(f"issue {number}" for number in range(issues)),
        positions=cells,
        salience=np.where(np.isnan(cells), 0.0, 1.0),
        capability=np.array(votes or [1] * members, dtype=float),
        status_quo=np.full((1, issues), np.nan),
        proposal=np.full((1, issues), np.nan),
        cost_of_objecting=np.zeros(1),
    )


def agendas(count: int, *, members: int = 5, issues: int = 2, rule: str = "simple-majority") -> list[Agenda]:
    """Proposals whose outcomes lie around the mean of the positions."""
    chance = np.random.default_rng(11)
    found = []
    for number in range(count):
        held = chance.choice([0.0, 20.0, 50.0, 80.0, 100.0], size=(issues, members))
        outcomes = np.clip(held.mean(axis=1) + chance.normal(0, 15, issues), 0, 100).round()
        found.append(
            Agenda(key=f"P{number}", profile=profile_of(held.tolist(), rule=rule), outcomes=tuple(outcomes.tolist()))
        )
    return found
