"""What `winset ask` costs and finds: python -m benchmarks.bench_ask [--shared ../shared] [--passages 100000].

Speed: an index of so many passages made of sections of the Earth Negotiations Bulletin, or of invented sentences where
`shared` is absent. `--encoded` of them are read and encoded as a kept case would; the others are copies of these with
terms dealt anew and vectors turned a little, which cost a search what any passage costs it.
Quality: the tune half of the coded questions by default (`--half test` is for a final figure).
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from benchmarks.asking.coded import documents, questions, sections
from benchmarks.asking.scoring import TOP, measure

from winset.actors.registry import registry
from winset.corpus.types import Document
from winset.ids import DocumentId
from winset.sourcing.asking.asked import asked
from winset.sourcing.asking.index import STEPS
from winset.sourcing.asking.ranking import best
from winset.sourcing.asking.terms import Named
from winset.store.passage_index import PassageIndex

SEED = 7
COPIED_AT_ONCE = 5_000
ASKED = (
    "Who opposes the levy?",
    "How many projects have been registered so far?",
    "Why did Ottawa ask for more time?",
    "What does the Group of 77 say about funding?",
    "When will the next session take place?",
    "Is Tokyo for or against a second period?",
    "What would insurance cost?",
    "Where will the secretariat be?",
    "How does Brasília see forests?",
    "Which alternatives were put forward to the fund?",
)


def sources(shared: Path) -> Sequence[Document]:
    """Sections where they are there, else invented ones."""
    if (shared / "data" / "enb").is_dir():
        return sections(shared)
    chance = random.Random(SEED)
    states = "Norway Chile Japan Kenya Canada Brazil India France Ghana Peru".split()
    deeds = "supported opposed questioned welcomed postponed amended".split()
    things = "the levy,the fund,the second period,the workshop,the roster,forest credits,the budget".split(",")

    def sentence() -> str:
        who, deed, what = chance.choice(states), chance.choice(deeds), chance.choice(things)
        return f"{who} {deed} {what} in round {chance.randrange(999)}."

    return [Document(name=f"{number}.txt", text=" ".join(sentence() for _ in range(20))) for number in range(2_000)]


def enough(given: Sequence[Document], passages: int) -> Iterator[Document]:
    """The first documents of about so many passages."""
    for document in given:
        if passages <= 0:
            return
        passages -= document.text.count(". ") + 1
        yield document


def filled(index: PassageIndex, documents: Sequence[Document], passages: int) -> dict[DocumentId, Document]:
    """The index filled up to so many passages; which text each of its documents has."""
    chance = np.random.default_rng(SEED)
    texts = {document.id: document for document in documents}
    known, matrix = index._all()
    rows = list(index.rows(known.tolist()).values())
    words = [row.terms.split() for row in rows]
    last, made = int(known[-1]) + 2, len(rows)

    def dealt_anew(own: Sequence[str]) -> str:
        return " ".join((*own[::2], *words[int(chance.integers(len(words)))][1::2]))

    while made < passages:
        copied = min(COPIED_AT_ONCE, passages - made)
        chosen = chance.integers(len(rows), size=copied)
        turned = matrix[chosen].astype(np.float32) + chance.normal(0, 3, (copied, matrix.shape[1]))
        vectors = np.clip(np.rint(turned / np.linalg.norm(turned, axis=1, keepdims=True) * STEPS), -127, 127)
        dealt = [
            (last + place, rows[at].document_id, rows[at].start, rows[at].end,
             dealt_anew(words[at]), vector.astype(np.int8).tobytes())
            for place, (at, vector) in enumerate(zip(chosen, vectors, strict=True))
        ]  # fmt: skip
        with index._transaction() as connection:
            connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", dealt)
            connection.executemany(
                "INSERT INTO passage_terms (rowid, terms) VALUES (?, ?)", [(row[0], row[4]) for row in dealt]
            )
        last, made = last + copied, made + copied
    index._matrix = None
    return texts


def speed(shared: Path, passages: int, encoded: int, rounds: int) -> None:
    """Prints what indexing and asking cost."""
    named = Named(registry())
    chosen = list(enough(sources(shared), min(encoded, passages)))
    with PassageIndex.in_memory() as index:
        began = time.perf_counter()
        made = index.add(chosen, named)
        took = time.perf_counter() - began
        print(f"indexing: {made:,} passages in {took:.1f} s, {1000 * took / max(1, made):.1f} ms each")
        texts = filled(index, chosen, passages)
        index.count()
        times, spent = [], time.process_time()
        for _ in range(rounds):
            for question in ASKED:
                began = time.perf_counter()
                best(asked(question, named), index, texts.__getitem__, named, top=TOP)
                times.append(1000 * (time.perf_counter() - began))
        spent = 1000 * (time.process_time() - spent) / len(times)
        times.sort()
        p95 = times[int(0.95 * (len(times) - 1))]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"asking {index.count():,} passages: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, slowest"
            f" {times[-1]:.0f} ms, {spent:.0f} ms of processor time each; peak memory {peak:.0f} MB;"
            f" load {os.getloadavg()[0]:.1f}"
        )


def quality(shared: Path, half: str) -> None:
    """Prints the scores on one half of the coded questions."""
    for key, told in measure(questions(half), documents(shared)).items():
        print(
            f"{half} {key}: found {told.recall:.3f}, ranked among {TOP} {told.ranked:.3f} of {told.answerable};"
            f" refused {told.refused:.3f} of {told.unanswerable}, wrongly refused {told.wrongly_refused:.3f}"
        )


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--shared", type=Path, default=Path("../shared"))
    told.add_argument("--passages", type=int, default=100_000)
    told.add_argument("--encoded", type=int, default=10_000)
    told.add_argument("--rounds", type=int, default=5)
    told.add_argument("--half", choices=("tune", "test"), default="tune")
    told.add_argument("--only", choices=("speed", "quality"))
    given = told.parse_args()
    if given.only != "quality":
        speed(given.shared, given.passages, given.encoded, given.rounds)
    if given.only != "speed" and (given.shared / "seeds").is_dir():
        quality(given.shared, given.half)


if __name__ == "__main__":
    main()
