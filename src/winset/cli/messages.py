"""What the command line says besides its answer: one line for each thing, on stderr; and how a command ends."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, ParamSpec, TextIO

import typer

from winset.errors import BadRegistry, BadTable, WinsetError

if TYPE_CHECKING:
    from winset.bulk.progress import Progress
    from winset.corpus.types import Rejected

P = ParamSpec("P")

LONGEST_NAME = 40  # characters of a document's name beside a bar
FINE, OUR_MISTAKE, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130  # 128 + SIGINT, as shells have it


def say(line: str) -> None:
    """One line on stderr."""
    print(f"winset: {one_line(line)}", file=sys.stderr)


def say_rejected(rejected: Rejected) -> None:
    """One line for what could not be read."""
    say(rejected_line(rejected))


def rejected_line(rejected: Rejected) -> str:
    """Name and reason; most reasons begin with the name."""
    named = rejected.reason.startswith(rejected.name)
    return rejected.reason if named else f"{rejected.name}: {rejected.reason}"


def one_line(text: str) -> str:
    r"""Spaces for line ends, and escapes for what a terminal would obey: names and documents come from anywhere.

    >>> one_line("two\nlines, \x1b[31mred")
    'two lines, \\x1b[31mred'
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in " ".join(text.split("\n"))
    )


def counted(number: int, thing: str) -> str:
    """A number with its noun.

    >>> counted(1, "document"), counted(0, "document"), counted(1200, "copy")
    ('1 document', '0 documents', '1,200 copies')
    """
    many = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else many}"


def ending(command: Callable[P, int]) -> Callable[P, None]:
    """A command that returns its exit status, as one that ends with it; refusals become one line and status 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        raise typer.Exit(_status(lambda: command(*args, **kwargs)))

    return run


def _status(command: Callable[[], int]) -> int:
    try:
        status = command()
        sys.stdout.flush()
    except (BadRegistry, BadTable) as error:
        for line in error.lines:
            say(line)
        return BAD_INPUT
    except WinsetError as error:
        say(str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        say("interrupted; what was kept before stays kept")
        return INTERRUPTED
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains at exit
        return FINE
    except OSError as error:  # a full disk behind stdout, a vanished folder: the system's words say which
        say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return BAD_INPUT
    except Exception as error:
        if not _of_memory(error):
            raise
        say("not enough memory; what was kept before stays kept: free some, or read fewer documents at once")
        return BAD_INPUT
    return status


def _of_memory(error: Exception) -> bool:
    """Whether memory was refused, to Python or to a library that says so in words of its own."""
    told = ("bad_alloc", "Cannot allocate memory", "failed to map segment")
    return isinstance(error, MemoryError) or any(words in str(error) for words in told)


@contextlib.contextmanager
def progress(verb: str) -> Iterator[Callable[[str], None] | None]:
    """Tells a terminal which document is being read, and how long it takes; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(verb)
        yield lambda name: shown.update(task, description=f"{verb} {one_line(name)}")


@contextlib.contextmanager
def course(verb: str) -> Iterator[Callable[[Progress], None] | None]:
    """Tells a terminal how far a long run is, how fast, and how long it still takes; None where stderr is none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Shown

    words_column = TextColumn("{task.fields[words]}", markup=False)
    times = (TimeElapsedColumn(), TimeRemainingColumn(compact=True))
    columns = (SpinnerColumn(), TextColumn(verb), BarColumn(bar_width=20), words_column, *times)
    with Shown(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(verb, total=None, words="")

        def show(now: Progress) -> None:
            pace = f"{counted(now.documents, 'document')}, {now.words_a_second:,.0f} words/s"
            words = f"{pace}  {one_line(now.name)[:LONGEST_NAME]}"
            shown.update(task, total=now.total or None, completed=now.done, words=words)

        yield show


@contextlib.contextmanager
def bar(verb: str, *, total: int | None, wanted: bool = True) -> Iterator[Callable[[int, str], None]]:
    """Tells a terminal how many of `total` bytes have been read, and some words; nobody where stderr is none."""
    if not (wanted and sys.stderr.isatty()):
        yield lambda done, words: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    words_column = TextColumn("{task.fields[words]}", markup=False)
    columns = (TextColumn(verb), BarColumn(), DownloadColumn(), words_column, TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(verb, total=total, words="")
        yield lambda done, words: shown.update(task, completed=done, words=words)


def last_words(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """A mistake of ours: one line that names the place; the whole traceback for who asks for it."""
    if os.environ.get("WINSET_TRACEBACK"):
        sys.__excepthook__(kind, error, at)
        return
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{Path(at.tb_frame.f_code.co_filename).name} line {at.tb_lineno}" if at else "an unknown place"
    say(f"a mistake of winset's own in {place}, please report it: {kind.__name__}: {error} (WINSET_TRACEBACK=1: more)")


def tolerant(*streams: TextIO) -> None:
    """Let a terminal of a small alphabet show escapes for letters it lacks."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
