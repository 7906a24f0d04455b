"""Many documents into a case: the same rows for every number of processes, and after every interruption."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from winset.bulk import keeping, work
from winset.bulk.ahead import ahead
from winset.bulk.keeping import keep
from winset.bulk.progress import Progress
from winset.bulk.starting import FORKS
from winset.corpus.reading import read_one
from winset.corpus.sources import Source
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import BadCase
from winset.issues import CaseSpec
from winset.pipeline import keeping as pipeline_keeping
from winset.pipeline import kept_cases
from winset.pipeline.keeping import keep_each
from winset.pipeline.reading import code_document, read_documents, read_material
from winset.pipeline.stating import stated
from winset.store import compared, kept_columns
from winset.store.addresses import CaseAddress
from winset.store.case_store import CaseStore
from winset.store.types import Coding

APART = ("seal", "taken_in", "full_text_data", "full_text_idx", "full_text_docsize", "full_text_config")
SAID = (
    "{who} said on Monday that the harbour must be dredged before winter, for {number} ships wait outside.",
    "“We are against it,” the mayor of {who} told reporters, “and {number} of us will say so.”",
    "According to the ministry of {who}, the levy of {number} crowns was agreed.",
)
STATES = ("Norway", "Estonia", "Poland", "Latvia", "Denmark")


@pytest.fixture(autouse=True)
def at_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trail tells when; it is to be the same."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture(scope="module")
def spec() -> CaseSpec:
    return stated(proposal="Dredge the harbour", body="nato", on="2023-07-11")


def text(number: int) -> str:
    said = [form.format(who=STATES[(number + at) % 5], number=number + 2) for at, form in enumerate(SAID)]
    return f"Report {number} from the harbour\n\n4 July 2023\n\n" + "\n\n".join(said) + "\n"


@pytest.fixture
def corpus(tmp_path: Path) -> list[str]:
    """Files, some of which are the same or nothing; a file of lines, packed; what is nowhere."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(9):
        (folder / f"r{number}.txt").write_text(text(number), encoding="utf-8")
    (folder / "r2 again.txt").write_text(text(2), encoding="utf-8")
    (folder / "empty.txt").touch()
    lines = [json.dumps({"id": f"line {number}", "text": text(number), "published": "2023"}) for number in range(5, 20)]
    lines.insert(3, "no JSON")
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return [str(folder), str(tmp_path / "nowhere.txt"), str(tmp_path / "corpus.jsonl.gz")]


def rows(path: Path) -> dict[str, list[Any]]:
    """All that the case holds, row by row."""
    with sqlite3.connect(path) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        names = [name for (name,) in tables if name not in APART]
        found = {name: list(file.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608 - its own
    file.close()
    return found


def kept(path: Path, spec: CaseSpec, corpus: Sequence[str], processes: int) -> keeping.Kept:
    with CaseStore.create(path, spec) as store:
        return keep(store, corpus, processes=processes)


@pytest.fixture
def one_by_one(tmp_path: Path, spec: CaseSpec, corpus: list[str]) -> Path:
    """The case as documents make it that are added one after another."""
    path = tmp_path / "one by one.winset"
    with CaseStore.create(path, spec) as store:
        for _ in keep_each(store, read_documents(corpus)):
            pass
    return path


@pytest.mark.skipif(not FORKS, reason="processes are not forked here")
@pytest.mark.parametrize("killed", [False, True])
def test_the_case_is_the_same_where_processes_got_ready_before_it_was_opened(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], one_by_one: Path, killed: bool
) -> None:
    with ahead(corpus, processes=2) as mother, CaseStore.create(tmp_path / "a.winset", spec) as store:
        assert mother is not None
        if killed:  # another one takes its place
            os.kill(mother.pid, signal.SIGKILL)
        told = keep(store, corpus, processes=2, mother=mother)
    assert len(told.added) == 20
    assert rows(tmp_path / "a.winset") == rows(one_by_one)
    with pytest.raises(ProcessLookupError):
        os.kill(mother.pid, 0)


@pytest.mark.skipif(not FORKS, reason="processes are not forked here")
def test_processes_get_ready_where_there_will_be_some_and_end_where_nobody_needs_them(corpus: list[str]) -> None:
    with ahead(corpus, processes=1) as mother:
        assert mother is None
    with ahead(corpus, processes=None) as mother:  # so little is done sooner by one
        assert mother is None
    pids = []

    def refused() -> None:
        with ahead(corpus, processes=2) as mother:
            assert mother is not None
            pids.append(mother.pid)
            raise BadCase("there is none")

    with pytest.raises(BadCase, match="there is none"):
        refused()
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


@pytest.mark.parametrize("processes", [1, 3])
def test_the_case_is_the_same_row_by_row(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], one_by_one: Path, processes: int
) -> None:
    path = tmp_path / "bulk.winset"
    told = kept(path, spec, corpus, processes)
    assert rows(path) == rows(one_by_one)
    assert len(told.added) == 20
    assert told.again == ["r2.txt", "line 5", "line 6", "line 7", "line 8"]
    assert [each.name for each in told.rejected] == [
        "empty.txt",
        str(tmp_path / "nowhere.txt"),
        "corpus.jsonl.gz line 4",
    ]


