"""Positions of 200 actors on 20 issues from a kept case of a million statements: reading and grouping, in one process.

python -m benchmarks.bench_aggregation [--statements 1000000] [--estimator NAME] [--keep FILE] [--json]
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measuring import Measured, cold

from winset.ids import EvidenceId, PartialDate, StatementId, content_id
from winset.issues import CaseSpec, Issue
from winset.positions.aggregation import Columns, aggregated, sided
from winset.positions.estimators import ESTIMATORS
from winset.positions.observations import WORDS, Reading, joined
from winset.store.case_store import CaseStore
from winset.store.observations import columns

STATEMENTS, ACTORS, ISSUES, DOCUMENTS = 1_000_000, 200, 20, 20_000
SECONDS, MEGABYTES = 10.0, 2_000.0
BY_ROWS = 100_000  # statements of the peer: enough to tell its time a statement
DECIDED = date(2024, 5, 1)
TEXT = "Riga opposes the levy."
SEED = 0


def made(path: Path, *, statements: int) -> None:
    """A kept case with the store's own tables, the same for the same number."""
    issue = Issue(proposal="Adopt a fuel levy", body="league", rule="consensus", on=PartialDate(DECIDED.isoformat()))
    CaseStore.create(path, CaseSpec(issue=issue)).close()
    draw = random.Random(SEED)
    actors = [f"A{number:03}" for number in range(ACTORS)]
    leaning = {(actor, issue): draw.random() for actor in actors for issue in range(ISSUES)}
    issues = [content_id("issue", number) for number in range(ISSUES)]
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("PRAGMA synchronous = OFF")
        _fill(file, "document", _documents(draw))
        said, who, held = [], [], []
        for number in range(statements):
            id, actor, about = content_id("statement", number), draw.choice(actors), draw.randrange(ISSUES)
            form = draw.choice(("direct", "indirect", "mixed", "act"))
            day = (DECIDED - timedelta(days=draw.randrange(1500))).isoformat() if draw.random() < 0.5 else None
            side = 1 if draw.random() < leaning[actor, about] else -1
            said.append(
                {
                    "id": id, "document_id": f"d{draw.randrange(DOCUMENTS)}", "contents": "[[0, 4]]", "form": form,
                    "hedged": draw.random() < 0.1, "via": '["Reuters"]' if draw.random() < 0.1 else "[]",
                    "said_on": day, "confidence": 0.8, "coder": "machine", "run_id": "",
                }
            )  # fmt: skip
            who.append(
                {
                    "statement_id": id, "represents": actor, "actor_id": actor, "standing": "member", "score": 0.9,
                    "rule": "made", "by": "machine", "speaks_as": "actor", "joint": False,
                    "role": draw.choice((None, "president", "foreign minister", "spokesperson")),
                }
            )  # fmt: skip
            held.append(
                {
                    "statement_id": id, "issue_id": issues[about], "relevance": 0.9 if draw.random() < 0.8 else 0.2,
                    "direction": side * draw.choice((0.5, 0.7, 1.0)), "confidence": draw.choice((0.2, 0.6, 0.85)),
                    "by": "machine", "reason": "made", "firmness": 1.0, "hedged": False, "conditional": False,
                    "voice": draw.choice(("own", "reported", "ascribed")),
                }
            )  # fmt: skip
            if len(said) == 50_000 or number == statements - 1:
                for table, rows in (("statement", said), ("identification", who), ("stance", held)):
                    _fill(file, table, rows)
                    rows.clear()


def _documents(draw: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "id": f"d{number}", "name": f"{number}.txt", "text": TEXT, "authors": "[]", "found_in": "[]",
            "published": (DECIDED - timedelta(days=draw.randrange(1500))).isoformat(),
            "media_type": "text/plain", "reader": "made", "refused_spans": 0,
        }
        for number in range(DOCUMENTS)
    ]  # fmt: skip


