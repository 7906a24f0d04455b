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
    cost_error: float = 0.0  # standard error of that cost, same unit
    capability: tuple[tuple[ActorId, float], ...] = ()  # where it is not the seat's votes; of actors without a seat too

    def __post_init__(self) -> None:
        twice = [actor for actor, n in Counter(position.actor_id for position in self.positions).items() if n > 1]
        if twice:
            raise BadCase(f"{twice[0]} has two positions on one issue: estimate one from all its evidence")
        if not self.cost_of_objecting >= 0:
            raise OffScale(f"cost of objecting is {self.cost_of_objecting}: allowed is 0 or more")
        if not self.cost_error >= 0:
            raise OffScale(f"standard error of the cost of objecting is {self.cost_error}: allowed is 0 or more")
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


class Way(StrEnum):
    """How a blocker can come to let the proposal pass."""

    NOTHING = "nothing"  # its objection does not count under the rule
    ABSTAIN = "abstain"  # it need not say yes: abstention, or saying nothing, does not block
    OPT_OUT = "opt out"  # it stays outside and is not bound
    RESERVE = "reserve"  # it consents with a statement of how it reads the text
    MOVE = "move"  # the proposal moves towards the status quo until it no longer loses


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One way for a blocker to let the proposal pass, and what it costs the others."""

    way: Way
    points: float  # the proposal moves this far towards the status quo; issue scale
    to: float  # where the proposal then stands; issue scale
    loss: float  # what the blocker then loses against the status quo; scale points times salience


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A member that may stop the proposal."""

    actor_id: ActorId
    probability: float  # that it objects: votes no, or abstains where that counts as no; 0-1
    alone: bool  # whether its objection is enough under the rule
    consents_up_to: float  # furthest point of the scale it does not object to; issue scale
    consents: tuple[Consent, ...] = ()  # ways the rule leaves it to let the proposal pass, cheapest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """What the answer would be if this one member's vote were known."""

    actor_id: ActorId
    objects: float  # probability that it votes no, or abstains where that counts as no
    adopted_if_yes: float  # probability of adoption with its yes
    adopted_if_no: float  # and with its no
    rank: int  # 1 for the member surest to object, by its loss in standard errors; ties by weight, then by id
    adopted_after: float  # with its yes and that of every member of a lower rank
    flips: bool  # whether its vote alone turns the likelier outcome into the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """The least the proposal has to give up to pass with that chance."""

    chance: float  # asked for, 0-1
    value: float  # point nearest to the proposal that passes so surely; issue scale; the status quo: none does
    points: float  # how far that is from the proposal
    rung: str | None  # label of the option nearest to the proposal that needs no more than that


@dataclass(frozen=True, slots=True, kw_only=True)
class RungSupport:
    """What could pass: one option and who on record would object to it."""

    option: Option
    objectors: tuple[ActorId, ...]  # members on record that are more likely than not to object
    probability: float  # that it passes, under the stated assumption on silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Where one model says that bargaining would end."""

    model: str  # key in decisions.models.MODELS
    value: float  # at the positions as estimated; issue scale
    low: float  # of four fifths of the draws; carries the positions' uncertainty, not the model's error
    high: float
    passes: float  # probability that the rule adopts that value over the status quo


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The default forecast with its model error, as measured on decisions whose outcomes are known."""

    model: str
    value: float  # issue scale
    low: float
    high: float
    nominal: float  # what the interval is made for: 0.8
    coverage: float  # what it reached on decisions left out
    decisions: int  # how many these were
    group: str  # which decisions: "qualified majority, 17 actors"
    borrowed: bool  # whether no such body was among them, so that the error of others stands in
    note: str  # a sentence that says so; "" where there is nothing to say
    error: float  # mean absolute error of the model there; issue scale
    error_of_midpoint: float  # and of saying 50 always


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
    """What the rule makes of the positions on one issue."""

    model: str
    outcome: Outcome  # PENDING: members with nothing on record decide it
    probability: float  # of that outcome, 0-1
    probability_adopted: float  # unknown members taken as the assumptions say
    adopted_range: tuple[float, float]  # with every unknown member against and for; one point where silence consents
    blockers: tuple[Blocker, ...]  # by falling probability
    unknown: tuple[ActorId, ...]  # members with nothing on record
    rungs: tuple[RungSupport, ...]
    winset: tuple[float, float] | None  # options that beat the status quo; issue scale; None: no option does
    core: tuple[float, float] | None  # options that no other beats; issue scale; None: there is none
    hinges: tuple[Hinge, ...]  # members on record whose vote matters most, those first
    concessions: tuple[Concession, ...]  # by rising chance
    predictions: tuple[Prediction, ...]  # one for each model that can answer
    outlook: Outlook | None  # None: nobody is on record
    assumptions: tuple[Assumption, ...]
    draws: int
    seed: int
    run_id: RunId = RunId("")
