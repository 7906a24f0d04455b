"""A network as a graph of networkx, for everything that other programs compute."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from winset.errors import NotConfigured
from winset.positions.networks.building import edges
from winset.positions.networks.types import Network

if TYPE_CHECKING:
    import networkx

    Graph: TypeAlias = networkx.Graph[str]

CONCEPT = "concept: "  # before a concept's id, which may be an actor's too


def as_networkx(network: Network) -> Graph:
    """An undirected graph with the weights as `weight`.

    A node is an actor's id, or "concept: " and a concept's id; it has `name`, `mode` ("actor" or "concept"),
    `statements` (how many count) and, as an actor, `standing`, `position` and `std_error`; the last two only where
    they are known.  An edge has `statements`: the ids of those that made it.  The graph has
    the kind, normalisation and duplicates, and `since` and `until` as ISO 8601 where they were given.
    Raises NotConfigured without networkx.
    """
    try:
        import networkx
    except ImportError:
        raise NotConfigured("networkx is not installed: pip install 'winset[networks]'") from None

    days = {"since": network.since, "until": network.until}
    graph: Graph = networkx.Graph(
        kind=str(network.kind),
        normalisation=str(network.normalisation),
        duplicates=str(network.duplicates),
        **{name: day.isoformat() for name, day in days.items() if day is not None},
    )
    spoken = Counter(each.actor_id for each in network.referrals)
    for actor in network.actors:
        known = {"position": actor.position, "std_error": actor.std_error}
        graph.add_node(
            actor.id,
            name=actor.name,
            mode="actor",
            standing=actor.standing,
            statements=spoken[actor.id],
            **{name: value for name, value in known.items() if value is not None},
        )
    if network.is_two_mode:
        spoken_of = Counter(each.concept for each in network.referrals)
        for concept in network.concepts:
            graph.add_node(
                CONCEPT + concept.id,
                name=concept.label,
                mode="concept",
                statements=spoken_of[concept.id],
            )
    for edge in edges(network):
        target = CONCEPT + edge.target if network.is_two_mode else edge.target
        graph.add_edge(edge.source, target, weight=edge.weight, statements=edge.statements)
    return graph
