"""Who is for or against what: what a network of actors is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec
from winset.pipeline.defaults import ESTIMATOR
from winset.pipeline.estimating import estimated

if TYPE_CHECKING:
    from winset.actors.types import Standing
    from winset.pipeline.material import Material
    from winset.positions.networks.types import Discourse, Participant
    from winset.positions.types import Position


def read_discourse(cases: Sequence[tuple[CaseSpec, Material]], *, as_of: PartialDate | None = None) -> Discourse:
    """Who is for or against what, over one case or several: what a network is made of.

    as_of: the day of the nodes' positions; which statements count, the network is asked.  With several issues a node
    has no position, and where they hear an actor in different capacities the first of `Standing` counts.
    """
    from winset.actors.types import Standing
    from winset.brief.parties import standing_of
    from winset.positions.estimation import by_actor, positions
    from winset.positions.networks.evidence import IssueEvidence, discourse

    order, issues = list(Standing), []
    nodes: dict[ActorId, tuple[str, Standing]] = {}
    held: dict[ActorId, Position] = {}
    for spec, material in cases:
        found = estimated(spec, material)
        issues.append(IssueEvidence(issue=spec.issue, evidence=found.evidence))
        for id, said in by_actor(found.evidence).items():
            node = (found.names[id], Standing.MEMBER if id in found.members else standing_of(said))
            nodes[id] = min(nodes.get(id, node), node, key=lambda known: order.index(known[1]))
        if len(cases) == 1:
            on_record = positions(found.evidence, issue=spec.issue, method=ESTIMATOR, as_of=as_of)
            held = {each.actor_id: each for each in on_record}
    return discourse(issues, participants(nodes, held))


def participants(
    nodes: Mapping[ActorId, tuple[str, Standing]], held: Mapping[ActorId, Position]
) -> tuple[Participant, ...]:
    """Actors as nodes of a network, members first, then by name; nodes: name and standing of each."""
    from winset.actors.types import Standing
    from winset.positions.networks.types import Participant

    order = list(Standing)
    actors = (
        Participant(
            id=id,
            name=name,
            standing=standing.value,
            position=held[id].value if id in held else None,
            std_error=held[id].std_error if id in held else None,
        )
        for id, (name, standing) in nodes.items()
    )
    return tuple(sorted(actors, key=lambda actor: (order.index(Standing(actor.standing)), actor.name, actor.id)))
