"""Reading what was asked for, with progress on a terminal and one line for each document that could not be read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from winset.cli.inputs import Request
from winset.cli.messages import course, say, say_rejected
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.bulk.progress import Progress
    from winset.corpus.types import Document
    from winset.pipeline.material import Material
    from winset.store.types import Coding


def read(
    asked: Request,
    *,
    attributor: Sequence[str] = (),
    stance: str | None = None,
    processes: int | None = None,
    some: bool = False,
) -> Material:
    """The documents, coded by these attributors and this stance method, or the default ones.

    processes: as many as pay where None.  some: of a large kept case what its brief shows is enough, and that it is
    no more is told.
    Raises BadCase where there is no document, after telling why, for methods of a kept case, which is coded, and
    for a stance method without a proposal; UnknownMethod, NotConfigured.
    """
    from winset.pipeline.kept_cases import is_large, kept_material
    from winset.pipeline.large_brief import material_at_hand
    from winset.pipeline.reading import attributors

    refuse_methods(asked, attributor=attributor, stance=stance)
    if stance is not None and asked.spec is None:
        raise BadCase("--stance: nothing to be for or against: write --proposal, --body and --on, or leave it out")
    if asked.kept:
        from winset.store.case_store import CaseStore

        with CaseStore.open(asked.kept) as store:
            material = material_at_hand(store) if some else kept_material(store)
            if some and is_large(store):
                held = store.counts()["document"]
                say(
                    f"{asked.kept}: a large case: of {held:,} documents {len(material.documents)} are looked at,"
                    " in which the statements stand that weigh most"
                )
    else:
        from winset.bulk import coding

        by = attributors(attributor, stance=stance)
        with course("reading") as shown:
            material = coding.material(
                asked.sources,
                asked.spec,
                processes=processes,
                progress=shown,
                by=by,
                tell=say,
                additions=asked.additions,
            )
        for rejected in material.rejected:
            say_rejected(rejected)
    if material.documents:
        return material
    if asked.kept:
        raise BadCase(f"{asked.kept}: holds no document yet: add some with `winset add {asked.kept} DOCS...`")
    raise BadCase("no document could be read, so nothing is written")


@contextlib.contextmanager
def coded(
    asked: Request,
    *,
    attributor: Sequence[str] = (),
    stance: str | None = None,
    processes: int | None = None,
    shown: bool = True,
) -> Iterator[tuple[Iterable[tuple[Document, Coding]], int]]:
    """Each document with its coding, a large kept case never held as a whole; and how many could not be read.

    shown: whether a terminal is told how far a large case is.  Raises as `read` does.
    """
    from winset.pipeline.kept_cases import by_document, is_large

    if asked.kept:
        from winset.store.case_store import CaseStore

        refuse_methods(asked, attributor=attributor, stance=stance)
        with CaseStore.open(asked.kept) as store:
            if is_large(store):
                held = store.counts()
                with course("writing") if shown else contextlib.nullcontext() as show:
                    yield _told(by_document(store), held["document"], show), held["rejection"]
                return
    material = read(asked, attributor=attributor, stance=stance, processes=processes)
    yield zip(material.documents, material.codings, strict=True), len(material.rejected)


def _told(
    found: Iterator[tuple[Document, Coding]], total: int, show: Callable[[Progress], None] | None
) -> Iterator[tuple[Document, Coding]]:
    """The same, with a word to who looks on."""
    if show is None:
        yield from found
        return
    from winset.bulk.progress import Progress

    now = Progress(total=total)
    for document, coding in found:
        words = now.words + len(document.text.split())
        now = replace(now, done=now.done + 1, documents=now.documents + 1, words=words, name=document.name)
        show(now)
        yield document, coding


def refuse_methods(asked: Request, *, attributor: Sequence[str], stance: str | None) -> None:
    """Refuse who should code a kept case, which is coded.  Raises BadCase."""
    for option, given in (("--attributor", attributor), ("--stance", stance is not None)):
        if asked.kept and given:
            raise BadCase(f"{asked.kept}: is coded already: leave out {option}, or give the documents themselves")
