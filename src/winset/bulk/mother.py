"""The process that all others are forked from: it loads what they work with, once for all of them, and does no work.

    python -m winset.bulk.mother FD [ahead]

Memory that nobody writes to stays shared after a fork; so the collector of garbage, which would write a mark into every
object it looks at, is told to leave alone what is there. It is put to work in the forked ones alone: loading makes next
to no garbage, and takes a tenth longer where it is looked for. There are no threads: who has any cannot safely fork.
Source: Python documentation, gc.freeze and os.fork; fork(2), copy-on-write.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import struct
import sys
from multiprocessing.connection import Connection

from winset.bulk.serving import Work, serve

LENGTH = struct.Struct(">Q")
NUMBER = struct.Struct(">i")
FORK, STATUS = b"f", b"s"
AHEAD = "ahead"  # documents will be coded, of a case that is yet to be opened
NONE = -1


def main(control: socket.socket, *, ahead: bool = False) -> None:
    """Fork and tell how the forked ended, until nobody asks any more; then nobody needs them either.

    ahead: whether to load what coding takes before the work is told.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends these processes when it wants
    gc.disable()
    if ahead:
        from winset.bulk.work import ReadAndCode

        ReadAndCode(spec=None).load()
    (length,) = LENGTH.unpack(_all(control, LENGTH.size))
    work: Work = pickle.loads(_all(control, length))  # noqa: S301 - of the command
    work.load()
    gc.freeze()
    children: set[int] = set()
    while True:
        asked, handles, _, _ = socket.recv_fds(control, 1, 1)
        if asked == FORK:
            pid = _forked(control, handles[0], work)
            children |= {pid} - {NONE}
            control.sendall(NUMBER.pack(pid))
        elif asked == STATUS:
            (pid,) = NUMBER.unpack(_all(control, NUMBER.size))
            control.sendall(NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
            children.discard(pid)
        else:
            break
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _forked(control: socket.socket, handle: int, work: Work) -> int:
    try:
        pid = os.fork()
    except OSError:  # no memory, or no more processes
        pid = NONE
    if pid:
        os.close(handle)
        return pid
    control.close()
    gc.enable()
    status = 1
    try:
        serve(Connection(handle), work)
        status = 0
    finally:
        os._exit(status)  # whatever else the mother would do at its end is not the child's to do


def _all(control: socket.socket, size: int) -> bytes:
    found = control.recv(size, socket.MSG_WAITALL)
    if len(found) < size:
        raise SystemExit(0)  # nobody asks any more
    return found


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), ahead=AHEAD in sys.argv[2:])
