"""Which documents of a large case may be copies of new ones, found without reading all texts again.

Of each document some runs of words are kept as numbers, in parts as `kept_columns` keeps statements: the one in EVERY
whose number divides by it, the same in whichever document they stand. Documents that share some are then compared by
`corpus.copies` itself.
Source: Manber (1994), "Finding similar files in a large file system", for runs chosen by their own hash.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select

from winset.corpus.copies import runs
from winset.errors import CannotWrite, LockedCase
from winset.store import tables, trail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from winset.store.databases import Database

RUNS = "runs"  # kind of a part
EVERY = 16  # a story of 350 words has 22 of them; a copy that keeps a tenth of its runs is found four times in five
MADE_BY = f"1/{EVERY}"
NEAR = 12  # documents of one run that each is compared with: the first ones, and the last
FEWEST = 10  # one in so many of the runs of the shorter must be shared that do not stand in many documents
MANY = 3  # else one in so many of all
STANDING = 50  # documents in which a run stands that may be a phrase
IN_A_PART = 5_000  # documents
AT_ONCE = 200  # documents whose texts are held
MOST = 2_000_000  # runs of one part; it is not ours where it has more


def candidates(database: Database, new: Collection[int]) -> tuple[int, ...]:
    """Ranks of the new documents and of all that share runs with them, in order.

    new: ranks.  Raises LockedCase, NotACase.  Cost: that of reading the texts that nobody compared yet, once.
    """
    import numpy as np

    keep(database)
    with database.transaction(writes=False) as connection:
        parts, upto = _parts(connection)
        parts += [_rows(connection, upto, _newest(connection))]
    run, document = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
    wanted = np.array(sorted(new), dtype="i4")
    many = np.bincount(document)  # runs of each
    shared = np.isin(run, run[np.isin(document, wanted)])
    run, document = run[shared], document[shared]
    order = np.lexsort((document, run))
    run, document = run[order], document[order]
    starts = np.flatnonzero(np.append(True, run[1:] != run[:-1])[: len(run)])
    counts = np.diff(starts, append=len(run))
    place = np.arange(len(run)) - np.repeat(starts, counts)
    near = (place < NEAR) | (place >= np.repeat(counts, counts) - NEAR)
    standing = np.repeat(counts, counts) > STANDING
    looked_at = near | np.isin(document, wanted)
    run, document, standing = run[looked_at], document[looked_at], standing[looked_at]
    found = [wanted]
    for each in wanted.tolist():
        with_it = np.isin(run, run[document == each])
        others, at = np.unique(document[with_it], return_inverse=True)
        often, own = np.bincount(at), np.bincount(at, weights=~standing[with_it])
        runs_of = np.minimum(many[others], many[each])  # of the shorter of the two
        found.append(others[(own >= np.maximum(1, runs_of // FEWEST)) | (often >= np.maximum(1, runs_of // MANY))])
    return tuple(np.unique(np.concatenate(found)).tolist())


def keep(database: Database) -> None:
    """Make parts of what is in none yet, as far as they fill one; a case that cannot be written stays as it is."""
    while True:
        with database.transaction(writes=False) as connection:
            table = tables.column_part.c
            last = select(func.max(table.number), func.max(table.document)).where(table.kind == RUNS)
            number, upto = connection.execute(last.where(table.made_by == MADE_BY)).one()
            upto, newest = upto or 0, _newest(connection)
            if newest - upto < max(1, IN_A_PART // 10):
                return
            ends = min(newest, upto + IN_A_PART)
            run, document = _rows(connection, upto, ends)
        row = {"number": 0 if number is None else number + 1, "document": ends, "held": _packed(run, document)}
        row |= {"kind": RUNS, "made_by": MADE_BY, "statement": 0, "identification": 0, "stance": 0}
        try:
            with database.transaction(writes=True) as connection:
                if connection.execute(last.where(table.made_by == MADE_BY)).one()[1] not in (None, upto):
                    continue  # somebody else was faster
                connection.execute(delete(tables.column_part).where(table.kind == RUNS, table.number >= row["number"]))
                connection.execute(insert(tables.column_part), row)
        except (LockedCase, CannotWrite):
            return


def _newest(connection: Connection) -> int:
    return connection.execute(select(func.max(tables.document.c.rank))).scalar_one() or 0


def _parts(connection: Connection) -> tuple[list[tuple[NDArray[Any], NDArray[Any]]], int]:
    """The parts, as far as the first that is hurt, and how far they go."""
    table, found, upto = tables.column_part.c, [], 0
    query = select(table.document, table.held).where(table.kind == RUNS, table.made_by == MADE_BY)
    for ends, held in connection.execute(query.order_by(table.number)):
        part = _unpacked(held)
        if part is None:
            break
        found.append(part)
        upto = ends
    return found, upto


def _rows(connection: Connection, after: int, upto: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Some runs of each document after a rank and up to another, and whose they are."""
    import numpy as np

    found = [np.zeros(0, dtype="u8")]
    whose = [np.zeros(0, dtype="i4")]
    for rank, text in _texts(connection, after, upto):
        chosen = runs(text)
        chosen = chosen[chosen % np.uint64(EVERY) == 0]
        found.append(chosen)
        whose.append(np.full(len(chosen), rank, dtype="i4"))
    return np.concatenate(found), np.concatenate(whose)


def _texts(connection: Connection, after: int, upto: int) -> Iterator[tuple[int, str]]:
    document = tables.document.c
    query = select(document.rank, document.text).order_by(document.rank).limit(AT_ONCE)
    while some := connection.execute(query.where(document.rank > after, document.rank <= upto)).all():
        yield from ((rank, text) for rank, text in some)
        after = some[-1][0]


def _packed(run: NDArray[Any], document: NDArray[Any]) -> bytes:
    return zlib.compress(run.tobytes() + document.tobytes(), 1)


def _unpacked(held: bytes) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """The part of which that was made; None where it is hurt."""
    import numpy as np

    try:
        opened = zlib.decompressobj()
        body = opened.decompress(held, 12 * MOST)
    except zlib.error:
        return None
    if not opened.eof or len(body) % 12:
        return None
    rows = len(body) // 12  # bytes of a run and of a rank
    return np.frombuffer(body, "u8", rows), np.frombuffer(body, "i4", rows, offset=8 * rows)


def ranks(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """The ranks of documents, by id."""
    document = tables.document.c
    found: dict[str, int] = {}
    for some in trail.portions(sorted(ids)):
        query = select(document.id, document.rank).where(document.id.in_(some))
        found.update((row.id, row.rank) for row in connection.execute(query))
    return found
