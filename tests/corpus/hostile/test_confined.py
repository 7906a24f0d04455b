from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.corpus.conftest import ARTICLE, SECOND, column, page, pdf
from tests.corpus.hostile import bombs

from winset.corpus.confined import answers, parsing, walls
from winset.corpus.readers import READERS, read_payload
from winset.corpus.readers.feed import read_entries
from winset.corpus.reading import feed_in, read, read_payloads
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import BadSpan, Damaged, Encrypted, TooLarge, Unreadable

LINKED = f"<article><p>{ARTICLE} See <a href='https://one.example/a'>the first report</a>.</p><p>{SECOND}</p></article>"
PAGES = {
    "html": page(
        LINKED, head="<meta property='article:published_time' content='2031-05-03'><title>One</title>"
    ).encode(),
    "pdf": pdf([column(ARTICLE, x=72, top=700, width=60)], info="/Title (Talks) /Author (Ana Lima)"),
    "docx": bombs.word(bombs.paragraph(ARTICLE) + bombs.paragraph(SECOND)),
    "feed": bombs.feed(ARTICLE),
}


def attributes(count: int) -> bytes:
    """A page of which each attribute is held against all others."""
    return page(f"<p {' '.join(f'a{number}=1' for number in range(count))}>{ARTICLE}</p>").encode()


LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux, whose walls these are")
PATIENCE = 120.0  # seconds for what takes one: a test that hangs must end, also where eight others run


@pytest.fixture(autouse=True)
def own_processes() -> Iterator[None]:
    """Each test begins and ends without a process that parses."""
    parsing._end_all()
    parsing._idle.clear()
    yield
    parsing._end_all()
    parsing._idle.clear()


def read_one(kind: str, limits: Limits = Limits()) -> tuple[Document, ...]:  # noqa: B008 - frozen
    return read_payload(PAGES[kind], name=f"a.{kind}", limits=limits)


@pytest.mark.parametrize("kind", PAGES)
def test_another_process_reads_what_this_one_would(kind: str) -> None:
    here = READERS[kind](PAGES[kind], name=f"a.{kind}", limits=Limits())
    assert read_one(kind) == here
    assert here[0].text


def test_a_language_that_must_be_found_out_is() -> None:
    french = "Les ministres des deux pays se sont réunis hier dans le vieux port. Le vote aura lieu en juin, dit-on."
    payload = page(f"<article><p>{french} {french}</p></article>").encode()
    for _ in range(2):  # the second time, what finds it out is loaded
        (found,) = read_payload(payload, name="a.html", limits=Limits())
        assert (found.text, found.language) == (f"{french} {french}", "fr")


def test_a_feed_is_the_same_from_another_process() -> None:
    here = read_entries(PAGES["feed"], name="wire", limits=Limits(), address="https://wire.example/f")
    assert feed_in(PAGES["feed"], name="wire", address="https://wire.example/f") == here


def test_plain_text_needs_no_process() -> None:
    assert read_payload(ARTICLE.encode(), name="a.txt", limits=Limits())[0].text == ARTICLE
    assert not parsing._idle


def test_a_process_is_started_while_others_are_read_and_only_where_one_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert [each.name for each in read([str(tmp_path)])] == ["a.txt"]
    assert not parsing._idle
    (tmp_path / "b.pdf").write_bytes(PAGES["pdf"])
    rows = read([str(tmp_path)])
    assert next(rows).name == "a.txt"
    (process,) = parsing._idle
    assert next(rows).name == "b.pdf"
    assert parsing._idle == [process]


def test_one_process_serves_and_the_next_document_has_it_too() -> None:
    read_one("pdf")
    (process,) = parsing._idle
    read_one("html")
    assert parsing._idle == [process]


def test_a_refusal_keeps_its_kind_and_its_words() -> None:
    with pytest.raises(Encrypted, match=r"^a\.pdf: an encrypted PDF that wants a password"):
        read_payload(pdf([[("x", 40, 700)]], encrypted=True), name="a.pdf", limits=Limits())


def test_a_process_that_was_killed_while_it_waited_costs_no_document() -> None:
    read_one("pdf")
    parsing._idle[0]._running.kill()
    assert read_one("pdf")[0].text == ARTICLE


