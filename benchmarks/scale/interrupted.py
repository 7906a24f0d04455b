"""A run that is killed again and again, with all its processes, against one that is left alone."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import WINSET
from benchmarks.scale import Row
from benchmarks.scale.running import Turns, ran
from benchmarks.scale.texts import articles, written
from benchmarks.scale.throughput import STATED

TITLE = "Killed again and again"
ABOUT = (
    "`winset add CASE corpus.jsonl`, its whole process group killed with SIGKILL, and the same command given again "
    "each time, against the same command that nobody kills. The moments are drawn from a seeded generator, one in "
    "each of as many parts of the time that the run takes. Both run in turns, the one standing still while the "
    "other has the machine, so that whatever else the machine does meets both. Rows that differ are those of all "
    "tables that do not only help the database to search. Time lost is what all runs took together beyond the one "
    "left alone."
)
TIMES = 20
MOST = 10_000  # documents: more say nothing new
SEED = 3
TRIED = 10  # a run of one in so many documents, and one of half of these, tell about how long all will take
FEWEST = 200  # documents of such a run: of fewer, half are read by one process alone
SURE = 0.95  # of that time, in which the kills fall: a run that is done before cannot be killed
APART = ("seal", "taken_in", "sqlite_sequence")  # digests of the rows' bytes in their order; how far sources are in
CLOCK = {"SOURCE_DATE_EPOCH": "1700000000"}  # or the trail would tell when


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:  # noqa: ARG001 - as all parts
    """The largest of the sizes that says something."""
    size = min(max(sizes), MOST)
    corpus = folder / "corpus.jsonl"
    words = written(articles(size), corpus)
    cases = whole, killed = folder / "whole.winset", folder / "killed.winset"
    for case in cases:
        ran((WINSET, "new", case, *STATED), environment=CLOCK)
    moments = kills(_expected(size, folder))
    alone, again = (Turns((WINSET, "add", case, corpus), environment=CLOCK) for case in cases)
    times = 0
    with alone, again:
        done = False
        for turn in (after - before for before, after in zip([0.0, *moments], moments, strict=False)):
            if again.run(turn):
                break
            again.kill()
            times += 1
            done = done or alone.run(turn)
        if not done:
            alone.run()
        again.run()
    lost = again.seconds - alone.seconds
    return [
        {
            "documents": size,
            "words": words,
            "killed, times": times,
            "rows": sum(map(len, _rows(whole).values())),
            "rows that differ": differing(whole, killed),
            "seconds alone": round(alone.seconds, 1),
            "seconds in all": round(again.seconds, 1),
            "lost, %": round(100 * lost / alone.seconds, 1),
            "lost a kill, s": round(lost / max(times, 1), 2),
        }
    ]


def kills(seconds: float, *, seed: int = SEED) -> list[float]:
    """Moments of a run of so many seconds, in order: one in each of its parts.

    >>> [round(moment) for moment in kills(200)]
    [2, 15, 24, 36, 46, 51, 60, 78, 83, 92, 110, 115, 128, 135, 146, 152, 166, 179, 185, 197]
    """
    draw = random.Random(seed)
    return [seconds * (part + draw.random()) / TIMES for part in range(TIMES)]


def _expected(size: int, folder: Path) -> float:
    """About how long all documents will take, told from two small runs: what starting takes is in both."""
    few = max(FEWEST, size // TRIED)
    corpus, case = folder / "some.jsonl", folder / "some.winset"
    seconds = []
    for documents in (few // 2, few):
        case.unlink(missing_ok=True)
        ran((WINSET, "new", case, *STATED))
        written(articles(documents), corpus)
        seconds.append(ran((WINSET, "add", case, corpus)).seconds)
    each = max(0.0, seconds[1] - seconds[0]) / (few - few // 2)
    return SURE * (seconds[1] + each * (size - few))


def differing(one: Path, other: Path) -> int:
    """Rows of one case that the other has not at the same place."""
    a, b = _rows(one), _rows(other)
    found = 0
    for name in a.keys() | b.keys():
        left, right = a.get(name, []), b.get(name, [])
        found += abs(len(left) - len(right)) + sum(x != y for x, y in zip(left, right, strict=False))
    return found


def _rows(case: Path) -> dict[str, list[object]]:
    with contextlib.closing(sqlite3.connect(f"file:{case}?mode=ro", uri=True)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = [name for (name,) in tables if name not in APART and not name.startswith("full_text")]
        return {name: list(file.execute(f'SELECT * FROM "{name}"')) for name in names}
