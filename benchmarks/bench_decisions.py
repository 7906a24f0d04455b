"""What the rule makes of it: backtest, power, models, draws; beside other libraries, against what must be reached.

python -m benchmarks.bench_decisions [--data ../shared/data] [--only power ...] [--no-peers] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.decisions import peers
from benchmarks.decisions.rows import Row
from benchmarks.measuring import PROJECT
from benchmarks.peer_environments import NotInstalled

DATA = PROJECT.parent / "shared" / "data"
READ_DATA = ("backtest", "exchange", "challenge")
PARTS = ("published", "backtest", "exchange", "challenge", "power", "spatial", "draws")


def measured(part: str, data: Path, *, with_peers: bool) -> list[Row]:
    """The rows of one part; none, and a line that says why, where its data are not there."""
    if part in READ_DATA and not (data / "decision").is_dir():
        say(f"Skipped: there is no {data / 'decision'}, so {part} is not measured.")
        return []
    python = peers_python(part) if with_peers else None
    say(f"{part} ...")
    return list(import_module(f"benchmarks.decisions.{part}").rows(data, python))


def peers_python(part: str) -> Path | None:
    """The environment of the part's peers, if it has any; what cannot be installed is said, not guessed."""
    if peers.requirements(part) is None:
        return None
    say(f"{part}: the environment of its peers (made once)")
    try:
        made = peers.environment(part)
    except NotInstalled as why:
        say(f"peers: {why}")
        return None
    if made is None:
        return None
    python, refused = made
    for line in refused:
        say(f"not installed: {line}")
    return python


def line(row: Row) -> str:
    """As read: what, ours, the peer's, what must be reached, whether it is."""
    beside = ""
    if row.peer is not None:
        beside = f"; {row.peer_name} {row.peer:.4g} {row.unit}"
        if row.ratio:
            beside += f", {row.ratio:,.1f} times as long" if row.unit in ("s", "ms") else f", ratio {row.ratio:.3f}"
    remark = f" ({row.remark})" if row.remark else ""
    return f"{'ok  ' if row.holds else 'MISS'} {row.what}: {row.ours:.4g} {row.unit}{beside}; must: {row.must}{remark}"


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, default=DATA, help="folder with decision/deu3")
    options.add_argument("--only", action="append", choices=PARTS, help="a part; may be repeated (default: all)")
    options.add_argument("--no-peers", action="store_true", help="winset only")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    parts = chosen.only or PARTS
    found = [row for part in parts for row in measured(part, chosen.data, with_peers=not chosen.no_peers)]
    if chosen.json:
        print(json.dumps([{**asdict(row), "ratio": row.ratio} for row in found], indent=2))
    else:
        print(*map(line, found), sep="\n")
    return 0 if all(row.holds for row in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
