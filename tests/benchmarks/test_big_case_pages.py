"""What is asked of a big case is the same each time, and every kind of question and page is among it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks.desk import cases as desk
from benchmarks.scale import cases as scale
from benchmarks.scale import full_text
from benchmarks.scale.cases import made

from winset.store.case_store import CaseStore
from winset.store.examination import examined
from winset.store.full_text import search


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty documents."""
    place = tmp_path_factory.mktemp("big") / "a.winset"
    made(place, documents=40, worked=100)
    return place


@pytest.mark.parametrize("maker", [desk, scale])
def test_a_made_case_is_whole_to_its_seals(tmp_path: Path, maker: ModuleType) -> None:
    size = {"statements": 120} if maker is desk else {"documents": 12}
    maker.made(tmp_path / "made.winset", **size, worked=30)
    found = examined(tmp_path / "made.winset")
    assert (found.broken, found.unsealed) == ((), ())
    assert found.inside is not None
    assert (found.inside.wrong, found.inside.unlike) == ((), ())
    with contextlib.closing(sqlite3.connect(tmp_path / "made.winset")) as file:
        file.execute("UPDATE stance SET direction = 0.125 WHERE rank = 7")
        file.commit()
    assert len(examined(tmp_path / "made.winset").unsealed) == 1


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
