"""`winset serve` in a process of its own, as people start it; it can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from benchmarks.measuring import PROJECT, WINSET

SECRET = "for benchmarks alone, and for nothing else"
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


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
        told = Path(f"/proc/{self._process.pid}/stat")
        if not told.exists():
            return 0.0
        fields = told.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

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
        self._said.close()


def with_accounts(database: str, people: Sequence[str], *, password: str, role: str = "coder") -> None:
    """Accounts in a database, each with the same password; those that are there stay."""
    from winset.store.accounts import Accounts

    with Accounts(database, make=True) as accounts:
        there = {account.name for account in accounts.all()}
        for name in people:
            if name not in there:
                accounts.add(name, password, role=role, by="benchmark")
