"""Documents coded by processes: all that a brief is made of, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from winset.bulk.arriving import Arrivals
from winset.bulk.cores import processes as paying
from winset.bulk.progress import Progress, size_of
from winset.bulk.work import ReadAndCode
from winset.bulk.workers import Here, Workers
from winset.corpus.sources import expanded
from winset.corpus.types import Document, Duplicate, Rejected
from winset.ids import DocumentId
from winset.pipeline.material import Material
from winset.pipeline.reading import Attributors

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.issues import CaseSpec
    from winset.store.types import Coding


def material(
    sources: Sequence[str],
    spec: CaseSpec | None,
    *,
    processes: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    by: Attributors | None = None,
    tell: Callable[[str], None] | None = None,
    additions: tuple[Addition, ...] = (),
) -> Material:
    """The same as `pipeline.reading.read_material`, for every number of processes.

    processes: as many as pay where None; one where a language model is asked, which is what takes its time.
    """
    meant = expanded(sources)
    size = size_of(meant)
    count = 1 if by is not None and by.endpoint is not None else paying(processes, size=size)
    work = ReadAndCode(spec=spec, additions=additions, by=by)
    documents: dict[DocumentId, Document] = {}
    codings: list[Coding] = []
    rejected: list[Rejected] = []
    duplicates: dict[str, Duplicate] = {}
    shown = Progress(total=size)
    with Workers(work, count=count) if count > 1 else Here(work) as workers:
        for arrived in Arrivals(workers, known=lambda ids: {id for id in ids if id in documents}).of(meant):
            for each in arrived.arrivals:
                if isinstance(each, Rejected):
                    rejected.append(each)
                elif each.coding is not None:
                    documents[each.document.id] = each.document
                    codings.append(each.coding)
                elif each.document.name != documents[each.document.id].name:
                    duplicates[each.document.name] = _again(each.document)
            for line in arrived.told if tell else ():
                tell(line)  # type: ignore[misc]  # it is there
            shown = shown.after(arrived)
            if progress is not None:
                progress(shown)
    return Material(
        documents=tuple(documents.values()),
        codings=tuple(codings),
        rejected=tuple(rejected),
        duplicates=tuple(duplicates.values()),
        runs=tuple(run for coding in codings for run in coding.runs),
        additions=additions,
    )


def _again(document: Document) -> Duplicate:
    return Duplicate(name=document.name, document_id=document.id, of=document.id, similarity=1.0)
