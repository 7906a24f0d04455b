"""Draws of the members' ideal points, and how they would vote in each draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted
from winset.decisions.preferences import gain
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case, Vote
from winset.ids import ActorId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KNOWN_STREAM, UNKNOWN_STREAM = 0, 1  # two streams, so that what one member says moves no draw of another


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ballots:
    """Who says yes and who says no in each draw; shape (draws, members), members in the order of the seats."""

    yes: NDArray[np.bool_]
    no: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Electorate:
    """Drawn ideal points of every seat.

    ideals: shape (draws, members), issue scale; NaN for a member that says nothing.
    salience: shape (members,), 0-1.  known: shape (members,), whether it is on record.
    """

    case: Case
    rule: DecisionRule
    ideals: NDArray[np.float64]
    salience: NDArray[np.float64]
    known: NDArray[np.bool_]

    def ballots(self, option: float, *, cost_of_objecting: float | None = None) -> Ballots:
        """Sincere votes on the option, as `preferences.sincere_vote` casts them; NaN is neither yes nor no."""
        cost = self.case.cost_of_objecting if cost_of_objecting is None else cost_of_objecting
        worth = gain(self.ideals, salience=self.salience, option=option, status_quo=self.case.issue.status_quo)
        return Ballots(yes=worth > 0, no=worth < -cost)

    def share_adopted(self, ballots: Ballots) -> float:
        """Share of draws in which the rule adopts; who says neither is SILENT if unknown, else ABSTAIN."""
        idle = ~(ballots.yes | ballots.no)
        silent, abstains = self.rule.counted(Vote.SILENT), self.rule.counted(Vote.ABSTAIN)
        yes, no = (
            said | idle & ((~self.known & (silent is side)) | (self.known & (abstains is side)))
            for said, side in ((ballots.yes, Vote.YES), (ballots.no, Vote.NO))
        )
        return float(adopted(self.rule, yes=yes, no=no).mean())


def electorate(case: Case, rule: DecisionRule, *, draws: int, seed: int, shared_error: bool = False) -> Electorate:
    """Ideal points drawn for every seat: Normal(value, std_error) for members on record, clipped to 0-100.

    Clipping moves no draw across a midpoint of two options, so it changes no free vote.  Members with nothing
    on record say nothing under a rule of objections; where votes are counted they are drawn evenly over
    the scale, by the principle of insufficient reason, at full salience.
    shared_error: one error for all members in each draw, in place of independent ones.
    """
    import numpy as np

    known = {seat.actor_id: position for seat, position in case.on_record}
    members: list[ActorId] = [seat.actor_id for seat in rule.seats]
    on_record = np.array([actor in known for actor in members])
    value, error, salience = (
        np.array([getattr(known[actor], field) if actor in known else blank for actor in members], dtype=float)
        for field, blank in (("value", np.nan), ("std_error", 0.0), ("salience", 1.0))
    )
    rows = 1 if shared_error else len(members)
    normal = np.random.default_rng([seed, KNOWN_STREAM]).standard_normal((rows, draws)).T
    ideals = np.clip(value + error * normal, 0.0, 100.0)
    if not rule.by_objection and not on_record.all():
        even = np.random.default_rng([seed, UNKNOWN_STREAM]).uniform(0.0, 100.0, (len(members), draws)).T
        ideals = np.where(on_record, ideals, even)
    return Electorate(case=case, rule=rule, ideals=ideals, salience=salience, known=on_record)


def sober(share: float, draws: int) -> float:
    """That share of draws as a probability, never nearer to 0 or 1 than so many draws can tell.

    >>> sober(1.0, draws=98)
    0.99
    """
    least = 1 / (draws + 2)
    return min(max(share, least), 1 - least)
