"""`winset attribute`: who said what in each text of a corpus, JSON lines in and out."""

from __future__ import annotations

import contextlib
import json as json_format
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from winset.cli import clusters, inputs
from winset.cli.growing import Growing, Reached, growing
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, bar, counted, one_line, say, say_rejected
from winset.cli.outputs import STDOUT
from winset.errors import CannotWrite, Missing, NotText

if TYPE_CHECKING:
    from winset.corpus.types import Rejected
    from winset.exchange.attribution_lines import Piece
    from winset.exchange.long_lines import Place

TOLD = 20  # bad lines that are told of one by one

Input = Annotated[str, typer.Argument(metavar="IN", help='JSON lines of {"id", "text"}; - for stdin.')]
Output = Annotated[str, typer.Argument(metavar="OUT", help="Where the lines go; - for stdout.")]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads",
        metavar="N",
        min=1,
        max=64,
        help="Windows of a long text that are read at once; where it is given alone, texts too, in one process."
        "  [default: 2, or 1 where there is one core]",
        show_default=False,
    ),
]
Summary = Annotated[
    bool, typer.Option("--json", help="Print the counts as JSON on stdout (on stderr where the lines go there).")
]


@dataclass(slots=True)
class Complaints:
    """One line for each of the first bad lines, and a count of the others."""

    told: int = 0

    def tell(self, rejected: Rejected) -> None:
        """One more bad line."""
        self.told += 1
        if self.told <= TOLD:
            say_rejected(rejected)

    def end(self) -> None:
        """How many were not told of."""
        if self.told > TOLD:
            say(f"and {counted(self.told - TOLD, 'bad line')} more")


def attribute(
    source: Input,
    target: Output,
    *,
    threads: Threads = None,
    processes: inputs.Processes = None,
    cluster: clusters.Cluster = None,
    json: Summary = False,
) -> int:
    """Who said what in each text of a corpus, as JSON lines.

    Offsets are half-open, in Unicode code points into the text as it stands in its line. A corpus may be of any size.
    OUT is there when all is done; after an interruption the same command goes on where it stopped.

    For example:

    winset attribute texts.jsonl attributions.jsonl

    zcat texts.jsonl.gz | winset attribute - - | jq .attributions
    """
    from winset.bulk.cores import cores
    from winset.bulk.cores import processes as paying
    from winset.exchange.attribution_lines import rows
    from winset.pipeline.attributing import attributed

    name = "stdin" if source == STDOUT else source
    with opened(source, target) as stream, _grown(target, source) as out:
        start = _start(stream, name, out)
        with contextlib.ExitStack() as held:
            read = rows(stream, name=name, start=start)
            if cluster is not None:
                reading = clusters.attributed(read, held.enter_context(clusters.joined(cluster)))
            else:
                few = threads or min(2, cores())
                alone = threads is not None and processes is None
                count = 1 if alone else paying(processes, size=_size(stream) or 0)
                if count > 1:
                    from winset.bulk import attributing

                    reading = attributing.attributed(read, processes=count, threads=few)
                else:
                    reading = attributed(read, threads=few)
            held.enter_context(contextlib.closing(reading))
            _grow(out, reading, size=_size(stream), shown=target != STDOUT or not sys.stdout.isatty())
        reached = out.reached
        if reached.rejected and not reached.rows:
            raise NotText(f"{name}: no line of it could be read, so nothing is written")
    _summarise(reached, target, json=json)
    return BAD_INPUT if reached.rejected else FINE


