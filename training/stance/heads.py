"""Small heads on a network that stays as it is: a ridge logistic regression each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fitted(vectors: Floats, wanted: Floats, *, ridge: float) -> tuple[Floats, Floats]:
    """(weights (size, classes), bias (classes,)) of a multinomial logistic regression.

    vectors: (texts, size).  wanted: shares of the coders (texts, classes).  ridge: on the sum of squared weights.
    """
    size, classes = vectors.shape[1], wanted.shape[1]
    given, asked = torch.tensor(vectors, dtype=torch.float64), torch.tensor(wanted, dtype=torch.float64)
    weights = torch.zeros(size, classes, dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(classes, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        likely = torch.log_softmax(given @ weights + bias, dim=1)
        value = (ridge * (weights**2).sum() - (asked * likely).sum()) / len(given)
        value.backward()
        return value

    optimiser.step(loss)
    return weights.detach().numpy(), bias.detach().numpy()


def shares(vectors: Floats, weights: Floats, bias: Floats) -> Floats:
    """Probabilities (texts, classes)."""
    scores = vectors @ weights + bias
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def held_out(vectors: Floats, wanted: Floats, groups: Sequence[str], *, ridge: float) -> Floats:
    """For each text the probabilities of a head that was fitted on the other groups (speakers, meetings) only."""
    of = np.array(groups)
    found = np.zeros_like(wanted)
    for group in dict.fromkeys(groups):
        away = of == group
        found[away] = shares(vectors[away], *fitted(vectors[~away], wanted[~away], ridge=ridge))
    return found
