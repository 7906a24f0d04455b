"""Which source and which content belong to which cue: the best pair by learned scores, or nobody.

Source: pairs scored by products of projected ends, Dozat & Manning 2017; one cue makes one attribution, PolNeAR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from winset.statements.tagging.tags import ROLES, tag

LINKS = ("cue asks source", "source", "content asks cue", "cue")  # the vectors of a piece, in this order
_GAPS = 9  # steps of distance: 0, 1, 2, 3-4, 5-8, 9-16, 17-32, 33-64, more words between
_BETWEEN = 3  # other cues between: none, one, more
BUCKETS = _GAPS * 2 * 2 * _BETWEEN  # by distance, direction, paragraph and cues between

_STEPS = np.array([*range(2), *(min(1 + (gap - 1).bit_length(), _GAPS - 1) for gap in range(2, 2**_GAPS))], np.int64)

Integers: TypeAlias = NDArray[np.int64]  # shape (spans,)
Floats: TypeAlias = NDArray[np.float32]


def buckets(
    asking: tuple[Integers, Integers],
    asked: tuple[Integers, Integers],
    cues: Integers,
    paragraphs: Integers,
) -> Integers:
    """How each pair of spans lies, as a number below BUCKETS; shape (asking, asked).

    asking, asked: places of the spans' first and last words. cues: places of all cues' first words, in order.
    paragraphs: for each word its paragraph.
    """
    first, last = asking[0][:, None], asking[1][:, None]
    to_first, to_last = asked[0][None, :], asked[1][None, :]
    behind = to_first > first
    low, high = np.where(behind, last, to_last), np.where(behind, to_first, first)
    gap = np.maximum(high - low - 1, 0)
    step = _STEPS[np.minimum(gap, len(_STEPS) - 1)]
    between = np.searchsorted(cues, high, side="left") - np.searchsorted(cues, low, side="right")
    between = np.minimum(np.maximum(between, 0), _BETWEEN - 1)
    other_paragraph = paragraphs[first] != paragraphs[to_first]
    lie: Integers = ((step * 2 + behind) * 2 + other_paragraph) * _BETWEEN + between
    return lie


SOURCE, CUE, CONTENT = ROLES
NOBODY = -1
EVIDENCE = 8  # numbers that tell how sure an attribution is


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of words of one role, by the places of their first and last words; in order."""

    first: Integers
    last: Integers

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Linker:
    """The learned scores of pairs. kind 0: a cue asks for its source; kind 1: a content asks for its cue."""

    nobody: Floats  # (2, size): what an asking span that has no partner points at
    nobody_bias: Floats  # (2,)
    distance: Floats  # (2, BUCKETS)

    def partners(
        self, kind: int, vectors: Floats, *, asking: Spans, asked: Spans, cues: Integers, paragraphs: Integers
    ) -> tuple[Integers, Floats]:
        """For each asking span the place of its partner in `asked`, or NOBODY, and the probability of that choice.

        vectors: (words, 4 * size), in the order of LINKS.
        """
        size = self.nobody.shape[1]
        ask, answer = (vectors[:, (2 * kind + part) * size : (2 * kind + part + 1) * size] for part in (0, 1))
        queries, keys = ask[asking.first] + ask[asking.last], answer[asked.first] + answer[asked.last]
        lie = buckets((asking.first, asking.last), (asked.first, asked.last), cues, paragraphs)
        pairs = queries @ keys.T / np.float32(size**0.5) + self.distance[kind][lie]
        alone = queries @ self.nobody[kind] + self.nobody_bias[kind]
        scores = np.concatenate([pairs, alone[:, None]], axis=1)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        best = scores.argmax(axis=1)
        sure = scores[np.arange(len(best)), best]
        return np.where(best == len(asked.first), NOBODY, best), sure.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution of a window: ranges of words, half-open, and how sure each part is."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]
    evidence: Floats  # (EVIDENCE,), for the confidence


def linked(tags: Integers, sure: Floats, vectors: Floats, paragraphs: Integers, linker: Linker) -> list[Linked]:
    """The attributions of a window: each cue with the contents that ask for it and the source that it asks for.

    tags, sure, paragraphs: one for each word. A cue without content says nothing and is left out.
    """
    sources, cues, contents = (spans(tags, role) for role in (SOURCE, CUE, CONTENT))
    if not len(cues) or not len(contents):
        return []
    owner, owned = linker.partners(1, vectors, asking=contents, asked=cues, cues=cues.first, paragraphs=paragraphs)
    if len(sources):
        speaker, named = linker.partners(0, vectors, asking=cues, asked=sources, cues=cues.first, paragraphs=paragraphs)
    else:
        speaker, named = np.full(len(cues), NOBODY), np.ones(len(cues), np.float32)
    found: list[Linked] = []
    for place in range(len(cues)):
        mine = np.flatnonzero(owner == place)
        if not len(mine):
            continue
        cue = (int(cues.first[place]), int(cues.last[place]) + 1)
        who = int(speaker[place])
        source = None if who == NOBODY else (int(sources.first[who]), int(sources.last[who]) + 1)
        parts = tuple((int(contents.first[each]), int(contents.last[each]) + 1) for each in mine)
        links = {"named": float(named[place]), "owned": float(owned[mine].min())}
        found.append(Linked(source, cue, parts, _evidence(sure, source, cue, parts, **links)))
    return found


def spans(tags: Integers, role: str) -> Spans:
    """The stretches of one role: from each begin as far as its insides go on."""
    first = np.flatnonzero(tags == tag(role, begins=True))
    goes_on = np.append(tags == tag(role, begins=False), False)
    ends = np.flatnonzero(~goes_on)
    last = ends[np.searchsorted(ends, first + 1)] - 1
    return Spans(first, last)


def _evidence(
    sure: Floats,
    source: tuple[int, int] | None,
    cue: tuple[int, int],
    contents: Sequence[tuple[int, int]],
    *,
    named: float,
    owned: float,
) -> Floats:
    """Log odds of the weakest and the average word of the parts, and of the links; 0 for a source that is not there."""
    words = np.concatenate([sure[start:end] for start, end in contents])
    whose = sure[source[0] : source[1]] if source else np.array([0.5], np.float32)
    odds = _log_odds(
        np.array(
            [words.min(), words.mean(), sure[cue[0] : cue[1]].min(), whose.min(), named, owned],
            np.float32,
        )
    )
    return np.concatenate([odds, [float(source is not None), np.log(len(words))]]).astype(np.float32)


def _log_odds(probability: Floats) -> Floats:
    kept = np.clip(probability, 1e-4, 1 - 1e-4)
    odds: Floats = np.log(kept / (1 - kept))
    return odds
