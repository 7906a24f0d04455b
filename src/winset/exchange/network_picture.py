"""Networks as SVG: actors on a ring, beside one another who stand together; or actors at the left, concepts right."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from winset.actors.types import Standing
from winset.brief.drawing import AGAINST, FOR, INK, MUTED, RADIUS, SVG, element, point, text, width, wrapped
from winset.ids import ActorId
from winset.positions.networks.building import edges
from winset.positions.networks.camps import communities
from winset.positions.networks.kinds import Kind
from winset.positions.networks.types import Edge, Network, Participant

SHAPES = {Standing.MEMBER: "circle", Standing.COMMENTATOR: "diamond", Standing.MEDIUM: "diamond"}
FONT, ROW = 13, 20  # pixels: letters; from one name to the next
NAMES = 330  # pixels for a name at most
ASIDE = 12  # pixels from a node to its name
ACROSS = 320  # pixels between actors and concepts
SMALLEST = 110  # radius of a ring, pixels
MARGIN, HEAD, LINE = 14, 28, 18
THIN, BROAD = 1.0, 4.5  # of an edge, pixels
FAINT, FULL = 0.35, 0.85  # opacity of the least and the greatest
CROWD = 80  # edges from which on they get thinner and fainter
QUOTED, LONGEST = 3, 110  # statements and letters of each that an edge tells where it is pointed at


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a node is drawn, and on which side its name stands: -1 left, 1 right."""

    x: float
    y: float
    side: int


def picture(networks: Sequence[Network]) -> str:
    """All networks of a series below one another as one SVG; an actor has the same place in each.

    The same networks give the same bytes.  Colours are told apart by who sees no red or green, and dashes repeat
    them; an edge tells its weight and the first words behind it where a program shows titles.
    Not empty; all of one kind.
    """
    first = networks[0]
    nodes, size = places(networks)
    greatest = max((float(np.abs(network.weights).max(initial=0)) for network in networks), default=0.0)
    legend = tuple(_legend(networks, greatest))
    broad = max([size[0], *(width(line, FONT) for line in (*legend, *map(_heading, networks)))]) + 2 * MARGIN
    tall = len(networks) * (size[1] + HEAD) + ROW / 2 + len(legend) * LINE + 2 * MARGIN
    root = element("svg", xmlns=SVG, viewBox=f"0 0 {broad:.0f} {tall:.0f}", width=broad, height=tall)
    root.attrib |= {"font-family": "system-ui, sans-serif", "role": "img", "aria-labelledby": "title desc"}
    root.append(element("title", _title(first), id="title"))
    root.append(element("desc", " ".join(_description(networks)), id="desc"))
    root.append(element("rect", x=0, y=0, width=broad, height=tall, fill="#ffffff"))
    top = float(MARGIN)
    for network in networks:
        root.append(text(_heading(network), MARGIN, top + HEAD / 2, font=FONT, bold=True))
        panel = element("g", transform=f"translate({MARGIN},{top + HEAD:.1f})")
        panel.extend(_panel(network, nodes, greatest))
        root.append(panel)
        top += size[1] + HEAD
    root.extend(
        text(line, MARGIN, top + ROW / 2 + LINE * (n + 0.5), font=FONT, color=MUTED) for n, line in enumerate(legend)
    )
    return ET.tostring(root, encoding="unicode") + "\n"


def places(networks: Sequence[Network]) -> tuple[dict[str, Place], tuple[float, float]]:
    """Where each node of a series is drawn, the same in each network, and width and height of all, in pixels.

    An actor has its id as key, a concept `concept_key` of its id.  Not empty; all of one kind.
    """
    return _columns(networks) if networks[0].is_two_mode else _ring(networks)


