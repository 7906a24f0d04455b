"""Who speaks in a kept case, and how often: one query, however large the case is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import case, func, select

from winset.actors.types import NOBODY, Standing
from winset.ids import ActorId, StatementId, content_id
from winset.store import tables
from winset.store.case_store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """One who speaks in a case, as the machine has it."""

    actor_id: ActorId  # under which a position is held
    name: str  # "France", "Ann Bee (expert: Hill Institute)"
    standing: Standing  # that of most of its statements
    statements: int


def actor_roll(store: CaseStore) -> tuple[Speaking, ...]:
    """Everybody who speaks, the one who says most first; crowds and the unnamed are left out.

    What persons said about who a source is, is not applied.
    """
    who = tables.identification.c
    grouped = (who.actor_id, who.represents, who.speaker, who.standing)
    asked = (
        select(who.actor_id, who.represents, func.min(who.speaker), who.standing, func.count(), func.min(who.rank))
        .where(who.actor_id.is_not(None))
        .group_by(who.actor_id, who.represents, who.standing)
    )
    others = (
        select(*grouped, func.count(), func.min(who.rank))
        .where(who.actor_id.is_(None), who.represents.is_not(None), who.speaks_as.not_in(sorted(NOBODY)))
        .group_by(*grouped)
    )
    names: dict[ActorId, tuple[int, str]] = {}  # with the place where it first comes
    standings: dict[ActorId, Counter[str]] = {}
    with store.database.transaction(writes=False) as connection:
        rows = [*connection.execute(asked), *connection.execute(others)]
    for actor_id, represents, speaker, standing, number, rank in rows:
        id, name = ActorId(actor_id or ""), represents or actor_id
        if actor_id is None:
            id = ActorId(content_id("source", represents, speaker or ""))
            name = f"{speaker} ({represents})" if speaker is not None else represents
        names[id] = min(names.get(id, (rank, name)), (rank, name))
        standings.setdefault(id, Counter())[standing] += number
    found = (
        Speaking(
            actor_id=id,
            name=names[id][1],
            standing=Standing(counted.most_common(1)[0][0]),
            statements=counted.total(),
        )
        for id, counted in standings.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.statements, each.name)))


def said_by(store: CaseStore, name: str, *, after: int, limit: int) -> tuple[tuple[int, StatementId], ...]:
    """Statements of one who is in no registry, with their places, in order.

    name: as `actor_roll` has it.  after: the place of the last one of the page before.
    Cost: identifications are read up to the last one of the page.
    """
    who = tables.identification.c
    named = case((who.speaker.is_(None), who.represents), else_=who.speaker + " (" + who.represents + ")")
    query = (
        select(who.rank, who.statement_id)
        .where(who.rank > after, who.actor_id.is_(None), named == name)
        .order_by(who.rank)
        .limit(limit)
    )
    with store.database.transaction(writes=False) as connection:
        return tuple((rank, StatementId(id)) for rank, id in connection.execute(query))
