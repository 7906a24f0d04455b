"""From positions to what is put to the vote: the case and its rule, and the question with a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from winset.errors import BadCase
from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec
from winset.pipeline.defaults import ESTIMATOR
from winset.pipeline.estimating import Estimated, estimated
from winset.pipeline.seats import body_of, seats_of

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.decisions.rule import DecisionRule
    from winset.decisions.types import Case
    from winset.exchange.position_cases import Question
    from winset.pipeline.material import Material


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """A case and the rule in force, ready to be decided."""

    case: Case
    rule: DecisionRule
    names: Mapping[ActorId, str]  # of every actor with a seat or a position


def decided(
    spec: CaseSpec, material: Material, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None
) -> Tabled:
    """What a kept case puts to the vote, for `decisions` to answer; estimator, as_of: as for `compose_brief`.

    Raises BadCase, BadQuota for a rule that the seats cannot have, UnknownMethod.
    """
    return tabled(spec, estimated(spec, material, estimator=estimator, as_of=as_of), additions=material.additions)


def tabled(spec: CaseSpec, found: Estimated, *, additions: tuple[Addition, ...] = ()) -> Tabled:
    """The same from positions that are estimated already.  Raises BadCase, BadQuota."""
    from winset.decisions.rules_in_force import rule_in_force
    from winset.decisions.types import Case

    seats = seats_of(spec, additions)
    return Tabled(
        case=Case(issue=spec.issue, seats=seats, positions=found.positions),
        rule=rule_in_force(spec.issue.rule, seats, spec.thresholds),
        names=found.names,
    )


def question(
    spec: CaseSpec,
    found: Estimated,
    *,
    name: str,
    rule: str | None = None,
    on: PartialDate | None = None,
    cost_of_objecting: float = 0.0,
    additions: tuple[Addition, ...] = (),
) -> Question:
    """What a case asks of `decisions`, ready to be asked again with a change.

    name: of the case, as told in errors.  rule: another one than the case's, by name or in words.
    on: another day of decision: its members vote, by the body's rule of that day unless the case or `rule` names
    another; positions stay as they are on record.  cost_of_objecting: issue scale times salience, 0 or more.
    Raises BadCase, BadQuota, UnknownMethod, NotYetFounded.
    """
    from winset.decisions.rules_in_force import rule_in_force
    from winset.decisions.types import Case
    from winset.exchange.position_cases import Question, rule_maker

    spec = spec if on is None else _on_another_day(spec, on, additions)
    seats = seats_of(spec, additions)
    if not seats:
        raise BadCase(f"nobody is a member of {spec.issue.body} on {spec.issue.on}: take another day")
    make_rule = rule_maker(rule) if rule else lambda among: rule_in_force(spec.issue.rule, among, spec.thresholds)
    made = make_rule(seats)
    seated = {seat.actor_id for seat in made.seats}
    return Question(
        name=name,
        cases=(
            Case(
                issue=replace(spec.issue, rule=made.id),
                seats=made.seats,
                positions=found.positions,
                cost_of_objecting=cost_of_objecting,
            ),
        ),
        rule=made,
        make_rule=make_rule,
        names={**found.names, **{seat.actor_id: seat.name for seat in made.seats}},
        outsiders=tuple(each.actor_id for each in found.positions if each.actor_id not in seated),
    )


def _on_another_day(spec: CaseSpec, on: PartialDate, additions: tuple[Addition, ...]) -> CaseSpec:
    """The same case, decided on that day; a rule that was the body's own gives way to that of the day."""
    rule = spec.issue.rule
    if spec.body_name is None:
        body = body_of(spec, additions)
        if rule == body.rule_on(spec.issue.on.latest):
            rule = body.rule_on(on.latest)
    return replace(spec, issue=replace(spec.issue, on=on, rule=rule))
