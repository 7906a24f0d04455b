"""Speeches in the Security Council: which units criticise somebody, and whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.position_tasks.scoring import Row, rows, scored

# the set's own spelling of states that the registry knows by their common name
OFFICIAL = {
    "Russia": "russian_federation",
    "United States": "united_states_of_america",
    "United Kingdom": "united_kingdom_of_great_britain_and_northern_ireland",
    "South Korea": "republic_of_korea",
    "North Korea": "democratic_peoples_republic_of_korea",
    "Syria": "syrian_arab_republic",
    "Iran": "islamic_republic_of_iran",
    "Venezuela": "bolivarian_republic_of_venezuela",
    "Bolivia": "plurinational_state_of_bolivia",
    "Vietnam": "viet_nam",
}

FOLDER, FILE = "unscon", "edu_dev.jsonl"


def predict(given: Iterable[Row]) -> Iterator[Row]:
    """conflict 0 or 1 for each unit, and the state it is aimed at where one is told."""
    from winset.actors.registry import registry
    from winset.positions.criticism import criticisms

    known = registry()
    speeches: dict[tuple[str, int], list[Row]] = {}
    for row in given:
        speeches.setdefault((row["meeting"], row["speech_no"]), []).append(row)
    for speech in speeches.values():
        units, day = [row["text"] for row in speech], date(int(speech[0]["year"]), 7, 1)
        found = criticisms(units, speaker=speech[0]["speaker"], registry=known, on=day)
        for row, each in zip(speech, found, strict=True):
            yield {"id": row["id"], "conflict": int(each.found), "sure": each.probability, "target": _slug(each.target)}


def _slug(name: str | None) -> str | None:
    return OFFICIAL.get(name, name.lower().replace(" ", "_")) if name else None


def measure(data: Path) -> dict[str, float]:
    """Macro-F1 of conflict or none, right targets, F1 of who criticises whom."""
    gold = data / FOLDER / FILE
    told = scored(data / FOLDER / "score.py", gold, predict(rows(gold)), "edu")
    return {name: told[name] for name in ("macro_f1", "target_accuracy", "pair_f1")}
