"""Documents into a kept case, coded on a cluster: the case is the one that one process makes of them.

Shares come in the order of the sources, each in one transaction together with the note that it is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from winset.cluster import coding
from winset.cluster.tables import Coded, Result
from winset.corpus.types import Duplicate, Rejected
from winset.pipeline.clock import now
from winset.pipeline.keeping import KeptOne
from winset.store.taking_in import Arrival, Incoming, TakenIn, take_in, taken_in

if TYPE_CHECKING:
    from winset.cluster.joining import Joined
    from winset.cluster.sources import Share
    from winset.store.case_store import CaseStore


def kept(
    joined: Joined,
    store: CaseStore,
    given: Sequence[str],
    *,
    by: str = "",
    progress: coding.Progress | None = None,
) -> Iterator[KeptOne]:
    """Code and keep the documents of these sources: what is told of one is in the case.

    given: files, folders, patterns, addresses.  by: who adds them, for the trail.
    Raises NoCluster, LockedCase, CannotWrite and what setting up the workers raises.
    """
    asked = coding.setup(store.spec(), registries=store.registries(), known=_known(store))

    def done(keys: Sequence[str]) -> Sequence[str]:
        there = taken_in(store, [_place(key) for key in keys])
        return [key for key in keys if _place(key) in there]

    for share, result in coding.in_order(joined, given, asked, done=done, progress=progress):
        if result is None:
            place = _place(share.key)
            yield from (KeptOne(name=name) for name in taken_in(store, [place])[place].names or ())
        else:
            yield from _kept(store, share, result, by=by)


def _kept(store: CaseStore, share: Share, result: Result, *, by: str) -> Iterator[KeptOne]:
    arrivals = tuple(_arrivals(result))
    documents = [each.document for each in arrivals if isinstance(each, Incoming)]
    note = TakenIn(
        place=_place(share.key),
        size=sum(piece.size for piece in share.pieces),
        modified=0,
        documents=len(documents),
        names=tuple(document.name for document in documents),
    )
    again = any(isinstance(each, Rejected) for each in arrivals)  # is read again, and told again, the next time
    new = take_in(store, arrivals, taken=[] if again else [note], by=by, at=now())
    for each, is_new in zip(arrivals, new, strict=True):
        if isinstance(each, Rejected):
            yield KeptOne(name=each.name, rejected=each)
        else:
            found = len(each.coding.statements) if each.coding and is_new else 0
            yield KeptOne(name=each.document.name, document=each.document, new=is_new, statements=found)


def _arrivals(result: Result) -> Iterator[Arrival]:
    """Everything in the share's order; a text that came again in it goes by its other name."""
    first = {each.document.id: each.document for each in result.coded}
    for each in result.in_order():
        if isinstance(each, Coded):
            yield Incoming(document=each.document, coding=each.coding)
        elif isinstance(each, Duplicate):
            yield Incoming(document=replace(first[each.of], name=each.name), coding=None)
        else:
            yield each


def _place(key: str) -> str:
    return f"share {key}"


def _known(store: CaseStore) -> bytes:
    """The ids of all texts of the case, eight bytes each, sorted."""
    import numpy as np
    from sqlalchemy import select

    from winset.store import tables

    with store.database.transaction(writes=False) as connection:
        ids = [int(id, 16) for id in connection.execute(select(tables.document.c.id)).scalars()]
    return np.sort(np.array(ids, np.uint64)).tobytes()
