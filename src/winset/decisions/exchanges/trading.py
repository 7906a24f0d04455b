"""Rounds of exchanges: what they make of the expected outcomes, and who gave what to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from winset.decisions.exchanges.candidates import Board, candidates, places
from winset.decisions.exchanges.lockstep import Step, one_round
from winset.decisions.profile import Profile
from winset.errors import BadCase
from winset.ids import ActorId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PLACES = 200_000  # pairs of actors x pairs of issues x draws taken at once: about 50 MB
BY_INDIFFERENCE, BY_ALL = 0.4, 0.1  # how much of a promised move stays: of what the actor does not care, and always


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """One side of an exchange: an actor's move on an issue, towards the other actor."""

    actor_id: ActorId
    issue: str
    start: float  # the profile's scale, before this exchange
    end: float  # and after it
    shift: float  # by how much that moves the expected outcome, on the same scale; signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Two actors, two issues: each gives way where it cares less, in proportion. Both gain the same."""

    concessions: tuple[Concession, Concession]
    gain: float  # of each: points of the outcome nearer, times salience, both issues together


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of exchanges in one draw."""

    before: tuple[float, ...]  # expected outcome of every issue, the profile's scale
    after: tuple[float, ...]
    candidates: int  # pairs of actors over pairs of issues that stand on opposite sides on both
    exchanges: tuple[Exchange, ...]  # in the order in which they are made, the most worth first


def traded(profile: Profile, *, rounds: int, programmed: bool) -> NDArray[np.float64]:
    """The expected outcomes after so many rounds of exchanges; shape (d, m).

    With one issue, or none to trade, that is the weighted mean of the positions. NaN where nobody has a say.
    Raises BadCase.
    """
    import numpy as np

    _check(rounds)
    draws, issues, actors = profile.positions.shape
    step = max(1, PLACES // max(1, issues * (issues - 1) * actors * (actors - 1) // 4))
    found = np.empty((draws, issues))
    for start in range(0, draws, step):
        some = slice(start, start + step)
        board = opening(profile, some, order(profile, some))
        found[some] = board.expected
        for number in range(rounds):
            moved = one_round(board, programmed=programmed)
            found[some] = outcomes(board, moved)
            if number + 1 < rounds:
                board = following(board, moved)
    heard = (profile.weight > 0).any(axis=-1)
    return profile.within(np.where(heard, profile.low + found * (profile.high - profile.low) / 100, np.nan))


def exchanges(profile: Profile, *, draw: int = 0, rounds: int = 1, programmed: bool = False) -> tuple[Round, ...]:
    """Who gave what to whom in one draw, round by round.

    programmed: as the method `exchange-program` counts.  Raises BadCase.
    """
    _check(rounds)
    if not 0 <= draw < len(profile.positions):
        raise BadCase(f"draw {draw} of a profile with {len(profile.positions)}: count from 0")
    some = slice(draw, draw + 1)
    ranks = order(profile, some)
    actors = [profile.actors[number] for number in ranks[0]]
    board = opening(profile, some, ranks)
    size = (profile.high - profile.low) / 100
    found = []
    for _ in range(rounds):
        steps: list[Step] = []
        moved = one_round(board, programmed=programmed, steps=steps)
        found.append(
            Round(
                before=tuple((profile.low + board.expected[0] * size).tolist()),
                after=tuple((profile.low + outcomes(board, moved)[0] * size).tolist()),
                candidates=int(candidates(board).count[0]),
                exchanges=tuple(_made(board, steps, actors, profile.issues, low=profile.low, size=size)),
            )
        )
        board = following(board, moved)
    return tuple(found)


def order(profile: Profile, some: slice) -> NDArray[np.int64]:
    """The actors of each draw by capability, salience and position, issue by issue; shape (draws, n).

    Exchanges of equal gain are made in this order, so that neither names nor the order of a list decide.
    """
    import numpy as np

    known = profile.known[some]
    weights = np.broadcast_to(profile.capability, (len(known), 1, known.shape[-1]))
    keys = np.concatenate(
        [weights, np.where(known, profile.salience[some], 0), np.where(known, profile.positions[some], -np.inf)], axis=1
    )
    return np.lexsort(keys.transpose(1, 0, 2)[::-1], axis=-1)


def opening(profile: Profile, some: slice, ranks: NDArray[np.int64]) -> Board:
    """The first round's start, of some draws, with the actors in that order."""
    import numpy as np

    by = ranks[:, None, :]
    weight = np.take_along_axis(profile.weight[some], by, axis=-1)
    draws, issues, actors = weight.shape
    scaled = (np.take_along_axis(profile.positions[some], by, axis=-1) - profile.low) * (
        100 / (profile.high - profile.low)
    )
    whole = weight.sum(axis=-1, keepdims=True)
    pull = weight / np.where(whole > 0, whole, 1)
    expected = (pull * np.where(pull > 0, scaled, 0)).sum(axis=-1)
    return Board(
        issues=issues,
        actors=actors,
        positions=np.where(pull > 0, scaled, expected[..., None]).reshape(draws, -1),
        salience=np.take_along_axis(profile.salience[some], by, axis=-1).reshape(draws, -1),
        pull=pull.reshape(draws, -1),
        expected=expected,
    )


def outcomes(board: Board, moved: NDArray[np.float64]) -> NDArray[np.float64]:
    """The expected outcomes when all keep what they promised; shape (d, m), 0-100."""
    import numpy as np

    shift = np.where(board.ahead > 0, -moved, moved).reshape(-1, board.issues, board.actors)
    return np.asarray(board.expected + shift.sum(axis=-1))


def following(board: Board, moved: NDArray[np.float64]) -> Board:
    """The next round's start: of a promised move stays the more, the less the actor cares for the issue."""
    import numpy as np

    stays = BY_INDIFFERENCE * (1 - board.salience) + BY_ALL
    steps = np.where(board.pull > 0, stays * moved / np.where(board.pull > 0, board.pull, 1), 0)
    positions = board.positions + np.where(board.ahead > 0, -steps, steps)
    draws = len(positions)
    expected = (board.pull * positions).reshape(draws, board.issues, board.actors).sum(axis=-1)
    heard = (board.pull > 0).reshape(draws, board.issues, board.actors).any(axis=-1)
    expected = np.where(heard, expected, board.expected)
    shown = np.where(board.pull > 0, positions, np.repeat(expected, board.actors, axis=1))
    return replace(board, positions=shown, expected=expected)


def _made(
    board: Board, steps: list[Step], actors: list[ActorId], issues: tuple[str, ...], *, low: float, size: float
) -> Iterator[Exchange]:
    table = places(board.issues, board.actors)
    held = board.positions[0].copy()
    for step in steps:
        cells = table.four[:2, step.code[0]]
        sides = []
        for cell, shift in zip(cells.tolist(), step.shift[0].tolist(), strict=True):
            towards = -1 if board.ahead[0, cell] > 0 else 1
            start = held[cell]
            held[cell] = start + towards * shift / board.pull[0, cell]
            sides.append(
                Concession(
                    actor_id=actors[cell % board.actors],
                    issue=issues[cell // board.actors],
                    start=low + float(start) * size,
                    end=low + float(held[cell]) * size,
                    shift=towards * shift * size,
                )
            )
        yield Exchange(concessions=(sides[0], sides[1]), gain=float(step.gain[0]) * size)


def _check(rounds: int) -> None:
    if rounds < 1:
        raise BadCase(f"{rounds} rounds of exchanges: take 1 or more")
