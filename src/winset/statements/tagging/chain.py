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
LEAST = np.float32(1e-30)  # no sum is divided by less


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
    """Best tags, shape (words, windows); 0 behind a window's end."""
    longest, windows, tags = padded.shape
    reached = np.empty_like(padded)  # the best sum of a path that ends there with a tag
    reached[0] = opening + padded[0]
    ways = np.empty((windows, tags, tags), np.float32)
    for before, now, scores in zip(reached[:-1, :, :, None], reached[1:], padded[1:], strict=True):
        np.add(before, transitions, ways)
        np.maximum.reduce(ways, 1, None, now)
        np.add(now, scores, now)
    came = (reached[:-1, :, :, None] + transitions).argmax(axis=2)
    found = np.zeros((longest, windows), np.int64)
    for number, length in enumerate(lengths.tolist()):
        if length:
            path = [int(reached[length - 1, number].argmax())]
            for before_tag in came[: length - 1, number][::-1].tolist():
                path.append(before_tag[path[-1]])
            found[:length, number] = path[::-1]
    return found


def _marginals(padded: Floats, lengths: Integers, transitions: Floats, opening: Floats) -> Floats:
    """Probability of each tag at each word, shape (words, windows, tags); arbitrary behind a window's end.

    Both sums run at once: the forward one over the windows as they stand, the backward one beside it over each window
    from its last word to its first.  A step costs a few calls of numpy, whatever stands in it.
    """
    longest, windows, tags = padded.shape
    emitted = np.exp(padded - padded.max(axis=2, keepdims=True))
    step = np.exp(transitions - transitions.max())
    steps = np.concatenate([np.broadcast_to(each, (windows, tags, tags)) for each in (step, step.T)])
    from_end = np.maximum(lengths - 1 - np.arange(longest)[:, None], 0)[:, :, None]
    turned = np.take_along_axis(emitted, from_end, axis=0)
    after = np.concatenate([np.ones_like(emitted), turned], axis=1)  # what a sum is multiplied by after it is scaled
    shares = np.empty_like(after)
    shares[0, :windows] = _scaled(np.exp(opening - opening.max()) * emitted[0])
    shares[0, windows:] = 1
    state = shares[0] * after[0]
    spread = state[:, :, None]
    moved, total = np.empty_like(steps), np.empty((2 * windows, 1), np.float32)
    multiply, add_up = np.multiply, np.add.reduce
    for now, forward, scores, behind in zip(shares[1:], shares[1:, :windows], emitted[1:], after[1:], strict=True):
        multiply(spread, steps, moved)
        add_up(moved, 1, None, now)  # in one order whatever stands beside it, which no library's product promises
        multiply(forward, scores, forward)
        add_up(now, 1, None, total, keepdims=True)
        np.maximum(total, LEAST, out=total)
        np.divide(now, total, now)
        multiply(now, behind, state)
    backward = np.take_along_axis(shares[:, windows:], from_end, axis=0)
    return _scaled(shares[:, :windows] * backward)


def _scaled(shares: Floats) -> Floats:
    total: Floats = shares.sum(axis=-1, keepdims=True)
    scaled: Floats = (shares / np.maximum(total, LEAST)).astype(np.float32, copy=False)
    return scaled
