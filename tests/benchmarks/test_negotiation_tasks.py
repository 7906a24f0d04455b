"""The lines that the position tasks on negotiation reports write, from invented sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.position_tasks import enb, pasrl

TEXT = 'On the fee, the G-77/CHINA, opposed by the LDCs (LDCs), said it was "too high".'


def test_propositions_are_written_as_the_coded_set_writes_them() -> None:
    (line,) = pasrl.predict([{"id": 7, "text": TEXT}])
    said = {"predicate": "said", "point": "it was too high on the fee", "polarity": "report"}
    against = {"predicate": "not said", "point": "it was too high on the fee", "polarity": "oppose"}
    assert line == {
        "id": 7,
        "props": [
            {"actor": "group of 77", **said},
            {"actor": "china", **said},
            {"actor": "least developed countries", **against},
        ],
    }


def test_holders_are_written_as_the_silver_set_writes_them() -> None:
    (line,) = enb.predict([{"id": "a-1", "text": "Japan, supported by the EU, opposed a vote. Chad called for one."}])
    assert {tuple(pair) for pair in line["pairs"]} == {("Japan", "oppose"), ("EU", "support"), ("Chad", "support")}


@pytest.mark.parametrize(("task", "path"), [(pasrl, "pasrl/gold_dev.jsonl"), (enb, "enb/silver_dev.jsonl")])
def test_a_prediction_needs_the_text_alone(task: object, path: str, shared: Path) -> None:
    file = shared / "data" / path
    if not file.is_file():
        pytest.skip(f"needs {path} of ../shared/data")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[:20]]
    bare = [{"id": row["id"], "text": row["text"]} for row in rows]
    assert list(task.predict(bare)) == list(task.predict(rows))  # type: ignore[attr-defined]
