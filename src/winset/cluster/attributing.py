"""Who said what in each line of a corpus, asked of a cluster: the lines that one process writes, in their order."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from winset.cluster import work
from winset.cluster.joining import Call, Joined, Killed
from winset.corpus.types import Rejected
from winset.errors import Damaged
from winset.exchange.attribution_lines import BadRow, Piece, Row, attribution_line
from winset.exchange.long_lines import LongString, Place
from winset.statements.attribution import attributions

BATCH = 200_000  # characters of a call, ten seconds of work or less
ROWS = 500  # and lines

Attributed = tuple[Place, Iterable[Piece], Rejected | None]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows that stand one after the other: bad ones, one that is read here, or several that a worker reads."""

    rows: tuple[Row | BadRow, ...]

    def call(self) -> Call[_Batch]:
        texts = [[row.id, row.text] for row in self.rows if isinstance(row, Row) and isinstance(row.text, str)]
        return Call(self, work.attributed, (json.dumps(texts).encode(),))


def attributed(rows: Iterable[Row | BadRow], joined: Joined) -> Generator[Attributed]:
    """As `pipeline.attributing.attributed`. A text of over four million characters is read here, in parts.

    Raises NoCluster.
    """
    for batch, answer in joined.in_order(each.call() for each in _batches(rows)):
        if isinstance(answer, Killed):
            yield from _one_by_one(batch, joined)
        else:
            yield from _told(batch, json.loads(answer))


def _told(batch: _Batch, lines: list[list[list[object]]]) -> Iterator[Attributed]:
    found = iter(lines)
    for row in batch.rows:
        if not isinstance(row, Row):
            yield row.place, (), row.rejected
        elif isinstance(row.text, LongString):
            yield row.place, attribution_line(row, partial(attributions, threads=1)), None
        else:
            yield row.place, [Piece(*piece) for piece in next(found)], None  # type: ignore[arg-type]


def _one_by_one(batch: _Batch, joined: Joined) -> Iterator[Attributed]:
    """Rows of which workers died: each alone, and who kills once more is refused."""
    for each, answer in joined.in_order(_Batch((row,)).call() for row in batch.rows):
        row = each.rows[0]
        if isinstance(answer, Killed):
            name = f"line {row.place.line}"
            line = f"{name}: kills the process that reads it: take it out, or split it up"
            yield row.place, (), Rejected(name=name, reason=line, kind=Damaged.__name__)
        else:
            yield from _told(each, json.loads(answer))


def _batches(rows: Iterable[Row | BadRow]) -> Iterator[_Batch]:
    held: list[Row | BadRow] = []
    length = 0
    for row in rows:
        text = row.text if isinstance(row, Row) else ""
        if isinstance(text, LongString):  # held alone: it may be of any size
            if held:
                yield _Batch(tuple(held))
            yield _Batch((row,))
            held, length = [], 0
            continue
        if held and (length + len(text) > BATCH or len(held) >= ROWS):
            yield _Batch(tuple(held))
            held, length = [], 0
        held.append(row)
        length += len(text)
    if held:
        yield _Batch(tuple(held))
