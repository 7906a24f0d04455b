"""`winset attribute`: every row, in order, whole or not at all, and on again after an interruption."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from winset.cli import attribute, growing
from winset.errors import CannotWrite
from winset.exchange import attribution_lines, long_lines
from winset.statements import attribution
from winset.statements.types import Form, Proposal

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

TEXTS = [
    "Oslo said the pipeline was dead. “We will not sign,” Ana Lind said on Friday.",
    "It rained.",
    "Riga 😀 opposes the levy, officials in Oslo said.\n\nאוסלו said \u202eabc\u202c and Ana Lind said\u0000 so.",
    "",
    "Berg said no.\r\nLind said yes.\r\n",
]
ATTRIBUTION = {"source", "cue", "content", "form", "confidence"}


class Spoken:
    """Stands in for the model: "said" is a cue, the word before it a source, the word behind it the content."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.stop_at = ""  # a text that begins so interrupts the run

    def __call__(self, text: str, *, threads: int) -> Iterator[Proposal]:
        assert threads > 0
        self.read.append(text)
        for match in re.finditer(r"(\w+) (said) (\w+)", text):
            yield Proposal(
                source=match.span(1), cue=match.span(2), contents=(match.span(3),), form=Form.INDIRECT, confidence=0.7
            )
        if self.stop_at and text.startswith(self.stop_at):
            raise KeyboardInterrupt


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Spoken:
    found = Spoken()
    monkeypatch.setattr(attribution, "attributions", found)
    return found


