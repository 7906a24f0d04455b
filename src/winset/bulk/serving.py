"""The side of a process that works: answer until nobody asks any more."""

from __future__ import annotations

import pickle
import signal
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from winset.errors import WinsetError

READY, FINE, FAILED = b"r", b"+", b"-"


class Work(Protocol):
    """What a process does; it is sent to it once."""

    def load(self) -> None:
        """Called first, once for all processes where they are forked."""

    def __call__(self, asked: Any) -> Any:
        """The answer to what was asked."""


class Broken(Exception):
    """A mistake of ours in a process, told where the work was asked for."""


def serve(connection: Connection, work: Work) -> None:
    """Answer, one thing after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends this process when it wants
    try:
        connection.send_bytes(READY)
        while True:
            connection.send_bytes(_answer(work, connection.recv()))
    except (EOFError, OSError):  # nobody is there any more
        return


def load_and_serve(connection: Connection, work: Work) -> None:
    """The same in a process that was not forked."""
    work.load()
    serve(connection, work)


def _answer(work: Work, asked: Any) -> bytes:
    try:
        return FINE + pickle.dumps(work(asked), pickle.HIGHEST_PROTOCOL)
    except WinsetError as error:
        return FAILED + pickle.dumps(error)
    except Exception as error:  # noqa: BLE001 - raised again, where the work was asked for
        broken = Broken(_where(error))
        broken.add_note("".join(traceback.format_exception(error)))
        return FAILED + pickle.dumps(broken)


def _where(error: Exception) -> str:
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{Path(at.tb_frame.f_code.co_filename).name} line {at.tb_lineno}" if at else "an unknown place"
    return f"{type(error).__name__} in {place}: {error}"
