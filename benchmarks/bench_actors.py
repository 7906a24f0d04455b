"""Who that is: loading the registry, 100,000 sources resolved in one process, names found beside other libraries.

python -m benchmarks.bench_actors [--data ../shared/data] [--count 100000] [--runs 3] [--no-peers] [--json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.actors import peers
from benchmarks.bench_attribute_limits import Held
from benchmarks.measuring import MEGABYTE, PROJECT, Spent, cold
from benchmarks.peer_environments import NotInstalled

LOAD_SECONDS = 0.2
OWN_ROWS, OWN_SECONDS = 50, 0.1
SECONDS = 5.0  # for COUNT sources
MEGABYTES = 300.0
COUNT = 100_000
TITLES = {  # what is resolved so often
    "phrases": f"{COUNT:,} distinct phrases",
    "drawn": f"{COUNT:,} phrases as news draw them",
    "spans": f"{COUNT:,} spans in news texts",
}
DATA = PROJECT.parent / "shared" / "data"
NAMES_BYTES = 2 * MEGABYTE  # of running text in which names are looked for
SENTENCES = (
    "Officials in Riga said on Friday that the levy was dead.",
    "“We will not sign,” Ana Lind told reporters after talks with the French foreign minister.",
    "Germany and the Netherlands want a vote before NATO meets; Beijing and the Kremlin do not.",
    "The plan, which had been drawn up in the spring, would cost each household a little more than it saves.",
)


class Bench:
    """One run, with what it has found so far."""

    def __init__(self, folder: Path, *, count: int, runs: int) -> None:
        self.folder, self.count, self.runs = folder, count, runs

    def work(self, name: str, *options: str | Path) -> tuple[dict[str, Any], Spent]:
        """What one process told of its work, and what it cost."""
        out = self.folder / "told.json"
        spent = cold((sys.executable, "-m", "benchmarks.actors.work", name, out, *options))
        told: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return told, spent

    def load(self) -> Held:
        """Importing and building the registry in a new process; one run before lets Python write its bytecode."""
        self.work("load")
        told = [self.work("load")[0] for _ in range(self.runs * 3)]
        seconds, cpu = (sorted(one[of] for one in told) for of in ("seconds", "cpu_seconds"))
        remark = f"median of {len(told)}, {seconds[0]:.2f} to {seconds[-1]:.2f} s, {median(cpu):.2f} s of CPU"
        return Held(name="registry loaded", value=median(seconds), limit=LOAD_SECONDS, unit="s", remark=remark)

    def added(self) -> Held:
        """A user's own registry put to the shipped one."""
        told = sorted(self.work("add", "--count", str(OWN_ROWS))[0]["seconds"] for _ in range(self.runs))
        remark = f"median of {len(told)}, {told[0]:.3f} to {told[-1]:.3f} s"
        return Held(
            name=f"{OWN_ROWS} rows added", value=told[len(told) // 2], limit=OWN_SECONDS, unit="s", remark=remark
        )

    def resolved(self, name: str, *options: str | Path) -> Iterator[Held]:
        """Wall seconds for `count` sources, the median of the runs, and the largest peak of memory."""
        done = [self.work(name, "--count", str(self.count), *options) for _ in range(self.runs)]
        told = sorted((one for one, _ in done), key=lambda one: one["seconds"])
        middle, peak = told[len(told) // 2], max(spent.peak_megabytes for _, spent in done)
        each = COUNT / middle["asked"]
        remark = (
            f"median of {self.runs}, {middle['asked']:,} asked, {middle['distinct']:,} distinct, "
            f"{middle['somebody'] / middle['asked']:.0%} are somebody; {middle['cpu_seconds']:.2f} s of CPU"
        )
        yield Held(name=TITLES[name], value=middle["seconds"] * each, limit=SECONDS, unit="s", remark=remark)
        if "characters" in middle:
            reading = middle["reading_seconds"]
            read = f"{middle['characters'] / MEGABYTE:.1f} million characters"
            remark = f"without the {reading:.1f} s in which {read} are read"
            without = (middle["seconds"] - reading) * each
            yield Held(name="the same, texts read before", value=without, limit=SECONDS, unit="s", remark=remark)
        yield Held(name=f"memory over {name}", value=peak, limit=MEGABYTES, unit="MB")

    def names(self, texts: Path, *, with_peers: bool) -> Iterator[dict[str, Any]]:
        """Megabytes a second in which names of states and bodies are found, ours and the peers', in one run."""
        ours = _speed("winset", self.work("names", "--texts", texts)[0])
        yield ours
        if not with_peers:
            return
        say("peers: their environment (made once)")
        try:
            python = peers.environment()
        except NotInstalled as why:
            say(f"peers: {why}")
            return
        for peer in peers.NAMES:
            try:
                found = _speed(peer, peers.found_by(peer, texts, python=python))
            except subprocess.CalledProcessError as why:
                say(f"{peer} ended in {why.returncode}")
                continue
            yield found | {"winset_is_times_faster": round(ours["megabytes_a_second"] / found["megabytes_a_second"], 2)}


def _speed(name: str, told: dict[str, Any]) -> dict[str, Any]:
    speed = told["bytes"] / MEGABYTE / told["seconds"]
    return {"name": name, "megabytes_a_second": round(speed, 3), "found": told["found"], "bytes": told["bytes"]}


def write_texts(news: Path, out: Path) -> str:
    """Running text of NAMES_BYTES: the news where it is, else sentences of our own; tells which."""
    if news.is_file():
        texts = [json.loads(line)["text"] for line in news.read_text("utf-8").splitlines()]
        said = f"{news.parent.name}/{news.name}"
    else:
        texts, said = [" ".join(SENTENCES * 20)], "made sentences"
    size = 0
    with out.open("w", encoding="utf-8") as stream:
        while size < NAMES_BYTES:
            for text in texts:
                stream.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
                size += len(text.encode())
    return said


def say(line: str) -> None:
    """Progress, on stderr."""
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, default=DATA, help="folder with polnear/dev.jsonl")
    options.add_argument("--count", type=int, default=COUNT, help="sources resolved (default 100,000)")
    options.add_argument("--runs", type=int, default=3, help="how often (default 3)")
    options.add_argument("--no-peers", action="store_true", help="winset only")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    news = chosen.data / "polnear" / "dev.jsonl"
    found: list[Held] = []
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), count=chosen.count, runs=chosen.runs)
        found += [bench.load(), bench.added()]
        found += bench.resolved("phrases")
        if news.is_file():
            found += bench.resolved("drawn", "--texts", news)
            found += bench.resolved("spans", "--texts", news)
        else:
            say(f"Skipped: there is no {news}, so no sources of texts are resolved.")
        texts = Path(name) / "texts.jsonl"
        source = write_texts(news, texts)
        speeds = list(bench.names(texts, with_peers=not chosen.no_peers))
    if chosen.json:
        held = [{**asdict(each), "holds": each.holds} for each in found]
        print(json.dumps({"held": held, "names": speeds, "names_in": source}, indent=2))
    else:
        print(*found, sep="\n")
        for each in speeds:
            ratio = each.get("winset_is_times_faster")
            beside = f"; winset is {ratio:g} times as fast" if ratio else ""
            print(
                f"names, {each['name']}: {each['megabytes_a_second']:.2f} MB/s, {each['found']:,} in {source}{beside}"
            )
    return 0 if all(each.holds for each in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
