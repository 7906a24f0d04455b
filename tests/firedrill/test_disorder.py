"""Clocks that jump, two processes on one case, a server that restarts, a file whose bits flip."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest
from benchmarks.desk.clusters import Cluster
from tests.firedrill.running import FULL, SCRIPT, acts, sound, texts, winset
from tests.postgres import programs

from winset.errors import WinsetError
from winset.store.case_store import CaseStore
from winset.store.examination import examined

pytestmark = pytest.mark.firedrill

ALL = {"first.txt", "second.txt", "later.txt", "third.txt"}
RESTARTS = 6 if FULL else 1
FLIPS = 40 if FULL else 2


def names(case: Path | str) -> set[str]:
    return {Path(each).name for each in texts(case)}


def test_a_clock_that_jumps_back_and_forth_leaves_the_order_of_acts(folder: Path) -> None:
    further = [(("watch", "case.winset", "more", "--once"), "1000000000"), (("status", "case.winset"), "0")]
    commands = [
        (("actors", "case.winset", "is", "Paris", "FRA", "--by", "Ada"), "4102444800"),  # 2100
        (("add", "case.winset", "more/later.txt"), "0"),  # 1970
        (("actors", "case.winset", "undo", "2", "--by", "Ben"), "1000000000"),  # 2001
        (("watch", "case.winset", "more", "--once"), "4102444800"),
        *(further if FULL else ()),
    ]
    for command, clock in commands:
        ended = winset(*command, folder=folder, environment={"SOURCE_DATE_EPOCH": clock})
        assert ended.status == 0, ended.err
        sound(folder / "case.winset")
    assert names(folder / "case.winset") == ALL
    told = acts(folder / "case.winset")
    assert [each[0] for each in told] == list(range(1, len(told) + 1))
    with CaseStore.open(folder / "case.winset") as store:
        assert [each.number for each in store.judgements()] == [1, 2, 3]
        assert store.judgements()[2].undoes == 2


def test_two_processes_on_one_case_lose_nothing(folder: Path) -> None:
    commands = (
        ("add", "case.winset", "more/later.txt", "more/third.txt"),
        ("add", "case.winset", "more/third.txt", "more/later.txt"),
        ("actors", "case.winset", "is", "Paris", "FRA", "--by", "Ada"),
    )
    script = [sys.executable, "-c", SCRIPT, "0", ""]
    running = [subprocess.Popen([*script, *each], cwd=folder, stderr=subprocess.PIPE, text=True) for each in commands]
    for command, each in zip(commands, running, strict=True):
        _, err = each.communicate(timeout=300)
        if each.returncode:  # it waited too long for the others, said so, and goes on
            assert "another process" in err, err
            assert winset(*command, folder=folder).status == 0
    sound(folder / "case.winset")
    assert names(folder / "case.winset") == ALL
    told = [each[3] for each in acts(folder / "case.winset")]
    assert told.count("add") == len(ALL)
    assert told.count("is") == 2


def test_a_flipped_bit_is_found_named_and_made_good_from_the_backup(folder: Path) -> None:
    case, sane = folder / "case.winset", texts(folder / "case.winset")
    content, draw = case.read_bytes(), random.Random(5)  # noqa: S311 - the same on every machine
    text = content.index(b"supports the training centre")
    for number in range(FLIPS):
        place = (text if number == 0 else draw.randrange(len(content))) * 8 + draw.randrange(8)
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        case.write_bytes(flipped)
        try:
            found = examined(case)
            damaged = bool(found.broken or found.unsealed)
        except WinsetError:
            damaged = True
        if number == 0:
            assert any("first.txt" in line for line in found.unsealed)
            refused = winset("backup", "case.winset", "other.backup", folder=folder)
            assert refused.status == 2
            assert "damaged" in refused.complaints[0]
        if damaged or number == 0:
            ended = winset("recover", "case.winset", "--from", "case.backup", "-o", "whole.winset", folder=folder)
            assert ended.status == 0, ended.err
            sound(folder / "whole.winset")
            assert texts(folder / "whole.winset") == sane
            (folder / "whole.winset").unlink()


def test_a_server_that_is_restarted_at_once_loses_nothing_it_acknowledged(folder: Path, tmp_path: Path) -> None:
    if programs() is None:
        pytest.skip("needs PostgreSQL's programs: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="winset-drill-", dir="/tmp") as short:  # a socket's path is short
        Path(short).chmod(0o755)
        cluster = Cluster(Path(short) / "pg")
        cluster.start()
        try:
            case = f"{cluster.address}#drill"
            made = winset("restore", "case.backup", case, folder=folder)
            assert made.status == 0, made.err
            before = acts(case)
            for number in range(RESTARTS):
                _restarted_under(case, cluster, folder, seed=number)
                sound(case)
                assert set(before) <= set(acts(case))
            again = winset("add", case, "more", folder=folder)
            assert again.status == 0, again.err
            assert names(case) == ALL
            sound(case)
        finally:
            cluster.stop()


def _restarted_under(case: str, cluster: Cluster, folder: Path, *, seed: int) -> None:
    """Crash the server while a command writes to it, as soon as that one is connected."""
    crashed = threading.Event()

    def crash() -> None:
        with psycopg.connect(case.partition("#")[0], autocommit=True) as watching:
            ends = time.monotonic() + 120
            others = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'postgres' AND pid <> pg_backend_pid()"
            while time.monotonic() < ends and not watching.execute(others).fetchone()[0]:  # type: ignore[index]
                time.sleep(0.01)
        time.sleep(random.Random(seed).uniform(0, 1.5))  # noqa: S311
        cluster.crash()
        crashed.set()

    thread = threading.Thread(target=crash)
    thread.start()
    ended = winset("add", case, "more", folder=folder)
    thread.join()
    assert crashed.is_set()
    assert ended.status == 0 or (ended.status == 2 and len(ended.complaints) == 1), ended.err
