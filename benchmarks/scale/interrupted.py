"""A run that is killed again and again, with all its processes, against one that is left alone."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.measuring import WINSET
from benchmarks.scale import Row
from benchmarks.scale.running import ran
from benchmarks.scale.texts import articles, written
from benchmarks.scale.throughput import STATED

TITLE = "Killed again and again"
ABOUT = (
    "`winset add CASE corpus.jsonl`, its whole process group killed with SIGKILL at random moments, and the same"
    " command given again each time. Rows that differ are those of all tables that do not only help the database to"
    " search, held against a run that nobody killed. Time lost is what all runs took together beyond that one."
)
TIMES = 20
MOST = 10_000  # documents: more say nothing new
SEED = 3
APART = ("seal", "taken_in", "sqlite_sequence")  # digests of the rows' bytes in their order; how far sources are in
CLOCK = {"SOURCE_DATE_EPOCH": "1700000000"}  # or the trail would tell when


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:  # noqa: ARG001 - as all parts
    """The largest of the sizes that says something."""
    size = min(max(sizes), MOST)
    corpus, whole, killed = folder / "corpus.jsonl", folder / "whole.winset", folder / "killed.winset"
    written(articles(size), corpus)
    for case in (whole, killed):
        ran((WINSET, "new", case, *STATED), environment=CLOCK)
    alone = ran((WINSET, "add", whole, corpus), environment=CLOCK)
    draw = random.Random(SEED)
    seconds = kills = 0.0
    for number in range(TIMES):
        wanted = int(size * (number + draw.random()) / TIMES)
        spent = ran((WINSET, "add", killed, corpus), environment=CLOCK, until=partial(_holds, killed, wanted))
        seconds, kills = seconds + spent.seconds, kills + spent.killed
    seconds += ran((WINSET, "add", killed, corpus), environment=CLOCK).seconds
    return [
        {
            "documents": size,
            "killed, times": int(kills),
            "rows": sum(map(len, _rows(whole).values())),
            "rows that differ": differing(whole, killed),
            "seconds alone": round(alone.seconds, 1),
            "seconds in all": round(seconds, 1),
            "lost, %": round(100 * (seconds / alone.seconds - 1), 1),
            "lost a kill, s": round((seconds - alone.seconds) / max(kills, 1), 1),
        }
    ]


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


def _holds(case: Path, wanted: int) -> bool:
    with contextlib.closing(sqlite3.connect(f"file:{case}?mode=ro", uri=True, timeout=5)) as file:
        try:
            (found,) = file.execute("SELECT max(rank) FROM document").fetchone()
        except sqlite3.OperationalError:  # it is being written
            return False
    return (found or 0) >= wanted
