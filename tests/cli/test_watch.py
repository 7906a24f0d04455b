"""`winset watch`: what it prints, how it ends, and the feed that it keeps."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from tests.cli.conftest import FIRST, SECOND, Winset

from winset.cli.watch import _time
from winset.errors import BadCase
from winset.store.case_store import CaseStore
from winset.watch.settings import SystemClock


def test_a_round_prints_what_changed_and_a_second_nothing(winset: Winset, kept: Path, reports: Path) -> None:
    first = winset("watch", kept, reports, "--once")
    assert (first.status, first.err) == (0, "")
    assert "France is now likely to object" in first.out
    assert "characters" in first.out
    again = winset("watch", kept, reports, "--once")
    assert (again.status, again.out, again.err) == (0, "", "")


def test_json_is_an_object_a_round(winset: Winset, kept: Path, reports: Path) -> None:
    ends = [winset("watch", kept, reports, "--once", "--json") for _ in range(2)]
    told = [[json.loads(line) for line in end.out.splitlines()] for end in ends]
    assert [[each["empty"] for each in lines] for lines in told] == [[False], [True]]
    assert told[0][0]["schema"] == "winset-digest/1"


def test_what_could_not_be_read_is_status_2_and_told(winset: Winset, kept: Path, reports: Path) -> None:
    (reports / "bad.pdf").write_bytes(b"%PDF-none")
    end = winset("watch", kept, reports, "no/such/folder", "--once")
    assert end.status == 2
    assert "bad.pdf" in end.out
    assert "no/such/folder" in end.out


def test_the_atom_feed_keeps_the_last_digests_and_is_left_alone_where_nothing_changed(
    winset: Winset, kept: Path, reports: Path, folder: Path
) -> None:
    (reports / "second.txt").unlink()
    feed = folder / "digest.atom"
    assert winset("watch", kept, reports, "--once", "-o", feed).status == 0
    one = feedparser.parse(feed.read_bytes())
    before = feed.stat()
    assert winset("watch", kept, reports, "--once", "-o", feed).out == ""
    assert (feed.stat().st_mtime_ns, feed.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    (reports / "second.txt").write_text(SECOND, encoding="utf-8")
    assert winset("watch", kept, reports, "--once", "--atom", feed).status == 0
    two = feedparser.parse(feed.read_bytes())
    assert [entry.id for entry in two.entries][1:] == [entry.id for entry in one.entries]
    assert two.feed.id == one.feed.id
    assert winset("watch", kept, reports, "--once", "-o", feed, "--last", "1").status == 0
    assert [entry.id for entry in feedparser.parse(feed.read_bytes()).entries] == [two.entries[0].id]


def test_a_feed_that_cannot_be_written_is_made_good_by_the_next_round(
    winset: Winset, kept: Path, reports: Path, folder: Path
) -> None:
    end = winset("watch", kept, reports, "--once", "-o", folder / "none" / "digest.atom")
    assert end.status == 2
    assert len(end.complaints) == 1
    end = winset("watch", kept, reports, "--once", "-o", folder / "digest.atom")
    assert "France" in end.out, "nobody had been told of it"
    assert len(feedparser.parse((folder / "digest.atom").read_bytes()).entries) == 1


def test_ctrl_c_ends_with_130_and_a_whole_case(
    winset: Winset, kept: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[float] = []

    def sleep(_: SystemClock, seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 2:
            raise KeyboardInterrupt
        (reports / "third.txt").write_text(
            FIRST.replace("France", "Germany").replace("Macron", "Scholz"), encoding="utf-8"
        )

    monkeypatch.setattr(SystemClock, "sleep", sleep)
    end = winset("watch", kept, reports, "--every", "5m")
    assert end.status == 130
    assert end.complaints == ["interrupted; what was kept before stays kept"]
    assert end.out.count("digest 1)") == end.out.count("digest 2)") == 1
    assert all(0 < seconds <= 300 for seconds in rounds)
    with CaseStore.open(kept) as store:
        assert store.counts()["document"] == 3
    assert winset("watch", kept, reports, "--once").out == ""


@pytest.mark.parametrize("given", ["", "30", "0m", "59s", "40d", "-5m", "1e9m", "5 minutes", "nanm"])
def test_a_time_that_is_none_is_refused_in_one_line(given: str) -> None:
    with pytest.raises(BadCase, match="as in 30m"):
        _time(given)


def test_times() -> None:
    assert [_time(given) for given in ("1.5h", "60s", " 2D ")] == [
        timedelta(minutes=90),
        timedelta(minutes=1),
        timedelta(days=2),
    ]


def test_wrong_uses_are_one_line_and_leave_the_case_as_it_was(
    winset: Winset, kept: Path, reports: Path, folder: Path
) -> None:
    before = kept.read_bytes()
    for arguments in (
        ("watch", "nothing.winset", reports, "--once"),
        ("watch", reports / "first.txt", reports, "--once"),
        ("watch", kept, "postgresql://a.example/b#c", "--once"),
        ("watch", kept, reports, "--once", "--every", "often"),
    ):
        end = winset(*arguments)
        assert end.status == 2
        assert len(end.complaints) == 1
    assert kept.read_bytes() == before
