"""Addresses of a case's pages, and the line on the command line that does what a page does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from winset.web.commands import line

if TYPE_CHECKING:
    from winset.web.cases import OpenCase


def root(case: OpenCase) -> str:
    """Where the pages of a case begin."""
    return f"/cases/{quote(case.name, safe='')}"


def command(case: OpenCase, verb: str, *words: str) -> str:
    """A line that can be pasted into a terminal."""
    return line(verb, str(case.store.place), *words)
