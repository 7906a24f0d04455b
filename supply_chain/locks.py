"""The locked requirements: every version that is installed, with the checksums of all its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).parents[1] / "requirements"
BASE, DEV, BUILD, TOOLS, FUZZ = "base.txt", "dev.txt", "build.txt", "tools.txt", "fuzz.txt"
LOCKS = (BASE, DEV, BUILD, TOOLS, FUZZ)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")
_PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One version of a package, and where it is wanted."""

    name: str  # canonical: "charset-normalizer"
    version: str
    marker: Marker | None  # None: everywhere
    hashes: tuple[str, ...]  # SHA-256 of every file that may be installed
    wanted_by: tuple[str, ...]  # packages that ask for it; "winset", or the name of an .in file, among them

    def holds_on(self, environment: dict[str, str]) -> bool:
        """Whether it is installed in that environment, as `packaging.markers` has one."""
        return self.marker is None or self.marker.evaluate(environment)


def pins(name: str, folder: Path = FOLDER) -> tuple[Pin, ...]:
    """What a lock holds, in its order.  Raises ValueError for a line that is no pin with a checksum."""
    text = (folder / name).read_text(encoding="utf-8")
    return tuple(map(_pin, re.split(r"\n(?=\S)", _without_head(text).strip())))


def installed(pins: tuple[Pin, ...]) -> tuple[Pin, ...]:
    """Those that are wanted in the environment in which this runs."""
    return tuple(pin for pin in pins if pin.marker is None or pin.marker.evaluate())


def _without_head(text: str) -> str:
    """Without the comment above the first pin."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def _pin(block: str) -> Pin:
    first, *rest = block.splitlines()
    match = _PINNED.fullmatch(first.rstrip("\\ "))
    hashes = tuple(_HASH.findall("\n".join(line for line in rest if line.strip().startswith("--"))))
    told = [line.strip().removeprefix("#").strip() for line in rest if line.strip().startswith("#")]
    others = [line for line in rest if line.strip() and not line.strip().startswith(("#", "--hash=sha256:"))]
    if match is None or not hashes or others:
        raise ValueError(f"{first!r} is no version with its checksums: run `make lock`")
    return Pin(
        name=canonicalize_name(match["name"]),
        version=match["version"],
        marker=Marker(match["marker"]) if match["marker"] else None,
        hashes=hashes,
        wanted_by=tuple(_asking(each) for each in told if each not in ("via", "")),
    )


def _asking(line: str) -> str:
    """Who a comment of the lock says asks for it: "via winset (pyproject.toml)", "jinja2"."""
    name = line.removeprefix("via ").split(" ")[0]
    return name if name.startswith("-") else canonicalize_name(name)