def _ring(networks: Sequence[Network]) -> tuple[dict[str, Place], tuple[float, float]]:
    """A place for each actor of any of them on one ring, names outside, each on a line of its own; and the size."""
    slots = _slots(networks)
    right = slots[: (len(slots) + 1) // 2]
    left = slots[len(right) :][::-1]  # so that the last is beside the first
    radius = max(SMALLEST, ROW * len(right) / 2)
    names = {str(actor.id): _label(actor) for network in networks for actor in network.actors}
    room = {side: _room(names[actor] for actor in column if actor) for side, column in ((1, right), (-1, left))}
    middle_x, middle_y = room[-1] + radius, radius + ROW / 2
    found: dict[str, Place] = {}
    for side, column in ((1, right), (-1, left)):
        for number, actor in enumerate(column):
            up = 2 * radius / len(column) * (number - (len(column) - 1) / 2)
            if actor is not None:
                out = math.sqrt(radius**2 - up**2)
                found[actor] = Place(x=middle_x + side * out, y=middle_y + up, side=side)
    return found, (room[-1] + 2 * radius + room[1], 2 * radius + ROW)


def _label(actor: Participant) -> str:
    return actor.name if actor.position is None else f"{actor.name} ({actor.position:.0f})"


def _room(names: Iterable[str]) -> float:
    """Pixels at one side, for the longest name and what stands between it and its node."""
    return min(NAMES, max((width(name, FONT) for name in names), default=0.0)) + ASIDE + RADIUS


def _slots(networks: Sequence[Network]) -> list[ActorId | None]:
    """The actors in the order of the ring: by camp, in it by position, then by name; None between two camps."""
    actors = {actor.id: actor for network in networks for actor in network.actors}
    ids = list(actors)
    row = {id: number for number, id in enumerate(ids)}
    weights = np.zeros((len(ids), len(ids)))
    for network in networks:
        at = [row[actor.id] for actor in network.actors]
        weights[np.ix_(at, at)] += np.maximum(network.weights, 0)
    agrees = networks[0].kind is not Kind.CONFLICT
    groups = communities(weights) if agrees else [list(range(len(ids)))]
    alone = [group[0] for group in groups if len(group) == 1]  # who agrees with nobody stands with its like
    camps = [[ids[n] for n in group] for group in (*(group for group in groups if len(group) > 1), alone) if group]
    for camp in camps:
        camp.sort(key=lambda id: _by_position(actors[id]))
    camps.sort(key=lambda camp: _by_position(actors[camp[len(camp) // 2]]))
    slots: list[ActorId | None] = []
    for camp in camps:
        slots += [*([None] if slots else []), *camp]
    return [*slots, None] if len(camps) > 1 else slots


def _by_position(actor: Participant) -> tuple[bool, float, str, str]:
    return (actor.position is None, actor.position or 0.0, actor.name, actor.id)


def _columns(networks: Sequence[Network]) -> tuple[dict[str, Place], tuple[float, float]]:
    """Actors below one another by position, concepts at their right in the order of their scale; and the size."""
    actors = sorted({actor.id: actor for network in networks for actor in network.actors}.values(), key=_by_position)
    concepts = {concept.id: concept.label for network in networks for concept in network.concepts}
    tall = ROW * max(len(actors), len(concepts), 1)
    left, right = _room(map(_label, actors)), _room(concepts.values())
    columns = ((-1, [str(actor.id) for actor in actors]), (1, [concept_key(concept) for concept in concepts]))
    found = {}
    for side, column in columns:
        for number, key in enumerate(column):
            x = left + (ACROSS if side > 0 else 0)
            found[key] = Place(x=x, y=tall * (number + 0.5) / len(column), side=side)
    return found, (left + ACROSS + right, tall)


def concept_key(concept: str) -> str:
    """Of a concept among the places: its id may be an actor's too."""
    return f"concept {concept}"


def _panel(network: Network, nodes: Mapping[str, Place], greatest: float) -> Iterator[ET.Element]:
    """Edges, thin ones below, then nodes with their names."""
    words: dict[str, str] = {each.statement_id: each.words for each in network.referrals}
    names = {str(actor.id): actor.name for actor in network.actors}
    names |= {concept_key(concept.id): concept.label for concept in network.concepts}
    drawn_edges = sorted(edges(network), key=lambda edge: abs(edge.weight))
    room = min(1.0, math.sqrt(CROWD / max(1, len(drawn_edges))))
    for edge in drawn_edges:
        target = concept_key(edge.target) if network.is_two_mode else edge.target
        drawn = _line(network, edge.weight, nodes[edge.source], nodes[target], (greatest, room))
        told = f"{names[edge.source]} and {names[target]}: {edge.weight:.3g}{_behind(edge, words)}"
        drawn.append(element("title", told))
        yield drawn
    for actor in network.actors:
        shape = SHAPES.get(Standing(actor.standing), "square")
        yield _node(nodes[actor.id], _label(actor), shape)
    if network.is_two_mode:
        for concept in network.concepts:
            yield _node(nodes[concept_key(concept.id)], concept.label, "square")


def _line(network: Network, weight: float, one: Place, two: Place, among: tuple[float, float]) -> ET.Element:
    """among: the greatest weight of all, and from 1 down to 0 how much room there is: many lines are faint."""
    greatest, room = among
    against = network.kind is Kind.CONFLICT or weight < 0
    share = abs(weight) / greatest
    dashes = {"stroke_dasharray": "5,4"} if against else {}
    return element(
        "line",
        x1=one.x,
        y1=one.y,
        x2=two.x,
        y2=two.y,
        stroke=AGAINST if against else FOR,
        stroke_width=THIN + (BROAD - THIN) * share * room,
        stroke_opacity=f"{room * (FAINT + (FULL - FAINT) * share):.2f}",
        **dashes,
    )


def _behind(edge: Edge, words: Mapping[str, str]) -> str:
    """The first words that made an edge."""
    quoted = []
    for id in edge.statements[:QUOTED]:
        said = " ".join(words[id].split())
        quoted.append(f"“{said[:LONGEST]}{'…' if len(said) > LONGEST else ''}”")
    more = len(edge.statements) - len(quoted)
    return "".join(f"\n{line}" for line in quoted) + (f"\nand {more} more" if more else "")


def _node(place: Place, name: str, shape: str) -> ET.Element:
    group = element("g")
    group.append(element("title", name))
    group.append(point(place.x, place.y, shape=shape, color=INK))
    (line,) = wrapped(" ".join(name.split()), to=NAMES, font=FONT, lines=1)
    anchor = "start" if place.side > 0 else "end"
    group.append(text(line, place.x + ASIDE * place.side, place.y, font=FONT, anchor=anchor))
    return group


def _title(network: Network) -> str:
    what = {
        Kind.CONGRUENCE: "Who agrees with whom",
        Kind.CONFLICT: "Who contradicts whom",
        Kind.SUBTRACT: "Who agrees with whom, less who contradicts whom",
        Kind.TWO_MODE: "Who is for or against what",
    }
    return what[network.kind]


def _heading(network: Network) -> str:
    days = [f"{word} {day.isoformat()}" for word, day in (("from", network.since), ("to", network.until)) if day]
    return " ".join([_title(network), *days])


def _legend(networks: Sequence[Network], greatest: float) -> Iterator[str]:
    kind = networks[0].kind
    agree = {Kind.TWO_MODE: "for", Kind.CONFLICT: ""}.get(kind, "agree")
    contradict = {Kind.TWO_MODE: "against", Kind.CONGRUENCE: ""}.get(kind, "contradict")
    lines = [f"solid blue: {agree}"] * bool(agree) + [f"dashed orange: {contradict}"] * bool(contradict)
    settings = f"normalised: {networks[0].normalisation}, duplicates: {networks[0].duplicates}"
    yield f"{'; '.join(lines)}; broadest line: {greatest:.3g} ({settings})"
    if any(Standing(actor.standing) is not Standing.UNKNOWN for network in networks for actor in network.actors):
        numbers = any(actor.position is not None for network in networks for actor in network.actors)
        position = "; in brackets: position, 0 to 100" if numbers else ""
        yield f"circle: member; diamond: commentator or medium; square: any other{position}"


def _description(networks: Sequence[Network]) -> Iterator[str]:
    """What the picture shows, for who does not see it."""
    for network in networks:
        drawn = sum(1 for _ in np.argwhere(network.weights if network.is_two_mode else np.triu(network.weights, 1)))
        yield f"{_heading(network)}: {len(network.actors)} actors, {len(network.concepts)} concepts, {drawn} edges."
