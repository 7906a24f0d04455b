"""Statements as answers give them, and as a line shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from winset.brief.wording import shown
from winset.ids import StatementId
from winset.mcp import untrusted
from winset.mcp.citing import Cites
from winset.mcp.models import Span, StanceWord, Statement
from winset.mcp.whom import named
from winset.positions.rulings import PERSON

if TYPE_CHECKING:
    from winset.actors.types import Identification
    from winset.corpus.types import Anchor
    from winset.ids import ActorId
    from winset.mcp.cases import View
    from winset.positions.estimation import Evidence
    from winset.positions.types import Position, Stance
    from winset.sourcing.types import Origin
    from winset.statements.types import Statement as Said
    from winset.store.desk import QueueRow

PARTS = 8  # stretches of a discontinuous content that are told
LONGEST = 1_000  # characters of a passage


def of_evidence(each: Evidence, cites: Cites, view: View) -> Statement:
    """A statement of a case that is worked out whole, persons' words applied."""
    actor = view.estimated.names.get(each.actor_id) if each.actor_id is not None else None
    return _statement(
        each.statement,
        each.identification,
        each.stance,
        cites,
        origin=each.origin,
        actor=actor,
        actor_id=each.actor_id,
    )


def of_row(row: QueueRow, cites: Cites) -> Statement:
    """A statement of a large case, as the machine reads it."""
    who = row.identification
    return _statement(row.statement, who, row.stance, cites, origin=None, actor=who.represents, actor_id=who.actor_id)


def lines(statement: Statement, cites: Cites, *, lead: str = "") -> Iterator[str]:
    """One statement in two lines: who, when and for or against; then the words with their place."""
    who = statement.actor or "nobody known"
    if statement.speaker and statement.speaker != statement.actor:
        who = f"{who}, by {statement.speaker}"
    marks = [word for word, holds in (("hedged", statement.hedged), ("conditional", statement.conditional)) if holds]
    stance = ", ".join(filter(None, (statement.stance or "not read", *marks)))
    told = (
        who,
        f"said {statement.said_on}" if statement.said_on else "undated",
        f"{stance} (read by {statement.read_by}"
        + (f", confidence {statement.confidence:.2f})" if statement.confidence is not None else ")"),
        f"origin: {statement.origin}" if statement.origin else "",
        f"statement_id {statement.id}",
    )
    yield lead + " | ".join(filter(None, told))
    yield f"   {cites.quoted(statement.passage)}"


def weightiest(said: Sequence[Evidence], *, most: int) -> list[Evidence]:
    """Those that tell most, one of each origin before a second of any: own words, firm, surely read, late."""

    def weight(each: Evidence) -> tuple[bool, float, float, str]:
        stance = each.stance
        return (
            each.voice.value == "own",
            stance.firmness * abs(stance.direction) * (1 - 0.5 * stance.conditional),
            stance.confidence * each.identification.score,
            each.said.text if each.said else "",
        )

    ranked = sorted(said, key=weight, reverse=True)
    first = list({each.origin.key: each for each in reversed(ranked)}.values())[::-1]
    first.sort(key=ranked.index)
    return [*first, *(each for each in ranked if each not in first)][:most]


def behind(view: View, position: Position | None, *, against: bool = False) -> list[Evidence]:
    """The statements that a position rests on; against: those that oppose, where any does."""
    if position is None:
        return []
    found = [view.evidence[StatementId(id)] for id in position.evidence if id in view.evidence]
    opposed = [each for each in found if each.stance.word == "oppose"] if against else []
    return opposed or found


def _statement(
    said: Said,
    who: Identification,
    stance: Stance | None,
    cites: Cites,
    *,
    origin: Origin | None,
    actor: str | None,
    actor_id: ActorId | None,
) -> Statement:
    for each in (said.source, said.cue, *said.contents):
        if each is not None:
            cites.verify(each)
    label = actor or who.represents
    return Statement(
        id=said.id,
        document_id=said.document_id,
        actor=named(label) if label else None,
        actor_id=actor_id,
        speaker=untrusted.name(who.speaker),
        said_on=said.said_on.text if said.said_on else None,
        stance=cast("StanceWord", stance.word) if stance else None,
        firmness=round(stance.firmness, 2) if stance else None,
        hedged=said.hedged or bool(stance and stance.hedged),
        conditional=bool(stance and stance.conditional),
        confidence=round(stance.confidence, 2) if stance else None,
        read_by=untrusted.shown(stance.by.removeprefix(PERSON), at_most=untrusted.NAME) if stance else "nobody",
        origin=untrusted.name(shown(origin.label)) if origin else None,
        form=said.form.value,
        passage=cites.around(said.document_id, said.start, said.end, at_most=LONGEST),
        source=_span(said.source) if said.source else None,
        contents=[_span(part) for part in said.contents[:PARTS]],
    )


def _span(part: Anchor) -> Span:
    return Span(start=part.start, end=part.end)
