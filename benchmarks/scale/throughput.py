"""Documents to statements in the store: words a second, memory, and how both grow with the number of documents.

python -m benchmarks.bench_scale --parts throughput --sizes 1000 10000
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import WINSET
from benchmarks.scale import Row
from benchmarks.scale.running import Ran, ran
from benchmarks.scale.texts import SECTIONS, articles, passages, written

from winset.bulk.cores import cores
from winset.store.case_store import CaseStore

TITLE = "Documents to statements in the store"
ABOUT = (
    "`winset add CASE corpus.jsonl`, from the start of the command to its end: every document is read, its statements"
    " found, their sources identified, each judged for or against the proposal, and all of it kept in an SQLite file."
    " Articles are written by a seeded generator, one sentence in three a statement; passages are sections of the Earth"
    " Negotiations Bulletin, beyond 7,068 of them its sentences shuffled. Memory is that of all processes together,"
    " what they share counted once (PSS). The last rows are the exponents of growth: 1 is in proportion to the words."
)
STATED = ("--proposal", "Adopt a market for emissions", "--body", "nato", "--on", "2023-07-11")
FEW = 1  # size from which on an exponent says something, beside another one


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:
    """Each size of each kind of text."""
    rows: list[Row] = []
    for kind, found in (("articles", True), ("passages of ENB", (data / SECTIONS).is_file())):
        if not found:
            continue
        points: list[tuple[int, Ran]] = []
        for size in sizes:
            corpus = folder / "corpus.jsonl"
            words = written(articles(size) if kind == "articles" else passages(size, data), corpus)
            row, spent = _measured(corpus, folder / "case.winset", words=words)
            rows.append({"texts": kind, **row})
            points.append((words, spent))
        rows += _growth(kind, points)
    return rows


def _measured(corpus: Path, case: Path, *, words: int) -> tuple[Row, Ran]:
    case.unlink(missing_ok=True)
    ran((WINSET, "new", case, *STATED))
    spent = ran((WINSET, "add", case, corpus))
    with CaseStore.open(case) as store:
        counts = store.counts()
    row = {
        "documents": counts["document"],
        "words": words,
        "statements": counts["statement"],
        "processes": cores(),
        "seconds": round(spent.seconds, 1),
        "words a second": round(words / spent.seconds),
        "CPU µs a word": round(spent.cpu_seconds / words * 1e6),
        "memory, MB": round(spent.peak_megabytes),
        "case, MB": round(case.stat().st_size / 1e6),
    }
    case.unlink()
    return row, spent


def _growth(kind: str, points: Sequence[tuple[int, Ran]]) -> Iterator[Row]:
    if len(points) <= FEW:
        return
    words = [math.log(each) for each, _ in points]
    yield {
        "texts": f"{kind}: exponent",
        "seconds": round(slope(words, [math.log(spent.seconds) for _, spent in points]), 2),
        "CPU µs a word": round(slope(words, [math.log(spent.cpu_seconds) for _, spent in points]), 2),
        "memory, MB": round(slope(words, [math.log(max(spent.peak_megabytes, 1)) for _, spent in points]), 2),
    }


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Of the line that comes nearest to the points.

    >>> slope([0, 1, 2], [1, 3, 5])
    2.0
    """
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / sum((a - middle_x) ** 2 for a in x)
