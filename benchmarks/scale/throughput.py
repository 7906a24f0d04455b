"""Documents to statements in the store: words a second, memory, and how both grow with the number of documents.

python -m benchmarks.bench_scale --parts throughput --sizes 1000 10000 --write
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import WINSET
from benchmarks.scale import Row
from benchmarks.scale.page import today
from benchmarks.scale.running import ran
from benchmarks.scale.texts import SECTIONS, articles, passages, written

from winset.bulk.cores import cores
from winset.store.case_store import CaseStore

TITLE = "Documents to statements in the store"
ABOUT = (
    "`winset add CASE corpus.jsonl`, from the start of the command to its end: every document is read, its statements"
    " found, their sources identified, each judged for or against the proposal, and all of it kept in an SQLite file."
    " Articles are written by a seeded generator, one sentence in three a statement; passages are sections of the Earth"
    " Negotiations Bulletin, beyond 7,068 of them its sentences shuffled. Memory is that of all processes together,"
    " what they share counted once (PSS). Each size is of the day on which it was measured last. The rows of exponents"
    " are fitted over the sizes that they name: 1 is in proportion to the words."
)
IMAGE = "scale-growth.svg"
IMAGE_ABOUT = "Growth: seconds and memory by words, on scales of powers of ten"
STATED = ("--proposal", "Adopt a market for emissions", "--body", "nato", "--on", "2023-07-11")
KINDS = ("articles", "passages of ENB")
FITTED = "fitted over "
FEWEST = 2  # sizes over which an exponent can be fitted


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:
    """Each size of each kind of text."""
    rows: list[Row] = []
    for kind, found in zip(KINDS, (True, (data / SECTIONS).is_file()), strict=True):
        for size in sizes if found else ():
            corpus = folder / "corpus.jsonl"
            words = written(articles(size) if kind == KINDS[0] else passages(size, data), corpus)
            rows.append({"texts": kind, **_measured(corpus, folder / "case.winset", words=words)})
    return merged([], rows)


def merged(before: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """What was measured now and, of sizes that were not, before, by kind and size; the exponents of all of it."""
    points = {(row["texts"], row["documents"]): row for row in (*before, *rows) if not _is_fitted(row)}
    found: list[Row] = []
    for kind in KINDS:
        own = sorted((row for row in points.values() if row["texts"] == kind), key=lambda row: _number(row, "words"))
        found += [*own, *_growth(own)]
    return found


def drawn(rows: Sequence[Row]) -> str:
    """The growth as SVG: a line for each kind of text, and beside it what is in proportion to the words."""
    import altair
    import vl_convert

    points = [row for row in rows if not _is_fitted(row)]
    charts = [_chart(altair, points, of) for of in ("seconds", "memory, MB")]
    picture: str = vl_convert.vegalite_to_svg(altair.hconcat(*charts).to_json())
    return picture.rstrip("\n") + "\n"


def _chart(alt: Any, points: Sequence[Row], of: str) -> Any:
    measured = [(_number(row, "words"), max(1.0, _number(row, of))) for row in points]
    values = [{"texts": row["texts"], "words": x, "value": y} for row, (x, y) in zip(points, measured, strict=True)]
    few, least = min(measured, default=(1.0, 1.0))
    many, _ = max(measured, default=(1.0, 1.0))
    even = [{"words": words, "value": least * words / few} for words in (few, many)] if of == "seconds" else []
    across = alt.X("words:Q", scale=alt.Scale(type="log"), title="words", axis=alt.Axis(format="~s"))
    up = alt.Y("value:Q", scale=alt.Scale(type="log"), title=of, axis=alt.Axis(format="~s"))
    lines = alt.Chart(alt.Data(values=values)).mark_line(point=True).encode(x=across, y=up, color="texts:N")
    proportion = alt.Chart(alt.Data(values=even)).mark_line(strokeDash=[4, 4], color="#5a646e")
    return alt.layer(proportion.encode(x=across, y=up), lines).properties(width=300, height=260, title=of)


def _measured(corpus: Path, case: Path, *, words: int) -> Row:
    case.unlink(missing_ok=True)
    ran((WINSET, "new", case, *STATED))
    spent = ran((WINSET, "add", case, corpus))
    with CaseStore.open(case) as store:
        counts = store.counts()
    row: Row = {
        "documents": counts["document"],
        "words": words,
        "statements": counts["statement"],
        "processes": cores(),
        "seconds": round(spent.seconds, 1),
        "words a second": round(words / spent.seconds),
        "CPU µs a word": round(spent.cpu_seconds / words * 1e6),
        "memory, MB": round(spent.peak_megabytes),
        "case, MB": round(case.stat().st_size / 1e6),
        "measured": today(),
    }
    case.unlink()
    return row


def _growth(points: Sequence[Row]) -> Iterator[Row]:
    if len(points) < FEWEST:
        return
    words = [math.log(_number(row, "words")) for row in points]
    cpu = [_number(row, "words") * _number(row, "CPU µs a word") for row in points]
    yield {
        "texts": f"{points[0]['texts']}: exponent",
        "seconds": _exponent(words, [_number(row, "seconds") for row in points]),
        "CPU µs a word": _exponent(words, cpu),
        "memory, MB": _exponent(words, [_number(row, "memory, MB") for row in points]),
        "measured": FITTED + ", ".join(f"{row['documents']:,}" for row in points),
    }


def _exponent(words: Sequence[float], values: Sequence[float]) -> float:
    return round(slope(words, [math.log(max(value, 1)) for value in values]), 2)


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Of the line that comes nearest to the points.

    >>> slope([0, 1, 2], [1, 3, 5])
    2.0
    """
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / sum((a - middle_x) ** 2 for a in x)


def _is_fitted(row: Row) -> bool:
    return str(row.get("measured")).startswith(FITTED)


def _number(row: Row, name: str) -> float:
    value = row[name]
    assert isinstance(value, int | float), (name, value)  # of our own table
    return value
