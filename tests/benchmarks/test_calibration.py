"""Calibration by hand-made numbers, and by the scorer's own count."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from benchmarks.attribution.calibration import (
    Judged,
    brier_score,
    calibration_error,
    equal_mass,
    equal_width,
    judged,
    load_scorer,
)
from hypothesis import given
from hypothesis import strategies as st

# An invented scorer, with the few functions that are called: a text is its words, a unit its words' indices.
SCORER = """
def tokenize(text):
    return text.split(), None

def quoted(text):
    return None

def unit(said, text, words, at, marks):
    return {role: frozenset(said[role]) for role in ("source", "cue", "content")}

def merge(units, words, marks):
    merged = {}
    for index, one in enumerate(units):
        first = merged.setdefault((one["cue"], one["source"]) if one["cue"] else index, one)
        first["content"] = first["content"] | one["content"]
    return list(merged.values())

def same(a, b):
    return bool(a & b) or not (a or b)

def align(gold, predicted):
    share = lambda a, b: len(a & b) / len(a | b)
    return [(one, two, share(one["content"], two["content"])) for one, two in zip(gold, predicted)]
"""


def sample(*pairs: tuple[float, bool]) -> list[Judged]:
    return [Judged(confidence=confidence, right=right) for confidence, right in pairs]


def test_the_error_of_two_bins_worked_by_hand() -> None:
    # .9 said and 1 of 2 right: .4 off; .1 said and 0 of 2 right: .1 off; the mean over four is .25
    held = sample((0.9, True), (0.9, False), (0.1, False), (0.1, False))
    bins = equal_width(held, bins=2)
    assert [(one.count, one.confidence, one.accuracy) for one in bins] == [(2, 0.1, 0.0), (2, 0.9, 0.5)]
    assert calibration_error(bins) == pytest.approx(0.25)
    assert brier_score(held) == pytest.approx((0.01 + 0.81 + 0.01 + 0.01) / 4)


def test_certainty_falls_into_the_last_bin_and_empty_bins_count_nothing() -> None:
    bins = equal_width(sample((1.0, True), (0.0, False)))
    assert len(bins) == 15
    assert (bins[0].count, bins[-1].count) == (1, 1)
    assert (bins[0].low, bins[-1].high) == (0.0, 1.0)
    assert calibration_error(bins) == 0.0


def test_bins_of_equal_count_keep_equal_confidences_together() -> None:
    bins = equal_mass(sample((0.5, True), (0.5, False), (0.5, True), (0.6, True), (0.7, True), (0.8, True)), bins=3)
    assert [one.count for one in bins] == [3, 1, 2]
    assert (bins[0].low, bins[0].high, bins[-1].low, bins[-1].high) == (0.5, 0.5, 0.7, 0.8)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_every_attribution_is_in_one_bin_and_no_error_is_larger_than_one(pairs: list[tuple[float, bool]]) -> None:
    held = sample(*pairs)
    for bins in (equal_width(held), equal_mass(held)):
        assert sum(one.count for one in bins) == len(held)
        assert sum(one.accuracy * one.count for one in bins) == pytest.approx(sum(one.right for one in held))
        assert 0 <= calibration_error(bins) <= 1
    assert 0 <= brier_score(held) <= 1
    assert [one.count for one in equal_mass(held)] == [one.count for one in equal_mass(held[::-1])]


def test_merged_attributions_are_one_held_with_their_mean_confidence(tmp_path: Path) -> None:
    path = tmp_path / "score.py"
    path.write_text(SCORER, encoding="utf-8")
    scorer = load_scorer(path)
    gold = [{"id": "a", "text": "Kenya said no , twice", "attributions": [said(source=[0], cue=[1], content=[2, 4])]}]
    parts = [said(source=[0], cue=[1], content=[index], confidence=share) for index, share in ((2, 0.6), (4, 1.0))]
    elsewhere = said(source=[], cue=[], content=[3], confidence=0.3)
    found = judged(scorer, gold, [{"id": "a", "attributions": [*parts, elsewhere]}])
    assert found == sample((0.8, True), (0.3, False))
    unsure = [{**part, "confidence": None} for part in parts]
    assert judged(scorer, gold, [{"id": "a", "attributions": unsure}]) == []
    assert judged(scorer, gold, []) == []
    assert not list(tmp_path.glob("__pycache__"))


def said(**fields: Any) -> dict[str, Any]:
    return fields


def test_the_share_that_is_right_is_the_scorers_precision(shared: Path) -> None:
    path = shared / "score" / "score_attribution.py"
    gold_path = shared / "data" / "polnear" / "dev.jsonl"
    if not (path.is_file() and gold_path.is_file()):
        pytest.skip("needs polnear/dev.jsonl and its scorer in ../shared")
    scorer = load_scorer(path)
    with gold_path.open(encoding="utf-8") as lines:
        gold = [json.loads(next(lines)) for _ in range(8)]
    # the gold itself, with every third attribution moved onto its cue, stands in for a prediction
    predicted = [
        {
            "id": row["id"],
            "attributions": [
                one | {"confidence": index % 10 / 10} | ({"content": one["cue"]} if index % 3 == 0 else {})
                for index, one in enumerate(row["attributions"])
                if one["cue"]
            ],
        }
        for row in gold
    ]
    found = judged(scorer, gold, predicted)
    figures = scorer.summarize(sum(scorer.score_files(gold, predicted, True), Counter()))
    assert len(found) == sum(row["n_pred"] for row in scorer.score_files(gold, predicted, True))
    assert sum(one.right for one in found) / len(found) == pytest.approx(figures["whole relaxed"]["P"])
