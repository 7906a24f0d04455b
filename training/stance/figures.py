"""What the network reaches on texts it was not trained on: the ablation of the docs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from benchmarks.attribution.calibration import Judged, calibration_error, equal_width
from numpy.typing import NDArray

from training.stance.calibration import NAMES, Held, features, probabilities
from winset.positions.direction import evaluation

SETS = {"ibmclaims": (0, 2), "epcoal": (0, 1, 2)}
CRITICAL = 0.5


def figures(held: Sequence[Held], weights: dict[str, float], temperatures: dict[str, float]) -> dict[str, Any]:
    """Macro-F1 by word lists, network and both, and calibration, for each set."""
    told: dict[str, Any] = {"weights": weights, "temperatures": temperatures}
    weight = np.array([weights[name] for name in NAMES])
    for name, classes in SETS.items():
        of_set = [each for each in held if each.coded.set == name and not _tie(each)]
        if not of_set:
            continue
        right = [int(np.argmax(each.coded.label)) for each in of_set]
        sides, neither, _ = features(of_set)
        both = probabilities(weight, sides, neither)
        alone = np.array([each.shares for each in of_set])
        listed = np.array([_lexicon(each.coded.statement) for each in of_set])
        told[name] = {
            how: _macro(right, _chosen(shares, classes), classes)
            for how, shares in (("lexicon", listed), ("network", alone), ("both", both))
        }
        cut = both[:, list(classes)] / both[:, list(classes)].sum(axis=1, keepdims=True)
        rows = [
            Judged(confidence=float(row.max()), right=classes[int(row.argmax())] == wanted)
            for row, wanted in zip(cut, right, strict=True)
        ]
        told[name]["calibration_error"] = round(calibration_error(equal_width(rows, bins=10)), 4)
        if name == "epcoal":
            told[name]["by_speaker"] = {
                speaker: round(float(np.mean([b[2] - b[0] for b, e in zip(both, of_set, strict=True) if e.coded.group == speaker])), 3)
                for speaker in dict.fromkeys(each.coded.group for each in of_set)
            }
    critical = [each for each in held if each.coded.set == "unscon"]
    if critical:
        right = [int(each.coded.label[1]) for each in critical]
        told["unscon"] = {
            f"over {cut:g}": _macro(right, [int(each.shares[1] > cut) for each in critical], (0, 1))
            for cut in (0.3, 0.4, 0.5, 0.6)
        }
    return told


def _tie(each: Held) -> bool:
    against, neutral, favour = each.coded.label
    ranked = sorted((against, neutral, favour))
    return ranked[-1] == ranked[-2]


def _lexicon(words: str) -> tuple[float, float, float]:
    sign, confidence, _ = evaluation(words.lower())
    listed = sign * confidence
    return (max(0.0, -listed), 0.05, max(0.0, listed))


def _chosen(shares: NDArray[np.float64], classes: tuple[int, ...]) -> list[int]:
    return [classes[int(row[list(classes)].argmax())] for row in shares]


def _macro(right: Sequence[int], told: Sequence[int], classes: tuple[int, ...]) -> float:
    def f1(kind: int) -> float:
        hits = sum(a == b == kind for a, b in zip(right, told, strict=True))
        return 2 * hits / max(1, sum(a == kind for a in right) + sum(b == kind for b in told))

    return round(sum(map(f1, classes)) / len(classes), 4)
