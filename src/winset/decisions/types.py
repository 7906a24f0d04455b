"""Case in, Forecast out. Runs from numbers alone: nothing here reads text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from winset.errors import BadCase, OffScale
from winset.ids import ActorId, RunId
from winset.issues import Issue, Option, Seat
from winset.positions.types import Position


class Vote(StrEnum):
    """What a member does when the question is put."""

    YES = "yes"
    ABSTAIN = "abstain"
    NO = "no"
    SILENT = "silent"  # present, says nothing
    ABSENT = "absent"


class Outcome(StrEnum):
    """What the rule makes of the votes."""

    ADOPTED = "adopted"
    BLOCKED = "blocked"
    PENDING = "pending"  # the votes known do not decide it


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Issue, seats and positions: what every rule, model and index receives.

    positions: at most one for each actor; a member without one is unknown, which is not consent.
    Raises BadCase for two positions of one actor, OffScale for a negative cost.
    """

    issue: Issue
    seats: tuple[Seat, ...]
    positions: tuple[Position, ...]
    cost_of_objecting: float = 0.0  # loss a member bears before it says no; scale points times salience
    capability: tuple[tuple[ActorId, float], ...] = ()  # where it is not the seat's votes; of actors without a seat too

    def __post_init__(self) -> None:
        twice = [actor for actor, n in Counter(position.actor_id for position in self.positions).items() if n > 1]
        if twice:
            raise BadCase(f"{twice[0]} has two positions on one issue: estimate one from all its evidence")
        if not self.cost_of_objecting >= 0:
            raise OffScale(f"cost of objecting is {self.cost_of_objecting}: allowed is 0 or more")
        for actor, capability in self.capability:
            if not 0 <= capability < float("inf"):
                raise OffScale(f"capability of {actor} is {capability}: allowed is 0 or more")

    @property
    def on_record(self) -> tuple[tuple[Seat, Position], ...]:
        """Seats with a position that rests on evidence, in order of the seats; assumed ones are not on record."""
        known = {position.actor_id: position for position in self.positions if not position.assumed}
        return tuple((seat, known[seat.actor_id]) for seat in self.seats if seat.actor_id in known)

    def position_of(self, actor_id: ActorId) -> Position | None:
        """Its position, None when nothing is on record."""
        return next((position for position in self.positions if position.actor_id == actor_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A member that may stop the proposal."""

    actor_id: ActorId
    probability: float  # that it objects (votes no), 0-1
    alone: bool  # whether its objection is enough under the rule
    consents_up_to: float  # furthest point of the scale it does not object to; issue scale


@dataclass(frozen=True, slots=True, kw_only=True)
class RungSupport:
    """What could pass: one option and who on record would object to it."""

    option: Option
    objectors: tuple[ActorId, ...]  # members on record that are more likely than not to object
    probability: float  # that it passes, under the stated assumption on silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something taken as given without evidence, and what the answer would be otherwise."""

    name: str  # "silent members do not object"
    text: str  # one sentence for the brief
    otherwise: str  # the alternative, in words
    adopted_if_held: float  # probability of adoption with it
    adopted_otherwise: float  # and with the alternative


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a model says the body will do."""

    model: str
    outcome: Outcome
    probability: float  # of that outcome, 0-1
    probability_adopted: float
    blockers: tuple[Blocker, ...]  # by falling probability
    unknown: tuple[ActorId, ...]  # members with nothing on record
    rungs: tuple[RungSupport, ...]
    winset: tuple[float, float] | None  # options that beat the status quo; issue scale; None: no option does
    assumptions: tuple[Assumption, ...]
    draws: int
    seed: int
    run_id: RunId = RunId("")
