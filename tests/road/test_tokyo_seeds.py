"""The five published texts of ../shared/seeds: what only they can show."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

QUESTION = ("--proposal", "Open a NATO liaison office in Tokyo", "--body", "nato", "--on", "2023-07-11")


def test_all_five_texts_are_in_the_brief(seeds: Any, shared: Path) -> None:
    expected = {path.name for path in (shared / "seeds").glob("*.txt")}
    assert {Path(row["name"]).name for row in seeds.brief["documents"]} == expected


def test_the_texts_are_exported_as_they_are_on_disk(seeds: Any, shared: Path) -> None:
    for row in seeds.brief["documents"]:
        assert row["text"] == (shared / "seeds" / Path(row["name"]).name).read_text(encoding="utf-8")


def test_statement_lines_can_be_scored_against_the_coded_documents(
    shared: Path, run_winset: Any, tmp_path: Path
) -> None:
    out = tmp_path / "statements.jsonl"
    done = run_winset("statements", shared / "seeds", *QUESTION, "-o", out)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in (shared / "seeds").glob("*.txt")}
    for row in rows:
        assert row["form"] in {"direct", "indirect", "mixed", "act"}
        assert row["stance"] in {"favour", "oppose", "neutral", "unclear", "none"}
        assert 0 <= row["confidence"] <= 1
        assert all(0 <= start < end <= len(texts[row["doc"]]) for start, end in row["contents"])
    gold = shared / "data" / "seeds_gold" / "statements_dev.jsonl"
    scored = subprocess.run(
        [sys.executable, shared / "score" / "score_statements.py", gold, out],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert scored.returncode == 0, scored.stderr
    found = re.search(r"^F1 (\d\.\d+)$", scored.stdout, flags=re.MULTILINE)
    assert found
    assert float(found[1]) > 0


def test_positions_have_the_sign_and_order_that_readers_give_them(seeds: Any) -> None:
    value = {row["actor"]: row["value"] for row in seeds.brief["positions"] if row["value"] is not None}
    against, favour = ("France", "China", "Russia", "Germany"), ("NATO", "Japan")
    assert all(value[name] < 50 for name in against)
    assert all(value[name] > 50 for name in favour)
    assert value["France"] < value["Germany"] < value["Japan"]  # firm and often, once and hedged, in favour
