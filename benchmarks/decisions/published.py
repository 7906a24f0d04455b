"""Published examples of rules, models and indices: how many come out to the printed precision."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.decisions.rows import Row
from benchmarks.measuring import PROJECT

FILES = (
    *("test_baron_ferejohn", "test_challenge", "test_condorcet", "test_consensus_rules", "test_core_midpoint"),
    *("test_council_votes", "test_decision_rules", "test_eu_council_rules", "test_exchange", "test_influence"),
    *("test_models", "test_nash", "test_power", "test_procedural", "test_spatial"),
)


def rows(data: Path, peers: Path | None) -> Iterator[Row]:  # noqa: ARG001 - the tests hold the figures
    """One row: tests marked as published that pass, of all of them."""
    files = [str(PROJECT / "tests" / "published" / f"{name}.py") for name in FILES]
    line = [sys.executable, "-m", "pytest", "-v", "-m", "published", "-p", "no:cacheprovider", *files]
    done = subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, check=False)
    last = done.stdout.splitlines()[-1] if done.stdout else ""
    counted = {kind: int(number) for number, kind in re.findall(r"(\d+) (passed|failed|error|skipped)", last)}
    passed, whole = counted.get("passed", 0), sum(counted.values())
    yield Row(
        what="published examples that come out to the printed precision",
        ours=passed,
        unit=f"of {whole}",
        must="all",
        holds=done.returncode == 0 and passed == whole > 0,
        remark=f"{counted['skipped']} skipped, as their data are not there" if "skipped" in counted else "",
    )
