"""Heads and weights of the stance network: regressions that find known answers, and the shipped formula."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from training.stance.examples import STANCE, Coded, one

from winset.positions.sides import Side
from winset.positions.stance_network import sides
from winset.positions.stance_network.network import Reading

pytest.importorskip("torch", reason="how the stance network's heads are fitted was not tested: no torch")
heads = import_module("training.stance.heads")
calibration = import_module("training.stance.calibration")

Shares = tuple[float, float, float]
SHARES: list[Shares] = [(0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)]


def held(words: str, shares: Shares, label: int = 1, group: str = "g") -> Any:
    return calibration.Held(Coded(STANCE, "Adopt it", "", words, one(label), group, set="made"), shares)


def test_a_head_that_made_the_answers_is_found_again() -> None:
    chance = np.random.default_rng(5)
    vectors = chance.normal(size=(4_000, 3))
    true = np.array([[1.5, -0.5, -1.0], [0.0, 1.0, -1.0], [-1.0, 0.0, 1.0]])
    likely = heads.shares(vectors, true, np.array([0.2, -0.1, -0.1]))
    found = heads.shares(vectors, *heads.fitted(vectors, likely, ridge=1e-3))
    assert found == pytest.approx(likely, abs=1e-2)


def test_no_text_is_judged_by_a_head_that_saw_its_group() -> None:
    chance = np.random.default_rng(5)
    vectors = chance.normal(size=(60, 4))
    wanted = np.eye(3)[chance.integers(0, 3, 60)]
    groups = [f"g{number % 3}" for number in range(60)]
    before = heads.held_out(vectors, wanted, groups, ridge=0.1)
    own = np.array(groups) == "g1"
    wanted[own] = np.roll(wanted[own], 1, axis=1)  # what g1's coders say
    after = heads.held_out(vectors, wanted, groups, ridge=0.1)
    assert after[own] == pytest.approx(before[own])
    assert after[~own] != pytest.approx(before[~own])
    assert after.sum(axis=1) == pytest.approx(1)


def test_a_temperature_takes_back_what_is_too_sure() -> None:
    chance = np.random.default_rng(5)
    scores = chance.normal(size=(20_000, 2))
    honest = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    said = honest**2 / (honest**2).sum(axis=1, keepdims=True)  # twice as sure
    wanted = np.eye(2)[(chance.random(20_000) < honest[:, 1]).astype(int)]
    assert calibration.temperature(said, wanted) == pytest.approx(2.0, abs=0.1)
    assert calibration.temperature(honest, wanted) == pytest.approx(1.0, abs=0.1)


TEXTS = [
    held("it would be a mistake", (0.6, 0.3, 0.1), 0),
    held("an essential step", (0.1, 0.2, 0.7), 2),
    held("the hall was full", (0.2, 0.7, 0.1)),
    held("", (0.0, 1.0, 0.0)),
]


def test_probabilities_fitted_are_those_that_ship() -> None:
    given = dict(sides._weights())
    assert tuple(given) == calibration.NAMES
    for each, row in zip(TEXTS, calibration.probabilities(given, TEXTS), strict=True):
        listed = calibration.features([each])[0][0][1]
        words = Side(float(np.sign(listed)), abs(float(listed)), "words")
        against, neutral, favour = each.shares
        found = sides.together(Reading(against, neutral, favour, conflict=0, about=0), words)
        assert row == pytest.approx((found.against, found.neutral, found.favour), abs=1e-6)


def test_weights_follow_a_network_that_is_right_and_prefer_no_side() -> None:
    chance = np.random.default_rng(5)
    rows = [held("made", SHARES[kind], kind) for kind in chance.integers(0, 3, 300)]
    found = calibration.weights(rows)
    assert found["network"] > 0
    assert found["network_neither"] > 0
    turned = [
        replace(each, shares=each.shares[::-1], coded=replace(each.coded, label=each.coded.label[::-1]))
        for each in rows
    ]
    assert calibration.weights(turned) == pytest.approx(found, abs=1e-3)
