"""What if: the same question asked again with something in it changed.

"France=60" puts an actor elsewhere, "France.salience=0.2" makes it care less, "France=abstain" lets it neither agree
nor object, "France=out" takes its seat away, "cost=5" makes objecting dearer; "proposal=70" and "status quo=20" move
an end. "France=20..80" asks for five places between; changes parted by semicolons are made together. Where a table has
several issues, "mesh size: France=60" says which; without it the change is made on all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case
from winset.errors import BadCase, BadTable, OffScale, UnknownName, WinsetError
from winset.exchange.position_cases import CAPABILITY, Question, whole_weights
from winset.exchange.position_cells import NoNumber, number
from winset.exchange.registry_rows import shortened
from winset.ids import ActorId, EvidenceId
from winset.issues import Issue, Seat
from winset.positions.types import Position

STEPS = 5  # of a range
MOST = 50  # scenarios
ABSTAIN, OUT = "abstain", "out"
ENDS = {"cost": "cost", "proposal": "proposal", "status quo": "status_quo", "status_quo": "status_quo"}
FIELDS = ("position", "salience", "std_error", "salience_error", "capability")
_RANGE = re.compile(r"(.+?)\.\.(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise."""

    issue: str | None  # None: on every issue
    actor: ActorId | None  # None: the proposal, the status quo or the cost
    what: str  # one of FIELDS, ABSTAIN, OUT, "cost", "proposal", "status_quo"
    value: float = 0.0  # on winset's own scales


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Changes made together, by the words in which they were asked for."""

    words: str
    changes: tuple[Change, ...]


def scenarios(texts: Iterable[str], of: Question) -> tuple[Scenario, ...]:
    """What is asked for, a range as its steps.  Raises BadTable with one line for each that cannot be read."""
    found: list[Scenario] = []
    mistakes: list[str] = []
    for text in texts:
        try:
            for each in _steps(text):
                parts = [part.strip() for part in each.split(";") if part.strip()]
                if not parts:
                    raise BadCase("says nothing: write ACTOR=NUMBER")
                found.append(Scenario(words="; ".join(parts), changes=tuple(_change(part, of) for part in parts)))
        except (WinsetError, NoNumber) as reason:
            mistakes.append(f"what if {text!r}: {reason}")
    if len(found) > MOST:
        mistakes.append(f"{len(found)} what-ifs: at most {MOST} are asked at once")
    if mistakes:
        raise BadTable(*shortened(mistakes))
    return tuple(found)


def changed(of: Question, scenario: Scenario) -> Question:
    """The question with the changes made.  Raises what the rule refuses among the seats that are left."""
    out = {change.actor for change in scenario.changes if change.what == OUT}
    cases, rule = list(of.cases), of.rule
    seats = tuple(seat for seat in rule.seats if seat.actor_id not in out)
    if not seats:
        raise BadTable(f"what if {scenario.words!r}: nobody is left to decide")
    seats = _reweighed(seats, of.cases[0], scenario)
    if seats != rule.seats:
        rule = of.make_rule(seats)
        cases = [_seated(case, rule, out) for case in cases]
    for change in scenario.changes:
        if change.what != OUT:
            cases = [_changed(case, change, of) for case in cases]
    return replace(of, cases=tuple(cases), rule=rule)


def change_words(change: Change, of: Question) -> str:
    """A change as it is asked for: "Germany=80". It reads as the same change again."""
    value, scale = change.value, of.scale
    if change.what in ("position", "proposal", "status_quo"):
        value = scale.own(value)
    elif change.what in ("std_error", "cost"):
        value = scale.own_points(value)
    elif change.what in ("salience", "salience_error"):
        value *= float(of.salience_out_of)
    said = change.what if change.what in (ABSTAIN, OUT) else f"{value:.10g}"
    whom = change.what.replace("_", " ")
    if change.actor is not None:
        field = "" if change.what in ("position", ABSTAIN, OUT) else f".{whom}"
        whom = f"{_name(change.actor, of)}{field}"
    return f"{f'{change.issue}: ' if change.issue else ''}{whom}={said}"


def _name(actor: ActorId, of: Question) -> str:
    """Its name, or its id where the name would be read otherwise."""
    name = of.names[actor]
    if any(sign in name for sign in "=;\n") or ".." in name or name.casefold() in ENDS:
        return actor
    try:
        return name if of.actor(name) == actor and _issue(name, of) == (None, name) else actor
    except UnknownName:
        return actor


def _steps(text: str) -> Sequence[str]:
    """The text for each step of a range; itself where it has none."""
    head, sign, value = text.rpartition("=")
    match = _RANGE.fullmatch(value.strip())
    if not sign or not match or ";" in value:
        return [text]
    low, high = number(match[1]), number(match[2])
    step = (high - low) / (STEPS - 1)
    values = dict.fromkeys(f"{float(low + n * step):g}" for n in range(STEPS))
    return [f"{head}={value}" for value in values]


def _change(text: str, of: Question) -> Change:
    """One change.  Raises BadCase, UnknownName, NoNumber, OffScale."""
    left, sign, said = (part.strip() for part in text.rpartition("="))
    if not sign or not left or not said:
        raise BadCase("write ACTOR=NUMBER, ACTOR.salience=NUMBER, ACTOR=abstain, ACTOR=out or cost=NUMBER")
    issue, left = _issue(left, of)
    actor, field = _whom(left, of)
    word = said.casefold()
    if actor is not None and field == "position" and word in (ABSTAIN, OUT):
        seated = {seat.actor_id for seat in of.rule.seats}
        if actor not in seated:
            raise BadCase(f"{of.names[actor]} has no seat: there is no vote to take away")
        if word == OUT and issue is not None:
            raise BadCase("a seat is the same on all issues: leave out the issue")
        return Change(issue=issue, actor=actor, what=word)
    if field == "cost" and issue is not None:
        raise BadCase("the cost of objecting is the same on all issues: leave out the issue")
    return Change(issue=issue, actor=actor, what=field, value=_value(field, number(said), of))


def _issue(left: str, of: Question) -> tuple[str | None, str]:
    """The issue before a colon, where there is one of that name; and the rest."""
    for place in (match.start() for match in re.finditer(":", left)):
        named = left[:place].strip().casefold()
        for case in of.cases:
            if case.issue.proposal.casefold() == named:
                return case.issue.proposal, left[place + 1 :].strip()
    return None, left


def _whom(left: str, of: Question) -> tuple[ActorId | None, str]:
    """Actor and field; an actor of a reserved name goes before the reserved meaning."""
    try:
        return of.actor(left), "position"
    except UnknownName:
        if left.casefold() in ENDS:
            return None, ENDS[left.casefold()]
        name, dot, field = left.rpartition(".")
        field = field.strip().casefold().replace(" ", "_")
        if not dot or field not in FIELDS:
            raise
    return of.actor(name), field


def _value(field: str, given: Fraction, of: Question) -> float:
    """On winset's own scales.  Raises OffScale."""
    scale = of.scale
    if field in ("position", "proposal", "status_quo"):
        if not scale.low <= given <= scale.high:
            raise OffScale(f"{float(given):g} is off the scale {scale}")
        return scale.issue_value(given)
    if given < 0:
        raise OffScale(f"{float(given):g} is negative: allowed is 0 or more")
    if field in ("std_error", "cost"):
        return scale.issue_points(given)
    if field in ("salience", "salience_error"):
        if given > of.salience_out_of:
            raise OffScale(f"salience {float(given):g}: allowed is 0 to {float(of.salience_out_of):g}")
        return float(given / of.salience_out_of)
    return float(given)


