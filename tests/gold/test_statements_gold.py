"""The floors that extraction, identification and stance hold on coded text. A change may raise them."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from winset.corpus.reading import read
from winset.corpus.types import Anchor, Document
from winset.exchange.statement_lines import statement_row
from winset.pipeline.reading import code_document
from winset.pipeline.stating import stated
from winset.statements.attribution import attributions
from winset.statements.extraction import extract
from winset.statements.types import Proposal, Statement

Row = dict[str, Any]

CODED = "c65c34190b8d0ecc"  # first digits of SHA-256 of statements_dev.jsonl
FLOORS = {
    "recall": 0.92,
    "precision": 0.86,
    "represents": 0.97,
    "said_on": 0.94,
    "stance": 0.89,
    "sided": 0.93,
    "speaker": 0.96,
}
POLNEAR = "ff688f7a0336d320"  # of polnear/dev.jsonl
POLNEAR_FLOORS = {"whole relaxed": 0.735, "direct relaxed": 0.9, "mixed relaxed": 0.81, "indirect relaxed": 0.67}
SPAN_FLOORS = {"source": 82.0, "cue": 74.0, "content": 70.0}  # F1 of exact spans, per cent
SETTLED_FLOORS = {"whole relaxed": 0.70}  # the network and the rules together, which also look for bare attitudes


def scorer(shared: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared / "score" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def present(path: Path, digest: str) -> Path:
    if not path.is_file():
        pytest.skip(f"needs {path.name} of ../shared/data")
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] == digest, "the gold set changed: measure its floors anew"
    return path


def test_the_coded_documents(shared: Path) -> None:
    gold_path = present(shared / "data" / "seeds_gold" / "statements_dev.jsonl", CODED)
    score = scorer(shared, "score_statements")
    gold = score.load(gold_path)
    spec = stated(proposal="Open a NATO liaison office in Tokyo", body="nato", on="2023-07-11")
    predicted: list[Row] = []
    for name in sorted({row["doc"] for row in gold}):
        (document,) = read([str(shared / "seeds" / name)])
        assert isinstance(document, Document)
        coding = code_document(document, spec)
        rows = zip(coding.statements, coding.identifications, coding.stances, strict=True)
        predicted += [statement_row(document, said, who, stance) for said, who, stance in rows]
    found = score.match(gold, predicted)
    core = [index for index, row in enumerate(gold) if row["core"]]
    hits = [index for index in core if index in found]
    sided = [index for index in core if {"oppose", "favour"} & set(gold[index]["stance"])]
    named = [index for index in hits if gold[index]["speaker"]]
    figures = {
        "speaker": sum(predicted[found[index]]["speaker"] == gold[index]["speaker"] for index in named) / len(named),
        "recall": len(hits) / len(core),
        "precision": len(found) / len(predicted),
        **{field: _right(gold, predicted, found, hits, field) for field in ("represents", "said_on", "stance")},
        "sided": sum(index in found and predicted[found[index]]["stance"] in gold[index]["stance"] for index in sided)
        / len(sided),
    }
    assert {name: round(figures[name], 3) for name in FLOORS if figures[name] < FLOORS[name]} == {}


def test_the_news_set(shared: Path, tmp_path: Path) -> None:
    gold_path = present(shared / "data" / "polnear" / "dev.jsonl", POLNEAR)
    gold = _rows(gold_path)
    read = [_attributions(row["id"], attributions(row["text"], threads=2)) for row in gold]
    assert _short(shared, gold, read, POLNEAR_FLOORS) == {}
    assert _short_spans(shared, gold_path, read, tmp_path) == {}


def test_the_news_set_with_the_rules_beside(shared: Path) -> None:
    gold = _rows(present(shared / "data" / "polnear" / "dev.jsonl", POLNEAR))
    documents = [
        Document(name=row["id"], text=row["text"]) for row in gold if unicodedata.is_normalized("NFC", row["text"])
    ]
    read = [_attributions(document.name, extract(document).statements) for document in documents]
    assert _short(shared, gold, read, SETTLED_FLOORS) == {}


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _short(shared: Path, gold: list[Row], read: list[Row], floors: dict[str, float]) -> dict[str, float]:
    """What falls short of its floor."""
    score = scorer(shared, "score_attribution")
    figures = score.summarize(sum(score.score_files(gold, read, True), Counter()))
    return {name: round(figures[name]["F"], 3) for name, floor in floors.items() if figures[name]["F"] < floor}


def _short_spans(shared: Path, gold_path: Path, read: list[Row], folder: Path) -> dict[str, float]:
    lines = folder / "read.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in read), encoding="utf-8")
    command = [sys.executable, str(shared / "score" / "score_spans.py"), str(gold_path), str(lines)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL).stdout
    figures = {role: float(both) for role, both in re.findall(r"(source|cue|content) [\d.]+/[\d.]+/([\d.]+)", told)}
    return {role: figures[role] for role, floor in SPAN_FLOORS.items() if figures[role] < floor}


def _right(gold: list[Row], predicted: list[Row], found: dict[int, int], hits: list[int], field: str) -> float:
    """Share of the found core statements whose field is among the accepted answers."""
    right = [str(predicted[found[index]][field]) in map(str, gold[index][field]) for index in hits]
    return sum(right) / len(right)


def _attributions(name: str, found: Iterable[Proposal | Statement]) -> Row:
    def spans(*parts: Anchor | tuple[int, int] | None) -> list[list[int]]:
        return [list(part.span if isinstance(part, Anchor) else part) for part in parts if part]

    said = [{"source": spans(one.source), "cue": spans(one.cue), "content": spans(*one.contents)} for one in found]
    return {"id": name, "attributions": said}
