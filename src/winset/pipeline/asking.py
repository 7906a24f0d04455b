"""Asking: the passages of the documents that answer a question, and who says them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from winset.ids import DocumentId, StatementId
from winset.issues import CaseSpec
from winset.pipeline.kept_cases import is_large, kept_material, some_material
from winset.pipeline.material import Material, as_read, copies
from winset.pipeline.reading import Progress, code_document, read_documents
from winset.pipeline.registries import own_registries

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.corpus.types import Document, Rejected
    from winset.sourcing.asking.asked import Asked
    from winset.sourcing.asking.replies import Reply
    from winset.sourcing.asking.terms import Named
    from winset.sourcing.types import Origin, ReadDocument
    from winset.store.case_store import CaseStore
    from winset.store.passage_index import PassageIndex

LIKELY = 60  # documents of a large case that are asked a question: some seconds
ASKED_WORDS = 6  # of a question, by which they are looked for
SIFTED = 20  # passages among which those are looked for in which the actor asked about speaks
TRACED_WHOLE = 50  # documents; of a larger case the origins of an answer are worked out among the answer's own
Origins: TypeAlias = "Mapping[StatementId, Origin]"


def asked(
    question: str,
    sources: Sequence[str] | CaseStore,
    *,
    top: int = 5,
    spec: CaseSpec | None = None,
    progress: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Reply:
    """The passages of the documents that answer a question best; of theirs alone, and word for word.

    sources: files, folders, addresses, or a kept case, whose index is kept with it; of a large one the LIKELY documents
    that hold most of the question's words are asked.  spec, additions: as for `code_document`; a kept case has its own.
    Of documents that are no kept case only those are coded whose passages are shown.
    Raises BadQuestion, BadCase where no document could be read.  Cost: once some 5 ms a passage.
    """
    from winset.actors.registry import registry
    from winset.corpus.types import Rejected
    from winset.sourcing.asking.asked import asked as taken_apart
    from winset.sourcing.asking.terms import Named
    from winset.store.case_store import CaseStore
    from winset.store.passage_index import index_of

    case = sources if isinstance(sources, CaseStore) else None
    named = Named(registry(additions if case is None else own_registries(case)))
    apart = taken_apart(question, named)
    large = case is not None and is_large(case)
    found: Iterable[Document | Rejected] = (
        read_documents(sources, progress=progress)
        if not isinstance(sources, CaseStore)
        else _likely(sources, question)
        if large
        else sources.documents()
    )
    documents: dict[DocumentId, Document] = {}
    rejected: list[Rejected] = []
    for each in found:
        if isinstance(each, Rejected):
            rejected.append(each)
        else:
            documents.setdefault(each.id, each)

    def material(telling: Sequence[DocumentId]) -> Material:
        if case is not None and large:
            return some_material(case, telling, among=_statements_in(case, telling))
        if case is not None:
            return kept_material(case)
        chosen = tuple(documents[id] for id in telling)
        codings = tuple(code_document(document, spec, additions=additions) for document in chosen)
        return Material(documents=chosen, codings=codings, additions=additions)

    kept = case.database if case is not None and not large else None  # of a large case the index would be as large
    with index_of(tuple(documents.values()), named, case=kept, progress=progress) as index:
        reply = replied(apart, index, documents, named, material=material, top=top)
    return replace(reply, rejected=tuple(rejected))


def _likely(case: CaseStore, question: str) -> tuple[Document, ...]:
    """The documents that hold the question's words, else all but one of them, else all but two ...: the oldest."""
    from winset.sourcing.asking.terms import beginnings
    from winset.store.full_text import searched

    words = beginnings(question)[:ASKED_WORDS]
    found: dict[DocumentId, None] = {}
    for many in range(len(words), 0, -1):
        for some in combinations(words, many):
            page = searched(case.database, " ".join(some), limit=LIKELY, each=1, documents=LIKELY)
            found.update(dict.fromkeys(hit.document_id for hit in page.hits))
        if len(found) >= LIKELY:
            break
    return case.documents(list(found)[:LIKELY])


def _statements_in(case: CaseStore, documents: Sequence[DocumentId]) -> frozenset[StatementId]:
    return frozenset(said.id for coding in case.codings(documents) for said in coding.statements)


def replied(
    question: Asked,
    index: PassageIndex,
    documents: Mapping[DocumentId, Document],
    named: Named,
    *,
    material: Callable[[Sequence[DocumentId]], Material],
    top: int = 5,
) -> Reply:
    """What indexed documents say to a question that is taken apart.

    material: codes documents, those of the passages that were found, or more.
    """
    from winset.sourcing.asking.ranking import away, best
    from winset.sourcing.asking.replies import Reply, who_says

    looked_at = max(top, SIFTED) if question.about_anything else top
    answer = best(question, index, documents.__getitem__, named, top=looked_at)
    telling = tuple(dict.fromkeys(passage.anchor.document_id for passage in answer.passages))
    read, origins = _origins_of(material(telling), telling)
    heard, score = who_says(answer.passages, read, origins, asked_about=question.actors), answer.score
    if question.about_anything:  # statements say better than words who speaks
        own = tuple(each for each in heard if each.identification and each.identification.actor_id == question.asked_of)
        heard = own or heard
        score = away(score, answer.threshold, above=bool(own))
    return Reply(
        question=question.words,
        answered=bool(heard) and score >= answer.threshold,
        score=score,
        threshold=answer.threshold,
        heard=heard[:top],
        documents=len(documents),
    )


def _origins_of(material: Material, telling: Collection[DocumentId]) -> tuple[Sequence[ReadDocument], Origins]:
    """The documents as read, and the origins of their statements; of a larger case among these documents alone."""
    from winset.sourcing.account import sources

    if len(material.documents) > TRACED_WHOLE:
        kept = [place for place, each in enumerate(material.documents) if each.id in telling]
        material = replace(
            material,
            documents=tuple(material.documents[place] for place in kept),
            codings=tuple(material.codings[place] for place in kept),
        )
    read = as_read(material)
    return read, sources(read, copies(material)).origins