def given(path: Path, rows: Iterable[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def numbered(number: int) -> list[dict[str, object]]:
    return [{"id": n, "text": f"{n}: Ana said something{n} today."} for n in range(number)]


def lines(content: str | bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize("threads", [1, 2])
def test_each_text_has_its_line_in_order_with_exact_spans(winset: Winset, folder: Path, threads: int) -> None:
    given(folder / "in.jsonl", ({"id": n, "text": text, "more": [1]} for n, text in enumerate(TEXTS)))
    ended = winset("attribute", "in.jsonl", "out.jsonl", "--threads", str(threads))
    assert (ended.status, ended.err) == (0, "")
    assert "in 5 rows" in ended.out
    rows = lines((folder / "out.jsonl").read_bytes())
    assert [row["id"] for row in rows] == [0, 1, 2, 3, 4]
    assert rows[0]["attributions"]
    for row, text in zip(rows, TEXTS, strict=True):
        assert set(row) == {"id", "attributions"}
        for found in row["attributions"]:
            assert set(found) == ATTRIBUTION
            assert 0 <= found["confidence"] <= 1
            for start, end in (*found["source"], *found["cue"], *found["content"]):
                assert 0 <= start < end <= len(text)
                assert text[start:end].strip()
    assert sorted(each.name for each in folder.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_threads_change_nothing(winset: Winset, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lines, "PLAIN", 2_000)
    monkeypatch.setattr(long_lines, "STRING", 1_000)
    monkeypatch.setattr(attribution_lines, "PART", 2_000)
    texts = [*TEXTS, *(" ".join(TEXTS) * n for n in (1, 20, 2, 9)), *TEXTS]
    given(folder / "in.jsonl", ({"id": f"n{n}", "text": text} for n, text in enumerate(texts)))
    outputs = [winset("attribute", "in.jsonl", "-", "--threads", str(threads)).out for threads in (1, 2, 3)]
    assert len(lines(outputs[0])) == len(texts)
    assert outputs[0] == outputs[1] == outputs[2]


def test_stdin_and_stdout(winset: Winset, folder: Path, spoken: Spoken) -> None:
    ended = winset("attribute", "-", "-", stdin=b'{"id": "a", "text": "Ana said no."}\n')
    assert (ended.status, ended.err) == (0, "")
    (row,) = lines(ended.out)
    assert row == {
        "id": "a",
        "attributions": [
            {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]], "form": "indirect", "confidence": 0.7}
        ],
    }
    assert list(folder.iterdir()) == []


def test_counts_are_told_as_json(winset: Winset, folder: Path, spoken: Spoken) -> None:
    rows = [{"id": 1, "text": "Ana said no. Bo said yes."}, {"id": 2, "text": " one\u2003two"}, {"id": 3}]
    given(folder / "in.jsonl", rows)
    ended = winset("attribute", "in.jsonl", "out.jsonl", "--json")
    told = json.loads(ended.out)
    assert isinstance(told.pop("seconds"), float)
    assert told == {"schema": "winset-attribute/1", "rows": 2, "rejected": 1, "attributions": 2, "words": 8}
    ended = winset("attribute", "in.jsonl", "-", "--json")
    assert len(lines(ended.out)) == 2
    assert json.loads(ended.err.splitlines()[-1])["attributions"] == 2


def test_bad_rows_are_told_and_the_others_written(winset: Winset, folder: Path, spoken: Spoken) -> None:
    (folder / "in.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": 1, "text": "a"}\r\n\r\n{"id": 2}\nno\n\xff\n{"id": 3, "text": "b"}'
    )
    ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert ended.status == 2
    assert [complaint.partition(":")[0] for complaint in ended.complaints] == [f"in.jsonl line {n}" for n in (3, 4, 5)]
    assert [row["id"] for row in lines((folder / "out.jsonl").read_bytes())] == [1, 3]
    assert "2 rows" in ended.out
    assert "3 bad lines" in ended.out


def test_many_bad_rows_are_counted(winset: Winset, folder: Path, spoken: Spoken) -> None:
    given(folder / "in.jsonl", [*(["no object"] * 1_023), *numbered(1)])
    ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert len(ended.complaints) == attribute.TOLD + 1
    assert ended.complaints[-1] == "and 1,003 bad lines more"


def test_without_a_good_row_nothing_is_written(winset: Winset, folder: Path, spoken: Spoken) -> None:
    given(folder / "in.jsonl", ["no object"])
    (folder / "out.jsonl").write_text("old")
    ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert ended.status == 2
    assert "nothing is written" in ended.complaints[-1]
    assert (folder / "out.jsonl").read_text() == "old"
    assert len(list(folder.iterdir())) == 2


def test_nothing_in_is_nothing_out(winset: Winset, folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(b"\n\n")
    ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert ended.status == 0
    assert (folder / "out.jsonl").read_bytes() == b""


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("none.jsonl", "out.jsonl", "none.jsonl: cannot be read: No such file"),
        (".", "out.jsonl", "name a file of JSON lines"),
        ("in.jsonl", "in.jsonl", "is what is being read"),
        ("in.jsonl", ".", "is a folder"),
        ("in.jsonl", "none/out.jsonl", "make it first"),
        ("out.jsonl.part", "out.jsonl", "is what is being read"),
    ],
)
def test_a_mistake_in_the_names_is_one_line(winset: Winset, folder: Path, source: str, target: str, words: str) -> None:
    given(folder / "in.jsonl", numbered(1))
    given(folder / "out.jsonl.part", numbered(1))
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    ended = winset("attribute", source, target)
    assert (ended.status, ended.out) == (2, "")
    (complaint,) = ended.complaints
    assert words in complaint
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_a_part_that_is_not_ours_is_left_alone(winset: Winset, folder: Path) -> None:
    given(folder / "in.jsonl", numbered(1))
    (folder / "out.jsonl.part").write_text("a download of the browser's")
    ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert ended.status == 2
    assert "out.jsonl.part" in ended.complaints[0]
    assert (folder / "out.jsonl.part").read_text() == "a download of the browser's"
    (folder / "out.jsonl.part.journal").write_text('{"rows": "many"}')
    ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert "no journal" in ended.complaints[0]
    assert (folder / "out.jsonl.part").read_text() == "a download of the browser's"


