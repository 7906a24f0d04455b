"""Stating a case: what is proposed, before which body, when and by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from winset.errors import BadCase
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue, Option

if TYPE_CHECKING:
    from winset.actors.additions import Addition


def stated(
    *,
    proposal: str,
    body: str,
    on: str,
    rule: str | None = None,
    status_quo: float = 0.0,
    options: Iterable[str] = (),
    additions: tuple[Addition, ...] = (),
) -> CaseSpec:
    """What an analyst states, checked against the registry and the rules: nothing later needs to check it again.

    body: a key, name or alias in the registry.  on: YYYY-MM-DD, or a month or year, which then means its last day.
    rule: the body's own on that day where None.  options: "label=value", values on the issue's 0-100 scale.
    additions: the user's own registries.
    Raises UnknownBody, UnknownMethod, NotYetFounded, BadDate, BadCase, BadQuota, OffScale, Contradiction.
    """
    from winset.actors.registry import registry
    from winset.decisions.rules_in_force import rule_in_force

    day = PartialDate(on)
    known = registry(additions)
    found = known.body(body)
    seats = known.seats(found.key, day.latest)
    its_rule = rule or found.rule_on(day.latest)
    if not its_rule:
        raise BadCase(f"{found.name}: its row ({found.source}) tells no rule: write one there, or --rule NAME")
    if not seats:
        raise BadCase(
            f"{found.name}: nobody is a member on {day.latest}: tell its members in its registry, {found.source}"
        )
    rule_in_force(its_rule, seats)  # a rule that these members cannot have is refused now, not after an hour of reading
    issue = Issue(
        proposal=proposal.strip(),
        body=found.key,
        rule=its_rule.strip(),
        on=day,
        status_quo=status_quo,
        options=tuple(_option(option) for option in options),
    )
    return CaseSpec(issue=issue)


def _option(text: str) -> Option:
    label, _, value = text.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = None
    if number is None or not label:
        raise BadCase(f"option {text!r}: write LABEL=VALUE with a value from 0 to 100, as in 'contact point=20'")
    return Option(label=label.strip(), value=number)
