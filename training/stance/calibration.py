"""How sure a reading is, and how network and word lists weigh: fitted on texts that the network was not trained on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.stance.examples import STANCE, Coded
from winset.positions.direction import evaluation
from winset.positions.stance_network.speech import FEW

NAMES = ("network", "words", "around", "neither", "network_neither", "words_any")
RIDGE = 2.0


@dataclass(frozen=True, slots=True)
class Held:
    """A coded text with the probabilities of a network that did not see it."""

    coded: Coded
    shares: tuple[float, ...]
    fold: int


def temperature(held: Sequence[Held]) -> float:
    """By which scores are divided so that probabilities hold; the likeliest on a grid. Source: Guo et al. 2017."""
    logs = np.log(np.clip([each.shares for each in held], 1e-6, 1))
    wanted = np.array([each.coded.label for each in held])

    def loss(by: float) -> float:
        scores = logs / by
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return float(-(wanted * scores).sum())

    return round(float(min(np.arange(0.6, 3.01, 0.05), key=loss)), 2)


def features(held: Sequence[Held]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """(for sides, for neither, wanted): the terms of `sides.together`, and the coders' shares."""
    shares = np.clip(np.array([each.shares for each in held]), 1e-6, 1)
    odds = np.log(shares[:, 2] / shares[:, 0])
    neither = np.log(shares[:, 1] / np.sqrt(shares[:, 0] * shares[:, 2]))
    listed = np.array([_listed(each.coded.statement) for each in held])
    around = np.zeros(len(held))
    speeches: dict[str, list[int]] = {}
    for number, each in enumerate(held):
        if each.coded.set == "epcoal":
            speeches.setdefault(each.coded.group, []).append(number)
    for numbers in speeches.values():
        for number in numbers:
            around[number] = (odds[numbers].sum() - odds[number]) / (len(numbers) - 1 + FEW)
    sides = np.column_stack([odds, listed, around])
    return sides, np.column_stack([np.ones(len(held)), neither, abs(listed)]), np.array([e.coded.label for e in held])


def weights(held: Sequence[Held]) -> dict[str, float]:
    """The weights of `sides.together`, by gradient descent with momentum on a ridge log loss; each set counts alike."""
    asked = [each for each in held if each.coded.task == STANCE]
    sides, neither, wanted = features(asked)
    sizes = {name: sum(each.coded.set == name for each in asked) for name in {each.coded.set for each in asked}}
    share = np.array([1 / math.sqrt(sizes[each.coded.set]) for each in asked])
    share /= share.mean()
    weight = np.zeros(6)
    speed = np.zeros(6)
    for _ in range(4000):
        likely = probabilities(weight, sides, neither)
        gap = (likely - wanted) * share[:, None]
        slope = np.concatenate([sides.T @ (gap[:, 2] - gap[:, 0]), neither.T @ gap[:, 1]]) / len(asked)
        slope += RIDGE * weight / len(asked)
        speed = 0.9 * speed - 0.05 * slope
        weight = weight + speed
    return {name: round(float(value), 4) for name, value in zip(NAMES, weight, strict=True)}


def probabilities(
    weight: NDArray[np.float64], sides: NDArray[np.float64], neither: NDArray[np.float64]
) -> NDArray[np.float64]:
    """against, neutral, for; shape (texts, 3)."""
    s, n = sides @ weight[:3], neither @ weight[3:]
    scores = np.column_stack([-s, n, s])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _listed(words: str) -> float:
    sign, confidence, _ = evaluation(words.lower())
    return sign * confidence
