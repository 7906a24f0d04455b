"""The body that decides, and who votes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.ids import ActorId
from winset.issues import CaseSpec, Seat

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.actors.types import Body


def seats_of(spec: CaseSpec, additions: tuple[Addition, ...] = ()) -> tuple[Seat, ...]:
    """The members with a vote on the day of decision: the case's own list, else the registry's."""
    from winset.actors.registry import registry

    return spec.seats or registry(additions).seats(spec.issue.body, spec.issue.on.latest)


def body_of(spec: CaseSpec, additions: tuple[Addition, ...] = ()) -> Body:
    """The body that decides, from the registry or, with its own list of members, from the case."""
    from winset.actors.registry import registry
    from winset.actors.types import Body

    if spec.body_name is None:
        return registry(additions).body(spec.issue.body)
    return Body(
        key=spec.issue.body,
        name=spec.body_name,
        organisation=ActorId(spec.issue.body),
        rule=spec.issue.rule,
        founded=spec.issue.on.earliest,  # not known, and not asked: its members are those of that day
        source="the case's own list of members",
    )
