"""The best tags of a window's words under a linear-chain CRF, and how sure each is.

Source: Viterbi 1967 for the best sequence; Rabiner 1989, section III, for the scaled forward and backward sums;
Lafferty et al. 2001 for the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Integers: TypeAlias = NDArray[np.int64]


def best_tags(scores: Sequence[Floats], transitions: Floats, opening: Floats) -> list[tuple[Integers, Floats]]:
    """For each window its best tags and their marginal probabilities, shape (words,).

    scores: one (words, tags) a window. transitions: (before, after). opening: (tags,), for the first word.
    Windows are worked on side by side and never mixed, so the result is the same in any company. Cost: linear.
    """
    lengths = np.array([len(each) for each in scores])
    longest = int(lengths.max(initial=0))
    if not longest:
        return [(np.zeros(0, np.int64), np.zeros(0, np.float32)) for _ in scores]
    padded = np.zeros((longest, len(scores), len(opening)), np.float32)
    for number, each in enumerate(scores):
        padded[: len(each), number] = each
    tags = _viterbi(padded, lengths, transitions, opening)
    sure = _marginals(padded, lengths, transitions, opening)
    chosen = np.take_along_axis(sure, tags[:, :, None], axis=2)[:, :, 0]
    return [(tags[:length, number], chosen[:length, number]) for number, length in enumerate(lengths)]


def _viterbi(padded: Floats, lengths: Integers, transitions: Floats, opening: Floats) -> Integers:
    """Best tags, shape (words, windows); arbitrary behind a window's end."""
    longest, windows, tags = padded.shape
    rows = np.arange(windows)
    came = np.zeros((longest, windows, tags), np.int64)
    reached = opening + padded[0]
    for at in range(1, longest):
        ways = reached[:, :, None] + transitions
        came[at] = ways.argmax(axis=1)
        onward = ways.max(axis=1) + padded[at]
        reached = np.where((at < lengths)[:, None], onward, reached)
    found = np.zeros((longest, windows), np.int64)
    tag = reached.argmax(axis=1)
    for at in range(longest - 1, -1, -1):
        if at < longest - 1:
            tag = np.where(at < lengths - 1, came[at + 1, rows, tag], tag)
        found[at] = tag
    return found


def _marginals(padded: Floats, lengths: Integers, transitions: Floats, opening: Floats) -> Floats:
    """Probability of each tag at each word, shape (words, windows, tags)."""
    longest, windows, tags = padded.shape
    emitted = np.exp(padded - padded.max(axis=2, keepdims=True))
    step = np.exp(transitions - transitions.max())
    forward = np.empty_like(emitted)
    forward[0] = _scaled(np.exp(opening - opening.max()) * emitted[0])
    for at in range(1, longest):
        forward[at] = _scaled(_through(forward[at - 1], step) * emitted[at])
    backward = np.ones((windows, tags), np.float32)
    found: Floats = np.empty_like(emitted)
    for at in range(longest - 1, -1, -1):
        if at < longest - 1:
            onward = _scaled(_through(emitted[at + 1] * backward, step.T))
            backward = np.where((at < lengths - 1)[:, None], onward, 1.0).astype(np.float32)
        found[at] = _scaled(forward[at] * backward)
    return found


def _through(shares: Floats, step: Floats) -> Floats:
    """The matrix product, summed in one order whatever stands beside it, which a library's product does not promise."""
    moved: Floats = (shares[:, :, None] * step).sum(axis=1)
    return moved


def _scaled(shares: Floats) -> Floats:
    total: Floats = shares.sum(axis=1, keepdims=True)
    scaled: Floats = (shares / np.maximum(total, 1e-30)).astype(np.float32)
    return scaled
