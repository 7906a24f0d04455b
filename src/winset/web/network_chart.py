"""A network as a drawing whose edges open the words behind them, and whose nodes open the actors' pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup

from winset.actors.types import Standing
from winset.brief.drawing import AGAINST, FOR, INK, SVG, element, point, text, width, wrapped
from winset.brief.wording import shown
from winset.exchange.network_picture import ASIDE, FONT, SHAPES, Place, concept_key, places
from winset.ids import DocumentId, StatementId
from winset.positions.networks.building import edges
from winset.positions.networks.kinds import Kind
from winset.positions.networks.types import Network, Participant

MOST_ACTORS = 60  # drawn, those that are joined most
MOST_EDGES = 120  # drawn and listed, the heaviest
WORDS_AT_ONCE = 12  # statements told of one edge
THIN, BROAD, HIT = 1.2, 5.0, 16.0  # of an edge, and of what can be pressed, pixels
FAINT, FULL = 0.45, 0.9  # opacity of the least and the greatest
MARGIN = 16
NAME, LINES, LINE = 150.0, 2, 15.0  # a name: pixels of a line, lines, height of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One statement behind an edge."""

    statement_id: StatementId
    document_id: DocumentId
    name: str  # of who said it
    words: str
    when: str  # "" where unknown
    against: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRow:
    """What joins two nodes, with the words behind it."""

    key: str  # fragment
    one: str
    two: str
    source: str
    target: str  # key among the places
    weight: float
    against: bool
    words: tuple[Words, ...]
    more: int  # statements that are not told

    @property
    def title(self) -> str:
        """As shown where it is pointed at."""
        return f"{self.one} and {self.two}: {self.weight:.3g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everybody stands in every network of a series."""

    whole: Network  # over all time, those who are drawn alone
    nodes: Mapping[str, Place]
    size: tuple[float, float]  # pixels
    left_out: int  # actors
    greatest: float  # weight


def layout(whole: Network) -> Layout:
    """Places for the network over all time; of many actors those that are joined most."""
    total = len(whole.actors)
    if total > MOST_ACTORS:
        strength = np.abs(whole.weights).sum(axis=1)
        whole = among(whole, {whole.actors[row].id for row in np.argsort(-strength, kind="stable")[:MOST_ACTORS]})
    nodes, size = places((whole,)) if whole.actors else ({}, (0.0, 0.0))
    return Layout(
        whole=whole,
        nodes=nodes,
        size=size,
        left_out=total - len(whole.actors),
        greatest=float(np.abs(whole.weights).max(initial=0.0)),
    )


def among(network: Network, actors: set[str] | frozenset[str]) -> Network:
    """The part of a network that joins these actors."""
    rows = [row for row, actor in enumerate(network.actors) if actor.id in actors]
    return replace(
        network,
        actors=tuple(network.actors[row] for row in rows),
        weights=network.weights[rows] if network.is_two_mode else network.weights[np.ix_(rows, rows)],
        referrals=tuple(each for each in network.referrals if each.actor_id in actors),
    )


def edge_rows(network: Network) -> tuple[tuple[EdgeRow, ...], int]:
    """The heaviest edges, heaviest first, and how many there are in all."""
    one_mode = network.weights if network.is_two_mode else np.triu(network.weights, 1)
    total = int(np.count_nonzero(one_mode))
    if total > MOST_EDGES:
        least = np.sort(np.abs(one_mode), axis=None)[-MOST_EDGES]
        network = replace(network, weights=np.where(np.abs(network.weights) >= least, network.weights, 0.0))
    said = {each.statement_id: each for each in network.referrals}
    names: dict[str, str] = {str(actor.id): shown(actor.name) for actor in network.actors}
    labels = {concept.id: concept.label for concept in network.concepts} if network.is_two_mode else names
    found = sorted(edges(network), key=lambda edge: (-abs(edge.weight), names[edge.source], labels[edge.target]))
    rows = []
    for number, edge in enumerate(found[:MOST_EDGES], start=1):
        told = [said[id] for id in edge.statements[:WORDS_AT_ONCE]]
        rows.append(
            EdgeRow(
                key=f"edge-{number}",
                one=names[edge.source],
                two=labels[edge.target],
                source=edge.source,
                target=concept_key(edge.target) if network.is_two_mode else edge.target,
                weight=edge.weight,
                against=network.kind is Kind.CONFLICT or edge.weight < 0,
                words=tuple(
                    Words(
                        statement_id=each.statement_id,
                        document_id=each.document_id,
                        name=names[each.actor_id],
                        words=each.words,
                        when=each.on.in_words if each.on else "",
                        against=each.level < 0,
                    )
                    for each in told
                ),
                more=len(edge.statements) - len(told),
            )
        )
    return tuple(rows), total


