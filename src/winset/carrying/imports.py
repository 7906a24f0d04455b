"""What can be brought into a kept case. The list below is the table of contents of `winset import`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from winset.carrying.projects import Brought, Progress, check_concept, take_in
from winset.pipeline.keeping import keep_each
from winset.registry import Family, method

if TYPE_CHECKING:
    from winset.corpus.types import Document, Rejected
    from winset.exchange.projects import Project
    from winset.exchange.references import Library
    from winset.issues import CaseSpec
    from winset.store.case_store import CaseStore


Documents: TypeAlias = "Callable[[], tuple[Document, ...]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user says of a file that comes in."""

    by: str  # who brings it in
    concept: str | None = None  # which of its concepts is the case's proposal
    machine: bool = False  # whether the machine reads its documents too, as `winset add` does
    variables: Mapping[str, str] = field(default_factory=dict)  # what its variables are called where not as usual
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a file holds, read whole: a project, or documents that nobody has coded."""

    name: str  # of the file
    project: Project | None = None
    documents: tuple[Document, ...] = ()
    again: tuple[str, ...] = ()  # names of documents of the case that it refers to
    rejected: tuple[Rejected, ...] = ()

    @property
    def spec(self) -> CaseSpec | None:
        """The question that it states; None: it states none."""
        return self.project.spec if self.project else None

    def bring(self, store: CaseStore, asked: Asked) -> Brought:
        """Bring it into a case.  Raises what `take_in` raises."""
        if self.project is not None:
            return take_in(
                store,
                self.project,
                name=self.name,
                by=asked.by,
                concept=asked.concept,
                machine=asked.machine,
                progress=asked.progress,
            )
        added: list[str] = []
        again = [*self.again]
        statements = 0
        for kept in keep_each(store, self.documents, by=asked.by):
            if asked.progress is not None:
                asked.progress(kept.name)
            statements += kept.statements
            (added if kept.new else again).append(kept.name)
        return Brought(added=tuple(added), again=tuple(again), statements=statements, rejected=self.rejected)


@method("dna", source="DNA3")
def import_dna(path: Path, asked: Asked, there: Documents) -> Incoming:  # noqa: ARG001
    """Discourse Network Analyzer 3 (.dna): documents, statements and annotations with who coded them how."""
    from winset.exchange.dna import read_dna_project

    return _project(read_dna_project(path, **asked.variables), path, asked)


@method("refi-qda", source="REFI2019")
def import_qdpx(path: Path, asked: Asked, there: Documents) -> Incoming:  # noqa: ARG001
    """REFI-QDA project (.qdpx) of NVivo, MAXQDA, ATLAS.ti, Quirkos and others: texts and coded selections."""
    from winset.exchange.qda import read_qdpx

    return _project(read_qdpx(path, about=asked.concept, **asked.variables), path, asked)


@method("web-annotation", source="W3CAnnotation2017")
def import_web_annotation(path: Path, asked: Asked, there: Documents) -> Incoming:
    """W3C Web Annotation (.jsonld): annotations with their documents, or on documents that are there."""
    from winset.exchange.web_annotation import read_web_annotation

    project = read_web_annotation(path, documents=there(), about=asked.concept, **asked.variables)
    return _project(project, path, asked)


@method("csl-json", source="CSL102")
def import_csl(path: Path, asked: Asked, there: Documents) -> Incoming:  # noqa: ARG001
    """CSL-JSON (.csl.json): references with attached files, read as documents."""
    from winset.exchange.csl_json import read_csl

    return _library(path, read_csl, there)


@method("bibtex", source="BibTeX1988")
def import_bibtex(path: Path, asked: Asked, there: Documents) -> Incoming:  # noqa: ARG001
    """BibTeX (.bib), as Zotero exports it with files: the attached ones are read as documents."""
    from winset.exchange.bibtex import read_bibtex

    return _library(path, read_bibtex, there)


@method("ris", source="RIS2001")
def import_ris(path: Path, asked: Asked, there: Documents) -> Incoming:  # noqa: ARG001
    """RIS (.ris): references with attached files, read as documents."""
    from winset.exchange.ris import read_ris

    return _library(path, read_ris, there)


IMPORTS = Family("import", [import_dna, import_qdpx, import_web_annotation, import_csl, import_bibtex, import_ris])


def _project(project: Project, path: Path, asked: Asked) -> Incoming:
    """The project read to its end, so that nothing of a file that breaks off comes into a case."""
    whole = replace(project, documents=tuple(project.documents))
    check_concept(asked.concept, whole, path.name)
    return Incoming(name=path.name, project=whole, rejected=whole.rejected)


def _library(path: Path, read: Callable[..., Library], there: Documents) -> Incoming:
    from winset.corpus.types import Document
    from winset.exchange.reference_documents import documents_of

    known = {document.id: document.name for document in there()}
    library = read(payload(path), name=path.name)
    found = list(documents_of(library.references, path.parent, name=path.name, known=known.keys()))
    named = [each.document_id for each in library.references if not each.files]
    return Incoming(
        name=path.name,
        again=tuple(known[id] for id in named if id in known),
        documents=tuple(each for each in found if isinstance(each, Document)),
        rejected=(*library.rejected, *(each for each in found if not isinstance(each, Document))),
    )


def payload(path: Path) -> bytes:
    """The bytes of a file of references.  Raises Missing, TooLarge."""
    from winset.corpus.types import Limits
    from winset.errors import Missing, TooLarge

    most = Limits().file_bytes
    try:
        with path.open("rb") as stream:
            found = stream.read(most + 1)
    except OSError as error:
        raise Missing(f"{path}: cannot be read: {error.strerror}: name a file") from None
    if len(found) > most:
        raise TooLarge(f"{path}: over {most // 10**6} MB: split it up")
    return found
