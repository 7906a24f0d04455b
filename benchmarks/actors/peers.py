"""The libraries that name-finding is measured beside, in an environment of their own under build/, made once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.measuring import PROJECT
from benchmarks.peer_environments import fresh

HERE = Path(__file__).parent
SCRIPT = HERE / "peer_names.py"
REQUIREMENTS = HERE / "peers.txt"
BUILD = PROJECT / "build" / "actors"
NAMES = ("flashgeotext", "geotext")


def environment(build: Path = BUILD) -> Path:
    """The peers' Python, made when it is not there for these requirements and this Python.  Raises NotInstalled."""
    digest = hashlib.sha256(b"\0".join([REQUIREMENTS.read_bytes(), sys.version.encode()])).hexdigest()[:12]
    folder = build / f"peers-{digest}"
    python, stamp = folder / "bin" / "python", folder / ".made"
    if not stamp.is_file():  # written last: without it the folder is half made
        fresh(folder, ("--requirement", REQUIREMENTS))
        stamp.touch()
    return python


def found_by(peer: str, texts: Path, *, python: Path) -> dict[str, Any]:
    """What the peer found and how long it took.  Raises subprocess.CalledProcessError where it fails."""
    line = [str(python), str(SCRIPT), peer, str(texts)]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