def network_svg(
    network: Network, rows: Sequence[EdgeRow], within: Layout, *, to_actor: Callable[[str], str], label: str
) -> Markup:
    """The drawing, a link on each edge and node; the table beside it has the same in words."""
    left, right = _reach(within)
    box = f"{left - MARGIN:.0f} {-MARGIN} {right - left + 2 * MARGIN:.0f} {within.size[1] + 2 * MARGIN:.0f}"
    root = element("svg", xmlns=SVG, viewBox=box, role="group", aria_label=label)
    root.set("class", "network")
    for row in reversed(rows):
        root.append(_edge(row, within))
    here = {actor.id for actor in network.actors}
    for actor in within.whole.actors:
        link = _actor(actor, within.nodes[actor.id], to_actor(actor.id), silent=actor.id not in here)
        root.append(link)
    if network.is_two_mode:
        root.extend(_concepts(within))
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - made as a tree, so every word is escaped


def _edge(row: EdgeRow, within: Layout) -> ET.Element:
    one, two = within.nodes[row.source], within.nodes[row.target]
    share = min(1.0, abs(row.weight) / within.greatest)
    link = element("a", href=f"#{row.key}", tabindex="-1", aria_label=row.title)  # the list below has the same links
    link.set("class", "edge")
    link.append(element("title", row.title))
    link.append(element("line", x1=one.x, y1=one.y, x2=two.x, y2=two.y, stroke="transparent", stroke_width=HIT))
    dashes = {"stroke_dasharray": "5,4"} if row.against else {}
    link.append(
        element(
            "line",
            x1=one.x,
            y1=one.y,
            x2=two.x,
            y2=two.y,
            stroke=AGAINST if row.against else FOR,
            stroke_width=THIN + (BROAD - THIN) * share,
            stroke_opacity=f"{FAINT + (FULL - FAINT) * share:.2f}",
            **dashes,
        )
    )
    return link


def _reach(within: Layout) -> tuple[float, float]:
    """From where to where names and nodes reach."""
    names = {str(actor.id): _label(actor) for actor in within.whole.actors}
    names |= {concept_key(concept.id): concept.label for concept in within.whole.concepts}
    found = [0.0]
    for key, place in within.nodes.items():
        long = max(width(line, FONT) for line in _lines(names[key]))
        found += [place.x, place.x + place.side * (ASIDE + long)]
    return min(found[1:], default=0.0), max(found[1:], default=0.0)


def _actor(actor: Participant, place: Place, href: str, *, silent: bool) -> ET.Element:
    """silent: it says nothing in this time."""
    name = _label(actor)
    link = element("a", href=href, aria_label=f"{name}{', says nothing in this time' if silent else ''}")
    link.set("class", "node silent" if silent else "node")
    link.append(element("title", name))
    link.append(point(place.x, place.y, shape=SHAPES.get(Standing(actor.standing), "square"), color=INK))
    link.extend(_name(name, place))
    return link


def _concepts(within: Layout) -> Iterator[ET.Element]:
    for concept in within.whole.concepts:
        place = within.nodes[concept_key(concept.id)]
        group = element("g")
        group.append(element("title", concept.label))
        group.append(point(place.x, place.y, shape="square", color=INK))
        group.extend(_name(concept.label, place))
        yield group


def _label(actor: Participant) -> str:
    name = shown(actor.name)
    return name if actor.position is None else f"{name} ({actor.position:.0f})"


def _lines(name: str) -> tuple[str, ...]:
    return wrapped(" ".join(name.split()), to=NAME, font=FONT, lines=LINES)


def _name(name: str, place: Place) -> Iterator[ET.Element]:
    anchor, lines = "start" if place.side > 0 else "end", _lines(name)
    for number, line in enumerate(lines):
        y = place.y + LINE * (number - (len(lines) - 1) / 2)
        yield text(line, place.x + ASIDE * place.side, y, font=FONT, anchor=anchor)
