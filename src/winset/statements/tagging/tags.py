"""The seven tags of a word: outside, or the begin or inside of a source, a cue or a content.

Source: BIO tagging, Ramshaw & Marcus 1995; the three roles, Newell et al. 2018.
"""

from __future__ import annotations

ROLES = ("source", "cue", "content")
OUTSIDE = 0
TAGS = 1 + 2 * len(ROLES)


def tag(role: str, *, begins: bool) -> int:
    """The number of a role's tag."""
    return 1 + 2 * ROLES.index(role) + (not begins)


def follows(before: int, after: int) -> bool:
    """Whether one tag may stand behind another: an inside needs a begin or inside of its role before it."""
    inside = after != OUTSIDE and after % 2 == 0
    return not inside or before in (after - 1, after)
