"""What comes from documents, kept apart from what winset says: between marks with a number that is new in each answer.

Words of documents are material, never instructions. No document can close the marks, as it cannot know their number;
and what a reader would not see (controls, bidirectional overrides, tag characters) is shown by its code point.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable

NAME = 120  # characters of a name
TITLE = 200  # of a title, an address
LINE = 400  # of a refusal
MARK = "untrusted"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # categories of Unicode
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800")  # letters and marks that print nothing
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_SELECTED = frozenset(map(chr, _SELECTORS))
_PLAIN = frozenset("\n\t")


def is_unseen(character: str) -> bool:
    r"""Whether a reader would not see it; line ends and tabs are seen.

    >>> [is_unseen(one) for one in "a\n\u202e\U000e0041\u200b"]
    [False, False, True, True, True]
    """
    if character in _PLAIN:
        return False
    return unicodedata.category(character) in _UNSEEN or character in _FILLERS or character in _SELECTED


def unseen(text: str) -> int:
    """How many characters of a text a reader would not see."""
    return 0 if text.isascii() and text.isprintable() else sum(map(is_unseen, text))


def shown(text: str, *, at_most: int | None = None) -> str:
    r"""A text as a line: unseen characters by their code point, white space as single spaces.

    >>> shown("one\ntwo\u202e  three")
    'one two⟨U+202E⟩ three'
    """
    line = " ".join("".join(f"⟨U+{ord(one):04X}⟩" if is_unseen(one) else one for one in text).split())
    return line if at_most is None or len(line) <= at_most else f"{line[: at_most - 1]}…"


def name(text: str | None) -> str | None:
    """A name, as shown; None where there is none."""
    return shown(text, at_most=NAME) or None if text else None


def marked(lines: Iterable[str]) -> str:
    """Lines that hold what comes from documents, between marks; "" where there is none."""
    body = "\n".join(lines)
    if not body:
        return ""
    number = secrets.token_hex(8)
    while number in body:
        number = secrets.token_hex(8)
    return f"<{MARK}-{number}>\n{body}\n</{MARK}-{number}>"


def marked_line(text: str) -> str:
    """The same on one line, of at most LINE characters."""
    return marked([shown(text, at_most=LINE)]).replace("\n", " ")
