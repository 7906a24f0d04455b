"""How a network's file is opened: one thread, no chatter, safe from Ctrl-C and ready for too little memory."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOM = 96 << 20  # bytes of addresses: loading the runtime and its largest network takes 87 MB


def opened(weights: Path) -> tuple[Any, dict[str, Any]]:
    """(a session of one thread, what the file says besides).  Raises MemoryError where it would hardly fit."""
    _need_room()
    with _interrupted_later():
        import onnxruntime

        _ready_to_unwind()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    return session, json.loads(session.get_modelmeta().custom_metadata_map["winset"])


def _need_room() -> None:
    """Have too little memory told before the runtime finds out, which then may break in ways nobody can catch."""
    try:
        import resource

        most, _ = resource.getrlimit(resource.RLIMIT_AS)
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):  # a system without such limits, or that does not say
        return
    if most != resource.RLIM_INFINITY and most - taken < ROOM:
        raise MemoryError(f"{max(0, most - taken) >> 20} MB are left, a network takes {ROOM >> 20} MB")


@contextmanager
def _interrupted_later() -> Iterator[None]:
    """Ctrl-C waits until the block ends: interrupted while it loads, the runtime would claim to be broken."""
    if threading.current_thread() is not threading.main_thread():
        yield  # a signal never reaches another thread
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)
    if came:
        raise KeyboardInterrupt


def _ready_to_unwind() -> None:
    """Have the C library load what it unwinds the stack with; it does so once, when it is first needed.

    That is when the runtime runs out of memory: then this fails too, and the process is aborted with a line on
    `libgcc_s.so.1` instead of an exception.  Source: GNU C Library 2.36, sysdeps/gnu/unwind-resume.c and backtrace(3).
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # another C library, another system
        ctypes.CDLL(None).backtrace((ctypes.c_void_p * 1)(), 1)
