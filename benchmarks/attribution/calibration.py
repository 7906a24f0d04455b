"""Whether a confidence means what it says: of attributions held with .8, four in five should be right."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

BINS = 15
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One attribution."""

    confidence: float  # 0-1
    right: bool  # its content matches a coder's (Jaccard of words >= .5) and their sources overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The attributions whose confidence lies within two bounds."""

    low: float
    high: float
    count: int
    confidence: float  # mean
    accuracy: float  # share that is right


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module, from where it lies; nothing is written beside it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module


def judged(scorer: ModuleType, gold: Sequence[Row], predicted: Sequence[Row]) -> list[Judged]:
    """Every predicted attribution with its confidence and whether the scorer calls it "whole relaxed".

    As under `--merge-cues`: attributions with the same cue and source are one, held with their mean confidence.
    Attributions without a confidence are left out. The share that is right is the scorer's precision.
    """
    by_id = {row["id"]: row["attributions"] for row in predicted}
    found: list[Judged] = []
    for row in gold:
        found += _judged_text(scorer, row["text"], row["attributions"], by_id.get(row["id"], []))
    return found


def equal_width(sample: Sequence[Judged], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of the same width over 0-1, the empty ones among them."""
    held: list[list[Judged]] = [[] for _ in range(bins)]
    for one in sample:
        held[min(int(one.confidence * bins), bins - 1)].append(one)
    return tuple(_bin(inside, index / bins, (index + 1) / bins) for index, inside in enumerate(held))


def equal_mass(sample: Sequence[Judged], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of about the same number; equal confidences share a bin, so there may be fewer of them."""
    ranked = sorted(sample, key=lambda one: one.confidence)
    found: list[list[Judged]] = []
    seen = 0
    for _, same in groupby(ranked, key=lambda one: one.confidence):
        if not found or seen >= len(found) * len(ranked) / bins:
            found.append([])
        found[-1] += same
        seen = sum(map(len, found))
    return tuple(_bin(inside, inside[0].confidence, inside[-1].confidence) for inside in found)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy, by count.

    Source: Guo et al. (2017), section 2; fifteen bins as there.
    """
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.accuracy - one.confidence) for one in bins) / total


def brier_score(sample: Sequence[Judged]) -> float:
    """Mean squared distance of confidence and outcome. Source: Brier (1950)."""
    return sum((one.confidence - one.right) ** 2 for one in sample) / len(sample)


def _bin(inside: Sequence[Judged], low: float, high: float) -> Bin:
    count = len(inside)
    return Bin(
        low=low,
        high=high,
        count=count,
        confidence=sum(one.confidence for one in inside) / count if count else 0.0,
        accuracy=sum(one.right for one in inside) / count if count else 0.0,
    )


def _judged_text(scorer: ModuleType, text: str, gold: Sequence[Row], predicted: Sequence[Row]) -> list[Judged]:
    (tokens, at), inside_marks = scorer.tokenize(text), scorer.quoted(text)
    wanted = [scorer.unit(one, text, tokens, at, inside_marks) for one in gold]
    units = [
        scorer.unit(one, text, tokens, at, inside_marks) | {"confidence": one.get("confidence")} for one in predicted
    ]
    merged = scorer.merge(units, tokens, inside_marks)
    pairs = scorer.align(scorer.merge(wanted, tokens, inside_marks), merged)
    right = {id(two) for one, two, jaccard in pairs if jaccard >= 0.5 and scorer.same(one["source"], two["source"])}
    found = []
    for unit in merged:
        parts = [one for one in units if one is unit or (unit["cue"] and _key(one) == _key(unit))]
        confidences = [one["confidence"] for one in parts if one["confidence"] is not None]
        if confidences:
            found.append(Judged(confidence=sum(confidences) / len(confidences), right=id(unit) in right))
    return found


def _key(unit: Row) -> tuple[frozenset[int], frozenset[int]]:
    return unit["cue"], unit["source"]
