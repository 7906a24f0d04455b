"""Who is for or against what in a case, of any size, for the formats of networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from winset.actors.types import Standing
from winset.carrying.projects import project_of
from winset.pipeline.estimating import estimated_from_columns
from winset.pipeline.networks import participants
from winset.positions.estimation import Evidence, by_actor
from winset.positions.networks.evidence import IssueEvidence, discourse
from winset.positions.networks.types import Discourse
from winset.positions.rulings import ruled
from winset.sourcing.types import Origin

if TYPE_CHECKING:
    from winset.store.case_store import CaseStore


def large_discourse(store: CaseStore) -> Discourse:
    """As `pipeline.networks.read_discourse`, of a case too large to be worked out whole.

    Each document is its own origin.  Memory: the statements with a side.
    """
    from winset.brief.parties import label_of, standing_of

    issue, found = store.spec().issue, estimated_from_columns(store)
    held = {each.actor_id: each for each in found.positions}
    evidence = (
        Evidence(
            statement=each.statement,
            identification=each.identification,
            stance=ruled(each.stance, each.rulings),
            origin=Origin(statement_id=each.statement.id, key="", label=""),
            published=document.document.published,
        )
        for document in project_of(store).documents
        for each in document.statements
        if each.stance is not None
    )
    sided = [said for said in evidence if said.counts]
    nodes = {
        id: (label_of(said[0].identification), Standing.MEMBER if id in found.members else standing_of(said))
        for id, said in by_actor(sided).items()
    }
    return discourse([IssueEvidence(issue=issue, evidence=sided)], participants(nodes, held))
