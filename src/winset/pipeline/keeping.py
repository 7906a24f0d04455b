"""Keeping documents in a case: added one by one, held against what is there, marked by a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.ids import DocumentId
from winset.pipeline.clock import now
from winset.pipeline.defaults import STANCE
from winset.pipeline.kept_cases import is_large
from winset.pipeline.material import near
from winset.pipeline.reading import Progress, code_document
from winset.pipeline.registries import own_registries

if TYPE_CHECKING:
    from winset.corpus.types import Document, Duplicate, Limits, Rejected
    from winset.store.case_store import CaseStore
    from winset.store.types import Coding

COMPARED = 2_000  # documents up to which new ones are compared with all texts


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOne:
    """What became of one document that came in."""

    name: str
    document: Document | None = None  # None: it could not be read
    new: bool = False  # else its text was there already
    statements: int = 0  # found in a new one
    rejected: Rejected | None = None


def keep_each(store: CaseStore, found: Iterable[Document | Rejected], *, by: str = "") -> Iterator[KeptOne]:
    """Code and keep documents one by one: what is told of one is in the case.  by: who adds them, for the trail."""
    from winset.corpus.types import Rejected

    spec, own = store.spec(), own_registries(store)
    for each in found:
        if isinstance(each, Rejected):
            store.reject(each)
            yield KeptOne(name=each.name, rejected=each)
            continue
        if not store.has(each.id):
            coding = code_document(each, spec, additions=own)
            if store.add(each, coding, by=by, at=now()):
                yield KeptOne(name=each.name, document=each, new=True, statements=len(coding.statements))
                continue
        store.repeat(each)
        yield KeptOne(name=each.name, document=each)


def keep_payloads(
    store: CaseStore,
    payloads: Iterable[tuple[str, bytes]],
    *,
    by: str = "",
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Iterator[KeptOne]:
    """As `keep_each`, of files' bytes with the names by which people know them.  Writes no file."""
    from winset.corpus.reading import read_payloads
    from winset.corpus.types import Limits

    yield from keep_each(store, read_payloads(payloads, limits=limits or Limits(), progress=progress), by=by)


def near_copies(store: CaseStore, new: Collection[DocumentId]) -> tuple[Duplicate, ...]:
    """Documents that nearly are others, where one of the two is among the new ones.

    Cost: every text is read; of a case of more than COMPARED documents those that share runs of words with new ones,
    and once those that were never compared.
    """
    if not new:
        return ()
    there = store.documents() if store.counts()["document"] <= COMPARED else _likely_copies(store, new)
    return tuple(found for found in near(there) if {found.document_id, found.of} & set(new))


def make_ready(store: CaseStore) -> None:
    """Keep what the first question to a large case, and the next documents added to it, would otherwise wait for.

    Cost: that of reading the documents that came since, next to nothing where these are few.
    """
    from winset.store import compared, kept_columns

    if store.counts()["document"] > COMPARED:
        compared.keep(store.database)
    if is_large(store):
        kept_columns.keep(store.database)


def _likely_copies(store: CaseStore, new: Collection[DocumentId]) -> tuple[Document, ...]:
    """The new documents and those of which they may be copies; see `store.compared`."""
    from winset.store import compared, excerpts

    with store.database.transaction(writes=False) as connection:
        ranks = compared.ranks(connection, new)
    among = excerpts.documents_at(store, compared.candidates(store.database, set(ranks.values())))
    return store.documents(tuple(among.values()))


def mark(
    store: CaseStore,
    document: Document,
    *,
    source: tuple[int, int] | None,
    cue: tuple[int, int] | None,
    contents: Sequence[tuple[int, int]],
    by: str,
) -> Coding:
    """A statement that a person marks in a document of the case, for `Desk.add` and `Desk.reshape` to keep.

    source, cue, contents: half-open spans of its text; the words in quotation marks tell the form.  by: who marks it.
    The machine reads of it what the person did not say: the date, who the source is, for or against.
    Raises BadSpan.
    """
    from winset.actors.registry import registry
    from winset.actors.resolution import identify
    from winset.positions.stance_taking import stances_by
    from winset.statements.marking import marked
    from winset.statements.segmentation import segments
    from winset.store.types import Coding

    spec = store.spec()
    statement, run = marked(document, source=source, cue=cue, contents=contents, by=by)
    who = identify(document, (statement,), registry(own_registries(store)), spec=spec)
    taken = stances_by(
        STANCE,
        (statement,),
        document=document,
        issue=spec.issue,
        identifications=who,
        segments=segments(document.text),
        endpoint=None,
        otherwise=STANCE,
    )
    return Coding(statements=(statement,), identifications=who, stances=taken.stances, runs=(run, *taken.runs))
