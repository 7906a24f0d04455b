"""A kept case of 100,000 statements as a file of every other program: time and memory of each, in a process of its own.

python -m benchmarks.bench_export [--folder FOLDER] [--statements 100000] [--only NAME,...] [--json]

Memory is told beside that of a tenth of the case: where the format allows, it does not grow with it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import WINSET, cold

from winset.carrying.exports import EXPORTS

SECONDS = 60.0  # what must be reached
MAKE = """
import pathlib, sys
from benchmarks.desk.cases import made
made(pathlib.Path(sys.argv[1]), statements=int(sys.argv[2]))
"""
TABLES = ("tables.zip", "statements.parquet", "statements.arrow", "statements.csv")


def _command(name: str, case: Path, target: Path) -> list[str | Path]:
    if name in TABLES:
        one = [] if name.endswith(".zip") else ["--table", "statements"]
        return [WINSET, "tables", case, "-o", target / name, *one]
    return [WINSET, "export", case, "-o", target / f"case.{name}", "--format", name]


def main() -> int:
    """Exit status 1 where one takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where the cases are kept for another run")
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    names = [*(each.id for each in EXPORTS), *TABLES]
    names = [name for name in names if not asked.only or name in asked.only.split(",")]
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch)
        cases = [folder / f"export-{number}.winset" for number in (asked.statements // 10, asked.statements)]
        for case, number in zip(cases, (asked.statements // 10, asked.statements), strict=True):
            if not case.exists():  # by another process: a child's peak is never below what its parent holds
                subprocess.run([sys.executable, "-c", MAKE, str(case), str(number)], check=True)
        for name in names:
            small, large = (cold(_command(name, case, Path(scratch))) for case in cases)
            rows.append(
                {
                    "format": name,
                    "seconds": round(large.seconds, 1),
                    "megabytes": round(large.peak_megabytes),
                    "megabytes_of_a_tenth": round(small.peak_megabytes),
                    "reached": large.seconds <= SECONDS,
                }
            )
            if not asked.json:
                line = "{format:<20} {seconds:>6} s  {megabytes:>5} MB ({megabytes_of_a_tenth} MB of a tenth)"
                print(line.format(**rows[-1]))
    if asked.json:
        print(json.dumps({"statements": asked.statements, "must_seconds": SECONDS, "formats": rows}))
    return 0 if all(row["reached"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
