"""The coded questions and the documents they are asked of: offsets here, texts in ../shared."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.corpus.types import Document, clean_text

GOLD = Path(__file__).parents[2] / "tests" / "gold"
SETS = ("seeds", "enb")


@dataclass(frozen=True, slots=True)
class Coded:
    """A question and the spans that answer it; none where nothing does."""

    id: str
    set: str
    question: str
    answers: tuple[tuple[str, int, int], ...]  # name of a document, half-open span of its text


def questions(half: str, path: Path = GOLD / "ask_questions.jsonl") -> tuple[Coded, ...]:
    """Those of one half, "tune" or "test", in order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Coded(
            row["id"],
            row["set"],
            row["question"],
            tuple((each["doc"], each["start"], each["end"]) for each in row["answers"]),
        )
        for row in rows
        if row["half"] == half
    )


def documents(shared: Path, corpus: Path = GOLD / "ask_corpus.json") -> dict[str, tuple[Document, ...]]:
    """The documents of each set, read from `shared`."""
    names = json.loads(corpus.read_text(encoding="utf-8"))
    found = {}
    if "seeds" in names:
        found["seeds"] = tuple(
            Document(name=name, text=clean_text((shared / "seeds" / name).read_text(encoding="utf-8")))
            for name in names["seeds"]
        )
    found |= {key: sections(shared, names[key]) for key in names if key != "seeds"}
    return found


def sections(shared: Path, names: Iterable[str] | None = None) -> tuple[Document, ...]:
    """Sections of the Earth Negotiations Bulletin of these names, in their order, or all."""
    rows = {row["id"]: row for row in _rows(shared / "data" / "enb" / "sections_dev.jsonl.gz")}
    return tuple(_section(rows[name]) for name in (rows if names is None else names))


def _rows(path: Path) -> Iterable[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _section(row: Mapping[str, Any]) -> Document:
    return Document(
        name=row["id"], text=clean_text(" ".join(row["sentences"])), title=f"{row['meeting']}: {row['title']}"
    )
