"""Target: a function that takes any bytes, and what it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).parent / "words"
MOST_BYTES = 4096  # of an input: what breaks a parser is short


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One way into winset for bytes of a stranger."""

    name: str
    group: str  # "readers", "attribution", "importers", "stores", "questions", "lines" or "containers"
    about: str  # what the bytes stand for
    run: Callable[[bytes], None]  # raises on a finding
    words: str = ""  # whose file in words/ the mutator takes; "": that of the target's own name
    most_bytes: int = MOST_BYTES

    @property
    def dictionary(self) -> Path:
        """Words of the format, one a line, as libFuzzer reads them."""
        return WORDS / f"{self.words or self.name}.dict"


class Broken(AssertionError):
    """A law that does not hold: a finding, like any error that is none of ours."""
