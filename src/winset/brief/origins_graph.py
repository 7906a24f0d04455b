"""The graph of origins: documents at the left, what they lean on at the right, and arrows from one to the other.

wanted = drawn(documents, lineage, shared)     what is drawn, and what is left out
origins_svg(wanted, WIDE)                      as SVG that the page's CSS colours
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from winset.brief.drawing import INK, LINE, MUTED, PAPER, SVG, WARN, element, text, wrapped
from winset.brief.wording import count, day, listing
from winset.corpus.types import Document
from winset.ids import DocumentId
from winset.sourcing.types import Arrow, CreditKind, Lineage, SharedClaim, Work

DOCUMENTS, WORKS = 25, 14  # at most so many are drawn
LINE_HEIGHT, SUB_HEIGHT, GAP = 15, 14, 12  # pixels: of a name's line, of the line below it, between two names
TOP = 24  # above the first name: the heads of both columns
SMALL, LARGE = 3.5, 7.0  # radius of a source that one document leans on, and of one where many meet
HEAD = 7  # length of an arrow's head, pixels
NAME_LINES = 3
CROWD = 60  # arrows from which on each is thinner and fainter
MEETING = 2  # documents from which on they are said to meet
DASHES = {"copies": "6,3", "retells": "1.5,3"}
HOW = {"credits": "credits", "copies": "copies", "retells": "retells in the same words"}
TOLD = 12  # arrows and meeting points told in words to who does not see the picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One rendition, in pixels: the two columns of names, and what lies between them."""

    key: str
    left: int
    between: int
    right: int
    font: int

    @property
    def total(self) -> int:
        """From edge to edge."""
        return self.left + self.between + self.right


