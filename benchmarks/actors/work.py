"""One measured piece of work in a process of its own; bench_actors.py runs this file and reads what it writes.

python -m benchmarks.actors.work load|add|phrases|drawn|spans|names OUT.json [--count N] [--texts FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from winset.actors.registry import Registry

ON = date(2023, 7, 11)


def load(chosen: argparse.Namespace) -> dict[str, Any]:  # noqa: ARG001 - one signature for all
    """Importing and building the registry."""
    started, cpu = time.perf_counter(), time.process_time()
    from winset.actors.registry import registry

    known = registry()
    spent = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu}
    return {**spent, "actors": len(known.actors)}


def add(chosen: argparse.Namespace) -> dict[str, Any]:
    """A registry of one's own, of so many persons, put to the shipped one."""
    from winset.actors.registry import registry
    from winset.exchange.registry_csv import read_csv

    registry().holders.named("nobody", None)
    rows = (
        f"person,Ann Example{chr(97 + n % 26)}{chr(97 + n // 26)},A. {n},Hill Institute,2020"
        for n in range(chosen.count)
    )
    addition = read_csv("\n".join(("kind,name,aliases,body,start", *rows)), name="own.csv")
    started = time.perf_counter()
    registry((addition,)).holders.named("nobody", None)
    return {"seconds": time.perf_counter() - started}


def resolve_phrases(chosen: argparse.Namespace) -> dict[str, Any]:
    """Made phrases, each on its own, as `winset who --file` reads it; none twice, and so fewer than asked for."""
    from benchmarks.actors.phrases import phrases

    from winset.actors.registry import registry

    known = registry()
    return _asked_alone(list(dict.fromkeys(phrases(known, count=chosen.count, distinct=chosen.count))), known)


def resolve_drawn(chosen: argparse.Namespace) -> dict[str, Any]:
    """Sources of news texts, each on its own, drawn as often as the texts name them: most of them again and again."""
    from winset.actors.registry import registry

    named = [document.text[start:end] for document, spans in marked(chosen.texts) for start, end in spans]
    return _asked_alone(random.Random(0).choices(named, k=chosen.count), registry())


def _asked_alone(asked: list[str], known: Registry) -> dict[str, Any]:
    from winset.actors.asking import who_is

    who_is("Riga", known, on=ON)
    started, cpu = time.perf_counter(), time.process_time()
    answered = sum(who_is(words, known, on=ON)[0].is_somebody for words in asked)
    spent = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu}
    return {**spent, "asked": len(asked), "distinct": len(set(asked)), "somebody": answered}


def resolve_spans(chosen: argparse.Namespace) -> dict[str, Any]:
    """The marked sources of news texts, each text read once a round, until there were so many."""
    from winset.actors.asking import who_are
    from winset.actors.registry import registry

    known = registry()
    texts = list(marked(chosen.texts))
    who_are(*texts[0], known)
    asked = answered = characters = 0
    started, cpu = time.perf_counter(), time.process_time()
    while asked < chosen.count:
        for document, spans in texts:
            answered += sum(found[0].is_somebody for found in who_are(document, spans, known))
            asked += len(spans)
            characters += len(document.text)
            if asked >= chosen.count:
                break
    spent = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu}
    distinct = sum(len(spans) for _, spans in texts)
    rounds = 5
    started = time.perf_counter()
    for document, _ in texts * rounds:
        who_are(document, (), known)
    spent["reading_seconds"] = (time.perf_counter() - started) / rounds * asked / distinct
    return {**spent, "asked": asked, "distinct": distinct, "somebody": answered, "characters": characters}


def find_names(chosen: argparse.Namespace) -> dict[str, Any]:
    """Names of states and bodies in running text."""
    from winset.actors.registry import registry

    known = registry()
    texts = [json.loads(line)["text"] for line in chosen.texts.read_text("utf-8").splitlines()]
    known.mentions(texts[0])
    started = time.perf_counter()
    found = sum(len(known.mentions(text)) for text in texts)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "found": found, "bytes": sum(len(text.encode()) for text in texts)}


def marked(path: Path) -> list[tuple[Any, list[tuple[int, int]]]]:
    """Documents with the spans of their sources, from first to last word, each once."""
    from winset.corpus.types import Document, clean_text
    from winset.ids import PartialDate

    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if clean_text(row["text"]) != row["text"]:
            continue  # its marks count the text as it stands; a document is NFC
        sources = [one["source"] for one in row["attributions"] if one["source"]]
        spans = sorted({(min(low for low, _ in spans), max(high for _, high in spans)) for spans in sources})
        if spans:
            document = Document(name=row["id"], text=row["text"], published=PartialDate(row["date"]))
            found.append((document, spans))
    return found


WORKS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "load": load,
    "add": add,
    "phrases": resolve_phrases,
    "drawn": resolve_drawn,
    "spans": resolve_spans,
    "names": find_names,
}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("work", choices=WORKS)
    options.add_argument("out", type=Path)
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--texts", type=Path)
    chosen = options.parse_args()
    chosen.out.write_text(json.dumps(WORKS[chosen.work](chosen)), encoding="utf-8")


if __name__ == "__main__":
    main()