def test_threads_read_at_the_same_time() -> None:
    found: list[str] = []

    def work(kind: str) -> None:
        found.extend(each.reader for each in read_one(kind))

    threads = [threading.Thread(target=work, args=(kind,)) for kind in PAGES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(PAGES)
    assert len(parsing._idle) <= parsing.MOST_IDLE


@LINUX
def test_a_process_that_was_forked_reads_by_one_of_its_own() -> None:
    read_one("pdf")
    out, into = os.pipe()
    pid = os.fork()
    if not pid:
        with contextlib.suppress(BaseException):
            os.write(into, read_one("pdf")[0].text.encode())
            parsing._end_all()
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        assert pipe.read().decode() == ARTICLE
    os.waitpid(pid, 0)
    assert read_one("pdf")[0].text == ARTICLE


def test_where_none_can_be_started_the_document_is_refused_and_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    rows = list(read_payloads([("a.pdf", PAGES["pdf"]), ("b.txt", ARTICLE.encode())]))
    assert isinstance(rows[0], Rejected)
    assert ("does not start" in rows[0].reason, "winset doctor" in rows[0].reason) == (True, True)
    assert isinstance(rows[1], Document)


def test_one_that_ends_at_once_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PYTHON", ("-c", "raise SystemExit"))
    with pytest.raises(Unreadable, match="does not start"):
        read_one("pdf")


WITHOUT_FORKS = (
    *("-P", "-c"),
    "import sys; from winset.corpus.confined import child, walls; walls.forks = lambda: False; child.main(())",
)


@LINUX
def test_where_a_system_cannot_fork_one_process_reads_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PYTHON", WITHOUT_FORKS)
    monkeypatch.setattr(walls, "forks", lambda: False)
    little = Limits(reading_seconds=1, reading_bytes=400_000_000)
    assert read_one("html")[0].reader == "html"
    (process,) = parsing._idle
    for name, payload, words in (
        ("a.html", attributes(100_000), "takes longer to read"),
        ("a.pdf", bombs.twice_packed_pdf(1024), "broke down over it"),
    ):
        with pytest.raises((TooLarge, Damaged), match=words):
            read_payload(payload, name=name, limits=little)
    assert read_one("html")[0].reader == "html"
    assert parsing._idle[0] is not process


@LINUX
def test_one_process_reads_only_so_many_where_it_cannot_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PYTHON", WITHOUT_FORKS)
    monkeypatch.setattr(walls, "forks", lambda: False)
    monkeypatch.setattr(parsing, "MOST_READ", 1)
    read_one("pdf")
    assert not parsing._idle


TRIED = """
import ctypes, json, os, resource, socket, subprocess, sys, threading
from winset.corpus.confined import walls
from winset.corpus.types import Limits

ruleset = walls.landlock(walls.readable())
outside = sys.argv[1]
walls.limited(0, Limits(reading_bytes=300_000_000), own=True)
walls.closed_in(ruleset)
tried = {
    "write": lambda: open(outside + ".new", "w"),
    "append": lambda: open(outside, "a"),
    "create": lambda: os.open(outside + ".new", os.O_RDONLY | os.O_CREAT),
    "read": lambda: open(outside).read(),
    "list": lambda: os.listdir(os.path.dirname(outside)),
    "remove": lambda: os.unlink(outside),
    "rename": lambda: os.rename(outside, outside + ".new"),
    "folder": lambda: os.mkdir(outside + ".new"),
    "link": lambda: os.symlink("/", outside + ".new"),
    "mode": lambda: os.chmod(outside, 0o777),
    "internet": lambda: socket.socket(),
    "local": lambda: socket.socketpair(),
    "fork": os.fork,
    "thread": lambda: threading.Thread(target=print).start(),
    "program": lambda: subprocess.run(["true"]),
    "replace": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "signal": lambda: os.kill(os.getppid(), 0),
    "memory": lambda: bytearray(400_000_000),
    "more": lambda: resource.setrlimit(resource.RLIMIT_CPU, (10_000, 10_000)),
    "file in memory": lambda: os.memfd_create("x"),
}
done = []
for name, do in tried.items():
    try:
        do()
        done.append(name)
    except (OSError, RuntimeError, MemoryError, ValueError):
        pass
library = len(open(os.__file__).read()) > 0
print(json.dumps({"done": done, "library": library, "room": len(bytearray(100_000_000))}))
"""


@LINUX
@pytest.mark.skipif(not all(there for _, there in walls.standing()), reason="needs Landlock and seccomp: see doctor")
def test_behind_the_walls_nothing_is_reached(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    told = subprocess.run(
        [sys.executable, "-c", TRIED, str(outside)], stdout=subprocess.PIPE, check=True, timeout=PATIENCE
    )
    assert json.loads(told.stdout) == {"done": [], "library": True, "room": 100_000_000}
    assert [each.name for each in tmp_path.iterdir()] == ["secret.txt"]
    assert outside.read_text() == "secret"


LOWERED = """
import resource
from winset.corpus.confined import walls
from winset.corpus.types import Limits

resource.setrlimit(resource.RLIMIT_CPU, (50, 50))
walls.limited(0, Limits(reading_seconds=120), own=True)
print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_FSIZE))
"""


@LINUX
def test_a_limit_that_is_lower_already_stays() -> None:
    told = subprocess.run([sys.executable, "-c", LOWERED], stdout=subprocess.PIPE, check=True, timeout=PATIENCE)
    assert told.stdout.split() == [b"(50,", b"50)", b"(0,", b"0)"]


@LINUX
def test_the_folder_of_a_script_is_none_that_a_parser_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    assert str(tmp_path) not in walls.readable()
    assert any(Path(json.__file__).is_relative_to(each) for each in walls.readable())


@LINUX
def test_the_process_has_nothing_of_the_environment_and_of_the_open_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WINSET_LLM_KEY", "never to be seen")
    monkeypatch.setenv("HOME", str(tmp_path))
    with (tmp_path / "open.txt").open("w"):
        read_one("pdf")
        pid = parsing._idle[0]._running.pid
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        files = [str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()]
    assert b"never to be seen" not in environment
    assert {line.split(b"=")[0] for line in environment.split(b"\0") if line} <= {
        *(name.encode() for name in parsing.INHERITED),
        *(b"PYTHONPATH", b"OPENBLAS_NUM_THREADS", b"PYTHONDONTWRITEBYTECODE", b"LC_CTYPE"),
    }
    assert not [each for each in files if each.endswith("open.txt")]


def told(**changes: Any) -> bytes:
    """What a process that was taken over might answer of a Word document."""
    (found,) = READERS["docx"](PAGES["docx"], name="a.docx", limits=Limits())
    answer = json.loads(answers.documents_told([found]))
    answer["documents"][0] |= changes
    return json.dumps(answer).encode()


def taken(answer: bytes, limits: Limits = Limits()) -> tuple[Document, ...]:  # noqa: B008 - frozen
    return answers.documents_of(answer, "docx", name="a.docx", limits=limits)


def test_an_honest_answer_is_taken() -> None:
    assert taken(told())[0].text == f"{ARTICLE}\n\n{SECOND}"


@pytest.mark.parametrize(
    "changes",
    [
        {"text": 1},
        {"text": ""},
        {"text": "a\x00b"},
        {"text": "a\rb"},
        {"text": "e\u0301"},
        {"name": "b.docx"},
        {"name": "a.docx#1"},
        {"reader": "text"},
        {"title": "two\nlines"},
        {"title": ["a"]},
        {"authors": "Ana"},
        {"authors": [1]},
        {"published": "yesterday"},
        {"published": 2031},
        {"links": [[0, 10_000, "https://one.example"]]},
        {"links": [[-1, 2, "https://one.example"]]},
        {"links": [[0, True, "https://one.example"]]},
        {"links": [[0, 4, "x" * 3_000]]},
        {"links": [[0, 4, "x"]] * 6_000},
        {"found_in": [["title", "core\nproperty"]]},
        {"found_in": "title"},
        {"source_url": {"a": 1}},
    ],
)
def test_a_document_that_no_reader_makes_is_not_believed(changes: dict[str, Any]) -> None:
    with pytest.raises(Damaged, match=r"^a\.docx: its reader gave no sound answer"):
        taken(told(**changes))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"documents": []}',
        b'{"documents": 1}',
        b'{"documents": [{}]}',
        b'{"refused": "SystemExit", "reason": "x"}',
        b'{"refused": "WinsetError", "reason": "x"}',
        b'{"refused": "__class__", "reason": "x"}',
        b'{"refused": "Damaged"}',
        b'{"refused": "Damaged", "reason": 1}',
        b'{"documents": [' + b"1" * 10_000 + b"]}",
        told().replace(b"]}]}", b"]}, 1]}"),
    ],
)
def test_an_answer_that_is_none_is_told_as_damage(answer: bytes) -> None:
    with pytest.raises(Damaged, match="no sound answer"):
        taken(answer)


