"""Networks for Gephi: GEXF 1.2, of a series with the times at which each tie holds and how heavy it is then.

Source: the GEXF working group, "GEXF 1.2draft"; written by networkx, which also says what it means.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any

from winset.brief.drawing import NO_XML
from winset.errors import CannotWrite
from winset.positions.networks.graphs import as_networkx
from winset.positions.networks.types import Network

GEXF = "http://www.gexf.net/1.2draft"


def gexf(networks: Sequence[Network]) -> str:
    """One network, or the networks of a series as one graph whose ties come and go, days inclusive.

    Nodes have `label`, `mode`, `standing`, `statements` and, where known, `position` and `std_error`, of the last
    network they are in; ties have `weight` (of the last), `weights` over time and the ids of their `statements`.
    What XML cannot hold in a name becomes U+FFFD.
    Raises NotConfigured without networkx, CannotWrite for networks without days among several.
    """
    graph = as_networkx(networks[-1])
    import networkx

    if len(networks) > 1:
        if any(each.since is None or each.until is None for each in networks):
            raise CannotWrite("a series in GEXF needs the days of each network: give --window and --step")
        graph = networkx.compose_all([as_networkx(each) for each in networks])  # of the same node the last says most
        graph.graph["mode"], graph.graph["timeformat"] = "dynamic", "date"
    times = _times(networks) if len(networks) > 1 else {}
    plain: networkx.Graph[str] = networkx.Graph(mode=graph.graph.get("mode", "static"))
    for node, data in graph.nodes(data=True):
        told = {name: _held(value) for name, value in data.items() if name != "name" and value is not None}
        plain.add_node(_held(node), label=_held(data["name"]), **told)
    for one, other, data in graph.edges(data=True):
        held = times.get(frozenset((one, other)), [])
        over = {"spells": [(start, end) for _, start, end in held], "weights": held} if held else {}
        words = " ".join(data["statements"])
        plain.add_edge(_held(one), _held(other), weight=data["weight"], statements=_held(words), **over)
    return _written(plain, str(graph.graph["kind"]))


def _times(networks: Sequence[Network]) -> dict[frozenset[str], list[tuple[float, str, str]]]:
    """For each tie its weights with the first and the last day on which each holds."""
    found: dict[frozenset[str], list[tuple[float, str, str]]] = {}
    for each in networks:
        for one, other, weight in as_networkx(each).edges(data="weight"):
            found.setdefault(frozenset((one, other)), []).append((float(weight), str(each.since), str(each.until)))
    return found


def _written(graph: Any, title: str) -> str:
    import networkx

    ET.register_namespace("", GEXF)
    root = ET.fromstring("\n".join(networkx.generate_gexf(graph, prettyprint=False)))  # noqa: S314 - our own
    for meta in root.iter(f"{{{GEXF}}}meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same network is the same file on every day
        for creator in meta:
            creator.text = "winset"
        ET.SubElement(meta, f"{{{GEXF}}}description").text = title
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _held(value: Any) -> Any:
    return NO_XML.sub("\ufffd", value) if isinstance(value, str) else value
