"""Networks for other programs: GraphML, an edge list as CSV, JSON with the words behind every edge."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from winset.brief.drawing import NO_XML
from winset.positions.networks.building import edges
from winset.positions.networks.camps import camps
from winset.positions.networks.kinds import Kind
from winset.positions.networks.types import Network

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
KEYS = {  # what a node, an edge and the graph tell, with its GraphML type
    "node": {
        "id": "string",
        "name": "string",
        "mode": "string",
        "standing": "string",
        "position": "double",
        "std_error": "double",
        "statements": "int",
        "camp": "int",
    },
    "edge": {"weight": "double", "statements": "string"},
    "graph": {
        "kind": "string",
        "normalisation": "string",
        "duplicates": "string",
        "since": "string",
        "until": "string",
    },
}
COLUMNS = ("since", "until", "source", "source_name", "target", "target_name", "weight", "statements")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


def graphml(network: Network) -> str:
    """One network as GraphML; statement ids are joined by spaces, what is not known is left out.

    What XML cannot hold in a name becomes U+FFFD.
    Source: the GraphML specification, graphml.graphdrawing.org.
    """
    root = ET.Element("graphml", xmlns=GRAPHML)
    for domain, keys in KEYS.items():
        for name, kind in keys.items():
            ET.SubElement(root, "key", {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", id="network", edgedefault="undirected")
    _tell(graph, "graph", _settings(network))
    places: dict[tuple[str, str], str] = {}
    for number, values in enumerate((*_actors(network), *_concepts(network))):
        place = places[values["mode"], values["id"]] = f"n{number}"
        _tell(ET.SubElement(graph, "node", id=place), "node", values)
    other = "concept" if network.is_two_mode else "actor"
    for edge in edges(network):
        ends = {"source": places["actor", edge.source], "target": places[other, edge.target]}
        values = {"weight": edge.weight, "statements": " ".join(edge.statements)}
        _tell(ET.SubElement(graph, "edge", ends), "edge", values)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _tell(element: ET.Element, domain: str, values: dict[str, Any]) -> None:
    for name in KEYS[domain]:
        if values.get(name) is not None:
            told = ET.SubElement(element, "data", key=f"{domain}-{name}")
            told.text = NO_XML.sub("\ufffd", str(values[name]))


def edge_list(networks: Sequence[Network]) -> str:
    """One row for each edge of each network, with a heading; statement ids are joined by spaces.

    An apostrophe stands before a name that a spreadsheet would take for a formula.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for network in networks:
        days = [day.isoformat() if day else "" for day in (network.since, network.until)]
        actors = {str(actor.id): actor.name for actor in network.actors}
        others = {concept.id: concept.label for concept in network.concepts} if network.is_two_mode else actors
        for edge in edges(network):
            names = (edge.source, actors[edge.source], edge.target, others[edge.target])
            writer.writerow([*days, *map(_inert, names), f"{edge.weight:.6g}", " ".join(edge.statements)])
    return stream.getvalue()


def _inert(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA) else words


def as_dict(networks: Sequence[Network]) -> dict[str, Any]:
    """All networks as plain values, with every referral that any of them counts.  Not empty; all of one kind."""
    first = networks[0]
    counted = dict.fromkeys(each for network in networks for each in network.referrals)
    return {
        **{name: value for name, value in _settings(first).items() if name not in {"since", "until"}},
        "scale": list(first.scale),
        "networks": [_network(network) for network in networks],
        "referrals": [
            {
                "statement": each.statement_id,
                "actor": each.actor_id,
                "concept": each.concept,
                "level": each.level,
                "on": str(each.on) if each.on else None,
                "document": each.document_id,
                "origin": each.origin or None,
                "words": each.words,
            }
            for each in counted
        ],
    }


def _network(network: Network) -> dict[str, Any]:
    days = _settings(network)
    return {
        "since": days["since"],
        "until": days["until"],
        "actors": [{name: value for name, value in each.items() if name != "mode"} for each in _actors(network)],
        "concepts": [
            {"id": concept.id, "label": concept.label, "statements": count}
            for concept, count in zip(network.concepts, _spoken_of(network), strict=True)
        ],
        "edges": [
            {"source": edge.source, "target": edge.target, "weight": edge.weight, "statements": list(edge.statements)}
            for edge in edges(network)
        ],
    }


def _settings(network: Network) -> dict[str, Any]:
    return {
        "kind": network.kind.value,
        "normalisation": network.normalisation.value,
        "duplicates": network.duplicates.value,
        "since": network.since.isoformat() if network.since else None,
        "until": network.until.isoformat() if network.until else None,
    }


def _actors(network: Network) -> Iterator[dict[str, Any]]:
    spoken = Counter(each.actor_id for each in network.referrals)
    groups = camps(network) if network.kind in {Kind.CONGRUENCE, Kind.SUBTRACT} else ()
    camp = {actor: number for number, group in enumerate(groups, start=1) for actor in group}
    for actor in network.actors:
        yield {
            "id": str(actor.id),
            "name": actor.name,
            "mode": "actor",
            "standing": actor.standing,
            "position": actor.position,
            "std_error": actor.std_error,
            "statements": spoken[actor.id],
            "camp": camp.get(actor.id),
        }


def _concepts(network: Network) -> Iterator[dict[str, Any]]:
    """Those that are nodes: none in a network of actors."""
    if network.is_two_mode:
        for concept, count in zip(network.concepts, _spoken_of(network), strict=True):
            yield {"id": concept.id, "name": concept.label, "mode": "concept", "statements": count}


def _spoken_of(network: Network) -> list[int]:
    found = Counter(each.concept for each in network.referrals)
    return [found[concept.id] for concept in network.concepts]
