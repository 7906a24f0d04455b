"""The libraries that deciding is measured beside, one environment for each part under build/, made once."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from benchmarks.measuring import PROJECT
from benchmarks.peer_environments import PIP, NotInstalled, fresh, told

HERE = Path(__file__).parent
BUILD = PROJECT / "build" / "decisions"


def requirements(part: str) -> Path | None:
    """What the peers of one part need; None where it has none."""
    path = HERE / f"peers-{part}.txt"
    return path if path.is_file() else None


def environment(part: str, build: Path = BUILD) -> tuple[Path, tuple[str, ...]] | None:
    """The Python of that part's peers, and what could not be installed, by name; None for a part without peers.

    Made when it is not there for these requirements and this Python. Each library is installed by itself, so that one
    that cannot be had does not keep out the others.  Raises NotInstalled.
    """
    wanted = requirements(part)
    if wanted is None:
        return None
    digest = hashlib.sha256(b"\0".join([wanted.read_bytes(), sys.version.encode()])).hexdigest()[:12]
    folder = build / f"{part}-{digest}"
    python, stamp = folder / "bin" / "python", folder / ".made"
    if not stamp.is_file():  # written last: without it the folder is half made
        python = fresh(folder)
        stamp.write_text("\n".join(refused(python, wanted)), "utf-8")
    return python, tuple(stamp.read_text("utf-8").splitlines())


def refused(python: Path, wanted: Path) -> list[str]:
    """Every library that pip does not install, with its last word."""
    found = []
    lines = wanted.read_text("utf-8").splitlines()
    for name in (line for line in lines if line and not line.startswith("#")):
        try:
            told(python, *PIP, "install", "--no-compile", name)
        except NotInstalled as why:
            found.append(f"{name}: {why}")
    return found
