"""Quotations by textacy on the same texts, with as many processes, in the same run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.attribution.peers import environment
from benchmarks.measuring import WINSET
from benchmarks.peer_environments import NotInstalled
from benchmarks.scale import Row, Skipped
from benchmarks.scale.running import Ran, ran
from benchmarks.scale.texts import articles, written
from benchmarks.scale.throughput import STATED

from winset.bulk.cores import cores
from winset.store.case_store import CaseStore

TITLE = "Beside textacy"
ABOUT = (
    "The same articles, as many processes, one after another in one run, each from the start of the command to its end."
    " Each has read a few articles before, so that its bytecode is there and its files are in memory."
    " textacy finds direct quotations and nothing else; `winset attribute` direct, mixed and indirect speech, and acts;"
    " `winset add` identifies sources, judges stances and keeps all of it, too."
)
FEW = 20  # articles that each reads before
MOST = 2_000  # articles: the rates of more are the same
SCRIPT = Path(__file__).with_name("peer_pool.py")


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:  # noqa: ARG001 - as all parts
    """The largest of the sizes that says something."""
    try:
        made = environment()
    except NotInstalled as error:
        raise Skipped(f"textacy cannot be installed here: {error}") from None
    size, processes = min(max(sizes), MOST), str(cores())
    corpus, case, out = folder / "corpus.jsonl", folder / "case.winset", folder / "out.jsonl"
    said = folder / "said.jsonl"
    words = written(articles(size), corpus)
    few = folder / "few.jsonl"
    written(articles(FEW), few)
    spent: dict[str, Ran] = {}
    for texts in (few, corpus):
        ran((WINSET, "new", case, *STATED))
        lines = {
            f"textacy {made.versions['textacy']}": (made.python, SCRIPT, texts, out, processes),
            "winset attribute": (WINSET, "attribute", texts, said, "--processes", processes),
            "winset add": (WINSET, "add", case, texts, "--processes", processes),
        }
        spent = {name: ran(line) for name, line in lines.items()}
        if texts is few:
            case.unlink()
    textacy = next(iter(spent.values())).seconds
    rows = [_row(name, each, textacy, words=words, processes=int(processes)) for name, each in spent.items()]
    with CaseStore.open(case) as store:
        found = (_count(out), _count(said), store.counts()["statement"])
    return [{**row, "attributions": told} for row, told in zip(rows, found, strict=True)]


def _count(lines: Path) -> int:
    with lines.open(encoding="utf-8") as stream:
        return sum(len(json.loads(line)["attributions"]) for line in stream)


def _row(name: str, spent: Ran, textacy: float, *, words: int, processes: int) -> Row:
    return {
        "what": name,
        "words": words,
        "processes": processes,
        "seconds": round(spent.seconds, 1),
        "words a second": round(words / spent.seconds),
        "times textacy": round(textacy / spent.seconds, 2),
        "CPU µs a word": round(spent.cpu_seconds / words * 1e6),
        "memory, MB": round(spent.peak_megabytes),
    }
