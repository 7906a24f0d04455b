"""Who said what, for corpora: rows in, pieces of lines out."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from winset import __version__

if TYPE_CHECKING:
    from winset.corpus.types import Rejected
    from winset.exchange.attribution_lines import BadRow, Piece, Row
    from winset.exchange.long_lines import Place

AHEAD = 4  # short rows read ahead of the one that is written, for each thread


def attributed(
    rows: Iterable[Row | BadRow], *, threads: int
) -> Generator[tuple[Place, Iterable[Piece], Rejected | None]]:
    """For each row, in order: where its line ends, the pieces of its line of who said what, and why it has none.

    threads: of a long text so many windows are read at once, of short texts so many rows; the pieces are the same
    for every number. Memory: that of a part of one text, or of a few short ones.
    """
    from concurrent.futures import Future, ThreadPoolExecutor

    from winset.exchange.attribution_lines import Row, attribution_line
    from winset.statements.attribution import attributions

    def whole(row: Row) -> list[Piece]:
        return list(attribution_line(row, partial(attributions, threads=1)))

    ahead: deque[tuple[Place, Future[list[Piece]]]] = deque()
    room = 1  # until the first text is read, and with it the weights, once
    pool = ThreadPoolExecutor(threads)
    try:
        for row in rows:
            short = isinstance(row, Row) and not row.is_long
            while ahead and (not short or len(ahead) >= room):
                place, line = ahead.popleft()
                yield place, line.result(), None
                room = AHEAD * threads
            if not isinstance(row, Row):
                yield row.place, (), row.rejected
            elif short:
                ahead.append((row.place, pool.submit(whole, row)))
            else:
                yield row.place, attribution_line(row, partial(attributions, threads=threads)), None
            del row  # a long one is let go before the next is read
        while ahead:
            place, line = ahead.popleft()
            yield place, line.result(), None
    finally:
        pool.shutdown(cancel_futures=True)


def attribution_fingerprint() -> str:
    """A hash of all that decides what `attributed` finds: the version, the code and the weights of its layer."""
    import hashlib

    from winset import statements

    folder = Path(next(iter(statements.__path__)))
    made = hashlib.sha256(__version__.encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            made.update(path.relative_to(folder).as_posix().encode())
            made.update(path.read_bytes())
    return made.hexdigest()
