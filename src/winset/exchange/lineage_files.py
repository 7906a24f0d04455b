"""What documents rest on, for other programs: rows as JSON and CSV, the graph of origins as GraphML and SVG."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from winset.brief.drawing import NO_XML
from winset.exchange.statement_lines import document_label
from winset.sourcing.rows import (
    Row,
    arrow_row,
    claim_row,
    credit_rows,
    discrepancy_row,
    event_rows,
    precedent_row,
    question_row,
    work_row,
)
from winset.sourcing.types import DiscrepancyKind

if TYPE_CHECKING:
    from winset.corpus.types import Document
    from winset.sourcing.account import Account
    from winset.sourcing.settling import Settlement
    from winset.sourcing.types import Event

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
KEYS = {  # what a node and an edge tell, with its GraphML type
    "node": {
        "key": "string",
        "name": "string",
        "mode": "string",  # "document" or "source"
        "kind": "string",
        "dated": "string",
        "url": "string",
        "documents": "int",
    },
    "edge": {"how": "string", "passages": "int"},
}
CREDITS = (
    *("doc", "document", "start", "end", "exact", "work", "name", "kind", "dated", "url", "title", "marker"),
    "statements",
)
EVENTS = ("date", "until", "kind", "planned", "ongoing", "doc", "document", "start", "end", "exact", "event")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


def sources_values(documents: Sequence[Document], found: Account) -> Any:
    """Who leans on what, what several documents tell, and what is loose; spans as in `sourcing.rows`."""
    credited = {id for credit in found.credits for id in credit.statement_ids}
    values = {
        "documents": document_rows(documents),
        "works": [work_row(work) for work in found.works],
        "credits": list(credit_rows(found.credits, found.works)),
        "arrows": [arrow_row(arrow) for arrow in found.lineage.arrows],
        "cycles": [list(ring) for ring in found.lineage.cycles],
        "self_citations": [arrow_row(arrow) for arrow in found.lineage.self_citations],
        "claims": [claim_row(claim) for claim in found.claims],
        "origins": [
            {"statement": id, "key": origin.key, "label": origin.label} for id, origin in found.origins.items()
        ],
        "uncredited": [id for id in found.origins if id not in credited],
        "notes": [discrepancy_row(each) for each in found.discrepancies if each.kind is DiscrepancyKind.REFERENCE],
        "questions": [question_row(each) for each in found.questions],
    }
    return named(values, documents)


def discrepancies_values(
    documents: Sequence[Document], found: Account, settled: Mapping[str, Settlement] | None = None
) -> Any:
    """What the documents tell differently.  settled: what people say of it, by the discrepancy's id."""
    rows = [discrepancy_row(each, (settled or {}).get(each.id)) for each in found.discrepancies]
    return named({"documents": document_rows(documents), "discrepancies": rows}, documents)


def timeline_values(documents: Sequence[Document], found: Account) -> Any:
    """A row for each dated passage, in order of events, and what precedents there are."""
    values = {
        "documents": document_rows(documents),
        "events": list(event_rows(in_order(found))),
        "precedents": [precedent_row(each) for each in found.precedents],
    }
    return named(values, documents)


def in_order(found: Account) -> list[Event]:
    """The events by date."""
    return sorted(found.events, key=lambda event: (event.date.earliest, event.date.latest))


def document_rows(documents: Iterable[Document]) -> list[Row]:
    """What a document is called."""
    return [
        {
            "id": document.id,
            "doc": document_label(document.name),
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published.text if document.published else None,
        }
        for document in documents
    ]


def named(values: Any, documents: Iterable[Document]) -> Any:
    """The same values with `doc`, the file's name, beside each `document` that is one of these."""
    labels = {document.id: document_label(document.name) for document in documents}
    return _named(values, labels)


def _named(value: Any, labels: Mapping[Any, str]) -> Any:
    if isinstance(value, list):
        return [_named(each, labels) for each in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _named(each, labels) for name, each in value.items()}
    return {"doc": labels[value["document"]], **inner} if value.get("document") in labels else inner


def credits_csv(documents: Sequence[Document], found: Account) -> str:
    """A row for each credit with the name of the source that it means; statement ids are joined by spaces."""
    names = {work.key: work.name for work in found.works}
    rows = named(list(credit_rows(found.credits, found.works)), documents)
    return _csv(CREDITS, ({**row, "name": names.get(row["work"], row["origin"])} for row in rows))


def events_csv(documents: Sequence[Document], found: Account) -> str:
    """A row for each dated passage, in order of events."""
    return _csv(EVENTS, named(list(event_rows(in_order(found))), documents))


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """An apostrophe stands before words that a spreadsheet would take for a formula."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(row.get(name)) for name in columns})
    return stream.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    words = " ".join(value) if isinstance(value, list) else " ".join(str(value).split())
    return f"'{words}" if words.startswith(FORMULA) else words


def graphml(documents: Sequence[Document], found: Account) -> str:
    """Who leans on what as a directed graph; what is not known is left out.

    What XML cannot hold in a name becomes U+FFFD.
    Source: the GraphML specification, graphml.graphdrawing.org.
    """
    root = ET.Element("graphml", xmlns=GRAPHML)
    for domain, keys in KEYS.items():
        for name, kind in keys.items():
            ET.SubElement(root, "key", {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", id="origins", edgedefault="directed")
    places: dict[str, str] = {}
    for values in (*map(_document_node, documents), *(_source_node(work_row(work)) for work in found.works)):
        if values["key"] not in places:
            places[values["key"]] = f"n{len(places)}"
            _tell(ET.SubElement(graph, "node", id=places[values["key"]]), "node", values)
    for arrow in found.lineage.arrows:
        ends = {"source": places.get(f"document:{arrow.document_id}"), "target": places.get(arrow.to)}
        if None not in ends.values():
            edge = ET.SubElement(graph, "edge", {name: str(place) for name, place in ends.items()})
            _tell(edge, "edge", {"how": arrow.how, "passages": len(arrow.anchors)})
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _document_node(document: Document) -> Row:
    return {
        "key": f"document:{document.id}",
        "name": document.title or document.name,
        "mode": "document",
        "dated": document.published.text if document.published else None,
        "url": document.source_url,
    }


def _source_node(row: Row) -> Row:
    return {**row, "mode": "source", "documents": len(row["documents"])}


def _tell(element: ET.Element, domain: str, values: Row) -> None:
    for name in KEYS[domain]:
        if values.get(name) is not None:
            told = ET.SubElement(element, "data", key=f"{domain}-{name}")
            told.text = NO_XML.sub("\ufffd", str(values[name]))


def picture(documents: Sequence[Document], found: Account) -> str:
    """The graph of origins as SVG; a sentence where nothing is credited."""
    from winset.brief.drawing import SVG, element, text
    from winset.brief.origins_graph import WIDE, drawn, origins_svg

    made = origins_svg(drawn(documents, found.lineage, found.claims), WIDE, alone=True)
    if made:
        return made + "\n"
    root = element("svg", xmlns=SVG, viewBox="0 0 420 40", width=420, height=40, font_family="system-ui, sans-serif")
    root.append(text("No document credits an outside source.", 10, 20, font=13))
    return ET.tostring(root, encoding="unicode") + "\n"
