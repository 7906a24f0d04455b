"""What a watcher is told, and the clock it goes by."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from winset import __version__
from winset.corpus import fetching
from winset.corpus.fetching import Permit
from winset.corpus.types import Limits

READER = "winset"  # the name under which robots.txt may speak to it
AGENT = f"{READER}/{__version__} (watches feeds for its user; asks on a schedule, one request at a time)"
LIMITS = Limits(file_bytes=20_000_000)  # a feed, a page, a report; an archive is no news


class Clock(Protocol):
    """The time, and waiting; tests have one of their own."""

    def now(self) -> datetime:
        """In UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait so long."""


class SystemClock:
    """The machine's."""

    def now(self) -> datetime:
        """In UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so long; Ctrl-C ends it."""
        time.sleep(seconds)


def _public() -> Permit:
    return fetching.public


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One command."""

    sources: tuple[str, ...]  # addresses, files, folders, globs
    follow: bool = True  # links of entries to their articles
    every: timedelta = timedelta(minutes=30)  # between two rounds; the first wait after an error
    delay: float = 1.0  # seconds between two requests to one host
    most: int = 200  # entries read in one round; the others wait for the next
    seed: int = 0  # of the spread of waits
    draws: int = 20_000  # of the forecast
    limits: Limits = LIMITS
    permit: Permit = field(default_factory=_public)  # which IP addresses may be asked
