"""Side: for or against, as a method tells it of one statement's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Side:
    """What decided goes with it, for a person to check."""

    sign: float  # -1 against .. +1 for
    confidence: float  # 0-1
    reason: str  # the words or figures that decided
    by_cue: bool = False  # told by the verb or noun of attitude, "opposes", rather than by what is said
    about: float | None = None  # 0-1, that it is about the proposal at all; None: the method does not tell, or `asks`
    asks: Callable[[], float] | None = field(default=None, compare=False, repr=False)  # tells `about`, slowly

    def read_about(self) -> float | None:
        """`about`, asked for now where it is not told yet: a slow method reads only where something hangs on it."""
        return self.asks() if self.about is None and self.asks is not None else self.about


UNREAD = Side(0.0, 0.0, "not read for or against")
