"""How a client is told of the server: the `mcpServers` object that clients keep in their configuration."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winset.mcp.naming import case_name

if TYPE_CHECKING:
    from winset.store.addresses import Place


def registration(place: Place, *, writes: bool, by: str | None) -> dict[str, Any]:
    """As JSON for a client that starts the server itself, by stdio; place: of the case."""
    at = str(place.resolve()) if isinstance(place, Path) else str(place)
    proposing = ["--write", *(["--by", by] if by else [])] if writes else []
    return {"mcpServers": {_key(at): {"command": _command(), "args": ["mcp", at, *proposing]}}}


def _key(at: str) -> str:
    """Letters, digits, - and _ alone, as clients want it."""
    return f"winset-{re.sub(r'[^A-Za-z0-9_-]+', '-', case_name(at)).strip('-') or 'case'}"


def _command() -> str:
    """Where winset is, as clients are started with another PATH."""
    beside = Path(sys.executable).with_name("winset")
    return str(beside) if beside.exists() else shutil.which("winset") or "winset"