def _fill(file: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        file.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def aggregate(path: Path, *, estimator: str) -> dict[str, float]:
    """Read and group, in this process: seconds of each, and how many positions came out."""
    started = time.perf_counter()
    read = columns(path)
    grouping = time.perf_counter()
    found = aggregated(read, method=estimator)
    ended = time.perf_counter()
    return {
        "statements": len(read.actor),
        "positions": len(found.value),
        "read_seconds": grouping - started,
        "group_seconds": ended - grouping,
    }


def by_rows(read: Columns, *, estimator: str) -> float:
    """Seconds in which the row-wise path makes the same estimates of the first BY_ROWS statements."""
    voices, used = {share: voice for voice, share in WORDS.items()}, sided(read)
    started = time.perf_counter()
    said: dict[tuple[int, int], list[Reading]] = defaultdict(list)
    for at in range(min(BY_ROWS, len(used))):
        if used[at]:
            said[int(read.actor[at]), int(read.issue[at])].append(
                Reading(
                    statement_id=StatementId(EvidenceId(str(at))),
                    origin=str(read.origin[at]),
                    value=float(read.value[at]),
                    confidence=float(read.confidence[at]),
                    score=float(read.score[at]),
                    days=int(read.days[at]),
                    firmness=float(read.firmness[at]),
                    hedged=bool(read.hedged[at]),
                    conditional=bool(read.conditional[at]),
                    voice=voices[float(read.words[at])],
                )
            )
    for readings in said.values():
        ESTIMATORS[estimator](joined(readings))
    return time.perf_counter() - started


def pandas_seconds(read: Columns) -> float | None:
    """Seconds in which pandas makes a weighted mean of each actor and issue, origins not joined.

    None where it is not installed.
    """
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        return None
    from winset.positions.aggregation import trust

    used = sided(read)
    frame = pandas.DataFrame({"actor": read.actor, "issue": read.issue, "weight": trust(read), "value": read.value})
    frame = frame[used]
    started = time.perf_counter()
    frame["product"] = frame.weight * frame.value
    sums = frame.groupby(["actor", "issue"])[["product", "weight"]].sum()
    (sums["product"] / sums["weight"]).to_numpy()
    return time.perf_counter() - started


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--statements", type=int, default=STATEMENTS, help="how many (default a million)")
    options.add_argument("--estimator", default="normal-shrinkage", choices=[each.id for each in ESTIMATORS])
    options.add_argument("--runs", type=int, default=3, help="how often (default 3)")
    options.add_argument("--keep", type=Path, help="make the case here, or take the one that is here")
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)  # what a run of its own process does
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    if chosen.measure:
        print(json.dumps(aggregate(chosen.measure, estimator=chosen.estimator)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "million.winset"
        if not path.exists():
            made(path, statements=chosen.statements)
        line = (sys.executable, "-m", "benchmarks.bench_aggregation", "--estimator", chosen.estimator, "--measure")
        measured = Measured(
            name=f"{chosen.statements:,} statements, {chosen.estimator}",
            runs=tuple(cold((*line, str(path))) for _ in range(chosen.runs)),
            seconds_limit=SECONDS,
            megabytes_limit=MEGABYTES,
        )
        parts, read = aggregate(path, estimator=chosen.estimator), columns(path)
        rowwise, pandas = by_rows(read, estimator=chosen.estimator), pandas_seconds(read)
    a_row = parts["group_seconds"] / parts["statements"]
    told = {
        **measured.as_dict(),
        **parts,
        "row_wise_times_slower": rowwise / min(BY_ROWS, len(read.actor)) / a_row,
        "pandas_sum_seconds": pandas,
    }
    for line_told in _lines(measured, told) if not chosen.json else [json.dumps(told, indent=2)]:
        print(line_told)
    return 0 if measured.holds else 1


def _lines(measured: Measured, told: dict[str, Any]) -> Iterator[str]:
    yield str(measured)
    yield f"  of them reading {told['read_seconds']:.1f} s, grouping {told['group_seconds']:.1f} s"
    yield f"  {told['positions']} positions from {told['statements']:,} rows"
    yield f"  the row-wise path takes {told['row_wise_times_slower']:.0f} times as long a statement (grouping alone)"
    if told["pandas_sum_seconds"] is not None:
        yield f"  a plain weighted mean by pandas, origins not joined: {told['pandas_sum_seconds']:.2f} s"


if __name__ == "__main__":
    sys.exit(main())
