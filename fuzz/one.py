"""One target under atheris, in a process that is forked for it and ends with it.

What a target raises is kept as a file named by where it was raised, and the run goes on: a campaign that stopped at its
first finding would find it again and again. A crash of C code, a time-out or want of memory ends the process; libFuzzer
keeps that input itself.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import atheris

from fuzz.target import Target

INSTRUMENTED = ["winset", "feedparser", "docx", "trafilatura", "htmldate", "justext", "openpyxl"]


def watched_imports() -> None:
    """Import all targets with their code watched, once for all processes that are forked afterwards."""
    with atheris.instrument_imports(include=INSTRUMENTED):
        from fuzz import seeds, targets  # noqa: F401 - for what they import


def fuzzed(target: Target, findings: Path, options: Sequence[str]) -> str:
    """What libFuzzer says of a run, at the lowest priority; it ends when the options say so."""
    with tempfile.TemporaryFile() as said:
        process = os.fork()
        if process == 0:
            _child(target, findings, options, said.fileno())
        os.waitpid(process, 0)
        said.seek(0)
        return said.read().decode("utf-8", "replace")


def place_of(error: BaseException) -> str:
    """Kind of error, and the innermost line of winset, or of a target, that it came through."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if ("/winset/" in frame.filename or "/fuzz/" in frame.filename) and not frame.filename.endswith("/laws.py")
    ]
    inner = frames[-1] if frames else None
    where = f"{Path(inner.filename).stem}-{inner.lineno}" if inner else "elsewhere"
    return f"{type(error).__name__}-{where}"


def _child(target: Target, findings: Path, options: Sequence[str], said: int) -> NoReturn:
    """Fuzz, and never come back."""
    os.dup2(said, sys.stdout.fileno())
    os.dup2(said, sys.stderr.fileno())
    os.nice(19)
    os.environ["OMP_NUM_THREADS"] = "1"

    def one(data: bytes) -> None:
        try:
            target.run(data)
        except Exception as error:  # noqa: BLE001 - any error that is not expected is what is looked for
            place = findings / place_of(error)
            if not place.exists() or place.stat().st_size > len(data):  # the shortest is kept
                place.write_bytes(data)
                told = "".join(traceback.format_exception(error, limit=-8))
                place.with_suffix(".txt").write_text(told, encoding="utf-8", errors="replace")

    try:
        with atheris.instrument_imports(include=INSTRUMENTED):
            from fuzz.seeds import seeds

            for data in (b"", *(data for of, data in seeds() if of == target.name)):
                one(data)  # imports what is only imported when it is needed
        atheris.Setup([sys.argv[0], *options], one)
        atheris.Fuzz()
    except BaseException:  # noqa: BLE001 - told where the parent looks
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(1)
