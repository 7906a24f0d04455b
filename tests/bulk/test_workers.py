"""Processes that work, and what becomes of the work when one of them dies."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.bulk.works import DEADLY, REFUSED, WHO, WRONG, Doubling, Stillborn

from winset.bulk.serving import Broken
from winset.bulk.workers import Died, Here, Workers, told
from winset.errors import Empty, WinsetError


def answered(workers: Workers | Here, asked: Sequence[Any], *, size: int = 0) -> list[Any]:
    numbers = [workers.submit(each, size=size) for each in asked]
    found: dict[int, Any] = {}
    while len(found) < len(numbers):
        new = workers.answers()
        assert not found.keys() & {number for number, _ in new}, "an answer came twice"
        found.update((number, told(answer)) for number, answer in new)
    return [found[number] for number in numbers]


@pytest.mark.parametrize("forks", [True, False])
def test_every_question_is_answered_once(tmp_path: Path, forks: bool) -> None:
    with Workers(Doubling(tmp_path), count=2, forks=forks) as workers:
        assert answered(workers, range(50)) == [2 * each for each in range(50)]
        assert answered(workers, [b"x" * 3_000_000] * 4, size=3_000_000) == [b"xx" * 3_000_000] * 4
    loaded = len(list(tmp_path.glob("loaded-*")))
    assert loaded == (1 if forks else 2)  # forked ones share what their mother has loaded


def test_here_is_the_same_in_this_process(tmp_path: Path) -> None:
    with Here(Doubling(tmp_path)) as workers:
        assert answered(workers, [1, 2, WHO]) == [2, 4, os.getpid()]


def test_what_a_process_dies_of_once_is_done_again(tmp_path: Path) -> None:
    with Workers(Doubling(tmp_path), count=2) as workers:
        asked = [1, "first", 2, "second", 3, 4, "third", 5]
        assert answered(workers, asked) == [2, "first", 4, "second", 6, 8, "third", 10]
        assert answered(workers, [6]) == [12]


def test_what_a_process_dies_of_twice_is_not_asked_again_and_all_else_is_done(tmp_path: Path) -> None:
    with Workers(Doubling(tmp_path), count=3) as workers:
        found = answered(workers, [*range(10), DEADLY, *range(10, 20), DEADLY])
    died = Died("killed, perhaps for want of memory", killed=True)
    assert found == [*(2 * each for each in range(10)), died, *(2 * each for each in range(10, 20)), died]


@pytest.mark.parametrize("forks", [True, False])
def test_refusals_and_mistakes_are_told_where_the_work_was_asked_for(tmp_path: Path, forks: bool) -> None:
    with Workers(Doubling(tmp_path), count=1, forks=forks) as workers:
        with pytest.raises(Empty, match="nothing in it"):
            answered(workers, [REFUSED])
        with pytest.raises(Broken, match=r"ZeroDivisionError in works.py line \d+: a mistake"):
            answered(workers, [WRONG])
        assert answered(workers, [3]) == [6]


def test_processes_that_never_begin_are_told_in_one_line() -> None:
    with pytest.raises(WinsetError, match="try it with --processes 1"), Workers(Stillborn(), count=2) as workers:
        answered(workers, [1])


def test_none_is_left_when_all_is_done(tmp_path: Path) -> None:
    with Workers(Doubling(tmp_path), count=2) as workers:
        pids = set(answered(workers, [WHO] * 20))
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
