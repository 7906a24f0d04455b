"""The floors that the timeline holds on coded documents. A change may raise them."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

CODED = "f2b876f6316e6e7e"  # first digits of SHA-256 of events_dev.jsonl
RECALL_FLOOR = 0.86  # of the coded events with a date; the aim was .65
PRECISION_FLOOR = 0.95  # of all passages, publications included; the aim was .70
PLANNED_FLOOR = 1.0  # of the found ones, planned or not as coded


def scorer(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_timeline", project / "benchmarks" / "bench_timeline.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def test_the_coded_events_are_found(project: Path, shared: Path) -> None:
    path = shared / "data" / "seeds_gold" / "events_dev.jsonl"
    if not path.is_file():
        pytest.skip(f"needs {path.name} of ../shared/data")
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] == CODED, "the gold set changed: measure its floors anew"
    found = scorer(project).measured(path, shared / "seeds")
    figures = found.as_dict()
    floors = {"recall": RECALL_FLOOR, "precision": PRECISION_FLOOR, "planned": PLANNED_FLOOR}
    assert {name: figures[name] for name, floor in floors.items() if figures[name] < floor} == {}
