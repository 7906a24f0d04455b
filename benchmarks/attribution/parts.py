"""What a folder of measuring data holds: the news set, the coded documents, the scorers and documents beside them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import PROJECT

# first digits of SHA-256 of the development parts, on which the limits hold in full; elsewhere within a tolerance
KNOWN = {"ff688f7a0336d320", "c65c34190b8d0ecc"}
BESIDE = PROJECT.parent / "shared"  # where scorers and documents are when a folder has none beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of gold."""

    path: Path
    digest: str  # first 16 digits of SHA-256 of the file

    @property
    def name(self) -> str:
        """As `--part` takes it: "dev", "test"."""
        return self.path.stem.removeprefix("statements_")

    @property
    def known(self) -> bool:
        """Whether it is the development part."""
        return self.digest in KNOWN


class Missing(Exception):
    """A part, scorer or document is not there; the message says which. What needs it is skipped and named."""


def news(folder: Path, *, part: str | None) -> Part:
    """The file polnear/PART.jsonl; without a name dev, then test, then any other but train.

    Raises Missing.
    """
    return _part(folder / "polnear", "", part)


def coded(folder: Path, *, part: str | None) -> Part:
    """The file seeds_gold/statements_PART.jsonl, chosen in the same way.

    Raises Missing.
    """
    return _part(folder / "seeds_gold", "statements_", part)


def scorer(folder: Path, name: str) -> Path:
    """`name`.py in the folder `score` beside the data, or in ../shared/score beside the checkout.

    Raises Missing.
    """
    return _beside(folder, Path("score") / f"{name}.py")


def documents(folder: Path, names: set[str]) -> Path:
    """The folder `seeds` beside the data (or beside the checkout), which has every document that is named.

    Raises Missing.
    """
    found = _beside(folder, Path("seeds"))
    absent = sorted(name for name in names if not (found / name).is_file())
    if absent:
        raise Missing(f"the coded document {absent[0]} is not in {found.name}/")
    return found


def _part(folder: Path, prefix: str, part: str | None) -> Part:
    files = {path.stem.removeprefix(prefix): path for path in sorted(folder.glob(f"{prefix}*.jsonl"))}
    trained_on = files.pop("train", None) if part != "train" else None
    order = [part] if part else ["dev", "test", *files]
    for name in order:
        if name in files:
            path = files[name]
            return Part(path=path, digest=hashlib.sha256(path.read_bytes()).hexdigest()[:16])
    why = " but train, which the model has seen" if trained_on else ""
    raise Missing(f"no {folder.name}/{prefix}{part or '*'}.jsonl{why}")


def _beside(folder: Path, name: Path) -> Path:
    for parent in (folder.resolve().parent, BESIDE):
        if (parent / name).exists():
            return parent / name
    raise Missing(f"no {name.as_posix()} beside the data")
