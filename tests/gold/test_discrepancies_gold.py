"""False alarms: articles that have nothing to do with one another tell nothing differently."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.bench_discrepancies import read_row

from winset.sourcing.crediting.credits import credits as credits_of
from winset.sourcing.discrepancies import discrepancies
from winset.sourcing.types import Discrepancy, DiscrepancyKind, ReadDocument

POLNEAR = "ff688f7a0336d320"  # first digits of SHA-256 of polnear/dev.jsonl
SEED = 7
ARTICLES = 40
MOST = 2  # discrepancies in all their pairs
MOST_TOGETHER = 4  # in all of the articles at once, which are of one month and one election


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[ReadDocument]:
    """Forty articles of the development part, drawn at random, as the steps before read them."""
    path = shared / "data" / "polnear" / "dev.jsonl"
    raw = path.read_bytes()
    assert hashlib.sha256(raw).hexdigest().startswith(POLNEAR), "the floor holds for another text"
    rows = [json.loads(line) for line in raw.decode("utf-8").splitlines()]
    return [read_row(rows[place]) for place in np.random.default_rng(SEED).choice(len(rows), ARTICLES, replace=False)]


def test_articles_paired_at_random_tell_nothing_differently(articles: list[ReadDocument]) -> None:
    pairs = zip(articles[::2], articles[1::2], strict=True)
    found = [row for pair in pairs for row in discrepancies(pair, credits=_credits(pair)) if not _own(row)]
    assert len(found) <= MOST, [(row.about, row.why) for row in found]


def test_and_little_all_together(articles: list[ReadDocument]) -> None:
    found = [row for row in discrepancies(articles, credits=_credits(articles)) if not _own(row)]
    assert len(found) <= MOST_TOGETHER, [(row.about, row.why) for row in found]


def _own(row: Discrepancy) -> bool:
    """Whether it is a correction that the article prints itself: no false alarm."""
    return row.kind is DiscrepancyKind.CORRECTION


def _credits(read: list[ReadDocument] | tuple[ReadDocument, ...]) -> list:  # type: ignore[type-arg]
    return [credit for row in read for credit in credits_of(row.document, row.segments, row.statements)]
