"""What is done in a process of its own: a source is read, a document is coded, a text of a corpus is attributed."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TypeAlias

from winset.actors.additions import Addition
from winset.corpus.document_lines import Line, document_or_refusal
from winset.corpus.reading import read_one
from winset.corpus.sources import Source
from winset.corpus.types import Document, Limits, Rejected
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.pipeline.reading import Attributors, code_document
from winset.store.types import Coding

Found: TypeAlias = list[Document | Rejected]

_ANY_TEXT = "The minister said on Monday that “the plan is wrong”. Norway welcomed it.\n\nParis, 3 July 2023\n"
_ANY_ISSUE = Issue(proposal="Open an office", body="nato", rule="consensus", on=PartialDate("2023-07-11"))


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a file that holds one document a line."""

    name: str  # of the file
    line: Line


@dataclass(frozen=True, slots=True)
class Coded:
    """What was made of a document, and what is to be told of it."""

    coding: Coding
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAndCode:
    """Reads what it is given to read, and codes the documents it is given, for one case."""

    spec: CaseSpec | None
    additions: tuple[Addition, ...] = ()
    by: Attributors | None = None
    limits: Limits = field(default_factory=Limits)

    def load(self) -> None:
        """Load all that a document is coded with, and read with one thread: the processes have the cores."""
        import_module("winset.statements.attributors.trained_model").THREADS = 1  # type: ignore[attr-defined]
        code_document(Document(name="", text=_ANY_TEXT), self.spec or CaseSpec(issue=_ANY_ISSUE))

    def __call__(self, asked: Source | ReadLine | Document) -> Found | Coded:
        """Documents of a source; what was made of a document."""
        if isinstance(asked, Source):
            return list(read_one(asked, limits=self.limits))
        if isinstance(asked, ReadLine):
            return [document_or_refusal(asked.line, name=asked.name, limits=self.limits)]
        told: list[str] = []
        coding = code_document(asked, self.spec, by=self.by, tell=told.append, additions=self.additions)
        return Coded(coding, tuple(told))