def test_more_text_than_is_allowed_is_not_believed() -> None:
    with pytest.raises(Damaged, match="too long"):
        taken(told(), Limits(text_characters=10))


def test_one_file_gives_one_document_unless_it_is_a_feed() -> None:
    answer = json.loads(told())
    answer["documents"] *= 2
    with pytest.raises(Damaged, match="2 documents"):
        taken(json.dumps(answer).encode())


def test_an_entry_that_leads_nowhere_is_not_believed() -> None:
    read = read_entries(PAGES["feed"], name="wire", limits=Limits())
    entry = (read.entries[0].key, read.entries[0].mark, "javascript:alert(1)", read.entries[0].document)
    with pytest.raises(Damaged, match="entries that are none"):
        answers.feed_of(answers.feed_told("Wire", [entry], 0), name="wire", limits=Limits())


def test_no_answer_makes_a_document_that_breaks_its_own_rules() -> None:
    (found,) = READERS["docx"](PAGES["docx"], name="a.docx", limits=Limits())
    with pytest.raises(BadSpan):
        replace(found, text="e\u0301")


def parsing_below(command: int) -> list[int]:
    """The processes that parse, however far below a command: the one that was started, and its fork while it reads."""
    above: dict[int, int] = {}
    parse: set[int] = set()
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            with contextlib.suppress(OSError, ValueError):
                above[int(each.name)] = int((each / "stat").read_text().rpartition(")")[2].split()[1])
                if b"confined.child" in (each / "cmdline").read_bytes():
                    parse.add(int(each.name))

    def below(pid: int) -> bool:
        return pid == command or (pid in above and below(above[pid]))

    return sorted(filter(below, parse), key=lambda pid: above[pid] in parse)


