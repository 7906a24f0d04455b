"""What is written together: where it is enough, or where the first has waited long."""

from __future__ import annotations

import pytest

from winset.bulk.batching import WAITING, Batch


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr("winset.bulk.batching.time.monotonic", lambda: self.now)


def test_it_is_written_where_it_is_enough_or_the_first_has_waited_long(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[list[str]] = []

    def write(waiting: list[str]) -> None:
        written.append(list(waiting))
        waiting.clear()

    clock = Clock(monkeypatch)
    batch = Batch(write_some=write, most=3)
    batch.look()
    batch.write()
    assert written == []
    batch.take("a")
    batch.take("b c", count=2)
    assert written == [["a", "b c"]]
    batch.take("d")
    clock.now += WAITING / 2
    batch.take("e", count=0)
    batch.look()
    assert len(written) == 1
    clock.now += WAITING / 2
    batch.look()
    assert written[1:] == [["d", "e"]]
    clock.now += 10 * WAITING
    batch.take("f")  # the first of a new batch has waited for nobody
    assert len(written) == 2
    batch.write()
    assert written[2:] == [["f"]]


def test_what_was_not_written_is_tried_again_and_is_there_after_a_refusal() -> None:
    tries: list[list[int]] = []

    def write(waiting: list[int]) -> None:
        tries.append(list(waiting))
        if len(tries) == 1:
            raise OSError("the disk is full")
        del waiting[0]

    batch = Batch(write_some=write, most=2)
    batch.take(1)
    with pytest.raises(OSError, match="full"):
        batch.take(2)
    batch.write()
    assert tries == [[1, 2], [1, 2], [2]]
