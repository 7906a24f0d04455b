"""A project as a REFI-QDA archive: users, codes, actors as cases, texts with coded selections.

Source: REFI-QDA Standard 1.5 (2019), QDA-XML 1.0. One document is held at a time; users, codes and cases until the end.
"""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from winset import __version__
from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.exchange.coded_passages import Coding, Group, Part, Passage, noted, passages_of, shown
from winset.exchange.guids import guid
from winset.exchange.project_records import document_record, spec_record
from winset.exchange.projects import Project, ProjectDocument
from winset.positions.rulings import WORDS

NAMESPACE = "urn:QDA-XML:project:1.0"
TAG = f"{{{NAMESPACE}}}"  # of elements that stay open; what is written into them inherits it
QDE = "project.qde"
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the same project gives the same bytes
IN_MEMORY = 8_000_000  # bytes of the sources' XML; more goes to a temporary file
NAME = 60  # characters of a selection's words in its name
COLOURS = {"favour": "#1b7837", "oppose": "#b35806", "neutral": "#7f7f7f", "unclear": "#bdbdbd", "none": "#e0e0e0"}
DOCUMENT_VARIABLES = ("Publisher", "Authors", "Published", "Language", "Address")
CASE_VARIABLES = ("Registry id", "Standing")


@dataclass(slots=True)
class _Book:
    """What stands before the sources in the file and is known after them."""

    users: dict[str, str] = field(default_factory=dict)  # GUIDs, by name
    codes: dict[Group, dict[str, str]] = field(
        default_factory=lambda: {
            Group.STANCE: {word: guid("code", Group.STANCE, word) for word in WORDS},
            Group.ACTOR: {},
            Group.PERSON: {},
            Group.CONCEPT: {},
            Group.WORDS: {part.value: guid("code", Group.WORDS, part.value) for part in Part},
        }
    )
    cases: dict[str, Identification] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)  # how often a text was there


def write_qdpx(project: Project, target: Path | BinaryIO) -> None:
    """Write it; the same project gives the same bytes.  Raises OSError where the place cannot be written."""
    with (
        zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as archive,
        tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as sources,
    ):
        book = _Book()
        any_source = _write_sources(project, archive, book, sources)
        sources.seek(0)
        with archive.open(_entry(QDE), "w", force_zip64=True) as stream:
            _write_project(project, book, sources if any_source else None, stream)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=SAME_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _write_sources(project: Project, archive: zipfile.ZipFile, book: _Book, sources: IO[bytes]) -> bool:
    """The texts into the archive, their XML beside it; whether there are any."""
    from lxml import etree  # type: ignore[import-untyped]

    found = False
    with etree.xmlfile(sources, encoding="utf-8") as xml, xml.element(f"{TAG}Sources", nsmap={None: NAMESPACE}):
        for each in project.documents:
            found = True
            times = book.documents[each.document.id] = book.documents.get(each.document.id, 0) + 1
            base = f"{each.document.id}#{times}" if times > 1 else each.document.id
            _write_source(xml, each, base, archive, book)
    return found


def _write_source(xml: Any, each: ProjectDocument, base: str, archive: zipfile.ZipFile, book: _Book) -> None:
    document, id = each.document, guid("source", base)
    text = document.text
    mark = "\ufeff" if text.startswith("\ufeff") else ""  # a reader takes one off
    archive.writestr(_entry(f"sources/{id}.txt"), (mark + text).encode("utf-8"))
    attributes = {"guid": id, "name": source_name(document), "plainTextPath": f"internal://{id}.txt"}
    with xml.element(f"{TAG}TextSource", attributes):
        xml.write(_told("Description", noted({"document": document_record(document)}, document.name)))
        for said in each.statements:
            _identify(book, said.identification)
            for number, passage in enumerate(passages_of(said, document)):
                xml.write(_selection(passage, document, f"{base}/{said.statement.id}/{number}", book))
        for name, value in document_variables(document).items():
            if value:
                xml.write(_variable_value(name, value))


def source_name(document: Document) -> str:
    """Under which name a document is listed."""
    return shown(document.title or "") or shown(document.name) or document.id


