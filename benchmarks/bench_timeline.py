"""Dated events found on coded documents: recall, precision, and how many are marked planned as the coder has it.

python -m benchmarks.bench_timeline [--data ../shared/data] [--file events_dev.jsonl] [--seeds FOLDER] [--list] [--json]

A coded event is found by a passage of the same document that shares a character with it and whose date meets its date
or range without being vaguer by more than one step (day, week, month, season, year, decade). One passage finds one
event. Coded events without a date, or noted as optional, are neither required nor wrong. An event merged from several
passages counts once each.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.corpus.reading import read
from winset.corpus.types import Document
from winset.ids import DocumentId, PartialDate
from winset.sourcing.events.timeline import timeline
from winset.sourcing.types import Event, ReadDocument
from winset.statements.extraction import extract
from winset.statements.segmentation import segments

Row = dict[str, Any]

BESIDE = Path(__file__).parents[2] / "shared"
STEPS = (1, 7, 31, 92, 366)  # days that a day, week, month, season and year may last; longer: a decade
LEAST_RECALL, LEAST_PRECISION = 0.65, 0.70


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of an event, as it is scored."""

    document: str
    start: int
    end: int
    date: PartialDate
    until: PartialDate | None
    planned: bool
    words: str

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """First and last day it may mean."""
        return self.date.earliest, (self.until or self.date).latest


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of what was coded."""

    found: int
    required: int
    passages: int  # of the program, less those that only meet a coded event without a date
    planned_right: int
    missed: tuple[Row, ...]
    wrong: tuple[Passage, ...]

    @property
    def recall(self) -> float:
        """Share of the dated coded events that were found."""
        return self.found / self.required if self.required else 0.0

    @property
    def precision(self) -> float:
        """Share of the passages that tell a coded event."""
        return self.found / self.passages if self.passages else 0.0

    def as_dict(self) -> dict[str, float]:
        """The figures."""
        return {
            "recall": round(self.recall, 3),
            "precision": round(self.precision, 3),
            "planned": round(self.planned_right / self.found, 3) if self.found else 0.0,
            "coded": self.required,
            "passages": self.passages,
        }


def coded(path: Path) -> list[Row]:
    """The coded events, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_documents(names: Sequence[str], folder: Path, *, statements: bool = True) -> list[ReadDocument]:
    """The documents as the steps before the timeline read them."""
    found = []
    for name in names:
        (document,) = read([str(folder / name)])
        assert isinstance(document, Document)
        said = extract(document).statements if statements else ()
        found.append(ReadDocument(document=document, segments=segments(document.text), statements=tuple(said)))
    return found


def passages(events: Sequence[Event], names: Mapping[DocumentId, str]) -> Iterator[Passage]:
    """Every passage of every event; of one that is told once, its anchor."""
    for event in events:
        for each in event.passages:
            words = each.anchor
            yield Passage(
                names[words.document_id],
                *words.span,
                each.date,
                each.until,
                event.planned,
                words.exact.replace("\n", " "),
            )


def is_required(row: Row) -> bool:
    """Whether a coded event must be found."""
    return row["date"] is not None and "optional" not in (row.get("note") or "")


def meets(row: Row, passage: Passage) -> bool:
    """Whether a passage may be that coded event."""
    start, end = row["span"]
    if row["doc"] != passage.document or passage.start >= end or start >= passage.end:
        return False
    if row["date"] is None:
        return True
    first, _, last = str(row["date"]).partition("/")
    low, high = PartialDate(first).earliest, PartialDate(last or first).latest
    told_low, told_high = passage.days
    vaguer = _step(told_low, told_high) - _step(low, high)
    return told_low <= high and low <= told_high and vaguer <= 1


def _step(low: datetime.date, high: datetime.date) -> int:
    days = (high - low).days + 1
    return next((step for step, longest in enumerate(STEPS) if days <= longest), len(STEPS))


def score(rows: Sequence[Row], found: Sequence[Passage]) -> Score:
    """The best one-to-one matching of dated coded events and passages."""
    dated = [row for row in rows if is_required(row)]
    taken: dict[int, int] = {}  # passage -> coded event

    def place(number: int, seen: set[int]) -> bool:
        for at, passage in enumerate(found):
            if at in seen or not meets(dated[number], passage):
                continue
            seen.add(at)
            if at not in taken or place(taken[at], seen):
                taken[at] = number
                return True
        return False

    for number in range(len(dated)):
        place(number, set())
    undated = [row for row in rows if not is_required(row)]
    neither = {
        at for at, passage in enumerate(found) if at not in taken and any(meets(row, passage) for row in undated)
    }
    hit = set(taken.values())
    return Score(
        found=len(taken),
        required=len(dated),
        passages=len(found) - len(neither),
        planned_right=sum((dated[number]["status"] == "planned") == found[at].planned for at, number in taken.items()),
        missed=tuple(row for number, row in enumerate(dated) if number not in hit),
        wrong=tuple(passage for at, passage in enumerate(found) if at not in taken and at not in neither),
    )


def measured(path: Path, seeds: Path, *, statements: bool = True) -> Score:
    """The score of the program on one coded file, whose documents are read from `seeds` as one corpus."""
    rows = coded(path)
    documents = read_documents(sorted({row["doc"] for row in rows}), seeds, statements=statements)
    names = {each.document.id: Path(each.document.name).name for each in documents}
    return score(rows, list(passages(timeline(documents), names)))


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, default=BESIDE / "data", help="folder with seeds_gold/")
    options.add_argument("--file", default="events_dev.jsonl", help="file of seeds_gold/ to measure on")
    options.add_argument("--seeds", type=Path, default=BESIDE / "seeds", help="folder with the coded documents")
    options.add_argument("--list", action="store_true", help="print what was missed and what is wrong")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    path = chosen.data / "seeds_gold" / chosen.file
    if not path.is_file():
        raise SystemExit(f"{path} is not there: pass --data FOLDER with seeds_gold/{chosen.file}")
    found = measured(path, chosen.seeds)
    if chosen.json:
        print(json.dumps(found.as_dict(), indent=2))
    else:
        print(*(f"{name:10} {value}" for name, value in found.as_dict().items()), sep="\n")
    if chosen.list:
        print(*(f"missed  {row['doc'][:3]} {row['date']}  {row['text']}" for row in found.missed), sep="\n")
        print(*(f"wrong   {each.document[:3]} {each.date}  {each.words}" for each in found.wrong), sep="\n")
    return 0 if found.recall >= LEAST_RECALL and found.precision >= LEAST_PRECISION else 1


if __name__ == "__main__":
    raise SystemExit(main())
