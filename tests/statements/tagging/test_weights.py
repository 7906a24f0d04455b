"""The weights that ship: of the size that was promised, and those that the model card speaks of."""

from __future__ import annotations

import hashlib
from pathlib import Path

from winset.statements.tagging.tagger import WEIGHTS, tagger
from winset.statements.tagging.tags import TAGS


def test_the_model_card_speaks_of_the_weights_that_ship(project: Path) -> None:
    card = (project / "docs" / "reference" / "model-card.md").read_text(encoding="utf-8")
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() in card


def test_the_weights_stay_under_thirty_megabytes() -> None:
    assert WEIGHTS.stat().st_size < 30_000_000


def test_what_decoding_needs_is_inside() -> None:
    read = tagger()
    assert read.transitions.shape == (TAGS, TAGS)
    assert read.opening.shape == (TAGS,)
    assert len(read.pieces.vocabulary) == 30_522
