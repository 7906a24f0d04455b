"""The chain against every path written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.statements.tagging.chain import best_tags
from winset.statements.tagging.tags import OUTSIDE, TAGS, follows, tag

SMALL = 3


@given(st.integers(0, 10_000), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_best_path_and_marginals_are_those_of_all_paths(seed: int, lengths: list[int]) -> None:
    chance = np.random.default_rng(seed)
    transitions = chance.normal(size=(SMALL, SMALL)).astype(np.float32)
    opening = chance.normal(size=SMALL).astype(np.float32)
    scores = [chance.normal(scale=2, size=(length, SMALL)).astype(np.float32) for length in lengths]
    for each, (tags, sure) in zip(scores, best_tags(scores, transitions, opening), strict=True):
        weights = {
            path: opening[path[0]]
            + sum(each[at, state] for at, state in enumerate(path))
            + sum(transitions[one, other] for one, other in pairwise(path))
            for path in product(range(SMALL), repeat=len(each))
        }
        best = max(weights, key=lambda path: weights[path])
        assert tuple(tags) == best
        total = sum(np.exp(weight) for weight in weights.values())
        for at, state in enumerate(best):
            share = sum(np.exp(weight) for path, weight in weights.items() if path[at] == state) / total
            assert sure[at] == pytest.approx(share, abs=1e-4)


def test_company_does_not_matter() -> None:
    chance = np.random.default_rng(3)
    scores = [chance.normal(size=(length, TAGS)).astype(np.float32) for length in (4, 40, 17)]
    transitions, opening = np.zeros((TAGS, TAGS), np.float32), np.zeros(TAGS, np.float32)
    together = best_tags(scores, transitions, opening)
    for each, (tags, sure) in zip(scores, together, strict=True):
        ((alone, by_itself),) = best_tags([each], transitions, opening)
        assert tags.tolist() == alone.tolist()
        assert sure.tolist() == by_itself.tolist()


def test_no_windows_and_empty_windows_are_nothing() -> None:
    assert best_tags([], np.zeros((TAGS, TAGS), np.float32), np.zeros(TAGS, np.float32)) == []


def test_an_inside_follows_its_own_role_only() -> None:
    assert follows(tag("cue", begins=True), tag("cue", begins=False))
    assert not follows(tag("source", begins=True), tag("cue", begins=False))
    assert not follows(OUTSIDE, tag("content", begins=False))
    assert all(follows(before, tag("source", begins=True)) for before in range(TAGS))
