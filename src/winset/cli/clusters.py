"""`--cluster`: what a command does on the machines of a Dask cluster instead of by itself."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from winset.cli import outputs
from winset.cli.messages import counted, progress, say, say_rejected
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.bulk.keeping import Kept
    from winset.cli.inputs import Request
    from winset.cluster.attributing import Attributed
    from winset.cluster.coding import Progress, Reached
    from winset.cluster.joining import Joined
    from winset.corpus.types import Rejected
    from winset.exchange.attribution_lines import BadRow, Row
    from winset.store.case_store import CaseStore

TOLD = 20  # rejected documents that are told of one by one

Cluster: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Code on a Dask cluster: tcp://HOST:PORT, tls://HOST:PORT, or local:N for N processes of this machine."
        " Documents may then be Parquet and WARC too, and lie on a store, as in s3://BUCKET/FOLDER/.",
        show_default=False,
    ),
]


@contextlib.contextmanager
def joined(address: str) -> Iterator[Joined]:
    """The cluster of an address.  Raises BadCase, NotConfigured, NoCluster."""
    from winset.cluster.joining import joined as joined_to

    with joined_to(address, tell=say) as found:
        yield found


def add(store: CaseStore, documents: Sequence[str], address: str) -> Kept:
    """Documents into a kept case, coded on a cluster."""
    from winset.bulk.keeping import COMPARED, Kept
    from winset.cluster.keeping import kept
    from winset.pipeline.keeping import make_ready, near_copies

    told, new = Kept(), []
    with joined(address) as cluster, shown("adding") as tell:
        for each in kept(cluster, store, documents, progress=tell):
            if each.rejected is not None:
                told.rejected.append(each.rejected)
            elif each.new and each.document is not None:
                told.added.append(each.name)
                told.statements += each.statements
                new.append(each.document.id)
            else:
                told.again.append(each.name)
    make_ready(store)
    told.compared = len(new) <= COMPARED
    told.near = near_copies(store, new) if told.compared else ()
    return told


def statements(
    asked: Request,
    output: str,
    address: str,
    *,
    attributor: Sequence[str],
    stance: str | None,
) -> dict[str, int]:
    """Who said what into a folder of Parquet, or as lines into a file or stdout; how much of what.

    Raises BadCase for a kept case, or where no document could be read.
    """
    from winset.cluster.coding import setup

    if asked.kept:
        raise BadCase(f"{asked.kept}: is coded already: leave out --cluster, or give the documents themselves")
    if stance is not None and asked.spec is None:
        raise BadCase("--stance: nothing to be for or against: write --proposal, --body and --on, or leave it out")
    question = setup(asked.spec, registries=asked.registries, attributors=attributor, stance=stance)
    with joined(address) as cluster, shown("coding") as tell:
        if is_folder(output):
            from winset.cluster.coding import written

            done = written(cluster, asked.sources, question, output.rstrip("/"), progress=tell)
            _tell(done.told, done.rejected)
            told = {"documents": done.documents, "statements": done.statements, "rejected": done.rejected}
        else:
            from winset.cluster.lines import lines

            with outputs.stream(output, sources=asked.sources) as file:
                made = lines(cluster, asked.sources, question, file, progress=tell)
                _tell(made.rejected, len(made.rejected))
                told = {
                    "documents": made.documents,
                    "statements": made.statements,
                    "rejected": len(made.rejected),
                }
                if not told["documents"]:
                    raise BadCase("no document could be read, so nothing is written")
    return told


def attributed(rows: Iterable[Row | BadRow], cluster: Joined) -> Generator[Attributed]:
    """As `pipeline.attributing.attributed`, by the workers of a cluster."""
    from winset.cluster import attributing
    from winset.cluster.coding import setup

    cluster.set_up(setup(None).text())
    yield from attributing.attributed(rows, cluster)


def is_folder(output: str) -> bool:
    """Whether results are to be a folder of Parquet, on this machine or a store.

    >>> is_folder("out/"), is_folder("s3://bucket/out"), is_folder("out.jsonl"), is_folder("-")
    (True, True, False, False)
    """
    return output.endswith("/") or "://" in output or Path(output).is_dir()


@contextlib.contextmanager
def shown(verb: str) -> Iterator[Progress | None]:
    """Tells a terminal how far it has come: documents, words in a second, and the time that is left."""
    from winset.pipeline.clock import stopwatch

    with progress(verb) as show:
        if show is None:
            yield None
            return
        began = stopwatch()

        def tell(reached: Reached) -> None:
            seconds = max(stopwatch() - began, 1e-9)
            left = seconds / reached.share - seconds if reached.share else 0.0
            speed = f"{reached.words / seconds:,.0f} words/s"
            show(f"{counted(reached.documents, 'document')}, {speed}, {reached.share:.0%}, {_span(left)} left")

        yield tell


def _tell(rejected: Sequence[Rejected], number: int) -> None:
    for each in rejected[:TOLD]:
        say_rejected(each)
    if number > TOLD:
        say(f"and {number - TOLD:,} more that could not be read")
    sys.stderr.flush()


def _span(seconds: float) -> str:
    """A time in words.

    >>> _span(40), _span(600), _span(9000)
    ('40 s', '10 min', '2.5 h')
    """
    if seconds < 100:  # noqa: PLR2004 - below it, seconds say more
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 100 * 60 else f"{seconds / 3600:.1f} h"
