"""Running a set's own scorer on our lines."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The lines of a file as objects."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scored(scorer: Path, gold: Path, predicted: Iterable[Row], *before: str, after: tuple[str, ...] = ()) -> Row:
    """What the scorer prints. before, after: arguments in front of the gold file and behind the predictions."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "predicted.jsonl"
        lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in predicted), encoding="utf-8")
        command = [sys.executable, str(scorer), *before, str(gold), str(lines), *after]
        told = subprocess.run(command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    answer: Row = json.loads(told.stdout)
    return answer
