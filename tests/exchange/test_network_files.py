"""Networks as GraphML, CSV, JSON and SVG."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from tests.positions.networks.made import discourse, referral

from winset.exchange.network_files import GRAPHML, as_dict, edge_list, graphml
from winset.exchange.network_gexf import gexf
from winset.exchange.network_picture import picture
from winset.ids import ActorId
from winset.positions.networks.building import edges, network
from winset.positions.networks.graphs import as_networkx
from winset.positions.networks.kinds import Duplicates, Kind, Normalisation
from winset.positions.networks.types import Discourse, Network

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '=HYPERLINK("x") <b>&\x00\x1b "quoted"\u202e'


@pytest.fixture
def said() -> Discourse:
    """Three for, one against, one of them with a name that nobody should trust."""
    made = discourse(
        [
            *(referral(actor, "a", 1, on="2024-03-01") for actor in "uvw"),
            referral("x", "a", -1, on="2024-03-20"),
            referral("x", "b", -1, on="2024-03-21"),
            referral("u", "b", -1, on="2024-03-22"),
        ]
    )
    known = {
        "u": {"name": HOSTILE},
        "v": {"position": 80.0, "std_error": 10.0, "standing": "member"},
        "w": {"standing": "commentator"},
    }
    return replace(made, actors=tuple(replace(actor, **known.get(actor.id, {})) for actor in made.actors))  # type: ignore[arg-type]


def each_kind(said: Discourse) -> list[Network]:
    return [network(said, kind=kind) for kind in Kind]


def test_graphml_is_read_by_networkx_as_the_graph_it_would_have_been_given(said: Discourse) -> None:
    networkx = pytest.importorskip("networkx", reason="GraphML was not read back: networkx is not here")
    for made in each_kind(said):
        back = networkx.parse_graphml(graphml(made))
        names = {node: values["id"] for node, values in back.nodes(data=True)}
        ours = as_networkx(made)
        assert sorted(names.values()) == sorted(node.removeprefix("concept: ") for node in ours.nodes)
        weights = {frozenset((names[a], names[b])): weight for a, b, weight in back.edges(data="weight")}
        assert weights == {
            frozenset((a, b.removeprefix("concept: "))): weight for a, b, weight in ours.edges(data="weight")
        }
        assert back.graph["kind"] == made.kind


def test_gexf_is_read_by_networkx_as_the_graph_it_was_given(said: Discourse) -> None:
    networkx = pytest.importorskip("networkx", reason="GEXF was not read back: networkx is not here")
    for made in each_kind(said):
        back, ours = networkx.read_gexf(io.BytesIO(gexf([made]).encode())), as_networkx(made)
        assert sorted(back.nodes) == sorted(ours.nodes)
        assert {frozenset(pair): weight for *pair, weight in back.edges(data="weight")} == {
            frozenset(pair): weight for *pair, weight in ours.edges(data="weight")
        }
        assert "\x1b" not in gexf([made])
        assert gexf([made]) == gexf([made])


def test_gexf_of_a_series_tells_when_each_tie_holds(said: Discourse) -> None:
    networkx = pytest.importorskip("networkx", reason="GEXF was not read back: networkx is not here")
    days = [(date(2024, 3, 1), date(2024, 3, 15)), (date(2024, 3, 16), date(2024, 3, 31))]
    series = [network(said, kind=Kind.TWO_MODE, since=since, until=until) for since, until in days]
    root = ET.fromstring(gexf(series))  # noqa: S314 - our own
    space = "{http://www.gexf.net/1.2draft}"
    (graph,) = root.iter(f"{space}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    spells = {
        (edge.get("source"), edge.get("target")): [
            (each.get("start"), each.get("end")) for each in edge.iter(f"{space}spell")
        ]
        for edge in root.iter(f"{space}edge")
    }
    assert spells["v", "concept: a"] == [("2024-03-01", "2024-03-15")]
    assert spells["x", "concept: b"] == [("2024-03-16", "2024-03-31")]
    assert networkx.read_gexf(io.BytesIO(gexf(series).encode())).number_of_nodes() == 6


def test_graphml_tells_only_what_is_known(said: Discourse) -> None:
    root = ET.fromstring(graphml(network(said, until=date(2024, 3, 21))))  # noqa: S314 - our own
    space = {"g": GRAPHML}
    told = [
        {data.get("key", ""): data.text for data in node.findall("g:data", space)}
        for node in root.findall("g:graph/g:node", space)
    ]
    (placed,) = [values for values in told if "node-position" in values]
    assert (placed["node-id"], placed["node-position"], placed["node-standing"]) == ("v", "80.0", "member")
    assert {values["node-camp"] for values in told} == {"1", "2"}
    days = {data.get("key"): data.text for data in root.findall("g:graph/g:data", space)}
    assert days["graph-until"] == "2024-03-21"
    assert "graph-since" not in days
    declared = {key.get("id") for key in root.findall("g:key", space)}
    assert {data.get("key") for data in root.iter(f"{{{GRAPHML}}}data")} <= declared


def test_an_edge_list_has_a_row_for_each_edge_and_no_formula(said: Discourse) -> None:
    series = [network(said, kind=Kind.SUBTRACT, until=day) for day in (date(2024, 3, 2), date(2024, 3, 31))]
    rows = list(csv.DictReader(io.StringIO(edge_list(series))))
    assert len(rows) == sum(len(list(edges(made))) for made in series)
    assert {row["until"] for row in rows} == {"2024-03-02", "2024-03-31"}
    assert {row["since"] for row in rows} == {""}
    assert all(not row[name].startswith("=") for row in rows for name in ("source_name", "target_name"))
    first = rows[0]
    assert [first["source"], first["target"], first["weight"], first["statements"]] == [
        "u",
        "v",
        "1",
        "u-a-1-0 v-a-1-0",
    ]


def test_json_opens_every_edge_onto_its_words(said: Discourse) -> None:
    for made in each_kind(said):
        told = json.loads(json.dumps(as_dict([made])))
        words = {row["statement"]: row["words"] for row in told["referrals"]}
        (only,) = told["networks"]
        assert only["edges"]
        for edge in only["edges"]:
            assert all(words[id].startswith("what ") for id in edge["statements"])
        nodes = {actor["id"] for actor in only["actors"]}
        concepts = {concept["id"] for concept in only["concepts"]}
        assert all(edge["source"] in nodes for edge in only["edges"])
        assert all(edge["target"] in (concepts if made.is_two_mode else nodes) for edge in only["edges"])
        assert told["kind"] == made.kind


def shown(svg: str) -> tuple[list[str], list[str], list[dict[str, str]]]:
    """Names beside the nodes, everything that a pointer is told, and the edges."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    groups = root.findall(f"{SVG}g")
    names = [text.text or "" for group in groups for text in group.iter(f"{SVG}text")]
    titles = [title.text or "" for group in groups for title in group.iter(f"{SVG}title")]
    return names, titles, [line.attrib for group in groups for line in group.iter(f"{SVG}line")]


