"""Who is for or against what in a case, of any size, for the formats of networks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from winset.actors.types import Standing
from winset.carrying.projects import project_of
from winset.ids import ActorId
from winset.pipeline import estimated_from_columns
from winset.positions.estimation import Evidence
from winset.positions.networks.evidence import IssueEvidence, discourse
from winset.positions.networks.types import Discourse, Participant
from winset.positions.rulings import ruled
from winset.sourcing.types import Origin

if TYPE_CHECKING:
    from winset.store.case_store import CaseStore


def large_discourse(store: CaseStore) -> Discourse:
    """As `pipeline.read_discourse`, of a case too large to be worked out whole: each document is its own origin.

    Memory: the statements with a side.
    """
    from winset.brief.parties import label_of

    issue, found = store.spec().issue, estimated_from_columns(store)
    held = {each.actor_id: each for each in found.positions}
    evidence: list[Evidence] = []
    names: dict[ActorId, str] = {}
    standings: dict[ActorId, Counter[Standing]] = {}
    for document in project_of(store).documents:
        for each in document.statements:
            if each.stance is None:
                continue
            said = Evidence(
                statement=each.statement,
                identification=each.identification,
                stance=ruled(each.stance, each.rulings),
                origin=Origin(statement_id=each.statement.id, key="", label=""),
                published=document.document.published,
            )
            if said.actor_id is None or not said.counts:
                continue
            evidence.append(said)
            names.setdefault(said.actor_id, label_of(each.identification))
            standings.setdefault(said.actor_id, Counter())[each.identification.standing] += 1
    actors = [
        Participant(
            id=id,
            name=name,
            standing=_standing(id in found.members, standings[id]).value,
            position=held[id].value if id in held else None,
            std_error=held[id].std_error if id in held else None,
        )
        for id, name in names.items()
    ]
    order = list(Standing)
    actors.sort(key=lambda actor: (order.index(Standing(actor.standing)), actor.name, actor.id))
    return discourse([IssueEvidence(issue=issue, evidence=evidence)], actors)


def _standing(member: bool, told: Counter[Standing]) -> Standing:
    """That of most of its statements; who has no seat that day is no member."""
    if member:
        return Standing.MEMBER
    most = told.most_common(1)[0][0]
    return Standing.OUTSIDE if most is Standing.MEMBER else most
