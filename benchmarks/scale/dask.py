"""A cluster: Dask workers of this machine against one process, over a slow network, and with one that is killed.

python -m benchmarks.scale.dask [DOCUMENTS] [--data ../shared/data]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import PROJECT, WINSET, cold
from benchmarks.scale import Row, Skipped
from benchmarks.scale.texts import SECTIONS, articles, passages, written

TITLE = "A cluster of this machine"
ABOUT = (
    "`winset statements` on one file of lines, in one process and on Dask workers; every output is compared with "
    "that of one process, byte by byte. Workers are held against one process that codes with one thread, as each of "
    "them does; the command by itself codes with two threads, which is measured beside it. Words a second are those "
    "of the larger of two sizes less the smaller, so that neither starting nor loading is in them; the whole time "
    "is that of the command with all of it. CPU time is that of all processes that the command started. The slow "
    "network holds every message between the scheduler and the others back. A killed worker dies, unasked, in the "
    "middle of the run."
)
DOCUMENTS = 1_000  # where nobody says
SMALL = 10  # times as few for what starting costs
KILL_AFTER = 10.0  # seconds into the run
DELAY = 0.05  # seconds, each way: across an ocean


SINGLE = (  # the command, coding with one thread, as `cluster.work` has it
    "from importlib import import_module as load; from winset.cli import main; "
    "load('winset.statements.attributors.trained_model').THREADS = 1; raise SystemExit(main())"
)


@dataclass(frozen=True, slots=True)
class _Way:
    name: str
    seconds: tuple[float, float]  # of the small and of the whole corpus
    cpu: tuple[float, float]  # nan where the workers are not the command's own
    same: bool


def main(sizes: Sequence[int], *, folder: Path, data: Path) -> list[Row]:
    """Each way of coding so many documents: the first of the sizes, for each is coded several times."""
    with contextlib.suppress(ImportError):
        import distributed  # noqa: F401

        return _rows(min(sizes, default=DOCUMENTS), folder, data)
    raise Skipped("Dask is not installed: pip install 'winset[cluster]'")


def _rows(documents: int, folder: Path, data: Path) -> list[Row]:
    whole, small = folder / "whole.jsonl", folder / "small.jsonl"
    words = (_write(small, max(1, documents // SMALL), data), _write(whole, documents, data))
    alone = _timed("one process of one thread", folder, "--processes", "1", command=(sys.executable, "-c", SINGLE))
    usual = _timed("one process of two threads, as it comes", folder, "--processes", "1")
    ways = [alone, usual]
    for workers in (1, 2):
        ways.append(_timed(f"{workers} worker{'s' * (workers > 1)}", folder, "--cluster", f"local:{workers}"))
    with _machines(folder, delay=0.0) as address:
        ways.append(_timed("2 workers, of which one is killed", folder, "--cluster", address.url, kill=address))
    with _machines(folder, delay=DELAY) as address:
        slow = f"2 workers, {DELAY * 1000:.0f} ms from the scheduler"
        ways.append(_timed(slow, folder, "--cluster", address.url))
    speed = {way.name: (words[1] - words[0]) / (way.seconds[1] - way.seconds[0]) for way in ways}
    return [
        {
            "way": way.name,
            "documents": documents,
            "words": words[1],
            "whole time, s": round(way.seconds[1], 1),
            "words/s": round(speed[way.name]),
            "against one thread": round(speed[way.name] / speed[alone.name], 2),
            "against two threads": round(speed[way.name] / speed[usual.name], 2),
            "CPU s": round(way.cpu[1], 1) if way.cpu[1] > 0 else None,
            "same lines": "yes" if way.same else "NO",
        }
        for way in ways
    ]


def _timed(
    name: str, folder: Path, *options: str, kill: _Address | None = None, command: Sequence[str | Path] = (WINSET,)
) -> _Way:
    spent, same = [], True
    for corpus in ("small", "whole"):
        out = folder / f"{corpus}.out.jsonl"
        timer = None
        if kill is not None and corpus == "whole":
            timer = threading.Timer(KILL_AFTER, kill.kill_one)
            timer.start()
        spent.append(cold([*command, "statements", folder / f"{corpus}.jsonl", "-o", out, *options]))
        if timer is not None:
            timer.cancel()
        first = folder / f"{corpus}.first.jsonl"
        if first.exists():
            same = same and filecmp.cmp(first, out, shallow=False)
        else:
            shutil.copy(out, first)
    remote = any(option.startswith("tcp://") for option in options)
    cpu = (0.0, 0.0) if remote else (spent[0].cpu_seconds, spent[1].cpu_seconds)
    return _Way(name, (spent[0].seconds, spent[1].seconds), cpu, same)


@dataclass(slots=True)
class _Address:
    url: str
    workers: list[subprocess.Popen[bytes]]

    def kill_one(self) -> None:
        """The process that codes, not the one that watches over it and will start another."""
        watched = Path(f"/proc/{self.workers[0].pid}/task/{self.workers[0].pid}/children").read_text().split()
        for pid in watched:
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(int(pid), signal.SIGKILL)


@contextlib.contextmanager
def _machines(folder: Path, *, delay: float) -> Iterator[_Address]:
    """A scheduler and two workers as processes of their own, with a slow network between them."""
    said = folder / f"scheduler-{delay}.json"
    log = (folder / "dask.log").open("ab")
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: object) -> None:
        line = [sys.executable, "-m", "dask", *map(str, arguments)]
        started.append(subprocess.Popen(line, stdout=log, stderr=log, cwd=folder))

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", said)
        while not (said.exists() and said.read_text().rstrip().endswith("}")):
            time.sleep(0.1)
        port = int(json.loads(said.read_text())["address"].rpartition(":")[2])
        with _slow(port, delay) as near:
            for _ in range(2):
                start("worker", f"tcp://127.0.0.1:{near}", "--nthreads", 1, "--no-dashboard")
            yield _Address(f"tcp://127.0.0.1:{near}", started[1:])
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
        log.close()


@contextlib.contextmanager
def _slow(port: int, delay: float) -> Iterator[int]:
    """Another port of this machine through which everything takes so many seconds more, each way."""
    if not delay:
        yield port
        return
    ready: list[int] = []
    there, ended = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        server = await asyncio.start_server(lambda *ends: _between(*ends, port=port, delay=delay), "127.0.0.1", 0)
        ready.append(server.sockets[0].getsockname()[1])
        there.set()
        await ended.wait()
        server.close()
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    there.wait()
    try:
        yield ready[0]
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


async def _between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, port: int, delay: float) -> None:
    there, back = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(ConnectionError, asyncio.CancelledError):  # at the end; asyncio prints a cancelled server
        await asyncio.gather(_pass_on(reader, back, delay), _pass_on(there, writer, delay))


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter, delay: float) -> None:
    now = asyncio.get_running_loop().time
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def read() -> None:
        while chunk := await source.read(1 << 16):
            waiting.put_nowait((now() + delay, chunk))
        waiting.put_nowait((now() + delay, b""))

    async def deliver() -> None:
        while True:
            due, chunk = await waiting.get()
            await asyncio.sleep(max(0.0, due - now()))
            if not chunk:
                target.close()
                return
            target.write(chunk)

    await asyncio.gather(read(), deliver())


def _write(path: Path, documents: int, data: Path) -> int:
    """So many documents as lines, passages of a bulletin where there is one; how many words they have."""
    there = (data / SECTIONS).is_file()
    return written(passages(documents, data) if there else articles(documents), path)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("documents", type=int, nargs="?", default=DOCUMENTS)
    options.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "data")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        for row in main([chosen.documents], folder=Path(made), data=chosen.data):
            print(json.dumps(row))
