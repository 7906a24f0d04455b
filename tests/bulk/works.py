"""Work that kills who does it."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.errors import Empty

DEADLY, WRONG, REFUSED, WHO = -1, -2, -3, -4


@dataclass(frozen=True, slots=True)
class Doubling:
    """Doubles numbers; some are not to be asked."""

    folder: Path

    def load(self) -> None:
        """Leave a note for each time that it is loaded."""
        (self.folder / f"loaded-{os.getpid()}").touch()

    def __call__(self, asked: Any) -> Any:
        """The double; of a text the same, once the process has died of it."""
        if isinstance(asked, str):
            once = self.folder / asked
            if not once.exists():
                once.touch()
                os.kill(os.getpid(), signal.SIGSEGV)
            return asked
        if asked == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        if asked == WRONG:
            raise ZeroDivisionError("a mistake")
        if asked == REFUSED:
            raise Empty("nothing in it")
        if asked == WHO:
            return os.getpid()
        return 2 * asked


@dataclass(frozen=True, slots=True)
class Stillborn:
    """Nobody ever comes to work."""

    def load(self) -> None:
        """End before it has begun."""
        os._exit(3)

    def __call__(self, asked: Any) -> Any:
        """Never called."""
        return asked
