"""What is reached on texts that nothing was fitted on: the ablation of the docs, and the figures of the bench."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.attribution.calibration import Judged, calibration_error, equal_width

from training.stance.calibration import Held, listing, probabilities
from training.stance.examples import Coded
from training.stance.heads import Floats
from winset.positions.criticism import OVER
from winset.positions.stance_network.debates import LEARNED

SIDED, ALL = (0, 2), (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Coal:
    """The debate's sentences, and for each what a head says that was fitted on the other speakers."""

    held: Sequence[Held]
    learned: Floats
    data: Path


@dataclass(frozen=True, slots=True)
class Speeches:
    """Units of speeches, and for each what a head says that was fitted on the other meetings."""

    coded: Sequence[Coded]
    unseen: Floats


def figures(
    *,
    invented: Sequence[Held],
    claims: Sequence[Held],
    coal: Coal,
    speeches: Speeches,
    weight: dict[str, float],
) -> dict[str, Any]:
    """{"held_out": by set and figure, "ablation": by set and method}."""
    fused = {"invented": probabilities(weight, invented), "ibmclaims": probabilities(weight, claims)}
    unlearned = probabilities(weight, coal.held)
    both = LEARNED * coal.learned + (1 - LEARNED) * unlearned
    clear = [number for number, each in enumerate(coal.held) if not _tie(each.coded.label)]
    sentences = [coal.held[number] for number in clear]
    judged = [*_judged(sentences, both[clear], ALL), *_judged(claims, fused["ibmclaims"], SIDED)]
    judged += _judged(invented, fused["invented"], ALL)
    votes = _votes(coal, both)
    return {
        "held_out": {
            "epcoal": {"macro_f1": _macro(sentences, both[clear], ALL), **votes},
            "ibmclaims": _claims(claims, fused["ibmclaims"]),
            "unscon": {"macro_f1": _conflicts(speeches)},
            "calibration_error": round(calibration_error(equal_width(judged, bins=10)), 4),
        },
        "ablation": {
            "epcoal, debate learned from other speakers": {"both": _macro(sentences, both[clear], ALL)},
            "epcoal, nothing learned of it": _ways(sentences, unlearned[clear], ALL),
            "ibmclaims, motions never seen": _ways(claims, fused["ibmclaims"], SIDED),
            "invented, topics never seen": _ways(invented, fused["invented"], ALL),
        },
    }


def _ways(held: Sequence[Held], both: Floats, classes: tuple[int, ...]) -> dict[str, float]:
    alone = np.array([each.shares for each in held])
    listed = np.array([_lexicon(each.coded.statement) for each in held])
    ways = {"lexicon": listed, "network": alone, "both": both}
    return {name: _macro(held, shares, classes) for name, shares in ways.items()}


def _lexicon(words: str) -> tuple[float, float, float]:
    told = listing(words)
    return (max(0.0, -told), 0.05, max(0.0, told))


def _tie(label: Sequence[float]) -> bool:
    ranked = sorted(label)
    return ranked[-1] == ranked[-2]


def _macro(held: Sequence[Held], shares: Floats, classes: tuple[int, ...]) -> float:
    right = [int(np.argmax(each.coded.label)) for each in held]
    told = [classes[int(row[list(classes)].argmax())] for row in shares]
    return _f1s(right, told, classes)


def _f1s(right: Sequence[int], told: Sequence[int], classes: tuple[int, ...]) -> float:
    def f1(kind: int) -> float:
        hits = sum(a == b == kind for a, b in zip(right, told, strict=True))
        return 2 * hits / max(1, sum(a == kind for a in right) + sum(b == kind for b in told))

    return round(sum(map(f1, classes)) / len(classes), 4)


def _claims(held: Sequence[Held], shares: Floats) -> dict[str, float]:
    right = [int(np.argmax(each.coded.label)) for each in held]
    told = [SIDED[int(row[list(SIDED)].argmax())] for row in shares]
    hits = sum(a == b for a, b in zip(right, told, strict=True))
    return {"accuracy": round(hits / len(right), 4), "macro_f1": _f1s(right, told, SIDED)}


def _judged(held: Sequence[Held], shares: Floats, classes: tuple[int, ...]) -> list[Judged]:
    cut = shares[:, list(classes)]
    cut = cut / cut.sum(axis=1, keepdims=True)
    return [
        Judged(confidence=float(row.max()), right=classes[int(row.argmax())] == int(np.argmax(each.coded.label)))
        for row, each in zip(cut, held, strict=True)
    ]


def _votes(coal: Coal, shares: Floats) -> dict[str, float]:
    """Share of recorded votes told right, and AUC, from the sum of each speaker's sentences."""
    recorded: dict[str, str] = {}
    for line in (coal.data / "epcoal" / "speeches_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["vote_final"] in ("for", "against"):
            recorded.setdefault(row["speaker"], row["vote_final"])
    lean: dict[str, list[float]] = {}
    for each, row in zip(coal.held, shares, strict=True):
        lean.setdefault(each.coded.group, []).append(float(row[2] - row[0]))
    score = {speaker: sum(lean[speaker]) / (len(lean[speaker]) + 1) for speaker in recorded}
    sides = [[score[speaker] for speaker, vote in recorded.items() if vote == side] for side in ("for", "against")]
    pairs = [(a > b) + 0.5 * (a == b) for a in sides[0] for b in sides[1]]
    right = sum((score[speaker] > 0) == (vote == "for") for speaker, vote in recorded.items())
    return {"votes_right": round(right / len(recorded), 4), "votes_auc": round(sum(pairs) / len(pairs), 4)}


def _conflicts(speeches: Speeches) -> float:
    right = [int(np.argmax(each.label)) for each in speeches.coded]
    return _f1s(right, [int(row[1] > OVER) for row in speeches.unseen], (0, 1))
