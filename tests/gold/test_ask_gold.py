"""The floors that `winset ask` holds on coded questions. A change may raise them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from benchmarks.asking.coded import GOLD, documents, questions
from benchmarks.asking.scoring import measure

DIGEST = "f8ca845f4e354d8f"  # first digits of the questions' SHA-256
# found: answered, and one of five passages overlaps an answer; ranked: the same, were nothing ever refused
FLOORS = {
    "tune": {"recall": 0.70, "ranked": 0.75, "refused": 0.76},
    "test": {"recall": 0.54, "ranked": 0.70, "refused": 0.58},
}


@pytest.mark.parametrize("half", FLOORS)
def test_answers_are_found_and_what_has_none_is_refused(half: str, shared: Path) -> None:
    if not (shared / "data" / "enb").is_dir() or not (shared / "seeds").is_dir():
        pytest.skip("needs ../shared/seeds and ../shared/data/enb")
    digest = hashlib.sha256((GOLD / "ask_questions.jsonl").read_bytes()).hexdigest()[: len(DIGEST)]
    assert digest == DIGEST, "the gold set changed: measure its floors anew"
    told = measure(questions(half), documents(shared))["all"]
    found = {"recall": told.recall, "ranked": told.ranked, "refused": told.refused}
    assert {figure: found[figure] for figure, floor in FLOORS[half].items() if found[figure] < floor} == {}


def test_the_coded_questions_are_enough_and_the_halves_do_not_overlap() -> None:
    tune, test = questions("tune"), questions("test")
    assert len(tune) + len(test) >= 60
    assert sum(not each.answers for each in (*tune, *test)) >= 15
    assert not {each.question for each in tune} & {each.question for each in test}
