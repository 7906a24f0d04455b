"""Time and memory of the main job, documents to brief, in a new process each time.

python -m benchmarks.bench_brief [--runs 5] [--json]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.measuring import PROJECT, WINSET, Measured, cold

SECONDS = 5.0
MEGABYTES = 600.0
SEEDS = PROJECT.parent / "shared" / "seeds"
DIGESTS = PROJECT / "examples" / "tokyo-office" / "digests"
QUESTION = ("--proposal", "Open a NATO liaison office in Tokyo", "--body", "nato", "--on", "2023-07-11")


def brief(*, runs: int) -> Measured:
    """`winset brief` over the five published texts where they are, else over the shipped example."""
    documents = SEEDS if SEEDS.is_dir() else DIGESTS
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "brief.html"
        command = (WINSET, "brief", documents, *QUESTION, "-o", out, "--json", out.with_suffix(".json"))
        spent = tuple(cold(command) for _ in range(runs))
    return Measured(
        name=f"winset brief, {documents.parent.name}/{documents.name}",
        runs=spent,
        seconds_limit=SECONDS,
        megabytes_limit=MEGABYTES,
    )


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--runs", type=int, default=5, help="how often (default 5)")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    measured = brief(runs=chosen.runs)
    print(json.dumps(measured.as_dict(), indent=2) if chosen.json else measured)
    return 0 if measured.holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
