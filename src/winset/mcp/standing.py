"""Where everybody stands, how sure that is, and who is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from winset.brief.account import interval
from winset.brief.wording import count
from winset.mcp import models, statement_values
from winset.mcp.answered import Answered, more
from winset.mcp.paging import page
from winset.mcp.whom import meant, named

if TYPE_CHECKING:
    from winset.ids import ActorId
    from winset.mcp.cases import ServedCase, View
    from winset.positions.types import Position

EVIDENCE = 6  # statements behind one actor's position


def positions(case: ServedCase, given: models.AskingPositions) -> Answered:
    """Of all with a vote or on record, members first; or of one, with the words behind it."""
    view = case.view()
    cites = case.cites(view)
    held = {each.actor_id: each for each in view.estimated.positions}
    evidence: list[models.Statement] = []
    cursor = None
    if given.actor is not None:
        one = meant(case, view, given.actor)
        rows = [_position(view, one.actor_id, held.get(one.actor_id), name=one.name)]
        weightiest = statement_values.weightiest(statement_values.behind(view, held.get(one.actor_id)), most=EVIDENCE)
        evidence = [statement_values.of_evidence(each, cites, view) for each in weightiest]
    else:
        ids, cursor = page(_order(view, held), cursor=given.cursor, limit=given.limit, version=view.version)
        rows = [_position(view, id, held.get(id)) for id in ids]
    issue = view.spec.issue
    value = models.Positions(
        case=case.name,
        version=view.version,
        documents=cites.documents,
        next_cursor=cursor,
        status_quo=issue.status_quo,
        proposal=issue.proposal_value,
        positions=rows,
        evidence=evidence,
    )
    known = sum(row.known for row in rows)
    head = (
        f"{known} on record and {len(rows) - known} unknown, on a scale with the status quo at {issue.status_quo:g} and"
        f" the proposal at {issue.proposal_value:g}.{more(cursor)}"
    )
    if given.actor is None:
        head += " Ask for one actor to see the words behind it."
    elif view.large:
        head += " The case is large: ask statements for the words behind it."
    lines = [
        *_lines(rows),
        *(line for each in evidence for line in statement_values.lines(each, cites, lead="- ")),
        *cites.lines(),
    ]
    return Answered(head=head, lines=tuple(lines), value=value)


def _order(view: View, held: dict[ActorId, Position]) -> list[ActorId]:
    """Members on record from the low end to the high, members unknown, then all others on record."""
    members = sorted(view.members, key=lambda id: (id not in held, held[id].value if id in held else 0.0, id))
    others = sorted((id for id in held if id not in view.members), key=lambda id: (held[id].value, id))
    return [*members, *others]


def _position(view: View, id: ActorId, held: Position | None, *, name: str | None = None) -> models.Position:
    label = name or named(view.estimated.names.get(id, str(id)))
    member = id in view.members
    if held is None:
        return models.Position(
            actor=label,
            actor_id=id,
            member=member,
            known=False,
            position=None,
            std_error=None,
            low=None,
            high=None,
            salience=None,
            origins=0,
            statements=0,
            assumed=None,
        )
    low, high = interval(held)
    return models.Position(
        actor=label,
        actor_id=id,
        member=member,
        known=not held.assumed,
        position=held.value,
        std_error=held.std_error,
        low=round(low, 1),
        high=round(high, 1),
        salience=held.salience,
        origins=held.origins,
        statements=_counted(held),
        assumed=held.assumed,
    )


def _counted(held: Position) -> int:
    """How many statements moved it; of a large case the evidence is their number in words."""
    first = str(held.evidence[0]) if held.evidence else ""
    if first.endswith(" statements") and len(held.evidence) == 1:
        return int(first.removesuffix(" statements").replace(",", ""))
    return len(held.evidence)


def _lines(rows: list[models.Position]) -> Iterator[str]:
    unknown = [each.actor for each in rows if each.position is None]
    for each in rows:
        if each.position is None:
            continue
        who = f"{each.actor} ({'member' if each.member else 'no vote'})"
        assumed = f", assumed: {each.assumed}" if each.assumed else ""
        yield (
            f"{who}: {each.position:g} ± {each.std_error:g}, 90% {each.low:g} to {each.high:g}, "
            f"{count(each.statements, 'statement')} from {count(each.origins, 'origin')}, salience"
            f" {each.salience:g}{assumed}"
        )
    if unknown:
        yield f"Unknown, nothing is on record ({len(unknown)}): {', '.join(unknown)}"
