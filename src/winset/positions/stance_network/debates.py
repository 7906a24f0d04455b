"""Debates that the machine has learned from coded sentences: which arguments are whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from winset.positions.stance_network.network import Reading
from winset.statements.meaning.vectors import sentence_encoder

FILE = "debates.npz"
LEARNED = 0.8  # share of what a debate learned before says beside what is read without it; by held-out speakers
ALIKE = 0.6  # cosine of two proposals from which they are taken for one matter


@dataclass(frozen=True, slots=True)
class Debate:
    """Which side a sentence of one debate takes, by what it means."""

    proposal: str
    weights: Any  # (WIDTH, 3) float32
    bias: Any  # (3,)

    def shares(self, vectors: Any) -> Any:
        """against, neutral, for: (sentences, 3)."""
        scores = vectors @ self.weights + self.bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)


@lru_cache(maxsize=64)
def debate(proposal: str) -> Debate | None:
    """The debate learned on that matter; None for nearly every proposal: there is none."""
    known = _known()
    if not known:
        return None
    vectors = sentence_encoder().vectors([proposal, *(each.proposal for each in known)])
    alike = vectors[1:] @ vectors[0]
    best = int(alike.argmax())
    return known[best] if alike[best] >= ALIKE else None


def mixed(reading: Reading, learned: Sequence[float]) -> Reading:
    """Both opinions, in the proportion of LEARNED.  learned: against, neutral, for."""
    against, neutral, favour = (
        LEARNED * float(new) + (1 - LEARNED) * old
        for new, old in zip(learned, (reading.against, reading.neutral, reading.favour), strict=True)
    )
    return replace(reading, against=against, neutral=neutral, favour=favour)


@cache
def _known() -> tuple[Debate, ...]:
    path = files("winset.positions.stance_network") / "data" / FILE
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
        proposals = [str(each) for each in kept["proposals"]]
        return tuple(Debate(*each) for each in zip(proposals, kept["weights"], kept["bias"], strict=True))
