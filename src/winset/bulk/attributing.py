"""Who said what in each text of a corpus: short texts by processes, a long one by threads of this one."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from winset.bulk.workers import Died, Workers, told
from winset.corpus.types import Rejected
from winset.errors import Damaged, TooLarge
from winset.exchange.attribution_lines import Piece, Row, attribution_line
from winset.exchange.long_lines import Place
from winset.statements.attribution import attributions

if TYPE_CHECKING:
    from winset.exchange.attribution_lines import BadRow

HELD = 16_000_000  # bytes of texts that are held, whatever their number
PLACES_EACH = 24

_Line: TypeAlias = tuple[Place, Iterable[Piece], Rejected | None]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Attributes a short text, given with its id: its whole line."""

    def load(self) -> None:
        """Load the network."""
        list(attributions("The minister said on Monday that the plan is wrong."))

    def __call__(self, asked: tuple[str | int, str]) -> Piece:
        """The line as one piece."""
        id, text = asked
        pieces = list(attribution_line(Row(place=Place(), id=id, text=text), partial(attributions, threads=1)))
        return Piece(
            json="".join(piece.json for piece in pieces),
            attributions=sum(piece.attributions for piece in pieces),
            words=sum(piece.words for piece in pieces),
            characters=sum(piece.characters for piece in pieces),
        )


@dataclass(slots=True)
class _Asked:
    row: Row | BadRow
    number: int | None = None  # of the answer that is awaited
    size: int = 0


def attributed(rows: Iterable[Row | BadRow], *, processes: int, threads: int) -> Generator[_Line]:
    """The same as `pipeline.attributing.attributed`, for every number of processes.

    threads: how many windows of a long text are read at once, in this process.  Memory: that of a part of one text,
    or of some short ones.
    """
    with Workers(Attribute(), count=processes) as workers:
        ahead: deque[_Asked] = deque()
        answers: dict[int, Any] = {}
        held = 0
        for row in rows:
            asked = _Asked(row)
            if isinstance(row, Row) and isinstance(row.text, str) and not row.is_long:
                asked.size = 4 * len(row.text)
                asked.number = workers.submit((row.id, row.text), size=asked.size)
            held += asked.size
            ahead.append(asked)
            whole = asked.number is None  # a long text, which is held once, or none at all
            del row
            while ahead and (whole or held > HELD or len(ahead) > PLACES_EACH * processes):
                first = ahead.popleft()
                held -= first.size
                yield _line(first, workers, answers, threads)
                del first
            del asked
        while ahead:
            yield _line(ahead.popleft(), workers, answers, threads)


def _line(asked: _Asked, workers: Workers, answers: dict[int, Any], threads: int) -> _Line:
    row = asked.row
    if not isinstance(row, Row):
        return row.place, (), row.rejected
    if asked.number is None:
        return row.place, attribution_line(row, partial(attributions, threads=threads)), None
    while asked.number not in answers:
        answers.update(workers.answers())
    answer = answers.pop(asked.number)
    if isinstance(answer, Died):
        return row.place, (), _lost(row, answer)
    return row.place, (told(answer),), None


def _lost(row: Row, died: Died) -> Rejected:
    where = f"line {row.place.line}"
    reason = f"{where}: the process at work on it was {died.how}, and again with no other at work; leave it out"
    return Rejected(name=where, reason=reason, kind=(TooLarge if died.killed else Damaged).__name__)
