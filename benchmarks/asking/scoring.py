"""How often the answer is among the best five, and how often what has none is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from benchmarks.asking.coded import Coded

from winset.actors.registry import registry
from winset.corpus.types import Document
from winset.ids import DocumentId
from winset.pipeline.asking import replied
from winset.pipeline.material import Material
from winset.pipeline.reading import code_document
from winset.sourcing.asking.asked import asked
from winset.sourcing.asking.replies import Reply
from winset.sourcing.asking.terms import Named
from winset.store.passage_index import index_of
from winset.store.types import Coding

Coder: TypeAlias = Callable[[DocumentId], Coding]

TOP = 5


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares, 0-1. A refused question counts as not found."""

    recall: float  # of answerable ones: answered, and one of five passages overlaps an answer
    ranked: float  # the same, whether refused or not
    refused: float  # of unanswerable ones
    wrongly_refused: float  # of answerable ones
    answerable: int
    unanswerable: int


def measure(questions: Sequence[Coded], documents: Mapping[str, Sequence[Document]]) -> dict[str, Scores]:
    """The scores on each set, and on "all", by what `winset ask` does."""
    told: dict[str, list[tuple[Coded, bool, bool]]] = {key: [] for key in (*documents, "all")}
    named = Named(registry())
    for key, of in documents.items():
        by_id = {document.id: document for document in of}

        @cache
        def coded(id: DocumentId, by_id: Mapping[DocumentId, Document] = by_id) -> Coding:
            return code_document(by_id[id], None)

        def material(
            telling: Sequence[DocumentId], by_id: Mapping[DocumentId, Document] = by_id, coded: Coder = coded
        ) -> Material:
            return Material(documents=tuple(by_id[id] for id in telling), codings=tuple(coded(id) for id in telling))

        with index_of(of, named) as index:
            for question in questions:
                if question.set == key:
                    reply = replied(asked(question.question, named), index, by_id, named, material=material, top=TOP)
                    row = (question, found(question, reply), reply.answered)
                    told[key].append(row)
                    told["all"].append(row)
    return {key: scores(rows) for key, rows in told.items() if rows}


def found(question: Coded, reply: Reply) -> bool:
    """Whether a passage overlaps one of the answers."""
    return any(
        each.document.name == name and each.passage.anchor.start < end and start < each.passage.anchor.end
        for each in reply.heard
        for name, start, end in question.answers
    )


def scores(rows: Iterable[tuple[Coded, bool, bool]]) -> Scores:
    """Of (question, whether ranked among the five, whether answered)."""
    rows = list(rows)
    with_answer = [row for row in rows if row[0].answers]
    without = [row for row in rows if not row[0].answers]
    return Scores(
        recall=sum(hit and told for _, hit, told in with_answer) / max(1, len(with_answer)),
        ranked=sum(hit for _, hit, _ in with_answer) / max(1, len(with_answer)),
        refused=sum(not told for _, _, told in without) / max(1, len(without)),
        wrongly_refused=sum(not told for _, _, told in with_answer) / max(1, len(with_answer)),
        answerable=len(with_answer),
        unanswerable=len(without),
    )
