"""The texts to measure with, and the page of what was measured."""

from __future__ import annotations

import os
import sys
import time
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.scale import PARTS, Row, throughput
from benchmarks.scale.interrupted import TIMES, kills
from benchmarks.scale.page import HEAD, Section, rows_of, sections, table, written
from benchmarks.scale.running import Turns, ran
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


def _point(documents: int, seconds: float, *, kind: str = "articles", day: str = "2026-01-01") -> Row:
    told = {"statements": 9, "processes": 2, "seconds": seconds, "words a second": 5, "CPU µs a word": 200}
    return {
        "texts": kind,
        "documents": documents,
        "words": 350 * documents,
        **told,
        "memory, MB": 400,
        "case, MB": 1,
        "measured": day,
    }


def test_a_size_that_is_measured_alone_leaves_the_others_and_all_are_fitted(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    first = throughput.merged(
        [], [_point(1_000, 40.0), _point(10_000, 400.0), _point(1_000, 9.0, kind=throughput.KINDS[1])]
    )
    assert [row.get("documents") for row in first] == [1_000, 10_000, None, 1_000]  # one size has no exponent
    assert (first[2]["seconds"], first[2]["memory, MB"]) == (1.0, 0.0)
    written(Section(title=throughput.TITLE, about="a", rows=first, image="growth.svg"), order=[], page=page)
    held = rows_of(sections(page.read_text(encoding="utf-8"))[throughput.TITLE])
    assert table(held) == table(first)
    later = throughput.merged(
        held, [_point(100_000, 40_000.0, day="2026-02-02"), _point(1_000, 50.0, day="2026-02-02")]
    )
    assert [(row["documents"], row["seconds"]) for row in later[:3]] == [
        (1_000, 50.0),
        (10_000, 400.0),
        (100_000, 40_000.0),
    ]
    assert [row["measured"] for row in later[:3]] == ["2026-02-02", "2026-01-01", "2026-02-02"]
    assert later[3]["measured"] == "fitted over 1,000, 10,000, 100,000"
    assert later[4:] == [first[3]]
    assert "Measured with" in page.read_text(encoding="utf-8")  # the days stand in the rows


def test_the_growth_is_drawn_with_all_its_points() -> None:
    pytest.importorskip("altair")
    rows = throughput.merged(
        [], [_point(1_000, 40.0), _point(10_000, 400.0), _point(100, 4.0, kind=throughput.KINDS[1])]
    )
    picture = throughput.drawn(rows)
    assert picture.startswith("<svg")
    assert picture == throughput.drawn(rows)
    assert all(kind in picture for kind in throughput.KINDS)
    assert "exponent" not in picture


def test_a_value_of_a_table_is_read_back_as_it_was() -> None:
    rows: list[Row] = [{"what": "a", "s": 1_234, "MB": None}, {"what": "b", "s": -2, "MB": 2.5}]
    assert rows_of(table(rows)) == rows


def test_the_kills_are_spread_over_the_whole_run() -> None:
    moments = kills(100.0)
    assert len(moments) == TIMES
    assert [int(moment * TIMES / 100) for moment in moments] == list(range(TIMES))
    assert kills(100.0) == moments != kills(100.0, seed=4)


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups to stop")
def test_a_command_in_turns_stands_still_between_them_and_begins_anew_when_it_was_killed(tmp_path: Path) -> None:
    told, go = tmp_path / "told", tmp_path / "go"
    script = (
        "import pathlib, sys, time; told, go = map(pathlib.Path, sys.argv[1:])\n"
        "told.open('a').write('begun\\n')\n"
        "while not go.exists(): time.sleep(0.01)"
    )
    with Turns([sys.executable, "-c", script, told, go]) as turns:
        while not told.exists():
            assert not turns.run(0.2)
        turns.kill()
        assert not turns.run(0.0)
        while told.read_text().count("begun") < 2:
            assert not turns.run(0.2)
        go.touch()
        time.sleep(0.1)
        assert turns.run()
        ran_for = turns.seconds
        assert turns.run()  # it has ended
        assert turns.seconds == ran_for
    assert told.read_text().count("begun") == 2
    with Turns([sys.executable, "-c", "raise SystemExit('out of order')"]) as broken, pytest.raises(SystemExit) as said:
        broken.run()
    assert "out of order" in str(said.value)


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
