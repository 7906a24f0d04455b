"""A project as one annotation collection: a text, then the annotations on it, one a line, and so on.

Every annotation has one target with a position and a quote, and tags that begin with what they tell ("Stance: favour"):
that is what annotators of today show and let people change.
Source: W3C Web Annotation Data Model (2017).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from winset import __version__
from winset.corpus.types import Document, anchor
from winset.exchange.coded_passages import Coding, passages_of, shown
from winset.exchange.guids import urn
from winset.exchange.project_records import document_record, spec_record
from winset.exchange.projects import Project, ProjectDocument
from winset.positions.rulings import MACHINE

CONTEXT = "http://www.w3.org/ns/anno.jsonld"  # a name; nothing fetches it
COLLECTION = urn("collection")
NOTE_FORMAT = "application/json"  # of the body in which winset notes what annotations have no field for


def write_web_annotation(project: Project, target: Path | BinaryIO, *, texts: bool = True) -> None:
    """Write them as UTF-8, one annotation a line.

    texts: with the texts they are on, so that the file can be read without them.
    Raises OSError where the place cannot be written.
    """
    if isinstance(target, Path):
        with target.open("wb") as stream:
            _write(project, stream, texts)
    else:
        _write(project, target, texts)


def source_of(document: Document, taken: set[str]) -> str:
    """The IRI by which a document is annotated: its address, unless another of the file has it, else one of its own."""
    address = document.source_url or ""
    if address.startswith(("http://", "https://")) and address not in taken and not set(address) & set(' "<>\\^`{|}'):
        taken.add(address)
        return address
    return own_iri(document)


def own_iri(document: Document) -> str:
    """The IRI of a document by its text."""
    return urn("document", document.id)


def _write(project: Project, stream: BinaryIO, texts: bool) -> None:
    label = project.spec.issue.proposal if project.spec else "winset"
    head: dict[str, Any] = {"@context": CONTEXT, "id": COLLECTION, "type": "AnnotationCollection", "label": label}
    head["generator"] = {"type": "Software", "name": f"winset {__version__}"}
    page = {"id": urn("page"), "type": "AnnotationPage", "partOf": COLLECTION, "startIndex": 0}
    stream.write(f'{_json(head)[:-1]},"first":{_json(page)[:-1]},"items":['.encode())
    total = 0
    for each in _annotations(project, texts):
        stream.write(b",\n" if total else b"\n")
        stream.write(_json(each).encode("utf-8", "backslashreplace"))
        total += 1
    stream.write(f'\n]}},"total":{total}}}\n'.encode())


def _annotations(project: Project, texts: bool) -> Iterator[dict[str, Any]]:
    if project.spec is not None:
        yield _annotation(urn("spec"), "describing", [_note({"spec": spec_record(project.spec)})], COLLECTION)
    taken: set[str] = set()
    for each in project.documents:
        source = source_of(each.document, taken)
        if texts:
            yield _described(each.document, source)
        yield from _on(each, source)


def _described(document: Document, source: str) -> dict[str, Any]:
    text = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": document.text}
    about: dict[str, Any] = {"id": source, "type": "Text", "format": document.media_type}
    about |= {"label": shown(document.title or document.name) or document.id}
    if document.language:
        text["language"] = about["language"] = document.language
    if document.authors:
        about["creator"] = [{"type": "Person", "name": name} for name in document.authors]
    note = _note({"document": document_record(document)})
    return _annotation(urn("text", document.id), "describing", [text, note], about)


def _on(each: ProjectDocument, source: str) -> Iterator[dict[str, Any]]:
    document = each.document
    for said in each.statements:
        first = urn("statement", said.statement.id)
        for number, passage in enumerate(passages_of(said, document)):
            place = anchor(document, passage.start, passage.end)
            selectors = [
                {"type": "TextPositionSelector", "start": place.start, "end": place.end},
                {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix},
            ]
            bodies = [_tag(code) for code in passage.codings] + [_note(passage.note or {})]
            if number:
                bodies.append({"type": "SpecificResource", "purpose": "linking", "source": first})
            yield _annotation(
                urn("statement", said.statement.id, number) if number else first,
                "linking" if number else "classifying",
                bodies,
                {"source": source, "selector": selectors},
                creator=passage.user,
            )


def _annotation(
    id: str,
    motivation: str,
    bodies: list[dict[str, Any]],
    target: object,
    *,
    creator: str = "",
) -> dict[str, Any]:
    made: dict[str, Any] = {"@context": CONTEXT, "id": id, "type": "Annotation", "motivation": motivation}
    if creator:
        made["creator"] = _agent(creator)
    return {**made, "body": bodies, "target": target}


def _tag(code: Coding) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "purpose": "tagging",
        "value": f"{code.group}: {code.name}",
        "creator": _agent(code.user),
    }


def _agent(name: str) -> dict[str, str]:
    machine = shown(name).lower().startswith(MACHINE)
    return {"type": "Software" if machine else "Person", "name": shown(name)}


def _note(note: object) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "describing", "format": NOTE_FORMAT, "value": _json(note)}


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
