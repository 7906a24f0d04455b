"""Sentences as vectors: of length one, the same in any company, near where they mean alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from winset.statements.meaning.piece_table import WIDTH
from winset.statements.meaning.vectors import sentence_encoder

SENTENCES = [
    "The fishing ban hurts the villages.",
    "Coastal communities suffer under the ban on fishing.",
    "The orchestra played two symphonies.",
    "",
    "word " * 400,
]
HOSTILE = {
    "control characters": "\0\x1b[2J" * 500,
    "lone surrogates": "\ud800" * 1_000,
    "brackets": "[" * 10_000,
    "right-to-left marks": "\u202e\u200f" * 5_000,
    "a word of a megabyte": "a" * 1_000_000,
    "a megabyte of words": "word " * 200_000,
}


def test_no_sentence_has_no_vector() -> None:
    assert sentence_encoder().vectors([]).shape == (0, WIDTH)


def test_vectors_have_length_one() -> None:
    found = sentence_encoder().vectors(SENTENCES)
    assert found.shape == (len(SENTENCES), WIDTH)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_company_and_threads_change_nothing() -> None:
    encoder = sentence_encoder()
    together = encoder.vectors(SENTENCES)
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda sentence: encoder.vectors([sentence])[0], SENTENCES * 4))
    assert all((one == other).all() for one, other in zip(alone, [*together] * 4, strict=True))


def test_what_means_alike_lies_near() -> None:
    first, second, other = sentence_encoder().vectors(SENTENCES[:3])
    assert first @ second > 0.5 > first @ other + 0.2


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_comes_in_has_a_vector(text: str) -> None:
    (found,) = sentence_encoder().vectors([text])
    assert np.isfinite(found).all()
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)


def test_what_lies_beyond_what_is_read_changes_nothing() -> None:
    long = "The ban hurts the villages. " * 40
    first, second = sentence_encoder().vectors([long, long + "It should go."])
    assert (first == second).all()
