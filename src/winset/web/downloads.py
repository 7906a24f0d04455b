"""Files that leave the desk: made whole before the first byte is sent, and never opened in the desk's own name."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import quote

from fastapi import HTTPException
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

AT_ONCE = 2  # large files made at the same time: each takes a processor
WAIT = 20.0  # seconds that a further one waits for its turn
LONGEST_NAME = 120  # characters of a file's name
_ODD = re.compile(r"[^\w .()-]+")
_MAKING = threading.BoundedSemaphore(AT_ONCE)


def disposition(name: str) -> str:
    r"""The header that makes a browser keep a file, under this name. Source: RFC 6266, 4.3; RFC 8187.

    >>> disposition("tokyo-brief.pdf")
    'attachment; filename="tokyo-brief.pdf"'
    >>> disposition('../"é"\r\nX: 1.pdf')
    'attachment; filename="_X_ 1.pdf"; filename*=UTF-8\'\'%C3%A9_X_%201.pdf'
    """
    safe = safe_name(name)
    plain = re.sub(r"[^A-Za-z0-9 ._()-]+", "", safe).strip(" .") or "file"
    if plain == safe:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def safe_name(name: str) -> str:
    """A file's name that is one on every machine: no path, no control character, no leading dot.

    >>> safe_name("../../etc/passwd"), safe_name(".bashrc"), safe_name("a/b:c.pdf"), safe_name("")
    ('etc_passwd', 'bashrc', 'a_b_c.pdf', 'file')
    """
    return _ODD.sub("_", name).strip(" ._-")[:LONGEST_NAME] or "file"


def attached(content: bytes, name: str, media_type: str) -> Response:
    """Bytes as a file to be kept."""
    return Response(content, media_type=media_type, headers=_headers(name))


def made(write: Callable[[IO[bytes]], None], name: str, media_type: str) -> FileResponse:
    """A file that `write` fills, sent once it is whole and removed after; the same answer in pieces for a range.

    Raises HTTPException 503 where too many are being made, and what `write` raises.
    """
    if not _MAKING.acquire(timeout=WAIT):
        raise HTTPException(503, "Other large files are being made: try again in a minute.", {"Retry-After": "60"})
    try:
        with tempfile.NamedTemporaryFile(prefix="winset-", suffix=".part", delete=False) as file:
            path = Path(file.name)
            try:
                write(file)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    finally:
        _MAKING.release()
    removed = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, media_type=media_type, headers=_headers(name), background=removed)


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": disposition(name), "X-Content-Type-Options": "nosniff"}