def document_variables(document: Document) -> dict[str, str]:
    """What is known of a document, by the names of variables."""
    values = (
        document.publisher,
        "; ".join(document.authors),
        document.published.text if document.published else "",
        document.language,
        document.source_url,
    )
    return {name: shown(value or "") for name, value in zip(DOCUMENT_VARIABLES, values, strict=True)}


def _identify(book: _Book, found: Identification) -> None:
    name = shown(found.represents or "")
    if name and (name not in book.cases or (book.cases[name].actor_id is None and found.actor_id is not None)):
        book.cases[name] = found


def _selection(passage: Passage, document: Document, base: str, book: _Book) -> Any:
    from lxml import etree

    made = etree.Element(
        "PlainTextSelection",
        guid=guid("selection", base),
        name=_beginning(document.text[passage.start : passage.end]),
        startPosition=str(passage.start),
        endPosition=str(passage.end),
        creatingUser=_user(book, passage.user),
    )
    made.append(_told("Description", noted(passage.note or {}, passage.telling)))
    for number, code in enumerate(passage.codings):
        coding = etree.SubElement(
            made,
            "Coding",
            guid=guid("coding", base, number),
            creatingUser=_user(book, code.user),
        )
        etree.SubElement(coding, "CodeRef", targetGUID=_code(book, code))
    return made


def _beginning(words: str) -> str:
    line = shown(words)
    return line if len(line) <= NAME else line[: NAME - 1] + "…"


def _user(book: _Book, name: str) -> str:
    name = shown(name)
    return book.users.get(name) or book.users.setdefault(name, guid("user", name))


def _code(book: _Book, code: Coding) -> str:
    names = book.codes[code.group]
    return names.get(code.name) or names.setdefault(code.name, guid("code", code.group, code.name))


def _told(name: str, text: str) -> Any:
    from lxml import etree

    made = etree.Element(name)
    made.text = text
    return made


def _write_project(project: Project, book: _Book, sources: IO[bytes] | None, stream: IO[bytes]) -> None:
    from lxml import etree

    spec = project.spec
    name = shown(spec.issue.proposal if spec else "") or "winset"
    attributes = {"name": name, "origin": f"winset {__version__}"}
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{TAG}Project", attributes, nsmap={None: NAMESPACE}):
            if book.users:
                xml.write(_users(book))
            xml.write(_code_book(book))
            xml.write(_variables())
            if book.cases:
                xml.write(_cases(book))
            if sources is not None:
                xml.flush()
                while chunk := sources.read(1 << 20):
                    stream.write(chunk)
            if spec is not None:
                xml.write(_told("Description", noted({"spec": spec_record(spec)}, spec.issue.proposal)))


def _users(book: _Book) -> Any:
    from lxml import etree

    made = etree.Element("Users")
    for name, id in book.users.items():
        etree.SubElement(made, "User", guid=id, name=name)
    return made


def _code_book(book: _Book) -> Any:
    from lxml import etree

    made = etree.Element("CodeBook")
    codes = etree.SubElement(made, "Codes")
    for group, names in book.codes.items():
        above = etree.SubElement(codes, "Code", guid=guid("group", group), name=group.value, isCodable="false")
        for name, id in names.items():
            code = etree.SubElement(above, "Code", guid=id, name=name, isCodable="true")
            if group is Group.STANCE and name in COLOURS:
                code.set("color", COLOURS[name])
    return made


def _variables() -> Any:
    from lxml import etree

    made = etree.Element("Variables")
    for name in (*DOCUMENT_VARIABLES, *CASE_VARIABLES):
        etree.SubElement(made, "Variable", guid=guid("variable", name), name=name, typeOfVariable="Text")
    return made


def _cases(book: _Book) -> Any:
    from lxml import etree

    made = etree.Element("Cases")
    for name, found in book.cases.items():
        case = etree.SubElement(made, "Case", guid=guid("case", name), name=name)
        etree.SubElement(case, "CodeRef", targetGUID=guid("code", Group.ACTOR, name))
        for variable, value in zip(CASE_VARIABLES, (shown(found.actor_id or ""), found.standing.value), strict=True):
            if value:
                case.append(_variable_value(variable, value))
    return made


def _variable_value(name: str, value: str) -> Any:
    from lxml import etree

    made = etree.Element("VariableValue")
    etree.SubElement(made, "VariableRef", targetGUID=guid("variable", name))
    etree.SubElement(made, "TextValue").text = value
    return made
