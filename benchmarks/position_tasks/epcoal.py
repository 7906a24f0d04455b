"""A debate on coal subsidies in the European Parliament: sentences read by the crowd, speakers' recorded votes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.position_tasks.scoring import Row, rows, scored

FOLDER, FILE, SPEECHES = "epcoal", "sentences_dev.jsonl", "speeches_dev.jsonl"
PROPOSAL = "State aid to keep uncompetitive coal mines open longer"
LANGUAGE = "EN"  # the network and the word lists read English


def predict(given: Iterable[Row]) -> Iterator[Row]:
    """pro, neutral or anti for each English sentence; the sentences of a speech are read together."""
    from winset.positions.stance_network.speech import Said, readings

    speeches: dict[int, list[Row]] = {}
    for row in given:
        if row["lang"] == LANGUAGE:
            speeches.setdefault(row["speech_no"], []).append(row)
    for spoken in speeches.values():
        said = [Said(row["text"], row["prev"]) for row in spoken]
        for row, reading in zip(spoken, readings(said, proposal=PROPOSAL), strict=True):
            shares = {"anti": reading.against, "neutral": reading.neutral, "pro": reading.favour}
            label = max(shares, key=shares.__getitem__)
            yield {
                "id": row["id"],
                "speaker": row["speaker"],
                "label": label,
                "sure": shares[label],
                "lean": reading.lean,
            }


def votes(sentences: Sequence[Row]) -> Iterator[Row]:
    """Each speaker's vote: where the sum of what the sentences lean to lies."""
    speakers = dict.fromkeys(row["speaker"] for row in sentences)
    for speaker in speakers:
        leans = [row["lean"] for row in sentences if row["speaker"] == speaker]
        score = sum(leans) / (len(leans) + 1)
        yield {"speaker": speaker, "vote": "for" if score > 0 else "against", "score": score}


def measure(data: Path) -> dict[str, float]:
    """Macro-F1 of the sentences; accuracy and AUC of the votes."""
    folder = data / FOLDER
    predicted = list(predict(rows(folder / FILE)))
    sentences = scored(folder / "score.py", folder / FILE, predicted, "sentences", after=("--lang", LANGUAGE))
    actors = scored(folder / "score.py", folder / SPEECHES, votes(predicted), "actors")
    return {
        "macro_f1": sentences["macro_f1"],
        "wrong_direction_rate": sentences["wrong_direction_rate"],
        "votes_right": actors["accuracy"],
        "votes_auc": actors.get("auc", float("nan")),
        "votes_n": actors["n"],
    }