def until(true: Callable[[], object]) -> None:
    """Wait until something holds; a test that waits in vain fails."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


COMMAND = "from winset.cli import main; main()"
READING = "import sys; from winset.corpus.reading import read; print([each.reason for each in read(sys.argv[2:])])"


@contextlib.contextmanager
def reading_a_bomb(program: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A program that is reading a page over which minutes go by, and the processes below it."""
    (folder / "bomb.html").write_bytes(attributes(400_000))
    line = [sys.executable, "-c", program, "statements", str(folder / "bomb.html")]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        try:
            until(lambda: len(parsing_below(command.pid)) == 2)
            yield command, parsing_below(command.pid)
        finally:
            command.kill()


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids)


@LINUX
def test_ctrl_c_ends_a_command_that_reads_a_bomb(tmp_path: Path) -> None:
    with reading_a_bomb(COMMAND, tmp_path) as (command, below):
        command.send_signal(signal.SIGINT)
        _, said = command.communicate(timeout=PATIENCE)
        assert (command.returncode, said.decode().count("\n")) == (130, 1)
        until(lambda: gone(below))


@LINUX
def test_a_program_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    with reading_a_bomb(READING, tmp_path) as (command, below):
        command.kill()
        command.wait()
        until(lambda: gone(below))


@LINUX
def test_a_parser_that_is_killed_costs_its_document_alone(tmp_path: Path) -> None:
    with reading_a_bomb(READING, tmp_path) as (command, below):
        os.kill(below[-1], signal.SIGKILL)  # the fork: as the system does where memory runs out
        told, _ = command.communicate(timeout=PATIENCE)
        assert "bomb.html: wants more than the 2,000 MB of memory" in told.decode()
        assert command.returncode == 0
