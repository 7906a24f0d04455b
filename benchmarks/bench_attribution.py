"""Who said what: figures of `winset attribute` and `winset statements` on marked text, beside other libraries.

python -m benchmarks.bench_attribution [--data ../shared/data] [--part dev] [--no-peers] [--no-speed] [--json] [--write]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.attribution.page import notes, write_page
from benchmarks.attribution.parts import BESIDE
from benchmarks.attribution.running import Bench, run_peers, say
from benchmarks.attribution.table import table
from benchmarks.measuring import PROJECT


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, default=BESIDE / "data", help="folder with polnear/ and seeds_gold/")
    options.add_argument("--part", help="file to measure on (default dev; where there is none, test or another)")
    options.add_argument("--runs", type=int, default=3, help="how often speed is measured (default 3)")
    options.add_argument("--no-peers", action="store_true", help="winset only")
    options.add_argument("--no-speed", action="store_true", help="measure no speed")
    options.add_argument("--json", action="store_true", help="print JSON")
    options.add_argument("--write", action="store_true", help="write the page and the plot in docs/ again")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(chosen.data, part=chosen.part, folder=Path(folder))
        bench.find()
        if not bench.parts:
            raise SystemExit(f"{chosen.data} has nothing to measure on")
        bench.winset()
        if not chosen.no_speed:
            bench.winset_speed(runs=chosen.runs)
        if not chosen.no_peers:
            run_peers(bench, timed=not chosen.no_speed)
        outcome = bench.outcome()
    if chosen.json:
        print(json.dumps(outcome.as_dict(), indent=2))
    else:
        print(table(outcome), *notes(outcome), sep="\n")
    if chosen.write:
        for path in write_page(outcome):
            say(f"written: {path.relative_to(PROJECT)}")
    for measure in outcome.short:
        say(f"NOT REACHED: {measure.label}")
    return 1 if outcome.short else 0


if __name__ == "__main__":
    raise SystemExit(main())
