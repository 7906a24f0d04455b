"""Reading documents and coding them: who said what, who that is, for or against."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.ids import DocumentId
from winset.issues import CaseSpec
from winset.pipeline.defaults import STANCE
from winset.pipeline.material import Material

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.corpus.types import Document, Duplicate, Limits, Rejected
    from winset.statements.language_model.types import Endpoint
    from winset.store.types import Coding

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributors:
    """Who codes the documents: methods in order of preference, and the language model that one of them asks."""

    methods: tuple[str, ...]
    stance: str = STANCE  # the one method that tells for or against
    endpoint: Endpoint | None = None


def attributors(names: Sequence[str], *, stance: str | None = None) -> Attributors:
    """The attributors of these names, and the stance method, ready to code; the default ones where there is none.

    A language model is set up from the environment, and only where a method that asks one is among the names.
    Raises UnknownMethod, NotConfigured.
    """
    from winset.positions.stances import STANCES
    from winset.statements.attributors import ATTRIBUTORS
    from winset.statements.extraction import DEFAULT

    methods = tuple(dict.fromkeys(ATTRIBUTORS[name].id for name in names)) or tuple(DEFAULT)
    side = STANCES[STANCE if stance is None else stance]
    if not any("endpoint" in needs for needs in (side.needs, *(ATTRIBUTORS[name].needs for name in methods))):
        return Attributors(methods=methods, stance=side.id)
    from winset.exchange.chat_endpoint import ChatEndpoint
    from winset.exchange.chat_settings import chat_settings

    return Attributors(methods=methods, stance=side.id, endpoint=ChatEndpoint(chat_settings(os.environ)))


def read_documents(
    sources: Sequence[str], *, limits: Limits | None = None, progress: Progress | None = None
) -> Iterator[Document | Rejected]:
    """Every document the sources lead to, and every one that could not be read, as they come.

    sources: files, folders, globs, http(s) addresses.  progress: called with each name before it is read.
    """
    from winset.corpus.reading import read
    from winset.corpus.types import Limits

    return read(sources, limits=limits or Limits(), progress=progress)


def code_document(
    document: Document,
    spec: CaseSpec | None,
    *,
    by: Attributors | None = None,
    tell: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Coding:
    """Who said what in it, who that is and, where a proposal is given, for or against.

    by: the default attributors where None.  tell: hears, in one line, where a language model gave no answer
    that holds.  additions: the user's own registries.
    """
    from winset.actors.registry import registry
    from winset.actors.resolution import resolve
    from winset.positions.stance_taking import Taken, stances_by
    from winset.statements.extraction import extract
    from winset.store.types import Coding

    by = by or attributors(())
    extraction = extract(document, methods=by.methods, endpoint=by.endpoint)
    if extraction.unanswered and tell is not None:
        tell(f"{document.name}: coded without the language model: {extraction.unanswered}")
    known = registry(additions)
    who = resolve(document, extraction.statements, known, spec=spec, parts=extraction.segments)
    taken = Taken(stances=())
    if spec is not None:
        taken = stances_by(
            by.stance,
            who.statements,
            document=document,
            issue=spec.issue,
            identifications=who.identifications,
            segments=extraction.segments,
            endpoint=by.endpoint,
            otherwise=STANCE,
        )
    if taken.untold and tell is not None:
        many = f"{taken.untold} of {len(taken.stances)} statements"
        tell(f"{document.name}: {many} judged by {STANCE}, not by {by.stance}: {taken.why}")
    return Coding(
        statements=who.statements,
        identifications=who.identifications,
        stances=taken.stances,
        refused=extraction.refused,
        runs=(extraction.run, *extraction.asked, *taken.runs),
    )


def read_material(
    sources: Sequence[str],
    spec: CaseSpec | None,
    *,
    progress: Progress | None = None,
    by: Attributors | None = None,
    tell: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Material:
    """Read and code everything, once: a text that comes again under another name is a duplicate.

    by, tell, additions: as for `code_document`.
    """
    return material_of(read_documents(sources, progress=progress), spec, by=by, tell=tell, additions=additions)


def material_of(
    found: Iterable[Document | Rejected],
    spec: CaseSpec | None,
    *,
    by: Attributors | None = None,
    tell: Progress | None = None,
    additions: tuple[Addition, ...] = (),
) -> Material:
    """The same from documents that are read already."""
    from winset.corpus.types import Duplicate, Rejected

    documents: dict[DocumentId, Document] = {}
    codings: list[Coding] = []
    rejected: list[Rejected] = []
    duplicates: dict[str, Duplicate] = {}
    for each in found:
        if isinstance(each, Rejected):
            rejected.append(each)
        elif each.id not in documents:
            documents[each.id] = each
            codings.append(code_document(each, spec, by=by, tell=tell, additions=additions))
        elif each.name != documents[each.id].name:
            duplicates[each.name] = Duplicate(name=each.name, document_id=each.id, of=each.id, similarity=1.0)
    return Material(
        documents=tuple(documents.values()),
        codings=tuple(codings),
        rejected=tuple(rejected),
        duplicates=tuple(duplicates.values()),
        runs=tuple(run for coding in codings for run in coding.runs),
        additions=additions,
    )
