"""`python -m fuzz run|replay|minimise [TARGET ...]`: see the package."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from fuzz import campaign
from fuzz.target import Target


def main() -> int:
    """Do what is asked for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("act", choices=("run", "replay", "minimise"))
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="of fuzz/targets.py; none: all")
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--work", type=Path, help="where found inputs stay; none: they go when all is done")
    asked = parser.parse_args()
    if asked.act == "run":
        from fuzz.one import watched_imports

        watched_imports()
    from fuzz.targets import TARGETS  # by now they are watched, if they are to be

    if strange := [name for name in asked.targets if name not in TARGETS]:
        parser.error(f"no target {strange[0]!r}: choose from {', '.join(TARGETS)}")
    chosen = [TARGETS[name] for name in asked.targets or TARGETS]
    if asked.act == "replay":
        return _replayed(chosen)
    with tempfile.TemporaryDirectory() as folder:
        work = asked.work or Path(folder)
        return (_run if asked.act == "run" else _minimised)(chosen, asked.seconds, work)


def _run(chosen: list[Target], seconds: int, work: Path) -> int:
    from fuzz import page  # with the targets

    found = 0
    for target in chosen:
        figures = campaign.campaign(target, seconds=seconds, work=work)
        campaign.noted(figures)
        page.write()
        found += len(figures.findings)
        print(
            f"{target.name}: {figures.executions:,} executions, {figures.edges:,} edges, "
            f"{len(figures.findings)} findings{': ' if figures.findings else ''}{', '.join(figures.findings)}",
            flush=True,
        )
        for each in figures.findings:  # kept before the working folder goes
            place = campaign.REGRESSIONS / target.name / each
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((work / target.name / "findings" / each).read_bytes())
    return 1 if found else 0


def _minimised(chosen: list[Target], _: int, work: Path) -> int:
    from fuzz import page

    for target in chosen:
        print(f"{target.name}: {campaign.minimised(target, work=work):,} bytes kept", flush=True)
    page.write()
    return 0


def _replayed(chosen: list[Target]) -> int:
    kept, started = campaign.inputs(), time.monotonic()
    count = 0
    for target in chosen:
        for path in kept.get(target.name, ()):
            target.run(path.read_bytes())
            count += 1
    print(f"{count} inputs of {len(chosen)} targets in {time.monotonic() - started:.1f} s: none breaks a law")
    return 0


if __name__ == "__main__":
    sys.exit(main())
