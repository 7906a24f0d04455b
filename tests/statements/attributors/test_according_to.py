from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "According to Finance Minister Ana Lind, the ferry will be late.",
            ("Finance Minister Ana Lind", "According to", "the ferry will be late"),
        ),
        (
            "The ferry will be late, according to the Harbour Board.",
            ("the Harbour Board", "according to", "The ferry will be late"),
        ),
        ("In the view of Chile, the quota is too low.", ("Chile", "In the view of", "the quota is too low")),
    ],
)
def test_the_rest_of_the_sentence_is_the_content(proposed: Any, text: str, expected: tuple[str, str, str]) -> None:
    assert proposed("according-to", text) == [expected]


def test_what_is_no_speaker_is_no_source(proposed: Any) -> None:
    assert proposed("according-to", "The ships were sorted according to size.") == []