def test_a_picture_shows_every_node_and_edge(said: Discourse) -> None:
    for made in each_kind(said):
        names, titles, lines = shown(picture([made]))
        assert len(lines) == len(list(edges(made)))
        assert "V (80)" in names
        assert sum("what " in title for title in titles) == len(lines)  # each edge tells the words behind it
        assert ("the a" in names) is made.is_two_mode


def test_agreeing_and_contradicting_differ_by_colour_and_by_dashes(said: Discourse) -> None:
    _, _, lines = shown(picture([network(said, kind=Kind.SUBTRACT)]))
    looks = {(line["stroke"], line.get("stroke-dasharray")) for line in lines}
    assert looks == {("#1666a8", None), ("#b4560b", "5,4")}
    _, _, lines = shown(picture([network(said, kind=Kind.CONFLICT)]))
    assert {line["stroke"] for line in lines} == {"#b4560b"}


def test_the_same_networks_give_the_same_picture(said: Discourse) -> None:
    assert picture(each_kind(said)[:1]) == picture(each_kind(said)[:1])


def test_an_actor_stands_at_one_place_throughout_a_series(said: Discourse) -> None:
    series = [network(said, kind=Kind.SUBTRACT, until=day) for day in (date(2024, 3, 2), date(2024, 3, 31))]
    root = ET.fromstring(picture(series))  # noqa: S314 - our own
    panels: list[dict[str, tuple[str, str]]] = [
        {text.text or "": (text.attrib["x"], text.attrib["y"]) for text in panel.iter(f"{SVG}text")}
        for panel in root.findall(f"{SVG}g")
    ]
    assert len(panels) == 2
    both = panels[0].keys() & panels[1].keys()
    assert len(both) == 3
    assert all(panels[0][name] == panels[1][name] for name in both)


def names_at(svg: str) -> Sequence[tuple[float, float]]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return [
        (float(text.attrib["x"]), float(text.attrib["y"]))
        for panel in root.findall(f"{SVG}g")
        for text in panel.iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("kind", [Kind.CONGRUENCE, Kind.TWO_MODE])
@pytest.mark.parametrize("number", [1, 2, 3, 60, 151])
def test_no_two_names_stand_on_one_another(number: int, kind: Kind) -> None:
    many = discourse(referral(f"actor {n}", "a", 1 if n % 3 else -1) for n in range(number))
    svg = picture([network(many, kind=kind)])
    root = ET.fromstring(svg)  # noqa: S314 - our own
    tall = float(root.attrib["viewBox"].split()[3])
    for side in (0, 1):
        middle = float(root.attrib["viewBox"].split()[2]) / 2
        heights = sorted(y for x, y in names_at(svg) if (x > middle) is bool(side))
        assert all(below - above >= 19 for above, below in pairwise(heights))
        assert all(0 < y < tall for y in heights)


def test_a_network_without_edges_is_drawn() -> None:
    alone = network(discourse([referral("i", "a", 1)]), kind=Kind.CONFLICT, normalisation=Normalisation.JACCARD)
    names, _, lines = shown(picture([alone]))
    assert (names, lines) == (["I"], [])
    assert shown(picture([network(discourse([]))])) == ([], [], [])


def test_what_a_name_says_stays_a_name(said: Discourse) -> None:
    for svg in (picture([network(said)]), graphml(network(said))):
        root = ET.fromstring(svg)  # noqa: S314 - our own
        assert not list(root.iter("b"))
        assert any("<b>&" in (element.text or "") for element in root.iter())


def test_everything_is_told_of_actors_with_the_id_of_a_concept() -> None:
    same = discourse([referral("a", "a", 1), referral("b", "a", -1)])
    made = network(same, kind=Kind.TWO_MODE, duplicates=Duplicates.INCLUDE)
    assert [edge.source for edge in edges(made)] == [ActorId("a"), ActorId("b")]
    root = ET.fromstring(graphml(made))  # noqa: S314 - our own
    assert len(root.findall(f"{{{GRAPHML}}}graph/{{{GRAPHML}}}node")) == 3
    assert len(shown(picture([made]))[0]) == 3
