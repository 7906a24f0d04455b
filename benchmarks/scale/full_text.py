"""A big case in daily use: words looked for in all its texts, and the pages of the desk.

python -m benchmarks.scale.full_text PLACE      # of a case that `benchmarks.scale.cases` has made
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scale import Row, Skipped
from benchmarks.scale.cases import made, vocabulary
from sqlalchemy import func, select, text
from tests import postgres

from winset.store import full_text, tables
from winset.store.addresses import CaseAddress, Place, place
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

TITLE = "Words and pages of a big case"
ABOUT = (
    "200 questions, none asked before, as the desk asks them: the first 40 documents with up to three places each. "
    "A fifth are single words, from the ten most frequent, which stand in nearly every document, to ones of few; a "
    "fifth two words; a fifth phrases of two to four words of a text; a fifth pairs of frequent words in a row, "
    "which may stand nowhere; the rest beginnings of words, and a phrase with a word. Pages: 20 each, spread over the "
    "case. A document has ten statements and some 250 words. Times are of this process and the database together."
)
SIZES = (1_000, 10_000)  # documents, where nobody says
QUESTIONS = 200
PAGES = 20
SEED = 11
SHOWN, EACH = 40, 3  # documents, and places in each, as the desk shows them
OPENED = "WINSET_BIG_CASE"  # the address of a case that has been made already, to be measured too


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:  # noqa: ARG001 - as all parts
    """Cases of so many documents, in a file and on a server of our own."""
    programs = postgres.programs()
    if programs is None:
        raise Skipped("no PostgreSQL on this machine")
    rows: list[Row] = []
    with postgres.cluster(programs) as server:
        for size in sizes or SIZES:
            places = (place(str(folder / f"{size}.winset")), CaseAddress.read(f"{server}#big-{size}"))
            for at in places:
                seconds = made(at, documents=size, worked=size)
                rows.append({**measured(at), "made in s": round(seconds)})
                if isinstance(at, Path):
                    at.unlink()
    if os.environ.get(OPENED):
        rows.append({**measured(place(os.environ[OPENED])), "made in s": None})
    return rows


def measured(at: Place) -> Row:
    """A case that is there."""
    with CaseStore.open(at) as store:
        counts = store.counts()
        asked = questions(store)
        taken = sorted(_milliseconds(lambda q=each: _asked(store, q)) for each in asked)  # type: ignore[misc]
        pages = {name: _milliseconds_of(page, store) for name, page in PAGED.items()}
        return {
            "kept": "file" if isinstance(at, Path) else "server",
            "documents": counts["document"],
            "statements": counts["statement"],
            "words: index MB": round(_index_size(store) / 1e6),
            "median ms": round(taken[len(taken) // 2], 1),
            "p95 ms": round(taken[int(0.95 * len(taken))], 1),
            "longest ms": round(taken[-1], 1),
            **pages,
        }


def questions(store: CaseStore, *, many: int | None = None, seed: int = SEED) -> list[str]:
    """Questions of each kind, the same for the same case."""
    draw = random.Random(seed)
    words, _ = vocabulary()

    def word() -> str:
        return words[min(len(words) - 1, int(10 ** draw.uniform(0, 4.3)) - 1)]  # as many of the first 10 as of the last

    def phrase() -> str:
        found = full_text._WORD.findall(_text(store, draw))
        at = draw.randrange(len(found) - 4)
        return f'"{" ".join(found[at : at + draw.randint(2, 4)])}"'

    kinds: tuple[Callable[[], str], ...] = (
        word,
        lambda: f"{word()} {word()}",
        phrase,
        lambda: f'"{words[draw.randrange(100)]} {words[draw.randrange(100)]}"',
        lambda: f"{word()[: draw.randint(3, 5)]}*" if draw.random() < 0.5 else f"{phrase()} {word()}",
    )
    asked: dict[str, None] = {}
    while len(asked) < (many or QUESTIONS):
        asked[kinds[len(asked) % len(kinds)]()] = None
    return list(asked)


def _text(store: CaseStore, draw: random.Random) -> str:
    document = tables.document.c
    with store.database.transaction(writes=False) as connection:
        last = connection.execute(select(func.max(document.rank))).scalar_one()
        wanted = select(document.text).where(document.rank >= draw.randint(1, last)).order_by(document.rank).limit(1)
        return str(connection.execute(wanted).scalar_one())


def _asked(store: CaseStore, question: str) -> None:
    full_text.searched(store.database, question, limit=SHOWN * EACH, each=EACH, documents=SHOWN)


def _queue(desk: Desk, draw: random.Random, last: int) -> Callable[[], Any]:
    after = draw.randrange(last)
    return lambda: desk.queue(coder="ben", state="open", after=after)


def _documents(desk: Desk, draw: random.Random, last: int) -> Callable[[], Any]:
    after = draw.randrange(last // 10)
    return lambda: desk.documents(coder="ben", after=after)


def _document(desk: Desk, draw: random.Random, last: int) -> Callable[[], Any]:
    (row,) = desk.documents(coder="ben", after=draw.randrange(last // 10), limit=1)
    return lambda: desk.queue(coder="ben", document=row.id)


def _actor(desk: Desk, draw: random.Random, last: int) -> Callable[[], Any]:
    rows = desk.queue(coder="ben", state="all", after=draw.randrange(last - 100), limit=100)
    actor = next(row.identification.actor_id for row in rows if row.identification.actor_id)
    after = draw.randrange(last)
    return lambda: desk.queue(coder="ben", actor=actor, state="open", after=after)


def _listed(desk: Desk, draw: random.Random, last: int) -> Callable[[], Any]:
    after = draw.randrange(last)
    return lambda: desk.queue(coder="ben", state="all", after=after, limit=500)


PAGED = {
    "queue ms": _queue,
    "documents ms": _documents,
    "document ms": _document,
    "actor ms": _actor,
    "500 listed ms": _listed,
}


def _milliseconds_of(page: Callable[[Desk, random.Random, int], Callable[[], Any]], store: CaseStore) -> float:
    """The nineteenth of twenty pages, by how long they take; what a server reads once is read before."""
    desk, draw = Desk(store), random.Random(SEED)
    desk.queue(coder="ben", state="open", limit=1)
    last = store.counts()["statement"]
    taken = sorted(_milliseconds(page(desk, draw, last)) for _ in range(PAGES))
    return round(taken[-2], 1)


def _milliseconds(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return 1_000 * (time.perf_counter() - started)


def _index_size(store: CaseStore) -> int:
    with store.database.transaction(writes=False) as connection:
        if connection.dialect.name == "sqlite":
            return int(connection.execute(text("SELECT sum(length(block)) FROM full_text_data")).scalar_one())
        return int(connection.execute(text("SELECT pg_total_relation_size('full_text')")).scalar_one())


@contextlib.contextmanager
def _slow_ones(store: CaseStore) -> Iterator[list[tuple[float, str]]]:
    yield sorted(((_milliseconds(lambda q=each: _asked(store, q)), each) for each in questions(store)), reverse=True)  # type: ignore[misc]


def _told() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("place", help="a file, or an address as in postgresql://user@host/database#name")
    options.add_argument("--slowest", type=int, default=0, help="tell the questions that took longest, too")
    chosen = options.parse_args()
    for name, value in measured(place(chosen.place)).items():
        print(f"{name}: {value}")
    if chosen.slowest:
        with CaseStore.open(chosen.place) as store, _slow_ones(store) as slow:
            for milliseconds, question in slow[: chosen.slowest]:
                print(f"{milliseconds:8.1f}  {question}")
    return 0


if __name__ == "__main__":
    sys.exit(_told())
