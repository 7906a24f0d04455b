"""The process that parses: reads bytes and a word on how from its input, writes plain values to its output.

    python -m winset.corpus.confined.child [READER...]

It does no more itself than to load the readers' libraries and to fork, where the system can: each document is read by
a process of its own, which ends with it. So a document finds nothing of another one, and its walls need not be movable.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, BinaryIO, NoReturn

from winset.corpus import language
from winset.corpus.confined import answers, walls
from winset.corpus.types import Limits
from winset.errors import Damaged, TooLarge, Unreadable

LENGTH = struct.Struct(">Q")
ENDED = struct.Struct(">B i")  # how reading ended, and the signal that ended it
LATE = "language"  # what is loaded when the first document needs it, since few do
WANTED = 3  # exit status of a process that needs what is loaded late
DONE, TIME, MEMORY, BROKEN, TOO_MUCH = range(5)
HUNGRY = 0.5  # of its memory: a parser that held so much when it broke down was refused more of it
CHUNK = 1 << 20


def main(wanted: Sequence[str]) -> None:
    """Answer until the input ends.  wanted: ids of the readers that are likely to be asked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends this process when it wants
    logging.disable()
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1):  # whatever a library prints, or reads, is no part of the conversation
        os.dup2(nothing, place)
    ruleset = walls.landlock(walls.readable()) if walls.forks() else None
    for reader in wanted:
        _warm(reader)
    send(told, b"ready")
    while (header := frame(asked)) is not None:
        payload = frame(asked) or b""
        order = json.loads(header)
        _warm(order["reader"])
        if walls.forks():
            ended, signalled, answer = _by_another(order, payload, asked, told, ruleset)
        else:
            ended, signalled, answer = DONE, 0, _alone(order, payload)
        send(told, ENDED.pack(ended, signalled))
        send(told, answer)


def send(to: BinaryIO, content: bytes) -> None:
    """One frame: its length, then it."""
    to.write(LENGTH.pack(len(content)))
    to.write(content)
    to.flush()


def frame(of: BinaryIO) -> bytes | None:
    """The next frame; None where there is none, or not all of it."""
    length = of.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    content = of.read(LENGTH.unpack(length)[0])
    return content if len(content) == LENGTH.unpack(length)[0] else None


def most_answered(limits: Limits) -> int:
    """Bytes of the longest answer that is taken."""
    return 8 * limits.text_characters + limits.unpacked_bytes


def _warm(reader: str) -> None:
    """Load what the reader loads when it first reads, by reading a page of our own; then every fork has it."""
    if reader in _warmed:
        return
    from winset.corpus.readers import READERS

    _warmed.add(reader)
    with contextlib.suppress(Unreadable):
        READERS[reader](OWN_PAGES[reader](), name="own", limits=Limits())
    gc.collect()
    gc.freeze()


def _own_word_file() -> bytes:
    import io

    import docx

    made = docx.Document()
    made.add_paragraph(_OWN_WORDS)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


_OWN_WORDS = (
    "The ministers of both countries met in the old harbour on 3 May 2031. They will vote on the plan in June, and most"
    " of them said that they would be for it."
)
_OWN_ARTICLE = f"<p>By Ana Lima, 3 May 2031</p><p>{_OWN_WORDS}</p>" * 2
_OWN_PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n"
    b"4 0 obj\n<</Length 48>>\nstream\nBT /F1 10 Tf 40 700 Td (The vote is in June.) Tj ET\nendstream\nendobj\n"
    b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
)
_OWN_PAGE = f"<html lang='en'><head><title>Own</title></head><body>{_OWN_ARTICLE}</body></html>"
_OWN_FEED = (
    "<rss version='2.0'><channel><title>Own</title><item><title>One</title><pubDate>Sat, 03 May 2031 10:00:00 GMT"
    f"</pubDate><description>{escape(_OWN_ARTICLE)}</description></item></channel></rss>"
)
OWN_PAGES: dict[str, Callable[[], bytes]] = {  # a page for each reader that is asked for here
    "html": _OWN_PAGE.encode,
    "pdf": lambda: _OWN_PDF,
    "docx": _own_word_file,
    "feed": _OWN_FEED.encode,
}
_warmed: set[str] = set()  # ids of readers, and LATE


class _Wanted(BaseException):
    """What was not loaded is needed after all; no reader's `except` may stop it."""


def _not_loaded(sample: str) -> tuple[str, float]:
    raise _Wanted(f"for {len(sample)} characters")


