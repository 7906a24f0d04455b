"""A corpus of our own making, machines that are processes of this one, and what one process makes of the corpus."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="needs winset[cluster]")

from winset.cluster import dataset, sources, tables
from winset.pipeline.material import Material
from winset.pipeline.reading import read_material
from winset.pipeline.stating import stated

SPEAKERS = ("France", "Germany", "Canada", "Norway", "Portugal", "Poland", "Japan", "Brazil")
PLACES = ("Tromsø", "Reykjavik", "Riga", "Lisbon", "Oslo", "Turku")
PROPOSAL = "Open a training centre in Reykjavik"


def text_of(number: int) -> str:
    """A short article; no two are the same."""
    who, other = SPEAKERS[number % 8], SPEAKERS[(number + 3) % 8]
    place, day = PLACES[number % 6], 1 + number % 28
    return (
        f"The council met in {place} on {day} June 2023 about plan {number}.\n\n"
        f"{who} opposes the training centre in Reykjavik, its minister said on Monday. “We are against plan {number},” "
        f"the minister told reporters.\n\n{other} said that it supports opening the training centre in Reykjavik."
    )


def write_lines(path: Path, numbers: range) -> Path:
    """The articles of these numbers, one a line."""
    rows = [{"id": f"article-{number:03d}", "text": text_of(number)} for number in numbers]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares of a handful of articles, so that a run has many."""
    monkeypatch.setattr(sources, "LEAST", 2_500)


@pytest.fixture(scope="session")
def question() -> Any:
    """What is asked of the corpus."""
    return stated(proposal=PROPOSAL, body="nato", on="2023-07-11", options=["smaller=40"])


def rows_in(place: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of a folder of results, partition after partition; places in shares left out, duplicates by name."""
    names = sorted(dataset.manifests(place))
    return _sorted(
        {
            table: _bare(row for name in names for row in tables.rows_of(dataset.read(place, table, name)))
            for table in tables.NAMES
        }
    )


def _sorted(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """What came again is told in no order: later partitions tell last what an earlier one has."""
    return {**rows, "duplicates": sorted(rows["duplicates"], key=lambda row: str(row["name"]))}


def _bare(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "number"} for row in rows]


def rows_of_one_process(material: Material) -> dict[str, list[dict[str, Any]]]:
    """What these rows are to be."""
    result = tables.Result(
        coded=tuple(
            tables.Coded(number=0, document=document, coding=coding)
            for document, coding in zip(material.documents, material.codings, strict=True)
        ),
        rejected=tuple((0, each) for each in material.rejected),
        duplicates=tuple((0, each) for each in material.duplicates),
    )
    return _sorted({name: _bare(tables.rows_of(payload)) for name, payload in tables.tables(result).items()})


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty articles as lines of JSON."""
    return write_lines(tmp_path_factory.mktemp("articles") / "articles.jsonl", range(40))


@pytest.fixture(scope="session")
def expected(articles: Path, question: Any) -> dict[str, list[dict[str, Any]]]:
    """What one process makes of them."""
    return rows_of_one_process(read_material([str(articles)], question))


@dataclass
class Machines:
    """A scheduler and workers, each a process."""

    folder: Path
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    port: int = 0

    def start_scheduler(self) -> None:
        """On the same port as before, where there was one."""
        said = self.folder / f"scheduler-{time.monotonic_ns()}.json"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--scheduler-file", said
        )
        while not (said.is_file() and said.read_bytes().rstrip().endswith(b"}")):
            assert self.scheduler.poll() is None, "the scheduler has ended"
            time.sleep(0.05)
        self.address = json.loads(said.read_text())["address"]
        self.port = int(self.address.rpartition(":")[2])

    def start_worker(self) -> None:
        """One process with one thread, which is started again when it dies."""
        self.workers.append(
            self._start("worker", self.address, "--nthreads", "1", "--no-dashboard", "--local-directory", self.folder)
        )

    def _start(self, *arguments: object) -> subprocess.Popen[bytes]:
        log = (self.folder / "log.txt").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *map(str, arguments)], stdout=log, stderr=log, cwd=self.folder
            )

    def stop(self) -> None:
        """End all of it."""
        for process in (*self.workers, self.scheduler):
            if process is not None and process.poll() is None:
                process.terminate()
        for process in (*self.workers, self.scheduler):
            if process is not None:
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


@contextlib.contextmanager
def started(folder: Path, *, workers: int) -> Iterator[Machines]:
    """So many workers and a scheduler."""
    found = Machines(folder=folder)
    try:
        found.start_scheduler()
        for _ in range(workers):
            found.start_worker()
        yield found
    finally:
        found.stop()


@pytest.fixture(scope="session")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A cluster of two workers."""
    with started(tmp_path_factory.mktemp("machines"), workers=2) as found:
        yield found
