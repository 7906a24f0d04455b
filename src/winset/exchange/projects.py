"""Project: what files of other programs can hold of a case, read from them and written to them, and what gets lost.

    read(write(project)) == reduced(project, LOSSES)     the law of every format that goes both ways

The file's own fields win. What only winset knows travels beside them as a record, in a field where the other program
keeps what it does not understand; on the way back it counts as far as the file's own fields still say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, Rejected
from winset.errors import BadCase
from winset.ids import RunId
from winset.issues import CaseSpec
from winset.positions.rulings import Ruling
from winset.positions.types import Stance
from winset.statements.types import Statement

LEFT_BEHIND = (  # of a case, by every format
    "who changed what, when",
    "statements judged wrong, and earlier forms of those that were changed",
    "what the machine said of a source where a person says otherwise",
    "own registries, kept scenarios, settled discrepancies, documents that could not be read",
)
AS_CODED = "as coded"  # the rule of an identification that a file of another program tells


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStatement:
    """A statement with who made it and what it is held to say, by machine and people."""

    statement: Statement
    identification: Identification  # the one that counts
    stance: Stance | None = None  # the machine's; None: no machine has read it
    rulings: tuple[Ruling, ...] = ()  # the last of each coder, by name, `take` 0
    concept: str | None = None  # what it is about in the other program's words; None: the project's own question

    def __post_init__(self) -> None:
        id = self.statement.id
        for judged in (self.identification, *((self.stance,) if self.stance else ()), *self.rulings):
            if judged.statement_id != id:
                raise BadCase(f"statement {id} carries what belongs to {judged.statement_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDocument:
    """A document with its statements, in text order."""

    document: Document
    statements: tuple[ProjectStatement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a file holds, or is to hold."""

    spec: CaseSpec | None = None  # None: the file states no question
    documents: Iterable[ProjectDocument]  # one at a time, and perhaps once only
    rejected: tuple[Rejected, ...] = ()  # what a reader could not use, each with its place in the file and the cure
    unkept: tuple[str, ...] = ()  # what the file holds that winset has no place for: no fault of the file's


class Loss(StrEnum):
    """What a format cannot hold; the value says it to the user."""

    QUESTION = "the question: proposal, body, rule, day, options, own members"
    TITLE = "titles of documents"
    AUTHORS = "authors of documents"
    PUBLISHER = "publishers of documents"
    PUBLISHED = "dates of documents"
    LANGUAGE = "languages of documents"
    ADDRESS = "addresses of documents and when they were fetched"
    READING = "how documents were read: kind of file, reader, where each detail was found"
    LINKS = "links in documents"
    UNUSED_DOCUMENTS = "documents without a statement"
    SOURCE = "the words that name the source"
    CUE = "the words that introduce what is said"
    GAPS = "gaps between the parts of what is said"
    FORM = "direct, indirect, mixed or act; hedges; media credited; day of saying"
    IDENTIFICATION = "how a source was identified: role, rule, score"
    MACHINE_STANCE = "what the machine holds a statement to say for or against"
    RULINGS = "what people coded"
    RUNS = "which run of which method made a statement"


def reduced(project: Project, losses: Iterable[Loss]) -> Project:
    """The project without what gets lost; what was told of it in other fields stays.

    A statement without its source and cue has another id, and all that is said of it follows.
    """
    lost = frozenset(losses)
    documents = (
        _document(each, lost) for each in project.documents if each.statements or Loss.UNUSED_DOCUMENTS not in lost
    )
    return Project(spec=None if Loss.QUESTION in lost else project.spec, documents=tuple(documents))


def as_coded(statement: Statement, *, speaker: str | None, represents: str | None, by: str) -> Identification:
    """Who a statement is from as a file of another program tells it; the registry has not been asked yet.

    speaker: the person.  represents: the organisation or state.  by: who coded it there.
    """
    nobody = represents is None
    return Identification(
        statement_id=statement.id,
        speaker=speaker,
        represents=represents,
        actor_id=None,
        standing=Standing.UNKNOWN if nobody else Standing.OUTSIDE,
        speaks_as=SpeaksAs.UNRESOLVED if nobody else SpeaksAs.ACTOR,
        score=0.0 if nobody else 1.0,
        rule=AS_CODED,
        by=by,
    )


def moved(each: ProjectStatement, statement: Statement) -> ProjectStatement:
    """All that is said of a statement, said of another one: the same with other words."""
    return replace(
        each,
        statement=statement,
        identification=replace(each.identification, statement_id=statement.id),
        stance=replace(each.stance, statement_id=statement.id) if each.stance else None,
        rulings=tuple(replace(ruling, statement_id=statement.id) for ruling in each.rulings),
    )


def counting(project: Project) -> tuple[Project, dict[str, int]]:
    """The project, and how much of it has been read so far: "documents", "statements"."""
    seen = {"documents": 0, "statements": 0}

    def each() -> Iterator[ProjectDocument]:
        for document in project.documents:
            yield document
            seen["documents"] += 1
            seen["statements"] += len(document.statements)

    return replace(project, documents=each()), seen


_BLANK: Mapping[Loss, Callable[[Document], Document]] = {
    Loss.TITLE: lambda document: replace(document, title=None),
    Loss.AUTHORS: lambda document: replace(document, authors=()),
    Loss.PUBLISHER: lambda document: replace(document, publisher=None),
    Loss.PUBLISHED: lambda document: replace(document, published=None),
    Loss.LANGUAGE: lambda document: replace(document, language=None),
    Loss.ADDRESS: lambda document: replace(document, source_url=None, retrieved_at=None),
    Loss.READING: lambda document: replace(document, media_type="text/plain", reader="text", found_in=()),
    Loss.LINKS: lambda document: replace(document, links=()),
}


def _document(each: ProjectDocument, lost: frozenset[Loss]) -> ProjectDocument:
    document = each.document
    for loss, blank in _BLANK.items():
        if loss in lost:
            document = blank(document)
    return ProjectDocument(
        document=document, statements=tuple(_statement(said, document, lost) for said in each.statements)
    )


def _statement(each: ProjectStatement, document: Document, lost: frozenset[Loss]) -> ProjectStatement:
    from winset.corpus.types import anchor
    from winset.statements.types import Form

    said, found = each.statement, each.identification
    if Loss.GAPS in lost and len(said.contents) > 1:
        said = replace(said, contents=(anchor(document, said.contents[0].start, said.contents[-1].end),))
    if Loss.SOURCE in lost:
        said = replace(said, source=None)
    if Loss.CUE in lost and said.contents:
        said = replace(said, cue=None)
    if Loss.FORM in lost:
        said = replace(said, form=Form.INDIRECT, hedged=False, via=(), said_on=None)
    if Loss.RUNS in lost:
        said = replace(said, run_id=RunId(""))
    if Loss.IDENTIFICATION in lost:
        found = as_coded(said, speaker=found.speaker, represents=found.represents, by=said.coder)
    return moved(
        replace(
            each,
            identification=found,
            stance=None if Loss.MACHINE_STANCE in lost else each.stance,
            rulings=() if Loss.RULINGS in lost else each.rulings,
        ),
        said,
    )
