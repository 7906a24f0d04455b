"""Too little memory for a network is told before the runtime meets it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from winset.statements.tagging.sessions import ROOM, opened
from winset.statements.tagging.tagger import WEIGHTS

resource = pytest.importorskip("resource")


def limits(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (taken + room, taken + room))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how many addresses a process has taken")
def test_what_hardly_fits_is_refused_and_what_fits_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    limits(monkeypatch, ROOM // 2)
    with pytest.raises(MemoryError, match=r"^4\d MB are left, a network takes 96 MB$"):
        opened(WEIGHTS)
    limits(monkeypatch, 2 * ROOM)
    session, told = opened(WEIGHTS)
    assert session.get_inputs()
    assert "vocabulary" in told
