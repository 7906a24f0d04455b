"""The floors that the default forecast holds on decisions with known outcomes. A change may raise them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from winset.decisions.backtest import DEFAULT, backtest
from winset.exchange.deu_files import read_agendas

FOLDER = "decision/deu3"
FILES = {"issues.csv": "a87b56abcebeee60", "positions.csv": "b55a80e303583acd"}
MOST_ERROR, MOST_WIDTH = 21.9, 55.0
COVERAGE = (0.78, 0.82)


def test_the_default_on_deu(shared: Path) -> None:
    folder = shared / "data" / FOLDER
    for file, digest in FILES.items():
        if not (folder / file).is_file():
            pytest.skip(f"needs {FOLDER}/{file} of ../shared/data")
        found = hashlib.sha256((folder / file).read_bytes()).hexdigest()[: len(digest)]
        assert found == digest, "the decisions changed: measure their floors anew"
    table = backtest(read_agendas(folder), models=["compromise"], draws=0)
    ours, compromise = table.score(DEFAULT), table.score("compromise")
    assert ours is not None
    assert compromise is not None
    assert (ours.n, compromise.n) == (276, 276)
    assert compromise.error == pytest.approx(22.98, abs=0.01)
    assert ours.error <= MOST_ERROR
    assert ours.difference_high < 0  # better than the compromise, whichever proposals are drawn
    assert COVERAGE[0] <= ours.coverage <= COVERAGE[1]
    assert ours.width <= MOST_WIDTH
