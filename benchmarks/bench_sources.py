"""How well the outside sources of coded documents are found: recall and precision of credits.

    python -m benchmarks.bench_sources --data ../shared/data
    python -m benchmarks.bench_sources --documents FOLDER --lineage FILE.jsonl --wrong

A lineage file holds a JSON object a line: `doc` (file name), `record_type`, `span` [start, end], `source_type`. Its
rows of record_type "credit" are to be found, but for credits of pictures. One found credit matches one row of its
document, those most alike first: loosely where they share any character, strictly where their Jaccard index is .3 at
least.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.corpus.reading import read
from winset.corpus.types import Document
from winset.pipeline.reading import code_document
from winset.sourcing.crediting.credits import credits as credits_in
from winset.sourcing.types import Credit
from winset.statements.segmentation import segments

Row = dict[str, Any]

STRICT = 0.3  # Jaccard index of two spans


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one file."""

    wanted: int
    found: int
    matched: int

    @property
    def recall(self) -> float:
        return self.matched / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0

    def __str__(self) -> str:
        return (
            f"recall {self.recall:.3f} ({self.matched}/{self.wanted})  "
            f"precision {self.precision:.3f} ({self.matched}/{self.found})  F1 {self.f1:.3f}"
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A credit of one document, and how long all of the document's took."""

    name: str
    credit: Credit


def wanted(lineage: Path) -> list[Row]:
    """The rows that are to be found."""
    rows = [json.loads(line) for line in lineage.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row["record_type"] == "credit" and "photo" not in str(row.get("source_type"))]


def placed(rows: Sequence[Row], texts: Mapping[str, str]) -> list[Row]:
    """The rows, those that tell only their words given the span of the first place of these; others are left out."""
    found = []
    for row in rows:
        text = texts.get(row["doc"], "")
        at = row["span"][0] if row["span"] else text.find(row["text"])
        if at >= 0:
            found.append(row if row["span"] else {**row, "span": [at, at + len(row["text"])]})
    return found


def found_in(paths: Sequence[Path]) -> tuple[list[Found], list[float], dict[str, str]]:
    """The credits of the documents, the milliseconds that each document's took, the best of five, and the texts."""
    texts: dict[str, str] = {}
    found: list[Found] = []
    took: list[float] = []
    for path in paths:
        for document in read([str(path)]):
            if not isinstance(document, Document):
                continue
            coding = code_document(document, None)
            parts = segments(document.text)
            times = []
            for _ in range(5):
                start = time.perf_counter()
                each = credits_in(document, parts, coding.statements, coding.identifications)
                times.append(1000 * (time.perf_counter() - start))
            took.append(min(times))
            texts[path.name] = document.text
            found += [Found(path.name, credit) for credit in each]
    return found, took, texts


def pairs(rows: Sequence[Row], found: Sequence[Found], least: float = 0.0) -> dict[int, int]:
    """Number of the credit matched with each row, by number of the row: one to one, the best first."""
    candidates = []
    for number, row in enumerate(rows):
        start, end = row["span"]
        for other, each in enumerate(found):
            low, high = each.credit.anchor.span
            shared = min(end, high) - max(start, low)
            if each.name == row["doc"] and shared > 0:
                jaccard = shared / (max(end, high) - min(start, low))
                if jaccard >= least:
                    candidates.append((-jaccard, number, other))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in sorted(candidates):
        if number not in matched and other not in taken:
            matched[number] = other
            taken.add(other)
    return matched


def scores(rows: Sequence[Row], found: Sequence[Found]) -> dict[str, Score]:
    """Loose and strict."""
    return {
        name: Score(len(rows), len(found), len(pairs(rows, found, least)))
        for name, least in (("loose", 0.0), ("strict", STRICT))
    }


def _report(rows: Sequence[Row], found: Sequence[Found], took: Iterable[float], *, wrong: bool) -> None:
    for name, score in scores(rows, found).items():
        print(f"credits, {name:6}  {score}")
    print(f"milliseconds a document: {', '.join(f'{each:.1f}' for each in took)}")
    matched = pairs(rows, found)
    for kind in sorted({str(row.get("source_type")) for row in rows}):
        of = [number for number, row in enumerate(rows) if str(row.get("source_type")) == kind]
        print(f"  {kind}: {sum(number in matched for number in of)}/{len(of)}")
    for kind in sorted({each.credit.kind for each in found}):
        mine = [number for number, each in enumerate(found) if each.credit.kind == kind]
        print(f"  found as {kind}: {sum(number in matched.values() for number in mine)}/{len(mine)} are coded")
    for number, row in enumerate(rows) if wrong else ():
        if number not in matched:
            print(
                f"  missed {row['doc'][:3]} {row['span']} {row['text']!r}"
                f" ({row.get('source_type')}: {row.get('source')})"
            )
    for number, each in enumerate(found) if wrong else ():
        if number not in matched.values():
            credit = each.credit
            print(
                f"  extra {each.name[:3]} {credit.anchor.span} {credit.anchor.exact!r} ({credit.kind}: {credit.origin})"
            )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--documents", type=Path, help="folder of the documents; default: seeds beside the data")
    parser.add_argument("--lineage", type=Path, help="coded rows; default: seeds_gold/lineage_dev.jsonl of the data")
    parser.add_argument("--wrong", action="store_true", help="list what was missed and what was too much")
    given = parser.parse_args(arguments)
    lineage = given.lineage or given.data / "seeds_gold" / "lineage_dev.jsonl"
    folder = given.documents or given.data.parent / "seeds"
    rows = wanted(lineage)
    names = sorted({row["doc"] for row in rows})
    found, took, texts = found_in([folder / name for name in names])
    coded, rows = len(rows), placed(rows, texts)
    print(
        f"{len(names)} documents, {len(rows)} of {coded} coded credits, "
        f"median {statistics.median(took):.1f} ms a document"
    )
    _report(rows, found, took, wrong=given.wrong)


if __name__ == "__main__":
    main()