def _reweighed(seats: tuple[Seat, ...], case: Case, scenario: Scenario) -> tuple[Seat, ...]:
    """The seats with a changed capability in their weights too, where they have that weight."""
    told = {change.actor: change.value for change in scenario.changes if change.what == "capability"}
    if not told or not all(CAPABILITY in dict(seat.weights) for seat in seats):
        return seats
    held: dict[ActorId | None, float] = {**dict(case.capability), **told}
    weights = whole_weights([Fraction(repr(float(held[seat.actor_id]))) for seat in seats])
    return tuple(
        replace(seat, weights=tuple({**dict(seat.weights), CAPABILITY: weight}.items()))
        for seat, weight in zip(seats, weights, strict=True)
    )


def _seated(case: Case, rule: DecisionRule, out: set[ActorId | None]) -> Case:
    return replace(
        case,
        issue=replace(case.issue, rule=rule.id),
        seats=rule.seats,
        positions=tuple(each for each in case.positions if each.actor_id not in out),
        capability=tuple(pair for pair in case.capability if pair[0] not in out),
    )


def _changed(case: Case, change: Change, of: Question) -> Case:
    if change.issue is not None and change.issue != case.issue.proposal:
        return case
    if change.what == "cost":
        return replace(case, cost_of_objecting=change.value)
    if change.what == "proposal":
        return replace(case, issue=replace(case.issue, proposal_value=change.value))
    if change.what == "status_quo":
        return replace(case, issue=replace(case.issue, status_quo=change.value))
    if change.actor is None:  # every other change is an actor's
        return case
    if change.what == "capability":
        own = dict(case.capability) | {change.actor: change.value}
        return replace(case, capability=tuple(own.items()))
    held = {each.actor_id: each for each in case.positions}
    position = held.get(change.actor)
    if position is None or position.assumed:
        if change.what == ABSTAIN:
            return case  # it says nothing as it is
        if change.what != "position":
            name = of.names[change.actor]
            raise BadTable(
                f"what if {name}.{change.what}: {name} has no position on {case.issue.proposal!r}: set it first"
            )
        position = _new(change.actor, case.issue)
    held[change.actor] = _moved(position, change)
    return replace(case, positions=tuple(held.values()))


def _moved(position: Position, change: Change) -> Position:
    evidence = (*position.evidence, EvidenceId("what if"))
    if change.what == ABSTAIN:  # who gains and loses nothing says neither yes nor no
        return replace(position, salience=0.0, salience_error=0.0, evidence=evidence)
    if change.what == "position":
        return replace(position, value=change.value, std_error=0.0, evidence=evidence)  # said, so not in doubt
    if change.what == "salience":
        return replace(position, salience=change.value, evidence=evidence)
    if change.what == "salience_error":
        return replace(position, salience_error=min(1.0, change.value), evidence=evidence)
    return replace(position, std_error=change.value, evidence=evidence)


def _new(actor: ActorId, issue: Issue) -> Position:
    """Of an actor with nothing on record: exact, and at full salience, until told otherwise."""
    return Position(
        actor_id=actor,
        issue_id=issue.id,
        value=issue.status_quo,
        std_error=0.0,
        salience=1.0,
        as_of=issue.on,
        evidence=(EvidenceId("what if"),),
        method="what if",
    )