def test_what_is_in_is_not_read_again(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bulk.winset"
    folder = Path(corpus[0])
    first = kept(path, spec, [str(folder)], 1)
    asked: list[str] = []

    def read(source: Source, *, limits: Limits) -> Iterator[Document | Rejected]:
        asked.append(source.name)
        return read_one(source, limits=limits)

    monkeypatch.setattr(work, "read_one", read)
    with CaseStore.open(path) as store:
        again = keep(store, [str(folder)])
        assert asked == ["empty.txt"]  # what was rejected is tried again
        assert sorted(again.again) == sorted([*first.added, *first.again])
        (folder / "r1.txt").write_text(text(1), encoding="utf-8")  # of another time: its content decides
        asked.clear()
        keep(store, [str(folder)])
        assert asked == ["empty.txt", "r1.txt"]


def test_a_file_of_lines_that_is_in_is_not_read_again_and_one_with_bad_lines_is(
    tmp_path: Path, spec: CaseSpec, corpus: list[str]
) -> None:
    path = tmp_path / "bulk.winset"
    good = tmp_path / "good.ndjson"
    good.write_text("".join(json.dumps({"id": n, "text": text(n)}) + "\n" for n in range(30, 34)), encoding="utf-8")
    os.utime(good, (1_000_000_000, 1_000_000_000))
    kept(path, spec, [str(good), corpus[2]], 1)
    with CaseStore.open(path) as store:
        again = keep(store, [str(good), corpus[2]])
    assert (again.added, again.there_already) == ([], 4 + 15)
    assert again.again[0] != "30"
    assert [each.name for each in again.rejected] == ["corpus.jsonl.gz line 4"]


class Enough(KeyboardInterrupt):
    """Somebody presses Ctrl-C."""


def stop(at: int, now: Progress) -> None:
    if now.documents >= at:
        raise Enough


def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], one_by_one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "BATCH", 2)
    path = tmp_path / "bulk.winset"
    CaseStore.create(path, spec).close()
    counts = [0]

    for documents_told in (3, 9, 20):  # in files, at their end, in lines
        with CaseStore.open(path) as store:
            with pytest.raises(Enough):
                keep(store, corpus, processes=1, progress=partial(stop, documents_told))
            counts.append(store.counts()["document"])
    assert counts == sorted(set(counts)), "no run got further"
    coded: list[str] = []

    def code(document: Document, spec: CaseSpec | None, **how: Any) -> Coding:
        coded.append(document.name)
        return code_document(document, spec, **how)

    monkeypatch.setattr(work, "code_document", code)
    with CaseStore.open(path) as store:
        keep(store, corpus, processes=1)
    assert len(coded) == 20 - counts[-1]
    assert rows(path) == rows(one_by_one)


ADDING = "from winset.cli import main; main()"


