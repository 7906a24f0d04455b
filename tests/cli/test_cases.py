"""`winset new`, `add` and `status`, and what an interruption leaves."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset


def test_a_new_case_says_what_it_is_about(winset: Winset, stated: list[str]) -> None:
    ended = winset("new", "a.winset", *stated, "--option", "smaller=40", "--rule", "consensus")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.count("\n") == 1
    told = json.loads(winset("status", "a.winset", "--json").out)
    assert told["proposal"] == "Open a training centre in Reykjavik"
    assert (told["body"], told["rule"], told["on"]) == ("nato", "consensus", "2023-07-11")
    assert told["options"] == {"smaller": 40}
    assert (told["documents"], told["statements"], told["rejected"]) == ([], 0, [])
    assert json.loads(winset("new", "b.winset", *stated, "--json").out)["case"] == "b.winset"


def test_a_case_is_added_to_again_and_again(winset: Winset, reports: Path, kept: Path) -> None:
    assert "1 added" in winset("add", kept, reports / "first.txt").out
    ended = winset("add", kept, reports)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("1 added, 1 there already, 0 rejected; 2 documents in the case")
    again = json.loads(winset("add", kept, reports, "--json").out)
    assert (again["added"], again["there_already"]) == ([], ["first.txt", "second.txt"])
    assert "2 documents" in winset("status", kept).out


def test_a_copy_under_another_name_is_one_document(winset: Winset, reports: Path, kept: Path) -> None:
    (reports / "copy.txt").write_bytes((reports / "first.txt").read_bytes())
    assert winset("add", kept, reports).status == 0
    told = json.loads(winset("status", kept, "--json").out)
    assert len(told["documents"]) == 2
    assert told["copies"] == 1


def test_a_near_copy_is_told(winset: Winset, reports: Path, kept: Path) -> None:
    longer = (reports / "first.txt").read_text(encoding="utf-8") + " ".join(
        f"This is sentence {n} of a long report." for n in range(40)
    )
    (reports / "long.txt").write_text(longer, encoding="utf-8")
    winset("add", kept, reports)
    (reports / "near.txt").write_text(longer + " One more sentence.", encoding="utf-8")
    ended = winset("add", kept, reports / "near.txt")
    assert ended.status == 0
    assert {"near.txt is a copy of long.txt", "long.txt is a copy of near.txt"} & set(ended.out.splitlines())


def test_what_was_rejected_is_listed_until_it_can_be_read(winset: Winset, reports: Path, kept: Path) -> None:
    third = reports / "third.txt"
    third.touch()
    assert winset("add", kept, reports).status == 2
    assert "rejected: third.txt" in winset("status", kept).out
    third.write_text("Norway supports the centre in Reykjavik, said its prime minister.")
    assert winset("add", kept, reports).status == 0
    assert json.loads(winset("status", kept, "--json").out)["rejected"] == []


def test_a_case_of_an_own_body_is_kept_whole(winset: Winset, reports: Path) -> None:
    Path("own.yaml").write_text(
        "proposal: Open a training centre in Reykjavik\nbody: The Three\non: 2023-07-11\n"
        "members: [France, {name: Germany, votes: 2}, Canada]\nthresholds: [{of: votes, share: 60%}]\n"
        "documents: [reports]\n"
    )
    assert winset("new", "own.winset", "--from", "own.yaml").status == 0
    assert winset("brief", "own.winset", "--json", "b.json").status == 0
    brief = json.loads(Path("b.json").read_text())
    assert {member["actor"]: member["votes"] for member in brief["members"]} == {"Canada": 1, "France": 1, "Germany": 2}


def winset_process(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from winset.cli import main; main()", *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def count(case: Path) -> int:
    database = sqlite3.connect(f"file:{case}?mode=ro", uri=True, timeout=5)
    try:
        found: tuple[int] = database.execute("SELECT count(*) FROM document").fetchone()
    finally:
        database.close()
    return found[0]


@pytest.fixture
def many(reports: Path) -> int:
    """A folder of more documents than are read in a moment."""
    first = (reports / "first.txt").read_text(encoding="utf-8")
    for number in range(300):
        (reports / f"n{number:03}.txt").write_text(f"{first}\nIt was report number {number}.\n", encoding="utf-8")
    return 302


def test_after_ctrl_c_the_case_is_consistent_and_the_next_run_goes_on(
    winset: Winset, reports: Path, kept: Path, many: int
) -> None:
    adding = winset_process("add", str(kept), "reports", cwd=reports.parent)
    while count(kept) < 3 and adding.poll() is None:
        time.sleep(0.01)
    adding.send_signal(signal.SIGINT)
    out, err = adding.communicate(timeout=60)
    assert (adding.returncode, out) == (130, "")
    assert err == "winset: interrupted; what was kept before stays kept\n"
    kept_now = count(kept)
    assert 3 <= kept_now < many
    assert sorted(each.name for each in reports.parent.iterdir()) == ["case.winset", "reports"]
    told = json.loads(winset("status", kept, "--json").out)
    assert len(told["documents"]) == kept_now
    assert winset("brief", kept, "--json", "b.json").status == 0
    for path in sorted(reports.glob("n*.txt"))[20:]:
        path.unlink()
    ended = winset("add", kept, reports)
    assert ended.status == 0
    there = {path.name for path in reports.iterdir()}
    assert count(kept) == len(there | {Path(name).name for name in told["documents"]})


def test_ctrl_c_while_a_brief_is_made_leaves_no_trace(reports: Path, stated: list[str], many: int) -> None:
    (reports.parent / "b.html").write_text("the last brief")
    briefing = winset_process("brief", "reports", *stated, "-o", "b.html", cwd=reports.parent)
    while not list(reports.parent.glob(".winset-*.tmp")) and briefing.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    briefing.send_signal(signal.SIGINT)
    _, err = briefing.communicate(timeout=60)
    assert briefing.returncode == 130
    assert err.count("\n") == 1
    assert sorted(each.name for each in reports.parent.iterdir()) == ["b.html", "reports"]
    assert (reports.parent / "b.html").read_text() == "the last brief"


def test_a_reader_that_has_seen_enough_is_no_error(reports: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as pipe:
        ended = subprocess.run(
            [sys.executable, "-c", "from winset.cli import main; main()", "statements", "reports"],
            cwd=reports.parent,
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_one_document_a_line_and_several_processes(winset: Winset, reports: Path, kept: Path) -> None:
    texts = [(reports / name).read_text(encoding="utf-8") for name in ("first.txt", "second.txt")]
    lines = [json.dumps({"id": f"line {n}", "text": text}) for n, text in enumerate(texts)]
    corpus = reports.parent / "corpus.jsonl"
    corpus.write_text("\n".join([*lines, "no JSON"]), encoding="utf-8")
    ended = winset("add", kept, corpus, "--processes", "2")
    assert (ended.status, ended.complaints) == (2, ["corpus.jsonl line 3: is not JSON: Expecting value (character 1)"])
    assert ended.out == "2 added, 0 there already, 1 rejected; 2 documents in the case\n"
    told = json.loads(winset("add", kept, corpus, reports, "--json").out)
    assert (told["added"], told["there_already_count"], told["near_copies_sought"]) == ([], 4, True)
    assert json.loads(winset("status", kept, "--json").out)["documents"] == ["line 0", "line 1"]