def _grow(
    out: Growing,
    reading: Iterable[tuple[Place, Iterable[Piece], Rejected | None]],
    *,
    size: int | None,
    shown: bool,
) -> None:
    from winset.pipeline.clock import stopwatch

    started, complaints = stopwatch() - out.reached.seconds, Complaints()
    with bar("attributing", total=size, wanted=shown) as show:
        for place, pieces, rejected in reading:
            before = out.reached
            characters, attributions, words = 0, before.attributions, before.words
            for piece in pieces:
                out.write(piece.json)
                characters += piece.characters
                attributions += piece.attributions
                words += piece.words
                speed = words / max(stopwatch() - started, 1e-9)
                show(before.read + characters, f"{counted(before.rows, 'row')}, {speed:,.0f} words/s")
            if rejected is not None:
                complaints.tell(rejected)
            now = replace(
                before,
                read=place.read,
                lines=place.line,
                rows=before.rows + (rejected is None),
                rejected=before.rejected + (rejected is not None),
                attributions=attributions,
                words=words,
                seconds=round(stopwatch() - started, 3),
            )
            out.row_ended(now, seen=place.seen)
    complaints.end()


@contextlib.contextmanager
def opened(source: str, target: str) -> Iterator[BinaryIO]:
    """The lines as bytes.  Raises Missing, NotText, CannotWrite for one that stdout goes into."""
    if source == STDOUT:
        _refuse_loop(sys.stdin.buffer, target)
        yield sys.stdin.buffer
        return
    if Path(source).is_dir():
        raise NotText(f"{source}: is a folder: name a file of JSON lines")
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 - closed below; only its opening is ours to explain
    except OSError as error:
        raise Missing(f"{source}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in it
        raise Missing(f"{source!r}: is no name of a file: {error}") from error
    with stream:
        _refuse_loop(stream, target)
        yield stream


def _refuse_loop(stream: BinaryIO, target: str) -> None:
    status = _status(stream)
    written = _status(sys.stdout.buffer) if target == STDOUT else None
    if status and written and stat.S_ISREG(status.st_mode) and os.path.samestat(status, written):
        raise CannotWrite("stdout goes into the file that is being read: choose another one")


def _start(stream: BinaryIO, name: str, out: Growing) -> Place:
    """Where to begin: behind the rows that an earlier run has written, where they come from this input."""
    from winset.exchange.long_lines import Place, skipped

    reached = out.reached
    if reached.read:
        seen = skipped(stream, reached.read)
        if seen.hexdigest() == reached.seen:
            say(f"{out.path}: going on after {counted(reached.rows, 'row')}")
            return Place(line=reached.lines, read=reached.read, seen=seen)
        if not stream.seekable():
            raise CannotWrite(f"{out.path}: was made from something else than {name}: move it away, or name another")
        stream.seek(0)
        out.go_on(Reached(), anew=f"{name} is not what {out.path} was made from")
    if out.anew:
        say(f"{out.anew}: starting anew")
    return Place()


@contextlib.contextmanager
def _grown(target: str, source: str) -> Iterator[Growing]:
    """The output; where it stops early, a line tells how far it came."""
    from winset.pipeline.attributing import attribution_fingerprint

    out: Growing | None = None
    try:
        with growing(target, source=source, made_by=attribution_fingerprint) as out:
            yield out
    except BaseException:
        if out is not None and out.journal is not None and out.reached.rows:
            say(f"{out.path} has {counted(out.reached.rows, 'row')}: the same command will go on after them")
        raise


def _summarise(reached: Reached, target: str, *, json: bool) -> None:
    told = {name: getattr(reached, name) for name in ("rows", "rejected", "attributions", "words", "seconds")}
    if json:
        print(json_format.dumps(of_schema("attribute", told)), file=sys.stderr if target == STDOUT else sys.stdout)
    elif target != STDOUT:
        bad = f", {counted(reached.rejected, 'bad line')}" if reached.rejected else ""
        rows, found = counted(reached.rows, "row"), counted(reached.attributions, "attribution")
        print(one_line(f"{found} in {rows} of {counted(reached.words, 'word')}{bad}: {target}"))


def _status(stream: BinaryIO) -> os.stat_result | None:
    try:
        return os.fstat(stream.fileno())
    except (OSError, ValueError):  # not a file of the system's
        return None


def _size(stream: BinaryIO) -> int | None:
    status = _status(stream)
    return status.st_size if status and stat.S_ISREG(status.st_mode) else None
