"""The sources that bench_actors.py asks about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.actors.phrases import DISTINCT, phrases
from benchmarks.actors.work import marked

from winset.actors.registry import registry


def test_there_are_as_many_distinct_phrases_as_promised() -> None:
    asked = phrases(registry(), count=100_000)
    assert len(asked) == 100_000
    assert len(set(asked)) == DISTINCT >= 50_000


def test_the_same_phrases_come_every_time() -> None:
    assert phrases(registry(), count=50, distinct=20) == phrases(registry(), count=50, distinct=20)
    assert len(set(phrases(registry(), count=50, distinct=20))) == 20


def test_a_source_in_parts_is_asked_about_from_its_first_to_its_last_word(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "Ana said, and Bo.", "attributions": [{"source": [[14, 16], [0, 3]]}, {"source": []}]},
        {"text": "Cafe\u0301", "attributions": [{"source": [[0, 5]]}]},
        {"text": "Nobody.", "attributions": []},
    ]
    lines = [json.dumps({"id": str(n), "date": "2023-07-11", **row}) for n, row in enumerate(rows)]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ((document, spans),) = marked(tmp_path / "news.jsonl")
    assert (document.name, spans) == ("0", [(0, 16)])