def _load_late() -> None:
    """Load what finds a language out: it takes longer than all else together."""
    if LATE not in _warmed:
        _warmed.add(LATE)
        language.language("Les ministres des deux pays se sont réunis hier au port, et le vote aura lieu en juin.")
        gc.freeze()


def _by_another(
    order: dict[str, Any], payload: bytes, asked: BinaryIO, told: BinaryIO, ruleset: int | None
) -> tuple[int, int, bytes]:
    """How reading ended in a process of its own, by which signal, and what it answered."""
    limits = Limits(**order["limits"])
    out, into = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(out)
        asked.close()
        told.close()
        _closed_in(order, payload, into, ruleset, limits)
    os.close(into)
    with os.fdopen(out, "rb", buffering=0) as pipe:
        ended, answer = _listened(pipe, asked, limits, until=time.monotonic() + walls.patience(len(payload), limits))
    if ended != DONE:
        os.kill(pid, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended == DONE and signalled == signal.SIGXCPU:
        ended = TIME
    elif ended == DONE and os.WIFEXITED(status) and os.WEXITSTATUS(status) == WANTED and LATE not in _warmed:
        _load_late()
        return _by_another(order, payload, asked, told, ruleset)
    elif ended == DONE and status:
        hungry = signalled == signal.SIGKILL or used.ru_maxrss * 1024 > HUNGRY * limits.reading_bytes
        ended = MEMORY if hungry else BROKEN
    return ended, signalled, answer if ended == DONE else b""


def _listened(pipe: BinaryIO, asked: BinaryIO, limits: Limits, *, until: float) -> tuple[int, bytes]:
    """What comes out of the pipe until it is closed, unless that takes too long or is too much."""
    heard, most = bytearray(), most_answered(limits)
    while True:
        ready, _, _ = select.select([pipe, asked], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return TIME, b""
        if asked in ready:  # nobody speaks before the answer: the command is gone
            os._exit(0)  # what was forked ends with this process
        chunk = pipe.read(CHUNK)
        if not chunk:
            return DONE, bytes(heard)
        heard += chunk
        if len(heard) > most:
            return TOO_MUCH, b""


def _closed_in(order: dict[str, Any], payload: bytes, into: int, ruleset: int | None, limits: Limits) -> NoReturn:
    """Read one document between walls, say what it holds, and end."""
    status = 1
    try:
        walls.with_parent()
        walls.first_to_go()
        walls.limited(len(payload), limits, own=True)
        walls.closed_in(ruleset)
        if LATE not in _warmed:
            language._ranked = _not_loaded
        answer = _answer(order, payload, limits)
        with os.fdopen(into, "wb") as pipe:
            pipe.write(answer)
        status = 0
    except _Wanted:
        status = WANTED
    finally:
        os._exit(status)


def _alone(order: dict[str, Any], payload: bytes) -> bytes:
    limits = Limits(**order["limits"])
    walls.limited(len(payload), limits, own=False)
    try:
        return _answer(order, payload, limits)
    finally:
        walls.lifted()


def _answer(order: dict[str, Any], payload: bytes, limits: Limits) -> bytes:
    """The answer to an order; what a library raises beyond what its reader knows of is told as damage."""
    name = order["name"]
    try:
        if order["task"] == "entries":
            return _entries(payload, name=name, limits=limits, address=order["address"])
        from winset.corpus.readers import READERS

        return answers.documents_told(READERS[order["reader"]](payload, name=name, limits=limits))
    except Unreadable as error:
        return answers.refusal_told(error)
    except MemoryError:
        return answers.refusal_told(TooLarge(too_big(name, limits)))
    except Exception as error:  # noqa: BLE001 - a stranger's bytes in a stranger's library: told, and nothing else ends
        why = " ".join(str(error).split())[:80] or type(error).__name__
        return answers.refusal_told(Damaged(f"{name}: cannot be read ({why}); save it as plain text and add that"))


def _entries(payload: bytes, *, name: str, limits: Limits, address: str) -> bytes:
    from winset.corpus.readers.feed import read_entries

    read = read_entries(payload, name=name, limits=limits, address=address)
    return answers.feed_told(read.title, [(e.key, e.mark, e.link, e.document) for e in read.entries], read.left)


def too_big(name: str, limits: Limits) -> str:
    """The line for a document that wants more memory than it may have."""
    return (
        f"{name}: wants more than the {limits.reading_bytes // walls.MEGABYTE:,} MB of memory that reading one document"
        " may take (a bomb?); save it as plain text and add that"
    )


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):  # the command is gone
        main(sys.argv[1:])
    os._exit(0)  # nothing is left to be tidied up, and the command waits