def started(arguments: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    line = [sys.executable, "-c", ADDING, *arguments]
    return subprocess.Popen(
        line, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def test_a_run_that_is_killed_with_all_its_processes_loses_and_doubles_nothing(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], one_by_one: Path
) -> None:
    path = tmp_path / "bulk.winset"
    CaseStore.create(path, spec).close()
    line = ["add", str(path), *corpus, "--processes", "2"]
    for wanted in (1, 6):
        adding = started(line, tmp_path)
        while adding.poll() is None and documents(path) < wanted:
            time.sleep(0.01)
        os.killpg(adding.pid, signal.SIGKILL)
        adding.communicate()
    out, err = started(line, tmp_path).communicate()
    assert "rejected; 20 documents in the case" in out, err
    assert rows(path) == rows(one_by_one)


def documents(path: Path) -> int:
    with CaseStore.open(path) as store:
        return store.counts()["document"]


def test_a_worker_that_is_killed_costs_nothing(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], one_by_one: Path
) -> None:
    path = tmp_path / "bulk.winset"
    killed: list[int] = []

    def kill_one(now: Progress) -> None:
        if len(killed) < 2 and now.documents >= 4 * len(killed):
            killed.append(next(forked()))
            os.kill(killed[-1], signal.SIGKILL)

    with CaseStore.create(path, spec) as store:
        told = keep(store, corpus, processes=2, progress=kill_one)
    assert len(killed) == 2
    assert len(told.rejected) == 3
    assert rows(path) == rows(one_by_one)


def forked() -> Iterator[int]:
    """Processes whose mother is a child of this one."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if found[0] != "Z":
            parents[int(stat.parent.name)] = int(found[1])
    yield from (pid for pid, mother in sorted(parents.items()) if parents.get(mother) == os.getpid())


def test_a_full_disk_is_told_in_one_line_and_the_case_stays_whole(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], one_by_one: Path
) -> None:
    path = tmp_path / "bulk.winset"
    CaseStore.create(path, spec).close()
    most = path.stat().st_size + 20_000
    script = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, -1)); {ADDING}"
    line = [sys.executable, "-c", script, "add", str(path), *corpus]
    ended = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"winset: {path}: cannot be written: ")
    assert ended.stderr.count("\n") == 1
    assert documents(path) < 20
    with CaseStore.open(path) as store:
        keep(store, corpus)
    assert rows(path) == rows(one_by_one)


def test_a_case_on_a_server_holds_the_same(tmp_path: Path, spec: CaseSpec, corpus: list[str], served: str) -> None:
    path = tmp_path / "bulk.winset"
    kept(path, spec, corpus, 1)
    address = CaseAddress.read(served)
    with CaseStore.create(address, spec) as store:
        keep(store, corpus, processes=2)
    with CaseStore.open(path) as file, CaseStore.open(address) as server:
        assert server.documents() == file.documents()
        assert server.codings() == file.codings()
        assert server.duplicates() == file.duplicates()
        assert server.rejected() == file.rejected()
        again = keep(server, corpus)
        assert (again.added, again.there_already) == ([], 10 + 15)


def test_a_text_that_a_server_refuses_costs_no_other(tmp_path: Path, spec: CaseSpec, served: str) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(4):
        nul = "\x00" if number == 2 else ""
        (folder / f"{number}.txt").write_text(text(number) + " " * 5_000 + nul + "It ended.\n", encoding="utf-8")
    with CaseStore.create(CaseAddress.read(served), spec) as server:
        told = keep(server, [str(folder)], processes=1)
        assert told.added == ["0.txt", "1.txt", "3.txt"]
        assert [each.name for each in told.rejected] == ["2.txt"] == [each.name for each in server.rejected()]
        assert "NUL" in told.rejected[0].reason


def test_more_documents_than_are_compared_say_so(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "COMPARED", 3)
    told = kept(tmp_path / "bulk.winset", spec, corpus[:1], 1)
    assert (told.compared, told.near) == (False, ())


def test_a_large_case_is_left_ready_for_the_first_question(
    tmp_path: Path, spec: CaseSpec, corpus: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline_keeping, "COMPARED", 3)
    monkeypatch.setattr(kept_cases, "WHOLE", 3)
    monkeypatch.setattr(compared, "IN_A_PART", 3)
    monkeypatch.setattr(kept_columns, "LEAST", 3)
    kept(tmp_path / "bulk.winset", spec, corpus[:1], 1)
    kinds = {row[0] for row in rows(tmp_path / "bulk.winset")["column_part"]}
    assert kinds == {compared.RUNS, kept_columns.STATEMENTS}


def test_the_same_material_for_every_number_of_processes(spec: CaseSpec, corpus: list[str]) -> None:
    from winset.bulk.coding import material

    one = read_material(corpus, spec)
    assert material(corpus, spec, processes=1) == one
    assert material(corpus, spec, processes=2) == one
