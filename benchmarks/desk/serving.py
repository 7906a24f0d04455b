"""`winset serve` in a process of its own, as people start it; it can be killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, Self

from benchmarks.measuring import PROJECT, WINSET

SECRET = "for benchmarks alone, and for nothing else"
PASSWORD = "a password for benchmarks alone"
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Running(Protocol):
    """A desk that is being served by another process."""

    address: str

    def said(self) -> str:
        """All that it wrote to its log."""

    @property
    def cpu_seconds(self) -> float:
        """What it has used of processors since its start, all threads together; 0 where the system does not tell."""

    def kill(self) -> None:
        """End it at once, whatever it is doing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_error: object) -> None: ...


class Server:
    """A desk that is being served, on a free port of this machine.

    with Server("harbour.winset") as server:
        httpx2.get(server.address)
    """

    def __init__(self, *further: str, person: str = "ada") -> None:
        line = [str(WINSET), "serve", "--port", "0", *further]
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the server
        self._process = subprocess.Popen(
            line,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            cwd=PROJECT,
            env={**os.environ, "WINSET_SECRET": SECRET, "LOGNAME": person, "PYTHONUNBUFFERED": "1"},
        )
        assert self._process.stdout is not None
        told = self._process.stdout.readline()
        if not told.startswith("http"):
            self.stop()
            raise SystemExit(f"{' '.join(line)} did not start:\n{self.said()[-3000:]}")
        self.address = told.split()[0].rstrip("/")
        self._reading = threading.Thread(target=self._process.stdout.read, daemon=True)  # never full, never in the way
        self._reading.start()

    def said(self) -> str:
        """All that it wrote to its log."""
        self._said.seek(0)
        return self._said.read()

    @property
    def cpu_seconds(self) -> float:
        """What it has used of processors since its start, all threads together; 0 where the system does not tell."""
        return _cpu_seconds(self._process.pid)

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        self._reading.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._said.close()


class Forked:
    """The same desk without what takes a second: the interpreter's start, and imports. For tests, which start many."""

    def __init__(self, **settings: Any) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["winset.web.app", "winset.web.serving", "winset.web.whom"])
        here, there = context.Pipe()
        self._log = Path(tempfile.mkstemp(prefix="winset-desk-", suffix=".log")[1])
        self._process = context.Process(target=_serve, args=(settings, str(self._log), there), daemon=True)
        self._process.start()
        there.close()
        self.address = f"http://127.0.0.1:{here.recv()}"
        here.close()

    def said(self) -> str:
        """All that it wrote to its log."""
        return self._log.read_text()

    @property
    def cpu_seconds(self) -> float:
        """What it has used of processors since its start."""
        return _cpu_seconds(self._process.pid or 0)

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self._process.kill()
        self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self._process.close()
        self._log.unlink()


def _serve(settings: dict[str, Any], log: str, told: Connection) -> None:
    """What a forked server does."""
    from winset.web.app import create_app
    from winset.web.serving import listening, server
    from winset.web.settings import Settings

    with Path(log).open("w") as file:
        os.dup2(file.fileno(), 2)
    with listening("127.0.0.1", 0) as socket:
        port = int(socket.getsockname()[1])
        app = create_app(Settings(**settings, secret=SECRET, port=port))
        server(app, proxies="", ready=lambda: told.send(port)).run(sockets=[socket])


def _cpu_seconds(process: int) -> float:
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def with_accounts(kept: str, people: Sequence[str], *, role: str = "coder", password: str = PASSWORD) -> None:
    """Accounts in a database or a file, each with the same password; those that are there stay."""
    from winset.store.accounts import Accounts

    with Accounts(kept, make=True) as accounts:
        there = {account.name for account in accounts.all()}
        for name in people:
            if name not in there:
                accounts.add(name, password, role=role, by="benchmark")
