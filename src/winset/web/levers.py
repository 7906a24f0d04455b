"""Levers: what can be moved on the page that asks what if. A lever that is left alone is as documented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from winset.brief.wording import plus_minus, shown
from winset.exchange.position_cases import Question
from winset.exchange.what_ifs import Change, Scenario, change_words
from winset.ids import ActorId
from winset.positions.types import Position

PARTS = ("position", "salience")  # of a member
WHOLE = ("cost", "proposal")  # of the question
COSTLY = 50  # end of the slider for the cost of objecting; the number beside it goes to the end of the scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One number: as documented, and as supposed."""

    field: str  # of the form: "position.FRA", "cost"
    label: str  # as read aloud
    given: float | None  # as documented, on the user's scale; None: nothing is on record
    value: float | None  # as supposed; None: as documented
    low: float
    high: float
    step: float
    slides_to: float  # end of the slider

    @property
    def at(self) -> float:
        """Where the slider stands."""
        found = self.value if self.value is not None else self.given
        return found if found is not None else (self.low + self.high) / 2

    @property
    def written(self) -> str:
        """As typed: nothing, where it is as documented."""
        return "" if self.value is None else f"{self.value:g}"

    @property
    def on_record(self) -> str:
        """As documented, in figures."""
        return "" if self.given is None else f"{self.given:.10g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member with its two levers."""

    actor_id: ActorId
    name: str
    documented: str  # "18 ± 20, salience 0.61", or that nothing is on record
    known: bool
    position: Lever
    salience: Lever

    @property
    def moved(self) -> bool:
        """Whether one of them is not as documented."""
        return self.position.value is not None or self.salience.value is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """All of them, and the changes that no lever stands for."""

    known: tuple[Member, ...]  # from the status quo to the proposal
    unknown: tuple[Member, ...]  # with nothing on record, by name
    cost: Lever
    proposal: Lever
    further: str  # "France=abstain; Italy=out"


def levers(of: Question, scenario: Scenario | None) -> Levers:
    """The levers of a question of one case, moved as the scenario says."""
    case, scale = of.cases[0], of.scale
    low, high = float(scale.low), float(scale.high)
    moved = {(each.actor, each.what): each for each in scenario.changes} if scenario else {}
    held = {each.actor_id: each for each in case.positions if not each.assumed}
    out_of = float(of.salience_out_of)
    used: set[Change] = set()

    def lever(what: str, actor: ActorId | None, label: str, given: float | None, ends: tuple[float, float]) -> Lever:
        change = moved.get((actor, what))
        value = None
        if change is not None:
            used.add(change)
            value = float(change_words(change, of).rpartition("=")[2])
        return Lever(
            field=f"{what}.{actor}" if actor is not None else what,
            label=label,
            given=given,
            value=value,
            low=ends[0],
            high=ends[1],
            step=(ends[1] - ends[0]) / 100,
            slides_to=min(ends[1], ends[1] * COSTLY / 100) if what == "cost" else ends[1],
        )

    members = []
    for seat in of.rule.seats:
        position, name = held.get(seat.actor_id), shown(seat.name)
        members.append(
            Member(
                actor_id=seat.actor_id,
                name=name,
                documented=_documented(position, of),
                known=position is not None,
                position=lever(
                    "position",
                    seat.actor_id,
                    f"Position of {name}",
                    scale.own(position.value) if position else None,
                    (low, high),
                ),
                salience=lever(
                    "salience",
                    seat.actor_id,
                    f"Salience for {name}",
                    position.salience * out_of if position else out_of,  # at full salience until told otherwise
                    (0.0, out_of),
                ),
            )
        )
    way = 1 if case.issue.proposal_value > case.issue.status_quo else -1
    known = sorted((each for each in members if each.known), key=lambda each: way * (each.position.given or 0.0))
    cost = lever("cost", None, "Cost of breaking silence", scale.own_points(case.cost_of_objecting), (0.0, high - low))
    proposal = lever("proposal", None, "Where the proposal stands", scale.own(case.issue.proposal_value), (low, high))
    rest = [each for each in scenario.changes if each not in used] if scenario else []
    return Levers(
        known=tuple(known),
        unknown=tuple(sorted((each for each in members if not each.known), key=lambda each: each.name)),
        cost=cost,
        proposal=proposal,
        further="; ".join(change_words(each, of) for each in rest),
    )


def lever_changes(fields: Iterable[tuple[str, str]]) -> list[str]:
    """What moved levers ask for, in the words of the command line; those left empty ask for nothing."""
    found = []
    for field, value in fields:
        part, dot, actor = field.partition(".")
        if not value.strip():
            continue
        if field in WHOLE:
            found.append(f"{field}={value.strip()}")
        elif dot and part in PARTS:
            found.append(f"{actor}={value.strip()}" if part == "position" else f"{actor}.{part}={value.strip()}")
    return found


def is_lever(fields: Mapping[str, str]) -> bool:
    """Whether a query string comes from the levers, moved or not."""
    return any(field in WHOLE or field.partition(".")[0] in PARTS for field in fields)


def _documented(position: Position | None, of: Question) -> str:
    if position is None:
        return "nothing on record"
    scale = of.scale
    figure = plus_minus(scale.own(position.value), scale.own_points(position.std_error))
    return f"{figure}, salience {position.salience * float(of.salience_out_of):.2g}"
