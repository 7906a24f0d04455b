"""Profile: what every actor wants on every issue, in every draw. The one thing each forecast model receives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case
from winset.errors import BadCase
from winset.ids import SCALE_HIGH, SCALE_LOW, ActorId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """A preference profile. Axes: d draws, m issues, n actors.

    Models are written for arrays: whatever holds for one draw of one issue is said once and holds for all of
    them. Actors with a seat come first, in the order of `rule.seats`; behind them stand those that bargain without a
    vote, such as the Commission in the Council.
    """

    rule: DecisionRule
    actors: tuple[ActorId, ...]  # n
    issues: tuple[str, ...]  # m, as read aloud
    positions: NDArray[np.float64]  # (d, m, n) between low and high; NaN: nothing on record
    salience: NDArray[np.float64]  # (d, m, n) 0-1; 0 where there is no position
    capability: NDArray[np.float64]  # (n,) 0 or more: votes, unless the case says otherwise
    status_quo: NDArray[np.float64]  # (d, m) between low and high; NaN: unknown
    proposal: NDArray[np.float64]  # (d, m) between low and high; NaN: none tabled
    cost_of_objecting: NDArray[np.float64]  # (d,) 0 or more: scale points times salience
    low: float = SCALE_LOW
    high: float = SCALE_HIGH

    def __post_init__(self) -> None:
        draws, issues, actors = self.positions.shape
        seats = tuple(seat.actor_id for seat in self.rule.seats)
        if self.actors[: len(seats)] != seats:
            raise BadCase("a profile lists the rule's seats first, in their order")
        wanted = {
            "actors": ((len(self.actors),), (actors,)),
            "issues": ((len(self.issues),), (issues,)),
            "salience": (self.salience.shape, self.positions.shape),
            "capability": (self.capability.shape, (actors,)),
            "status_quo": (self.status_quo.shape, (draws, issues)),
            "proposal": (self.proposal.shape, (draws, issues)),
            "cost_of_objecting": (self.cost_of_objecting.shape, (draws,)),
        }
        for name, (given, needed) in wanted.items():
            if given != needed:
                raise BadCase(f"{name} of a profile has shape {given}: {needed} is needed beside its positions")

    @property
    def known(self) -> NDArray[np.bool_]:
        """Who has a position; shape (d, m, n)."""
        import numpy as np

        return np.asarray(~np.isnan(self.positions))

    @property
    def weight(self) -> NDArray[np.float64]:
        """Capability times salience, what an actor puts in; 0 where it has no position; shape (d, m, n)."""
        import numpy as np

        return np.where(self.known, self.salience * self.capability, 0.0)

    def within(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values, none beyond the outermost positions that carry weight: a rounded mean may overstep them."""
        import numpy as np

        heard = self.weight > 0
        least = np.where(heard, self.positions, np.inf).min(axis=-1)
        most = np.where(heard, self.positions, -np.inf).max(axis=-1)
        return np.asarray(np.minimum(np.maximum(values, least), most))

    @property
    def seated(self) -> slice:
        """The actors that vote: `positions[..., profile.seated]` has shape (d, m, seats)."""
        return slice(0, len(self.rule.seats))


def profile(cases: Sequence[Case], rule: DecisionRule) -> Profile:
    """One draw: the positions as estimated, an issue for each case; all cases have the seats of the rule.

    Members with a merely assumed position, or none, are NaN. Actors without a seat take part where the case gives
    them a capability; other outsiders change nothing.  Raises BadCase.
    """
    import numpy as np

    if not cases:
        raise BadCase("no issue was given: a profile needs at least one")
    seats = {seat.actor_id: seat.votes for seat in rule.seats}
    own = dict(pair for case in cases for pair in case.capability)
    outside = [actor for actor in own if actor not in seats]
    actors = (*seats, *outside)
    found = np.full((2, 1, len(cases), len(actors)), np.nan)
    for number, case in enumerate(cases):
        if {seat.actor_id for seat in case.seats} != set(seats):
            raise BadCase(f"the rule {rule.id} was made for other seats than the case's: make it from case.seats")
        held = {position.actor_id: position for position in case.positions if not position.assumed}
        for place, actor in enumerate(actors):
            if actor in held:
                found[:, 0, number, place] = held[actor].value, held[actor].salience
    ends = np.array([[case.issue.status_quo, case.issue.proposal_value] for case in cases])
    return Profile(
        rule=rule,
        actors=actors,
        issues=tuple(case.issue.proposal for case in cases),
        positions=found[0],
        salience=np.nan_to_num(found[1]),
        capability=np.array([own.get(actor, seats.get(actor, 0)) for actor in actors], dtype=float),
        status_quo=ends[None, :, 0],
        proposal=ends[None, :, 1],
        cost_of_objecting=np.array([cases[0].cost_of_objecting]),
    )
