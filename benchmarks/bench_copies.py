"""Who copied whom among 10,000 syndicated documents that are made up for it, beside a comparison of whole sentences.

python -m benchmarks.bench_copies [--documents 10000] [--seed 7] [--json]

One process; each method is timed by itself, the making of the corpus left out.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Mapping

from benchmarks.copies.baseline import SHARES, by_sentences
from benchmarks.copies.corpus import Syndicated, syndicated
from benchmarks.copies.scoring import Score, scored

from winset.corpus.copies import copies
from winset.ids import DocumentId

F1, PARENTS, SECONDS = 0.97, 0.85, 60.0  # what must be reached


def _told(name: str, score: Score, seconds: float) -> dict[str, float | str]:
    return {
        "name": name,
        "pair_f1": round(score.f1, 4),
        "pair_precision": round(score.precision, 4),
        "pair_recall": round(score.recall, 4),
        "parent_accuracy": round(score.parents, 4),
        "seconds": round(seconds, 1),
    }


def _ours(corpus: Syndicated) -> Mapping[DocumentId, DocumentId]:
    return {row.document_id: row.of for row in copies(corpus.documents) if row.of != row.document_id}


def main() -> int:
    """Exit status 1 where a figure is short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    corpus = syndicated(asked.documents, seed=asked.seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    started = time.perf_counter()
    found = _ours(corpus)
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000 - before
    ours = _told("winset", scored(corpus, found), seconds)
    peers = []
    for share in SHARES:
        started = time.perf_counter()
        peer = by_sentences(corpus.documents, share=share)
        peers.append(_told(f"identical sentences, {share:.0%}", scored(corpus, peer), time.perf_counter() - started))
    holds = float(ours["pair_f1"]) >= F1 and float(ours["parent_accuracy"]) >= PARENTS and seconds < SECONDS
    words = sum(len(document.text.split()) for document in corpus.documents)
    if asked.json:
        told = {"documents": len(corpus.documents), "words": words, "copies": len(corpus.parent)}
        print(
            json.dumps({**told, "rows": [ours, *peers], "more_megabytes": round(megabytes), "holds": holds}, indent=1)
        )
    else:
        print(f"{len(corpus.documents)} documents of {words} words, {len(corpus.parent)} of them copies")
        for row in (ours, *peers):
            print(
                f"{row['name']:>28}  pairs F1 {row['pair_f1']:.4f} (P {row['pair_precision']:.4f},"
                f" R {row['pair_recall']:.4f})  parents {row['parent_accuracy']:.4f}  {row['seconds']} s"
            )
        print(f"must: pairs {F1}, parents {PARENTS}, {SECONDS:.0f} s; {megabytes:.0f} MB more at its peak")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
