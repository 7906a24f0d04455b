"""Claims for or against a motion never seen (Bar-Haim et al. 2017)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.position_tasks.scoring import Row, rows, scored

FOLDER, FILE = "ibmclaims", "dev.jsonl"


def predict(given: Iterable[Row]) -> Iterator[Row]:
    """pro or con; never neither, as the set has none. `sure`: how likely the side is, of the two."""
    from winset.positions.stance_network.speech import Said, readings

    for row in given:
        (reading,) = readings([Said(row["claim"])], proposal=row["proposal"])
        favour = reading.favour / (reading.favour + reading.against)
        yield {"id": row["id"], "label": "pro" if favour > 0.5 else "con", "sure": max(favour, 1 - favour)}


def measure(data: Path) -> dict[str, float]:
    """Accuracy and macro-F1."""
    gold = data / FOLDER / FILE
    told = scored(data / FOLDER / "score.py", gold, predict(rows(gold)))
    return {"accuracy": told["accuracy"], "macro_f1": told["macro_f1"]}
