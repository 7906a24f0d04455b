"""The floors that extraction, identification and stance hold on coded text. A change may raise them."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from winset.corpus.reading import read
from winset.corpus.types import Anchor, Document
from winset.exchange.statement_lines import statement_row
from winset.pipeline import code_document, stated
from winset.statements.extraction import extract

Row = dict[str, Any]

CODED = "c65c34190b8d0ecc"  # first digits of SHA-256 of statements_dev.jsonl
FLOORS = {"recall": 0.90, "precision": 0.82, "represents": 0.95, "said_on": 0.93, "stance": 0.89, "sided": 0.87}
POLNEAR = "ff688f7a0336d320"  # of polnear/dev.jsonl
POLNEAR_FLOORS = {"whole relaxed": 0.55, "direct relaxed": 0.80, "indirect relaxed": 0.43}


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
    figures = {
        "recall": len(hits) / len(core),
        "precision": len(found) / len(predicted),
        **{field: _right(gold, predicted, found, hits, field) for field in ("represents", "said_on", "stance")},
        "sided": sum(index in found and predicted[found[index]]["stance"] in gold[index]["stance"] for index in sided)
        / len(sided),
    }
    assert {name: round(figures[name], 3) for name in FLOORS if figures[name] < FLOORS[name]} == {}


def test_the_news_set(shared: Path) -> None:
    gold_path = present(shared / "data" / "polnear" / "dev.jsonl", POLNEAR)
    score = scorer(shared, "score_attribution")
    gold: list[Row] = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines()]
    predicted = [_attributions(row) for row in gold if unicodedata.is_normalized("NFC", row["text"])]
    figures = score.summarize(sum(score.score_files(gold, predicted, True), Counter()))
    short = {name: round(figures[name]["F"], 3) for name, floor in POLNEAR_FLOORS.items() if figures[name]["F"] < floor}
    assert short == {}


def _right(gold: list[Row], predicted: list[Row], found: dict[int, int], hits: list[int], field: str) -> float:
    """Share of the found core statements whose field is among the accepted answers."""
    right = [str(predicted[found[index]][field]) in map(str, gold[index][field]) for index in hits]
    return sum(right) / len(right)


def _attributions(row: Row) -> Row:
    def spans(*parts: Anchor | None) -> list[list[int]]:
        return [[part.start, part.end] for part in parts if part]

    found = extract(Document(name=row["id"], text=row["text"])).statements
    said = [{"source": spans(one.source), "cue": spans(one.cue), "content": spans(*one.contents)} for one in found]
    return {"id": row["id"], "attributions": said}
