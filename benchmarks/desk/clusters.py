"""A PostgreSQL server of one's own that keeps what it acknowledges, and can be killed.

Unlike the tests' own it writes through to the disk, as a team's would.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.postgres import programs

MEMORY = "-c shared_buffers=128MB -c max_connections=100"  # as Debian configures it
PATIENCE = 60.0  # seconds to start again after a kill


class Cluster:
    """A cluster in a folder of its own, made when it is not there yet.

    with Cluster(Path("/tmp/pg")) as cluster:
        psycopg.connect(cluster.address)
    """

    def __init__(self, folder: Path) -> None:
        binaries = programs()
        if binaries is None:
            raise SystemExit("PostgreSQL is not installed: apt-get install postgresql, or leave it out with --only")
        self._binaries = binaries
        self.folder = folder
        self._held = folder / "held"
        root = hasattr(os, "geteuid") and os.geteuid() == 0  # PostgreSQL refuses to run as root
        self._caller: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": ()} if root else {}
        if not self._held.exists():
            folder.mkdir(parents=True, exist_ok=True)
            if root:
                shutil.chown(folder, "postgres")
            self._run("initdb", "-U", "winset", "-A", "trust", "-E", "UTF8", "--locale=C")

    @property
    def address(self) -> str:
        """Of its one database; it listens in its folder alone."""
        return f"postgresql://winset@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it; waits until it answers."""
        listens = f"{MEMORY} -c listen_addresses= -k {self.folder}"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", listens, "start")

    def stop(self) -> None:
        """Stop it as one does."""
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def kill(self) -> None:
        """End its first process at once, as a power cut would end it; the others go when they see it."""
        os.kill(int((self._held / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def crash(self, _desk: object = None) -> None:
        """End it at once and start it again, while a desk goes on."""
        self.kill()
        self.start_again()

    def start_again(self) -> None:
        """Start it after a kill, as soon as the last of its processes has gone."""
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                return self.start()
            except subprocess.CalledProcessError:
                if time.monotonic() > ends:
                    raise
                time.sleep(0.1)

    def __enter__(self) -> Cluster:
        with contextlib.suppress(subprocess.CalledProcessError):  # left running by one who was killed
            self.stop()
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def _run(self, program: str, *further: str) -> None:
        line = [str(self._binaries / program), "-D", str(self._held), *further]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **self._caller}
        subprocess.run(line, check=True, **quiet)
