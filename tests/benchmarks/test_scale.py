"""The texts to measure with, and the page of what was measured."""

from __future__ import annotations

import os
import sys
import time
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.scale import PARTS
from benchmarks.scale.page import HEAD, Section, sections, written
from benchmarks.scale.running import ran
from benchmarks.scale.texts import articles


def test_the_articles_are_the_same_for_a_seed_and_no_two_alike() -> None:
    some = list(articles(50))
    assert list(islice(articles(1_000_000), 50)) == some
    assert list(articles(50, seed=1)) != some
    assert len({line["text"] for line in some}) == 50
    words = [len(line["text"].split()) for line in some]
    assert min(words) > 340
    assert max(words) < 460


def test_a_section_replaces_itself_alone(tmp_path: Path) -> None:
    page, order = tmp_path / "page.md", ["One", "Two"]
    written(Section(title="Two", about="b", rows=[{"s": 2}]), order=order, page=page)
    written(Section(title="One", about="a", rows=[{"s": 1}]), order=order, page=page)
    before = sections(page.read_text(encoding="utf-8"))
    assert list(before) == order
    written(Section(title="Two", about="b", rows=[{"s": 3}]), order=order, page=page)
    after = sections(page.read_text(encoding="utf-8"))
    assert after["One"] == before["One"]
    assert "| 3 |" in after["Two"].replace("   3", " 3").replace("  3", " 3")
    assert page.read_text(encoding="utf-8").startswith(HEAD)


def test_every_part_says_what_it_measures() -> None:
    folder = Path(__file__).parents[2] / "benchmarks" / "scale"
    parts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.py")}
    assert {"throughput", "peers", "interrupted"} <= parts.keys() & set(PARTS)
    for name, told in parts.items():
        is_part = "\ndef main(sizes: Sequence[int]" in told
        assert is_part == (name in PARTS), name
        assert not is_part or ("\nTITLE = " in told and "\nABOUT = " in told), name


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
def test_the_memory_of_all_processes_is_counted_and_all_are_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; held = bytearray(60_000_000); pid = os.fork(); "
        "pid or open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60 if len(sys.argv) > 2 else 1.5); "
        "pid and os.waitpid(pid, 0)"
    )
    told = tmp_path / "pid"
    spent = ran([sys.executable, "-c", script, told])
    assert 60 < spent.peak_megabytes < spent.peak_resident  # what both hold is counted once
    told.unlink()
    ended = ran([sys.executable, "-c", script, told, "long"], until=told.exists)
    assert (ended.killed, ended.status) == (True, -9)
    pid = int(told.read_text() or 0)
    while pid and _runs(pid):
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
