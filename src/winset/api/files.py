"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from winset.errors import CannotWrite
from winset.store import unfinished


def write(path: str | os.PathLike[str], words: str | bytes) -> None:
    """Text as UTF-8, or bytes, as one file; after an error what stood there stands there still.  Raises CannotWrite."""
    target = Path(path)
    if target.is_dir():
        raise CannotWrite(f"{target}: is a folder: name a file")
    if not target.absolute().parent.is_dir():
        raise CannotWrite(f"{target}: there is no folder {target.parent}: make it first")
    payload = words if isinstance(words, bytes) else words.encode("utf-8", "backslashreplace")
    try:
        with unfinished.file(target.absolute().parent) as beside:
            beside.write_bytes(payload)
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            beside.replace(target)
    except OSError as error:
        raise CannotWrite(f"{target}: cannot be written: {error.strerror}") from None


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found