WIDE = Size(key="wide", left=262, between=190, right=302, font=13)
NARROW = Size(key="narrow", left=126, between=92, right=140, font=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A work at the right."""

    key: str
    name: str
    documents: int  # that lean on it
    alone: int  # shared claims with no other origin

    @property
    def below(self) -> str:
        """What is written below its name."""
        words = [count(self.documents, "document")] if self.documents >= MEETING else []
        if self.alone:
            words.append(f"only origin of {count(self.alone, 'claim')}")
        return " · ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A document at the left."""

    id: DocumentId
    title: str
    publisher: str
    published: str  # as shown

    def below(self, size: Size) -> str:
        """What is written below its title: where there is little room, the date alone."""
        parts = (self.publisher, self.published) if size is WIDE or not self.published else (self.published,)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a graph shows: documents, sources, and arrows between these alone."""

    documents: tuple[Leaf, ...]
    sources: tuple[Source, ...]
    arrows: tuple[Arrow, ...]
    rings: tuple[tuple[DocumentId, ...], ...]
    all_documents: int
    all_sources: int

    @property
    def names(self) -> dict[str, str]:
        """Of all that an arrow may lead from or to, by key."""
        documents = {f"document:{each.id}": each.title for each in self.documents}
        return documents | {source.key: source.name for source in self.sources}

    @property
    def left_out(self) -> str:
        """A sentence on what is not drawn; "" where everything is."""
        parts = [
            f"{here:,} of {count_of(there, thing)}"
            for here, there, thing in (
                (len(self.documents), self.all_documents, "document"),
                (len(self.sources), self.all_sources, "source"),
            )
            if here < there
        ]
        return f"Drawn: {listing(parts)}, those that carry most; the table below has all." if parts else ""


def count_of(number: int, thing: str) -> str:
    """A number with thousands told apart.

    >>> count_of(1200, "source")
    '1,200 sources'
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def drawn(documents: Sequence[Document], lineage: Lineage, shared: Iterable[SharedClaim] = ()) -> Drawn:
    """What to draw: sources where documents meet, then those that carry most; the documents that lean on them."""
    alone = Counter(claim.origins[0] for claim in shared if len(claim.origins) == 1)
    inside = {f"document:{document.id}": document.id for document in documents}
    outside = [work for work in lineage.works if work.key not in inside]
    ranked = sorted((work for work in outside if _worth_drawing(work, alone)), key=lambda work: _rank(work, alone))
    kept = {work.key: work for work in ranked[:WORKS]}
    arrows = [arrow for arrow in lineage.arrows if arrow.to in kept or arrow.to in inside]
    ends = Counter(arrow.document_id for arrow in arrows)
    ends.update(inside[arrow.to] for arrow in arrows if arrow.to in inside)
    order = {document.id: number for number, document in enumerate(documents)}
    shown = sorted(documents, key=lambda document: (-ends[document.id], order[document.id]))[:DOCUMENTS]
    shown.sort(
        key=lambda document: (document.published.earliest if document.published else date.max, order[document.id])
    )
    here = {document.id for document in shown}
    arrows = [each for each in arrows if each.document_id in here and inside.get(each.to, each.document_id) in here]
    place = {document.id: number for number, document in enumerate(shown)}
    return Drawn(
        documents=tuple(_leaf(each) for each in shown),
        sources=tuple(
            Source(key=key, name=work.name, documents=len(work.document_ids), alone=alone[key])
            for key, work in sorted(kept.items(), key=lambda entry: _height(entry[1], place))
            if any(arrow.to == key for arrow in arrows)
        ),
        arrows=tuple(arrows),
        rings=tuple(ring for ring in lineage.cycles if here.issuperset(ring)),
        all_documents=len(documents),
        all_sources=sum(work.kind != CreditKind.PERSON or work.key in kept for work in outside),
    )


def _rank(work: Work, alone: Mapping[str, int]) -> tuple[object, ...]:
    statements = {id for credit in work.credits for id in credit.statement_ids}
    return -len(work.document_ids), -alone.get(work.key, 0), -len(statements), work.name, work.key


def _worth_drawing(work: Work, alone: Mapping[str, int]) -> bool:
    """Where documents meet, or what carries statements; a person quoted is no place where they meet."""
    if work.kind == CreditKind.PERSON and not alone.get(work.key, 0):
        return False
    meets = len(work.document_ids) >= MEETING or alone.get(work.key, 0)
    return bool(meets or any(credit.statement_ids for credit in work.credits))


def _height(work: Work, place: Mapping[DocumentId, int]) -> tuple[float, str]:
    """Where it stands: as high as the documents that lean on it, in the mean, so that few arrows cross."""
    places = [place[id] for id in work.document_ids if id in place]
    return sum(places) / len(places) if places else 0.0, work.name


def _leaf(document: Document) -> Leaf:
    return Leaf(
        id=document.id,
        title=document.title or document.name,
        publisher=document.publisher or "",
        published=day(document.published) if document.published else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A name on its lines, and what stands below it."""

    key: str
    lines: tuple[str, ...]
    below: tuple[str, ...]
    strong: bool = False
    warn: bool = False

    @property
    def height(self) -> float:
        return LINE_HEIGHT * len(self.lines) + SUB_HEIGHT * len(self.below) + GAP


def origins_svg(graph: Drawn, size: Size = WIDE, *, alone: bool = False, links: Mapping[str, str] | None = None) -> str:
    """The graph as one SVG element; "" where there is no arrow to draw.

    The same graph gives the same bytes.  alone: as a file of its own, on white paper, instead of inside a page.
    links: addresses that names and arrows open, by the key of a source, "document:ID", or "document:ID KEY" for the
    arrow from one to the other; the picture is a group of links then.
    """
    if not graph.arrows:
        return ""
    left = [_document(each, size) for each in graph.documents]
    right = [_source(source, size) for source in graph.sources]
    tall = max(sum(label.height for label in column) for column in (left, right))
    here = {**_places(left, tall), **_places(right, tall)}
    title, desc = f"origins-{size.key}-title", f"origins-{size.key}-desc"
    box = f"0 0 {size.total} {TOP + tall + GAP:.0f}"
    root = element("svg", xmlns=SVG, viewBox=box, font_family="system-ui, sans-serif", role="img")
    root.attrib |= {"class": f"origins-graph {size.key}", "aria-labelledby": f"{title} {desc}"}
    root.append(element("title", "Which documents lean on which sources", id=title))
    root.append(element("desc", " ".join(_description(graph)), id=desc))
    if alone:
        root.attrib |= {"width": f"{size.total}", "height": f"{TOP + tall + GAP:.0f}"}
        root.append(element("rect", x=0, y=0, width=size.total, height=TOP + tall + GAP, fill=PAPER))
    root.append(text("Documents", 0, TOP / 2 - 4, font=size.font - 1, color=MUTED, bold=True))
    if right:
        at = size.left + size.between
        root.append(text("Outside sources", at, TOP / 2 - 4, font=size.font - 1, color=MUTED, bold=True))
    to = links or {}
    if to:
        root.set("role", "group")
    for key, arrow in _arrows(graph, here, size):
        root.extend(_linked([arrow], to.get(key), aside=True))
    for label in left:
        root.extend(_linked(_drawn_label(label, 0.0, here[label.key], size), to.get(label.key)))
    root.extend(_points(graph, here, size))
    edge = float(size.left + size.between)
    for label in right:
        root.extend(_linked(_drawn_label(label, edge, here[label.key], size), to.get(label.key)))
    return ET.tostring(root, encoding="unicode")


def _linked(parts: Iterable[ET.Element], address: str | None, *, aside: bool = False) -> Iterator[ET.Element]:
    """The parts, as a link where there is an address; aside: passed over by the tabulator, a list has the same link."""
    if not address:
        yield from parts
        return
    link = element("a", href=address, **({"tabindex": "-1"} if aside else {}))
    link.extend(parts)
    yield link


def _document(document: Leaf, size: Size) -> _Label:
    lines = wrapped(document.title, to=size.left - 14, font=size.font, lines=NAME_LINES)
    below = document.below(size)
    sub = wrapped(below, to=size.left - 14, font=size.font - 2, lines=1) if below else ()
    return _Label(key=f"document:{document.id}", lines=lines, below=sub)


def _source(source: Source, size: Size) -> _Label:
    strong = source.documents >= MEETING
    room = size.right / (1.12 if strong else 1)  # bold letters are broader
    return _Label(
        key=source.key,
        lines=wrapped(source.name, to=room, font=size.font, lines=NAME_LINES),
        below=wrapped(source.below, to=size.right, font=size.font - 1, lines=2) if source.below else (),
        strong=strong,
        warn=bool(source.alone),
    )


def _places(column: Sequence[_Label], tall: float) -> dict[str, float]:
    """The top of each label, the column spread over the whole height."""
    free = (tall - sum(label.height for label in column)) / max(len(column), 1)
    found, top = {}, TOP + free / 2
    for label in column:
        found[label.key] = top + (label.height - GAP) / 2
        top += label.height + free
    return found


def _drawn_label(label: _Label, x: float, middle: float, size: Size) -> Iterator[ET.Element]:
    top = middle - (label.height - GAP) / 2
    for number, line in enumerate(label.lines):
        yield text(line, x, top + LINE_HEIGHT * (number + 0.5), font=size.font, bold=label.strong)
    top += LINE_HEIGHT * len(label.lines)
    color, font = (WARN if label.warn else MUTED), size.font - (1 if label.strong or label.warn else 2)
    for number, line in enumerate(label.below):
        yield text(line, x, top + SUB_HEIGHT * (number + 0.5), font=font, color=color, bold=label.warn)


def _points(graph: Drawn, here: Mapping[str, float], size: Size) -> Iterator[ET.Element]:
    """A point at each source: large where documents meet, ringed where a claim has no other origin."""
    x = size.left + size.between - LARGE - 5
    for source in graph.sources:
        meeting, y = source.documents >= MEETING, here[source.key]
        color = WARN if source.alone else INK if meeting else MUTED
        yield element("circle", cx=x, cy=y, r=LARGE if meeting else SMALL, fill=color)
        if source.alone:
            yield element("circle", cx=x, cy=y, r=(LARGE if meeting else SMALL) + 3, fill="none", stroke=color)


def _arrows(graph: Drawn, here: Mapping[str, float], size: Size) -> Iterator[tuple[str, ET.Element]]:
    """Every arrow with its key, those to places where documents meet on top."""
    named = graph.names
    meeting = {source.key for source in graph.sources if source.documents >= MEETING}
    ringed = {pair for ring in graph.rings for pair in pairwise((*ring, ring[0]))}
    inside = {f"document:{each.id}" for each in graph.documents}
    thin = 0.6 if len(graph.arrows) > CROWD else 1.0
    for arrow in sorted(graph.arrows, key=lambda each: (each.to in meeting) + 2 * (each.to in inside)):
        start, end = here[f"document:{arrow.document_id}"], here.get(arrow.to)
        if end is None:
            continue
        within = arrow.to in inside
        color = MUTED if arrow.to in meeting else LINE
        if within:
            turns = (arrow.document_id, arrow.to.removeprefix("document:")) in ringed
            color = WARN if turns else INK
        strong = within or arrow.to in meeting
        drawn = element("g", fill="none", stroke=color, stroke_width=(1.6 if strong else 1.2) * thin)
        if thin < 1:
            drawn.set("opacity", "0.6")
        words = named[f"document:{arrow.document_id}"], HOW.get(arrow.how, arrow.how), named[arrow.to]
        drawn.append(element("title", " ".join(words)))
        path, head = _within(start, end, size) if within else _across(start, end, arrow.to in meeting, size)
        drawn.append(
            element("path", d=path, **({"stroke_dasharray": DASHES[arrow.how]} if arrow.how in DASHES else {}))
        )
        drawn.append(element("path", d=head, fill=color, stroke="none"))
        yield f"document:{arrow.document_id} {arrow.to}", drawn


def _across(start: float, end: float, meeting: bool, size: Size) -> tuple[str, str]:
    """From a document to a source: a line that leaves and arrives level, and its head."""
    x, to = size.left - 8, size.left + size.between - LARGE - 5 - (LARGE if meeting else SMALL) - 4
    half = (to - x) / 2
    line = f"M{x} {start:.1f}C{x + half:.1f} {start:.1f} {to - half:.1f} {end:.1f} {to - HEAD:.1f} {end:.1f}"
    return line, f"M{to:.1f} {end:.1f}l{-HEAD} -3.5v7z"


def _within(start: float, end: float, size: Size) -> tuple[str, str]:
    """From a document to another: a bow into the middle, and its head."""
    x = size.left - 8
    out = x + min(0.62 * size.between, 26 + 0.3 * abs(end - start))
    down = 5.0 if end < start else -5.0  # arrives beside where the other's own arrows leave
    end += down
    line = f"M{x} {start:.1f}C{out:.1f} {start:.1f} {out:.1f} {end:.1f} {x + HEAD} {end:.1f}"
    return line, f"M{x} {end:.1f}l{HEAD} -3.5v7z"


def _description(graph: Drawn) -> Iterator[str]:
    """What the graph shows, for who does not see it."""
    names = {each.id: each.title for each in graph.documents}
    yield (
        f"{count(len(graph.documents), 'document')} at the left,"
        f" {count(len(graph.sources), 'outside source', none='no')} at the right."
    )
    met = sorted((one for one in graph.sources if one.documents >= MEETING), key=lambda one: -one.documents)
    for source in met[:TOLD]:
        leaning = [names[arrow.document_id] for arrow in graph.arrows if arrow.to == source.key]
        only = f", the only origin of {count(source.alone, 'shared claim')}" if source.alone else ""
        yield f"{listing(list(dict.fromkeys(leaning)), at_most=6)} lean on {source.name}{only}."
    inside = [arrow for arrow in graph.arrows if arrow.to.removeprefix("document:") in names]
    for arrow in inside[:TOLD]:
        to = names[DocumentId(arrow.to.removeprefix("document:"))]
        yield f"{names[arrow.document_id]} {HOW.get(arrow.how, arrow.how)} {to}."
    for ring in graph.rings:
        yield f"{listing([names[id] for id in ring])} lean on one another."
    if graph.left_out:
        yield graph.left_out
