"""The forecast: what the body will do, how surely, who blocks, what could still pass, on which assumptions."""

from __future__ import annotations

from winset import __version__
from winset.decisions.assumptions import UNKNOWN_IDEAL, assumptions
from winset.decisions.draws import Electorate, electorate, sober
from winset.decisions.preferences import consents_up_to
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Blocker, Case, Forecast, Outcome, RungSupport
from winset.decisions.winset import acceptable
from winset.errors import BadCase
from winset.ids import content_id, on_unit_scale
from winset.provenance import Run

MODEL = "sincere-voting"
LIKELY_ENOUGH = 0.05  # a member less likely than this to object is not called a blocker
UNDECIDED = 0.5  # where nobody is on record neither outcome is the likelier


def forecast(
    case: Case, rule: DecisionRule, *, draws: int = 20_000, seed: int = 0, silent_objection: float = 0.05
) -> Forecast:
    """What the rule makes of the positions when members vote sincerely and positions are as uncertain as stated.

    The model is sincere voting, with ideal points drawn around the positions on record; a member with a
    merely assumed position, or none, is unknown. ADOPTED when that is likelier than not, else BLOCKED; PENDING, at
    probability 0.5, when no member at all is on record. Positions of actors without a seat change nothing.

    draws: 1 or more.  seed: 0 or more.  silent_objection: the chance with which each unknown member objects
    in the alternative to silence being consent, 0-1; an assumption of ours, not an estimate.
    Probabilities are shares of draws kept within 1/(draws+2) of 0 and 1: none seen is not none possible
    (Laplace's rule of succession). They carry the positions' uncertainty, not that of the model.
    Raises BadCase, OffScale.  Cost: about ten passes over draws x members.
    Source: Enelow and Hinich (1984, ch. 2) for the vote; the rule's own for the count.
    """
    _check(case, rule, draws=draws, seed=seed)
    on_unit_scale(silent_objection, "the chance that a silent member objects")
    drawn = electorate(case, rule, draws=draws, seed=seed)
    adopted = sober(drawn.share_adopted(drawn.ballots(case.issue.proposal_value)), draws)
    if not case.on_record:
        outcome, probability, adopted = Outcome.PENDING, UNDECIDED, UNDECIDED
    else:
        outcome = Outcome.ADOPTED if adopted > UNDECIDED else Outcome.BLOCKED
        probability = max(adopted, 1 - adopted)
    known = {seat.actor_id for seat, _ in case.on_record}
    return Forecast(
        model=MODEL,
        outcome=outcome,
        probability=probability,
        probability_adopted=adopted,
        blockers=_blockers(drawn, draws),
        unknown=tuple(seat.actor_id for seat in rule.seats if seat.actor_id not in known),
        rungs=_rungs(drawn, draws),
        winset=_winset(case, rule),
        assumptions=assumptions(drawn, draws=draws, seed=seed, silent_objection=silent_objection),
        draws=draws,
        seed=seed,
        run_id=forecast_run(case, rule, draws=draws, seed=seed, silent_objection=silent_objection).id,
    )


def forecast_run(
    case: Case, rule: DecisionRule, *, draws: int = 20_000, seed: int = 0, silent_objection: float = 0.05
) -> Run:
    """The stamp of that forecast: equal for equal issue, rule, seats, positions and settings."""
    positions = (content_id("position", position) for position in case.positions)
    settings = content_id("forecast", case.issue, rule, draws, silent_objection, case.cost_of_objecting)
    return Run(step="decisions", method=MODEL, version=__version__, inputs=(settings, *sorted(positions)), seed=seed)


def _check(case: Case, rule: DecisionRule, *, draws: int, seed: int) -> None:
    if draws < 1 or seed < 0:
        raise BadCase(f"draws {draws}, seed {seed}: take at least 1 draw and a seed of 0 or more")
    if {seat.actor_id for seat in rule.seats} != {seat.actor_id for seat in case.seats}:
        raise BadCase(f"the rule {rule.id} was made for other seats than the case's: make it from case.seats")


def _blockers(drawn: Electorate, draws: int) -> tuple[Blocker, ...]:
    """Members on record that may object to the proposal, the surest first; equal ones by id."""
    case, rule = drawn.case, drawn.rule
    objects = dict(
        zip(
            (seat.actor_id for seat in rule.seats),
            drawn.ballots(case.issue.proposal_value).no.mean(axis=0).tolist(),
            strict=True,
        )
    )
    found = [
        Blocker(
            actor_id=seat.actor_id,
            probability=sober(objects[seat.actor_id], draws),
            alone=rule.blocks_alone(seat.actor_id),
            consents_up_to=consents_up_to(position, issue=case.issue, cost_of_objecting=case.cost_of_objecting),
        )
        for seat, position in case.on_record
        if objects[seat.actor_id] >= LIKELY_ENOUGH
    ]
    return tuple(sorted(found, key=lambda blocker: (-blocker.probability, blocker.actor_id)))


def _rungs(drawn: Electorate, draws: int) -> tuple[RungSupport, ...]:
    """Every option but the status quo, in order of the scale, put to the vote in the same draws."""
    issue, seats = drawn.case.issue, drawn.rule.seats
    found = []
    for option in issue.rungs:
        if option.value == issue.status_quo:
            continue
        ballots = drawn.ballots(option.value)
        likely = (ballots.no.mean(axis=0) > UNDECIDED) & drawn.known
        objectors = tuple(seat.actor_id for seat, objects in zip(seats, likely.tolist(), strict=True) if objects)
        probability = sober(drawn.share_adopted(ballots), draws)
        found.append(RungSupport(option=option, objectors=objectors, probability=probability))
    return tuple(found)


def _winset(case: Case, rule: DecisionRule) -> tuple[float, float] | None:
    """At the positions' best estimates and free objections; unknown members as in the draws, at their mean."""
    ideals = {} if rule.by_objection else {seat.actor_id: UNKNOWN_IDEAL for seat in rule.seats}
    ideals |= {seat.actor_id: position.value for seat, position in case.on_record}
    return acceptable(rule, ideals, status_quo=case.issue.status_quo)
