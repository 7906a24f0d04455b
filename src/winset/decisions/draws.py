"""Draws of what every actor wants, around the positions on record, with a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from winset.decisions.profile import Profile, profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 8_192  # draws made at once: 32 members' numbers stay in the processor's cache

# streams of one seed: what one member says moves no draw of another, and no question moves the answer to another
POSITIONS, UNKNOWN, SALIENCE, COST, SILENT = range(5)


def drawn(
    cases: Sequence[Case], rule: DecisionRule, *, draws: int, seed: int, shared_error: bool = False
) -> Iterator[Profile]:
    """Profiles of so many draws in all, at most CHUNK in each; the same seed gives the same draws.

    positions: Normal(value, std_error) clipped to the scale. Clipping moves no draw across a midpoint of two
    options, so it changes no free vote.  salience: Normal(salience, salience_error) clipped to 0-1.  cost of
    objecting: Normal(cost, cost_error), not below 0.  Each actor on its own; members with nothing on record stay NaN.
    shared_error: one error of position for all actors in each draw, in place of independent ones.
    """
    import numpy as np

    known = profile(cases, rule)
    errors = _errors(cases, known)
    cost_error = cases[0].cost_error
    for chunk, start in enumerate(range(0, draws, CHUNK)):
        size = min(CHUNK, draws - start)

        def normal(stream: int, rows: int, chunk: int = chunk, size: int = size) -> NDArray[np.float64]:
            return np.random.default_rng([seed, stream, chunk]).standard_normal((rows, size)).T

        issues, actors = known.positions.shape[1:]
        rows = issues if shared_error else issues * actors
        moved = normal(POSITIONS, rows).reshape(size, issues, -1) * errors[0]
        moved += known.positions
        salience = np.broadcast_to(known.salience, moved.shape)
        if errors[1].any():
            moods = normal(SALIENCE, issues * actors).reshape(moved.shape)
            salience = np.clip(known.salience + moods * errors[1], 0.0, 1.0)
        cost = np.broadcast_to(known.cost_of_objecting, (size,))
        if cost_error:
            cost = np.maximum(known.cost_of_objecting + cost_error * normal(COST, 1)[:, 0], 0.0)
        yield replace(
            known,
            positions=np.clip(moved, known.low, known.high, out=moved),
            salience=salience,
            status_quo=np.broadcast_to(known.status_quo, (size, issues)),
            proposal=np.broadcast_to(known.proposal, (size, issues)),
            cost_of_objecting=cost,
        )


def electing(of: Profile, *, seed: int, chunk: int) -> Profile:
    """The same draws with something for every seat to vote on, where the rule counts votes.

    Seats with nothing on record are drawn evenly over the scale, at full salience, by the principle of
    insufficient reason; under a rule of objections they say nothing, and the draws stay as they are.
    """
    import numpy as np

    known, seats = of.known, len(of.rule.seats)
    if of.rule.by_objection or known[..., of.seated].all():
        return of
    size, issues, _ = known.shape
    even = np.random.default_rng([seed, UNKNOWN, chunk]).uniform(of.low, of.high, (issues * seats, size))
    positions, salience = of.positions.copy(), np.array(of.salience)
    blank = ~known[..., of.seated]
    positions[..., of.seated][blank] = even.T.reshape(size, issues, seats)[blank]
    salience[..., of.seated][blank] = 1.0
    return replace(of, positions=positions, salience=salience)


def sober(share: float, draws: int) -> float:
    """That share of draws as a probability, never nearer to 0 or 1 than so many draws can tell.

    Source: Laplace's rule of succession, for none seen.

    >>> sober(1.0, draws=98)
    0.99
    """
    least = 1 / (draws + 2)
    return min(max(share, least), 1 - least)


def _errors(cases: Sequence[Case], known: Profile) -> NDArray[np.float64]:
    """Standard errors of position and of salience, shape (2, m, n); 0 where nothing is on record."""
    import numpy as np

    found = np.zeros((2, len(cases), len(known.actors)))
    place = {actor: number for number, actor in enumerate(known.actors)}
    for number, case in enumerate(cases):
        for position in case.positions:
            if position.actor_id in place and not position.assumed:
                found[:, number, place[position.actor_id]] = position.std_error, position.salience_error
    return found
