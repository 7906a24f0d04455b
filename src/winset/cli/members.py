"""`winset members`: who sits in a body or group of states on a day, with votes, by which rule."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import completing, inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, counted, one_line

if TYPE_CHECKING:
    from winset.actors.rolls import Roll
    from winset.issues import Seat

Named = Annotated[
    str,
    typer.Argument(
        metavar="BODY",
        help="A body or group: nato, eu, unsc, g77 and others.",
        show_default=False,
        autocompletion=completing.bodies,
    ),
]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day, YYYY-MM-DD.  [default: today]", show_default=False)
]
Partners = Annotated[bool, typer.Option("--partners", help="Also the states in its partner formats that day.")]


def members(
    body: Named,
    *,
    on: On = None,
    partners: Partners = False,
    registry: inputs.Registries = None,
    json: inputs.AsJson = False,
) -> int:
    """Who sits in a body or group on a day. With votes, vetoes and weights, and the rule with its source.

    For example:

    winset members nato --on 2023-04-04

    winset members g77 --on 2023-11-30 --json
    """
    from winset.actors.rolls import roll

    found = roll(body, inputs.known(registry), on=inputs.day(on))
    if json:
        told = of_schema("members", _as_dict(found, partners=partners))
        print(json_format.dumps(told, ensure_ascii=False, indent=1))
        return FINE
    for line in _lines(found, partners=partners):
        print(one_line(line).rstrip())
    return FINE


def _lines(found: Roll, *, partners: bool) -> Iterator[str]:
    yield f"{found.name} ({found.key}) on {found.on}: {counted(len(found.members), 'member')}"
    if rule := _rule(found):
        yield f"Rule: {rule['id']}  {rule['summary']}  [{rule['source']}]"
    wide = max((len(sitting.seat.name) for sitting in found.members), default=0)
    told = _powers([sitting.seat for sitting in found.members])
    for sitting, power in zip(found.members, told, strict=True):
        since = f"since {sitting.since}" if sitting.since else ""
        yield f"  {sitting.seat.actor_id:<5} {sitting.seat.name:<{wide}}  {since:<16}  {power}"
    if partners:
        yield f"{counted(len(found.partners), 'partner')}"
        for partner in found.partners:
            yield f"  {partner.actor.id:<5} {partner.actor.name}: {', '.join(partner.formats)}"


def _powers(seats: Sequence[Seat]) -> list[str]:
    """What each seat has: its votes where not all have one, a veto, weights that say more than the votes."""
    equal = all(seat.votes == 1 for seat in seats)
    same = {vector for seat in seats for vector, _ in seat.weights}
    same -= {vector for seat in seats for vector, weight in seat.weights if weight != seat.votes}
    return [
        ", ".join(
            [
                *([] if equal else [counted(seat.votes, "vote")]),
                *(["veto"] if seat.veto else []),
                *(f"{vector} {weight:,}" for vector, weight in seat.weights if vector not in same),
            ]
        )
        for seat in seats
    ]


def _rule(found: Roll) -> dict[str, str] | None:
    """The rule by which the body decided that day, unless another one is named."""
    named = found.body.rule_on(found.on) if found.body else ""
    if not named:  # a group, or a body of a user's own registry that tells none
        return None
    from winset.decisions.rules import RULES

    rule = RULES[named]
    return {"id": rule.id, "summary": rule.summary, "source": rule.source}


def _as_dict(found: Roll, *, partners: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": found.key,
        "name": found.name,
        "on": found.on.isoformat(),
        "rule": _rule(found),
        "source": found.body.source if found.body else None,
        "members": [
            {
                "actor_id": sitting.seat.actor_id,
                "name": sitting.seat.name,
                "role": sitting.role,
                "since": sitting.since.isoformat() if sitting.since else None,
                "votes": sitting.seat.votes,
                "veto": sitting.seat.veto,
                "weights": dict(sitting.seat.weights),
            }
            for sitting in found.members
        ],
    }
    if partners:
        told["partners"] = [
            {"actor_id": partner.actor.id, "name": partner.actor.name, "formats": list(partner.formats)}
            for partner in found.partners
        ]
    return told