@pytest.mark.parametrize("threads", [1, 2])
def test_an_interrupted_run_goes_on_and_ends_in_the_same_bytes(
    winset: Winset, folder: Path, spoken: Spoken, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr(growing, "STEP", 200)  # several entries in the journal, and rows behind the last
    given(folder / "in.jsonl", [*numbered(15), "bad", *numbered(60)[15:]])
    call = ("attribute", "in.jsonl", "out.jsonl", "--threads", str(threads), "--json")
    whole = winset(*call)
    expected = (folder / "out.jsonl").read_bytes()
    (folder / "out.jsonl").write_text("old")
    for stop, rows in (("7:", 7), ("30:", 30)):
        spoken.stop_at, spoken.read = stop, []
        ended = winset(*call)
        assert ended.status == 130
        assert (folder / "out.jsonl").read_text() == "old"
        assert lines((folder / "out.jsonl.part").read_bytes()) == lines(expected)[:rows]
        assert any(f"has {rows} rows" in complaint for complaint in ended.complaints)
    spoken.stop_at, spoken.read = "", []
    ended = winset(*call)
    assert "going on after 30 rows" in ended.complaints[0]
    assert spoken.read[0].startswith("30:")
    assert (folder / "out.jsonl").read_bytes() == expected
    assert {**json.loads(ended.out), "seconds": 0} == {**json.loads(whole.out), "seconds": 0}
    assert ended.status == whole.status == 2
    assert sorted(each.name for each in folder.iterdir()) == ["in.jsonl", "out.jsonl"]


def interrupted(winset: Winset, spoken: Spoken, folder: Path) -> None:
    given(folder / "in.jsonl", numbered(9))
    spoken.stop_at = "5:"
    assert winset("attribute", "in.jsonl", "out.jsonl").status == 130
    spoken.stop_at, spoken.read = "", []


def test_rows_may_have_been_added_behind(winset: Winset, folder: Path, spoken: Spoken) -> None:
    interrupted(winset, spoken, folder)
    given(folder / "in.jsonl", numbered(12))
    assert "going on after 5 rows" in winset("attribute", "in.jsonl", "out.jsonl").err
    assert [row["id"] for row in lines((folder / "out.jsonl").read_bytes())] == list(range(12))


@pytest.mark.parametrize("what", ["input", "shorter input", "method", "part"])
def test_what_has_changed_is_begun_anew(
    winset: Winset, folder: Path, spoken: Spoken, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    interrupted(winset, spoken, folder)
    if what == "input":
        given(folder / "in.jsonl", [{"id": "new", "text": "Ana said no."}, *numbered(9)[1:]])
    elif what == "shorter input":
        given(folder / "in.jsonl", numbered(2))
    elif what == "method":
        monkeypatch.setattr("winset.pipeline.attributing.attribution_fingerprint", lambda: "another")
    else:
        os.truncate(folder / "out.jsonl.part", 10)
    ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert (ended.status, len(ended.complaints)) == (0, 1)
    assert "starting anew" in ended.complaints[0]
    rows = lines((folder / "out.jsonl").read_bytes())
    assert [row["id"] for row in rows] == [row["id"] for row in lines((folder / "in.jsonl").read_bytes())]


def test_an_interruption_before_the_first_row_leaves_nothing(winset: Winset, folder: Path, spoken: Spoken) -> None:
    given(folder / "in.jsonl", numbered(9))
    spoken.stop_at = "0:"
    assert winset("attribute", "in.jsonl", "out.jsonl").status == 130
    assert [each.name for each in folder.iterdir()] == ["in.jsonl"]


KILLED = """
import os, signal
from winset.cli import growing, main
from winset.statements import attribution

def attributions(text, *, threads):
    if text.startswith({stop!r}):
        os.kill(os.getpid(), signal.SIGKILL)
    return iter(())

growing.STEP = growing.HELD = 1
attribution.attributions = attributions
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_killed_run_goes_on_too(folder: Path) -> None:
    given(folder / "in.jsonl", numbered(40))
    command = ["attribute", "in.jsonl", "out.jsonl"]
    killed = subprocess.run([sys.executable, "-c", KILLED.format(stop="20:"), *command], check=False)
    assert killed.returncode < 0
    rows = json.loads((folder / "out.jsonl.part.journal").read_text())["rows"]
    assert 10 < rows <= 20
    ended = subprocess.run(
        [sys.executable, "-c", KILLED.format(stop="none"), *command], capture_output=True, check=True, text=True
    )
    assert f"going on after {rows} rows" in ended.stderr
    assert [row["id"] for row in lines((folder / "out.jsonl").read_bytes())] == list(range(40))


def test_a_pipe_goes_on_too_and_another_one_is_refused(winset: Winset, folder: Path, spoken: Spoken) -> None:
    interrupted(winset, spoken, folder)
    left = {path: path.read_bytes() for path in folder.glob("out*")}
    command = [sys.executable, "-c", "from winset.cli import main; main()", "attribute", "-", "out.jsonl"]
    other = given(folder / "other.jsonl", [{"id": n, "text": "It rained on us for some weeks."} for n in range(20)])
    ended = subprocess.run(command, input=other.read_bytes(), capture_output=True, check=False)
    assert ended.returncode == 2
    assert b"was made from something else than stdin" in ended.stderr
    assert {path: path.read_bytes() for path in folder.glob("out*")} == left
    ended = subprocess.run(command, input=(folder / "in.jsonl").read_bytes(), capture_output=True, check=True)
    assert b"going on after 5 rows" in ended.stderr
    assert len(lines((folder / "out.jsonl").read_bytes())) == 9


def test_two_runs_do_not_write_one_file(winset: Winset, folder: Path) -> None:
    pytest.importorskip("fcntl")
    given(folder / "in.jsonl", numbered(2))
    with growing.growing("out.jsonl", source="in.jsonl", made_by=lambda: "me"):
        ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert ended.status == 2
    assert "another winset is writing it" in ended.complaints[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a full disk")
def test_a_full_disk_is_told_in_one_line(winset: Winset, folder: Path, spoken: Spoken) -> None:
    given(folder / "in.jsonl", numbered(2))
    ended = winset("attribute", "in.jsonl", "/dev/full")
    assert ended.status == 2
    assert ended.complaints == ["/dev/full: cannot be written: No space left on device"]


def test_a_disk_that_fills_up_leaves_what_can_be_gone_on_with(
    winset: Winset, folder: Path, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "STEP", 1)
    given(folder / "in.jsonl", numbered(30))
    winset("attribute", "in.jsonl", "out.jsonl")
    expected = (folder / "out.jsonl").read_bytes()
    flush = growing.Growing._flush

    def full(out: growing.Growing) -> None:
        if out.reached.rows >= 20:
            raise CannotWrite("out.jsonl.part: cannot be written: No space left on device")
        flush(out)

    with monkeypatch.context() as patch:
        patch.setattr(growing.Growing, "_flush", full)
        ended = winset("attribute", "in.jsonl", "out.jsonl")
    assert ended.status == 2
    assert "19 rows" in ended.complaints[0]
    assert "No space left" in ended.complaints[1]
    (folder / "out.jsonl").unlink()
    assert "going on after 19 rows" in winset("attribute", "in.jsonl", "out.jsonl").err
    assert (folder / "out.jsonl").read_bytes() == expected


def test_an_old_file_keeps_its_mode_and_a_link_its_target(winset: Winset, folder: Path, spoken: Spoken) -> None:
    given(folder / "in.jsonl", numbered(2))
    (folder / "old.jsonl").touch(0o640)
    (folder / "out.jsonl").symlink_to("old.jsonl")
    assert winset("attribute", "in.jsonl", "out.jsonl").status == 0
    assert (folder / "out.jsonl").is_symlink()
    assert (folder / "old.jsonl").stat().st_mode & 0o777 == 0o640
    assert len(lines((folder / "old.jsonl").read_bytes())) == 2


def test_stdout_must_not_go_into_what_is_read(folder: Path) -> None:
    path = given(folder / "in.jsonl", numbered(2))
    before = path.read_bytes()
    with path.open("ab") as stdout:
        ended = subprocess.run(
            [sys.executable, "-c", "from winset.cli import main; main()", "attribute", "in.jsonl", "-"],
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 2
    assert b"is being read" in ended.stderr
    assert path.read_bytes() == before


def test_a_terminal_sees_how_far_it_is(folder: Path) -> None:
    pty = pytest.importorskip("pty")
    given(folder / "in.jsonl", [*numbered(3), "bad"])
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from winset.cli import main; main()", "attribute", "in.jsonl", "out.jsonl"]
    ended = subprocess.run(
        command, stderr=theirs, stdout=subprocess.PIPE, check=False, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    seen = os.read(ours, 100_000).decode(errors="replace")
    os.close(ours)
    assert ended.returncode == 2
    assert "attributing" in seen
    assert "words/s" in seen
    assert "winset: in.jsonl line 4:" in seen
