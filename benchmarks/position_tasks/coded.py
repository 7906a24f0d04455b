"""The coded documents: statements found, and those for or against that are found and right."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from benchmarks.position_tasks.scoring import Row

FOLDER, FILE = "seeds_gold", "statements_dev.jsonl"
PROPOSAL, BODY, ON = "Open a NATO liaison office in Tokyo", "nato", "2023-07-11"  # what the coders were told
SIDED = {"favour", "oppose"}


def predict(documents: list[str]) -> list[Row]:
    """Statement rows of the documents, as `winset statements` writes them; `sure` and `lean` of their stance beside."""
    from winset.corpus.reading import read
    from winset.corpus.types import Document
    from winset.exchange.statement_lines import statement_row
    from winset.pipeline.reading import code_document
    from winset.pipeline.stating import stated

    spec = stated(proposal=PROPOSAL, body=BODY, on=ON)
    found = []
    for document in read(documents):
        if isinstance(document, Document):
            coding = code_document(document, spec)
            for said, who, stance in zip(coding.statements, coding.identifications, coding.stances, strict=True):
                found.append({**statement_row(document, said, who, stance), "sure": stance.confidence})
    return found


def sides(data: Path) -> list[tuple[float, bool]]:
    """(confidence, whether right) of each statement told to be for or against that the coders have, too."""
    gold, predicted, found = _matched(data)
    told = [(predicted[at], gold[number]["stance"]) for number, at in found.items()]
    return [(row["sure"], row["stance"] in accepted) for row, accepted in told if row["stance"] in SIDED]


def _matched(data: Path) -> tuple[list[Row], list[Row], dict[int, int]]:
    """Coded rows, told ones, and which of these is which of those."""
    score = _scorer(data.parent / "score" / "score_statements.py")
    gold = score.load(data / FOLDER / FILE)
    names = sorted({row["doc"] for row in gold})
    predicted = predict([str(data.parent / "seeds" / name) for name in names])
    return gold, predicted, score.match(gold, predicted)


def measure(data: Path) -> dict[str, float]:
    """Share of the statements for or against that are found with the right side; right stances of those found."""
    gold, predicted, found = _matched(data)
    core = [number for number, row in enumerate(gold) if row["core"]]
    sided = [number for number in core if SIDED & set(gold[number]["stance"])]
    right = {number: predicted[at]["stance"] in gold[number]["stance"] for number, at in found.items()}
    hits = [number for number in core if number in found]
    return {
        "sided_found_and_right": sum(right.get(number, False) for number in sided) / len(sided),
        "stance_of_found": sum(right[number] for number in hits) / len(hits),
    }


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
