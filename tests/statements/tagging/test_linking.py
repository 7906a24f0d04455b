"""Links: spans from tags, and each asking span's best partner."""

from __future__ import annotations

import numpy as np

from winset.statements.tagging.linking import (
    BUCKETS,
    CONTENT,
    CUE,
    EVIDENCE,
    NOBODY,
    SOURCE,
    Linker,
    Spans,
    buckets,
    linked,
    spans,
)
from winset.statements.tagging.tags import tag

S, I_S = tag("source", begins=True), tag("source", begins=False)
C = tag("cue", begins=True)
X, I_X = tag("content", begins=True), tag("content", begins=False)
SIZE = 2


def linker(**bias: float) -> Linker:
    """Scores by distance alone, nearer is better; nobody at `nobody`."""
    distance = np.zeros((2, BUCKETS), np.float32)
    for bucket in range(BUCKETS):
        distance[:, bucket] = -float(bucket // 12)
    nobody_bias = np.full(2, bias.get("nobody", -50.0), np.float32)
    return Linker(np.zeros((2, SIZE), np.float32), nobody_bias, distance)


def test_spans_end_where_their_insides_end() -> None:
    tags = np.array([S, I_S, C, X, I_X, X, 0, S])
    for role, expected in ((SOURCE, ([0, 7], [1, 7])), (CUE, ([2], [2])), (CONTENT, ([3, 5], [4, 5]))):
        found = spans(tags, role)
        assert (found.first.tolist(), found.last.tolist()) == expected


def test_each_cue_takes_its_contents_and_the_nearest_source() -> None:
    tags = np.array([X, I_X, S, C, X, I_X, 0, S, C, X])
    found = linked(
        tags, np.full(10, 0.9, np.float32), np.zeros((10, 4 * SIZE), np.float32), np.zeros(10, int), linker()
    )
    assert [(each.source, each.cue, each.contents) for each in found] == [
        ((2, 3), (3, 4), ((0, 2), (4, 6))),
        ((7, 8), (8, 9), ((9, 10),)),
    ]
    assert all(each.evidence.shape == (EVIDENCE,) for each in found)


def test_a_cue_may_have_nobody_and_one_without_content_is_left_out() -> None:
    tags = np.array([S, C, 0, 0, C, X])
    found = linked(tags, np.full(6, 0.9, np.float32), np.zeros((6, 4 * SIZE), np.float32), np.zeros(6, int), linker())
    assert [(each.source, each.cue) for each in found] == [((0, 1), (4, 5))]
    alone = linker(nobody=50.0)
    assert linked(tags, np.full(6, 0.9, np.float32), np.zeros((6, 4 * SIZE), np.float32), np.zeros(6, int), alone) == []


def test_without_sources_nobody_is_named() -> None:
    tags = np.array([C, X, I_X])
    (found,) = linked(
        tags, np.full(3, 0.9, np.float32), np.zeros((3, 4 * SIZE), np.float32), np.zeros(3, int), linker()
    )
    assert found.source is None


def test_partners_say_how_sure_the_choice_is() -> None:
    one, two = Spans(np.array([0]), np.array([0])), Spans(np.array([1, 9]), np.array([1, 9]))
    empty, there = np.zeros((10, 4 * SIZE), np.float32), np.zeros(10, int)
    place, sure = linker().partners(0, empty, asking=one, asked=two, cues=one.first, paragraphs=there)
    assert place.tolist() == [0]
    assert 0.9 < float(sure[0]) <= 1
    nobody, _ = linker(nobody=9.0).partners(0, empty, asking=one, asked=two, cues=one.first, paragraphs=there)
    assert nobody.tolist() == [NOBODY]


def test_buckets_know_distance_direction_paragraph_and_cues_between() -> None:
    paragraphs = np.array([0] * 10 + [1] * 90)
    at = (np.array([5]), np.array([6]))
    others = (np.array([0, 7, 8, 12, 99]), np.array([1, 7, 8, 13, 99]))
    lie = buckets(at, others, np.array([5, 10]), paragraphs)[0]
    assert len(set(lie.tolist())) == 5
    assert 0 <= lie.min() <= lie.max() < BUCKETS
