"""How many discrepancies are found where there should be none: unrelated articles, and the news of one day.

    python benchmarks/bench_discrepancies.py ../shared/data/polnear/dev.jsonl [--pairs 300] [--seed 0] [--show]

Pairs of articles drawn at random tell nothing differently: every discrepancy between them is a false alarm (one inside
a document, such as its own correction, is told apart). The articles of one week, taken together, are the harder case:
they do report the same events, so what is found there is listed to be judged by eye.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from winset.corpus.types import Document, clean_text
from winset.ids import PartialDate
from winset.pipeline.reading import code_document
from winset.sourcing.discrepancies import discrepancies
from winset.sourcing.types import Discrepancy, ReadDocument
from winset.statements.segmentation import segments


def read_rows(path: Path) -> list[ReadDocument]:
    """The articles of a PolNeAR file, coded by the machine."""
    return [read_row(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def read_row(row: dict[str, str]) -> ReadDocument:
    """One article, coded by the machine."""
    document = Document(
        name=row["id"],
        text=clean_text(row["text"]),
        title=row["title"],
        publisher=row["publisher"],
        published=PartialDate(row["date"]),
        language="en",
    )
    coding = code_document(document, None)
    return ReadDocument(
        document=document,
        segments=segments(document.text),
        statements=coding.statements,
        identifications=coding.identifications,
    )


def across(rows: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Those between two documents."""
    return [row for row in rows if len({telling.anchor.document_id for telling in row.tellings}) > 1]


def of_pairs(articles: Sequence[ReadDocument], *, pairs: int, seed: int) -> list[Discrepancy]:
    """What pairs drawn at random tell differently; what each document has by itself counts once."""
    draw = random.Random(seed)
    found = [row for article in articles for row in discrepancies([article])]
    for _ in range(pairs):
        found += across(discrepancies(draw.sample(articles, 2)))
    return found


def weeks(articles: Sequence[ReadDocument]) -> dict[str, list[ReadDocument]]:
    """The articles by the week in which they were published."""
    by_week: dict[str, list[ReadDocument]] = {}
    for article in articles:
        if article.document.published is not None:
            year, week, _ = article.document.published.earliest.isocalendar()
            by_week.setdefault(f"{year}-W{week:02}", []).append(article)
    return by_week


def show(rows: Iterable[Discrepancy]) -> None:
    """Every one with its passages, to be judged."""
    for row in rows:
        print(f"  [{row.kind}] {row.about}: {row.why}")
        for telling in row.tellings:
            print(f"      {telling.value!r}: {' '.join(telling.anchor.exact.split())}")


def main() -> None:
    """Count, and list where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    articles = read_rows(asked.articles)
    began = time.perf_counter()
    paired = of_pairs(articles, pairs=asked.pairs, seed=asked.seed)
    kinds = Counter(row.kind.value for row in paired)
    print(f"{asked.pairs} pairs of {len(articles)}: {len(across(paired))} across, {len(paired)} in all {dict(kinds)}")
    for week, rows in sorted(weeks(articles).items()):
        found = across(discrepancies(rows))
        print(f"{week}: {len(rows)} articles together: {len(found)} across")
        if asked.show:
            show(found)
    together = discrepancies(articles)
    print(f"all {len(articles)} together: {len(across(together))} across, {len(together)} in all")
    if asked.show:
        show(paired)
    print(f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
