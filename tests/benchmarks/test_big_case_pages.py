"""What is asked of a big case is the same each time, and every kind of question and page is among it."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.scale import full_text
from benchmarks.scale.cases import made

from winset.store.case_store import CaseStore
from winset.store.full_text import search


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty documents."""
    place = tmp_path_factory.mktemp("big") / "a.winset"
    made(place, documents=40, worked=100)
    return place


def test_questions_are_of_every_kind_the_same_each_time_and_most_find_something(case: Path) -> None:
    with CaseStore.open(case) as store:
        asked = full_text.questions(store, many=50)
        assert asked == full_text.questions(store, many=50)
        assert len(set(asked)) == 50
        assert any(each.endswith("*") for each in asked)
        phrases = [each for each in asked if each.startswith('"') and each.endswith('"')]
        assert len(phrases) >= 20
        assert sum(bool(search(store.database, each)) for each in asked) > 20
        assert any(not search(store.database, each) for each in phrases)


def test_a_case_is_measured_with_all_its_pages(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_text, "QUESTIONS", 10)
    monkeypatch.setattr(full_text, "PAGES", 3)
    row = full_text.measured(case)
    assert (row["kept"], row["documents"], row["statements"]) == ("file", 40, 400)
    assert set(full_text.PAGED) < set(row)
