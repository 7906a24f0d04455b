"""Words a second on long documents, of `winset attribute` as it is called, its start subtracted."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measuring import WINSET, Spent, cold

THREADS = 2
WORDS_A_DOCUMENT = 50_000
SHORT = "The minister said the talks would go on."  # what a start reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What reading the long documents took."""

    words: int
    documents: int
    seconds: float  # wall clock, median of the runs, start included
    cpu_seconds: float  # of all threads, median of the runs
    start: float  # wall clock, median of the runs over one short sentence

    @property
    def words_a_second(self) -> float:
        """Without the start."""
        return self.words / (self.seconds - self.start)

    @property
    def busy(self) -> bool:
        """Whether two threads got less than one core, because other work had the machine."""
        return self.cpu_seconds < self.seconds


def joined(texts: Sequence[str], *, words: int = WORDS_A_DOCUMENT) -> list[str]:
    """The texts one after another as documents of at least `words` words; what is left over joins the last.

    Where there are fewer words altogether, the texts are repeated.
    """
    total = sum(len(text.split()) for text in texts)
    documents: list[str] = []
    waiting: list[str] = []
    for text in list(texts) * (math.ceil(words / total) if total else 0):
        waiting.append(text)
        if sum(len(part.split()) for part in waiting) >= words:
            documents.append("\n\n".join(waiting))
            waiting = []
    if waiting:
        documents[-1:] = ["\n\n".join([*documents[-1:], *waiting])]
    return documents


def attribute(texts: Path, out: Path) -> Spent:
    """What `winset attribute` over a file of texts costs, in a new process."""
    out.unlink(missing_ok=True)
    return cold((WINSET, "attribute", texts, out, "--threads", str(THREADS)))


def speed(texts: Sequence[str], *, folder: Path, runs: int) -> Speed:
    """How fast `winset attribute` reads the texts joined into long documents; files are written to `folder`."""
    documents = joined(texts)
    long, short = folder / "long.jsonl", folder / "short.jsonl"
    write_texts(long, {str(index): text for index, text in enumerate(documents)})
    write_texts(short, {"short": SHORT})
    out = folder / "out.jsonl"
    attribute(short, out)  # not counted: files come into the system's cache
    spent = [attribute(long, out) for _ in range(runs)]
    return Speed(
        words=sum(len(text.split()) for text in documents),
        documents=len(documents),
        seconds=median(one.seconds for one in spent),
        cpu_seconds=median(one.cpu_seconds for one in spent),
        start=median(attribute(short, out).seconds for _ in range(max(runs, 3))),
    )


def write_texts(path: Path, texts: dict[str, str]) -> None:
    """A file of {"id", "text"} lines."""
    lines = (json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in texts.items())
    path.write_text("".join(lines), encoding="utf-8")
