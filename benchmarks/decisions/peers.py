"""The libraries that deciding is measured beside, in an environment of their own under build/, made once."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from benchmarks.measuring import PROJECT
from benchmarks.peer_environments import PIP, NotInstalled, fresh, told

REQUIREMENTS = Path(__file__).parent / "peers.txt"
BUILD = PROJECT / "build" / "decisions"


def environment(build: Path = BUILD) -> tuple[Path, tuple[str, ...]]:
    """The peers' Python, made when it is not there for these requirements and this Python; and what it could not have.

    Each peer is installed by itself, so that one that cannot be had does not keep out the others.  Raises NotInstalled.
    """
    digest = hashlib.sha256(b"\0".join([REQUIREMENTS.read_bytes(), sys.version.encode()])).hexdigest()[:12]
    folder = build / f"peers-{digest}"
    python, stamp = folder / "bin" / "python", folder / ".made"
    if not stamp.is_file():  # written last: without it the folder is half made
        python = fresh(folder)
        stamp.write_text("\n".join(refused(python)), "utf-8")
    return python, tuple(stamp.read_text("utf-8").splitlines())


def refused(python: Path) -> list[str]:
    """Every peer that pip does not install, with its last word."""
    found = []
    lines = REQUIREMENTS.read_text("utf-8").splitlines()
    for name in (line for line in lines if line and not line.startswith("#")):
        try:
            told(python, *PIP, "install", "--no-compile", name)
        except NotInstalled as why:
            found.append(f"{name}: {why}")
    return found
