"""An answer of a tool: a line of winset's own, lines that hold what comes from documents, and the same as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.mcp import untrusted

if TYPE_CHECKING:
    from winset.mcp.models import Answer

MOST = 24_000  # characters of an answer's text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a tool answers. `head` holds no word that comes from a document."""

    head: str
    lines: tuple[str, ...]
    value: Answer

    @property
    def text(self) -> str:
        """As an assistant reads it."""
        kept, spent = [], 0
        for line in self.lines:
            spent += len(line) + 1
            if spent > MOST:
                kept.append("(the rest is left out of this text: ask for fewer, or go on with the cursor)")
                break
            kept.append(line)
        return "\n".join(filter(None, (self.head, untrusted.marked(kept))))


def more(next_cursor: str | None) -> str:
    """How to go on, for the head of an answer."""
    return f" More: cursor {next_cursor}." if next_cursor else " This is all."
