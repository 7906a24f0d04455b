"""How sure a reading is, and how network and word lists weigh: fitted on texts that the network was not trained on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from training.stance.examples import Coded
from winset.positions.direction import evaluation

Floats = NDArray[np.float64]
NAMES = ("network", "words", "neither", "network_neither", "words_any")
SIDES = 2  # so many of the weights are of the sides, the others of neither
RIDGE = 2.0


@dataclass(frozen=True, slots=True)
class Held:
    """A coded text with the probabilities of a network that did not see it."""

    coded: Coded
    shares: tuple[float, ...]


def temperature(shares: Floats, wanted: Floats) -> float:
    """By which scores are divided so that probabilities hold; the likeliest on a grid. Source: Guo et al. 2017."""
    logs = np.log(np.clip(shares, 1e-6, 1))

    def loss(by: float) -> float:
        scores = logs / by
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return float(-(wanted * scores).sum())

    return round(float(min(np.arange(0.6, 3.01, 0.05), key=loss)), 2)


def features(held: Sequence[Held]) -> tuple[Floats, Floats, Floats]:
    """(for sides, for neither, wanted): the terms of `sides.together`, and the coders' shares."""
    shares = np.clip(np.array([each.shares for each in held]), 1e-6, 1)
    odds = np.log(shares[:, 2] / shares[:, 0])
    neither = np.log(shares[:, 1] / np.sqrt(shares[:, 0] * shares[:, 2]))
    listed = np.array([listing(each.coded.statement) for each in held])
    sides = np.column_stack([odds, listed])
    return sides, np.column_stack([np.ones(len(held)), neither, abs(listed)]), np.array([e.coded.label for e in held])


def weights(held: Sequence[Held]) -> dict[str, float]:
    """The weights of `sides.together`, by a ridge log loss; a large set counts by the root of its size."""
    sides, neither, wanted = (torch.tensor(part) for part in features(held))
    sizes = {name: sum(each.coded.set == name for each in held) for name in {each.coded.set for each in held}}
    share = torch.tensor([1 / math.sqrt(sizes[each.coded.set]) for each in held], dtype=torch.float64)
    share = share / share.mean()
    found = torch.zeros(len(NAMES), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        side, none = sides @ found[:SIDES], neither @ found[SIDES:]
        likely = torch.log_softmax(torch.stack([-side, none, side], dim=1), dim=1)
        value = (RIDGE * (found**2).sum() - ((wanted * likely).sum(dim=1) * share).sum()) / len(held)
        value.backward()
        return value

    optimiser.step(loss)
    return {name: round(float(value), 4) for name, value in zip(NAMES, found.detach(), strict=True)}


def probabilities(weight: dict[str, float], held: Sequence[Held]) -> Floats:
    """against, neutral, for; shape (texts, 3), as `sides.together` makes them."""
    sides, neither, _ = features(held)
    given = np.array([weight[name] for name in NAMES])
    side, none = sides @ given[:SIDES], neither @ given[SIDES:]
    scores = np.column_stack([-side, none, side])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def listing(words: str) -> float:
    """The word list's side times its confidence."""
    sign, confidence, _ = evaluation(words.lower())
    return sign * confidence
