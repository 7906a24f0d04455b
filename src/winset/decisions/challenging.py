"""Rounds of challenges between actors, after Bueno de Mesquita's expected utility model; shared by its two readings.

Everything is in shares of the range of positions held at the start, with the draws last: shape (n, draws), and
(n, n, draws) where [i, j] tells of i against j.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from winset.decisions.contests import votes_for
from winset.decisions.profile import Profile
from winset.errors import BadCase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Reading: TypeAlias = Literal["contest", "all-pairs"]
Choice: TypeAlias = Literal["least-move", "lowest"]
Report: TypeAlias = Literal["median", "mean"]

SURELY = 1e-9  # utilities, of a size near 1, and moves that differ by less are equal: no order of a sum decides
TINY = 1e-300  # whose logarithm is finite
CELLS = 40_000  # actors x actors x draws taken at once: the arrays stay in the processor's own memory
FEWEST = 64  # draws: with fewer, calling numpy costs more than what it computes
KEPT = 0.8  # share of draws still moving above which leaving out the others saves nothing


def challenged(
    profile: Profile, *, reading: Reading, rounds: int, choice: Choice, report: Report
) -> NDArray[np.float64]:
    """What the body decides after so many rounds of challenges; shape (d, m).

    The median of the positions then held, weighted by capability times salience; of two middle ones their mean. Or
    the weighted mean.  NaN where nobody is on record, or those who are care nothing.  Raises BadCase.
    """
    import numpy as np

    _one_of(report, ("median", "mean"), "report")
    held = positions_held(profile, reading=reading, rounds=rounds, choice=choice)
    weight = profile.weight
    whole = weight.sum(axis=-1)
    known = np.where(weight > 0, held, 0.0)
    mean = (weight * known).sum(axis=-1) / np.where(whole > 0, whole, 1.0)
    found = middle(known, weight) if report == "median" else mean
    return profile.within(np.where(whole > 0, found, np.nan))


def positions_held(
    profile: Profile, *, reading: Reading, rounds: int = 10, choice: Choice = "least-move"
) -> NDArray[np.float64]:
    """Where every actor stands after so many rounds; shape (d, m, n). Actors without weight stay where they are.

    Raises BadCase.  Cost: for ten actors and ten rounds about 0.05 ms a draw; grows with the cube of the actors.
    """
    import numpy as np

    _check(reading, rounds, choice)
    weight = profile.weight
    actors = weight.shape[-1]
    heard = (weight > 0).reshape(-1, actors)
    held = profile.positions.reshape(-1, actors)
    salience = np.where(heard, profile.salience.reshape(-1, actors), 0.0)
    lowest = np.where(heard, held, np.inf).min(axis=-1, keepdims=True)
    span = np.where(heard, held, -np.inf).max(axis=-1, keepdims=True) - lowest
    moving = heard.any(axis=-1) & (span[:, 0] > 0)  # where all stand at one place nobody challenges anybody
    found = held.copy()
    rows = np.flatnonzero(moving)
    step = max(FEWEST, CELLS // actors**2)
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        there = heard[some].T
        room = Room(
            weight=weight.reshape(-1, actors)[some].T,
            salience=salience[some].T,
            heard=None if there.all() else there,
            reading=reading,
            choice=choice,
        )
        stand = np.ascontiguousarray(np.where(there, (held[some] - lowest[some]).T / span[some].T, 0.0))
        stand = room.settled(stand, rounds)
        found[some] = np.where(heard[some], lowest[some] + span[some] * stand.T, held[some])
    return found.reshape(profile.positions.shape)


class Room:
    """What stays the same from round to round of some draws; weight and salience have shape (n, draws)."""

    __slots__ = ("choice", "heard", "reading", "salience", "weight")

    def __init__(
        self,
        *,
        weight: NDArray[np.float64],
        salience: NDArray[np.float64],
        heard: NDArray[np.bool_] | None,  # None: everybody
        reading: Reading,
        choice: Choice,
    ) -> None:
        import numpy as np

        self.weight = np.ascontiguousarray(weight / weight.sum(axis=0))
        self.salience = np.ascontiguousarray(salience)
        self.heard = heard
        self.reading = reading
        self.choice = choice

    def settled(self, stand: NDArray[np.float64], rounds: int) -> NDArray[np.float64]:
        """The positions after so many rounds; draws in which nobody moves any more are left out of the later ones."""
        import numpy as np

        room, found, live = self, stand.copy(), np.arange(stand.shape[1])
        for _ in range(rounds):
            moves = room.moves(stand)
            stand = stand + moves
            stirred = np.asarray(moves.any(axis=0))
            if stirred.mean() > KEPT:
                continue
            found[:, live] = stand
            live, stand, room = live[stirred], stand[:, stirred], room.only(stirred)
            if not len(live):
                break
        found[:, live] = stand
        return found

    def only(self, draws: NDArray[np.bool_]) -> Room:
        """The same for some of the draws."""
        return Room(
            weight=self.weight[:, draws],
            salience=self.salience[:, draws],
            heard=self.heard[:, draws] if self.heard is not None else None,
            reading=self.reading,
            choice=self.choice,
        )

    def moves(self, stand: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each actor moves in one round, by the offer it takes."""
        import numpy as np

        toward = stand[None] - stand[:, None]
        apart = np.abs(toward)
        if self.heard is not None:
            apart *= self.heard[:, None] & self.heard[None]  # nobody is challenged by the absent
        lost = self.losing(apart)
        exponent = self.risk_exponents(apart, lost)
        if self.reading == "all-pairs":
            curved = np.exp(exponent[:, None] * np.log(np.maximum(apart, TINY)))
            lost = self.losing(curved)
        success = np.exp(exponent[:, None] * np.log(np.maximum(1 - apart, TINY)))
        stake = np.exp(exponent[:, None] * np.log(1 + apart)) - success
        least = 1 - success
        own = least - lost * stake
        theirs = least - lost.swapaxes(0, 1) * stake
        return self.taken(stand, toward, own=own, theirs=theirs)

    def losing(self, apart: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability that a challenge of i to j is resisted and lost: j's salience times 1 - P."""
        import numpy as np

        votes = votes_for(apart, self.weight)
        if self.reading == "contest":
            cast = votes + votes.swapaxes(0, 1)
        else:
            if self.heard is not None:
                votes *= self.heard[:, None] & self.heard[None]
            cast = 2 * votes.sum(axis=(0, 1))
        won = votes / np.maximum(cast, TINY)  # 0 where nothing is at stake
        return np.asarray(self.salience * (1 - won))

    def risk_exponents(self, apart: NDArray[np.float64], lost: NDArray[np.float64]) -> NDArray[np.float64]:
        """From 1/2, of the actor that expects the most from others' challenges to it, to 2; shape (n, draws)."""
        import numpy as np

        danger = (apart * (1 - 2 * lost)).sum(axis=0)
        most, least = danger, danger
        if self.heard is not None:
            most, least = np.where(self.heard, danger, -np.inf), np.where(self.heard, danger, np.inf)
        most, least = most.max(axis=0), least.min(axis=0)
        spread = most - least
        averse = (2 * danger - most - least) / np.where(spread > SURELY, spread, np.inf)
        if self.heard is not None:
            averse = np.where(self.heard, averse, 0.0)
        return np.asarray((3 - averse) / (3 + averse))

    def taken(
        self,
        stand: NDArray[np.float64],
        toward: NDArray[np.float64],
        *,
        own: NDArray[np.float64],
        theirs: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """The move of the offer that i takes among those of all j; 0 where it gets none; shape (n, draws).

        own: what i expects of challenging j.  theirs: what i believes that j expects of challenging i.
        Of offers that ask as much it takes that of the actor that expects most; equal ones are met halfway.
        """
        import numpy as np

        conflict = (own > SURELY) & (theirs > own + SURELY)
        yields = (own < -SURELY) & (theirs > SURELY)
        compromise = yields & (theirs + own > SURELY)
        share = np.minimum(-own / np.maximum(theirs, SURELY), 1.0)  # all the way where it gives in
        asked = toward * np.maximum(share, conflict)
        kind = conflict.view(np.int8) * 3 + compromise.view(np.int8) + yields.view(np.int8)  # 3, 2, 1; 0: no offer
        cost = np.abs(asked)
        if self.choice == "lowest":
            pulls = np.maximum(np.abs(own) + np.abs(theirs), TINY)
            cost = np.where(compromise, (np.abs(own) * stand[:, None] + np.abs(theirs) * stand) / pulls, cost)
        rank = cost - 2.0 * kind  # an offer costs 1 at most, so that the kind goes before the cost
        best = rank.min(axis=1)
        equal = rank <= best[:, None] + SURELY
        force = theirs * equal  # above 0 in every offer
        equal &= force >= force.max(axis=1)[:, None] - SURELY
        move = (asked * equal).sum(axis=1) / np.maximum(equal.sum(axis=1), 1)
        return np.asarray(np.where((best < 0) & (np.abs(move) > SURELY), move, 0.0))


def middle(positions: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weighted median along the last axis; where two positions share the middle, halfway between them.

    >>> import numpy as np
    >>> middle(np.array([10.0, 40.0, 80.0, 90.0]), np.array([1.0, 1.0, 1.0, 1.0])).item()
    60.0
    """
    import numpy as np

    order = np.argsort(np.where(weight > 0, positions, np.inf), axis=-1)
    ranked = np.take_along_axis(positions, order, axis=-1)
    reached = np.take_along_axis(weight, order, axis=-1).cumsum(axis=-1)
    half = reached[..., -1:] / 2
    ends = (
        np.take_along_axis(ranked, np.argmax(reached >= half * least, axis=-1, keepdims=True), axis=-1)[..., 0]
        for least in (1 - SURELY, 1 + SURELY)
    )
    return np.asarray(sum(ends) / 2)


def _check(reading: str, rounds: int, choice: str) -> None:
    _one_of(reading, ("contest", "all-pairs"), "reading")
    _one_of(choice, ("least-move", "lowest"), "choice")
    if rounds < 0:
        raise BadCase(f"rounds is {rounds}: take 0, the positions as they are, or more")


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise BadCase(f"{what} is {value!r}: allowed are {' and '.join(allowed)}")
