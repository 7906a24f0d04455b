"""How sure an attribution is: logistic regression of "right or not" on its evidence, on articles not trained on.

Source: Platt 1999. Right means what the measure of the field counts: contents share half their words, sources overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from benchmarks.attribution.calibration import BINS, Judged, calibration_error, equal_width
from numpy.typing import NDArray

from training.attribution.examples import read
from winset.statements.tagging.tagger import Tagger

RIDGE = 1.0  # pulls the weights to 0; a few hundred attributions must not make one of them huge
STEPS = 50
SAME = 0.5  # Jaccard of content words

Words = frozenset[int]


def calibrated(tagger: Tagger, held: Sequence[dict[str, Any]]) -> list[float]:
    """Weights of the evidence and, last, the bias; ends the program where there is nothing to judge."""
    rows = judged(tagger, held)
    if not rows:
        raise SystemExit(f"nothing is proposed in {len(held)} held-out articles: train on more articles or passes")
    evidence = np.array([features for features, _, _ in rows], np.float64)
    right = np.array([correct for _, _, correct in rows], np.float64)
    return [round(float(weight), 5) for weight in fitted(evidence, right)]


def judged(tagger: Tagger, coded: Sequence[dict[str, Any]]) -> list[tuple[NDArray[np.float32], float, bool]]:
    """Each proposed attribution's evidence, its confidence, and whether it is right."""
    return [row for article in coded for row in _judged(tagger, article)]


def expected_calibration_error(rows: Sequence[tuple[Any, float, bool]], bins: int = BINS) -> float:
    """Mean gap between confidence and share right over bins of equal width, weighted by their size; 0 of nothing.

    Source: Guo et al. 2017, equation 3.
    """
    sample = [Judged(confidence=sure, right=right) for _, sure, right in rows]
    return calibration_error(equal_width(sample, bins=bins)) if sample else 0.0


def fitted(evidence: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a ridge logistic regression by Newton's steps; the bias is last and free."""
    design = np.column_stack([evidence, np.ones(len(evidence))])
    penalty = np.diag([RIDGE] * evidence.shape[1] + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (right - likely) - penalty @ weights
        curve = (design * (likely * (1 - likely))[:, None]).T @ design + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _judged(tagger: Tagger, article: dict[str, Any]) -> Iterable[tuple[NDArray[np.float32], float, bool]]:
    gold = [(_covered(each["source"]), _covered(each["content"])) for each in article["attributions"]]
    proposed = []
    for window, found in tagger.read(read(article["text"], tagger.pieces)):
        for linked, confidence in found:
            spans = [(window.spans[first][0], window.spans[last - 1][1]) for first, last in linked.contents]
            who = [(window.spans[linked.source[0]][0], window.spans[linked.source[1] - 1][1])] if linked.source else []
            proposed.append((linked.evidence, confidence, _covered(who), _covered(spans)))
    pairs = sorted(
        (-_jaccard(content, said), place, number)
        for place, (_, _, _, said) in enumerate(proposed)
        for number, (_, content) in enumerate(gold)
        if said & content
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for alike, place, number in pairs:
        if place not in partner and number not in taken and -alike >= SAME:
            partner[place] = number
            taken.add(number)
    for place, (evidence, confidence, source, _) in enumerate(proposed):
        theirs = gold[partner[place]][0] if place in partner else None
        right = theirs is not None and (bool(source & theirs) or not (source or theirs))
        yield evidence, confidence, right


def _covered(spans: Sequence[Sequence[int]]) -> Words:
    return frozenset(place for start, end in spans for place in range(start, end))


def _jaccard(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other)
