from __future__ import annotations

import pytest

from winset.corpus.language import language


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("The members of the council will meet on Thursday to vote on the plan.", "en"),
        ("Die Mitglieder des Rates treffen sich am Donnerstag, um über den Plan abzustimmen.", "de"),
        ("Les membres du conseil se réuniront jeudi afin de voter sur le projet.", "fr"),
        ("政府はこの提案を支持すると述べた。", "ja"),
    ],
)
def test_a_sentence_says_its_language(text: str, tongue: str) -> None:
    assert language(text) == tongue


@pytest.mark.parametrize("text", ["", "   ", "Oslo", "12,345 67.89 -- 42", "No."])
def test_too_little_text_says_none(text: str) -> None:
    assert language(text) is None
